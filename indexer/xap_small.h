/* Searches over many small shards, in memory. Private to the shim. */
#ifndef INDEXER_XAP_SMALL_H
#define INDEXER_XAP_SMALL_H

#include "indexer/xap_inside.h"

/* Nothing in the query needs positions, values or a walk through terms. */
bool query_is_plain(const struct xap_pool *pool, xap_query query);

/*
 * True where small_search() gives what Xapian would: there are many shards, each with few documents on
 * the average, and the query is plain.
 */
bool small_suits(const struct xap_set *set, const struct xap_pool *pool, xap_query query);

/* See xap_search(). Counts are exact. Throws what Xapian throws. */
void small_search(struct xap_answer *out, struct arena *mem, const struct xap_set *set,
		  const struct xap_pool *pool, const struct xap_question *question);

#endif
