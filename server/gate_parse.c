/* The strict reader of request heads; fuzzed by tests/fuzz/fuzz_gate.c. */
#include "server/gate_parse.h"

#include <strings.h>

#include "schema/base/utf8.h"
#include "server/form.h"
#include "server/percent.h"

static const char *const methods[] = {
	[HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
	[HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
};

/* Fields that decide about framing, rights or origin: two of them could be read in two ways. */
static const char *const single_fields[] = {
	"Host",   "Content-Length", "Transfer-Encoding", "Cookie",         "Authorization",
	"Origin", "Content-Type",   "Referer",           "Sec-Fetch-Site", "Expect",
};

const char *http_method_name(enum http_method method)
{
	return methods[method];
}

static bool is_token_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z') || (byte && strchr("!#$%&'*+-.^_`|~", byte));
}

static bool is_token(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_token_byte(text.ptr[i]))
			return false;
	}
	return text.len > 0;
}

static bool same(struct str a, const char *b)
{
	return a.len == strlen(b) && strncasecmp(a.ptr ? a.ptr : "", b, a.len) == 0;
}

bool head_is(const struct head_field *field, const char *name)
{
	return same(field->name, name);
}

bool head_has(const struct http_head *head, const char *name)
{
	for (size_t i = 0; i < head->n_fields; i++) {
		if (same(head->fields[i].name, name))
			return true;
	}
	return false;
}

struct str head_value(const struct http_head *head, const char *name)
{
	for (size_t i = 0; i < head->n_fields; i++) {
		if (same(head->fields[i].name, name))
			return head->fields[i].value;
	}
	return STR_NONE;
}

/* Whether the form of an article comes here. */
static bool takes_text(const struct http_head *head)
{
	return str_is(head->path, "/new") || str_ends(head->path, STR("/edit")) ||
	       str_ends(head->path, STR("/draft"));
}

size_t head_parts_limit(const struct http_head *head)
{
	return takes_text(head) ? FORM_FIELDS_MAX : FORM_PARTS_MAX;
}

/* What comes in parts is as long as it is written; urlencoded, a letter of Cyrillic is six bytes. */
static int64_t parts_length(const struct http_head *head)
{
	if (head->length > 0 && str_ends(head->path, STR("/files")))
		return BODY_UPLOAD_MAX;
	return head->length > 0 && takes_text(head) ? BODY_TEXT_MAX : BODY_FORM_MAX;
}

int64_t head_body_limit(const struct http_head *head)
{
	switch (head->type) {
	case BODY_NONE:
		return 0;
	case BODY_JSON:
		return BODY_JSON_MAX;
	case BODY_FORM:
		return BODY_FORM_MAX;
	case BODY_UPLOAD:
	case BODY_RAW:
		return parts_length(head);
	}
	return 0;
}

size_t gate_head_end(struct str bytes, size_t scanned)
{
	/* The end may lie across the edge of what was scanned before. */
	for (size_t i = scanned > 3 ? scanned - 3 : 0; i < bytes.len; i++) {
		if (bytes.ptr[i] != '\n')
			continue;
		if (i == 0 || bytes.ptr[i - 1] != '\r')
			return i + 1;
		if (i >= 3 && bytes.ptr[i - 2] == '\n')
			return i + 1;
		if (i == 1)
			return i + 1;
	}
	return 0;
}

/* One line without its CRLF; false when it does not end so. */
static bool line_cut(struct str *rest, struct str *line)
{
	ptrdiff_t at = str_find(*rest, '\n');

	if (at < 1 || rest->ptr[at - 1] != '\r')
		return false;
	*line = str_head(*rest, (size_t)at - 1);
	*rest = str_from(*rest, (size_t)at + 1);
	return true;
}

/* No dot segments, no empty ones but the last, no backslash: after one decoding. */
static bool path_is_plain(struct str raw)
{
	char decoded[TARGET_MAX];
	size_t len = 0, segment;

	for (size_t at = 0; at < raw.len;) {
		int byte = percent_next(raw, &at, false);

		if (byte < 0x20 || byte == 0x7f || byte == '\\' || len == sizeof(decoded))
			return false;
		decoded[len++] = (char)byte;
	}
	if (!utf8_valid(str_of(decoded, len)))
		return false;
	segment = 1;
	for (size_t i = 1; i <= len; i++) {
		struct str part;

		if (i < len && decoded[i] != '/')
			continue;
		part = str_of(decoded + segment, i - segment);
		if (str_is(part, ".") || str_is(part, "..") || (part.len == 0 && i < len))
			return false;
		segment = i + 1;
	}
	return true;
}

static bool query_is_plain(struct str raw)
{
	char decoded[TARGET_MAX];
	size_t len = 0;

	for (size_t at = 0; at < raw.len;) {
		int byte = percent_next(raw, &at, true);

		if (byte <= 0 || len == sizeof(decoded))
			return false;
		decoded[len++] = (char)byte;
	}
	return utf8_valid(str_of(decoded, len));
}

static int parse_target(struct http_head *out)
{
	ptrdiff_t mark;

	if (out->target.len > TARGET_MAX)
		return 414;
	if (out->target.len == 0 || out->target.ptr[0] != '/')
		return 400;
	for (size_t i = 0; i < out->target.len; i++) {
		unsigned char byte = (unsigned char)out->target.ptr[i];

		if (byte <= 0x20 || byte >= 0x7f || byte == '#')
			return 400;
	}
	mark = str_find(out->target, '?');
	out->path = mark < 0 ? out->target : str_head(out->target, (size_t)mark);
	out->query = mark < 0 ? STR_NONE : str_from(out->target, (size_t)mark + 1);
	return path_is_plain(out->path) && query_is_plain(out->query) ? 0 : 400;
}

static int parse_version(struct http_head *out, struct str version)
{
	if (str_is(version, "HTTP/1.1"))
		return 0;
	if (str_is(version, "HTTP/1.0")) {
		out->old = true;
		return 0;
	}
	if (version.len == 8 && str_starts(version, STR("HTTP/")) && version.ptr[6] == '.' &&
	    version.ptr[5] >= '0' && version.ptr[5] <= '9' && version.ptr[7] >= '0' &&
	    version.ptr[7] <= '9')
		return 505;
	return 400;
}

static int parse_request_line(struct http_head *out, struct str line)
{
	struct str method = str_cut(&line, ' ');
	int refused;

	if (!line.ptr || !is_token(method))
		return 400;
	for (size_t i = 0; i < COUNT(methods); i++) {
		if (str_is(method, methods[i])) {
			out->method = (enum http_method)i;
			out->has_method = true;
		}
	}
	out->target = str_cut(&line, ' ');
	if (!line.ptr)
		return 400;
	refused = parse_version(out, line);
	if (refused)
		return refused;
	if (!out->has_method)
		return 405;
	return parse_target(out);
}

static int parse_field(struct http_head *out, struct str line)
{
	ptrdiff_t colon = str_find(line, ':');
	struct head_field *field = &out->fields[out->n_fields];

	if (colon < 1)
		return 400;
	field->name = str_head(line, (size_t)colon);
	field->value = str_from(line, (size_t)colon + 1);
	if (!is_token(field->name))
		return 400;
	for (size_t i = 0; i < field->value.len; i++) {
		unsigned char byte = (unsigned char)field->value.ptr[i];

		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return 400;
	}
	field->value = str_trim(field->value);
	out->n_fields++;
	return 0;
}

static bool fields_are_single(const struct http_head *head)
{
	for (size_t s = 0; s < COUNT(single_fields); s++) {
		size_t seen = 0;

		for (size_t i = 0; i < head->n_fields; i++)
			seen += same(head->fields[i].name, single_fields[s]);
		if (seen > 1)
			return false;
	}
	return true;
}

/* How long the body is, and that there is only one way to know it. */
static int parse_framing(struct http_head *out)
{
	struct str length = head_value(out, "Content-Length");

	if (head_has(out, "Transfer-Encoding")) {
		if (head_has(out, "Content-Length") || out->old ||
		    !same(head_value(out, "Transfer-Encoding"), "chunked"))
			return 400;
		out->length = -1;
	} else if (head_has(out, "Content-Length")) {
		if (length.len > 18)
			return 400;
		for (size_t i = 0; i < length.len; i++) {
			if (length.ptr[i] < '0' || length.ptr[i] > '9')
				return 400;
		}
		if (!str_to_i64(length, &out->length))
			return 400;
	}
	/* A body of GET means nothing, so it can only be a second request in disguise. */
	if (out->length != 0 && (out->method == HTTP_GET || out->method == HTTP_HEAD))
		return 400;
	return 0;
}

/* The boundary of a multipart body: 1 to 70 harmless characters, perhaps in quotes. */
static bool parse_boundary(struct http_head *out, struct str value)
{
	if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
		value = str_of(value.ptr + 1, value.len - 2);
	if (value.len < 1 || value.len > 70 || out->boundary.ptr)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (!is_token_byte(value.ptr[i]) && !strchr("()+,/:=?", value.ptr[i]))
			return false;
	}
	out->boundary = value;
	return true;
}

/* The type of a body with its parameters; 415 for what nobody here reads. */
static int parse_type(struct http_head *out)
{
	struct str rest = head_value(out, "Content-Type");
	struct str type = str_trim(str_cut(&rest, ';'));

	if (same(type, "application/json"))
		out->type = BODY_JSON;
	else if (same(type, "application/x-www-form-urlencoded"))
		out->type = BODY_FORM;
	else if (same(type, "multipart/form-data"))
		out->type = BODY_UPLOAD;
	else if (same(type, "application/octet-stream"))
		out->type = BODY_RAW;
	else
		return 415;
	while (rest.ptr) {
		struct str value = str_cut(&rest, ';');
		struct str name = str_trim(str_cut(&value, '='));

		value = str_trim(value);
		if (same(name, "charset") && !same(value, "utf-8") && !same(value, "\"utf-8\""))
			return 415;
		if (out->type == BODY_UPLOAD && same(name, "boundary") &&
		    !parse_boundary(out, value))
			return 400;
	}
	return out->type == BODY_UPLOAD && !out->boundary.ptr ? 400 : 0;
}

static int parse_body(struct http_head *out)
{
	struct str expect = head_value(out, "Expect");
	int refused = parse_framing(out);

	if (refused)
		return refused;
	if (head_has(out, "Expect")) {
		if (!same(expect, "100-continue"))
			return 417;
		out->expects = !out->old;
	}
	if (out->length == 0)
		return 0;
	refused = parse_type(out);
	if (refused)
		return refused;
	return out->length > head_body_limit(out) ? 413 : 0;
}

int gate_parse(struct http_head *out, struct str block)
{
	struct str line;
	int refused;

	out->n_fields = 0;
	out->has_method = out->old = out->expects = false;
	out->length = 0;
	out->refused = 0;
	out->type = BODY_NONE;
	out->target = out->path = out->query = out->host = out->boundary = STR_NONE;
	if (!line_cut(&block, &line))
		return 400;
	refused = parse_request_line(out, line);
	while (!refused) {
		if (!line_cut(&block, &line))
			return 400;
		if (line.len == 0)
			break;
		if (out->n_fields == HEAD_FIELDS_MAX)
			return 431;
		refused = parse_field(out, line);
	}
	if (refused)
		return refused;
	if (block.len || !fields_are_single(out) || !head_has(out, "Host"))
		return 400;
	out->host = head_value(out, "Host");
	return parse_body(out);
}

/* The parsed texts point into `old`; let them point to the same places of `copy`. */
static void move_text(struct str *text, struct str old, struct str copy)
{
	if (text->ptr)
		text->ptr = copy.ptr + (text->ptr - old.ptr);
}

void http_head_copy(struct http_head *out, const struct http_head *head, struct str old,
		    struct str copy)
{
	memcpy(out, head, offsetof(struct http_head, fields));
	memcpy(out->fields, head->fields, head->n_fields * sizeof(head->fields[0]));
	out->n_fields = head->n_fields;
	move_text(&out->target, old, copy);
	move_text(&out->path, old, copy);
	move_text(&out->query, old, copy);
	move_text(&out->host, old, copy);
	move_text(&out->boundary, old, copy);
	for (size_t i = 0; i < out->n_fields; i++) {
		move_text(&out->fields[i].name, old, copy);
		move_text(&out->fields[i].value, old, copy);
	}
}
