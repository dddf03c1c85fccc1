/* How often who may do what: token buckets in a table of fixed size (security.md 4.8). */
#ifndef SERVER_RATE_H
#define SERVER_RATE_H

#include "schema/base/config.h"
#include "server/router.h"

/* More than one bucket may count the same request; these are the buckets, not the routes' kinds. */
enum rate_bucket {
	BUCKET_READ,
	BUCKET_SAVE,
	BUCKET_SEARCH,
	BUCKET_SUGGEST,
	BUCKET_UPLOAD,
	BUCKET_UPLOAD_DAY,
	BUCKET_EXPORT,
	BUCKET_TOKEN,
	BUCKET_SIGN_IN,
	BUCKET_DENIED,
	BUCKETS
};

struct rate;

struct rate *rate_new(const struct config *config) NONNULL MUST_USE
	__attribute__((returns_nonnull));
void rate_free(struct rate *rate);

/*
 * Take one from the bucket of `who` at the time `now` (clock_mono). 0, or the seconds to wait until one
 * is there again. When the table is full, whoever has been idle longest is forgotten.
 */
int rate_take(struct rate *rate, enum rate_bucket bucket, uint64_t who, int64_t now)
	NONNULL MUST_USE;

/* Give back what was taken for something that turned out not to count. */
void rate_give(struct rate *rate, enum rate_bucket bucket, uint64_t who, int64_t now) NONNULL;

#endif
