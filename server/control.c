/* The server's end of the control socket. */
#include "server/control.h"

#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "schema/base/log.h"
#include "server/control_wire.h"
#include "server/wait.h"

enum { CLIENTS_MAX = 8, ARGUMENTS_MAX = 4096 };

struct client {
	struct control *control;
	struct control_wire wire;
	bool taken;
};

struct control {
	struct control_options options;
	char path[600];
	int listener;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t left; /* a client has gone */
	bool stopping;
	int running;
	struct client clients[CLIENTS_MAX];
};

/* The functions of a command on behalf of a client: each sends, and waits where it needs an answer. */
struct remote_io {
	struct command_io io; /* first */
	struct control_wire *wire;
	struct buf name, content; /* of the last file */
};

static struct remote_io *remote(struct command_io *io)
{
	return (struct remote_io *)(void *)io;
}

static enum status send_text(struct command_io *io, enum control_kind kind, struct str text)
{
	struct control_wire *w = remote(io)->wire;

	/* In pieces, so that any length goes through. */
	do {
		struct str piece = str_head(text, CONTROL_PIECE_MAX);

		control_begin(w, kind);
		wire_text(&w->out, piece);
		TRY(control_send(w));
		text = str_from(text, piece.len);
	} while (text.len);
	return ST_OK;
}

static enum status remote_out(struct command_io *io, struct str text)
{
	return send_text(io, CONTROL_OUT, text);
}

static enum status remote_err(struct command_io *io, struct str text)
{
	return send_text(io, CONTROL_ERR, text);
}

static enum status remote_progress(struct command_io *io, int64_t done, int64_t all)
{
	struct control_wire *w = remote(io)->wire;

	control_begin(w, CONTROL_PROGRESS);
	wire_i64(&w->out, done);
	wire_i64(&w->out, all);
	return control_send(w);
}

/* Ask, and take either the answer of this kind or an outcome. */
static enum status ask(struct control_wire *w, enum control_kind question,
		       enum control_kind expected, struct wire_reader *fields)
{
	enum control_kind kind;

	control_begin(w, question);
	TRY(control_send(w));
	TRY(control_receive(w, &kind, fields));
	if (kind == expected)
		return ST_OK;
	if (kind == CONTROL_DONE)
		TRY(control_outcome(fields));
	return fail(ST_FAILED, "an unexpected message on the control socket");
}

static enum status remote_next_file(struct command_io *io, struct str *name, struct str *content,
				    int *argument)
{
	struct remote_io *r = remote(io);
	struct wire_reader fields;
	int64_t size;

	TRY(ask(r->wire, CONTROL_NEXT_FILE, CONTROL_FILE, &fields));
	*argument = (int)wire_get_u32(&fields);
	buf_reset(&r->name);
	buf_str_add(&r->name, wire_get_text(&fields));
	size = wire_get_i64(&fields);
	if (!wire_get_end(&fields) || size < 0)
		return fail(ST_FAILED, "a damaged message on the control socket");
	TRY(control_receive_content(r->wire, &r->content, size));
	*name = buf_str(&r->name);
	*content = buf_str(&r->content);
	return ST_OK;
}

static enum status remote_put_file(struct command_io *io, int argument, struct str name,
				   struct str content)
{
	struct control_wire *w = remote(io)->wire;
	struct wire_reader fields;
	enum control_kind kind;

	control_begin(w, CONTROL_PUT_FILE);
	wire_u32(&w->out, (uint32_t)argument);
	wire_text(&w->out, name);
	wire_i64(&w->out, (int64_t)content.len);
	TRY(control_send(w));
	TRY(control_send_content(w, content));
	TRY(control_receive(w, &kind, &fields));
	if (kind != CONTROL_DONE)
		return fail(ST_FAILED, "an unexpected message on the control socket");
	return control_outcome(&fields);
}

static enum status remote_read_secret(struct command_io *io, struct arena *mem, struct str *out)
{
	struct control_wire *w = remote(io)->wire;
	struct wire_reader fields;

	TRY(ask(w, CONTROL_SECRET, CONTROL_SECRET_IS, &fields));
	*out = arena_str(mem, wire_get_text(&fields));
	/* The message held a secret. */
	memset(w->in.ptr, 0, w->in.len);
	return ST_OK;
}

static enum status read_arguments(struct control_wire *w, struct arena *mem, int *argc,
				  char ***argv)
{
	struct wire_reader fields;
	enum control_kind kind;
	struct str *texts;
	size_t count = 0;

	TRY(control_receive(w, &kind, &fields));
	if (kind != CONTROL_RUN)
		return fail(ST_FAILED, "an unexpected message on the control socket");
	texts = wire_get_texts(&fields, mem, &count);
	if (!wire_get_end(&fields) || count == 0 || count > ARGUMENTS_MAX)
		return fail(ST_FAILED, "a damaged message on the control socket");
	*argv = arena_array(mem, count + 1, sizeof(**argv));
	for (size_t i = 0; i < count; i++)
		(*argv)[i] = arena_c(mem, texts[i]);
	*argc = (int)count;
	return ST_OK;
}

