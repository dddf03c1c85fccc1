/* From folded words to stems: which terms a word is found under. */
#ifndef INDEXER_ANALYSE_H
#define INDEXER_ANALYSE_H

#include "indexer/script.h"
#include "schema/base/err.h"

enum stem_kind { STEM_UZ, STEM_RU, STEM_EN, STEM_COUNT };

/*
 * The stems of one word. A kind that does not fit its letters is empty: Cyrillic has Uzbek and Russian,
 * Latin Uzbek and English, a word with a letter only Uzbek has Uzbek alone; numbers and words of other
 * scripts have none and are found exactly.
 */
struct stems {
	struct str of[STEM_COUNT]; /* T1 letters; live in the analyser until the next word */
};

/* Holds the Snowball stemmers and a cache of words seen; one for each thread. */
struct analyser;

enum status analyser_open(struct analyser **out) NONNULL MUST_USE;
void analyser_close(struct analyser *a);

void analyser_stems(struct analyser *a, const struct token *word, struct stems *out) NONNULL;

/* True for the few dozen commonest words of each language, which a query may leave out. */
bool analyse_is_stop_word(struct str t1);

#endif
