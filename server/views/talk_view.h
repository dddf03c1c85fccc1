/* Discussion of an article: threads, and the posts of one. */
#ifndef SERVER_VIEWS_TALK_VIEW_H
#define SERVER_VIEWS_TALK_VIEW_H

#include "schema/draft.h"
#include "schema/thread.h"
#include "server/views/page.h"

/* What was written before and not sent. */
struct talk_kept {
	struct str shown; /* id of what the form holds, or empty */
	const struct draft *others;
	size_t n_others;
};

/* /a/ID/talk. The form posts title, quote, body, form_key and draft. */
struct talk_view {
	const struct article *article;
	const struct thread *threads;
	size_t n_threads;
	int64_t n_open, n_resolved;
	bool resolved_shown; /* the list holds the resolved ones, else the open ones */
	bool may_post;
	struct str title, quote, body, form_key; /* as typed */
	struct str draft;                        /* under which the form keeps its text */
	struct talk_kept kept;
	bool unsaved; /* the form came back: what is in it is nowhere else */
	const struct form_faults *faults;
};

struct post_item {
	const struct post *post;
	struct html content; /* of markup_render() with prefix "pN-" */
	bool may_edit, may_delete;
};

/* /a/ID/talk/THREAD. The form posts body, form_key and draft; quoting: ?quote=NUMBER fills body. */
struct thread_view {
	const struct article *article;
	const struct thread *thread;
	const struct post_item *posts;
	size_t n_posts;
	struct url next; /* further posts, or none */
	bool may_post, may_resolve;
	struct str body, form_key; /* as typed */
	struct str draft;          /* under which the form keeps its text */
	struct talk_kept kept;
	bool unsaved; /* the form came back: what is in it is nowhere else */
	const struct form_faults *faults;
};

/* /a/ID/talk/THREAD/NUMBER/edit */
struct post_edit_view {
	const struct article *article;
	const struct thread *thread;
	int64_t number;
	struct str body;
	bool unsaved; /* it came back */
	const struct form_faults *faults;
};

#endif
