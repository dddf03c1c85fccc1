/*
 * Forms that come back as they were filled in, with nothing done: their session had ended, or the disk is
 * full. Their page runs as usual, but reading its fields ends with a fault, so that it shows the form again.
 */
#ifndef SERVER_PAGES_HELD_H
#define SERVER_PAGES_HELD_H

#include "server/request.h"

/* Only forms that show what was typed when they are refused; no secrets, and none that are drafts. */
bool held_may_hold(const struct request *rq) NONNULL;

/* Keep the form of this request, but for its files, for the person; `out` is where it is shown again. */
enum status held_keep(struct url *out, struct request *rq, int64_t person_id) NONNULL MUST_USE;

/* Run the page of the route; `why`: N_("..."), said at the top of the form. */
enum status held_show(struct request *rq, const char *why) NONNULL MUST_USE;

#endif
