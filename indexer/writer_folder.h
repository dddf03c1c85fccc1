/* What lies in the folder of the index: the cursor and the shards. */
#ifndef INDEXER_WRITER_FOLDER_H
#define INDEXER_WRITER_FOLDER_H

#include "indexer/writer.h"

/*
 * Make the folder when absent, and read its cursor: WRITER_DAMAGED where the cursor is damaged, of
 * another format, or missing beside shards.
 */
enum status writer_folder_open(const char *folder, int64_t *cursor) NONNULL MUST_USE;

/* Replace FOLDER/cursor as one step: after a crash it holds the old or the new number. */
enum status writer_folder_set_cursor(const char *folder, int64_t cursor) NONNULL MUST_USE;

bool writer_folder_has_shard(const char *folder, int64_t audience) NONNULL;

/* Fill in all of `out` but its cursor. */
enum status writer_folder_shards(const char *folder, struct arena *mem, struct writer_state *out)
	NONNULL MUST_USE;

#endif
