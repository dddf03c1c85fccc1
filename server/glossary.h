/*
 * What the glossary adds to a query: typed words that are a term of an approved concept are found by
 * its other terms, too. Words match as the search matches them, by folded letters or by the stem of
 * the term's language; the longest term counts first. The terms are kept in memory and loaded anew
 * when the record's glossary has changed.
 */
#ifndef SERVER_GLOSSARY_H
#define SERVER_GLOSSARY_H

#include "indexer/search.h"
#include "schema/term.h"

struct glossary;

struct glossary *glossary_new(void) MUST_USE __attribute__((returns_nonnull));
void glossary_free(struct glossary *g);

/* One concept that the query names. */
struct glossary_match {
	struct str public_id;
	uint32_t first, count; /* its clauses, as query_parse() counts them */
};

struct glossary_found {
	struct search_expansion *expansions; /* for the search child */
	size_t n_expansions;
	struct glossary_match *matches; /* longest first; at most EXPANSIONS_MAX */
	size_t n_matches;
};

/* All of `out` lives in `mem`. `db` may be any connection; `a` is this thread's own. */
enum status glossary_find(struct glossary_found *out, struct glossary *g, struct db *db,
			  struct arena *mem, struct analyser *a, struct str query) NONNULL MUST_USE;

#endif
