/* Written Uzbek in Latin letters, put into Cyrillic for display: a reading aid, not a revision. */
#ifndef INDEXER_CYRILLIC_H
#define INDEXER_CYRILLIC_H

#include "schema/base/buf.h"

/*
 * Append `text` with its Uzbek words in Cyrillic letters. Case is kept; any of the usual apostrophes
 * will do; loans that are not spelt letter by letter come from a table. What holds no Latin letter
 * (numbers, Cyrillic, signs, bytes that are no UTF-8) passes through as it is.
 */
void cyrillic_from_latin(struct buf *out, struct str text) NONNULL;

#endif
