/* Decoding of queries, urlencoded bodies and multipart bodies. */
#include "server/form.h"

#include <strings.h>

#include "schema/base/utf8.h"
#include "server/percent.h"

enum { PART_HEADERS_MAX = 8, PART_LINE_MAX = 1024 };

static enum status add(struct form *out, struct arena *mem, size_t most, struct form_pair pair)
{
	if (out->count == most)
		return fail(ST_INVALID, "more than %zu fields", most);
	if (!out->pairs)
		out->pairs = arena_array(mem, most, sizeof(*out->pairs));
	out->pairs[out->count++] = pair;
	return ST_OK;
}

enum status form_decode(struct form *out, struct arena *mem, struct str raw)
{
	*out = (struct form){.pairs = NULL};
	while (raw.ptr && raw.len) {
		struct str value = str_cut(&raw, '&');
		struct str name = str_cut(&value, '=');
		struct form_pair pair = {.is_file = false};

		if (name.len == 0 && value.len == 0)
			continue;
		if (!percent_decode(&pair.name, mem, name, true) ||
		    !percent_decode(&pair.value, mem, value, true))
			return fail(ST_INVALID, "a field is not UTF-8, or badly escaped");
		TRY(add(out, mem, FORM_FIELDS_MAX, pair));
	}
	return ST_OK;
}

const struct form_pair *form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (str_is(form->pairs[i].name, name))
			return &form->pairs[i];
	}
	return NULL;
}

struct str form_value(const struct form *form, const char *name)
{
	const struct form_pair *pair = form_find(form, name);

	return pair && !pair->is_file ? pair->value : STR_NONE;
}

/* ---- multipart/form-data ---------------------------------------------------------------------- */

/* Browsers write %22, %0D and %0A for what a quoted name cannot hold (HTML, 4.10.21.8). */
static struct str unquote(struct arena *mem, struct str quoted)
{
	struct buf text = {0};
	struct str kept;

	for (size_t i = 0; i < quoted.len; i++) {
		struct str three = str_head(str_from(quoted, i), 3);

		if (str_is(three, "%22") || str_is(three, "%0D") || str_is(three, "%0A")) {
			buf_byte(&text, str_is(three, "%22") ? '"' : ' ');
			i += 2;
		} else {
			buf_byte(&text, quoted.ptr[i]);
		}
	}
	kept = buf_keep(&text, mem);
	buf_release(&text);
	return kept;
}

/* form-data; name="..."; filename="...": each once, in quotes, and nothing else. */
static bool read_disposition(struct form_pair *out, struct arena *mem, struct str value)
{
	bool named = false;

	if (!str_is(str_trim(str_cut(&value, ';')), "form-data"))
		return false;
	while (value.ptr) {
		struct str key, text;

		value = str_trim(value);
		key = str_cut(&value, '=');
		if (value.len < 2 || value.ptr[0] != '"')
			return false;
		value = str_from(value, 1);
		text = str_cut(&value, '"');
		if (!value.ptr)
			return false;
		if (str_is(key, "name") && !named) {
			out->name = unquote(mem, text);
			named = true;
		} else if (str_is(key, "filename") && !out->is_file) {
			out->file_name = unquote(mem, text);
			out->is_file = true;
		} else {
			return false;
		}
		value = str_trim(value);
		if (value.len == 0)
			break;
		if (value.ptr[0] != ';')
			return false;
		value = str_from(value, 1);
	}
	return named;
}

static bool name_is(struct str name, const char *other)
{
	return name.len == strlen(other) && strncasecmp(name.ptr, other, name.len) == 0;
}

/* The lines before the content of a part, up to and with the empty one. */
static enum status read_part_head(struct form_pair *out, struct arena *mem, struct str *rest)
{
	bool disposed = false;

	for (int lines = 0; lines <= PART_HEADERS_MAX; lines++) {
		ptrdiff_t end = str_search(str_head(*rest, PART_LINE_MAX + 2), STR("\r\n"));
		struct str value, name;

		if (end < 0)
			return fail(ST_INVALID, "a line of a part's head does not end");
		value = str_head(*rest, (size_t)end);
		*rest = str_from(*rest, (size_t)end + 2);
		if (value.len == 0)
			return disposed ? ST_OK : fail(ST_INVALID, "a part has no name");
		name = str_cut(&value, ':');
		value = str_trim(value);
		if (name_is(name, "Content-Disposition")) {
			if (disposed || !read_disposition(out, mem, value))
				return fail(ST_INVALID, "a part's disposition cannot be read");
			disposed = true;
		} else if (name_is(name, "Content-Type")) {
			out->file_type = value;
		} else if (name_is(name, "Content-Transfer-Encoding")) {
			return fail(ST_INVALID, "a part is encoded");
		}
	}
	return fail(ST_INVALID, "a part's head is too long");
}

static bool is_text(const struct form_pair *pair)
{
	if (!utf8_valid(pair->name) || !utf8_valid(pair->file_name) ||
	    str_find(pair->name, '\0') >= 0 || str_find(pair->file_name, '\0') >= 0)
		return false;
	return pair->is_file || (utf8_valid(pair->value) && str_find(pair->value, '\0') < 0);
}

/* The body without its first and last delimiter: parts with "\r\n--boundary" before each. */
enum status form_decode_multipart(struct form *out, struct arena *mem, struct str body,
				  struct str boundary, size_t most)
{
	struct str delimiter = arena_printf(mem, "\r\n--%.*s", STR_ARG(boundary));
	struct str rest = body;
	int files = 0;

	*out = (struct form){.pairs = NULL};
	if (!str_starts(rest, str_from(delimiter, 2)))
		return fail(ST_INVALID, "the first part does not begin");
	rest = str_from(rest, delimiter.len - 2);
	while (str_starts(rest, STR("\r\n"))) {
		struct form_pair pair = {.is_file = false};
		ptrdiff_t end;

		rest = str_from(rest, 2);
		TRY(read_part_head(&pair, mem, &rest));
		end = str_search(rest, delimiter);
		if (end < 0)
			return fail(ST_INVALID, "the last part does not end");
		pair.value = str_head(rest, (size_t)end);
		rest = str_from(rest, (size_t)end + delimiter.len);
		if (!is_text(&pair))
			return fail(ST_INVALID, "a part is not UTF-8");
		files += pair.is_file;
		if (files > FORM_PARTS_MAX)
			return fail(ST_INVALID, "there are more than %d files", FORM_PARTS_MAX);
		TRY(add(out, mem, most, pair));
	}
	if (!str_is(rest, "--") && !str_is(rest, "--\r\n"))
		return fail(ST_INVALID, "there is something behind the last part");
	return ST_OK;
}
