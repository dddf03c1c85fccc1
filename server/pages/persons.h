/* People and groups in JSON, and how their names are looked for: for the directory and for /admin. */
#ifndef SERVER_PAGES_PERSONS_H
#define SERVER_PAGES_PERSONS_H

#include "schema/group.h"
#include "schema/person.h"
#include "schema/space.h"
#include "server/json.h"
#include "server/request.h"
#include "server/views/page.h"

enum { PEOPLE_STEP = 50 };

/* The members of an open object, so that callers may add theirs. */
void persons_json_person(struct json_out *j, const struct person *person) NONNULL;
void persons_json_group(struct json_out *j, const struct group *group) NONNULL;

/* {"items":[...],"next":...} of people; `next` is the login behind which the list goes on, or empty. */
void persons_json_list(struct json_out *j, const struct person *people, size_t n, struct str next)
	NONNULL;

/* The words typed, folded as names are; a login as it is. */
struct str persons_key(struct arena *mem, struct str query) NONNULL;

/* All groups, to choose one from. */
enum status persons_group_refs(const struct group_ref **out, size_t *n, struct request *rq)
	NONNULL MUST_USE;

/* One group's grants in the order of the names of their spaces, and these in the language of the page. */
enum status persons_grants(const struct space_grant **out, const struct space_text **names,
			   struct request *rq, const struct space_grant *grants, size_t n)
	__attribute__((nonnull(1, 2, 3))) MUST_USE;

#endif
