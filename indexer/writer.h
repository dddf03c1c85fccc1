/*
 * The writing half of the index: FOLDER/shard-<audience>/ holds one Xapian database an audience,
 * FOLDER/cursor the number up to which the journal is in it. Only one process writes a folder.
 */
#ifndef INDEXER_WRITER_H
#define INDEXER_WRITER_H

#include "indexer/doc.h"
#include "schema/base/arena.h"
#include "schema/base/err.h"

struct writer;

enum { WRITER_DAMAGED = -1 }; /* a cursor: the folder must be built anew, elsewhere */

struct shard_version {
	int64_t audience;
	int64_t version; /* grows with every commit that changed the shard */
};

struct writer_state {
	int64_t cursor; /* 0 for a new folder, or WRITER_DAMAGED */
	int64_t documents, bytes;
	struct shard_version *shards; /* ascending by audience */
	size_t n_shards;
};

struct writer_item {
	struct str id; /* without prefix */
	int64_t revision;
};

/*
 * Open the folder, making it when absent. A damaged one opens too: then writer_state() says so and
 * every change is FAILED.
 */
enum status writer_open(struct writer **out, const char *folder) NONNULL MUST_USE;
/* What was not committed may be lost or kept; the cursor tells what to do again. */
void writer_close(struct writer *w);

/*
 * Add or replace. Past 16 MB of text, or 96 MB of memory for it, the shards are committed, without
 * moving the cursor. After an outcome of FAILED or BUSY every further change fails too: close, open,
 * and begin again at the cursor.
 */
enum status writer_put(struct writer *w, const struct index_doc *doc) NONNULL MUST_USE;
/* The document, and all that hangs on it. */
enum status writer_delete(struct writer *w, int64_t audience, struct str id) NONNULL MUST_USE;

/*
 * Make all changes durable, then remember the cursor. Lists the shards changed since the commit
 * before; a crash in between leaves the older cursor, and doing the same changes again is harmless.
 */
enum status writer_commit(struct writer *w, struct arena *mem, int64_t cursor,
			  struct shard_version **out, size_t *count) NONNULL MUST_USE;

/* What is committed. */
enum status writer_state(struct writer *w, struct arena *mem, struct writer_state *out)
	NONNULL MUST_USE;
/* The documents of one shard as committed, by id. */
enum status writer_list(struct writer *w, struct arena *mem, int64_t audience,
			struct writer_item **out, size_t *count) NONNULL MUST_USE;

/* Read FOLDER/cursor. NOT_FOUND when absent, INVALID when damaged or of another format. */
enum status writer_cursor(const char *folder, int64_t *out) NONNULL MUST_USE;

/* Write every shard, compacted, and the cursor to a folder that does not exist yet. */
enum status writer_compact(const char *folder, const char *to) NONNULL MUST_USE;

/* Answer the messages of the write child until the other side closes. */
enum status writer_serve(int fd, const char *folder) NONNULL MUST_USE;

#endif
