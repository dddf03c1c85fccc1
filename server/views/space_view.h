/* Spaces: the list, one of them, its tree, its audiences and grants. */
#ifndef SERVER_VIEWS_SPACE_VIEW_H
#define SERVER_VIEWS_SPACE_VIEW_H

#include "schema/revision.h"
#include "schema/space.h"
#include "server/views/article_view.h"
#include "server/views/page.h"

/* /spaces */
struct space_list_view {
	const struct space *spaces;
	size_t n_spaces;
	bool may_create;
};

/* One article in a tree: parents before their children, `depth` from 0. */
struct tree_item {
	struct article_ref article;
	unsigned depth;
	bool has_children; /* that are not in the list: a link leads to them */
};

/* /s/KEY */
struct space_view {
	const struct space *space;
	const struct tree_item *tree; /* the upper two levels */
	size_t n_tree;
	bool more_tree;
	const struct change *recent;
	size_t n_recent;
	const struct article *due;
	size_t n_due;
	const struct audience *audiences; /* that the reader reads; for JSON */
	size_t n_audiences;
	const struct space_name *names; /* for JSON */
	size_t n_names;
	bool can_write, can_manage;
};

/* /s/KEY/tree, and ?under=ID for one branch. */
struct space_tree_view {
	const struct space *space;
	struct article_ref under; /* whose branch it is, or empty */
	const struct tree_item *tree;
	size_t n_tree;
	bool more;
};

/* /s/KEY/trash: for managers. Each is brought back by POST /a/ID/restore. */
struct space_trash_view {
	const struct space *space;
	const struct article *articles;
	size_t n_articles;
	bool more;
};

/* /s/KEY/audiences: narrower sets of readers. The form posts name. */
struct audiences_view {
	const struct space *space;
	const struct audience *audiences; /* the first is the space's own */
	size_t n_audiences;
	bool can_manage;
	struct str name; /* as typed */
	const struct form_faults *faults;
};

/* /s/KEY/audience?name=: who is on the list. Posts group or person, and level. */
struct audience_view {
	const struct space *space;
	const struct audience *audience;
	const struct audience_reader *readers;
	size_t n_readers;
	const struct group_ref *groups; /* to choose from */
	size_t n_groups;
	struct str group, person;    /* as typed */
	const struct choice *levels; /* read, write */
	size_t n_levels;
	const struct form_faults *faults; /* fields group, person, level */
};

/* Name and description in one language, as typed. */
struct space_name_field {
	const char *name_field, *description_field;
	struct str label, lang; /* lang empty: where nobody said the language */
	struct str name, description;
	bool required;
};

/* /s/KEY/settings and /admin/spaces/KEY: name, description, grants. Posts go to `action`/grant etc. */
struct space_settings_view {
	const struct space *space;
	struct url action; /* "/s/KEY/settings" or "/admin/spaces/KEY" */
	bool admin;        /* shown in the frame of the administration */
	const struct space_name_field *names;
	size_t n_names;
	bool unsaved; /* the names are as somebody typed them */
	const struct space_grant *grants;
	size_t n_grants;
	const struct group_ref *groups; /* to choose from */
	size_t n_groups;
	const struct form_faults *faults; /* of the names, group, level */
};

#endif
