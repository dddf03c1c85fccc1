/* Inside the feed: what its files share. Nobody else includes this. */
#ifndef SERVER_FEED_PARTS_H
#define SERVER_FEED_PARTS_H

#include <pthread.h>

#include "indexer/doc.h"
#include "schema/index_feed.h"
#include "schema/journal.h"
#include "server/app.h"

struct shard_version {
	int64_t audience, version;
};

/* A change of rights that the index does not know yet: of this, and of all that hangs on it. */
struct pending {
	int64_t seq;
	struct index_id id;
};

/* A document that was in the child's hands when it died. */
struct suspect {
	struct index_id id;
	int deaths;
};

enum {
	DEATHS_TITLE_ONLY = 3, /* so often, and only its title is indexed */
	DEATHS_LEFT_OUT = 6,
	SUSPECTS_MAX = 64,
	BULK_LAG = 1000, /* more changes waiting: commit seldom */
	BULK_DOCS = 5000,
	BATCH_DOCS = 100,
	BATCH_TIME = 250000, /* microseconds */
	LIST_STEP = 500,
	JUDGE_PATIENCE = 2000000, /* microseconds that a search waits after the start */
	COUNT_PATIENCE = 500000,  /* and who asks how large the index is */
};

struct feed {
	struct app *app;
	pthread_t thread;

	pthread_mutex_t lock; /* of everything down to the line */
	pthread_cond_t change;
	bool stopping, woken, ended;
	bool judged;                    /* the child has said once whether the index is good */
	bool rebuilding;                /* there is no complete index */
	bool rebuild_asked;             /* feed_rebuild() waits */
	int paused;                     /* feed_check() compares meanwhile */
	bool still;                     /* the thread keeps to it */
	int64_t rebuilds;               /* finished so far */
	enum status rebuilt;            /* how the last one ended */
	int64_t done, all;              /* of the rebuild that runs */
	int64_t scanned;                /* last journal row read into the queue */
	int64_t committed;              /* last journal row that search knows */
	struct shard_version *versions; /* ascending */
	size_t n_versions, version_room;
	struct pending *pending; /* ascending by seq */
	size_t n_pending, pending_room;
	int64_t documents, bytes;
	bool counts_old;  /* something was committed since they were counted */
	bool count_asked; /* somebody waits for them */
	struct suspect suspects[SUSPECTS_MAX];
	size_t n_suspects;
	/* ------------------------------------------------------------------------------------- */

	/* Only the thread's own. */
	struct db *db;
	bool synced;   /* we know what the child has */
	int64_t birth; /* of the child that has it; 0 where any will do */
	bool damaged;  /* the child cannot read the index: it is to be built anew */
	int failures;  /* one after the other */
	struct journal_change *queue;
	size_t first, count, room;
	int64_t lag;         /* count - first, for others: atomic */
	int64_t taken;       /* last journal row put and not yet committed */
	int64_t uncommitted; /* changes since the last commit */
	int64_t since;       /* when the first of them was put */
	struct buf message, reply;
	struct arena mem; /* of one document */
};

/* ---- feed_write.c: talking to the write child. FAILED: it is lost, or cannot write ------------- */
enum feed_answer { FEED_DONE, FEED_REFUSED };
enum status feed_send_put(struct feed *feed, const struct index_doc *doc, enum feed_answer *answer)
	NONNULL MUST_USE;
/* The document, and all that hangs on it. */
enum status feed_send_delete(struct feed *feed, int64_t audience, struct str id) NONNULL MUST_USE;
/* `live`: search already reads this index, so its new versions count from now on. */
enum status feed_send_commit(struct feed *feed, int64_t cursor, bool live) NONNULL MUST_USE;
/* Ask what is committed: fills versions, documents, bytes. */
enum status feed_send_state(struct feed *feed, int64_t *cursor) NONNULL MUST_USE;
/* What is in a shard. The list lives in `mem`. */
struct feed_listed {
	struct str id;
	int64_t change;
};
enum status feed_send_list(struct feed *feed, struct arena *mem, int64_t audience,
			   struct feed_listed **out, size_t *count) NONNULL MUST_USE;

/* ---- feed_doc.c: from the record to a document of the index ------------------------------------- */
void feed_doc(struct index_doc *out, struct arena *mem, const struct indexable *from,
	      bool title_only) NONNULL;

/* Put what was loaded; only its title, or nothing, when it has ended children before. */
enum status feed_put(struct feed *feed, const struct indexable *from) NONNULL MUST_USE;
enum status feed_load(struct feed *feed, struct indexable *out, struct index_id id)
	NONNULL MUST_USE;

/* ---- feed_rebuild.c ------------------------------------------------------------------------------ */
/* In the thread: a new folder, all documents, the switch. */
enum status feed_build_anew(struct feed *feed) NONNULL MUST_USE;
/* Remove folders that a crash left behind. */
void feed_sweep(struct feed *feed) NONNULL;

/* ---- feed.c -------------------------------------------------------------------------------------- */
bool feed_is_stopping(struct feed *feed) NONNULL;

#endif
