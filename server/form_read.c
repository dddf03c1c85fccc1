/* Filling a page's struct from a form or from JSON, by one table of fields. */
#include "schema/base/clock.h"
#include "schema/base/secret.h"
#include "schema/base/utf8.h"
#include "server/form.h"
#include "server/i18n.h"

enum { LIST_MAX = 200, LINE_POINTS = 400, TEXT_BYTES = 1024 * 1024, WORD_BYTES = 64 };

/* Where values come from: one of the two is set. */
struct source {
	const struct form *form;
	const struct json_value *object;
};

struct reading {
	struct form_faults *faults;
	struct arena *mem;
	const struct form_field *field;
	char *place; /* of the field in the struct */
};

void form_fault_add(struct form_faults *faults, const char *field, const char *words)
{
	if (faults->count < COUNT(faults->items))
		faults->items[faults->count++] = (struct form_fault){field, words};
}

const char *form_fault_of(const struct form_faults *faults, const char *field)
{
	for (size_t i = 0; i < faults->count; i++) {
		if (strcmp(faults->items[i].field, field) == 0)
			return faults->items[i].words;
	}
	return NULL;
}

static void refuse(struct reading *r, const char *words)
{
	form_fault_add(r->faults, r->field->name, words);
}

static int64_t limit(const struct reading *r, int64_t normal)
{
	return r->field->limit ? r->field->limit : normal;
}

struct str form_lf(struct arena *mem, struct str text)
{
	char *copy;
	size_t len = 0;

	if (str_find(text, '\r') < 0)
		return text;
	copy = arena_alloc(mem, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '\r')
			copy[len++] = text.ptr[i];
		else if (i + 1 == text.len || text.ptr[i + 1] != '\n')
			copy[len++] = '\n';
	}
	return str_of(copy, len);
}

static bool read_line(struct reading *r, struct str text, struct str *out)
{
	const char *words = NULL;
	enum text_fault fault;

	*out = str_trim(text);
	if (!out->ptr)
		*out = STR("");
	if (out->len == 0)
		return true;
	fault = text_line_fault(*out);
	if (fault != TEXT_FINE)
		words = text_fault_words(fault);
	else if (utf8_count(*out) > (size_t)limit(r, LINE_POINTS))
		words = N_("This is too long.");
	if (words)
		refuse(r, words);
	return !words;
}

static void read_text(struct reading *r, struct str text)
{
	struct str lf = form_lf(r->mem, text);

	if (text_body_fault(lf) != TEXT_FINE)
		refuse(r, N_("Control characters are not allowed here."));
	else if (lf.len > (size_t)limit(r, TEXT_BYTES))
		refuse(r, N_("This is too long."));
	else
		*(struct str *)(void *)r->place = lf.ptr ? lf : STR("");
}

static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("._-", c))))
			return false;
	}
	return true;
}

static void read_word(struct reading *r, struct str text)
{
	struct str word = str_trim(text);

	if (!is_word(word) || word.len > (size_t)limit(r, WORD_BYTES) ||
	    (r->field->kind == FORM_ID && word.len && !secret_is_public_id(word)))
		refuse(r, N_("This value is not known."));
	else
		*(struct str *)(void *)r->place = word.ptr ? word : STR("");
}

static void read_secret(struct reading *r, struct str text)
{
	if (text.len > (size_t)limit(r, WORD_BYTES * 16))
		refuse(r, N_("This is too long."));
	else
		*(struct str *)(void *)r->place = text.ptr ? text : STR("");
}

static void take_number(struct reading *r, int64_t number)
{
	if (number < 0 || (r->field->limit && number > r->field->limit))
		refuse(r, N_("This number is not possible here."));
	else
		*(int64_t *)(void *)r->place = number;
}

static void read_number(struct reading *r, struct str text)
{
	int64_t number;

	text = str_trim(text);
	if (text.len == 0)
		return;
	if (!str_to_i64(text, &number))
		refuse(r, N_("Write a whole number."));
	else
		take_number(r, number);
}

static void read_date(struct reading *r, struct str text)
{
	int64_t from, to;

	text = str_trim(text);
	if (text.len == 0)
		return;
	if (text.len != 10 || clock_parse_span(text, &from, &to) != ST_OK)
		refuse(r, N_("Write a date as 2026-11-22."));
	else
		*(int64_t *)(void *)r->place = from;
}

