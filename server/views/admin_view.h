/* The administration: people, groups, spaces, access, audit, health. */
#ifndef SERVER_VIEWS_ADMIN_VIEW_H
#define SERVER_VIEWS_ADMIN_VIEW_H

#include "schema/group.h"
#include "schema/journal.h"
#include "schema/person.h"
#include "schema/space.h"
#include "server/views/page.h"

/* Which entry of the menu is the current one. */
enum admin_section {
	ADMIN_HOME,
	ADMIN_PEOPLE,
	ADMIN_GROUPS,
	ADMIN_OFFICES,
	ADMIN_SPACES,
	ADMIN_ACCESS,
	ADMIN_SEARCHES,
	ADMIN_ACTIVITY,
	ADMIN_AUDIT,
	ADMIN_HEALTH,
};

/* /admin */
struct admin_home_view {
	unsigned duties; /* of the reader: what the menu offers */
	int64_t people, groups, spaces;
	bool healthy;
};

/* /admin/people?q= */
struct admin_people_view {
	struct str query;
	const struct person *people;
	size_t n_people;
	struct pager pager;
};

/* /admin/people/new and the form on /admin/people/LOGIN. */
struct person_form {
	struct str login, name, office, position, languages, skills, phone, mail; /* as typed */
	const struct choice *offices; /* the first means none */
	size_t n_offices;
	const struct form_faults *faults;
};
struct admin_person_new_view {
	struct person_form form;
};

/* /admin/people/LOGIN. Forms: .../LOGIN, /state, /code, /sessions, /groups */
struct admin_person_view {
	const struct person *person;
	struct person_form form;
	const struct group *groups;
	size_t n_groups;
	const struct group_ref *other_groups; /* to be put into */
	size_t n_other_groups;
	bool own; /* nobody changes their own state, groups or code */
};

/* /admin/groups */
struct admin_groups_view {
	const struct group *groups;
	size_t n_groups;
	struct str key, name; /* as typed */
	const struct form_faults *faults;
};

/* /admin/groups/KEY. Forms: .../KEY (name, purpose), .../members (login, remove) */
struct admin_group_view {
	const struct group *group;
	const struct person *members;
	size_t n_members;
	struct pager pager;
	const struct space_grant *grants;     /* of this group on all spaces */
	const struct space_text *space_names; /* for each of them */
	size_t n_grants;
	struct str login, name, purpose; /* as typed */
	bool unsaved;                    /* name and purpose */
	const struct form_faults *faults;
};

/* /admin/offices */
struct admin_offices_view {
	const struct office *offices;
	size_t n_offices;
	struct str key, name, kind, parent, city, country, time_zone; /* as typed */
	const struct form_faults *faults;
};

/* /admin/spaces */
struct admin_spaces_view {
	const struct space *spaces;
	size_t n_spaces;
	const bool *unmanaged; /* for each: nobody can manage it; or NULL */
	struct str key, name;  /* as typed */
	const struct choice *langs;
	size_t n_langs;
	const struct form_faults *faults;
};

/* One line of the list of a restricted audience: a group, a person, or neither where it is empty. */
struct access_list_row {
	struct space_ref space;
	struct str audience;
	struct group_ref group;
	struct person_ref person;
	enum level level;
};

/* /admin/access: groups by spaces. */
struct admin_access_view {
	struct str group, space; /* filters, as typed */
	const struct group *groups;
	size_t n_groups;
	const struct space_ref *spaces;
	size_t n_spaces;
	const unsigned char *levels;         /* enum level; row by row: groups x spaces */
	const struct access_list_row *lists; /* of restricted audiences, space by space */
	size_t n_lists;
	struct url csv;
};

/* /admin/access/check?person=&space=: what a person can see, and why. */
struct admin_access_check_view {
	struct str login, space;     /* as typed */
	const struct person *person; /* NULL: none asked, or none found */
	bool not_found;
	const struct access_reason *reasons;
	const struct space_text *space_names; /* for each reason */
	const struct str *group_names;        /* may be empty */
	size_t n_reasons;
};

/* /admin/audit */
struct admin_audit_view {
	struct str action, actor; /* filters, as typed */
	const struct journal_row *rows;
	size_t n_rows;
	bool numbered; /* only who sees every row sees numbers that count them */
	struct pager pager;
	bool verified;   /* the chain was just recomputed: */
	int64_t checked; /* rows that fit */
	int64_t bad_seq; /* first that does not; 0: intact */
};

enum health_state { HEALTH_GOOD, HEALTH_LOOK, HEALTH_BROKEN };

struct health_line {
	enum health_state state;
	struct str name;   /* "Index", in the reader's language */
	struct str words;  /* "3 changes are waiting" */
	struct str advice; /* what to do where it is not good, or empty */
};

/* /admin/health */
struct admin_health_view {
	const struct health_line *lines;
	size_t n_lines;
};

/* "active", "locked", "disabled" in the reader's language. */
struct str person_state_words(const struct out *o, enum person_state state) NONNULL;

/* A kind of office in the reader's language where it is one of those we know; others as they were given. */
struct str office_kind_words(const struct out *o, struct str kind) NONNULL;

#endif
