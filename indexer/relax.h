/* Likely other spellings of a typed word: for the search, and for telling people what was tried. */
#ifndef INDEXER_RELAX_H
#define INDEXER_RELAX_H

#include "indexer/query.h"

enum { RELAX_MAX = 64 };

/* In folded letters, nearest first; `out` has room for RELAX_MAX. Gives their number. */
size_t relax_word(struct str *out, struct arena *mem, const struct query_word *word) NONNULL;

#endif
