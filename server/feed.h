/*
 * The feed: follows the journal into the index. It is the only user of the write child. Everything
 * here may be called from any thread.
 */
#ifndef SERVER_FEED_H
#define SERVER_FEED_H

#include "schema/base/arena.h"
#include "schema/base/audience.h"
#include "schema/base/err.h"

struct app;
struct feed;

/* The folder that holds the index now: "index/N" of the data folder. Ends in NUL. */
struct str feed_index_folder(struct arena *mem, const struct app *app) NONNULL;

/* Start the thread that follows. The index may be absent, old or damaged: it is rebuilt. */
enum status feed_start(struct feed **out, struct app *app) NONNULL MUST_USE;

/* Commit what was put and end the thread. */
void feed_stop(struct feed *feed);

/* Something was committed to the record. Cheap; called by the writer after every commit. */
void feed_wake(void *feed);

/*
 * What a search must know besides its words: the newest version of each shard of `set`, and the
 * documents whose rights changed and that the index does not know yet (security.md 3.4).
 */
struct feed_view {
	const int64_t *versions; /* in the order of the set; live in `mem` */
	struct str *excluded;
	size_t n_excluded;
	int64_t lag;     /* journal rows not yet found by search, of all audiences */
	int64_t cursor;  /* the last row that is */
	bool rebuilding; /* there is no complete index: say so instead of searching */
};
enum status feed_view(struct feed_view *out, struct arena *mem, struct feed *feed,
		      const struct audience_set *set) NONNULL MUST_USE;

/* The same without asking the record: `excluded` is not complete. For what brings no documents back. */
void feed_view_shards(struct feed_view *out, struct arena *mem, struct feed *feed,
		      const struct audience_set *set) NONNULL;

/* Wait until nothing is pending. BUSY when `deadline` (clock_mono; 0: none) passes. */
enum status feed_wait_idle(struct feed *feed, int64_t deadline) NONNULL MUST_USE;

/*
 * Build the index anew in a fresh folder and switch to it. `progress`, when not NULL, hears about
 * documents done and documents in all.
 */
enum status feed_rebuild(struct feed *feed,
			 enum status (*progress)(void *context, int64_t done, int64_t all),
			 void *context) __attribute__((nonnull(1))) MUST_USE;

/*
 * Wait for pending rows, then compare every shard with the record. INVALID with the number of
 * differences when they are not equal; `difference`, when not NULL, hears about each.
 */
enum status feed_check(struct feed *feed, enum status (*difference)(void *context, struct str line),
		       void *context) __attribute__((nonnull(1))) MUST_USE;

struct feed_status {
	int64_t cursor;      /* last journal row in the index */
	int64_t lag;         /* rows behind it */
	int64_t documents;   /* in the index */
	int64_t bytes;       /* of the index on disk */
	int64_t quarantined; /* documents indexed by title only, because they ended the child */
	bool rebuilding;
};
void feed_status(struct feed *feed, struct feed_status *out) NONNULL;

/*
 * Have documents and bytes of the status counted anew where something was committed since; waits up to
 * half a second. The child opens every shard for it, so it is for those who want to know these two.
 */
void feed_recount(struct feed *feed) NONNULL;

#endif
