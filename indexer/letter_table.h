/* The tables that tools/ucd.py makes from the Unicode data; only letter.c reads them. */
#ifndef INDEXER_LETTER_TABLE_H
#define INDEXER_LETTER_TABLE_H

#include "indexer/letter.h"

struct letter_range {
	uint32_t from, to;
	enum letter_kind kind;
};

/* Capitals from..to, every step-th one, whose small letters lie `distance` away. */
struct letter_lower_range {
	uint32_t from, to, step;
	int32_t distance;
};

/* Both ascending and without overlaps. */
extern const struct letter_range letter_ranges[];
extern const size_t letter_range_count;
extern const struct letter_lower_range letter_lower_ranges[];
extern const size_t letter_lower_range_count;

/*
 * Latin letters of U+00C0-024F and U+1E00-1EFF: a-z is the base letter, '.' none; of the others,
 * O G S C N are the letters of the newer Uzbek alphabets, A E Z T are ae oe ss th.
 */
extern const char letter_latin_low[];
extern const char letter_latin_high[];

#endif
