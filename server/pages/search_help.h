/* What helps while searching: other readings of the words, whom they name, the way on from nothing. */
#ifndef SERVER_PAGES_SEARCH_HELP_H
#define SERVER_PAGES_SEARCH_HELP_H

#include "server/json.h"
#include "server/request.h"
#include "server/search.h"
#include "server/views/search_view.h"

/*
 * Nothing was found as typed: try the keys of the other layout, then the better spelling. On the page
 * what they find takes the place of the empty answer; in JSON it is only suggested.
 */
enum status search_otherwise(struct search_view *out, struct search_answer *answer,
			     struct request *rq, const struct search_request *request)
	NONNULL MUST_USE;

/*
 * When the hits are filled in: where each of them opens, and whom the query names. On a page without hits
 * also how the query was read, what it finds without each filter, and who may know. `answered`: the
 * index was asked.
 */
enum status search_help(struct search_view *out, struct request *rq,
			const struct search_request *request, bool answered) NONNULL MUST_USE;

/* The member "people" of an open object. */
void search_json_people(struct json_out *j, const struct search_view *v) NONNULL;

/* ---- for search_help.c alone: search_nothing.c ---- */
enum status search_nothing_fill(struct search_view *out, struct request *rq,
				const struct search_request *request) NONNULL MUST_USE;

#endif
