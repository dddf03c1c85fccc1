/*
 * Alerts on accounts that read very many different articles in one day (security.md 4.8). What was read
 * is not kept, and stands in no alert: only who and how many.
 */
#ifndef SCHEMA_READING_H
#define SCHEMA_READING_H

#include "schema/access.h"

struct reading_alert {
	struct str login, name;
	int64_t at, articles;
	bool seen; /* by the one who asks */
};

/*
 * `who` has read so many different articles on the day of `now`: one alert and one row of the journal for
 * each person and day, however often it is called.
 */
enum status reading_alert_add(struct db *db, struct arena *mem, const struct reader *who,
			      int64_t articles, int64_t now) NONNULL MUST_USE;

/* The newest first; for who sees all acts, and none for all others. */
enum status reading_alert_list(struct reading_alert **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who, bool unseen_only,
			       size_t limit) NONNULL MUST_USE;

/* How many of them `who` has not seen. */
enum status reading_alert_unseen(int64_t *out, struct db *db, const struct reader *who)
	NONNULL MUST_USE;

/* All that there are now are seen by `who`. */
enum status reading_alert_see(struct db *db, const struct reader *who) NONNULL MUST_USE;

#endif
