/*
 * The contents of files, each once and under its hash, in a folder that no address leads to:
 * FOLDER/ab/ab12... (64 hexadecimal digits). A content is written under another name, made durable
 * and only then renamed, always in full, so that nobody can tell whether it was there before.
 */
#ifndef SCHEMA_FILE_STORE_H
#define SCHEMA_FILE_STORE_H

#include "schema/base/arena.h"
#include "schema/base/secret.h"

/* A content on its way into the folder. Not ended at the closing brace: nothing stays. */
struct file_writer {
	const char *folder;
	int fd; /* -1: not begun */
	struct digester digester;
	int64_t size;
	char path[600];
};
#define FILE_WRITER_NONE                                                                           \
	{                                                                                          \
		.fd = -1                                                                           \
	}

/* Makes the folder when it is absent. `folder` must outlive the writer. */
enum status file_writer_begin(struct file_writer *out, const char *folder) NONNULL MUST_USE;
enum status file_writer_add(struct file_writer *writer, struct str bytes) NONNULL MUST_USE;
/* When this returns OK the content is durable under its hash. */
enum status file_writer_end(struct file_writer *writer, struct digest *out) NONNULL MUST_USE;
void file_writer_cleanup(struct file_writer *writer) NONNULL;

/* The three in one. */
enum status file_store_put(struct digest *out, const char *folder, struct str bytes)
	NONNULL MUST_USE;

/* Open for reading; the caller closes. NOT_FOUND when it is not there. */
enum status file_store_open(int *out, int64_t *size, const char *folder, const struct digest *hash)
	NONNULL MUST_USE;

/* Read it through: NOT_FOUND when it is absent, INVALID when it is not what its hash says. */
enum status file_store_verify(const char *folder, const struct digest *hash, int64_t size)
	NONNULL MUST_USE;

/*
 * Remove what `is_wanted` denies and nobody has touched since `before` (seconds). What was left half
 * written goes as well.
 */
enum status file_store_sweep(int64_t *removed, const char *folder, int64_t before,
			     enum status (*is_wanted)(void *context, const struct digest *hash,
						      bool *wanted),
			     void *context) __attribute__((nonnull(1, 2, 4))) MUST_USE;

#endif
