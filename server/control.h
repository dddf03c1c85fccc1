/* The control socket: the command line as a client of the running server. */
#ifndef SERVER_CONTROL_H
#define SERVER_CONTROL_H

#include "server/command_io.h"

struct control;

/*
 * Listen on "control.sock" (mode 0600) in the data folder and run one command per connection, each
 * in a thread of its own, at most 8 at once. `run` is called with the client's arguments.
 */
struct control_options {
	const char *path; /* of the socket */
	int (*run)(struct app *app, int argc, char **argv, struct command_io *io);
	struct app *app;
};
enum status control_start(struct control **out, const struct control_options *options)
	NONNULL MUST_USE;

/* Refuse new clients, wait at most `seconds` for running commands, then cut them off. */
void control_stop(struct control *control, int seconds);

/*
 * The client: run a command in the server that listens on `path`. `local` does the work on this
 * side: printing, reading and writing files. NOT_FOUND when no server listens there.
 */
enum status control_call(int *exit_code, const char *path, int argc, char **argv,
			 struct command_io *local) NONNULL MUST_USE;

#endif
