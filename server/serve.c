/* Starting, waiting for a signal, and stopping in good order. */
#include "server/serve.h"

#include <errno.h>
#include <malloc.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/journal.h"
#include "server/chores.h"
#include "server/control.h"
#include "server/gate.h"
#include "server/i18n.h"
#include "server/router.h"

enum { BACKLOG = 512, FILES = 8192, STOP_SECONDS = 10 };

struct listener {
	int fd, port;
	char host[64]; /* without brackets */
};

/* "127.0.0.1:8080" or "[::1]:8080" */
static enum status split_listen(struct str listen, struct listener *out)
{
	size_t colon = listen.len;
	struct str host;
	int64_t port;

	while (colon > 0 && listen.ptr[colon - 1] != ':')
		colon--;
	if (colon < 2 || !str_to_i64(str_from(listen, colon), &port) || port < 0 || port > 65535)
		return fail(ST_INVALID, "listen: an address and a port are expected");
	host = str_head(listen, colon - 1);
	if (host.ptr[0] == '[' && str_ends(host, STR("]")))
		host = str_of(host.ptr + 1, host.len - 2);
	if (str_is(host, "localhost"))
		host = STR("127.0.0.1");
	if (host.len >= sizeof(out->host))
		return fail(ST_INVALID, "listen: the address is too long");
	memcpy(out->host, host.ptr, host.len);
	out->host[host.len] = '\0';
	out->port = (int)port;
	return ST_OK;
}

static enum status check_loopback(const struct listener *l)
{
	bool good;
	struct seat_address address = seat_address_parse(str_c(l->host), &good);

	if (!good)
		return fail(ST_INVALID, "listen: %s is no address", l->host);
	if (!seat_address_is_loopback(address))
		return fail(ST_INVALID,
			    "listen: %s would carry passwords over the network unencrypted; listen "
			    "on 127.0.0.1 and let a proxy on this host end TLS",
			    l->host);
	return ST_OK;
}

static enum status bind_to(struct listener *l, const struct addrinfo *where)
{
	int on = 1;
	struct sockaddr_storage bound = {0};
	socklen_t len = sizeof(bound);

	l->fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (l->fd < 0)
		return fail(ST_FAILED, "socket: %s", strerror(errno));
	(void)setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(l->fd, where->ai_addr, where->ai_addrlen) < 0 || listen(l->fd, BACKLOG) < 0 ||
	    getsockname(l->fd, (struct sockaddr *)(void *)&bound, &len) < 0)
		return fail(ST_FAILED, "listen on %s port %d: %s", l->host, l->port,
			    strerror(errno));
	l->port = ntohs(bound.ss_family == AF_INET6
				? ((struct sockaddr_in6 *)(void *)&bound)->sin6_port
				: ((struct sockaddr_in *)(void *)&bound)->sin_port);
	return ST_OK;
}

static enum status open_listener(struct listener *out, struct str listen)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
				 .ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	char port[8];
	enum status outcome;

	TRY(split_listen(listen, out));
	TRY(check_loopback(out));
	(void)snprintf(port, sizeof(port), "%d", out->port);
	if (getaddrinfo(out->host, port, &hints, &found) != 0)
		return fail(ST_INVALID, "listen: %s is no address", out->host);
	outcome = bind_to(out, found);
	freeaddrinfo(found);
	return outcome;
}

/* Signals are taken by waiting for them, in one place; no thread is ever interrupted. */
static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void raise_file_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return;
	files.rlim_cur = files.rlim_max < FILES ? files.rlim_max : FILES;
	if (setrlimit(RLIMIT_NOFILE, &files) < 0)
		log_warn("setrlimit: %s", strerror(errno));
}

/* Everything that runs while the server serves. */
struct running {
	struct app app;
	struct seats *seats;
	struct http *http;
	struct gate *gate;
	struct control *control;
	struct listener listener;
	bool serving; /* the journal says that it began */
};

/* Also a journal that cannot be written must not keep people from reading. */
static void note(struct running *r, struct str action)
{
	AUTO(arena) struct arena mem = {0};
	const struct journal_entry entry = {.action = action, .object_type = STR("server")};
	const char *name = "version";
	struct str version = STR(DEVON_VERSION);

	if (journal_event(r->app.writer, &mem, NULL, &entry, &name, &version, 1) != ST_OK)
		log_failure("noting that the server starts or stops");
}

