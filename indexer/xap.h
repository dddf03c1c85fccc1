/*
 * A C door to Xapian: exactly what Devon uses of it. Nothing is decided here; which terms exist
 * and how they are weighted is said by doc.c and search_query.c.
 * Outcomes beside OK: BUSY when another process holds the lock of a shard, CONFLICT when a shard
 * changed too much under a reader (reopen it and try again), NOT_FOUND when what lies on the disk is
 * no whole shard, FAILED for the rest.
 */
#ifndef INDEXER_XAP_H
#define INDEXER_XAP_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"
#include "schema/base/err.h"

/* ---- one document ---------------------------------------------------------------------------- */
struct xap_doc;

enum status xap_doc_new(struct xap_doc **out) NONNULL MUST_USE;
void xap_doc_free(struct xap_doc *doc);
/* Begin the next document in the same memory. */
enum status xap_doc_clear(struct xap_doc *doc) NONNULL MUST_USE;

/* Add `wdf` to the weight of a term; `positions` (ascending) may be empty. */
enum status xap_doc_term(struct xap_doc *doc, struct str term, uint32_t wdf,
			 const uint32_t *positions, size_t count) MUST_USE;
enum status xap_doc_value(struct xap_doc *doc, unsigned slot, struct str value) NONNULL MUST_USE;
/* A number that sorts by size. */
enum status xap_doc_number(struct xap_doc *doc, unsigned slot, int64_t number) NONNULL MUST_USE;
enum status xap_doc_data(struct xap_doc *doc, struct str data) NONNULL MUST_USE;

/* ---- writing one shard ----------------------------------------------------------------------- */
struct xap_writer;

/* Open, or create when absent. */
enum status xap_writer_open(struct xap_writer **out, const char *path) NONNULL MUST_USE;
/* What is not committed is lost. */
void xap_writer_close(struct xap_writer *w);

/* In the place of the document with this number, 1 and more, if there is one. */
enum status xap_writer_put(struct xap_writer *w, uint32_t number, const struct xap_doc *doc)
	NONNULL MUST_USE;
/* Every document that has the term. */
enum status xap_writer_delete(struct xap_writer *w, struct str term) NONNULL MUST_USE;
enum status xap_writer_commit(struct xap_writer *w) NONNULL MUST_USE;
enum status xap_writer_revision(struct xap_writer *w, int64_t *out) NONNULL MUST_USE;

/* A text that the whole shard keeps under a name; empty where there is none. */
enum status xap_writer_meta_get(struct xap_writer *w, struct str name, struct buf *out)
	NONNULL MUST_USE;
enum status xap_writer_meta_set(struct xap_writer *w, struct str name, struct str text)
	NONNULL MUST_USE;

/* Called for each term; return false to stop. */
typedef bool xap_term_visit(void *context, struct str term, uint32_t count);

/* ---- reading --------------------------------------------------------------------------------- */
struct xap_shard; /* one open shard */
struct xap_set;   /* several shards, searched as one; borrows them */

enum status xap_shard_open(struct xap_shard **out, const char *path) NONNULL MUST_USE;
void xap_shard_close(struct xap_shard *shard);
/* See the newest commit; sets that hold the shard see it too. */
enum status xap_shard_reopen(struct xap_shard *shard) NONNULL MUST_USE;
/* Grows with every commit. */
enum status xap_shard_revision(struct xap_shard *shard, int64_t *out) NONNULL MUST_USE;
enum status xap_shard_meta(struct xap_shard *shard, struct str name, struct buf *out)
	NONNULL MUST_USE;
enum status xap_shard_count(struct xap_shard *shard, int64_t *out) NONNULL MUST_USE;
/* The number of documents that have the term. */
enum status xap_shard_frequency(struct xap_shard *shard, struct str term, uint32_t *out)
	NONNULL MUST_USE;
/* Write the shard, as small as it gets, to a new folder. */
enum status xap_shard_compact(struct xap_shard *shard, const char *path) NONNULL MUST_USE;

