/* People and groups as everybody of the staff sees them. */
#ifndef SERVER_VIEWS_PEOPLE_VIEW_H
#define SERVER_VIEWS_PEOPLE_VIEW_H

#include "schema/group.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "server/views/page.h"

/* /people?q= */
struct people_view {
	struct str query;
	const struct person *people;
	size_t n_people;
	struct pager pager;
};

/* /p/LOGIN */
struct person_view {
	const struct person *person;
	struct str place, local_time; /* city of the office and its clock, or empty */
	const struct change *changes; /* the last that the reader may see */
	size_t n_changes;
	const struct group *groups; /* own ones, or those that an administrator sees */
	size_t n_groups;
	bool own;       /* shows the link to /settings/profile */
	bool can_admin; /* shows the link to /admin/people/LOGIN */
};

/* /settings/profile: one's own entry in the directory. */
struct profile_view {
	struct str position, languages, skills, phone; /* as typed */
	const struct form_faults *faults;
};

/* /g/KEY */
struct group_view {
	const struct group *group;
	const struct person *members; /* none for those who may not see them */
	size_t n_members;
	bool members_hidden;
	struct pager pager;
	const struct space_grant *grants;     /* on spaces that the reader reads */
	const struct space_text *space_names; /* for each of them */
	size_t n_grants;
	bool can_admin; /* shows the link to /admin/groups/KEY */
};

#endif
