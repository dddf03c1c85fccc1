/*
 * Best bets: articles that the managers of a space show first for a query. A bet holds for articles of
 * its own space only, and it is as hidden as its article: whether a reader may read that is asked
 * each time.
 */
#ifndef SCHEMA_BET_H
#define SCHEMA_BET_H

#include "schema/article.h"

enum { BETS_EACH = 3, BETS_SHOWN = 3, BETS_SPACE = 500, BET_QUERY_MAX = 200 };

struct bet {
	struct str public_id;
	struct str key, query; /* folded, and as written */
	struct article article;
	struct str creator_login, creator_name; /* empty: the operator */
	int64_t created_at;
};

struct bet_input {
	struct str query, key;
	struct str article; /* public id of a published article of the space */
};

/*
 * Needs manage. INVALID, naming the field "query" or "article": no letter in it, BETS_EACH of this
 * query or BETS_SPACE of the space already, not an article of the space that the reader may read,
 * or pinned to this query before.
 */
enum status bet_add(struct db *db, struct arena *mem, const struct reader *who, int64_t space_id,
		    const struct bet_input *in) NONNULL MUST_USE;

/* Needs manage. NOT_FOUND for one of another space, too. */
enum status bet_remove(struct db *db, struct arena *mem, const struct reader *who, int64_t space_id,
		       struct str public_id) NONNULL MUST_USE;

/* Those of the space whose article the reader may read, by query. Needs manage. */
enum status bet_list(struct bet **out, size_t *count, struct db *db, struct arena *mem,
		     const struct reader *who, int64_t space_id) NONNULL MUST_USE;

/* The articles that this reader is shown for a query, oldest bet first; at most BETS_SHOWN. */
enum status bet_find(struct article **out, size_t *count, struct db *db, struct arena *mem,
		     const struct reader *who, struct str key) NONNULL MUST_USE;

#endif
