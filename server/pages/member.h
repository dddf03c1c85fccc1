/* Putting people into groups and taking them out, with what it does to their access. */
#ifndef SERVER_PAGES_MEMBER_H
#define SERVER_PAGES_MEMBER_H

#include "schema/effect.h"
#include "server/request.h"

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

/* Sentences on what a change does to one person, space by space. At least one. */
enum status member_effects(const struct str **out, size_t *n, struct request *rq,
			   const struct person_effect *effect) NONNULL MUST_USE;

#endif
