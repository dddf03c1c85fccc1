/* A search: what is asked, and what comes back. The messages of the search child. */
#ifndef INDEXER_SEARCH_H
#define INDEXER_SEARCH_H

#include "indexer/analyse.h"
#include "indexer/wire.h"
#include "schema/base/arena.h"
#include "schema/base/audience.h"
#include "schema/base/err.h"

enum search_sort { SEARCH_BY_RELEVANCE, SEARCH_BY_DATE };

/* A term of the glossary in one language; several words are a phrase. */
struct search_form {
	struct str text;
	enum stem_kind lang;
};

/* What the glossary adds to some clauses of the query, as query_parse() counts them. */
struct search_expansion {
	uint32_t first, count;
	struct search_form *forms;
	size_t n_forms;
};
enum { EXPANSIONS_MAX = 8, EXPANSION_FORMS_MAX = 12 };

/* Filters beside those written in the query; an empty text or a 0 means "any". */
struct search_request {
	struct audience_set audiences; /* the only shards that are opened */
	const int64_t *versions; /* of each shard, same order: older ones are reopened first */
	struct str query;        /* as typed, at most 4 KiB; grammar of design.md 4 */
	struct str *spaces, *langs, *types, *tags, *authors,
		*offices; /* several of one kind mean OR */
	size_t n_spaces, n_langs, n_types, n_tags, n_authors, n_offices;
	int64_t after, before; /* modified in [after, before), seconds */
	enum search_sort sort;
	uint32_t offset, limit; /* limit at most 1,000 */
	bool facets;            /* count them */
	bool join_translations; /* the best of each set of translations only */
	struct str reader_lang; /* a modest help in ranking; may be empty */
	struct str *excluded;   /* ids whose access just changed, with all that hangs on them */
	size_t n_excluded;
	bool as_typed;  /* nothing is added to the words: no other spelling, no other language */
	bool all_words; /* however few they are, no others follow */
	bool tags_only; /* `query` is the beginning of a tag: a hit for each such tag, which is its mark */
	bool marks_only; /* what the words are recognised by, and no search */
	struct search_expansion
		*expansions; /* each found by its words OR its forms at half weight */
	size_t n_expansions;
	int64_t deadline; /* clock_mono(); 0: two seconds from now. Not part of the message */
};

struct search_hit {
	struct str id; /* "a123" as in struct index_doc */
	int64_t audience;
	double score; /* never shown to people */
};

struct facet_value {
	struct str value;
	uint32_t count;
};

struct search_facet {
	struct str name;            /* "space", "lang", "type", "tag", "year" */
	struct facet_value *values; /* by count, then by value */
	size_t n_values;
};

struct search_result {
	struct search_hit *hits;
	size_t n_hits;
	uint32_t total; /* see design.md 5 */
	bool exact;
	uint32_t total_all; /* of them those that hold all words */
	uint32_t texts;     /* hits that there are once translations are one; 0: not known */
	struct search_facet *facets;
	size_t n_facets;
	struct str *marks; /* terms for mark_set_new() */
	size_t n_marks;
	struct str suggestion; /* a better spelling of the query, or empty */
	struct str also; /* other spellings that were searched beside the typed ones, or empty */
	struct str hint; /* a word on how the query was read, or empty (an English message id) */
	bool partial;    /* the deadline cut it short */
};

void search_request_write(struct buf *message, const struct search_request *request) NONNULL;
bool search_request_read(struct search_request *out, struct arena *mem, struct wire_reader *r)
	NONNULL;
void search_result_write(struct buf *message, const struct search_result *result) NONNULL;
bool search_result_read(struct search_result *out, struct arena *mem, struct wire_reader *r)
	NONNULL;

/* An open index of many shards, read only; kept open between searches. */
struct searcher;
enum status searcher_open(struct searcher **out, const char *folder) NONNULL MUST_USE;
void searcher_close(struct searcher *s);

/* A shard that does not exist yet is an empty one. INVALID only for a request past its limits. */
enum status searcher_run(struct searcher *s, struct search_result *out, struct arena *mem,
			 const struct search_request *request) NONNULL MUST_USE;

#endif
