/* What a search leaves behind and what managers add to it: the log, the mark of its hits, recommended articles. */
#ifndef SERVER_PAGES_SEARCH_EXTRA_H
#define SERVER_PAGES_SEARCH_EXTRA_H

#include "server/request.h"
#include "server/search.h"
#include "server/views/search_view.h"

/* A hit as the page shows it; search.c has it. */
void search_hit_fill(struct search_hit_view *out, struct arena *mem, const struct search_found *hit)
	NONNULL;

/*
 * Articles recommended for the query come first on its first page, and only once. Where the search is narrowed by more
 * than a space, none do.
 */
enum status search_recommend(struct search_view *v, struct request *rq) NONNULL MUST_USE;

/*
 * Once the search has been answered: into the log, if it is the first page. `mark` of the view is set to what tells an
 * article which search it was opened from.
 */
void search_note(struct search_view *v, struct request *rq, const struct search_answer *answer)
	NONNULL;

/* An article was opened, perhaps from a search. */
void search_note_click(struct request *rq) NONNULL;

#endif
