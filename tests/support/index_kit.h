/* An index in a temporary folder, filled with a few lines, for tests and fuzzers. */
#ifndef TESTS_INDEX_KIT_H
#define TESTS_INDEX_KIT_H

#include "indexer/search.h"
#include "indexer/writer.h"

/* A new folder under TMPDIR; the name is kept until folder_remove(). */
char *folder_make(void) MUST_USE;
/* Remove it and all that is in it. */
void folder_remove(char *folder) NONNULL;

/* A document with the fields that tests usually need. */
struct index_doc kit_doc(int64_t audience, const char *id, const char *title, const char *body)
	NONNULL;

/* The ids of the hits, joined by a space. */
const char *kit_ids(struct arena *mem, const struct search_result *result) NONNULL;

#endif
