/* Looking things up in a request. */
#include "server/request.h"

#include <assert.h>

#include "schema/base/log.h"
#include "server/app.h"
#include "server/router.h"

struct str request_param(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->n_params; i++) {
		if (strcmp(rq->params[i].name, name) == 0)
			return rq->params[i].value;
	}
	log_error("the route %s has no parameter %s", rq->route ? rq->route->path : "-", name);
	abort();
}

int64_t request_param_i64(const struct request *rq, const char *name)
{
	int64_t number = 0;
	bool good = str_to_i64(request_param(rq, name), &number);

	assert(good); /* the router lets only numbers through */
	return good ? number : 0;
}

struct str request_query(const struct request *rq, const char *name)
{
	return form_value(&rq->query, name);
}

int64_t request_query_i64(const struct request *rq, const char *name, int64_t normal, int64_t least,
			  int64_t most)
{
	int64_t number;

	if (!str_to_i64(request_query(rq, name), &number))
		number = normal;
	return number < least ? least : number > most ? most : number;
}

/* INVALID without a fault means that no person could have filled it in like that. */
static enum status judge(struct request *rq, enum status outcome)
{
	rq->malformed = outcome == ST_INVALID && rq->faults.count == 0;
	return outcome;
}

enum status request_read_body(struct request *rq, void *out, const struct form_field *fields,
			      size_t n)
{
	enum status outcome;

	rq->faults.count = 0;
	if (rq->json && !rq->body.root)
		return judge(rq, fail(ST_INVALID, "there is no body"));
	if (rq->json)
		return judge(rq,
			     form_read_json(out, &rq->faults, rq->mem, rq->body.root, fields, n));
	outcome = form_read(out, &rq->faults, rq->mem, &rq->form, fields, n);
	if (!rq->held)
		return judge(rq, outcome);
	form_fault_add(&rq->faults, "", rq->held);
	return fail(ST_INVALID, "the form is only shown again");
}

struct str request_header(const struct request *rq, const char *name)
{
	return head_value(&rq->exchange->head, name);
}

struct str request_absolute(struct request *rq, struct url url)
{
	return arena_printf(rq->mem, "%.*s%.*s", STR_ARG(rq->app->origin.url),
			    STR_ARG(url.url_bytes));
}

bool request_wants_fragment(const struct request *rq, struct str *id)
{
	*id = request_header(rq, "X-Fragment");
	return id->len > 0;
}
