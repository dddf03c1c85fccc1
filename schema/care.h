/* Copies of the record, and whether it is whole. */
#ifndef SCHEMA_CARE_H
#define SCHEMA_CARE_H

#include "schema/access.h"

/* What a backup says of itself; it stands inside the file, in the table backup_manifest. */
struct backup_manifest {
	int64_t made_at;
	int64_t journal_seq;
	struct str journal_hash; /* hexadecimal, of its newest row */
	int64_t articles, revisions, people;
};

/*
 * A consistent copy of the record at `record` and of the contents in the folder `files` into the new file `path` (mode
 * 0600), with its manifest. CONFLICT when the file exists. Nobody is kept from writing meanwhile.
 */
enum status backup_make(struct backup_manifest *out, struct arena *mem, const char *record,
			const char *files, const char *path) NONNULL MUST_USE;

/* Whole, not tampered with, and by a form of the record that this program knows. INVALID otherwise. */
enum status backup_verify(struct backup_manifest *out, struct arena *mem, const char *path)
	NONNULL MUST_USE;

/* The record and the contents out of a backup that was verified. */
enum status backup_restore(const char *backup, const char *record, const char *files)
	NONNULL MUST_USE;

/* The contents as rows of the copy, and whether they are all there and what their hashes say: for care.c. */
enum status backup_files_write(struct db *copy, struct arena *mem, const char *folder)
	NONNULL MUST_USE;
enum status backup_files_verify(struct db *db) NONNULL MUST_USE;

/* Read every content through. INVALID with their number where some are gone or changed; `tell` hears of each. */
enum status files_check(int64_t *good, struct db *db, const char *folder,
			enum status (*tell)(void *context, struct str line), void *context)
	__attribute__((nonnull(1, 2, 3, 4))) MUST_USE;

/* After a restore: end all sessions and tokens, and write it into the journal. */
enum status record_restored(struct db *db, struct arena *mem,
			    const struct backup_manifest *manifest) NONNULL MUST_USE;

struct record_counts {
	int64_t articles, revisions, people, groups, spaces, audiences, threads, posts, journal;
};
enum status record_count(struct record_counts *out, struct db *db) NONNULL MUST_USE;

/*
 * The same for this reader: of articles and revisions those that may be read, of discussion and journal
 * nothing. Whole counts of what is written are for those who see every act: auditors and the operator.
 */
enum status record_count_for(struct record_counts *out, struct db *db, const struct reader *who)
	NONNULL MUST_USE;

#endif