static enum status run_command(struct client *client)
{
	AUTO(arena) struct arena mem = {0};
	const struct control_options *options = &client->control->options;
	struct remote_io r = {.io = {.out = remote_out,
				     .err = remote_err,
				     .progress = remote_progress,
				     .next_file = remote_next_file,
				     .put_file = remote_put_file,
				     .read_secret = remote_read_secret},
			      .wire = &client->wire};
	char **argv = NULL;
	int argc = 0, code;

	TRY(read_arguments(&client->wire, &mem, &argc, &argv));
	code = options->run(options->app, argc, argv, &r.io);
	buf_release(&r.name);
	buf_release(&r.content);
	control_begin(&client->wire, CONTROL_EXIT);
	wire_u32(&client->wire.out, (uint32_t)code);
	return control_send(&client->wire);
}

static void *serve_client(void *argument)
{
	struct client *client = argument;
	struct control *control = client->control;

	if (run_command(client) != ST_OK)
		log_failure("running a command for the command line");
	pthread_mutex_lock(&control->lock);
	control_wire_release(&client->wire);
	client->taken = false;
	control->running--;
	pthread_cond_broadcast(&control->left);
	pthread_mutex_unlock(&control->lock);
	return NULL;
}

/* Only the owner of the server, or root: the mode of the socket says the same. */
static bool is_owner(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	       (peer.uid == geteuid() || peer.uid == 0);
}

/* Called with the lock; false when nobody can be served now. */
static bool start_client(struct control *control, int fd)
{
	pthread_t thread;

	for (int i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (client->taken)
			continue;
		*client = (struct client){.control = control, .wire = {.fd = fd}, .taken = true};
		if (pthread_create(&thread, NULL, serve_client, client) != 0) {
			client->taken = false;
			return false;
		}
		(void)pthread_detach(thread);
		control->running++;
		return true;
	}
	return false;
}

static void *run(void *argument)
{
	struct control *control = argument;

	for (;;) {
		int fd = accept4(control->listener, NULL, NULL, SOCK_CLOEXEC);
		bool stopping, served = false;

		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		pthread_mutex_lock(&control->lock);
		stopping = control->stopping || fd < 0;
		if (!stopping && is_owner(fd)) {
			while (control->running == CLIENTS_MAX && !control->stopping)
				pthread_cond_wait(&control->left, &control->lock);
			served = !control->stopping && start_client(control, fd);
		}
		pthread_mutex_unlock(&control->lock);
		if (fd >= 0 && !served)
			(void)close(fd);
		if (stopping)
			return NULL;
	}
}

static enum status open_listener(struct control *control)
{
	struct sockaddr_un address;
	int folder = -1, bound;

	/* The folder's lock is ours, so a socket that lies there is a dead one. */
	(void)unlink(control->path);
	TRY(control_address(&address, &folder, control->path));
	control->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bound = control->listener < 0
			? -1
			: bind(control->listener, (const struct sockaddr *)(const void *)&address,
			       sizeof(address));
	(void)close(folder);
	if (bound < 0 || chmod(control->path, 0600) < 0 || listen(control->listener, 16) < 0)
		return fail(ST_FAILED, "control socket %s: %s", control->path, strerror(errno));
	return ST_OK;
}

enum status control_start(struct control **out, const struct control_options *options)
{
	struct control *control = xmalloc(sizeof(*control));

	memset(control, 0, sizeof(*control));
	control->options = *options;
	control->listener = -1;
	(void)snprintf(control->path, sizeof(control->path), "%s", options->path);
	pthread_mutex_init(&control->lock, NULL);
	wait_init(&control->left);
	TRY(open_listener(control));
	if (pthread_create(&control->thread, NULL, run, control) != 0)
		return fail(ST_FAILED, "cannot start the thread of the control socket");
	*out = control;
	return ST_OK;
}

static void wait_clients(struct control *control, int seconds)
{
	int64_t until = clock_mono() + (int64_t)seconds * 1000000;

	while (control->running > 0 && clock_mono() < until)
		wait_change(&control->left, &control->lock, until);
	/* A command whose client is gone ends at its next word. */
	for (int i = 0; i < CLIENTS_MAX; i++) {
		if (control->clients[i].taken)
			(void)shutdown(control->clients[i].wire.fd, SHUT_RDWR);
	}
	while (control->running > 0)
		pthread_cond_wait(&control->left, &control->lock);
}

void control_stop(struct control *control, int seconds)
{
	if (!control)
		return;
	(void)unlink(control->path);
	pthread_mutex_lock(&control->lock);
	control->stopping = true;
	pthread_cond_broadcast(&control->left);
	(void)shutdown(control->listener, SHUT_RDWR); /* wakes the thread in accept4() */
	wait_clients(control, seconds);
	pthread_mutex_unlock(&control->lock);
	pthread_join(control->thread, NULL);
	(void)close(control->listener);
	pthread_cond_destroy(&control->left);
	pthread_mutex_destroy(&control->lock);
	free(control);
}
