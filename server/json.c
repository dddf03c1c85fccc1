/* The only file that knows jansson, which reads; writing is our own. */
#include "server/json.h"

#include <assert.h>
#include <jansson.h>

#include "schema/base/clock.h"
#include "schema/base/utf8.h"

enum { JSON_MAX = 1024 * 1024, JSON_LINE_MAX = 4 * JSON_MAX };

/* ---- writing ---------------------------------------------------------------------------------- */

void json_out_release(struct json_out *j)
{
	buf_release(&j->buf);
}

void json_quote(struct buf *out, struct str text)
{
	static const char digits[] = "0123456789abcdef";
	size_t kept = 0;

	buf_byte(out, '"');
	for (size_t at = 0; at < text.len;) {
		unsigned char byte = (unsigned char)text.ptr[at];
		size_t next = at + 1;
		bool bad = byte >= 0x80 && (next = at, utf8_next(text, &next) == UTF8_BAD);

		if (!bad && byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) {
			at = next;
			continue;
		}
		buf_add(out, text.ptr + kept, at - kept);
		if (bad) {
			buf_c_add(out, "\xef\xbf\xbd");
		} else if (byte == '"' || byte == '\\') {
			buf_byte(out, '\\');
			buf_byte(out, (char)byte);
		} else if (byte == '\n') {
			buf_c_add(out, "\\n");
		} else {
			buf_c_add(out, "\\u00");
			buf_byte(out, digits[byte >> 4]);
			buf_byte(out, digits[byte & 15]);
		}
		at = next;
		kept = at;
	}
	buf_add(out, text.ptr ? text.ptr + kept : "", text.len - kept);
	buf_byte(out, '"');
}

/* The comma and the name before a value. */
static void begin(struct json_out *j, const char *name)
{
	uint64_t bit = UINT64_C(1) << j->depth;

	assert(j->depth == 0 || (j->lists & bit ? !name : name != NULL));
	if (j->nonempty & bit)
		buf_byte(&j->buf, ',');
	j->nonempty |= bit;
	if (name) {
		json_quote(&j->buf, str_c(name));
		buf_byte(&j->buf, ':');
	}
}

static void open(struct json_out *j, const char *name, bool list)
{
	uint64_t bit;

	begin(j, name);
	assert(j->depth < JSON_DEPTH);
	bit = UINT64_C(1) << ++j->depth;
	j->nonempty &= ~bit;
	j->lists = list ? j->lists | bit : j->lists & ~bit;
	buf_byte(&j->buf, list ? '[' : '{');
}

void jo_object(struct json_out *j, const char *name)
{
	open(j, name, false);
}

void jo_list(struct json_out *j, const char *name)
{
	open(j, name, true);
}

void jo_end(struct json_out *j)
{
	assert(j->depth > 0);
	buf_byte(&j->buf, j->lists & (UINT64_C(1) << j->depth) ? ']' : '}');
	j->depth--;
}

void jo_str(struct json_out *j, const char *name, struct str value)
{
	begin(j, name);
	json_quote(&j->buf, value);
}

void jo_c(struct json_out *j, const char *name, const char *value)
{
	jo_str(j, name, str_c(value));
}

void jo_i64(struct json_out *j, const char *name, int64_t value)
{
	begin(j, name);
	buf_i64(&j->buf, value);
}

void jo_aside_i64(struct json_out *j, const char *name, int64_t value)
{
	j->aside_from = j->buf.len;
	jo_i64(j, name, value);
	j->aside_to = j->buf.len;
}

void jo_bool(struct json_out *j, const char *name, bool value)
{
	begin(j, name);
	buf_c_add(&j->buf, value ? "true" : "false");
}

void jo_null(struct json_out *j, const char *name)
{
	begin(j, name);
	buf_c_add(&j->buf, "null");
}

void jo_time(struct json_out *j, const char *name, int64_t seconds)
{
	struct clock_date d = clock_date(seconds);

	if (seconds == 0) {
		jo_null(j, name);
		return;
	}
	begin(j, name);
	buf_printf(&j->buf, "\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", d.year, d.month, d.day, d.hour,
		   d.minute, d.second);
}

void jo_str_or_null(struct json_out *j, const char *name, struct str value)
{
	if (value.len)
		jo_str(j, name, value);
	else
		jo_null(j, name);
}