typedef bool xap_doc_visit(void *context, struct str unique, int64_t number);
/* Every document: its unique term, without `prefix`, and the number in `slot`. */
enum status xap_shard_docs(struct xap_shard *shard, struct str prefix, unsigned slot,
			   xap_doc_visit *visit, void *context) NONNULL MUST_USE;

enum status xap_set_new(struct xap_set **out, struct xap_shard *const *shards, size_t count)
	NONNULL MUST_USE;
void xap_set_free(struct xap_set *set);

/*
 * True for few shards, and for many that are small. Over others what only helps the order and needs more
 * terms is better left out: it costs more than it helps.
 */
bool xap_set_is_cheap(const struct xap_set *set) NONNULL;

/* The number of documents. */
uint32_t xap_set_count(const struct xap_set *set) NONNULL;

/* Terms of one document that begin with `prefix`, in order, with what they count for in it. */
enum status xap_set_doc_terms(struct xap_set *set, uint32_t doc, struct str prefix,
			      xap_term_visit *visit, void *context) NONNULL MUST_USE;

/* All terms that begin with `prefix`, in order, with their frequency. */
enum status xap_set_terms(struct xap_set *set, struct str prefix, xap_term_visit *visit,
			  void *context) NONNULL MUST_USE;

/* Where a walk goes from a term: to the next, to the first not before `to`, or to another shard. */
enum xap_step { XAP_NEXT, XAP_SEEK, XAP_STOP };
typedef enum xap_step xap_term_step(void *context, struct str term, struct buf *to);
/*
 * Walk over the terms from `from` on, without reading how frequent they are, and shard by shard: over a
 * hundred of them a step in all at once is a hundred steps.
 */
enum status xap_set_walk(struct xap_set *set, struct str from, xap_term_step *step, void *context)
	NONNULL MUST_USE;

/* Called for each document; return false to stop. */
typedef bool xap_data_visit(void *context, struct str data, size_t shard);
/* Documents that have the term, those of one shard after those of another. */
enum status xap_set_having(struct xap_set *set, struct str term, xap_data_visit *visit,
			   void *context) NONNULL MUST_USE;

/* ---- queries --------------------------------------------------------------------------------- */
/*
 * Queries are numbers in a pool, which frees them all at once. XAP_NOTHING matches nothing and
 * vanishes from any group. A pool remembers the first failure; xap_search() reports it. What is asked of
 * it ends at `deadline` (clock_mono; 0 for none).
 */
struct xap_pool;
typedef uint32_t xap_query;
enum { XAP_NOTHING = 0 };

enum xap_group {
	XAP_AND,
	XAP_OR,
	XAP_SYNONYM, /* weighted as one term */
	XAP_PHRASE,  /* members are terms or XAP_OR of terms */
};

enum status xap_pool_new(struct xap_pool **out, int64_t deadline) NONNULL MUST_USE;
void xap_pool_free(struct xap_pool *pool);

xap_query xap_query_term(struct xap_pool *pool, struct str term) NONNULL;
xap_query xap_query_all(struct xap_pool *pool) NONNULL;
/* An XAP_AND of nothing is XAP_NOTHING. */
xap_query xap_query_group(struct xap_pool *pool, enum xap_group group, const xap_query *members,
			  size_t count) NONNULL;
xap_query xap_query_scale(struct xap_pool *pool, double factor, xap_query query) NONNULL;
/* `query`, as far as `filter` matches too; the filter weighs nothing. */
xap_query xap_query_filter(struct xap_pool *pool, xap_query query, xap_query filter) NONNULL;
xap_query xap_query_without(struct xap_pool *pool, xap_query query, xap_query without) NONNULL;
/* `query`; where `bonus` matches too, its weight is added. */
xap_query xap_query_maybe(struct xap_pool *pool, xap_query query, xap_query bonus) NONNULL;
/* Matches like `query` and weighs `weight`. */
xap_query xap_query_constant(struct xap_pool *pool, double weight, xap_query query) NONNULL;
/* Any term that begins with `prefix`: the `limit` most frequent of them. */
xap_query xap_query_prefix(struct xap_pool *pool, struct str prefix, uint32_t limit) NONNULL;
/* The number in `slot` is from `low` to `high`, both included. */
xap_query xap_query_range(struct xap_pool *pool, unsigned slot, int64_t low, int64_t high) NONNULL;

