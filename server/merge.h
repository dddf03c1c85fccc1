/* Two changes of one text brought together, line by line. */
#ifndef SERVER_MERGE_H
#define SERVER_MERGE_H

#include "server/views/edit_view.h"

struct merge_result {
	struct str text; /* merged; where both changed the same place, what was chosen */
	bool clean;      /* nothing was changed by both in different ways */
	struct conflict_piece *pieces; /* where both did, in order */
	size_t n_pieces;
};

/*
 * `choices` says what stays of the first `n_choices` places that both changed, in order; of all
 * further ones the lines of `mine` stay. Changes that touch each other are left to the person, for two sentences side by side may
 * contradict each other. Texts past the limits of diff.h are one piece as a whole. `out` lives in `mem`.
 */
void merge_make(struct merge_result *out, struct arena *mem, struct str base, struct str mine,
		struct str theirs, const enum conflict_choice *choices, size_t n_choices)
	__attribute__((nonnull(1, 2)));

#endif