void jo_strs(struct json_out *j, const char *name, const struct str *values, size_t count)
{
	jo_list(j, name);
	for (size_t i = 0; i < count; i++)
		jo_str(j, NULL, values[i]);
	jo_end(j);
}

void jo_raw(struct json_out *j, const char *name, struct str json)
{
	begin(j, name);
	buf_str_add(&j->buf, json);
}

/* ---- reading ---------------------------------------------------------------------------------- */

/* jansson allows 2,048 levels; count brackets outside texts before it recurses. */
static bool is_shallow(struct str text)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']'))
			depth--;
		if (depth > JSON_DEPTH)
			return false;
	}
	return true;
}

static enum status parse(struct json_doc *out, struct str text, size_t most, size_t flags)
{
	json_error_t error;

	if (text.len > most)
		return fail(ST_TOO_LARGE, "JSON of %zu bytes", text.len);
	if (!is_shallow(text))
		return fail(ST_INVALID, "JSON is nested too deeply");
	out->root = (struct json_value *)(void *)json_loadb(
		text.ptr ? text.ptr : "", text.len,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | flags, &error);
	if (!out->root)
		return fail(ST_INVALID, "not JSON: line %d, column %d", error.line, error.column);
	return ST_OK;
}

enum status json_parse(struct json_doc *out, struct str text)
{
	return parse(out, text, JSON_MAX, 0);
}

enum status json_parse_line(struct json_doc *out, struct str line)
{
	return parse(out, line, JSON_LINE_MAX, JSON_ALLOW_NUL);
}

/* Our opaque name for jansson's value. */
static json_t *inner(const struct json_value *value)
{
	return (json_t *)(uintptr_t)value;
}

void json_doc_release(struct json_doc *doc)
{
	json_decref(inner(doc->root));
	doc->root = NULL;
}

enum json_kind json_kind(const struct json_value *value)
{
	if (!value)
		return JSON_IS_NULL;
	switch (json_typeof(inner(value))) {
	case JSON_OBJECT:
		return JSON_IS_OBJECT;
	case JSON_ARRAY:
		return JSON_IS_LIST;
	case JSON_STRING:
		return JSON_IS_TEXT;
	case JSON_INTEGER:
		return JSON_IS_INTEGER;
	case JSON_REAL:
		return JSON_IS_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_IS_BOOL;
	case JSON_NULL:
		return JSON_IS_NULL;
	}
	return JSON_IS_NULL;
}

bool json_to_str(const struct json_value *value, struct str *out)
{
	if (json_kind(value) != JSON_IS_TEXT)
		return false;
	*out = str_of(json_string_value(inner(value)), json_string_length(inner(value)));
	return true;
}

bool json_to_i64(const struct json_value *value, int64_t *out)
{
	if (json_kind(value) != JSON_IS_INTEGER)
		return false;
	*out = json_integer_value(inner(value));
	return true;
}

bool json_to_real(const struct json_value *value, double *out)
{
	enum json_kind kind = json_kind(value);

	if (kind != JSON_IS_REAL && kind != JSON_IS_INTEGER)
		return false;
	*out = json_number_value(inner(value));
	return true;
}

bool json_to_bool(const struct json_value *value, bool *out)
{
	if (json_kind(value) != JSON_IS_BOOL)
		return false;
	*out = json_is_true(inner(value));
	return true;
}

/* The inner type behind our opaque name. */
static const struct json_value *outer(const json_t *value)
{
	return (const struct json_value *)(const void *)value;
}

const struct json_value *json_get(const struct json_value *object, const char *name)
{
	return outer(json_object_get(inner(object), name));
}

size_t json_count(const struct json_value *list)
{
	return json_array_size(inner(list));
}

const struct json_value *json_at(const struct json_value *list, size_t index)
{
	return outer(json_array_get(inner(list), index));
}

void *json_first(const struct json_value *object)
{
	return json_object_iter(inner(object));
}

void *json_next(const struct json_value *object, void *at)
{
	return json_object_iter_next(inner(object), at);
}

const struct json_value *json_member(void *at, struct str *name)
{
	*name = str_of(json_object_iter_key(at), json_object_iter_key_len(at));
	return outer(json_object_iter_value(at));
}

static int write_piece(const char *bytes, size_t len, void *context)
{
	buf_add(context, bytes, len);
	return 0;
}

void json_write(struct buf *out, const struct json_value *value)
{
	if (json_dump_callback(inner(value), write_piece, out,
			       JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) != 0)
		buf_c_add(out, "null");
}
