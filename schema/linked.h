/*
 * Links that change how their targets are found: the words of a link find the article that it leads to,
 * for those who read both. So an act upon an article touches the targets of its links, in the
 * transaction of the act and behind its journal row; the feed puts them anew when it comes to that row.
 * Only targets of the article's own audience are touched, and only they know its words.
 */
#ifndef SCHEMA_LINKED_H
#define SCHEMA_LINKED_H

#include "schema/article.h"

enum {
	LINKED_MAX = 200,  /* links of one article that count, from its beginning */
	LINKED_BYTES = 200 /* of the words of one */
};

/*
 * Its links came to be seen in this audience, or to be hidden from it (`hidden`): moved, thrown away,
 * brought back, published. Whoever reads the audience must not find a target by hidden words, not even before
 * it is indexed anew: see index_feed_hidden().
 */
enum status linked_shown(struct db *db, int64_t article_id, int64_t audience_id, bool hidden)
	NONNULL MUST_USE;

/* A revision was saved: the targets of links that came, went or read otherwise are touched. */
enum status linked_saved(struct db *db, const struct article *article,
			 const struct article_link *was, size_t n_was,
			 const struct article_link *now, size_t n_now)
	__attribute__((nonnull(1, 2))) MUST_USE;

#endif
