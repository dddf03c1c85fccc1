/*
 * libmicrohttpd as a carrier: it takes bodies off the socket and sends answers. What a request says was
 * read by the gate; the library's own opinion of it is never asked. It runs one thread; answers are
 * made in our pool while the connection is suspended.
 */
#include "server/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/gate_answer.h"
#include "server/gzip.h"
#include "server/headers.h"
#include "server/pool.h"
#include "server/spool.h"
#include "server/wait.h"

enum {
	LIBRARY_MEMORY =
		32 * 1024,    /* of one connection, for heads in and out; more would be mapped */
	IDLE_SECONDS = 60,    /* without a byte in either direction */
	UPLOAD_GRACE = 10,    /* seconds before a rate is asked of an upload */
	UPLOAD_RATE = 256,    /* bytes a second */
	UPLOADS_AT_ONCE = 16, /* of more than BODY_FORM_MAX */
	BODIES_MAX = 256 * 1024 * 1024, /* bytes of all smaller bodies together */
};

enum phase { PHASE_BODY, PHASE_WORK, PHASE_SEND };

struct exchange_state {
	struct exchange x; /* first: both are one piece of memory */
	struct http *http;
	struct MHD_Connection *connection;
	struct exchange_state *next, *prev;
	int fd;
	enum phase phase;
	int64_t began; /* the phase */
	struct spool body;
	size_t got; /* of the body */
	bool given; /* the body came with it, and the seat is somebody else's */
	bool whole; /* it is answered before the library has it */
	bool seen, large;
};

struct http {
	struct http_options options;
	struct MHD_Daemon *daemon;
	struct pool *pool;
	struct worker *workers;
	pthread_mutex_t lock; /* of everything below */
	pthread_cond_t quiet;
	struct exchange_state *first;
	struct exchange_state **by_fd; /* handed to the library and not yet begun there */
	size_t fds;
	int busy, large;
	size_t bytes; /* of bodies that are not large */
};

static void reply_release(struct reply *reply)
{
	buf_release(&reply->body);
	if (reply->fd >= 0)
		(void)close(reply->fd);
}

static struct exchange_state *state_new(struct http *http, int fd, struct seat_address from,
					struct str block)
{
	struct exchange_state *s = xmalloc(sizeof(*s));

	/* The parsed head is filled in by its own call; clearing it as well would cost more. */
	memset(&s->x, 0, offsetof(struct exchange, head));
	s->x.body = STR_NONE;
	s->x.from = from;
	s->x.reply = (struct reply){.fd = -1};
	s->x.state = s;
	s->http = http;
	s->connection = NULL;
	s->fd = fd;
	s->phase = PHASE_BODY;
	s->began = clock_mono();
	s->body = (struct spool){.fd = -1};
	s->got = 0;
	s->given = s->whole = s->seen = s->large = false;
	s->x.block = arena_str(&s->x.mem, block);
	return s;
}

static void state_free(struct exchange_state *s)
{
	reply_release(&s->x.reply);
	spool_release(&s->body);
	arena_release(&s->x.mem);
	free(s);
}

/* Count it in; false when there is no room for its body. */
static bool enlist(struct exchange_state *s)
{
	struct http *http = s->http;
	bool room = true;

	pthread_mutex_lock(&http->lock);
	s->large = !s->given && s->x.head.length > BODY_FORM_MAX;
	if (s->large)
		room = http->large < UPLOADS_AT_ONCE;
	else
		room = http->bytes + (size_t)s->x.head.length <= BODIES_MAX;
	if (room) {
		http->large += s->large;
		http->bytes += s->large ? 0 : (size_t)s->x.head.length;
		http->busy++;
		s->prev = NULL;
		s->next = http->first;
		if (http->first)
			http->first->prev = s;
		http->first = s;
		http->by_fd[s->fd] = s;
	}
	pthread_mutex_unlock(&http->lock);
	return room;
}

static void strike_off(struct exchange_state *s)
{
	struct http *http = s->http;

	pthread_mutex_lock(&http->lock);
	*(s->prev ? &s->prev->next : &http->first) = s->next;
	if (s->next)
		s->next->prev = s->prev;
	if (http->by_fd[s->fd] == s)
		http->by_fd[s->fd] = NULL;
	http->large -= s->large;
	http->bytes -= s->large ? 0 : (size_t)s->x.head.length;
	if (--http->busy == 0)
		pthread_cond_broadcast(&http->quiet);
	pthread_mutex_unlock(&http->lock);
	if (!s->given)
		seats_leave(http->options.seats, s->x.from);
}

static void enter(struct exchange_state *s, enum phase phase)
{
	pthread_mutex_lock(&s->http->lock);
	s->phase = phase;
	s->began = clock_mono();
	pthread_mutex_unlock(&s->http->lock);
}

/* ---- in the library's thread ------------------------------------------------------------------ */

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct http *http = context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

		pthread_mutex_lock(&http->lock);
		*socket_context = http->by_fd[info->connect_fd];
		http->by_fd[info->connect_fd] = NULL;
		pthread_mutex_unlock(&http->lock);
	} else if (*socket_context) {
		struct exchange_state *s = *socket_context;

		*socket_context = NULL;
		strike_off(s);
		state_free(s);
	}
}

