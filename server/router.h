/* From a path to its page, with what must hold before the page runs. */
#ifndef SERVER_ROUTER_H
#define SERVER_ROUTER_H

#include "server/request.h"

/* Who may use a route: the last column of routes.def. Checked by guard.c. */
enum guard {
	GUARD_PUBLIC,    /* anybody on the network: signing in, static files, health */
	GUARD_SIGNED_IN, /* every active account; the page trims what it shows */
	GUARD_READER,    /* may read the object that the path names */
	GUARD_DISCUSSER, /* may post in its discussion */
	GUARD_EDITOR,    /* may write it */
	GUARD_MANAGER,   /* manages its space */
	GUARD_ADMIN,     /* has the duty of accounts administrator */
	GUARD_OFFICER,   /* has the duty of security officer */
	GUARD_AUDITOR,   /* has the duty of auditor */
	GUARD_DUTY,      /* has any of these duties */
};

/* What a request is counted as (security.md 4.8). */
enum rate_kind {
	RATE_BY_METHOD, /* reads for GET, saves for the rest */
	RATE_READ,
	RATE_SAVE,
	RATE_SEARCH,
	RATE_SUGGEST,
	RATE_UPLOAD,
	RATE_EXPORT,
	RATE_SIGN_IN, /* per address */
	RATE_FREE,    /* static files, probes */
	RATE_KINDS,
};

enum { ROUTE_SEGMENTS_MAX = 8 };

struct route {
	enum http_method method;
	const char *path; /* as in routes.def */
	enum status (*page)(struct request *rq);
	const char *name; /* of the page: "article_show" */
	enum guard guard;
	enum rate_kind rate;
	bool json;
};

/* All routes, in the order of routes.def; tests walk them. */
extern const struct route routes[];
extern const size_t n_routes;

/*
 * Find the route and fill rq->params. NULL where none fits; `*allowed` then has a bit
 * (1 << method) for every method that the same path knows.
 */
const struct route *router_find(struct request *rq, struct str path, unsigned *allowed)
	NONNULL MUST_USE;

/* Answer one request: the function that http.c calls in its pool. `context` is struct app. */
void router_answer(void *context, struct worker *worker, struct exchange *x) NONNULL;

#endif
