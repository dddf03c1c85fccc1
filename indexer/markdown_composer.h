/*
 * What the converter makes, piece by piece: the tree, the plain text, headings and links. It knows
 * tree.h and not the parser. Text is given with the bytes of markdown_guard(), which are dropped here.
 */
#ifndef INDEXER_MARKDOWN_COMPOSER_H
#define INDEXER_MARKDOWN_COMPOSER_H

#include "indexer/markdown_parts.h"

struct composer {
	struct arena *mem;
	struct buf tree, plain;
	struct buf words; /* text that is not yet in the tree, so that neighbours become one node */
	size_t depth;
	bool too_deep; /* more than TREE_DEPTH_MAX nodes were open at once */
	bool in_link;  /* then [[...]] is text: links do not nest */
	struct markdown_heading *headings;
	size_t n_headings, heading_room;
	struct markdown_link *links;
	size_t n_links, link_room;
	struct anchors anchors;
	const size_t *line_starts; /* of the Markdown as it was given */
	size_t n_lines;
};

/* `markdown` is the text as its author wrote it; headings point into it. */
void composer_init(struct composer *c, struct arena *mem, struct str markdown) NONNULL;
void composer_cleanup(struct composer *c) NONNULL;

/* True when the tree or the plain text is past the limits of security.md 6.5. */
bool composer_is_over(const struct composer *c) NONNULL;

/* Hand over everything; it lives in the arena. */
void composer_finish(struct composer *c, struct markdown_result *out) NONNULL;

/* A node without an end, whose fields the caller writes to c->tree. */
void composer_node(struct composer *c, enum tree_node node) NONNULL;

/* A node that composer_close() ends. */
void composer_open(struct composer *c, enum tree_node node) NONNULL;
void composer_close(struct composer *c) NONNULL;

/* Words of a paragraph; `text` may hold wiki links, `words` does not. */
void composer_text(struct composer *c, struct str text) NONNULL;
void composer_words(struct composer *c, struct str words) NONNULL;

/* The end of a line in the source: a line end in the tree, a space in the plain text. */
void composer_soft_break(struct composer *c) NONNULL;
void composer_hard_break(struct composer *c) NONNULL;

void composer_code(struct composer *c, struct str code) NONNULL;

/* `info` is what stands behind the fence; a language is taken from it only as tree.h allows. */
void composer_code_block(struct composer *c, struct str info, struct str code) NONNULL;

/* Open a heading that began in this line, 1 being the first; `words` are all that stand in it. */
void composer_heading(struct composer *c, int level, int line, struct str words) NONNULL;

/* Open a link and remember it, when it leads anywhere; ends by composer_link_close(). */
void composer_link(struct composer *c, struct str address, struct str title, struct str words)
	NONNULL;
void composer_link_close(struct composer *c) NONNULL;

/* A whole image; its description is plain words. */
void composer_image(struct composer *c, struct str address, struct str title, struct str words)
	NONNULL;

/* End the line of plain text, or the cell in it. */
void composer_line_end(struct composer *c) NONNULL;
void composer_cell_end(struct composer *c) NONNULL;

/* `text` as people see it, without guards, and with the words of wiki links in their place. */
struct str composer_shown(struct composer *c, struct str text) NONNULL;

#endif
