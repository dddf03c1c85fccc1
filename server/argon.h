/* Password hashing, metered: one hash at a time for each two cores, eight wait (security.md 4.2). */
#ifndef SERVER_ARGON_H
#define SERVER_ARGON_H

#include "schema/base/secret.h"

struct argon;

struct argon *argon_new(void) MUST_USE __attribute__((returns_nonnull));
void argon_free(struct argon *argon);

/* As password_hash() and password_verify() of its composed form (password_nfc()); BUSY, answered by 503, when too many wait. */
enum status argon_hash(struct argon *argon, char out[PASSWORD_HASH_MAX], struct str password)
	NONNULL MUST_USE;
enum status argon_verify(struct argon *argon, bool *good, struct str stored, struct str password)
	NONNULL MUST_USE;

#endif
