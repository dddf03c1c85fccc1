/*
 * How much is done in Devon, in numbers for charts. Sums are of what the asking person may read;
 * auditors, who see every act, and the operator are told the whole. Of searches see search_weeks().
 */
#ifndef SCHEMA_ACTIVITY_H
#define SCHEMA_ACTIVITY_H

#include "schema/access.h"
#include "schema/space_text.h"

enum { ACTIVITY_DAY = 24 * 3600, ACTIVITY_WEEK = 7 * ACTIVITY_DAY, ACTIVITY_WEEKS = 12 };

/*
 * The beginning of the oldest of the ACTIVITY_WEEKS last finished weeks. Weeks begin on Thursdays in
 * UTC, as those by which the log of searches is forgotten, so that a number is of a whole week.
 */
int64_t activity_from(int64_t now);

/* Saved revisions, week by week, oldest first. */
enum status activity_saves(int64_t out[ACTIVITY_WEEKS], struct db *db, const struct reader *who,
			   int64_t now) NONNULL MUST_USE;

/* Articles that were there at each of these `n` moments and still are; ascending. */
enum status activity_articles(int64_t *out, const int64_t *moments, size_t n, struct db *db,
			      const struct reader *who) NONNULL MUST_USE;

/* What was saved and said in a space in the finished weeks and since. */
struct activity_space {
	struct str key;
	struct space_text name;
	int64_t saves, posts;
};

/* Most active first, at most `limit`; spaces where nothing happened are left out. */
enum status activity_spaces(struct activity_space **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who, int64_t now, size_t limit)
	NONNULL MUST_USE;

#endif
