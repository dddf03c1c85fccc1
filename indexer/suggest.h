/* Folded words written back for people. */
#ifndef INDEXER_SUGGEST_H
#define INDEXER_SUGGEST_H

#include "schema/base/buf.h"

/*
 * Write a folded word in Uzbek Cyrillic. Folding loses ъ and ь and the case of letters, so this is
 * a spelling to offer, not the one that was typed; it folds to the same word.
 */
void suggest_cyrillic(struct buf *out, struct str t1) NONNULL;

#endif
