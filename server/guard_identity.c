/* Who asks: by the cookie of a session, or by a token. */
#include <strings.h>

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/cookie.h"
#include "server/guard.h"
#include "server/reply.h"

static bool is_trusted(const struct request *rq, struct seat_address address)
{
	struct str rest = rq->app->config->proxies;

	while (rest.ptr && rest.len) {
		bool good;
		struct seat_address proxy =
			seat_address_parse(str_trim(str_cut(&rest, ',')), &good);

		if (good && memcmp(&proxy, &address, sizeof(proxy)) == 0)
			return true;
	}
	return false;
}

/* Walk a list from its right; false where it ends, or begins to be another's word. */
static bool walk_back(const struct request *rq, struct seat_address *address, struct str list)
{
	while (list.len && is_trusted(rq, *address)) {
		size_t start = list.len;
		struct seat_address before;
		bool good;

		while (start > 0 && list.ptr[start - 1] != ',')
			start--;
		before = seat_address_parse(str_trim(str_from(list, start)), &good);
		if (!good)
			return false;
		*address = before;
		list = str_head(list, start ? start - 1 : 0);
	}
	return is_trusted(rq, *address);
}

/*
 * The peer, or what a trusted proxy says: the rightmost address that is not a proxy of ours. Some
 * proxies add a line of their own below that of the client, so the last line is read first.
 */
static struct seat_address client_address(const struct request *rq)
{
	const struct http_head *head = &rq->exchange->head;
	struct seat_address address = rq->exchange->from;

	for (size_t i = head->n_fields; i-- > 0;) {
		if (head_is(&head->fields[i], "X-Forwarded-For") &&
		    !walk_back(rq, &address, head->fields[i].value))
			break;
	}
	return address;
}

static void choose_language(struct request *rq)
{
	struct str cookie;

	if (lang_from_tag(rq->reader->lang, &rq->lang))
		return;
	if (cookie_find(&cookie, request_header(rq, "Cookie"), COOKIE_LANGUAGE,
			rq->app->origin.tls) &&
	    lang_from_tag(cookie, &rq->lang))
		return;
	if (head_has(&rq->exchange->head, "Accept-Language"))
		rq->lang = lang_accepted(request_header(rq, "Accept-Language"));
	else
		(void)lang_from_tag(rq->app->config->language, &rq->lang);
}

/* Used again after a minute: note it. That it was seen is no state of anybody's content. */
static void touch(struct request *rq)
{
	if (clock_now() - rq->session->seen_at < SESSION_TOUCH)
		return;
	if (session_touch(rq->app->writer, &rq->session->hash) != ST_OK)
		log_failure("noting the use of a session");
}

static enum status by_session(struct request *rq)
{
	struct session *session = arena_alloc(rq->mem, sizeof(*session));
	char prefix[9];

	TRY(session_find(session, rq->db, rq->mem, rq->cookie));
	TRY(reader_load(rq->reader, rq->db, rq->mem, session->person_id));
	secret_hex(prefix, session->hash.bytes, 4);
	rq->reader->session = arena_str(rq->mem, str_c(prefix));
	rq->session = session;
	touch(rq);
	return ST_OK;
}

static enum status by_token(struct request *rq, struct str secret)
{
	struct api_token token;

	TRY(token_find(&token, rq->db, rq->mem, secret));
	TRY(reader_load(rq->reader, rq->db, rq->mem, token.person_id));
	rq->reader->reads_only = !token.writes;
	rq->reader->session = arena_printf(rq->mem, "t%lld", (long long)token.id);
	rq->token_id = token.id;
	return ST_OK;
}

bool guard_is_feed(const struct request *rq)
{
	return rq->route && str_ends(str_c(rq->route->path), STR(".atom"));
}

/*
 * A read token as the password of its owner's login. Whoever guesses is held to the limit of signing in;
 * the account is not paused, or a feed reader with an expired token would lock out its owner.
 */
static enum status by_basic(struct request *rq, struct str encoded)
{
	struct str text, login;

	rq->retry_after = guard_try(rq);
	if (rq->retry_after)
		return fail(ST_BUSY, "too many wrong passwords of feeds");
	if (!secret_read_base64(&text, rq->mem, encoded))
		return fail(ST_NOT_FOUND, "the password of a feed cannot be read");
	login = str_cut(&text, ':');
	TRY(by_token(rq, text));
	if (!str_eq(login, rq->reader->login) || !rq->reader->reads_only)
		return fail(ST_NOT_FOUND, "no read token of this person");
	guard_tried_well(rq);
	return ST_OK;
}

/* Nobody, as a reader: every right is checked against empty lists. */
static void be_nobody(struct request *rq)
{
	*rq->reader = (struct reader){.person_id = 0};
	rq->session = NULL;
	rq->token_id = 0;
}

static enum status identify(struct request *rq)
{
	struct str authorization = request_header(rq, "Authorization");
	bool has_cookie = head_has(&rq->exchange->head, "Cookie");
	bool bearer = authorization.len > 7 && strncasecmp(authorization.ptr, "Bearer ", 7) == 0;
	bool basic = guard_is_feed(rq) && authorization.len > 6 &&
		     strncasecmp(authorization.ptr, "Basic ", 6) == 0;

	/* Two ways to say who one is could be two people. */
	if ((bearer || basic) && has_cookie)
		return fail(ST_INVALID, "a token together with a cookie");
	if (basic)
		return by_basic(rq, str_trim(str_from(authorization, 6)));
	if (bearer)
		return by_token(rq, str_trim(str_from(authorization, 7)));
	if (!has_cookie)
		return ST_OK;
	if (!cookie_find(&rq->cookie, request_header(rq, "Cookie"), COOKIE_SESSION,
			 rq->app->origin.tls) ||
	    !cookie_find(&rq->visit, request_header(rq, "Cookie"), COOKIE_VISIT,
			 rq->app->origin.tls))
		return fail(ST_INVALID, "a cookie of ours comes twice");
	return rq->cookie.len ? by_session(rq) : ST_OK;
}

bool guard_identify(struct request *rq)
{
	enum status outcome;
	bool token;

	rq->from = seat_address_text(rq->mem, client_address(rq));
	outcome = identify(rq);
	token = outcome == ST_NOT_FOUND && !rq->cookie.len;
	if (outcome != ST_OK)
		be_nobody(rq);
	rq->reader->address = rq->from;
	choose_language(rq);
	rq->reader->names_in = lang_tag(rq->lang);
	if (outcome == ST_INVALID)
		reply_refuse(rq, REFUSED_MALFORMED);
	else if (token)
		reply_refuse(rq, REFUSED_ANONYMOUS);
	else if (outcome == ST_BUSY && rq->retry_after)
		reply_refuse(rq, REFUSED_TOO_MANY);
	else if (outcome != ST_OK && outcome != ST_NOT_FOUND)
		reply_outcome(rq, outcome);
	else
		return true;
	return false;
}
