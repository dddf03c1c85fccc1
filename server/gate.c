/*
 * The gate's thread. A connection is first watched until its head is there (edge-triggered, peeking,
 * so that the bytes stay for the library), then handed on, or answered and drained: closing a socket
 * with unread bytes would reset it, and the answer could be lost on its way.
 */
#include "server/gate.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/gate_answer.h"
#include "server/gate_chunks.h"

enum {
	EVENTS = 64,
	ACCEPTS = 64,          /* at one waking, so that others get their turn */
	DRAIN_MS = 2000,       /* for the client to read our answer */
	DRAIN_BYTES = 1 << 20, /* of what it still sends */
	SINK_BYTES = 2 * BODY_UPLOAD_MAX,
	TICK_MS = 1000,
	ANONYMOUS_MAX = 64 * 1024, /* bytes of a body without any credentials */
};

enum phase {
	PHASE_HEAD,
	PHASE_CHUNKS, /* reading a chunked body, which the library would read too leniently */
	PHASE_COPY,   /* copying the library's answer to that request */
	PHASE_DRAIN,
	PHASE_SINK, /* the same for people, who send all of a file before they look at an answer */
	PHASES
};

struct visitor {
	struct visitor *next, *prev; /* in the list of its phase, oldest deadline first */
	enum phase phase;
	int fd;
	struct seat_address from;
	int64_t deadline;
	size_t scanned; /* bytes of the head looked at; in PHASE_DRAIN bytes thrown away */
	struct gate_chunks *chunks; /* in PHASE_CHUNKS and PHASE_COPY */
};

struct list {
	struct visitor *first, *last;
};

struct gate {
	struct gate_options options;
	pthread_t thread;
	int epoll, wake;
	bool stopping;
	int64_t ticked;
	struct visitor *gone; /* freed when no event at hand can name them any more */
	struct list lists[PHASES];
	char head[HEAD_MAX + 1]; /* peeked, for the visitor at hand */
	struct http_head parsed;
};

static void list_remove(struct list *list, struct visitor *v)
{
	*(v->prev ? &v->prev->next : &list->first) = v->next;
	*(v->next ? &v->next->prev : &list->last) = v->prev;
}

/* Deadlines of one phase are all equally long, so the list stays in order. */
static void list_add(struct list *list, struct visitor *v)
{
	v->next = NULL;
	v->prev = list->last;
	*(list->last ? &list->last->next : &list->first) = v;
	list->last = v;
}

static void enter(struct gate *gate, struct visitor *v, enum phase phase, int64_t milliseconds)
{
	v->phase = phase;
	v->deadline = clock_mono() + milliseconds * 1000;
	list_add(&gate->lists[phase], v);
}

/* Forget a visitor; its socket stays open when it was handed on. */
static void forget(struct gate *gate, struct visitor *v)
{
	list_remove(&gate->lists[v->phase], v);
	gate_chunks_free(v->chunks);
	v->chunks = NULL;
	v->phase = PHASES;
	v->next = gate->gone;
	gate->gone = v;
}

static void free_gone(struct gate *gate)
{
	while (gate->gone) {
		struct visitor *next = gate->gone->next;

		free(gate->gone);
		gate->gone = next;
	}
}

static void dismiss(struct gate *gate, struct visitor *v)
{
	(void)close(v->fd);
	seats_leave(gate->options.seats, v->from);
	forget(gate, v);
}

