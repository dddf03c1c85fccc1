/* devon: the server and every command of the command line. */
#include <unistd.h>

#include "schema/base/log.h"
#include "server/control.h"
#include "server/harden.h"
#include "server/serve.h"
#include "tools/cli/cli.h"

#define SERVE_USAGE "devon serve [--listen ADDRESS:PORT]\n"

struct arguments {
	struct str config_path, data, listen;
	char **rest; /* the command and what follows it */
	int n_rest;
};

static void print_help(FILE *to)
{
	(void)fputs("usage: devon [--config FILE] [--data DIR] COMMAND ...\n\n" SERVE_USAGE, to);
	for (size_t i = 0; i < n_commands; i++)
		(void)fputs(commands[i].usage, to);
	(void)fputs("\nEvery command has --help and a manual page: man devon\n", to);
}

/* The options before the command. */
static enum status read_arguments(struct arguments *out, int argc, char **argv)
{
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		struct str rest = str_c(argv[i]), name = str_cut(&rest, '=');
		struct str *target = str_is(name, "--config") ? &out->config_path
				     : str_is(name, "--data") ? &out->data
							      : NULL;

		if (!target)
			break;
		if (!rest.ptr && i + 1 == argc)
			return fail(ST_INVALID, "%.*s needs a value", STR_ARG(name));
		*target = rest.ptr ? rest : str_c(argv[++i]);
	}
	out->rest = argv + i;
	out->n_rest = argc - i;
	return ST_OK;
}

static enum status load_config(struct config *out, struct arena *mem, const struct arguments *args)
{
	TRY(config_load(out, mem, args->config_path.ptr ? arena_c(mem, args->config_path) : NULL));
	if (args->data.ptr)
		TRY(config_set(out, mem, STR("data"), args->data));
	if (args->listen.ptr)
		TRY(config_set(out, mem, STR("listen"), args->listen));
	return ST_OK;
}

/* What the control socket runs; the command has been found on the client's side already. */
static int run_served(struct app *app, int argc, char **argv, struct command_io *io)
{
	const struct command *command = argc > 0 ? command_find(argv[0]) : NULL;

	if (!command || (command->needs & (COMMAND_HERE | COMMAND_ALONE)))
		return command_outcome(io, fail(ST_INVALID, "this command does not run here"));
	return command->run(app, argc, argv, io);
}

static bool wants_help(const struct arguments *args)
{
	for (int i = 1; i < args->n_rest; i++) {
		if (strcmp(args->rest[i], "--help") == 0)
			return true;
	}
	return false;
}

static int serve_run(const struct arguments *args, struct arena *mem)
{
	struct arguments with = *args;
	const struct cli_option table[] = {{"--listen", CLI_TEXT, &with.listen}};
	struct serve_options options = {.command = run_served};
	struct cli_words words;
	struct config config;

	if (wants_help(args))
		return fputs("usage: " SERVE_USAGE, stdout) < 0;
	if (cli_read_words(&words, args->n_rest, args->rest, table, COUNT(table), 0, 0) != ST_OK ||
	    load_config(&config, mem, &with) != ST_OK) {
		(void)fprintf(stderr, "devon serve: %s\n", fail_words());
		return COMMAND_USAGE;
	}
	options.config = &config;
	return serve(&options);
}

static unsigned app_modes(const struct command *command)
{
	unsigned modes = 0;

	if (command->needs & COMMAND_READS)
		modes |= APP_READ;
	if (command->needs & COMMAND_WRITES)
		modes |= APP_WRITE;
	if (command->needs & COMMAND_CHILDREN)
		modes |= APP_CHILDREN;
	if (command->needs & COMMAND_CREATES)
		modes |= APP_CREATE;
	return modes;
}

/* Run it in this process, over its own record and children. */
static int run_here(const struct command *command, const struct config *config,
		    const struct arguments *args, struct command_io *io)
{
	AUTO(app) struct app app = {.config = config, .lock = -1};
	enum status opened;

	if (command->needs & COMMAND_NO_APP)
		return command->run(&app, args->n_rest, args->rest, io);
	opened = app_open(&app, config, app_modes(command));
	if (opened != ST_OK) {
		int code = command_outcome(io, opened);

		return opened == ST_CONFLICT ? COMMAND_VERSION : code;
	}
	return command->run(&app, args->n_rest, args->rest, io);
}

/* In the server where one runs, else here; the folder's lock decides. */
static int run_somewhere(const struct command *command, const struct config *config,
			 struct arena *mem, const struct arguments *args, struct command_io *io)
{
	struct str socket = arena_printf(mem, "%.*s/control.sock", STR_ARG(config->data));
	bool served = !(command->needs & COMMAND_NO_APP) && app_is_served(config);
	int code = COMMAND_FAILED;
	enum status called;

	if ((command->needs & COMMAND_ALONE) && app_is_served(config))
		return command_outcome(io, fail(ST_BUSY, "stop the server first"));
	if (!served || (command->needs & COMMAND_HERE))
		return run_here(command, config, args, io);
	called = control_call(&code, socket.ptr, args->n_rest, args->rest, io);
	return called == ST_OK ? code : command_outcome(io, called);
}

static int run_command(const struct arguments *args, struct arena *mem)
{
	const struct command *command = command_find(args->rest[0]);
	struct command_io *io;
	struct config config;
	int code;

	if (!command) {
		(void)fprintf(stderr, "devon: there is no command %s; see devon --help\n",
			      args->rest[0]);
		return COMMAND_USAGE;
	}
	if (wants_help(args))
		return printf("usage: %s", command->usage) < 0;
	if (load_config(&config, mem, args) != ST_OK) {
		(void)fprintf(stderr, "devon: %s\n", fail_words());
		return COMMAND_USAGE;
	}
	io = cli_local_new(command, args->n_rest, args->rest);
	code = run_somewhere(command, &config, mem, args, io);
	cli_local_free(io);
	return code;
}

int main(int argc, char **argv)
{
	AUTO(arena) struct arena mem = {0};
	struct arguments args = {0};

	log_init("devon", LOG_INFO);
	if (harden() != ST_OK || secret_init() != ST_OK ||
	    read_arguments(&args, argc, argv) != ST_OK) {
		(void)fprintf(stderr, "devon: %s\n", fail_words());
		return COMMAND_USAGE;
	}
	if (args.n_rest && strcmp(args.rest[0], "--version") == 0)
		return printf("devon %s\n", DEVON_VERSION) < 0;
	if (!args.n_rest || args.rest[0][0] == '-') {
		print_help(args.n_rest && strcmp(args.rest[0], "--help") == 0 ? stdout : stderr);
		return args.n_rest && strcmp(args.rest[0], "--help") == 0 ? COMMAND_GOOD
									  : COMMAND_USAGE;
	}
	if (strcmp(args.rest[0], "serve") == 0)
		return serve_run(&args, &mem);
	return run_command(&args, &mem);
}