/* One text for every kind that is one text; false for the others. */
static bool read_one(struct reading *r, struct str text)
{
	switch (r->field->kind) {
	case FORM_LINE:
		(void)read_line(r, text, (struct str *)(void *)r->place);
		return true;
	case FORM_TEXT:
		read_text(r, text);
		return true;
	case FORM_SECRET:
		read_secret(r, text);
		return true;
	case FORM_ID:
	case FORM_WORD:
		read_word(r, text);
		return true;
	case FORM_DATE:
		read_date(r, text);
		return true;
	case FORM_NUMBER:
	case FORM_FLAG:
	case FORM_LINES:
	case FORM_TAGS:
	case FORM_FILE:
	case FORM_OBJECT:
		break;
	}
	return false;
}

static void list_add(struct reading *r, struct str text)
{
	struct str_list *list = (struct str_list *)(void *)r->place;
	struct str line;

	if (!list->items)
		list->items = arena_array(r->mem, LIST_MAX, sizeof(*list->items));
	if (!read_line(r, text, &line) || line.len == 0)
		return;
	if (list->count == LIST_MAX)
		refuse(r, N_("These are too many."));
	else
		list->items[list->count++] = line;
}

/* ---- from forms -------------------------------------------------------------------------------- */

static void read_pair(struct reading *r, const struct form_pair *pair)
{
	struct str rest = pair->value;

	if (pair->is_file != (r->field->kind == FORM_FILE)) {
		refuse(r, N_("This value is not known."));
		return;
	}
	if (read_one(r, pair->value))
		return;
	if (r->field->kind == FORM_NUMBER) {
		read_number(r, pair->value);
	} else if (r->field->kind == FORM_FLAG) {
		*(bool *)r->place = pair->value.len > 0 && !str_is(pair->value, "0");
	} else if (r->field->kind == FORM_LINES) {
		list_add(r, pair->value);
	} else if (r->field->kind == FORM_TAGS) {
		while (rest.ptr)
			list_add(r, str_cut(&rest, ','));
	} else if (r->field->kind == FORM_FILE && pair->value.len > (size_t)limit(r, TEXT_BYTES)) {
		refuse(r, N_("The file is too large."));
	} else if (r->field->kind == FORM_FILE) {
		*(struct form_pair *)(void *)r->place = *pair;
	}
}

static bool may_repeat(const struct form_field *field)
{
	return field->kind == FORM_LINES || field->kind == FORM_TAGS || field->rules & FORM_MANY;
}

static enum status read_from_form(struct reading *r, const struct form *form, bool *present)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_pair *pair = &form->pairs[i];

		if (!str_is(pair->name, r->field->name))
			continue;
		if (*present && !may_repeat(r->field))
			return fail(ST_INVALID, "the field \"%s\" comes twice", r->field->name);
		*present = true;
		read_pair(r, pair);
	}
	return ST_OK;
}

/* ---- from JSON --------------------------------------------------------------------------------- */

static void read_items(struct reading *r, const struct json_value *list)
{
	struct str_list *out = (struct str_list *)(void *)r->place;
	struct str text;

	out->items = arena_array(r->mem, LIST_MAX, sizeof(*out->items));
	for (size_t i = 0; i < json_count(list); i++) {
		if (!json_to_str(json_at(list, i), &text)) {
			refuse(r, N_("A list of texts is expected."));
			return;
		}
		list_add(r, text);
	}
}

static void read_value(struct reading *r, const struct json_value *value)
{
	struct str text;
	int64_t number;
	bool yes, list = r->field->kind == FORM_LINES || r->field->kind == FORM_TAGS;

	if (json_to_str(value, &text) && read_one(r, text))
		return;
	if (r->field->kind == FORM_NUMBER && json_to_i64(value, &number))
		take_number(r, number);
	else if (r->field->kind == FORM_FLAG && json_to_bool(value, &yes))
		*(bool *)r->place = yes;
	else if (list && json_kind(value) == JSON_IS_LIST)
		read_items(r, value);
	else if (r->field->kind == FORM_OBJECT && json_kind(value) == JSON_IS_OBJECT)
		*(const struct json_value **)(void *)r->place = value;
	else
		refuse(r, N_("This is not the expected kind of value."));
}

