/* The commonest words of each language: left out of queries, and a sign of a text's language. */
#ifndef INDEXER_STOP_WORDS_H
#define INDEXER_STOP_WORDS_H

#include "schema/base/str.h"

enum { STOP_UZ = 1, STOP_RU = 2, STOP_EN = 4 };

/* The languages, or-ed, in which the folded word is one of the commonest; 0 for other words. */
unsigned stop_word_languages(struct str t1);

#endif
