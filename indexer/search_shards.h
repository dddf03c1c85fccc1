/* The shards that a searcher has open, and what is remembered of the terms of each. */
#ifndef INDEXER_SEARCH_SHARDS_H
#define INDEXER_SEARCH_SHARDS_H

#include "indexer/xap.h"
#include "schema/base/secret.h"

/* Terms that are remembered for each shard; a newer one takes the place of an older. */
enum { SHARD_TERMS_KNOWN = 4096 };

struct known_term {
	uint32_t mark; /* of its hash; 0: a free place */
	uint32_t count;
};

struct shard {
	int64_t audience, version;
	struct xap_shard *index;
	struct buf space; /* of its documents, where they do not say otherwise */
	struct known_term known[SHARD_TERMS_KNOWN];
};

struct shards {
	char *folder;
	struct shard **items; /* ascending by audience */
	size_t count, room;
	unsigned char key[TABLE_KEY_LEN];
};

void shards_init(struct shards *shards, const char *folder) NONNULL;
void shards_close(struct shards *shards) NONNULL;

/* The shard of an audience, at least as new as `version`; NULL when it does not exist yet. */
enum status shards_find(struct shards *shards, int64_t audience, int64_t version,
			struct shard **out) NONNULL MUST_USE;

/* See the newest commit of each. */
enum status shards_refresh(struct shards *shards) NONNULL MUST_USE;

/*
 * How many documents of these shards have the term. A query asks for many spellings that nobody ever
 * wrote, each of every shard: over a hundred of them that was a fifth of a search before it was
 * remembered.
 */
enum status shards_frequency(const struct shards *shards, struct shard *const *some, size_t count,
			     struct str term, uint32_t *out) NONNULL MUST_USE;

#endif
