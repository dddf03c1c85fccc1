/* Typed fields of articles, in and out of the record. */
#include "server/fields.h"

#include "schema/check.h"

enum { NAME_BYTES = 64, VALUE_BYTES = 4096 };

/* True, and the document filled, when a kept value is JSON rather than a plain text. */
static bool reads_as_json(struct json_doc *out, struct str value)
{
	return value.len && json_parse(out, value) == ST_OK;
}

static bool is_plain(const struct json_value *value)
{
	switch (json_kind(value)) {
	case JSON_IS_TEXT:
	case JSON_IS_BOOL:
	case JSON_IS_INTEGER:
	case JSON_IS_REAL:
		return true;
	case JSON_IS_LIST:
		for (size_t i = 0; i < json_count(value); i++) {
			if (json_kind(json_at(value, i)) != JSON_IS_TEXT)
				return false;
		}
		return true;
	case JSON_IS_NULL:
	case JSON_IS_OBJECT:
		break;
	}
	return false;
}

static struct str keep(struct arena *mem, const struct json_value *value)
{
	AUTO(buf) struct buf text = {0};
	AUTO(json_doc) struct json_doc doc = {0};
	struct str plain;

	if (!json_to_str(value, &plain))
		json_write(&text, value);
	else if (reads_as_json(&doc, plain))
		json_quote(&text, plain);
	else
		buf_str_add(&text, plain);
	return buf_keep(&text, mem);
}

enum status fields_from_json(struct article_field **out, size_t *count, struct arena *mem,
			     const struct json_value *object)
{
	struct article_field *list = arena_array(mem, ARTICLE_FIELDS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	for (void *at = json_first(object); at; at = json_next(object, at)) {
		struct str name;
		const struct json_value *value = json_member(at, &name);

		if (json_kind(value) == JSON_IS_NULL)
			continue;
		if (*count == ARTICLE_FIELDS_MAX)
			return fail_on("fields", ST_INVALID, "An article has at most %d fields.",
				       ARTICLE_FIELDS_MAX);
		TRY(check_line("fields", name, NAME_BYTES));
		if (!is_plain(value))
			return fail_on(
				"fields", ST_INVALID,
				"A field is a text, a number, true, false or a list of texts.");
		list[*count].name = arena_str(mem, name);
		list[*count].value = keep(mem, value);
		TRY(check_body("fields", list[*count].value, VALUE_BYTES));
		(*count)++;
	}
	return ST_OK;
}

void fields_to_json(struct json_out *j, const char *name, const struct article_field *fields,
		    size_t count)
{
	jo_object(j, name);
	for (size_t i = 0; i < count; i++) {
		AUTO(json_doc) struct json_doc doc = {0};
		AUTO(arena) struct arena mem = {0};
		const char *field = arena_c(&mem, fields[i].name);

		if (reads_as_json(&doc, fields[i].value))
			jo_raw(j, field, fields[i].value);
		else
			jo_str(j, field, fields[i].value);
	}
	jo_end(j);
}

static struct str words_of(struct arena *mem, struct str value)
{
	AUTO(json_doc) struct json_doc doc = {0};
	AUTO(buf) struct buf text = {0};
	struct str item;

	if (!reads_as_json(&doc, value))
		return value;
	if (json_to_str(doc.root, &item))
		return arena_str(mem, item);
	if (json_kind(doc.root) != JSON_IS_LIST)
		return value;
	for (size_t i = 0; i < json_count(doc.root); i++) {
		buf_c_add(&text, i ? ", " : "");
		if (json_to_str(json_at(doc.root, i), &item))
			buf_str_add(&text, item);
	}
	return buf_keep(&text, mem);
}

struct article_field *fields_to_words(struct arena *mem, const struct article_field *fields,
				      size_t count)
{
	struct article_field *list = arena_array(mem, count + 1, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		list[i].name = fields[i].name;
		list[i].value = words_of(mem, fields[i].value);
	}
	return list;
}
