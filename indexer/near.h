/*
 * Words that are nearly the same as one, found among sorted words without looking at all of them:
 * where no word that begins like this one can be near any more, it is told which beginning is the next
 * that can.
 */
#ifndef INDEXER_NEAR_H
#define INDEXER_NEAR_H

#include "indexer/script.h"

enum { NEAR_EDITS = 2, NEAR_BAND = 2 * NEAR_EDITS + 1 };

/*
 * A walk. Row i of the table of edits belongs to the first i letters of the last word, and holds what
 * they differ by from as many letters of the word that is looked for, give or take NEAR_EDITS.
 */
struct near {
	struct str word;
	unsigned most; /* edits */
	size_t same;   /* so many first letters must be the same */
	char last[T1_MAX + 1];
	size_t depth; /* letters of `last` whose rows are known, none of them hopeless */
	unsigned char rows[T1_MAX + 2][NEAR_BAND];
};

/* `most` is at most NEAR_EDITS. */
void near_init(struct near *near, struct str word, unsigned most, size_t same) NONNULL;

enum near_found {
	NEAR_NONE, /* but what begins with it may be near */
	NEAR_FOUND,
	NEAR_SEEK, /* nothing before `to` is near */
	NEAR_END,  /* nothing behind it is near */
};

/*
 * Look at a word behind the last one, which is counted in `edits` where it is found: insertions,
 * deletions, replacements and swaps of neighbours.
 */
enum near_found near_look(struct near *near, struct str word, unsigned *edits, struct buf *to)
	NONNULL;

#endif
