/*
 * HTTP behind the gate: libmicrohttpd carries bytes, our own fixed pool of threads does the work.
 * One exchange is one request and its answer; one connection carries one exchange.
 */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"
#include "schema/base/err.h"
#include "server/gate_parse.h"
#include "server/i18n.h"
#include "server/seats.h"

enum { REPLY_HEADERS_MAX = 24, RETRY_AFTER = 2 };

/* What kind of bytes an answer holds: decides about its Content-Security-Policy. */
enum reply_kind {
	REPLY_PAGE,  /* HTML of our own views */
	REPLY_DATA,  /* JSON, plain text, feeds: never run, never framed */
	REPLY_ASSET, /* our own static files */
	REPLY_BYTES, /* what people have uploaded or typed: sandboxed */
};

struct reply_header {
	const char *name; /* literal */
	struct str value; /* ends in NUL; without CR, LF and NUL */
};

/* An answer. reply.h has the functions that fill it. */
struct reply {
	int status;
	enum reply_kind kind;
	struct reply_header headers[REPLY_HEADERS_MAX];
	size_t n_headers;
	struct buf body;  /* the bytes, or */
	struct str fixed; /* bytes that outlive the answer, or */
	int fd;           /* a file, closed after the answer; -1 for none */
	int64_t fd_size;
};

struct exchange {
	struct arena mem; /* of the request, given back after the answer was sent */
	struct str block; /* the raw head */
	struct http_head head;
	struct str body;
	struct seat_address from; /* the peer of the connection */
	struct reply reply;
	struct exchange_state *state; /* of http.c */
};

/* What one thread of the pool keeps between requests. */
struct worker {
	int number;
	void *gzip; /* a z_stream, made at first use; see gzip.h */
};

struct http_options {
	int workers;        /* threads that make answers: 16 */
	int queue;          /* requests that may wait for one: 256 */
	int connections;    /* at once: 1,000 */
	int body_seconds;   /* for a form or JSON: 120 */
	int upload_seconds; /* for an upload: 900 */
	int answer_seconds; /* for sending the whole answer: 900 */
	bool tls;           /* people reach us over https: HSTS is sent */
	enum lang lang;     /* of answers to those who ask for none */
	const char *folder; /* where large bodies are kept while they come in */
	struct seats *seats;
	/* Fill x->reply; called in a thread of the pool, several at once. */
	void (*answer)(void *context, struct worker *worker, struct exchange *x);
	void *context;
};

struct http;
enum status http_start(struct http **out, const struct http_options *options) NONNULL MUST_USE;

/*
 * Take over a connection whose head was parsed: `head` points into `block`, which starts with what
 * the socket still holds unread. The seat is given back when the connection ends.
 * The socket is closed on failure.
 */
void http_add(struct http *http, int fd, struct seat_address from, const struct http_head *head,
	      struct str block) NONNULL;

/* Hand in a request whose head and body were already read from somewhere else than `fd`. */
void http_add_read(struct http *http, int fd, struct seat_address from,
		   const struct http_head *head, struct str block, struct str body) NONNULL;

/* Cut connections whose time is over; called about once a second. */
void http_tick(struct http *http, int64_t now) NONNULL;

/* Wait at most `seconds` for running requests, then end everything. */
void http_stop(struct http *http, int seconds);

#endif
