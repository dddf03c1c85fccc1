/*
 * The Uzbek stemmer: suffix rules and a lexicon (uzbek_lexicon.def). It brings the inflected forms of
 * a word together and leaves derived words apart: elchixonalarimizda and elchixona are one,
 * elchi and elchilik are not. It knows no script: it is given T1.
 */
#ifndef INDEXER_UZBEK_H
#define INDEXER_UZBEK_H

#include "indexer/script.h"

enum { UZBEK_STEM_MAX = T1_MAX + 8 }; /* a stem may be a little longer than its word */

/*
 * Write the stem of `t1` without a NUL and return its length, at least 1 for a word of at least 1.
 * Words of two letters or fewer, and words that begin with a digit, are their own stem, as is
 * anything that is not ASCII.
 */
size_t uzbek_stem(char out[UZBEK_STEM_MAX], struct str t1) NONNULL;

#endif
