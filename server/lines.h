/*
 * Comparing two rows of pieces (lines of a text, words of a line) by Myers' O(ND) method in linear
 * space. Differences, marked words and merging are all made from it.
 */
#ifndef SERVER_LINES_H
#define SERVER_LINES_H

#include "schema/base/arena.h"

/* Pieces of a text, in order; they point into it. */
struct lines {
	struct str *items;
	size_t count;
	bool ends; /* of lines: the text ends in LF; the piece behind that LF is not a line */
};

/* The lines of a text, without their LF. The empty text has none. */
void lines_split(struct lines *out, struct arena *mem, struct str text) NONNULL;

/* Words, runs of blanks, single signs, and each LF by itself: together all bytes of the text. */
void lines_split_words(struct lines *out, struct arena *mem, struct str text) NONNULL;

/* A place where two rows differ: `a_count` pieces from `a` on became `b_count` from `b` on. */
struct lines_hunk {
	size_t a, a_count, b, b_count;
};
struct lines_hunks {
	struct lines_hunk *items; /* ascending; at least one equal piece lies between two */
	size_t count;
};

/*
 * Where `a` and `b` differ. Everything outside the hunks is equal, always; the hunks are the
 * smallest possible unless the texts are so different that the search is cut short (its time is
 * bounded): then a stretch may be one hunk as a whole.
 */
void lines_compare(struct lines_hunks *out, struct arena *mem, const struct lines *a,
		   const struct lines *b) NONNULL;

/* How many pieces of `a` have no equal in `b` and the other way round, wherever they stand. */
void lines_count_changed(size_t *only_a, size_t *only_b, struct arena *mem, const struct lines *a,
			 const struct lines *b) NONNULL;

#endif
