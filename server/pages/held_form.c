/* The page of a form that was held: its own page, filled in. */
#include "schema/held_form.h"
#include "schema/base/secret.h"
#include "server/guard.h"
#include "server/pages/held.h"
#include "server/pages/pages.h"

/* The request becomes the one that the form was sent with: its route, its address, its fields. */
static enum status become(struct request *rq, const struct held_form *form)
{
	struct str query = form->target, path = str_cut(&query, '?');
	unsigned allowed;

	rq->method = HTTP_POST;
	rq->route = router_find(rq, path, &allowed);
	rq->method = HTTP_GET;
	if (!rq->route || !held_may_hold(rq))
		return fail(ST_NOT_FOUND, "the form is no longer there");
	TRY(form_decode(&rq->query, rq->mem, query.ptr ? query : STR("")));
	return form_decode(&rq->form, rq->mem, form->body);
}

enum status page_held_form(struct request *rq)
{
	struct str id = request_param(rq, "form");
	struct held_form form;

	if (!secret_is_public_id(id))
		return fail(ST_NOT_FOUND, "no such form");
	TRY(held_form_get(&form, rq->db, rq->mem, rq->reader, id));
	TRY(become(rq, &form));
	if (!guard_object(rq))
		return ST_OK; /* it has answered */
	TRY(held_show(rq, N_("Nothing was done yet. What you typed is below: look it over and "
			     "send it again.")));
	if (rq->exchange->reply.status == 422)
		rq->exchange->reply.status = 200;
	return ST_OK;
}
