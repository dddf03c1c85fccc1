/* Storing articles from outside, batch by batch: shared by import and init. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "tools/cli/cli.h"

enum import_format { IMPORT_BY_NAME, IMPORT_MARKDOWN, IMPORT_JSONL };

struct import_options {
	struct str space;  /* key; made when absent */
	struct str author; /* login, or empty: the first administrator */
	enum import_format format;
	bool terms; /* files of terms are taken into the glossary; else they are passed over */
};

struct import_counts {
	int64_t created, changed, unchanged, refused;
	int64_t skipped_lines; /* of front matter */
	int64_t mended;        /* texts in which control characters became spaces */
	int64_t empty;         /* articles without a body */
};

/*
 * Import every file that `io` gives. A file or line that is refused is named on standard error, the rest goes on; INVALID at
 * the end when there was any.
 */
enum status import_files(struct import_counts *counts, struct app *app, struct command_io *io,
			 const struct import_options *options) NONNULL MUST_USE;

/* One line on standard error that says what was done. */
enum status import_report(struct command_io *io, const struct import_counts *counts)
	NONNULL MUST_USE;

/* ---- between import*.c ---- */

/* One article as it was read; texts point into the piece or `mem` of its batch. */
struct import_item {
	struct str name; /* of its file, for messages */
	int64_t line;    /* of a jsonl file, or 0 */
	struct str key, title, body, lang, parent, owner, translation, status, review;
	struct str *tags;
	size_t n_tags;
	struct article_field *fields;
	size_t n_fields;
};

/* Read a Markdown file with its front matter; never fails. */
void import_read_markdown(struct import_item *out, struct arena *mem, struct import_counts *counts,
			  struct str name, struct str content) NONNULL;

/* Read one line of jsonl. INVALID says what is wrong with it. */
enum status import_read_json(struct import_item *out, struct arena *mem,
			     struct import_counts *counts, struct str line) NONNULL MUST_USE;

/* Normalise line ends, turn control characters into spaces and bytes that are no UTF-8 into U+FFFD. */
struct str import_clean(struct arena *mem, struct import_counts *counts, struct str text) NONNULL;

/* White space in a key becomes "_". */
struct str import_key(struct arena *mem, struct str key) NONNULL;

#endif
