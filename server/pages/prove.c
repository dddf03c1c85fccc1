/* The password once more, before risky acts. */
#include "server/pages/prove.h"

#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/argon.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "views/settings.h"

enum { PROOF_SECONDS = 600, PASSWORD_MOST = 1024 };

bool prove_is_fresh(const struct request *rq)
{
	return rq->token_id ||
	       (rq->session && clock_now() - rq->session->proved_at <= PROOF_SECONDS);
}

enum status prove_ask(struct request *rq, struct url back)
{
	if (rq->json) /* nothing to follow: 204 would look like done */
		return fail(ST_DENIED, "the password was not given lately");
	return reply_redirect(rq, url_with(rq->mem, URL("prove"), "next", back.url_bytes));
}

enum status prove_password(struct request *rq, bool *good, struct str password)
{
	struct credentials c;
	bool may_try;

	TRY(credentials_get(&c, rq->db, rq->mem, rq->reader->login));
	may_try = c.state == PERSON_ACTIVE && c.paused_until <= clock_now() &&
		  password.len <= PASSWORD_MOST;
	TRY(argon_verify(rq->app->argon, good, may_try ? c.password_hash : STR_NONE, password));
	if (*good)
		return ST_OK;
	return login_failed(rq->db, rq->mem, may_try ? c.person_id : 0, rq->reader->login,
			    rq->from);
}

enum status prove_renew(struct request *rq)
{
	char secret[SECRET_TEXT_LEN + 1];
	enum status ended;

	TRY(session_start(secret, rq->db, rq->mem, rq->reader->person_id, rq->from,
			  request_header(rq, "User-Agent")));
	ended = session_end(rq->db, rq->reader, &rq->session->hash);
	if (ended != ST_NOT_FOUND) /* a new password has ended it already */
		TRY(ended);
	rq->session->hash = digest_of(str_c(secret));
	reply_cookie(rq, str_c(secret));
	secret_wipe(secret, sizeof(secret));
	return ST_OK;
}

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
		TRY(prove_password(rq, &good, in.password));
	if (!rq->faults.count && !good)
		form_fault_add(&rq->faults, "password", N_("The password is not right."));
	if (rq->faults.count)
		return show(rq, 422, in.next);
	if (in.next.len && !url_from_next(&to, rq->mem, in.next))
		to = URL("");
	TRY(reply_redirect(rq, to));
	return prove_renew(rq);
}
