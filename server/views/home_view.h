/* The first page after signing in. Every list is short; the rest is one link away. */
#ifndef SERVER_VIEWS_HOME_VIEW_H
#define SERVER_VIEWS_HOME_VIEW_H

#include "schema/draft.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "server/views/page.h"
#include "server/views/saved_view.h"

struct home_view {
	const struct space *spaces; /* that the reader reads */
	size_t n_spaces;
	const struct draft *drafts; /* texts of forms that were never saved */
	size_t n_drafts;
	const struct article *unpublished; /* own articles with status draft */
	size_t n_unpublished;
	const struct article *due; /* for review, where the reader may write */
	size_t n_due;
	const struct change *recent; /* newest first, at most ten */
	size_t n_recent;
	struct notices_view news; /* of saved searches, not seen yet */
	bool may_create;          /* may write somewhere */
};

#endif