/* `seen`: what has come of the request. */
static void send_answer(const struct gate *gate, int fd, int status, struct str seen)
{
	AUTO(buf) struct buf answer = {0};

	gate_answer_write(&answer, status, gate_asked_of(seen, gate->options.lang),
			  gate->options.tls);
	(void)send(fd, answer.ptr, answer.len, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Send our answer and wait for the client to read it. */
static void refuse(struct gate *gate, struct visitor *v, int status, struct str seen)
{
	send_answer(gate, v->fd, status, seen);
	(void)shutdown(v->fd, SHUT_WR);
	list_remove(&gate->lists[v->phase], v);
	v->scanned = 0;
	enter(gate, v, PHASE_DRAIN, DRAIN_MS);
}

static void drain(struct gate *gate, struct visitor *v)
{
	for (;;) {
		ssize_t got = recv(v->fd, gate->head, HEAD_MAX, MSG_DONTWAIT);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (got <= 0)
			break;
		v->scanned += (size_t)got;
		if (v->scanned > (v->phase == PHASE_SINK ? SINK_BYTES : DRAIN_BYTES))
			break;
	}
	dismiss(gate, v);
}

/* Let the library answer into one end of a pair; its other end is copied to the client. */
static void answer_chunks(struct gate *gate, struct visitor *v)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data = {.ptr = v}};
	struct epoll_event both = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
				   .data = {.ptr = v}};
	int inner = gate_chunks_pair(v->chunks);

	list_remove(&gate->lists[v->phase], v);
	enter(gate, v, PHASE_COPY, (int64_t)gate->options.answer_seconds * 1000);
	if (inner < 0 || epoll_ctl(gate->epoll, EPOLL_CTL_MOD, v->fd, &both) < 0 ||
	    epoll_ctl(gate->epoll, EPOLL_CTL_ADD, gate_chunks_outer(v->chunks), &event) < 0) {
		if (inner >= 0)
			(void)close(inner);
		dismiss(gate, v);
		return;
	}
	http_add_read(gate->options.http, inner, v->from, gate_chunks_head(v->chunks),
		      gate_chunks_block(v->chunks), gate_chunks_body(v->chunks));
}

static void read_chunks(struct gate *gate, struct visitor *v)
{
	int status = gate_chunks_read(v->chunks, v->fd);

	if (status == GATE_CHUNKS_MORE)
		return;
	if (status == GATE_CHUNKS_GONE) {
		dismiss(gate, v);
	} else if (status != GATE_CHUNKS_WHOLE) {
		refuse(gate, v, status, gate_chunks_block(v->chunks));
		drain(gate, v);
	} else {
		answer_chunks(gate, v);
	}
}

static void copy_answer(struct gate *gate, struct visitor *v)
{
	int status = gate_chunks_copy(v->chunks, v->fd);

	if (status == GATE_CHUNKS_MORE)
		return;
	if (status == GATE_CHUNKS_GONE) {
		dismiss(gate, v);
		return;
	}
	(void)shutdown(v->fd, SHUT_WR);
	list_remove(&gate->lists[v->phase], v);
	v->scanned = 0;
	if (gate_chunks_head(v->chunks)->refused)
		enter(gate, v, PHASE_SINK, (int64_t)gate->options.body_seconds * 1000);
	else
		enter(gate, v, PHASE_DRAIN, DRAIN_MS);
	gate_chunks_free(v->chunks); /* whoever is slow to go holds one descriptor, not two */
	v->chunks = NULL;
	drain(gate, v);
}

/* Sent by a browser from a form: it is answered under the person's session, with the whole frame. */
static bool wants_page(const struct http_head *head)
{
	return head->method == HTTP_POST && !str_starts(head->path, STR("/api/")) &&
	       str_search(head_value(head, "Accept"), STR("text/html")) >= 0;
}

/* The head is whole and good: on to the library, or first to the reader of chunked bodies. */
static void hand_on(struct gate *gate, struct visitor *v, size_t len)
{
	struct str block = str_of(gate->head, len);

	if (gate->parsed.length >= 0) {
		(void)epoll_ctl(gate->epoll, EPOLL_CTL_DEL, v->fd, NULL);
		http_add(gate->options.http, v->fd, v->from, &gate->parsed, block);
		forget(gate, v);
		return;
	}
	v->chunks = gate_chunks_new(&gate->parsed, block);
	list_remove(&gate->lists[v->phase], v);
	enter(gate, v, PHASE_CHUNKS, (int64_t)gate->options.body_seconds * 1000);
	read_chunks(gate, v);
}

