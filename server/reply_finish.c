/* The last steps of an answer: entity tag, tokens, compression, caching. */
#include "schema/access.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/cookie.h"
#include "server/csrf.h"
#include "server/gzip.h"
#include "server/reply.h"
#include "server/views/page.h"

/*
 * Hangs on nothing but what this reader sees, under a key, so that nothing hidden moves it and nobody
 * can compute it. Weak, because the same page may be sent compressed or not.
 */
static struct str entity_tag(struct request *rq, struct str body)
{
	struct digester d;
	struct digest tag;
	char text[2 * DIGEST_LEN + 1];

	digester_init(&d);
	digester_i64(&d, rq->reader->person_id);
	digester_i64(&d, rq->lang);
	digester_i64(&d, rq->page ? rq->page->theme : 0);
	digester_i64(&d, rq->json);
	if (rq->json_out) {
		digester_piece(&d, str_head(body, rq->json_out->aside_from));
		body = str_from(body, rq->json_out->aside_to);
	}
	digester_piece(&d, body);
	tag = digester_end(&d);
	tag = digest_keyed(rq->app->key, str_of((const char *)tag.bytes, sizeof(tag.bytes)));
	secret_hex(text, tag.bytes, 12);
	return arena_printf(rq->mem, "W/\"%s\"", text);
}

static bool tag_is_among(struct str list, struct str tag)
{
	struct str bare = str_from(tag, 2);

	while (list.ptr) {
		struct str one = str_trim(str_cut(&list, ','));

		if (str_starts(one, STR("W/")))
			one = str_from(one, 2);
		if (str_eq(one, bare) || str_is(one, "*"))
			return true;
	}
	return false;
}

/* The secret that the tokens of this page hang on; a visit begins where there is none. */
static struct str token_secret(struct request *rq)
{
	char secret[SECRET_TEXT_LEN + 1];

	/* By the hash, so that a form is known again when only the hash is left of its session. */
	if (rq->session)
		return str_of((const char *)rq->session->hash.bytes, DIGEST_LEN);
	if (!rq->visit.len) {
		secret_text(secret);
		rq->visit = arena_str(rq->mem, str_c(secret));
		reply_header(rq, "Set-Cookie",
			     cookie_make(rq->mem, COOKIE_VISIT, rq->visit, rq->app->origin.tls));
	}
	return rq->visit;
}

static void fill_tokens(struct request *rq, struct out *out)
{
	char token[OUT_CSRF_LEN];

	if (out->n_holes == 0)
		return;
	csrf_token(token, rq->mem, rq->app->key, token_secret(rq));
	out_fill_csrf(out, token);
}

static bool has_header(const struct reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->n_headers; i++) {
		if (strcmp(reply->headers[i].name, name) == 0)
			return true;
	}
	return false;
}

/* True when the client has this very page already: then nothing but the head is sent. */
static bool answer_unchanged(struct request *rq, struct reply *reply, struct str body)
{
	struct str tag = entity_tag(rq, body);

	reply_header(rq, "ETag", tag);
	if (!tag_is_among(request_header(rq, "If-None-Match"), tag))
		return false;
	reply->status = 304;
	return true;
}

static void cache_rules(struct request *rq, struct reply *reply, struct str body)
{
	bool may_keep = rq->method == HTTP_GET && reply->status == 200 && !rq->no_store;

	if (has_header(reply, "Cache-Control"))
		return;
	reply_header(rq, "Cache-Control", may_keep ? STR("private, no-cache") : STR("no-store"));
	if (!may_keep || reply->fd >= 0 || !answer_unchanged(rq, reply, body))
		return;
	buf_reset(&reply->body);
	if (rq->out)
		buf_reset(&rq->out->buf);
	if (rq->json_out)
		buf_reset(&rq->json_out->buf);
}

static void compress(struct request *rq, struct reply *reply)
{
	bool plain = reply->kind == REPLY_PAGE || reply->kind == REPLY_DATA;

	if (!plain || reply->body.len <= GZIP_LEAST || has_header(reply, "Content-Encoding") ||
	    !gzip_accepts(request_header(rq, "Accept-Encoding"), "gzip"))
		return;
	gzip_body(rq->worker, &reply->body);
	reply_header(rq, "Content-Encoding", STR("gzip"));
}

void reply_finish(struct request *rq)
{
	struct reply *reply = &rq->exchange->reply;
	struct buf *built = rq->out        ? &rq->out->buf
			    : rq->json_out ? &rq->json_out->buf
					   : &reply->body;

	cache_rules(rq, reply, buf_str(built));
	if (rq->out && reply->status != 304)
		fill_tokens(rq, rq->out);
	if (built != &reply->body) {
		buf_release(&reply->body);
		reply->body = *built;
		*built = (struct buf){0};
	}
	compress(rq, reply);
}
