/*
 * The lines between two "---" at the beginning of a Markdown file. "key: value", "key: [a, b]" and a
 * list of "- a" lines below "key:" are read; other lines are passed over and counted (security.md 6.8).
 */
#ifndef SERVER_FRONTMATTER_H
#define SERVER_FRONTMATTER_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"

enum { FRONTMATTER_KEYS_MAX = 100, FRONTMATTER_VALUES_MAX = 100 };

struct frontmatter_entry {
	struct str key;
	struct str *values; /* without quotes; one, or those of a list */
	size_t n_values;
	bool is_list;
};

struct frontmatter {
	struct frontmatter_entry *entries;
	size_t count;
	size_t skipped;  /* lines that could not be read */
	struct str body; /* what follows */
};

/* A text without front matter has no entries and is all body. Everything points into `text` or `mem`. */
void frontmatter_read(struct frontmatter *out, struct arena *mem, struct str text) NONNULL;

/* The first value of a key, or the empty text. */
struct str frontmatter_value(const struct frontmatter *fm, const char *key) NONNULL;

/* The entry of a key, or NULL. */
const struct frontmatter_entry *frontmatter_find(const struct frontmatter *fm, const char *key)
	NONNULL;

/* Write one line that frontmatter_read() reads back; a value that needs it is quoted. */
void frontmatter_write(struct buf *out, struct str key, struct str value) NONNULL;
void frontmatter_write_list(struct buf *out, struct str key, const struct str *values, size_t n)
	NONNULL;

#endif
