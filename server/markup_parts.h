/* Inside of markup.c and markup_links.c: the state of one walk through a tree. */
#ifndef SERVER_MARKUP_PARTS_H
#define SERVER_MARKUP_PARTS_H

#include "server/markup.h"

/* The reader's depth counts containers and inline nodes alike; a whole text is one level more. */
enum { MARKUP_DEPTH = TREE_DEPTH_MAX + 8 };

struct markup_open {
	enum tree_node node;
	struct str end;     /* HTML that closes it */
	bool tight;         /* of a list, handed on to its items */
	uint32_t number;    /* of a footnote */
	uint32_t count;     /* mentions of a footnote */
	struct str host;    /* of a link to another site, to be shown behind it; or empty */
	struct url picture; /* in a link, of who saves data: the way to it stands behind the link */
	int64_t picture_size; /* in bytes */
};

/* Marks written so far; they are found again to name the best passage. */
struct markup_marker {
	struct marker *walk; /* NULL: nothing is marked */
	size_t *places;      /* where each <mark> stands in the HTML */
	size_t count;
};

struct markup_writer {
	struct tree_reader r;
	struct buf html;
	struct arena *mem;
	const struct markup_options *options;
	struct markup_open stack[MARKUP_DEPTH];
	size_t depth;

	struct markup_heading *headings; /* on the heap */
	size_t n_headings, heading_room;
	size_t n_left_out; /* headings of the text that the page shows elsewhere: 0 or 1 */
	struct buf words;  /* of the open heading */
	bool in_heading;

	unsigned char align[TREE_COLUMNS_MAX];
	uint32_t columns, column;
	bool head_row, body_begun;

	bool in_link;    /* an <a> is open: no other may begin inside it */
	bool in_picture; /* its description goes to `words` of the attribute, not to the page */
	struct buf description;

	struct markup_marker marker;
};

/* Read and write the beginning of a link; false when the tree is damaged. Sets open->end. */
bool markup_link(struct markup_writer *w, struct markup_open *open) NONNULL;
bool markup_image(struct markup_writer *w, struct markup_open *open) NONNULL;
bool markup_wiki_link(struct markup_writer *w) NONNULL;

/* "Show image (240 KB)" behind a link that has one in it. */
void markup_picture_behind(struct markup_writer *w, const struct markup_open *link) NONNULL;

/* A text of the tree: damaged unless it is UTF-8. */
bool markup_read_text(struct markup_writer *w, struct str *out) NONNULL;

/* Text where the walk stands: to the page, to a heading's words, to a picture's description. */
void markup_words(struct markup_writer *w, struct str text) NONNULL;

/* A heading that says the title of the page again is left out, and counted: sections keep their numbers. */
void markup_leave_title_out(struct markup_writer *w) NONNULL;

/* ---- markup_marks.c ---- */
void markup_marker_init(struct markup_marker *m, struct arena *mem,
			const struct markup_marks *marks) __attribute__((nonnull(1, 2)));

/* The text escaped, its words marked. */
void markup_escape(struct buf *html, struct markup_marker *m, struct str text) NONNULL;

/* What was written, with the name of the best passage. */
struct html markup_keep(struct arena *mem, const struct buf *html, const struct markup_marker *m)
	NONNULL;

/* An id or its reference: "h-", the prefix, the anchor. */
void markup_anchor(struct markup_writer *w, struct str anchor) NONNULL;

#endif
