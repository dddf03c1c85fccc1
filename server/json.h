/* JSON in and out: a strict reader (security.md 5.6) and a small writer that cannot fail. */
#ifndef SERVER_JSON_H
#define SERVER_JSON_H

#include "schema/base/buf.h"
#include "schema/base/err.h"

/* ---- writing ----------------------------------------------------------------------------------
 * The prefix is short because it is typed often, and not json_ because libjansson has those names.
 *	jo_object(j, NULL);
 *	jo_str(j, "title", article->title);
 *	jo_list(j, "tags");
 *	for (size_t i = 0; i < n; i++)
 *		jo_str(j, NULL, tags[i]);
 *	jo_end(j);
 *	jo_end(j);
 * The name is NULL inside a list and for the outermost value.
 */
enum { JSON_DEPTH = 32 };

struct json_out {
	struct buf buf;
	int depth;                   /* open objects and lists */
	uint64_t lists;              /* bit n: what is open at depth n is a list */
	uint64_t nonempty;           /* bit n: something stands in it already */
	size_t aside_from, aside_to; /* what jo_aside_i64() wrote */
};

void json_out_release(struct json_out *j) NONNULL;
static inline void json_out_cleanup(struct json_out *j)
{
	json_out_release(j);
}

void jo_object(struct json_out *j, const char *name);
void jo_list(struct json_out *j, const char *name);
void jo_end(struct json_out *j) NONNULL; /* closes the innermost object or list */

/* Bytes that are not UTF-8 become U+FFFD; the empty text is "". */
void jo_str(struct json_out *j, const char *name, struct str value);
void jo_c(struct json_out *j, const char *name, const char *value);
void jo_i64(struct json_out *j, const char *name, int64_t value);
/* A number that is another each time: the entity tag does not hang on it. One in an answer. */
void jo_aside_i64(struct json_out *j, const char *name, int64_t value);
void jo_bool(struct json_out *j, const char *name, bool value);
void jo_null(struct json_out *j, const char *name);
/* RFC 3339 in UTC from seconds; null for 0. */
void jo_time(struct json_out *j, const char *name, int64_t seconds);
/* Text, or null where it is empty: for cursors and other things that may be absent. */
void jo_str_or_null(struct json_out *j, const char *name, struct str value);
void jo_strs(struct json_out *j, const char *name, const struct str *values, size_t count);
/* JSON that this program has written itself, such as typed fields kept in the record. */
void jo_raw(struct json_out *j, const char *name, struct str json);

/* A JSON text literal, with its quotes, into any buffer. */
void json_quote(struct buf *out, struct str text) NONNULL;

/* ---- reading ---------------------------------------------------------------------------------- */
struct json_value; /* borrowed from its document */

enum json_kind {
	JSON_IS_NULL, /* also what a missing member is */
	JSON_IS_BOOL,
	JSON_IS_INTEGER,
	JSON_IS_REAL,
	JSON_IS_TEXT,
	JSON_IS_OBJECT,
	JSON_IS_LIST,
};

struct json_doc {
	struct json_value *root; /* NULL: nothing parsed */
};
void json_doc_release(struct json_doc *doc) NONNULL;
static inline void json_doc_cleanup(struct json_doc *doc)
{
	json_doc_release(doc);
}

/*
 * INVALID for anything that is not one JSON value in UTF-8, at most 32 deep, without duplicate
 * keys, NUL, NaN or bytes behind it. TOO_LARGE above 1 MiB.
 */
enum status json_parse(struct json_doc *out, struct str text) NONNULL MUST_USE;

/* The same for a line of a file that is imported: NUL may stand in texts, and 4 MiB hold any article. */
enum status json_parse_line(struct json_doc *out, struct str line) NONNULL MUST_USE;

enum json_kind json_kind(const struct json_value *value);
/* Each is false, and leaves `out`, when the value is NULL or of another kind. */
bool json_to_str(const struct json_value *value, struct str *out);
bool json_to_i64(const struct json_value *value, int64_t *out);
bool json_to_real(const struct json_value *value, double *out); /* an integer will do */
bool json_to_bool(const struct json_value *value, bool *out);

/* The member of an object, or NULL. */
const struct json_value *json_get(const struct json_value *object, const char *name);

/* Items of a list; 0 for anything else. */
size_t json_count(const struct json_value *list);
const struct json_value *json_at(const struct json_value *list, size_t index);

/*
 * Walk the members of an object in their order:
 * for (void *at = json_first(object); at; at = json_next(object, at)) ... json_member(at, &name)
 */
void *json_first(const struct json_value *object);
void *json_next(const struct json_value *object, void *at);
const struct json_value *json_member(void *at, struct str *name) NONNULL;

/* The value written back as compact JSON with sorted keys. */
void json_write(struct buf *out, const struct json_value *value) NONNULL;

#endif
