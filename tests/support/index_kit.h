/* An index in a temporary folder, filled with a few lines, for tests and fuzzers. */
#ifndef TESTS_INDEX_KIT_H
#define TESTS_INDEX_KIT_H

#include "indexer/search.h"
#include "indexer/writer.h"

/* A new folder under TMPDIR; the name is kept until folder_remove(). */
char *folder_make(void) MUST_USE;
/* Remove it and all that is in it. */
void folder_remove(char *folder) NONNULL;

/*
 * From now on fresh memory is filled with a byte that makes small negative numbers, so that an answer
 * which hangs on memory that nobody has filled is a wrong one each time, not once in a week.
 */
void memory_is_odd(void);

/* A document with the fields that tests usually need. */
struct index_doc kit_doc(int64_t audience, const char *id, const char *title, const char *body)
	NONNULL;

/* The ids of the hits, joined by a space. */
const char *kit_ids(struct arena *mem, const struct search_result *result) NONNULL;

/* How often this value of this facet was counted; 0 when it is not there. */
uint32_t kit_facet(const struct search_result *result, const char *name, const char *value) NONNULL;

/* ---- one index for each test ----------------------------------------------------------------- */
/* What its documents are for; readers are of the first one, two or all three. */
enum { OPEN = 1, CONSULS = 2, CLOSED = 3, KIT_LIMIT = 10 };

/* Open for writing and searching while a test of ON_INDEX runs; what goes wrong in kit_...() fails it. */
struct index_kit {
	char *folder;
	struct writer *writer;
	struct searcher *searcher;
	struct arena mem;
};
extern struct index_kit kit;

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, kit_start, kit_stop)
int kit_start(void **state);
int kit_stop(void **state);

void kit_put(struct index_doc doc);
void kit_commit(void);
/* A searcher that has seen nothing yet. */
void kit_reopen(void);

/* With facets, for readers of the first `audiences` of OPEN, CONSULS, CLOSED. */
struct search_request kit_request(const char *query, size_t audiences) NONNULL;
struct search_result kit_run(struct search_request request);

/* As readers of OPEN alone ask: the result, and the ids of its hits. */
struct search_result kit_search(const char *query) NONNULL;
const char *kit_hits(const char *query) NONNULL;

/* They find these, in whatever order. */
#define assert_hits(query, ids) assert_string_equal(kit_hits_sorted(query), ids)
const char *kit_hits_sorted(const char *query) NONNULL;

#endif
