/* The head of a request, read strictly: whatever is doubtful is refused before the library sees it. */
#ifndef SERVER_GATE_PARSE_H
#define SERVER_GATE_PARSE_H

#include "schema/base/str.h"

enum {
	HEAD_MAX = 16 * 1024, /* bytes up to and with the blank line */
	HEAD_FIELDS_MAX = 100,
	TARGET_MAX = 8 * 1024,
	BODY_JSON_MAX = 1024 * 1024,
	BODY_FORM_MAX = 2 * 1024 * 1024,
	BODY_TEXT_MAX = 4 * 1024 * 1024, /* an article twice: to be saved, and as it was sent */
	BODY_UPLOAD_MAX = 26 * 1024 * 1024,
};

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE };

/* BODY_RAW: one file as it is. */
enum body_type { BODY_NONE, BODY_JSON, BODY_FORM, BODY_UPLOAD, BODY_RAW };

struct head_field {
	struct str name;  /* as written; compare through head_value() */
	struct str value; /* without white space at its ends */
};

/* All texts point into the block that was parsed. */
struct http_head {
	enum http_method method;
	bool has_method;   /* the method was read, even if what follows was refused */
	bool old;          /* HTTP/1.0 */
	struct str target; /* raw: path, and the query behind "?" */
	struct str path;   /* raw, begins with "/"; decodes to valid UTF-8 without odd segments */
	struct str query;  /* raw, without "?"; valid percent escapes of valid UTF-8 */
	struct str host;
	struct str boundary; /* of BODY_UPLOAD */
	enum body_type type;
	int64_t length; /* of the body; 0 for none, -1 when chunked */
	bool expects;   /* Expect: 100-continue */
	int refused; /* status by which the gate has refused it, to be answered as a page; or 0 */
	struct head_field fields[HEAD_FIELDS_MAX];
	size_t n_fields;
};

/*
 * Read `block`, which ends with the blank line. 0 when every rule of security.md 5.1 holds,
 * otherwise the status to answer before closing: 400, 405, 413, 414, 415, 417, 431 or 505.
 */
int gate_parse(struct http_head *out, struct str block) NONNULL MUST_USE;

/* The number of bytes up to and with the blank line, or 0 when it is not there yet. A line that ends
 * in a bare LF counts as an end as well, so that gate_parse() refuses it without waiting. */
size_t gate_head_end(struct str bytes, size_t scanned);

/* The value of a field, its name compared without case; the empty text where it is absent. */
struct str head_value(const struct http_head *head, const char *name) NONNULL;
bool head_has(const struct http_head *head, const char *name) NONNULL;

/* Whether a field has this name, for what may come several times. */
bool head_is(const struct head_field *field, const char *name) NONNULL;

/*
 * The most bytes that the body may have: by its type, and more than BODY_FORM_MAX only at addresses that
 * take files or the text of an article, and with its length told beforehand.
 */
int64_t head_body_limit(const struct http_head *head) NONNULL;

/* The most parts of a multipart body: the form of an article has one for each field. */
size_t head_parts_limit(const struct http_head *head) NONNULL;

const char *http_method_name(enum http_method method);

/* Copy a parsed head whose texts point into `old`; those of the copy point to the same places of `copy`. */
void http_head_copy(struct http_head *out, const struct http_head *head, struct str old,
		    struct str copy) NONNULL;

#endif
