/* Searches that a person keeps, and their news. */
#ifndef SERVER_VIEWS_SAVED_VIEW_H
#define SERVER_VIEWS_SAVED_VIEW_H

#include "schema/reading.h"
#include "schema/saved_search.h"
#include "server/views/page.h"
#include "server/views/search_view.h"

struct saved_item {
	const struct saved_search *saved;
	struct url run;
	struct str name; /* as typed */
	enum alert alert;
};

/* /settings/searches */
struct saved_view {
	const struct saved_item *items;
	size_t n_items;
	struct str name, address; /* of a search that could not be saved, as typed; else empty */
	const struct form_faults *faults;
};

struct news_item {
	const struct saved_news *news;
	struct url search;
};

/* /notices, and a box of the first page. */
struct notices_view {
	const struct news_item *items;
	size_t n_items;
	const struct reading_alert *alerts; /* for auditors */
	size_t n_alerts;
	int64_t unseen; /* of both */
};

/* The words of an alert in the reader's language. */
struct str alert_words(const struct out *o, enum alert alert) NONNULL;

/* What follows "/search?" in the address of this search. */
struct str saved_address(struct arena *mem, const struct search_asked *asked) NONNULL;

#endif
