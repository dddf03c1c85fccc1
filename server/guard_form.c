/* What a request brings along: its body, proof that it came from our own form, and how often. */
#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/csrf.h"
#include "server/guard.h"
#include "server/pages/kept.h"
#include "server/rate.h"
#include "server/reply.h"

/* Programs send JSON, or a file to where files are taken; people's forms are forms. */
static bool may_have_type(const struct request *rq)
{
	enum body_type type = rq->exchange->head.type;

	if (rq->json && rq->route->rate == RATE_UPLOAD)
		return type != BODY_FORM;
	return rq->json ? type == BODY_JSON : type == BODY_FORM || type == BODY_UPLOAD;
}

/* Only its form is read here; what its fields say is the page's matter, after all rights. */
bool guard_body(struct request *rq)
{
	const struct exchange *x = rq->exchange;
	enum status outcome = ST_OK;

	if (x->body.len == 0)
		return true;
	if (!may_have_type(rq)) {
		reply_refuse(rq, REFUSED_TYPE);
		return false;
	}
	if (x->head.type == BODY_JSON)
		outcome = json_parse(&rq->body, x->body);
	else if (x->head.type == BODY_RAW)
		return true;
	else if (x->head.type == BODY_FORM)
		outcome = form_decode(&rq->form, rq->mem, x->body);
	else
		outcome = form_decode_multipart(&rq->form, rq->mem, x->body, x->head.boundary,
						head_parts_limit(&x->head));
	if (outcome == ST_OK)
		return true;
	reply_refuse(rq, outcome == ST_TOO_LARGE ? REFUSED_TOO_LARGE : REFUSED_MALFORMED);
	return false;
}

static bool comes_from_us(const struct request *rq)
{
	const struct http_head *head = &rq->exchange->head;
	const struct origin *origin = &rq->app->origin;

	if (head_has(head, "Sec-Fetch-Site") &&
	    !str_is(head_value(head, "Sec-Fetch-Site"), "same-origin"))
		return false;
	if (head_has(head, "Origin"))
		return origin_is_ours(origin, head_value(head, "Origin"));
	return head_has(head, "Referer") && origin_of_referer(origin, head_value(head, "Referer"));
}

/* The token of the form, or of the header that scripts send instead. */
static bool has_token(const struct request *rq)
{
	const struct form_pair *field = form_find(&rq->form, "csrf");
	struct str token = field ? field->value : request_header(rq, "X-Csrf-Token");
	struct str secret = rq->visit;

	if (rq->session)
		secret = str_of((const char *)rq->session->hash.bytes, DIGEST_LEN);
	return secret.len && csrf_check(token, rq->app->key, secret);
}

bool guard_origin(struct request *rq)
{
	if (rq->method == HTTP_GET || rq->token_id)
		return true;
	if (comes_from_us(rq) && has_token(rq))
		return true;
	if (!guard_keeps_form(rq))
		reply_refuse(rq, REFUSED_CSRF);
	return false;
}

bool guard_keeps_form(struct request *rq)
{
	if (!comes_from_us(rq) || !kept_may_hold(rq))
		return false;
	/* Looking for its session costs more than most requests: it is counted first. */
	return !guard_rate(rq) || kept_form(rq);
}

/* Whose bucket: the session's or token's, the account's, or the address's of who is nobody yet. */
static uint64_t who(const struct request *rq, enum rate_bucket bucket)
{
	struct digest digest;
	uint64_t key = 0;

	if (bucket == BUCKET_TOKEN)
		return (uint64_t)rq->token_id;
	if ((bucket == BUCKET_READ || bucket == BUCKET_UPLOAD_DAY) && rq->reader->person_id)
		return (uint64_t)rq->reader->person_id;
	if (rq->session && bucket != BUCKET_SIGN_IN) {
		memcpy(&key, rq->session->hash.bytes, sizeof(key));
		return key;
	}
	digest = digest_of(rq->from);
	memcpy(&key, digest.bytes, sizeof(key));
	return key;
}

static int take(struct request *rq, enum rate_bucket bucket)
{
	return rate_take(rq->app->rate, bucket, who(rq, bucket), clock_mono());
}

int guard_try(const struct request *rq)
{
	return rate_take(rq->app->rate, BUCKET_SIGN_IN, who(rq, BUCKET_SIGN_IN), clock_mono());
}

void guard_tried_well(const struct request *rq)
{
	rate_give(rq->app->rate, BUCKET_SIGN_IN, who(rq, BUCKET_SIGN_IN), clock_mono());
}

static int take_by_kind(struct request *rq, enum rate_kind kind)
{
	int day;

	switch (kind) {
	case RATE_BY_METHOD:
		return take(rq, rq->method == HTTP_GET ? BUCKET_READ : BUCKET_SAVE);
	case RATE_READ:
		return take(rq, BUCKET_READ);
	case RATE_SAVE:
		return take(rq, BUCKET_SAVE);
	case RATE_SEARCH:
		return take(rq, BUCKET_SEARCH);
	case RATE_SUGGEST:
		return take(rq, BUCKET_SUGGEST);
	case RATE_UPLOAD:
		day = take(rq, BUCKET_UPLOAD_DAY);
		return day ? day : take(rq, BUCKET_UPLOAD);
	case RATE_EXPORT:
		return take(rq, BUCKET_EXPORT);
	case RATE_SIGN_IN:
		return take(rq, BUCKET_SIGN_IN);
	case RATE_FREE:
	case RATE_KINDS:
		break;
	}
	return 0;
}

bool guard_rate(struct request *rq)
{
	bool counted = rq->route->rate != RATE_FREE;
	int wait = 0;

	/* A program with a token has one limit for everything it does. */
	if (counted)
		wait = rq->token_id ? take(rq, BUCKET_TOKEN) : take_by_kind(rq, rq->route->rate);
	if (wait == 0)
		return true;
	rq->retry_after = wait;
	reply_refuse(rq, REFUSED_TOO_MANY);
	return false;
}