/* What to answer to the bytes seen so far: 0 go on, -1 wait for more, else refuse. */
static int judge(struct gate *gate, struct visitor *v, size_t got, size_t *len)
{
	int status;

	*len = gate_head_end(str_of(gate->head, got), v->scanned);
	v->scanned = got;
	if (*len == 0 && got <= HEAD_MAX)
		return -1;
	if (*len == 0)
		return memchr(gate->head, '\n', TARGET_MAX + 32) ? 431 : 414;
	status = gate_parse(&gate->parsed, str_of(gate->head, *len));
	if (status == 0 && !origin_is_host(gate->options.origin, gate->parsed.host))
		status = 421;
	/* Nobody signed in can be behind it, so its many bytes are not waited for. */
	if (status == 0 && gate->parsed.length > ANONYMOUS_MAX &&
	    !head_has(&gate->parsed, "Cookie") && !head_has(&gate->parsed, "Authorization"))
		status = 401;
	return status;
}

static void look(struct gate *gate, struct visitor *v, bool closed)
{
	ssize_t got;
	size_t len;
	int status;

	do
		got = recv(v->fd, gate->head, sizeof(gate->head), MSG_PEEK | MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return;
	status = got <= 0 ? -1 : judge(gate, v, (size_t)got, &len);
	/* Closed, or half closed without a whole head: nobody has asked anything. */
	if (status < 0 && (got <= 0 || closed))
		dismiss(gate, v);
	if (status < 0)
		return;
	if ((status == 413 || status == 401) && wants_page(&gate->parsed)) {
		v->chunks = gate_chunks_refused(&gate->parsed, str_of(gate->head, len), status);
		answer_chunks(gate, v);
	} else if (status > 0) {
		refuse(gate, v, status, str_of(gate->head, (size_t)got));
		drain(gate, v);
	} else {
		hand_on(gate, v, len);
	}
}

/*
 * No seat is free: say so and close at once, whatever the client was about to send. Nobody knows yet who
 * asks, for the head comes after the connection; to wait for it would be a seat.
 */
static void turn_away(const struct gate *gate, int fd)
{
	send_answer(gate, fd, 503, STR_NONE);
	(void)shutdown(fd, SHUT_WR);
	(void)close(fd);
}

static void welcome(struct gate *gate, int fd, const struct sockaddr *address)
{
	struct seat_address from = seat_address_of(address);
	struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET};
	struct visitor *v;

	if (!seats_take(gate->options.seats, from)) {
		turn_away(gate, fd);
		return;
	}
	v = xmalloc(sizeof(*v));
	*v = (struct visitor){.fd = fd, .from = from};
	enter(gate, v, PHASE_HEAD, (int64_t)gate->options.header_seconds * 1000);
	event.data.ptr = v;
	if (epoll_ctl(gate->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
		dismiss(gate, v);
	else
		look(gate, v, false); /* most heads are there already */
}

static void accept_some(struct gate *gate)
{
	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_storage address = {0};
		socklen_t len = sizeof(address);
		int fd = accept4(gate->options.listener, (struct sockaddr *)(void *)&address, &len,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0) {
			welcome(gate, fd, (const struct sockaddr *)(const void *)&address);
			continue;
		}
		if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR &&
		    errno != ECONNABORTED) {
			log_warn("accept: %s", strerror(errno));
			(void)poll(NULL, 0, 20); /* out of descriptors, most likely */
		}
		return;
	}
}

static struct str seen_of(struct gate *gate, const struct visitor *v)
{
	ssize_t got = recv(v->fd, gate->head, HEAD_MAX, MSG_PEEK | MSG_DONTWAIT);

	return str_of(gate->head, got > 0 ? (size_t)got : 0);
}

