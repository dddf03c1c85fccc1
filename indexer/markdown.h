/* Markdown of an article or post to a checked tree, plain text, headings and links (cmark-gfm). */
#ifndef INDEXER_MARKDOWN_H
#define INDEXER_MARKDOWN_H

#include "indexer/tree.h"
#include "schema/base/arena.h"
#include "schema/base/err.h"

enum link_kind {
	LINK_WIKI,     /* [[Title]]; target is the title */
	LINK_ARTICLE,  /* an address of our own that begins with /a/; target is the address */
	LINK_RELATIVE, /* an address without a scheme; target is the address */
	LINK_OUTSIDE,  /* http, https, mailto, tel */
};

struct markdown_link {
	enum link_kind kind;
	struct str target;  /* as written */
	struct str section; /* behind #, or empty */
	struct str text;    /* the words that are linked */
};

struct markdown_heading {
	int level;         /* 1-6 */
	struct str anchor; /* as in TREE_HEADING */
	struct str text;
	size_t offset; /* bytes into the Markdown, for editing one section */
};

struct markdown_result {
	struct str tree;  /* see tree.h */
	struct str plain; /* blocks one a line, without any mark-up: for search and snippets */
	struct markdown_heading *headings;
	size_t n_headings;
	struct markdown_link *links;
	size_t n_links;
};

/*
 * Everything in `out` lives in `mem`. `markdown` has LF line ends; other control characters but TAB
 * count as spaces. [[Title]], [[Title#Section]] and both with |words are wiki links, except in code,
 * in other links, and behind a backslash; in tables the bar is written \|. Images are not listed
 * among the links, nor is an address that leads nowhere (an anchor of the same page, other schemes).
 * Raw HTML comes out as plain text that is visible, never as HTML.
 *
 * INVALID, with words for the author, when the text is past a limit of security.md 6.5 that can be
 * seen before or after parsing (nesting, columns, cells, size of the result), or would cost the
 * parser too much. Time and memory are limited by the process that calls it: cmark-gfm of Debian 12
 * is quadratic on some inputs, which is why this runs in the convert child only.
 */
enum status markdown_convert(struct markdown_result *out, struct arena *mem, struct str markdown)
	NONNULL MUST_USE;

#endif
