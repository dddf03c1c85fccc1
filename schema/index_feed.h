/*
 * What the indexer is told of articles and of what hangs on them: the system's own view, for the
 * feed and for checking.
 */
#ifndef SCHEMA_INDEX_FEED_H
#define SCHEMA_INDEX_FEED_H

#include "schema/db.h"
#include "schema/index_kind.h"

struct indexable {
	struct index_id id;
	int64_t article_id; /* itself, or the one it belongs to, whose readers are its readers */
	bool indexed;       /* false: draft, trash or gone; it must not be in any shard */
	int64_t audience_id;
	int64_t change; /* number of the newest journal row that touches it: grows with every change */
	struct str key, title, lang, space_key, author, translation;
	struct str owner_office; /* key, or empty */
	struct str plain;
	struct str *tags, *former_titles, *authors;
	size_t n_tags, n_former_titles, n_authors;
	struct str
		*link_texts; /* with which articles of its audience link to it, the usual first */
	size_t n_link_texts;
	int64_t linkers;   /* how many do */
	int64_t review_at; /* 0: none */
	int64_t modified_at;
	struct str tree; /* headings are taken from it; or empty */
};

/* ST_OK with indexed = false for an id that does not exist. */
enum status index_feed_load(struct indexable *out, struct db *db, struct arena *mem,
			    struct index_id id) NONNULL MUST_USE;

/*
 * All that must be in the index, by kind and number, behind `after` ({0} for the first): id, audience
 * and newest change. For rebuild and check.
 */
struct index_entry {
	struct index_id id;
	int64_t audience_id, change;
};
enum status index_feed_list(struct index_entry **out, size_t *count, struct db *db,
			    struct arena *mem, struct index_id after, size_t limit)
	NONNULL MUST_USE;

/* The article and all that belongs to it, whether to be indexed or not. */
enum status index_feed_of(struct index_id **out, size_t *count, struct db *db, struct arena *mem,
			  int64_t article_id) NONNULL MUST_USE;

/* Articles that this journal row of another article touched by its links: see schema/linked.h. */
enum status index_feed_linked(struct index_id **out, size_t *count, struct db *db,
			      struct arena *mem, int64_t seq) NONNULL MUST_USE;

/*
 * Articles to which links were hidden behind this journal row: until they are put anew, the index
 * finds them by words that some who search there may not read.
 */
enum status index_feed_hidden(struct index_id **out, size_t *count, struct db *db,
			      struct arena *mem, int64_t after) NONNULL MUST_USE;

/* Every audience of the installation: the shards that may exist. */
enum status index_feed_audiences(int64_t **out, size_t *count, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

#endif
