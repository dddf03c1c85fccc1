/* The page that asks for the password once more. */
#include "schema/session.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/proof.h"
#include "views/settings.h"

static enum status show(struct request *rq, int http_status, struct str next)
{
	struct prove_view view = {.next = next, .faults = &rq->faults};

	rq->no_store = true;
	return REPLY_HTML(rq, http_status, prove_show, &view);
}

enum status page_prove_form(struct request *rq)
{
	if (!rq->session)
		return fail(ST_DENIED, "a program has no password to give");
	return show(rq, 200, request_query(rq, "next"));
}

struct prove_input {
	struct str password, next;
};

static const struct form_field prove_fields[] = {
	{"password", FORM_SECRET, offsetof(struct prove_input, password), 65536, FORM_REQUIRED},
	{"next", FORM_SECRET, offsetof(struct prove_input, next), 8192, 0},
};

enum status page_prove(struct request *rq)
{
	struct prove_input in = {0};
	struct url to = URL("");
	bool good = false;

	if (!rq->session)
		return fail(ST_DENIED, "a program has no password to give");
	TRY(act_read(rq, &in, prove_fields, COUNT(prove_fields)));
	if (!rq->faults.count)
		TRY(proof_password(rq, &good, in.password));
	if (!rq->faults.count && !good)
		form_fault_add(&rq->faults, "password", N_("The password is not right."));
	if (rq->faults.count)
		return show(rq, 422, in.next);
	if (in.next.len && !url_from_next(&to, rq->mem, in.next))
		to = URL("");
	TRY(reply_redirect(rq, to));
	return proof_renew(rq);
}
