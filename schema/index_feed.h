/* What the indexer is told of an article: the system's own view, for the feed and for checking. */
#ifndef SCHEMA_INDEX_FEED_H
#define SCHEMA_INDEX_FEED_H

#include "schema/db.h"

struct indexable {
	int64_t article_id;
	bool indexed; /* false: draft, trash or gone; it must not be in any shard */
	int64_t audience_id;
	int64_t change; /* number of its newest journal row: grows with every change */
	struct str key, title, lang, space_key, author, translation;
	struct str plain;
	struct str *tags, *former_titles, *authors;
	size_t n_tags, n_former_titles, n_authors;
	int64_t modified_at;
	struct str tree; /* headings are taken from it */
};

/* ST_OK with indexed = false for an id that does not exist. */
enum status index_feed_load(struct indexable *out, struct db *db, struct arena *mem,
			    int64_t article_id) NONNULL MUST_USE;

/* All that must be in the index, in order of ids, behind `after`: id, audience and newest change. For rebuild and check. */
struct index_entry {
	int64_t article_id, audience_id, change;
};
enum status index_feed_list(struct index_entry **out, size_t *count, struct db *db,
			    struct arena *mem, int64_t after, size_t limit) NONNULL MUST_USE;

/* Every audience of the installation: the shards that may exist. */
enum status index_feed_audiences(int64_t **out, size_t *count, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

#endif
