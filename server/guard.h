/*
 * What must hold before a page runs: who asks, where the request came from, how often, and which
 * right on the object of the path. Decided in one order for all routes (security.md 3.1), so that
 * no answer tells more than the one before it.
 */
#ifndef SERVER_GUARD_H
#define SERVER_GUARD_H

#include "server/request.h"

/* What a request holds while it lasts; released by guard_hold_cleanup(). */
struct guard_hold {
	struct request *rq;
	struct db *reader; /* the read-only connection, or NULL */
	struct snapshot snapshot;
};

/* Open the view of the record that the request reads from. */
enum status guard_begin(struct guard_hold *hold) NONNULL MUST_USE;
void guard_hold_cleanup(struct guard_hold *hold) NONNULL;

/*
 * Decide about rq->route, which may be NULL: `known` then says that its path exists for other methods.
 * False when the request was refused and answered.
 */
bool guard_admits(struct request *rq, bool known) NONNULL MUST_USE;

/* The same steps one by one; each false when the request was refused and answered. */
bool guard_identify(struct request *rq) NONNULL MUST_USE; /* guard_identity.c */
bool guard_body(struct request *rq) NONNULL MUST_USE;     /* guard_form.c */
bool guard_origin(struct request *rq) NONNULL MUST_USE;

/*
 * Before a secret is tried that a program sends along: 0, or the seconds to wait, because too many from
 * this address were wrong. One that was right is not counted.
 */
int guard_try(const struct request *rq) NONNULL MUST_USE;
void guard_tried_well(const struct request *rq) NONNULL;

/* True for feeds: their readers cannot send a Bearer token, so they may say it as a password. */
bool guard_is_feed(const struct request *rq) NONNULL MUST_USE;

/* A text that was written when its session ended is kept, and answered; false where there is none. */
bool guard_keeps_form(struct request *rq) NONNULL;
bool guard_rate(struct request *rq) NONNULL MUST_USE;
bool guard_object(struct request *rq) NONNULL MUST_USE; /* guard_object.c */

#endif
