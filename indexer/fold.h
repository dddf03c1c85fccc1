/* From the letters of one word to its T1 (see script.h). */
#ifndef INDEXER_FOLD_H
#define INDEXER_FOLD_H

#include "indexer/script.h"

enum { LETTERS_MAX = 96 }; /* of a word; the rest of a longer one is not looked at */

/* A word as the tokeniser gathers it: forms of letter.h, ASCII digits, and ' for any apostrophe. */
struct letters {
	uint32_t at[LETTERS_MAX];
	size_t count;
};

/*
 * Where Latin and Cyrillic stand in one word, turn the letters that look alike into the script of
 * most of its letters; on a tie into Cyrillic. Returns TOKEN_LATIN, TOKEN_CYRILLIC or 0.
 */
unsigned fold_one_script(struct letters *word) NONNULL;

enum { T1_ROOM = T1_MAX + 4 }; /* the last letter may reach over the end before it is cut */

/*
 * Write the T1 of `word`, without a NUL, and return its length, at most T1_MAX; 0 when nothing of it
 * is left.
 */
size_t fold_t1(char out[T1_ROOM], const struct letters *word) NONNULL;

#endif
