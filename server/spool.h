/*
 * A body on its way in. Small ones lie in memory; what is larger goes into a file without a name, so
 * that uploads cost disk and not memory, and is mapped when it is all there.
 */
#ifndef SERVER_SPOOL_H
#define SERVER_SPOOL_H

#include "schema/base/str.h"

struct spool {
	char *memory;
	int fd; /* while `on_disk` */
	void *mapped;
	size_t room, len;
	bool open, on_disk;
};

/* Room for `room` bytes; past `in_memory` of them in a file in `folder`. False when there is none. */
bool spool_open(struct spool *out, const char *folder, size_t room, size_t in_memory) NONNULL;

/* False when more comes than was announced, or the disk is full. */
bool spool_add(struct spool *spool, const char *bytes, size_t len) NONNULL;

/* All bytes, until spool_release(). False when the file cannot be mapped. */
bool spool_bytes(struct str *out, struct spool *spool) NONNULL;

/* `struct spool s = {0}` may be released as well. */
void spool_release(struct spool *spool) NONNULL;

#endif
