/* The versions of an article. Reading an old one needs the right of today's article and of its own time. */
#ifndef SCHEMA_REVISION_H
#define SCHEMA_REVISION_H

#include "schema/article.h"

struct revision {
	int64_t id, number, base;
	struct str title, tags; /* tags: one a line */
	struct str author_login, author_name;
	int64_t at;
	struct str comment;
	bool minor;
	struct str kind; /* "edit", "import", "restore" */
	int64_t size,
		size_change; /* bytes of the Markdown; against the one before that the reader may read */
};

struct revision_text {
	struct str tree, plain, body;
};

/* The current text of an article that the reader was given by article_get(). */
enum status revision_current(struct revision_text *out, struct db *db, struct arena *mem,
			     const struct article *article) NONNULL MUST_USE;

/* Only what a page needs: the tree; only what a snippet needs: the plain text. */
enum status revision_tree(struct str *tree, struct db *db, struct arena *mem,
			  const struct article *article) NONNULL MUST_USE;
enum status revision_plain(struct str *plain, struct db *db, struct arena *mem,
			   const struct article *article) NONNULL MUST_USE;

/* One version with its text. NOT_FOUND also when its audience of that time is closed to the reader. */
enum status revision_get(struct revision *out, struct revision_text *text, struct db *db,
			 struct arena *mem, const struct reader *who, const struct article *article,
			 int64_t number) NONNULL MUST_USE;

/* Newest first, before `before` (0: from the newest). */
enum status revision_list(struct revision **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, const struct article *article, int64_t before,
			  size_t limit) NONNULL MUST_USE;

/* What happened, over all articles that the reader may read, newest first. */
struct change {
	int64_t cursor; /* opaque for others: pass it back as `before` */
	struct revision revision;
	struct str public_id, slug, title, lang, space_key;
	struct space_text space_name;
};
enum status change_list(struct change **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str space_key, struct str author_login,
			bool minor_too, int64_t before, size_t limit) NONNULL MUST_USE;

/* The articles of a space (STR(""): of all) that changed last, each once with its newest change. */
enum status change_latest(struct change **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key, size_t limit)
	NONNULL MUST_USE;

#endif