/* End what took too long. A head that never came is not answered: nobody has asked anything. */
static void expire(struct gate *gate, int64_t now)
{
	for (int phase = 0; phase < PHASES; phase++) {
		struct visitor *v;

		while ((v = gate->lists[phase].first) && v->deadline <= now) {
			if (phase == PHASE_HEAD && v->scanned > 0)
				refuse(gate, v, 408, seen_of(gate, v));
			else
				dismiss(gate, v);
		}
	}
}

/* Milliseconds until something is due. */
static int pause_length(const struct gate *gate, int64_t now)
{
	int64_t until = gate->ticked + TICK_MS * 1000;

	for (int phase = 0; phase < PHASES; phase++) {
		const struct visitor *v = gate->lists[phase].first;

		if (v && v->deadline < until)
			until = v->deadline;
	}
	return until <= now ? 0 : (int)((until - now + 999) / 1000);
}

static void attend(struct gate *gate, struct visitor *v, uint32_t events)
{
	switch (v->phase) {
	case PHASE_HEAD:
		look(gate, v, events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR));
		break;
	case PHASE_CHUNKS:
		read_chunks(gate, v);
		break;
	case PHASE_COPY:
		copy_answer(gate, v);
		break;
	case PHASE_DRAIN:
	case PHASE_SINK:
		drain(gate, v);
		break;
	case PHASES: /* forgotten by an earlier event of the same batch */
		break;
	}
}

static void step(struct gate *gate)
{
	struct epoll_event events[EVENTS];
	int64_t now = clock_mono();
	bool knocking = false;
	int count = epoll_wait(gate->epoll, events, EVENTS, pause_length(gate, now));

	for (int i = 0; i < count; i++) {
		struct visitor *v = events[i].data.ptr;

		if (events[i].data.ptr == gate)
			knocking = true;
		else if (v)
			attend(gate, v, events[i].events);
	}
	now = clock_mono();
	if (knocking)
		accept_some(gate);
	expire(gate, now);
	free_gone(gate);
	if (now - gate->ticked >= TICK_MS * 1000) {
		gate->ticked = now;
		http_tick(gate->options.http, now);
	}
}

static void *run(void *argument)
{
	struct gate *gate = argument;

	while (!__atomic_load_n(&gate->stopping, __ATOMIC_ACQUIRE))
		step(gate);
	for (int phase = 0; phase < PHASES; phase++) {
		while (gate->lists[phase].first)
			dismiss(gate, gate->lists[phase].first);
	}
	free_gone(gate);
	return NULL;
}

static enum status watch(struct gate *gate, int fd, void *mark)
{
	struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = mark}};

	if (epoll_ctl(gate->epoll, EPOLL_CTL_ADD, fd, &event) < 0)
		return fail(ST_FAILED, "epoll_ctl: %s", strerror(errno));
	return ST_OK;
}

enum status gate_start(struct gate **out, const struct gate_options *options)
{
	struct gate *gate = xmalloc(sizeof(*gate));

	memset(gate, 0, sizeof(*gate));
	gate->options = *options;
	gate->ticked = clock_mono();
	gate->epoll = epoll_create1(EPOLL_CLOEXEC);
	gate->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (gate->epoll < 0 || gate->wake < 0)
		return fail(ST_FAILED, "epoll: %s", strerror(errno));
	/* The listener is marked by the gate itself, the waker by nothing. */
	TRY(watch(gate, options->listener, gate));
	TRY(watch(gate, gate->wake, NULL));
	if (pthread_create(&gate->thread, NULL, run, gate) != 0)
		return fail(ST_FAILED, "pthread_create: %s", strerror(errno));
	*out = gate;
	return ST_OK;
}

void gate_stop(struct gate *gate)
{
	uint64_t one = 1;

	if (!gate)
		return;
	__atomic_store_n(&gate->stopping, true, __ATOMIC_RELEASE);
	if (write(gate->wake, &one, sizeof(one)) != sizeof(one))
		log_warn("gate: the waker does not answer");
	pthread_join(gate->thread, NULL);
	(void)close(gate->options.listener);
	(void)close(gate->wake);
	(void)close(gate->epoll);
	free(gate);
}