static enum status start_http(struct running *r)
{
	const struct config *config = r->app.config;
	struct http_options http = {
		.workers = (int)config->workers,
		.queue = (int)config->queue,
		.connections = (int)config->connections,
		.body_seconds = (int)config->form_seconds,
		.upload_seconds = (int)config->upload_seconds,
		.answer_seconds = (int)config->answer_seconds,
		.tls = r->app.origin.tls,
		.lang = LANG_UZ_LATN,
		.folder = r->app.folder,
		.answer = router_answer,
		.context = &r->app,
	};

	(void)lang_from_tag(config->language, &http.lang);
	r->seats = seats_new((int)config->connections, (int)config->connections_each);
	http.seats = r->seats;
	return http_start(&r->http, &http);
}

static enum status start_gate(struct running *r)
{
	const struct config *config = r->app.config;
	struct gate_options gate = {
		.listener = r->listener.fd,
		.header_seconds = (int)config->header_seconds,
		.body_seconds = (int)config->form_seconds,
		.answer_seconds = (int)config->answer_seconds,
		.tls = r->app.origin.tls,
		.lang = LANG_UZ_LATN,
		.origin = &r->app.origin,
		.seats = r->seats,
		.http = r->http,
	};

	(void)lang_from_tag(config->language, &gate.lang);
	return gate_start(&r->gate, &gate);
}

static enum status start(struct running *r, struct arena *mem, const struct serve_options *options)
{
	const struct config *config = options->config;
	struct control_options control = {.run = options->command, .app = &r->app};

	if (!i18n_init())
		return fail(ST_FAILED, "a catalogue of texts is damaged");
	TRY(open_listener(&r->listener, config->listen));
	TRY(app_open(&r->app, config, APP_WRITE | APP_CHILDREN));
	TRY(origin_init(&r->app.origin, mem, config->public_url, str_c(r->listener.host),
			r->listener.port));
	TRY(chores_start(&r->app.chores, &r->app));
	TRY(start_http(r));
	TRY(start_gate(r));
	control.path = app_path(mem, &r->app, "control.sock").ptr;
	TRY(control_start(&r->control, &control));
	note(r, STR("server.start"));
	r->serving = true;
	(void)printf(strchr(r->listener.host, ':') ? "listening on http://[%s]:%d\n"
						   : "listening on http://%s:%d\n",
		     r->listener.host, r->listener.port);
	(void)fflush(stdout);
	return ST_OK;
}

/* A second signal while we stop, or too long a stop, ends at once: what was acknowledged is durable. */
static void *hurry(void *argument)
{
	const struct timespec most = {.tv_sec = 2 * STOP_SECONDS};

	/* A thread that was stopped and goes on has got no signal. */
	while (sigtimedwait(argument, NULL, &most) < 0 && errno == EINTR)
		continue;
	_exit(1);
}

static void stop(struct running *r)
{
	gate_stop(r->gate);
	http_stop(r->http, STOP_SECONDS);
	control_stop(r->control, STOP_SECONDS);
	chores_stop(r->app.chores);
	if (r->serving)
		note(r, STR("server.stop"));
	seats_free(r->seats);
	app_close(&r->app);
}

/* Many threads, answers of some ten KiB: few arenas, and nothing given back to be asked for again. */
static void tune_memory(void)
{
	(void)mallopt(M_ARENA_MAX, 4);
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
	(void)mallopt(M_TRIM_THRESHOLD, 1 << 20);
}

int serve(const struct serve_options *options)
{
	AUTO(arena) struct arena mem = {0};
	struct running r = {.app = {.lock = -1}, .listener = {.fd = -1}};
	enum status outcome;
	sigset_t signals;
	pthread_t hurrying;
	int signal_number = 0;

	tune_memory();
	block_signals(&signals);
	raise_file_limit();
	outcome = start(&r, &mem, options);
	if (outcome == ST_OK)
		(void)sigwait(&signals, &signal_number);
	else
		(void)fprintf(stderr, "devon: %s\n", fail_message());
	if (outcome == ST_OK && pthread_create(&hurrying, NULL, hurry, &signals) == 0)
		(void)pthread_detach(hurrying);
	if (!r.gate && r.listener.fd >= 0)
		(void)close(r.listener.fd);
	stop(&r);
	return outcome == ST_OK         ? COMMAND_GOOD
	       : outcome == ST_CONFLICT ? COMMAND_VERSION
					: COMMAND_FAILED;
}
