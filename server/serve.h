/* The server as a whole: from the listening socket to the last answer. */
#ifndef SERVER_SERVE_H
#define SERVER_SERVE_H

#include "server/app.h"
#include "server/command_io.h"

struct serve_options {
	const struct config *config;
	/* What the control socket runs for the command line. */
	int (*command)(struct app *app, int argc, char **argv, struct command_io *io);
};

/* Serve until SIGTERM or SIGINT; the result is the program's exit code. Needs secret_init(). */
int serve(const struct serve_options *options) NONNULL;

#endif