/* null is the same as absent. */
static void read_from_json(struct reading *r, const struct json_value *object, bool *present)
{
	const struct json_value *value = json_get(object, r->field->name);

	if (json_kind(value) == JSON_IS_NULL || r->field->rules & FORM_FORM_ONLY)
		return;
	*present = true;
	read_value(r, value);
}

static void refuse_unknown(struct form_faults *faults, struct arena *mem,
			   const struct json_value *object, const struct form_field *fields,
			   size_t n)
{
	for (void *at = json_first(object); at; at = json_next(object, at)) {
		struct str name;
		bool known = false;

		(void)json_member(at, &name);
		for (size_t i = 0; i < n; i++)
			known |=
				str_is(name, fields[i].name) && !(fields[i].rules & FORM_FORM_ONLY);
		if (!known)
			form_fault_add(faults, arena_c(mem, str_head(name, 64)),
				       N_("This field is not known."));
	}
}

/* ---- both -------------------------------------------------------------------------------------- */

static void clear(const struct form_field *field, char *place)
{
	switch (field->kind) {
	case FORM_NUMBER:
	case FORM_DATE:
		*(int64_t *)(void *)place = FORM_ABSENT;
		break;
	case FORM_FLAG:
		*(bool *)place = false;
		break;
	case FORM_LINES:
	case FORM_TAGS:
		*(struct str_list *)(void *)place = (struct str_list){NULL, 0};
		break;
	case FORM_FILE:
		*(struct form_pair *)(void *)place = (struct form_pair){.is_file = false};
		break;
	case FORM_OBJECT:
		*(const struct json_value **)(void *)place = NULL;
		break;
	case FORM_LINE:
	case FORM_TEXT:
	case FORM_SECRET:
	case FORM_ID:
	case FORM_WORD:
		*(struct str *)(void *)place = STR_NONE;
		break;
	}
}

static bool is_filled(const struct form_field *field, const char *place)
{
	switch (field->kind) {
	case FORM_NUMBER:
	case FORM_DATE:
		return *(const int64_t *)(const void *)place != FORM_ABSENT;
	case FORM_FLAG:
		return *(const bool *)place;
	case FORM_LINES:
	case FORM_TAGS:
		return ((const struct str_list *)(const void *)place)->count > 0;
	case FORM_FILE:
		return ((const struct form_pair *)(const void *)place)->is_file;
	case FORM_OBJECT:
		return *(struct json_value *const *)(const void *)place != NULL;
	case FORM_LINE:
	case FORM_TEXT:
	case FORM_SECRET:
	case FORM_ID:
	case FORM_WORD:
		return ((const struct str *)(const void *)place)->len > 0;
	}
	return false;
}

static enum status read_all(void *out, struct form_faults *faults, struct arena *mem,
			    const struct source *source, const struct form_field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r = {faults, mem, &fields[i], (char *)out + fields[i].offset};
		size_t before = faults->count;
		bool present = false;

		clear(&fields[i], r.place);
		if (source->form)
			TRY(read_from_form(&r, source->form, &present));
		else
			read_from_json(&r, source->object, &present);
		if (fields[i].rules & FORM_REQUIRED && faults->count == before &&
		    !is_filled(&fields[i], r.place))
			refuse(&r, N_("This is needed."));
	}
	return ST_OK;
}

static enum status outcome(const struct form_faults *faults)
{
	if (faults->count == 0)
		return ST_OK;
	return fail_whole(faults->items[0].field, ST_INVALID, faults->items[0].words);
}

enum status form_read(void *out, struct form_faults *faults, struct arena *mem,
		      const struct form *form, const struct form_field *fields, size_t n)
{
	struct source source = {.form = form};

	TRY(read_all(out, faults, mem, &source, fields, n));
	return outcome(faults);
}

enum status form_read_json(void *out, struct form_faults *faults, struct arena *mem,
			   const struct json_value *object, const struct form_field *fields,
			   size_t n)
{
	struct source source = {.object = object};

	if (json_kind(object) != JSON_IS_OBJECT)
		return fail_on("", ST_INVALID, "An object is expected.");
	TRY(read_all(out, faults, mem, &source, fields, n));
	refuse_unknown(faults, mem, object, fields, n);
	return outcome(faults);
}
