/* What the commands share. */
#include "tools/cli/cli.h"

static const struct cli_option *option_find(const struct cli_option *options, size_t n,
					    struct str name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(name, options[i].name))
			return &options[i];
	}
	return NULL;
}

/* Take the value of an option: behind "=" or the next argument. */
static enum status option_take(const struct cli_option *option, struct str value)
{
	switch (option->kind) {
	case CLI_FLAG:
		*(bool *)option->out = true;
		return ST_OK;
	case CLI_TEXT:
		*(struct str *)option->out = value;
		return ST_OK;
	case CLI_NUMBER:
		if (str_to_i64(value, option->out))
			return ST_OK;
		return fail_on("usage", ST_INVALID, "%s needs a number, not \"%.*s\"", option->name,
			       STR_ARG(value));
	}
	return ST_OK;
}

enum status cli_read(struct cli_words *words, int argc, char **argv,
		     const struct cli_option *options, size_t n)
{
	bool only_words = false;

	words->count = 0;
	for (int i = 1; i < argc; i++) {
		struct str arg = str_c(argv[i]), rest = arg, name = str_cut(&rest, '=');
		const struct cli_option *option;

		if (!only_words && str_is(arg, "--")) {
			only_words = true;
			continue;
		}
		if (only_words || !str_starts(arg, STR("--"))) {
			if (words->count == CLI_WORDS_MAX)
				return fail_on("usage", ST_INVALID, "too many arguments");
			words->index[words->count] = i;
			words->items[words->count++] = arg;
			continue;
		}
		option = option_find(options, n, name);
		if (!option)
			return fail_on("usage", ST_INVALID, "unknown option %.*s", STR_ARG(name));
		if (option->kind != CLI_FLAG && !rest.ptr) {
			if (++i == argc)
				return fail_on("usage", ST_INVALID, "%s needs a value",
					       option->name);
			rest = str_c(argv[i]);
		}
		TRY(option_take(option, rest));
	}
	return ST_OK;
}

enum status cli_read_words(struct cli_words *words, int argc, char **argv,
			   const struct cli_option *options, size_t n, size_t least, size_t most)
{
	TRY(cli_read(words, argc, argv, options, n));
	if (words->count < least)
		return fail_on("usage", ST_INVALID, "an argument is missing");
	if (words->count > most)
		return fail_on("usage", ST_INVALID, "\"%.*s\" is one argument too many",
			       STR_ARG(words->items[most]));
	return ST_OK;
}

enum status cli_operator(struct reader *out, struct app *app, struct db *db, struct arena *mem)
{
	(void)app;
	TRY(reader_operator(out, db, mem));
	out->on_behalf = STR("command line");
	return ST_OK;
}

enum status cli_room(const struct app *app, const struct cli_words *words)
{
	bool reads = words && words->count &&
		     (str_is(words->items[0], "list") || str_is(words->items[0], "export"));

	if (reads || app_has_room(app))
		return ST_OK;
	return fail(ST_BUSY,
		    "the disk is nearly full: nothing can be saved; free some space, or lower "
		    "free_mib (now %lld)",
		    (long long)app->config->free_mib);
}

enum status cli_reader(struct reader *out, struct app *app, struct db *db, struct arena *mem,
		       struct str as)
{
	enum status outcome;

	if (!as.ptr)
		return cli_operator(out, app, db, mem);
	outcome = reader_by_login(out, db, mem, as);
	if (outcome == ST_NOT_FOUND)
		return fail(ST_NOT_FOUND, "there is no active person %.*s", STR_ARG(as));
	return outcome;
}

int cli_end(struct command_io *io, const char *command, enum status outcome)
{
	const struct command *known = command_find(command);

	if (outcome == ST_INVALID && str_is(str_c(fail_field()), "usage") && known) {
		enum status told = command_error(io, "devon %s: %s\nusage: %s", command,
						 fail_words(), known->usage);

		(void)told;
		return COMMAND_USAGE;
	}
	return command_outcome(io, outcome);
}
