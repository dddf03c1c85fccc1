/* What a search asks for, read from the parameters of its address: for the page, and for searches that are kept. */
#ifndef SERVER_ASKED_H
#define SERVER_ASKED_H

#include "indexer/search.h"
#include "server/form.h"
#include "server/i18n.h"
#include "server/views/search_view.h"

enum { ASKED_LIMIT = 10, ASKED_LIMIT_MOST = 100, ASKED_OFFSET_MOST = 1000 };

/* Anything may stand in the address; what cannot be understood is left out. Texts are borrowed from it. */
void asked_read(struct search_asked *out, struct arena *mem, const struct form *query) NONNULL;

/* The request to the search. INVALID where a date cannot be read; everything else is filled in all the same. */
enum status asked_request(struct search_request *out, const struct search_asked *asked,
			  enum lang lang) NONNULL MUST_USE;

/* What follows "/search?" in the address of the same search, from its first page. */
struct str asked_address(struct arena *mem, const struct search_asked *asked) NONNULL MUST_USE;

/* The page of results of such an address, for a link. */
struct url asked_url(struct arena *mem, struct str address) NONNULL MUST_USE;

#endif
