/* Percent escapes of addresses and forms, decoded once and in one place. */
#ifndef SERVER_PERCENT_H
#define SERVER_PERCENT_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"

/*
 * The byte at `*at`, decoded, and `*at` behind it; -1 for an escape that is not two hexadecimal
 * digits. `plus`: "+" means a space, as in queries and forms. `*at` < raw.len.
 */
int percent_next(struct str raw, size_t *at, bool plus) NONNULL;

/* The whole text decoded into `mem`; false for a bad escape, a NUL or bytes that are not UTF-8. */
bool percent_decode(struct str *out, struct arena *mem, struct str raw, bool plus) NONNULL MUST_USE;

/* Append with everything but letters, digits and "-._~" escaped. */
void percent_encode(struct buf *out, struct str text) NONNULL;

#endif
