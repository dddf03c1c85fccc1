/* Two changes of one text brought together, line by line. */
#ifndef SERVER_MERGE_H
#define SERVER_MERGE_H

#include "server/views/edit_view.h"

struct merge_result {
	struct str text; /* merged; where both changed the same place, the lines of `mine` */
	bool clean;      /* nothing was changed by both in different ways */
	struct conflict_piece *pieces; /* where both did, in order */
	size_t n_pieces;
};

/*
 * Changes that touch each other are left to the person, for two sentences side by side may
 * contradict each other. Texts past the limits of diff.h are one piece as a whole. `out` lives in `mem`.
 */
void merge_make(struct merge_result *out, struct arena *mem, struct str base, struct str mine,
		struct str theirs) NONNULL;

#endif
