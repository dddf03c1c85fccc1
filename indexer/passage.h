/* Where a passage may begin and end: at written words, with the quotes and brackets that belong to them. */
#ifndef INDEXER_PASSAGE_H
#define INDEXER_PASSAGE_H

#include "schema/base/str.h"

static inline bool passage_is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Back over up to `words` words that end before `at`, not below `least`, not over a line end. */
size_t passage_back(struct str text, size_t at, size_t words, size_t least);

/* Forward over up to `words` words that begin at or after `at`, whole ones, not past `most`. */
size_t passage_forward(struct str text, size_t at, size_t words, size_t most);

/* To the beginning of the written word in which `at` lies, not below `least`. */
size_t passage_word(struct str text, size_t at, size_t least);

#endif
