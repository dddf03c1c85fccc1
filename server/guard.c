/* The order of the checks, and what a request holds. */
#include "server/guard.h"

#include "schema/access.h"
#include "schema/base/log.h"
#include "schema/journal.h"
#include "server/app.h"
#include "server/pages/full.h"
#include "server/pages/pages.h"
#include "server/percent.h"
#include "server/reply.h"

enum status guard_begin(struct guard_hold *hold)
{
	struct request *rq = hold->rq;

	/* Until somebody is identified, the request is nobody's. */
	rq->reader = arena_alloc(rq->mem, sizeof(*rq->reader));
	if (rq->method != HTTP_GET) {
		rq->db = rq->app->writer;
		return ST_OK;
	}
	TRY(app_reader_begin(&hold->reader, rq->app));
	TRY(snapshot_begin(&hold->snapshot, hold->reader));
	rq->db = hold->reader;
	return ST_OK;
}

void guard_hold_cleanup(struct guard_hold *hold)
{
	snapshot_cleanup(&hold->snapshot);
	if (hold->reader)
		app_reader_end(hold->rq->app, hold->reader);
	json_doc_release(&hold->rq->body);
	if (hold->rq->out)
		out_release(hold->rq->out);
	if (hold->rq->json_out)
		json_out_release(hold->rq->json_out);
}

/* Nobody learns more than that one has to sign in: the same for what exists and what does not. */
static void refuse_anonymous(struct request *rq)
{
	struct url login = URL("login");
	struct str next = rq->exchange->head.target;

	if (rq->json || rq->method != HTTP_GET || guard_is_feed(rq)) {
		reply_refuse(rq, REFUSED_ANONYMOUS);
		return;
	}
	if (!str_is(next, "/"))
		login = url_with(rq->mem, login, "next", next);
	(void)reply_redirect(rq, login);
}

static bool is_public(const struct request *rq, bool known)
{
	return rq->route ? rq->route->guard == GUARD_PUBLIC : known;
}

static bool guard_query(struct request *rq)
{
	if (form_decode(&rq->query, rq->mem, rq->exchange->head.query) == ST_OK)
		return true;
	reply_refuse(rq, REFUSED_MALFORMED);
	return false;
}

/*
 * On a disk that is nearly full nothing is saved, and reading goes on; to read, people must be able to
 * sign in, and those few rows are counted in what is kept free.
 */
static bool guard_room(struct request *rq)
{
	if (rq->method == HTTP_GET || rq->route->guard == GUARD_PUBLIC ||
	    rq->route->page == page_logout || full_gives_back(rq) || app_has_room(rq->app))
		return true;
	reply_refuse(rq, REFUSED_FULL);
	return false;
}

/* A text goes back to its writer, as soon as the rights on what it is about are known. */
static bool guard_text(struct request *rq)
{
	enum status outcome;

	if (rq->method == HTTP_GET || !full_gives_back(rq) || app_has_room(rq->app))
		return true;
	outcome = full_form(rq);
	if (outcome != ST_OK)
		reply_outcome(rq, outcome);
	return false;
}

bool guard_admits(struct request *rq, bool known)
{
	if (!guard_identify(rq))
		return false;
	if (!rq->reader->person_id && !is_public(rq, known)) {
		if (!guard_keeps_form(rq))
			refuse_anonymous(rq);
		return false;
	}
	if (!rq->route)
		return true;
	return guard_query(rq) && guard_body(rq) && guard_origin(rq) && guard_rate(rq) &&
	       guard_room(rq) && guard_object(rq) && guard_text(rq);
}
