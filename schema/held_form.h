/* Forms that came in after their session had ended, or before the password, kept a few days. */
#ifndef SCHEMA_HELD_FORM_H
#define SCHEMA_HELD_FORM_H

#include "schema/access.h"

enum { HELD_FORM_MAX = 256 * 1024 }; /* bytes: all fields of the largest form, filled up */

struct held_form {
	struct str target; /* the address that it was sent to */
	struct str body;   /* as the browser sent it, but for its token */
	int64_t at;
};

/* At most 10 of a person, for as long as ended sessions are known. TOO_LARGE past HELD_FORM_MAX. */
enum status held_form_put(char id[PUBLIC_ID_LEN + 1], struct db *db, struct arena *mem,
			  int64_t person_id, struct str target, struct str body) NONNULL MUST_USE;

/* Forget those whose time is over. */
enum status held_form_forget(struct db *db) NONNULL MUST_USE;

/* One's own only. */
enum status held_form_get(struct held_form *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str id) NONNULL MUST_USE;

#endif
