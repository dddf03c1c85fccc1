/* Reading articles out of Markdown files and lines of JSON. */
#include "schema/article.h"
#include "schema/base/utf8.h"
#include "schema/check.h"
#include "server/fields.h"
#include "server/frontmatter.h"
#include "server/json.h"
#include "tools/cli/import.h"

enum { FIELD_MAX_POINTS = 1000 };

struct str import_clean(struct arena *mem, struct import_counts *counts, struct str text)
{
	AUTO(buf) struct buf out = {0};
	bool mended = false;

	if (text_body_fault(text) == TEXT_FINE)
		return text;
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = utf8_next(text, &at);

		if (c == '\r') {
			buf_byte(&out, '\n');
			at += at < text.len && text.ptr[at] == '\n';
		} else if (c == UTF8_BAD) {
			utf8_put(&out, 0xFFFD);
			mended = true;
		} else if (c < 0x20 && c != '\t' && c != '\n') {
			buf_byte(&out, ' ');
			mended = true;
		} else {
			buf_add(&out, text.ptr + start, at - start);
		}
	}
	counts->mended += mended;
	return buf_keep(&out, mem);
}

struct str import_key(struct arena *mem, struct str key)
{
	char *copy = arena_c(mem, key);

	for (size_t i = 0; i < key.len; i++) {
		if ((unsigned char)copy[i] <= ' ')
			copy[i] = '_';
	}
	return str_of(copy, key.len);
}

/* What a title must not hold becomes a space; the ends are trimmed. */
static struct str clean_line(struct arena *mem, struct str title, size_t most)
{
	AUTO(buf) struct buf out = {0};
	size_t points = 0;

	for (size_t at = 0; at < title.len && points < most;) {
		size_t start = at;
		uint32_t c = utf8_next(title, &at);
		struct str one = str_of(title.ptr + start, at - start);
		enum text_fault fault = text_line_fault(one);

		if (fault == TEXT_NOT_UTF8 || fault == TEXT_CONTROL)
			buf_byte(&out, ' ');
		else if (fault != TEXT_INVISIBLE && c != UTF8_BAD)
			buf_str_add(&out, one);
		else
			continue;
		points++;
	}
	return arena_str(mem, str_trim(buf_str(&out)));
}

static struct str clean_title(struct arena *mem, struct str title)
{
	return clean_line(mem, title, TITLE_MAX_POINTS);
}

/* The words of the first heading of the text, written "# ..." or underlined. */
static struct str first_heading(struct str body)
{
	struct str rest = body, before = STR_NONE;

	while (rest.ptr && rest.len) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		size_t marks = 0;

		while (marks < line.len && line.ptr[marks] == '#')
			marks++;
		if (marks && marks <= 6 && marks < line.len && line.ptr[marks] == ' ') {
			line = str_trim(str_from(line, marks));
			while (line.len && line.ptr[line.len - 1] == '#')
				line.len--;
			return str_trim(line);
		}
		if (line.len >= 3 && before.len &&
		    (str_starts(line, STR("===")) || str_starts(line, STR("---"))))
			return before;
		before = line;
	}
	return STR_NONE;
}

/* "dir/some-file.md" gives "some-file". */
static struct str file_title(struct str name)
{
	struct str base = name;

	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '/')
			base = str_from(name, i + 1);
	}
	for (size_t i = base.len; i > 1; i--) {
		if (base.ptr[i - 1] == '.')
			return str_head(base, i - 1);
	}
	return base;
}

static struct str choose_title(struct arena *mem, struct str given, struct str body,
			       struct str name)
{
	struct str title = clean_title(mem, given);

	if (!title.len)
		title = clean_title(mem, first_heading(body));
	if (!title.len)
		title = clean_title(mem, file_title(name));
	return title.len ? title : STR("Untitled");
}

/* Every key that means nothing to the import itself is kept as a field. */
static void take_fields(struct import_item *out, struct arena *mem, const struct frontmatter *fm)
{
	static const char *const used[] = {"title",  "tags",  "lang",   "status",      "parent",
					   "path",   "owner", "review", "translation", "revision",
					   "author", "at",    "comment"};

	out->fields = arena_array(mem, ARTICLE_FIELDS_MAX, sizeof(*out->fields));
	for (size_t i = 0; i < fm->count && out->n_fields < ARTICLE_FIELDS_MAX; i++) {
		const struct frontmatter_entry *e = &fm->entries[i];
		AUTO(buf) struct buf value = {0};
		bool known = false;

		for (size_t j = 0; j < COUNT(used); j++)
			known = known || str_is(e->key, used[j]);
		for (size_t j = 0; j < e->n_values; j++)
			buf_printf(&value, "%s%.*s", j ? ", " : "", STR_ARG(e->values[j]));
		if (!known && value.len)
			out->fields[out->n_fields++] = (struct article_field){
				e->key, clean_line(mem, buf_str(&value), FIELD_MAX_POINTS)};
	}
}

