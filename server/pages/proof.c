/* The password once more, before risky acts. */
#include "server/pages/proof.h"

#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/argon.h"
#include "server/pages/held.h"
#include "server/reply.h"

enum { PROOF_SECONDS = 600, PASSWORD_MOST = 1024 };

bool proof_is_fresh(const struct request *rq)
{
	int64_t ago;

	if (!rq->session || rq->token_id || rq->held)
		return rq->token_id || rq->held;
	ago = clock_now() - rq->session->proved_at;
	return ago <= PROOF_SECONDS && ago >= -PROOF_SECONDS; /* the clock may have been set back */
}

enum status proof_ask(struct request *rq, struct url back)
{
	if (rq->json) /* nothing to follow: 204 would look like done */
		return fail(ST_DENIED, "the password was not given lately");
	if (held_may_hold(rq))
		TRY(held_keep(&back, rq, rq->reader->person_id));
	return reply_redirect(rq, url_with(rq->mem, URL("prove"), "next", back.url_bytes));
}

enum status proof_password(struct request *rq, bool *good, struct str password)
{
	struct credentials c;
	bool may_try;

	TRY(credentials_get(&c, rq->db, rq->mem, rq->reader->login));
	may_try = c.state == PERSON_ACTIVE && !login_is_paused(c.paused_until) &&
		  password.len <= PASSWORD_MOST;
	TRY(argon_verify(rq->app->argon, good, may_try ? c.password_hash : STR_NONE, password));
	if (*good)
		return ST_OK;
	return login_failed(rq->db, rq->mem, may_try ? c.person_id : 0, rq->reader->login,
			    rq->from);
}

enum status proof_renew(struct request *rq)
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
