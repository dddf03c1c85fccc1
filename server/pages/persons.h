/* People and groups in JSON, and how their names are looked for: for the directory and for /admin. */
#ifndef SERVER_PAGES_PERSONS_H
#define SERVER_PAGES_PERSONS_H

#include "schema/group.h"
#include "schema/person.h"
#include "schema/space.h"
#include "server/json.h"
#include "server/request.h"

enum { PEOPLE_STEP = 50 };

/* The members of an open object, so that callers may add theirs. */
void persons_json_person(struct json_out *j, const struct person *person) NONNULL;
void persons_json_group(struct json_out *j, const struct group *group) NONNULL;

/* {"items":[...],"next":...} of people; `next` is the login behind which the list goes on, or empty. */
void persons_json_list(struct json_out *j, const struct person *people, size_t n, struct str next)
	NONNULL;

/* The words typed, folded as names are; a login as it is. */
struct str persons_key(struct arena *mem, struct str query) NONNULL;

/* The name of the space of each of these grants, in the language of the page. */
enum status persons_space_names(const struct space_text **out, struct request *rq,
				const struct space_grant *grants, size_t n)
	__attribute__((nonnull(1, 2))) MUST_USE;

#endif
