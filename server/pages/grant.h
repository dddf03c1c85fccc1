/* Changing what a group may do in a space: the same for its managers and for administrators. */
#ifndef SERVER_PAGES_GRANT_H
#define SERVER_PAGES_GRANT_H

#include "schema/effect.h"
#include "server/request.h"

struct space_target {
	struct str key, name; /* of the space */
	struct url back;      /* the page with the form, which also shows its faults */
	struct url action;    /* where the form posts to */
	bool admin;           /* in the frame of the administration */
	enum status (*show)(struct request *rq, int http_status); /* the form again */
};

/*
 * A whole POST with the fields group, level and sure. Without `sure` (from a page): what the change
 * would do, to be checked; with it, and from a program: the change.
 */
enum status grant_post(struct request *rq, const struct space_target *target) NONNULL MUST_USE;

#endif
