/* Tokens that prove a form came from us (security.md 4.6). */
#ifndef SERVER_CSRF_H
#define SERVER_CSRF_H

#include "schema/base/secret.h"
#include "server/out.h"

/*
 * A token for the holder of `secret` (a session's, or a visit's before signing in), masked afresh
 * each time, so that compressing a page tells nothing about it.
 */
void csrf_token(char out[OUT_CSRF_LEN], struct arena *mem, const unsigned char key[SECRET_LEN],
		struct str secret) NONNULL;

bool csrf_check(struct str token, const unsigned char key[SECRET_LEN], struct str secret)
	NONNULL MUST_USE;

#endif
