/* Recent changes, and the articles with a tag. */
#ifndef SERVER_VIEWS_CHANGES_VIEW_H
#define SERVER_VIEWS_CHANGES_VIEW_H

#include "schema/revision.h"
#include "server/views/page.h"

/* /changes, /s/KEY/recent. Filters: space, person, minor. */
struct changes_view {
	struct space_ref space;       /* only of this space, or empty */
	const struct change *changes; /* newest first; the view puts days above them */
	size_t n_changes;
	const struct choice *spaces; /* to filter by; the first means all */
	size_t n_spaces;
	struct str person; /* as typed */
	bool minor_too;
	struct str next; /* where the list goes on, for JSON; or empty */
	struct pager pager;
};

/* /tag/NAME */
struct tag_view {
	struct str tag;
	const struct article *articles; /* by title */
	size_t n_articles;
	bool more;
};

#endif
