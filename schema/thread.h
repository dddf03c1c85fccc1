/* Discussion on an article: threads with flat posts. Rights are those of the article. */
#ifndef SCHEMA_THREAD_H
#define SCHEMA_THREAD_H

#include "schema/article.h"

enum { POST_MAX = 64 * 1024, POST_EDIT_SECONDS = 30 * 60 };

struct thread {
	int64_t id;
	int64_t author_id;
	struct str public_id, title, quote;
	struct str lang; /* of its first message: what the title is taken to be in; may be empty */
	struct str author_login, author_name;
	int64_t created_at, modified_at;
	int64_t resolved_at; /* 0: open */
	struct str resolved_login, resolved_name;
	int64_t posts;
};

struct post {
	int64_t id, number; /* 1 ... in its thread */
	int64_t author_id;
	struct str author_login, author_name;
	int64_t at, edited_at;
	bool deleted; /* the trace stays, the text does not */
	struct str lang, tree, plain, body;
};

struct post_input {
	struct str body, tree, plain, lang;
	struct str form_key;
};

/* Open ones first, then by the last post. `article` came from article_get() for this reader. */
enum status thread_list(struct thread **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, const struct article *article, size_t limit)
	NONNULL MUST_USE;
enum status thread_counts(int64_t *open, int64_t *resolved, struct db *db,
			  const struct article *article) NONNULL MUST_USE;

/* A thread by its public id, with the article that it is on; NOT_FOUND when that is hidden. */
enum status thread_get(struct thread *out, struct article *article, struct db *db,
		       struct arena *mem, const struct reader *who, struct str public_id)
	NONNULL MUST_USE;

enum status thread_get_by_id(struct thread *out, struct article *article, struct db *db,
			     struct arena *mem, const struct reader *who, int64_t id)
	NONNULL MUST_USE;

/*
 * The words of its messages, without those deleted, in their order; at most about `most` bytes. For
 * who was given the thread by one of the above, and for the indexer.
 */
enum status thread_plain(struct str *out, struct db *db, struct arena *mem, int64_t thread_id,
			 size_t most) NONNULL MUST_USE;

/* The language of most of them, or empty. */
enum status thread_lang(struct str *out, struct db *db, struct arena *mem, int64_t thread_id)
	NONNULL MUST_USE;

enum status post_list(struct post **out, size_t *count, struct db *db, struct arena *mem,
		      const struct thread *thread, int64_t after, size_t limit) NONNULL MUST_USE;

/* Open a thread with its first post. Needs ACT_DISCUSS. */
enum status thread_create(struct thread *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str article_public_id, struct str title,
			  struct str quote, const struct post_input *input) NONNULL MUST_USE;
/* INVALID in a resolved thread: it is reopened first. */
enum status post_create(struct post *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str thread_public_id,
			const struct post_input *input) NONNULL MUST_USE;

/* One's own, within 30 minutes. */
enum status post_edit(struct db *db, struct arena *mem, const struct reader *who,
		      struct str thread_public_id, int64_t number, const struct post_input *input)
	NONNULL MUST_USE;

/* One's own, or any for who manages. */
enum status post_delete(struct db *db, struct arena *mem, const struct reader *who,
			struct str thread_public_id, int64_t number) NONNULL MUST_USE;

/* Resolve or reopen; the thread's author or who may write. */
enum status thread_set_resolved(struct db *db, struct arena *mem, const struct reader *who,
				struct str thread_public_id, bool resolved) NONNULL MUST_USE;

#endif
