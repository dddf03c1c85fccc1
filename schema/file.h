/*
 * Files attached to articles. An article's readers read its files and its editors add and remove them,
 * also while it is a draft or in the trash; a file has no rights of its own. What a file contains lies in
 * schema/file_store.h under `hash`; its type was judged by the caller, because the record knows no formats.
 */
#ifndef SCHEMA_FILE_H
#define SCHEMA_FILE_H

#include "schema/article.h"

enum {
	FILES_OF_ARTICLE_MAX = 100,
	FILE_NAME_MAX_POINTS = 200,
	FILE_TRIES = 2,                /* of reading its text, then it is given up */
	FILE_KEPT_SECONDS = 7 * 86400, /* contents outlive the removal of their file by this */
};

enum file_state { FILE_PENDING, FILE_HAS_TEXT, FILE_NO_TEXT, FILE_UNREADABLE };

struct file {
	int64_t id, article_id;
	struct str public_id, name;
	struct str type; /* "pdf" */
	struct str lang; /* of its text, or empty */
	int64_t size;
	struct digest hash;
	struct str uploader_login, uploader_name; /* empty: the operator */
	int64_t at;
	enum file_state state; /* of its text */
	struct str reason;     /* why that cannot be read, an English sentence marked with N_() */
};

/* NOT_FOUND also when it exists and the reader may not read its article, which goes to `article`. */
enum status file_get(struct file *out, struct article *article, struct db *db, struct arena *mem,
		     const struct reader *who, struct str public_id) NONNULL MUST_USE;
enum status file_get_by_id(struct file *out, struct article *article, struct db *db,
			   struct arena *mem, const struct reader *who, int64_t id)
	NONNULL MUST_USE;

/* All of an article by name. */
enum status file_list(struct file **out, size_t *count, struct db *db, struct arena *mem,
		      const struct reader *who, const struct article *article) NONNULL MUST_USE;

struct file_new {
	struct str name, type;
	int64_t size;
	struct digest hash; /* its content is in the store already */
	bool has_text;      /* of a type whose text can be read */
	int64_t quota;      /* bytes that the files of one audience may take together */
};

/*
 * Add it to an article. The same name with the same content again is the same file; with another content
 * it is INVALID, as is everything past a limit.
 */
enum status file_add(struct file *out, struct db *db, struct arena *mem, const struct reader *who,
		     struct str article_public_id, const struct file_new *in) NONNULL MUST_USE;

enum status file_remove(struct db *db, struct arena *mem, const struct reader *who,
			struct str public_id) NONNULL MUST_USE;

/* What was read out of it, at most about `most` bytes; for who was given the file by one of the above. */
enum status file_plain(struct str *out, struct db *db, struct arena *mem, int64_t id, size_t most)
	NONNULL MUST_USE;

/* ---- for the system itself, which reads texts and looks after contents -------------------------- */

struct file_task {
	int64_t id; /* 0: there is none */
	struct str public_id, type;
	struct digest hash;
	int64_t tries;
};
/* The first file behind `after` whose text waits to be read. */
enum status file_next_pending(struct file_task *out, struct db *db, struct arena *mem,
			      int64_t after) NONNULL MUST_USE;

/* Committed before a try, so that a file that brings everything down is tried FILE_TRIES times only. */
enum status file_note_try(struct db *db, int64_t id, int change) NONNULL MUST_USE;

/* How reading ended. `text` is for FILE_HAS_TEXT, `reason` for FILE_UNREADABLE. */
enum status file_set_text(struct db *db, struct arena *mem, int64_t id, enum file_state state,
			  struct str text, const char *lang, struct str reason) NONNULL MUST_USE;

struct file_counts {
	int64_t files, bytes, pending, unreadable;
};
enum status file_count(struct file_counts *out, struct db *db) NONNULL MUST_USE;

/* Those that were given up, newest first: id, type and reason, never their names. */
enum status file_unreadable(struct file **out, size_t *count, struct db *db, struct arena *mem,
			    size_t limit) NONNULL MUST_USE;

/* Contents that must be there: those of files, and of files removed since `since`. Each once, behind `after`. */
struct file_content {
	struct digest hash;
	int64_t size;
};
enum status file_contents(struct file_content **out, size_t *count, struct db *db,
			  struct arena *mem, struct str after, int64_t since, size_t limit)
	NONNULL MUST_USE;
enum status file_content_is_wanted(bool *out, struct db *db, const struct digest *hash,
				   int64_t since) NONNULL MUST_USE;

#endif
