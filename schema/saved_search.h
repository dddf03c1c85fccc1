/*
 * Searches that a person keeps under a name, and the news in them. What a search has found is kept as
 * numbers of articles only; every list of news asks the rights of the moment, so that what was taken
 * from a reader since is gone from it, and from its count.
 */
#ifndef SCHEMA_SAVED_SEARCH_H
#define SCHEMA_SAVED_SEARCH_H

#include "schema/article.h"

enum alert { ALERT_NONE, ALERT_DAILY, ALERT_WEEKLY, ALERT_KINDS };
enum {
	SAVED_MOST = 50, /* of one person */
	SAVED_ADDRESS_MAX = 8192,
	SAVED_HITS = 100, /* kept of one search, the newest */
	SAVED_HIT_DAYS = 90,
};

struct saved_search {
	int64_t id, person_id;
	struct str public_id, name;
	struct str address; /* what follows "/search?" */
	enum alert alert;
	int64_t created_at;
	int64_t since, ran_at; /* later changes are news; when it was last asked */
	int64_t unseen;        /* news that its owner may read and has not seen */
};

const char *alert_name(enum alert alert); /* "none", "daily", "weekly" */
bool alert_parse(struct str name, enum alert *out) NONNULL;

/*
 * All of these for the person who asks alone: others' are NOT_FOUND. INVALID, naming the field "name", past
 * SAVED_MOST or where a name is empty or taken. Each act is a row of the journal.
 */
enum status saved_search_add(struct db *db, struct arena *mem, const struct reader *who,
			     struct str name, struct str address, enum alert alert)
	NONNULL MUST_USE;
enum status saved_search_set(struct db *db, struct arena *mem, const struct reader *who,
			     struct str public_id, struct str name, enum alert alert)
	NONNULL MUST_USE;
enum status saved_search_delete(struct db *db, struct arena *mem, const struct reader *who,
				struct str public_id) NONNULL MUST_USE;

/* One's own, by name. */
enum status saved_search_list(struct saved_search **out, size_t *count, struct db *db,
			      struct arena *mem, const struct reader *who) NONNULL MUST_USE;

/* ---- news ------------------------------------------------------------------------------------ */
struct saved_news {
	struct str search_id, search_name, search_address;
	struct article article; /* as it is now */
	int64_t at;             /* when it was found */
	bool seen;
};

/* News of the searches of `who` that `who` may read now, newest first. */
enum status saved_search_news(struct saved_news **out, size_t *count, struct db *db,
			      struct arena *mem, const struct reader *who, bool unseen_only,
			      size_t limit) NONNULL MUST_USE;

/* How many of them are not seen. */
enum status saved_search_unseen(int64_t *out, struct db *db, const struct reader *who)
	NONNULL MUST_USE;

/* All of one search (empty: of all of one's own) are seen. Others' are left alone. */
enum status saved_search_see(struct db *db, const struct reader *who, struct str public_id)
	NONNULL MUST_USE;

/* ---- for the job that asks them ----------------------------------------------------------------- */

/* Those with an alert whose time has come by `now` and whose owner is active, longest waiting first. */
enum status saved_search_due(struct saved_search **out, size_t *count, struct db *db,
			     struct arena *mem, int64_t now, size_t limit) NONNULL MUST_USE;

struct saved_hit {
	int64_t article_id, modified_at;
};

/*
 * It was asked at `now`: keep what is new, and forget what is old or too much. An article that was told before is
 * told again only when it has changed since. Of a search deleted meanwhile nothing is kept.
 */
enum status saved_search_ran(struct db *db, const struct saved_search *saved,
			     const struct saved_hit *hits, size_t n_hits, int64_t now)
	__attribute__((nonnull(1, 2))) MUST_USE;

#endif
