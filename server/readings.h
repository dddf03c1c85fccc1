/*
 * How many different articles each account reads in a day (UTC), so that auditors are told of one that
 * reads very many (security.md 4.8). Counted in memory, because a read must not write: a restart begins
 * to count anew, which nobody who reads can bring about, and who was told of already stands in the record.
 * An account's sessions and tokens count together.
 */
#ifndef SERVER_READINGS_H
#define SERVER_READINGS_H

#include "schema/base/macros.h"

struct request;
struct readings;

/* `limit` different articles are very many. */
struct readings *readings_new(int64_t limit) MUST_USE __attribute__((returns_nonnull));
void readings_free(struct readings *readings);

/*
 * The person reads this article at `now` (seconds). True where it is a new one for this day, the limit is
 * reached, and readings_told() was not yet called. Any thread; in a table of fixed size, where
 * whoever has read least makes room.
 */
bool readings_add(struct readings *readings, int64_t person_id, int64_t article_id, int64_t now)
	NONNULL MUST_USE;

/* The auditors know it: no more of this person today. */
void readings_told(struct readings *readings, int64_t person_id) NONNULL;

/* Count the article that this request reads, if it reads one, and tell the auditors where it is time to. */
void readings_note(struct request *rq) NONNULL;

#endif
