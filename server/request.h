/*
 * One request as a page sees it: who asks, for what, with which fields. When a page function runs,
 * the guard has already checked session, rights on the object of the path, CSRF token and rate.
 *
 * A whole page:
 *	enum status page_tag_show(struct request *rq)
 *	{
 *		struct tag_view view = {.tag = request_param(rq, "tag")};
 *
 *		TRY(tag_articles(&view.items, rq->db, rq->mem, rq->reader, view.tag));
 *		return REPLY(rq, 200, tag_show, &view);
 *	}
 * and in routes.def
 *	ROUTE(GET, "/tag/:tag", tag_show, SIGNED_IN)
 */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "schema/base/arena.h"
#include "schema/base/err.h"
#include "schema/db.h"
#include "server/form.h"
#include "server/http.h"
#include "server/i18n.h"
#include "server/url.h"

struct app;
struct article;
struct file;
struct group;
struct page;
struct person;
struct reader;
struct session;
struct space;
struct thread;

enum { REQUEST_NUMBER_LEN = 8, REQUEST_PARAMS_MAX = 4 };

/* The language inside page functions. */
#ifndef _
#define _(text) i18n(rq->lang, "" text "")
#endif

struct request_param {
	const char *name;
	struct str value; /* decoded */
};

struct request {
	struct app *app;
	struct arena *mem;         /* of this request; everything may live here */
	struct exchange *exchange; /* the raw request; pages rarely need it */
	struct worker *worker;
	const struct route *route; /* NULL where no route fits */

	enum http_method method;             /* HEAD is HTTP_GET here; the body is cut off later */
	bool json;                           /* asked through /api/v1 */
	char number[REQUEST_NUMBER_LEN + 1]; /* "7KQ2M9XA", in the log and on error pages */

	struct request_param params[REQUEST_PARAMS_MAX];
	size_t n_params;
	struct form query; /* of the address */
	struct form form;  /* of the body; empty for JSON */
	struct json_doc body;
	struct form_faults faults; /* of the last request_read() */

	/*
	 * For GET and HEAD a connection that refuses writes, in one snapshot for the whole request;
	 * otherwise the writer, whose transactions see what is committed at that moment.
	 */
	struct db *db;

	/* Who asks. Never NULL: an anonymous reader may read nothing. */
	struct reader *reader;
	struct session *session; /* NULL for anonymous and for API tokens */
	int64_t token_id;        /* signed in by a Bearer token; else 0 */
	struct str from;         /* address of the client */
	struct str cookie;       /* the session's secret as presented, even if it has ended */
	struct str visit;        /* secret of the visit before signing in, for its CSRF tokens */

	/* What the path names, as this reader may see it; NULL where the path does not name one. */
	struct article *article;
	struct space *space;
	struct thread *thread;
	struct file *file;
	struct person *person;
	struct group *group;

	enum lang lang;    /* of the interface */
	struct page *page; /* what the frame around every page shows; made at first use */

	struct out *out;           /* HTML under construction, or NULL */
	struct json_out *json_out; /* JSON under construction, or NULL */
	bool no_store;             /* set for labelled, administrative and account pages */
	int retry_after;           /* seconds, beside 429 and 503; 0: a short while */
	const char *held;          /* why the form is only shown again: server/pages/held.h */
	bool malformed;            /* an INVALID is the client program's fault: 400 */
};

/* A parameter of the path by its name in routes.def; one that does not exist aborts. */
struct str request_param(const struct request *rq, const char *name) NONNULL;

/* The number of a ":n" parameter. */
int64_t request_param_i64(const struct request *rq, const char *name) NONNULL;

/* A field of the query; the empty text where it is absent. */
struct str request_query(const struct request *rq, const char *name) NONNULL;

/* A number of the query, kept within [least, most]; `normal` where it is absent or no number. */
int64_t request_query_i64(const struct request *rq, const char *name, int64_t normal, int64_t least,
			  int64_t most) NONNULL;

/*
 * Fill the struct that `out` points to from the form, or from the JSON body where the request came
 * through the API, by one table (form.h). Members that the table does not name become zero, so
 * `out` must be of the struct's own type.
 * INVALID: show the form again with 422 and rq->faults, or just return it.
 */
#define request_read(rq, out, fields, n)                                                           \
	(memset((out), 0, sizeof(*(out))), request_read_body((rq), (out), (fields), (n)))

enum status request_read_body(struct request *rq, void *out, const struct form_field *fields,
			      size_t n) NONNULL MUST_USE;

/* The value of a header of the request; the empty text where it is absent. */
struct str request_header(const struct request *rq, const char *name) NONNULL;

/* The text with the origin of `public_url` before it: for feeds, mails and JSON. */
struct str request_absolute(struct request *rq, struct url url) NONNULL;

/* True for X-Fragment: the page may answer with the smallest part that holds this element. */
bool request_wants_fragment(const struct request *rq, struct str *id) NONNULL;

#endif
