/*
 * Numbers of the record in addresses and JSON: a number that counts over all spaces would tell how
 * much there is that the reader may not see (security.md 3.2), so it leaves the server enciphered.
 */
#ifndef SERVER_OPAQUE_H
#define SERVER_OPAQUE_H

#include "schema/base/arena.h"
#include "schema/base/secret.h"

/* 22 letters, digits, "-" and "_". `purpose` keeps one kind of number from being taken for another. */
struct str opaque_write(struct arena *mem, const unsigned char key[SECRET_LEN], const char *purpose,
			int64_t number) NONNULL MUST_USE;

/* False, and `out` left alone, for anything that opaque_write() did not make under this key. */
bool opaque_read(int64_t *out, const unsigned char key[SECRET_LEN], const char *purpose,
		 struct str text) NONNULL MUST_USE;

#endif
