/* The kinds of documents behind schema/index_feed.h; only index_*.c include this. */
#ifndef SCHEMA_INDEX_PARTS_H
#define SCHEMA_INDEX_PARTS_H

#include "schema/index_feed.h"

/*
 * Of each kind: load one (its id is filled in already); open a walk over id, audience and newest
 * change of all that must be indexed behind `after`, by id; open a walk over the ids of all that
 * belong to an article. A journal row of an article with `audience_was` touches all of them.
 */
#define INDEX_KIND_FUNCTIONS(NAME, name, letter)                                                   \
	enum status index_##name##_load(struct indexable *out, struct db *db, struct arena *mem)   \
		NONNULL MUST_USE;                                                                  \
	enum status index_##name##_list(struct rows *r, struct db *db, int64_t after,              \
					int64_t limit) NONNULL MUST_USE;                           \
	enum status index_##name##_of(struct rows *r, struct db *db, int64_t article_id)           \
		NONNULL MUST_USE;
INDEX_KINDS(INDEX_KIND_FUNCTIONS)
#undef INDEX_KIND_FUNCTIONS

/*
 * What all kinds are told alike, the first columns of the row at hand: article, audience, whether it
 * is indexed, newest change, key, title, space, author, last change.
 */
void index_head_read(struct indexable *out, struct rows *r, struct arena *mem) NONNULL;

/* All first columns of a walk as texts, as far as a document takes them. */
enum status index_names(struct str **out, size_t *count, struct rows *r, struct arena *mem)
	NONNULL MUST_USE;

/*
 * Number of the newest journal row that touches a document that hangs on article a: of its own acts,
 * and of those that gave the article other readers. The condition on rows j of its own follows.
 */
#define INDEX_CHANGE_OF                                                                            \
	" (SELECT max(j.seq) FROM journal j WHERE (j.object_type = 'article'"                      \
	" AND j.object_id = a.id AND j.audience_was <> 0) OR "

#endif
