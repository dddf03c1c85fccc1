/* The parts of the Markdown converter that need no parser: limits, wiki links, anchors. */
#ifndef INDEXER_MARKDOWN_PARTS_H
#define INDEXER_MARKDOWN_PARTS_H

#include "indexer/markdown.h"

/*
 * Refuse, before it is parsed, what cmark-gfm of Debian 12 would need too much time or memory for:
 * wide and long tables, deep nesting, and inputs on which it is quadratic. One pass; INVALID with
 * words for the author that name the line.
 */
enum status markdown_check(struct str markdown) MUST_USE;

/*
 * A byte that stands for nothing: put between the brackets of \[\[, which would look like a wiki
 * link when the parser has taken the backslashes away. Texts cannot hold it (security.md 6.2).
 */
enum { MARKDOWN_NOTHING = '\x01' };

/*
 * The text with MARKDOWN_NOTHING behind every \[ that another bracket follows, and with a space for
 * every control character but TAB and LF. Lines stay where they are. Lives in `mem`, or is the text
 * itself.
 */
struct str markdown_guard(struct arena *mem, struct str markdown) NONNULL;

struct wiki_link {
	size_t start, len; /* with its brackets */
	struct str title, section, words;
};

/* The first wiki link of `text` at or after `from`; false when there is none. */
bool wiki_link_find(struct str text, size_t from, struct wiki_link *out) NONNULL;

/*
 * What an address leads to; false for one that is no link to anywhere: an anchor of the same page,
 * a scheme that is not let through, an address without a scheme but with a host.
 */
bool link_classify(struct str address, struct markdown_link *out) NONNULL;

/* The anchors given so far in one text. */
struct anchors {
	struct anchor_slot *slots; /* in the arena; a hash table, its size a power of two */
	size_t room, count;
};

/* An anchor for a heading: its folded words, "section" when there are none, with a number when taken. */
struct str anchor_make(struct anchors *anchors, struct arena *mem, struct str heading) NONNULL;

#endif
