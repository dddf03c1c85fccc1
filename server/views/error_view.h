/* Every refusal has one frame: what happened, what to do, the number in the log. */
#ifndef SERVER_VIEWS_ERROR_VIEW_H
#define SERVER_VIEWS_ERROR_VIEW_H

#include "server/views/page.h"

struct error_view {
	int status;        /* HTTP status: 403, 404, 422 ... */
	struct str words;  /* one sentence in the reader's language on what is wrong, or empty */
	struct str number; /* "7KQ2M9XA"; shown where the log has more to say, empty otherwise */
	struct str wanted; /* title that was asked for by /w/ or /a/, to be created; or empty */
	bool may_create;   /* shows "Create this article" */
	bool expired;      /* the form belongs to a session that is over: no right is missing */
};

/* Heading and advice for a status, in the language of the page. */
struct str error_heading(const struct out *o, int status) NONNULL;
struct str error_advice(const struct out *o, int status) NONNULL;

#endif
