/*
 * From the checked tree of an article to HTML. Only the elements of security.md 6.3 come out;
 * whatever the tree says, all text is escaped and every address judged (url.h). The one maker of
 * struct html besides the views.
 */
#ifndef SERVER_MARKUP_H
#define SERVER_MARKUP_H

#include "indexer/snippet.h"
#include "indexer/tree.h"
#include "server/out.h"
#include "server/picture.h"

struct markup_picture {
	struct url url;
	int64_t size;               /* in bytes */
	struct picture_size pixels; /* where they are known */
};

/* Where a wiki link leads. */
struct markup_target {
	struct url url;
	struct str lang;       /* of the article; empty where it is the text's own */
	struct str title_lang; /* of its title as it was typed; empty where it is the text's own */
};

/*
 * How links are resolved for one reader. A callback is true, and sets `out`, when the target exists
 * and may be read by this reader; what is hidden is the same as what is absent.
 */
struct markup_links {
	void *context;
	/* [[Title]]; NULL: every wiki link is missing. */
	bool (*title)(void *context, struct str title, struct markup_target *out);
	/* "other.md", "../fees": relative to where the article came from; NULL: always missing. */
	bool (*relative)(void *context, struct str address, struct url *out);
	/* A picture among our own attachments; NULL: pictures become links. */
	bool (*picture)(void *context, struct str address, struct markup_picture *out);
	bool pictures_asked; /* own pictures are links that say their size: the reader saves data */
};

/* Words to be marked, such as those of the search that led to a text. */
struct markup_marks {
	struct analyser *analyser;
	const struct mark_set *set;
};

struct markup_options {
	enum lang lang; /* of the interface: words such as "edit" and "back to the text" */
	struct markup_links links;
	struct str space; /* where a missing article would be made */
	struct str
		title; /* of the page: a heading that says the same at the beginning is left out */
	struct str
		edit_id; /* public id: headings of level 2 get a link to edit their section; or empty */
	struct str prefix; /* before every id, "p12-": when several texts share a page; or empty */
	const struct markup_marks *marks; /* or NULL; the best passage gets the id "passage" */
};

struct markup_heading {
	int level;         /* 1-6 */
	struct str anchor; /* id of the element, "h-fees" */
	struct str text;
};

struct markup_result {
	struct html html;
	struct markup_heading *headings; /* in order: for the table of contents */
	size_t n_headings;
};

/*
 * `out` lives in `mem`. INVALID when the tree is damaged: then show markup_plain() instead, nothing
 * of a damaged tree is let out. An empty tree is an empty text.
 */
enum status markup_render(struct markup_result *out, struct arena *mem, struct str tree,
			  const struct markup_options *options) NONNULL MUST_USE;

/* Plain text as paragraphs, one a line: for what has no tree. `marks` may be NULL. */
struct html markup_plain(struct arena *mem, struct str plain, const struct markup_marks *marks)
	__attribute__((nonnull(1))) MUST_USE;

/* The passage escaped, its marks as <mark>, with "…" where it was cut. */
struct html markup_snippet(struct arena *mem, const struct snippet *snippet) NONNULL MUST_USE;

#endif
