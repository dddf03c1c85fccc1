/* What people and programs send: queries, forms, uploads and JSON bodies, read by one table a page. */
#ifndef SERVER_FORM_H
#define SERVER_FORM_H

#include "schema/base/arena.h"
#include "schema/base/err.h"
#include "server/json.h"

enum { FORM_FIELDS_MAX = 200, FORM_PARTS_MAX = 20 };

struct form_pair {
	struct str name, value; /* decoded, UTF-8 without NUL; a file's value is its raw bytes */
	struct str file_name;   /* of an uploaded file, as the browser sent it; untrusted */
	struct str file_type;   /* as the browser sent it; untrusted */
	bool is_file;
};

struct form {
	struct form_pair *pairs;
	size_t count;
};

/* Decode a query or an urlencoded body. INVALID (answered by 400) when it is not well-formed. */
enum status form_decode(struct form *out, struct arena *mem, struct str raw) NONNULL MUST_USE;

/*
 * Decode multipart/form-data of up to `most` parts, of which FORM_PARTS_MAX may be files. Bytes of
 * files are borrowed from `body`.
 */
enum status form_decode_multipart(struct form *out, struct arena *mem, struct str body,
				  struct str boundary, size_t most) NONNULL MUST_USE;

/* The first pair of this name, or NULL. */
const struct form_pair *form_find(const struct form *form, const char *name) NONNULL;

/* Its value; the empty text where it is absent. For what is shown again, never for decisions. */
struct str form_value(const struct form *form, const char *name) NONNULL;

/* The text with LF for CRLF and CR, as FORM_TEXT gives it; the text itself where it has none. */
struct str form_lf(struct arena *mem, struct str text) NONNULL;

/* ---- the table of a page ----------------------------------------------------------------------
 *	struct save_input { int64_t base; struct str title, body; bool minor; struct str_list tags; };
 *	static const struct form_field save_fields[] = {
 *		{"base", FORM_NUMBER, offsetof(struct save_input, base), 0, FORM_REQUIRED},
 *		{"title", FORM_LINE, offsetof(struct save_input, title), 400, FORM_REQUIRED},
 *		{"body", FORM_TEXT, offsetof(struct save_input, body), 1048576, 0},
 *		...
 *	};
 *	struct save_input in;
 *	if (request_read(rq, &in, save_fields, COUNT(save_fields)) == ST_INVALID)
 *		show the form again with rq->faults
 * The same table reads the form of the page and the JSON body of its twin.
 */
struct str_list {
	struct str *items; /* NULL when the field was absent */
	size_t count;
};

enum form_kind {
	FORM_LINE,   /* struct str: one line, rules of security.md 6.2; limit in code points */
	FORM_TEXT,   /* struct str: many lines, CRLF and CR become LF; limit in bytes */
	FORM_SECRET, /* struct str: a password or code, any valid UTF-8; limit in bytes */
	FORM_NUMBER, /* int64_t: a whole number from 0 to limit (0: no limit) */
	FORM_FLAG,   /* bool: a ticked box, or true and false in JSON */
	FORM_ID,     /* struct str: a public id */
	FORM_WORD,  /* struct str: [A-Za-z0-9._-], limit in bytes: keys, logins, choices, cursors */
	FORM_LINES, /* struct str_list: repeated fields, or a list in JSON; limit for each */
	FORM_TAGS,  /* struct str_list: as FORM_LINES, but a form's field is cut at commas */
	FORM_DATE,  /* int64_t: seconds at the beginning of YYYY-MM-DD; FORM_ABSENT when empty */
	FORM_FILE,  /* struct form_pair: an uploaded file; limit in bytes */
	FORM_OBJECT, /* const struct json_value *: an object of JSON, for typed fields; JSON only */
};

enum form_rule {
	FORM_REQUIRED = 1,  /* present, and not empty */
	FORM_FORM_ONLY = 2, /* unknown to the JSON twin */
	FORM_MANY = 4,      /* several allowed where one is usual; the last counts */
};

#define FORM_ABSENT INT64_MIN /* of FORM_NUMBER and FORM_DATE */

struct form_field {
	const char *name;
	enum form_kind kind;
	size_t offset; /* in the struct that is filled */
	int64_t limit; /* 0: that of the kind */
	unsigned rules;
};

/* What is wrong with one field; words are an English message id for i18n(). */
struct form_fault {
	const char *field;
	const char *words;
};

struct form_faults {
	struct form_fault items[16];
	size_t count;
};

/* Add a fault that only the page could see; past 16 they are dropped. */
void form_fault_add(struct form_faults *faults, const char *field, const char *words) NONNULL;

/* The fault of a field, or NULL: what stands beside its input. */
const char *form_fault_of(const struct form_faults *faults, const char *field) NONNULL;

/*
 * Fill `out` from a form. Absent texts are {NULL, 0}, absent lists have no items, absent numbers and
 * dates are FORM_ABSENT, absent flags false. INVALID with every fault in `faults`, the first also as
 * the failure's message and field. Fields that the table does not know are left alone.
 * A field given twice where one is expected is a malformed request: INVALID without any fault.
 */
enum status form_read(void *out, struct form_faults *faults, struct arena *mem,
		      const struct form *form, const struct form_field *fields, size_t n)
	NONNULL MUST_USE;

/* The same from a JSON object; a member that the table does not know is a fault. */
enum status form_read_json(void *out, struct form_faults *faults, struct arena *mem,
			   const struct json_value *object, const struct form_field *fields,
			   size_t n) NONNULL MUST_USE;

#endif
