/* Putting people into groups and taking them out, with what it does to their access. */
#ifndef SERVER_PAGES_MEMBER_H
#define SERVER_PAGES_MEMBER_H

#include "schema/effect.h"
#include "server/request.h"
#include "server/views/check_view.h"

struct member_change {
	struct str group, group_name;
	struct str login, name; /* of the person */
	bool member;            /* in, or out */
	struct url back, action;
};

/* "Check before you apply". The action is sent `field` = `value` again, and `remove` where it is so. */
enum status member_check(struct request *rq, const struct member_change *change, const char *field,
			 struct str value) NONNULL MUST_USE;

enum status member_apply(struct request *rq, const struct member_change *change) NONNULL MUST_USE;

/* Fill in the effects: what a change does to one person, space by space. At least one sentence. */
enum status member_effects(struct check_view *view, struct request *rq,
			   const struct person_effect *effect) NONNULL MUST_USE;

#endif
