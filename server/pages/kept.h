/* Texts whose form came in after the session had ended that it was given to. */
#ifndef SERVER_PAGES_KEPT_H
#define SERVER_PAGES_KEPT_H

#include "server/request.h"

/* True for forms that people type into: only they are worth a look. */
bool kept_may_hold(const struct request *rq) NONNULL;

/*
 * For guard.c, when a request has no session or a CSRF token that does not fit it: if its token belongs
 * to an earlier session, the text is kept as a draft of that session's person, or the form as it is but
 * for its files. True when that was done and the answer leads on: by signing in, or for the same person
 * straight back to the form. What the form names is not told apart: hidden or absent.
 */
bool kept_form(struct request *rq) NONNULL;

#endif
