/* An article as it is read. */
#ifndef SERVER_VIEWS_ARTICLE_VIEW_H
#define SERVER_VIEWS_ARTICLE_VIEW_H

#include "schema/article.h"
#include "schema/file.h"
#include "server/markup.h"
#include "server/views/page.h"

struct article_view {
	const struct article *article;
	struct str body;                 /* Markdown; needed by JSON only */
	struct str comment;              /* of the current revision; needed by JSON only */
	struct markup_result content;    /* of markup_render(), or html alone of markup_plain() */
	const struct article *ancestors; /* from the top down */
	size_t n_ancestors;
	const struct article_tag *tags;
	size_t n_tags;
	const struct article_field *fields;
	size_t n_fields;
	const struct article *translations;
	size_t n_translations;
	const struct article *links_here; /* the first few */
	size_t n_links_here;
	bool more_links_here;
	const struct article *children; /* the first few */
	size_t n_children;
	bool more_children;
	const struct file *files;
	size_t n_files;
	int64_t threads_open, threads_resolved;
	bool can_write, can_manage, can_discuss;
	int64_t now;        /* to tell whether the day of review has passed */
	struct str renamed; /* the former title by which it was found, or empty */
	int64_t draft_at;   /* the reader has an unsaved text of it from then; 0: none */
	bool logged;        /* reading is recorded (security.md 2.10) */

	struct str query;                 /* of the search that led here, or empty */
	const struct markup_marks *marks; /* of its words, or NULL */
	struct html title;                /* with marks; empty where nothing in it is marked */
};

/* Headings of the levels that the table of contents lists. */
size_t article_contents_count(const struct article_view *v) NONNULL;

/* /w/TITLE meaning several articles. */
struct title_choice_view {
	struct str title;
	const struct article *articles;
	size_t n_articles;
};

/* /a/ID/links */
struct links_view {
	const struct article *article;
	const struct article *here; /* that link to it */
	size_t n_here;
	bool more;
};

/* /a/ID/access: who may read it, as far as the one who asks may know. */
struct access_grant_row {
	struct group_ref group; /* one of the two is empty */
	struct person_ref person;
	int level; /* enum level */
};
struct article_access_view {
	const struct article *article;
	const struct access_grant_row *space_grants; /* of the space; managers only */
	size_t n_space_grants;
	const struct access_grant_row *readers; /* list of a restricted audience; managers only */
	size_t n_readers;
	int own_level; /* of the reader who asks */
	bool can_manage;
};

/* /a/ID/move: title, place, state; each its own form on one page. */
struct article_move_view {
	const struct article *article;
	struct str title;                   /* as typed */
	struct str parent_id, parent_title; /* now, or as typed */
	const struct choice
		*audiences; /* value: audience id; label "Space · audience"; needs manage */
	size_t n_audiences;
	const struct choice *statuses; /* draft, published, archived */
	size_t n_statuses;
	bool can_manage;
	const struct form_faults *faults; /* fields title, parent, audience, status */
};

#endif
