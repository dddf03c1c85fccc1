/* Every page function, declared from the table of routes; what a file of pages includes first. */
#ifndef SERVER_PAGES_PAGES_H
#define SERVER_PAGES_PAGES_H

#include "server/app.h"
#include "server/reply.h"
#include "server/request.h"

#define ROUTE(method, path, page, who, ...) enum status page_##page(struct request *rq);
#define API ROUTE
#include "server/routes.def"
#undef ROUTE
#undef API

/* The name or description of a space for a sentence or a choice, as this reader reads it. */
static inline struct str space_said(struct request *rq, struct space_text text)
{
	return words_space(rq->mem, rq->lang, text).text;
}

#endif