static bool add_headers(struct MHD_Response *response, const struct exchange_state *s)
{
	const struct reply *reply = &s->x.reply;
	const char *name, *value;

	for (size_t i = 0; i < reply->n_headers; i++) {
		if (MHD_add_response_header(response, reply->headers[i].name,
					    reply->headers[i].value.ptr) != MHD_YES)
			return false;
	}
	for (size_t i = 0; headers_common(i, reply->kind, s->http->options.tls, &name, &value);
	     i++) {
		if (MHD_add_response_header(response, name, value) != MHD_YES)
			return false;
	}
	return true;
}

static struct MHD_Response *make_response(struct reply *reply)
{
	struct str bytes = reply->fixed.ptr ? reply->fixed : buf_str(&reply->body);
	int fd = reply->fd;

	if (fd < 0) /* the bytes live as long as the exchange, which outlives the response */
		return MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.ptr,
						       MHD_RESPMEM_PERSISTENT);
	reply->fd = -1;
	return MHD_create_response_from_fd64((uint64_t)reply->fd_size, fd);
}

/* Last resort, when the answer itself cannot be sent. */
static void say_busy(struct exchange_state *s)
{
	struct gate_asked asked = gate_asked_of(s->x.block, s->http->options.lang);
	struct reply *reply = &s->x.reply;

	reply_release(reply);
	*reply = (struct reply){
		.status = 503, .kind = asked.page ? REPLY_PAGE : REPLY_DATA, .fd = -1};
	gate_answer_body(&reply->body, 503, asked);
	reply->headers[0] = (struct reply_header){"Content-Type", gate_answer_type(asked)};
	reply->headers[1] = (struct reply_header){"Cache-Control", STR("no-store")};
	reply->headers[2] = (struct reply_header){"Retry-After", STR("2")};
	reply->n_headers = 3;
}

static enum MHD_Result send_answer(struct exchange_state *s)
{
	struct MHD_Response *response = make_response(&s->x.reply);
	enum MHD_Result result = MHD_NO;

	enter(s, PHASE_SEND);
	if (response && add_headers(response, s))
		result = MHD_queue_response(s->connection, (unsigned)s->x.reply.status, response);
	else
		log_error("an answer with status %d could not be made", s->x.reply.status);
	if (response)
		MHD_destroy_response(response);
	return result;
}

static enum MHD_Result take_body(struct exchange_state *s, const char *bytes, size_t *len)
{
	if (s->given || (!s->body.open && !spool_open(&s->body, s->http->options.folder,
						      (size_t)s->x.head.length, BODY_FORM_MAX)))
		return MHD_NO;
	if (!spool_add(&s->body, bytes, *len))
		return MHD_NO;
	__atomic_store_n(&s->got, s->got + *len, __ATOMIC_RELAXED); /* read by http_tick() */
	*len = 0;
	return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
				  const char *method, const char *version, const char *bytes,
				  size_t *len, void **request_context)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct exchange_state *s = info ? info->socket_context : NULL;
	struct http *http = context;

	(void)url;
	(void)method;
	(void)version;
	(void)request_context;
	if (!s)
		return MHD_NO;
	if (!s->seen) {
		s->seen = true;
		s->connection = connection;
		return MHD_YES;
	}
	if (*len)
		return take_body(s, bytes, len);
	if (s->phase == PHASE_WORK)
		return send_answer(s);
	if (!s->given && !spool_bytes(&s->x.body, &s->body))
		return MHD_NO;
	enter(s, PHASE_WORK);
	MHD_suspend_connection(connection);
	if (!pool_add(http->pool, s)) {
		say_busy(s);
		MHD_resume_connection(connection);
	}
	return MHD_YES;
}

static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

PRINTF(2, 0) static void on_log(void *context, const char *format, va_list args)
{
	char line[256];

	(void)context;
	(void)vsnprintf(line, sizeof(line), format, args);
	log_line(LOG_DEBUG, "libmicrohttpd: %s", line);
}

/* ---- in the pool ------------------------------------------------------------------------------ */

/* Let the library have the socket, which it closes in every case. */
static void give_to_library(struct exchange_state *s)
{
	/* Of the address only the family matters: whether TCP's options can be set. */
	struct sockaddr_in address = {.sin_family = s->given ? AF_UNIX : AF_INET};

	if (MHD_add_connection(s->http->daemon, s->fd,
			       (const struct sockaddr *)(const void *)&address,
			       sizeof(address)) == MHD_YES)
		return;
	strike_off(s);
	state_free(s);
}

static void work(void *context, int number, void *job)
{
	struct http *http = context;
	struct exchange_state *s = job;

	http->options.answer(http->options.context, &http->workers[number], &s->x);
	if (s->whole)
		give_to_library(s);
	else
		MHD_resume_connection(s->connection);
}

/* ---- for the gate ----------------------------------------------------------------------------- */