struct xap_question {
	xap_query query;
	uint32_t limit;
	uint32_t check_at_least; /* count and spy on at least so many matches */
	bool by_number;          /* highest number in sort_slot first */
	unsigned sort_slot;
	bool count; /* over the matches, what stands in count_slot */
	unsigned count_slot;
	double bm25_k1, bm25_b, bm25_min_length;
	bool brief; /* its terms have few postings: the clock need not be looked at on the way */
};

struct xap_hit {
	struct str data;
	size_t shard; /* number in the set */
	uint32_t doc; /* number of the document in the set */
	double weight;
};

/* How many matches have a line; for one that begins with a letter. */
struct xap_line {
	struct str line;
	uint32_t count;
};

/* How many matches begin with a number, see xap_number_add(). */
struct xap_number {
	uint64_t number;
	uint32_t count;
};

/* A match that belongs to a set, and all that was counted of it. */
struct xap_member {
	uint64_t set;
	struct str value;
};

/*
 * What xap_search() counts is a number, then perhaps a mark and the set that the document belongs to,
 * then bytes that are no letters a-z, then lines that begin with one. A number takes a byte for each 7
 * bits: LEB128.
 */
enum { XAP_SET_MARK = 8, XAP_SET_BYTES = 5, XAP_MEMBERS_MAX = 1000 };

static inline void xap_number_add(struct buf *value, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		buf_byte(value, (char)(0x80 | (number & 0x7F)));
	buf_byte(value, (char)number);
}

/* Cut such a number from the beginning. */
static inline uint64_t xap_number_cut(struct str *value)
{
	uint64_t number = 0;

	for (unsigned shift = 0; value->len && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)value->ptr[0];

		*value = str_from(*value, 1);
		number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			break;
	}
	return number;
}

/* Its first XAP_SET_BYTES bytes, and the mark before them. */
static inline void xap_set_add(struct buf *value, uint64_t set)
{
	buf_byte(value, XAP_SET_MARK);
	for (unsigned i = 0; i < XAP_SET_BYTES; i++)
		buf_byte(value, (char)(set >> 8 * i & 0xFF));
}

/* Cut a set from the beginning; false where there is none. */
static inline bool xap_set_cut(struct str *value, uint64_t *set)
{
	if (value->len <= XAP_SET_BYTES || value->ptr[0] != XAP_SET_MARK)
		return false;
	*set = 0;
	for (unsigned i = 0; i < XAP_SET_BYTES; i++)
		*set |= (uint64_t)(unsigned char)value->ptr[1 + i] << 8 * i;
	*value = str_from(*value, 1 + XAP_SET_BYTES);
	return true;
}

struct xap_answer {
	struct xap_hit *hits;
	size_t n_hits;
	uint32_t lower, estimated, upper; /* matches */
	struct xap_line *lines;           /* by line */
	size_t n_lines;
	struct xap_number *numbers; /* ascending */
	size_t n_numbers;
	uint32_t bytes[256];        /* how many matches have each of them */
	struct xap_member *members; /* none where there are more than XAP_MEMBERS_MAX */
	size_t n_members;
	bool too_many_members;
	bool late; /* the deadline passed: what was found until then */
};

/* Ties go to the lower number. Everything in `out` lives in `mem`. */
enum status xap_search(struct xap_answer *out, struct arena *mem, struct xap_set *set,
		       struct xap_pool *pool, const struct xap_question *question) NONNULL MUST_USE;

#endif
