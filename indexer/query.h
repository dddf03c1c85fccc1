/*
 * The words that somebody typed, read by the grammar of the search box:
 *   a b  a AND b  a/b   both   a OR b     one of them; binds tighter
 *   "a b"      in this order   a-b        the same; «a b» and “a b” are quotes, too
 *   -a  -"a b" without         wor*       words that begin so (3 letters at least)
 *   title:a    in the title    name:value a filter for the whole query
 *   after:  before:            YYYY[-MM[-DD]], inclusive
 * Nothing is an error: what cannot be read so is read as words, and `hint` says why.
 */
#ifndef INDEXER_QUERY_H
#define INDEXER_QUERY_H

#include "indexer/doc.h"
#include "schema/base/arena.h"

enum { QUERY_BYTES_MAX = 4096, QUERY_WORDS_MAX = 64, QUERY_PREFIX_LETTERS = 3 };

enum query_kind {
	QUERY_WORD,
	QUERY_PREFIX, /* one word that is only begun */
	QUERY_PHRASE, /* two or more words that stand together */
};

/* A word of the query; enough of its token for stemming it later. */
struct query_word {
	struct str t1, cyrillic, written;
	unsigned traits;
	size_t start; /* byte in the query */
};

struct query_atom {
	enum query_kind kind;
	bool title;  /* only in titles */
	bool quoted; /* written in quotes: no word is left out, and one word is meant exactly */
	struct str between; /* what stands between its quotation marks; or empty */
	struct query_word *words;
	size_t n_words;
	struct str phone; /* its digits, where it may be a telephone number */
};

/* Atoms of which one must match, or none when excluded. */
struct query_clause {
	bool excluded;
	struct query_atom *atoms;
	size_t n_atoms;
};

struct query_filter {
	enum doc_filter_id id;
	bool excluded;
	struct str value;
};

/* Modified in [from, to). */
struct query_span {
	int64_t from, to;
};

struct query {
	struct str text; /* as typed, cut to QUERY_BYTES_MAX */
	struct query_clause *clauses;
	size_t n_clauses;
	struct query_filter *filters; /* same id: OR; different ids: AND */
	size_t n_filters;
	bool dated;
	struct query_span modified;
	struct query_span *excluded_spans;
	size_t n_excluded_spans;
	struct str hint; /* an English message id, or empty */
};

/* Any bytes are accepted. All of `out` lives in `mem`. */
void query_parse(struct query *out, struct arena *mem, struct str text) NONNULL;

/*
 * Part of reading: where all is written in capitals, little words are no names; and AND between words
 * says what white space says.
 */
void query_read_capitals(struct query *query) NONNULL;

/* True when something is asked for, and not only excluded. */
bool query_asks(const struct query *query) NONNULL;

/* True when things are excluded and nothing is asked for: such a query has no hits. */
bool query_only_excludes(const struct query *query) NONNULL;

/* One line for each clause, filter and date: for tests and `devon analyse`. */
void query_describe(struct buf *out, const struct query *query) NONNULL;

#endif
