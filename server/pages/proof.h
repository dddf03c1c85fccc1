/* The password once more, before acts that a stolen session must not do (security.md 4.4). */
#ifndef SERVER_PAGES_PROOF_H
#define SERVER_PAGES_PROOF_H

#include "server/request.h"

/*
 * True when the password was given within the last ten minutes, or a program asks with its token.
 * Otherwise: return proof_ask(rq, the page to come back to). A form with text comes back filled in.
 */
bool proof_is_fresh(const struct request *rq) NONNULL MUST_USE;
enum status proof_ask(struct request *rq, struct url back) NONNULL MUST_USE;

/*
 * Is this the password of who is signed in? A wrong one counts like a wrong one at sign-in, and
 * during the pause that follows from it every password is wrong.
 */
enum status proof_password(struct request *rq, bool *good, struct str password) NONNULL MUST_USE;

/* A new session in place of this one; its cookie goes with the answer that was begun before. */
enum status proof_renew(struct request *rq) NONNULL MUST_USE;

#endif
