/* The command line's end of the control socket: does on this side what the server asks for. */
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/base/secret.h"
#include "server/control.h"
#include "server/control_wire.h"

enum { PATIENCE = 5000000, PAUSE = 20000 }; /* microseconds */

static enum status send_done(struct control_wire *w, enum status outcome)
{
	control_begin(w, CONTROL_DONE);
	wire_u32(&w->out, (uint32_t)outcome);
	wire_text(&w->out, outcome == ST_OK ? STR_NONE : str_c(fail_message()));
	return control_send(w);
}

static enum status send_next_file(struct control_wire *w, struct command_io *local)
{
	struct str name, content;
	int argument = 0;
	enum status outcome = local->next_file(local, &name, &content, &argument);

	if (outcome != ST_OK)
		return send_done(w, outcome);
	control_begin(w, CONTROL_FILE);
	wire_u32(&w->out, (uint32_t)argument);
	wire_text(&w->out, name);
	wire_i64(&w->out, (int64_t)content.len);
	TRY(control_send(w));
	return control_send_content(w, content);
}

static enum status put_file(struct control_wire *w, struct command_io *local,
			    struct wire_reader *fields)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf content = {0};
	int argument = (int)wire_get_u32(fields);
	struct str name = arena_str(&mem, wire_get_text(fields));
	int64_t size = wire_get_i64(fields);

	if (!wire_get_end(fields) || size < 0)
		return fail(ST_FAILED, "a damaged message on the control socket");
	TRY(control_receive_content(w, &content, size));
	return send_done(w, local->put_file(local, argument, name, buf_str(&content)));
}

static enum status send_secret(struct control_wire *w, struct command_io *local)
{
	AUTO(arena) struct arena mem = {0};
	struct str secret;
	enum status outcome = local->read_secret(local, &mem, &secret);

	if (outcome != ST_OK)
		return send_done(w, outcome);
	control_begin(w, CONTROL_SECRET_IS);
	wire_text(&w->out, secret);
	outcome = control_send(w);
	secret_wipe(w->out.ptr, w->out.len);
	return outcome;
}

/* One wish of the server. */
static enum status fulfil(struct control_wire *w, struct command_io *local, enum control_kind kind,
			  struct wire_reader *fields)
{
	int64_t done;

	switch (kind) {
	case CONTROL_OUT:
		return local->out(local, wire_get_text(fields));
	case CONTROL_ERR:
		return local->err(local, wire_get_text(fields));
	case CONTROL_PROGRESS:
		done = wire_get_i64(fields);
		return local->progress(local, done, wire_get_i64(fields));
	case CONTROL_NEXT_FILE:
		return send_next_file(w, local);
	case CONTROL_PUT_FILE:
		return put_file(w, local, fields);
	case CONTROL_SECRET:
		return send_secret(w, local);
	case CONTROL_RUN:
	case CONTROL_EXIT:
	case CONTROL_FILE:
	case CONTROL_PIECE:
	case CONTROL_SECRET_IS:
	case CONTROL_DONE:
		break;
	}
	return fail(ST_FAILED, "an unexpected message on the control socket");
}

static enum status connect_once(int *out, const char *path)
{
	struct sockaddr_un address;
	int folder = -1, fd, connected;

	TRY(control_address(&address, &folder, path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	connected = fd < 0 ? -1
			   : connect(fd, (const struct sockaddr *)(const void *)&address,
				     sizeof(address));
	(void)close(folder);
	if (connected == 0) {
		*out = fd;
		return ST_OK;
	}
	if (fd >= 0)
		(void)close(fd);
	return fail(ST_NOT_FOUND, "no server answers on %s: %s", path, strerror(errno));
}

/* A server that is just starting holds the lock before it listens. */
static enum status connect_patiently(int *out, const char *path)
{
	int64_t until = clock_mono() + PATIENCE;
	enum status outcome = connect_once(out, path);

	while (outcome == ST_NOT_FOUND && clock_mono() < until) {
		(void)usleep(PAUSE);
		outcome = connect_once(out, path);
	}
	return outcome;
}

static enum status converse(int *exit_code, struct control_wire *w, int argc, char **argv,
			    struct command_io *local)
{
	control_begin(w, CONTROL_RUN);
	wire_u32(&w->out, (uint32_t)argc);
	for (int i = 0; i < argc; i++)
		wire_text(&w->out, str_c(argv[i]));
	TRY(control_send(w));
	for (;;) {
		struct wire_reader fields;
		enum control_kind kind;

		TRY(control_receive(w, &kind, &fields));
		if (kind == CONTROL_EXIT) {
			*exit_code = (int)wire_get_u32(&fields);
			return ST_OK;
		}
		TRY(fulfil(w, local, kind, &fields));
	}
}

enum status control_call(int *exit_code, const char *path, int argc, char **argv,
			 struct command_io *local)
{
	struct control_wire w = {.fd = -1};
	enum status outcome = connect_patiently(&w.fd, path);

	if (outcome == ST_OK)
		outcome = converse(exit_code, &w, argc, argv, local);
	control_wire_release(&w);
	return outcome;
}
