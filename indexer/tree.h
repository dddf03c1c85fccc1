/*
 * The checked tree of an article: what the convert child makes from Markdown, what the record
 * keeps, and what the server writes HTML from. It is a flat run of bytes, so that a page is one
 * pass over it; it holds only elements of this list, and text that is not yet escaped. The reader
 * (server/markup.c) trusts nothing in it.
 *
 * A run is a row of nodes. A node is one byte of enum tree_node, then its fields:
 *   number: unsigned LEB128, at most 5 bytes     text: number of bytes, then the bytes (UTF-8)
 * Open nodes are closed by TREE_END, innermost first.
 */
#ifndef INDEXER_TREE_H
#define INDEXER_TREE_H

#include "schema/base/buf.h"
#include "schema/base/err.h"
#include "schema/base/str.h"

enum { TREE_VERSION = 1, TREE_DEPTH_MAX = 64, TREE_COLUMNS_MAX = 64 };

enum tree_node {
	TREE_END,       /* closes the innermost open node */
	TREE_TEXT,      /* text */
	TREE_BREAK,     /* hard line break */
	TREE_RULE,      /* thematic break */
	TREE_PARAGRAPH, /* open */
	TREE_HEADING, /* open; number: level 1-6; text: anchor of [a-z0-9-], unique, without "h-" */
	TREE_QUOTE,   /* open */
	TREE_LIST,    /* open; number: 0 bullets, else 1 + the first number; number: 1 if tight */
	TREE_ITEM,    /* open; number: 0 plain, 1 open task, 2 done task */
	TREE_CODE_BLOCK, /* text: language word of [A-Za-z0-9+#_-] or empty; text: the code */
	TREE_CODE,       /* text: the code */
	TREE_EMPHASIS,   /* open */
	TREE_STRONG,     /* open */
	TREE_STRIKE,     /* open */
	TREE_LINK,       /* open; text: address as written; text: title */
	TREE_IMAGE,      /* open (its content is the description); text: address; text: title */
	TREE_WIKI_LINK, /* text: target title; text: section or empty; text: words shown, or empty */
	TREE_TABLE, /* open; number: columns; for each one number: 0 none 1 left 2 centre 3 right */
	TREE_ROW,   /* open; number: 1 for the head row */
	TREE_CELL,  /* open */
	TREE_NOTE_MARK, /* number: footnote 1...; number: which mention of it, 1... */
	TREE_NOTES,     /* open: the section of footnotes, last in the run */
	TREE_NOTE,      /* open; number: footnote 1...; number: how many mentions */
	TREE_NODE_COUNT
};

/* Writing */
void tree_node(struct buf *out, enum tree_node node) NONNULL;
void tree_number(struct buf *out, uint32_t number) NONNULL;
void tree_text(struct buf *out, struct str text) NONNULL;

/* Reading; every function is false at the end or where the bytes are damaged. */
struct tree_reader {
	struct str bytes;
	size_t at;
};
bool tree_read_node(struct tree_reader *r, enum tree_node *out) NONNULL;
bool tree_read_number(struct tree_reader *r, uint32_t *out) NONNULL;
bool tree_read_text(struct tree_reader *r, struct str *out) NONNULL; /* points into the bytes */

#endif
