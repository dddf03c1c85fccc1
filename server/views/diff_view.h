/* Differences between two versions, line by line with marked words. */
#ifndef SERVER_VIEWS_DIFF_VIEW_H
#define SERVER_VIEWS_DIFF_VIEW_H

#include "schema/revision.h"
#include "server/views/page.h"

enum diff_kind { DIFF_SAME, DIFF_ADDED, DIFF_REMOVED, DIFF_GAP };

/* A run of text in a line; marked where it is what differs. */
struct diff_part {
	struct str text;
	bool marked;
};

struct diff_row {
	enum diff_kind kind;
	int64_t old_line, new_line; /* counted from 1; 0 where the line is not on that side */
	int64_t skipped;            /* for DIFF_GAP: lines left out */
	const struct diff_part *parts;
	size_t n_parts;
};

struct diff_rows {
	const struct diff_row *rows;
	size_t n_rows;
	int64_t added, removed; /* lines */
	bool too_large;         /* not compared line by line */
};

/* /a/ID/diff/M..N */
struct diff_view {
	const struct article *article;
	const struct revision *from, *to;
	struct diff_rows changes;
	struct url older, newer; /* neighbouring differences, or none */
};

/* /a/ID/history */
struct history_view {
	const struct article *article;
	const struct revision *revisions; /* newest first */
	size_t n_revisions;
	struct pager pager;
	bool can_write;
};

/* /a/ID/r/N */
struct revision_view {
	const struct article *article;
	const struct revision *revision;
	struct str body;     /* Markdown; for JSON */
	struct html content; /* of markup_render() or markup_plain() */
	struct url older, newer;
	bool can_write; /* shows the form to bring it back */
};

/* /a/ID/r/N/restore: check before it is done. Posts comment and base. */
struct restore_view {
	const struct article *article;
	const struct revision *revision;
	struct diff_rows changes; /* from the current one to what it would be */
	int64_t base;
	struct str form_key, comment;
	const struct form_faults *faults;
};

#endif