/*
 * A request that is all there is answered before the library hears of it, which then only has to
 * send; one with a body goes to the library first, which takes the body off the socket.
 */
static void hand_over(struct exchange_state *s)
{
	struct http *http = s->http;

	if (!enlist(s)) {
		AUTO(buf) struct buf answer = {0};

		gate_answer_write(&answer, 503, gate_asked_of(s->x.block, http->options.lang),
				  http->options.tls);
		(void)send(s->fd, answer.ptr, answer.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		(void)close(s->fd);
		if (!s->given)
			seats_leave(http->options.seats, s->x.from);
		state_free(s);
		return;
	}
	s->whole = s->given || s->x.head.length == 0;
	if (s->whole) {
		enter(s, PHASE_WORK);
		if (pool_add(http->pool, s))
			return;
		say_busy(s);
	}
	give_to_library(s);
}

void http_add(struct http *http, int fd, struct seat_address from, const struct http_head *head,
	      struct str block)
{
	struct exchange_state *s = state_new(http, fd, from, block);

	http_head_copy(&s->x.head, head, block, s->x.block);
	hand_over(s);
}

void http_add_read(struct http *http, int fd, struct seat_address from,
		   const struct http_head *head, struct str block, struct str body)
{
	struct exchange_state *s = state_new(http, fd, from, block);

	http_head_copy(&s->x.head, head, block, s->x.block);
	s->x.body = arena_str(&s->x.mem, body);
	s->given = true;
	hand_over(s);
}

/* Whether the time of a connection is over in its phase. */
static bool is_late(const struct exchange_state *s, int64_t now)
{
	const struct http_options *options = &s->http->options;
	int64_t seconds = (now - s->began) / 1000000;

	switch (s->phase) {
	case PHASE_BODY:
		if (s->x.head.type != BODY_UPLOAD && s->x.head.type != BODY_RAW)
			return seconds >= options->body_seconds;
		return seconds >= options->upload_seconds ||
		       (seconds >= UPLOAD_GRACE &&
			(int64_t)__atomic_load_n(&s->got, __ATOMIC_RELAXED) <
				seconds * UPLOAD_RATE);
	case PHASE_WORK:
		return false; /* bounded by the deadlines of what it waits for */
	case PHASE_SEND:
		return seconds >= options->answer_seconds;
	}
	return false;
}

void http_tick(struct http *http, int64_t now)
{
	pthread_mutex_lock(&http->lock);
	for (struct exchange_state *s = http->first; s; s = s->next) {
		if (is_late(s, now))
			(void)shutdown(s->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&http->lock);
}

static enum status start_daemon(struct http *http)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC |
			 MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

	http->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
		/* Seats are ours to give, so its own limit is never reached. */
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)http->options.connections * 2,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)LIBRARY_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, http, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (!http->daemon)
		return fail(ST_FAILED, "libmicrohttpd does not start: %s", strerror(errno));
	return ST_OK;
}

enum status http_start(struct http **out, const struct http_options *options)
{
	struct http *http = xmalloc(sizeof(*http));
	size_t workers = (size_t)options->workers;
	struct rlimit files;
	struct pool_options pool = {options->workers, options->queue, work, http};

	memset(http, 0, sizeof(*http));
	*out = http;
	http->options = *options;
	pthread_mutex_init(&http->lock, NULL);
	wait_init(&http->quiet);
	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return fail(ST_FAILED, "getrlimit: %s", strerror(errno));
	http->fds = (size_t)files.rlim_cur;
	http->by_fd = calloc(http->fds, sizeof(struct exchange_state *));
	if (!http->by_fd)
		return fail(ST_FAILED, "too many open files are allowed: %zu", http->fds);
	http->workers = xmalloc(workers * sizeof(*http->workers));
	for (size_t i = 0; i < workers; i++)
		http->workers[i] = (struct worker){.number = (int)i};
	TRY(pool_start(&http->pool, &pool));
	return start_daemon(http);
}

/* Wait until nothing runs any more, or the time is over. */
static void wait_quiet(struct http *http, int seconds)
{
	int64_t until = clock_mono() + (int64_t)seconds * 1000000;

	pthread_mutex_lock(&http->lock);
	while (http->busy > 0 && clock_mono() < until)
		wait_change(&http->quiet, &http->lock, until);
	/* What still reads or sends now is cut off; the library then lets go of it. */
	for (struct exchange_state *s = http->first; s; s = s->next)
		(void)shutdown(s->fd, SHUT_RDWR);
	pthread_mutex_unlock(&http->lock);
}

void http_stop(struct http *http, int seconds)
{
	if (!http)
		return;
	wait_quiet(http, seconds);
	pool_stop(http->pool); /* every suspended connection is resumed behind this */
	if (http->daemon)
		MHD_stop_daemon(http->daemon);
	pthread_cond_destroy(&http->quiet);
	pthread_mutex_destroy(&http->lock);
	for (int i = 0; http->workers && i < http->options.workers; i++)
		gzip_release(&http->workers[i]);
	free(http->workers);
	free(http->by_fd);
	free(http);
}
