/* News of saved searches, and what auditors are told, as several pages show them. */
#ifndef SERVER_PAGES_NEWS_H
#define SERVER_PAGES_NEWS_H

#include "server/request.h"
#include "server/views/saved_view.h"

/* The newest `limit`, with the rights of this moment; `unseen` counts all. */
enum status news_fill(struct notices_view *out, struct request *rq, bool unseen_only, size_t limit)
	NONNULL MUST_USE;

#endif
