/* Answers. A page ends with one of these; outcomes other than ST_OK become answers in router.c. */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include "schema/base/log.h"
#include "server/json.h"
#include "server/out.h"
#include "server/request.h"
#include "server/router.h"
#include "server/words.h"

/*
 * Answer with a view struct: view_NAME(out, rq->page, view) for people, json_NAME(json, rq, view)
 * for programs. Its value is ST_OK, so that a page ends with: return REPLY(rq, 200, article_show, &view);
 */
#define REPLY(rq, http_status, name, view)                                                         \
	((rq)->json                                                                                \
		 ? (json_##name(reply_json((rq), (http_status)), (rq), (view)), ST_OK)             \
		 : (view_##name(reply_html((rq), (http_status)), reply_page(rq), (view)), ST_OK))

/* For pages without a JSON twin, and for JSON without a page. */
#define REPLY_HTML(rq, http_status, name, view)                                                    \
	(view_##name(reply_html((rq), (http_status)), reply_page(rq), (view)), ST_OK)
#define REPLY_JSON(rq, http_status, name, view)                                                    \
	(json_##name(reply_json((rq), (http_status)), (rq), (view)), ST_OK)

/* Begin an answer, dropping one that was begun before. Never NULL. */
struct out *reply_html(struct request *rq, int http_status) NONNULL
	__attribute__((returns_nonnull));
struct json_out *reply_json(struct request *rq, int http_status) NONNULL
	__attribute__((returns_nonnull));

/* What the frame around pages shows to this reader. */
const struct page *reply_page(struct request *rq) NONNULL __attribute__((returns_nonnull));

/* 303 to a page of our own, after an act has been done. In JSON: 204. Always ST_OK. */
enum status reply_redirect(struct request *rq, struct url to) NONNULL;

/* 204, for acts whose JSON answer has nothing to say. */
enum status reply_nothing(struct request *rq) NONNULL;

/*
 * Bytes with their type, such as "text/markdown; charset=utf-8". Sandboxed: for everything that
 * is neither a view nor our own JSON. `bytes` lives in rq->mem or for ever.
 */
enum status reply_bytes(struct request *rq, int http_status, const char *type, struct str bytes)
	NONNULL;

/* The same for what this program has written itself: feeds, descriptions, plain text. */
enum status reply_data(struct request *rq, int http_status, const char *type, struct str bytes)
	NONNULL;

/*
 * A file, sent from `fd`, which is closed afterwards. `name` is the name to save it under;
 * `show` lets the browser display it (verified pictures only).
 */
enum status reply_file(struct request *rq, int fd, int64_t size, const char *type, struct str name,
		       bool show) NONNULL;

/* One of our own static files, kept for ever; `coding` is "gzip", "br" or NULL. */
enum status reply_asset(struct request *rq, const char *type, struct str bytes, const char *coding)
	__attribute__((nonnull(1, 2)));

/* Another header. `name` is a literal; a value with CR, LF or NUL is a fault of the program: 500. */
void reply_header(struct request *rq, const char *name, struct str value) NONNULL;

/* The session cookie: set to a fresh secret, or taken back. */
void reply_cookie(struct request *rq, struct str secret) NONNULL;
void reply_cookie_end(struct request *rq) NONNULL;

/* What the browser remembers of the interface: a language's tag; "light", "dark" or "". */
void reply_language(struct request *rq, enum lang lang) NONNULL;
void reply_theme(struct request *rq, struct str theme) NONNULL;

/* ---- for router.c ------------------------------------------------------------------------------ */

/* Why a request is refused before or instead of its page; each has one status and one wording. */
enum refusal {
	REFUSED_MALFORMED, /* 400 */
	REFUSED_ANONYMOUS, /* 401, or for a page a way to sign in */
	REFUSED_CSRF,      /* 403 */
	REFUSED_DENIED,    /* 403 */
	REFUSED_NOT_FOUND, /* 404 */
	REFUSED_METHOD,    /* 405 */
	REFUSED_CONFLICT,  /* 409 */
	REFUSED_TOO_LARGE, /* 413 */
	REFUSED_TYPE,      /* 415 */
	REFUSED_INVALID,   /* 422, with the words of the failure */
	REFUSED_TOO_MANY,  /* 429 */
	REFUSED_FAILED,    /* 500 */
	REFUSED_BUSY,      /* 503 */
	REFUSED_FULL,      /* 503: no room on the disk */
};
void reply_refuse(struct request *rq, enum refusal refusal) NONNULL;

/* The answer for an outcome other than ST_OK. */
void reply_outcome(struct request *rq, enum status outcome) NONNULL;

/* Entity tag, CSRF tokens, compression and the headers that depend on the answer. */
void reply_finish(struct request *rq) NONNULL;

#endif