void import_read_markdown(struct import_item *out, struct arena *mem, struct import_counts *counts,
			  struct str name, struct str content)
{
	const struct frontmatter_entry *tags;
	struct frontmatter fm;

	content = import_clean(mem, counts, content);
	frontmatter_read(&fm, mem, content);
	counts->skipped_lines += (int64_t)fm.skipped;
	*out = (struct import_item){.name = name, .key = frontmatter_value(&fm, "path")};
	if (!out->key.len)
		out->key = name;
	out->key = import_key(mem, out->key);
	/* The blank line that stands between them for the eye; a body may begin with more. */
	if (fm.entries && str_starts(fm.body, STR("\n")))
		fm.body = str_from(fm.body, 1);
	out->body = fm.body.ptr ? fm.body : STR("");
	out->title = choose_title(mem, frontmatter_value(&fm, "title"), out->body, name);
	out->lang = frontmatter_value(&fm, "lang");
	out->parent = import_key(mem, frontmatter_value(&fm, "parent"));
	out->owner = frontmatter_value(&fm, "owner");
	out->review = frontmatter_value(&fm, "review");
	out->status = frontmatter_value(&fm, "status");
	out->translation = frontmatter_value(&fm, "translation");
	tags = frontmatter_find(&fm, "tags");
	if (tags) {
		out->tags = tags->values;
		out->n_tags = tags->n_values;
	}
	take_fields(out, mem, &fm);
}

/* A text member; INVALID when it is there and no text. */
static enum status take_text(struct str *out, struct arena *mem, const struct json_value *object,
			     const char *name)
{
	const struct json_value *value = json_get(object, name);

	*out = STR("");
	if (json_kind(value) == JSON_IS_NULL)
		return ST_OK;
	if (!json_to_str(value, out))
		return fail(ST_INVALID, "\"%s\" is not a text", name);
	*out = arena_str(mem, *out);
	return ST_OK;
}

static enum status take_tags(struct import_item *out, struct arena *mem,
			     const struct json_value *object)
{
	const struct json_value *tags = json_get(object, "tags");

	if (json_kind(tags) == JSON_IS_NULL)
		return ST_OK;
	if (json_kind(tags) != JSON_IS_LIST)
		return fail(ST_INVALID, "\"tags\" is not a list");
	out->tags = arena_array(mem, json_count(tags) + 1, sizeof(*out->tags));
	for (size_t i = 0; i < json_count(tags); i++) {
		if (!json_to_str(json_at(tags, i), &out->tags[out->n_tags]))
			return fail(ST_INVALID, "\"tags\" holds something that is no text");
		out->tags[out->n_tags] = arena_str(mem, out->tags[out->n_tags]);
		out->n_tags++;
	}
	return ST_OK;
}

enum status import_read_json(struct import_item *out, struct arena *mem,
			     struct import_counts *counts, struct str line)
{
	AUTO(json_doc) struct json_doc doc = {0};

	*out = (struct import_item){0};
	TRY(json_parse_line(&doc, line));
	if (json_kind(doc.root) != JSON_IS_OBJECT)
		return fail(ST_INVALID, "the line is not a JSON object");
	TRY(take_text(&out->key, mem, doc.root, "key"));
	TRY(take_text(&out->title, mem, doc.root, "title"));
	TRY(take_text(&out->body, mem, doc.root, "text"));
	TRY(take_text(&out->lang, mem, doc.root, "lang"));
	TRY(take_text(&out->translation, mem, doc.root, "translation"));
	TRY(take_text(&out->parent, mem, doc.root, "parent"));
	TRY(take_text(&out->status, mem, doc.root, "status"));
	TRY(take_text(&out->owner, mem, doc.root, "owner"));
	TRY(take_text(&out->review, mem, doc.root, "review"));
	TRY(take_tags(out, mem, doc.root));
	if (json_kind(json_get(doc.root, "fields")) == JSON_IS_OBJECT)
		TRY(fields_from_json(&out->fields, &out->n_fields, mem,
				     json_get(doc.root, "fields")));
	if (!out->key.len)
		TRY(take_text(&out->key, mem, doc.root, "path"));
	if (!out->key.len)
		return fail(ST_INVALID, "\"key\" is missing");
	out->key = import_key(mem, out->key);
	out->parent = import_key(mem, out->parent);
	out->body = import_clean(mem, counts, out->body);
	out->title = choose_title(mem, out->title, out->body, out->key);
	return ST_OK;
}
