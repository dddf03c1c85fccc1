/* devon space, grant, token. */
#include "indexer/script.h"
#include "schema/session.h"
#include "schema/space.h"
#include "server/words.h"
#include "tools/cli/cli.h"

/* By the names in `lang`; where it is empty, by the first ones. */
static enum status list_spaces(struct app *app, struct arena *mem, struct command_io *io,
			       const struct reader *who, struct str tag)
{
	enum lang lang = LANG_EN;
	struct space *list;
	size_t count;

	(void)lang_from_tag(tag, &lang);
	TRY(space_list_all(&list, &count, app->writer, mem, who, tag));
	for (size_t i = 0; i < count; i++)
		TRY(command_print(io, "%.*s\t%.*s\n", STR_ARG(list[i].key),
				  STR_ARG(words_space(mem, lang, list[i].name).text)));
	return ST_OK;
}

static enum status space_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			     char **argv)
{
	struct space_input input = {0};
	const struct cli_option options[] = {{"--name", CLI_TEXT, &input.name},
					     {"--description", CLI_TEXT, &input.description},
					     {"--lang", CLI_TEXT, &input.lang}};
	struct cli_words words;
	struct reader who;
	int64_t id;

	TRY(cli_read_words(&words, argc, argv, options, COUNT(options), 1, 2));
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, &words));
	if (input.lang.ptr && !script_is_language(input.lang))
		return fail_on("usage", ST_INVALID, "a language is uz-Latn, uz-Cyrl, ru or en");
	if (str_is(words.items[0], "add") && words.count == 2) {
		input.key = words.items[1];
		return space_add(&id, app->writer, mem, &who, &input);
	}
	if (str_is(words.items[0], "set") && words.count == 2) {
		if (!input.name.ptr && !input.description.ptr)
			return fail_on("usage", ST_INVALID, "say --name or --description");
		return space_set(app->writer, mem, &who, words.items[1], &input);
	}
	if (str_is(words.items[0], "list") && words.count == 1)
		return list_spaces(app, mem, io, &who, input.lang);
	return fail_on("usage", ST_INVALID, "add, set or list, with its arguments");
}

int cmd_space(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "space", space_run(app, &mem, io, argc, argv));
}

static enum status grant_run(struct app *app, struct arena *mem, int argc, char **argv)
{
	struct cli_words words;
	struct reader who;
	enum level level;

	TRY(cli_read_words(&words, argc, argv, NULL, 0, 3, 3));
	if (!level_parse(words.items[2], &level))
		return fail_on("usage", ST_INVALID, "a right is none, read, write or manage");
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, NULL));
	return space_grant(app->writer, mem, &who, words.items[0], words.items[1], level);
}

int cmd_grant(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "grant", grant_run(app, &mem, argc, argv));
}

static enum status token_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			     char **argv)
{
	struct str scope = STR("read"), name = STR("command line");
	int64_t days = 90;
	const struct cli_option options[] = {{"--scope", CLI_TEXT, &scope},
					     {"--days", CLI_NUMBER, &days},
					     {"--name", CLI_TEXT, &name}};
	char secret[SECRET_TEXT_LEN + 1];
	struct cli_words words;
	struct reader who;

	TRY(cli_read_words(&words, argc, argv, options, COUNT(options), 2, 2));
	if (!str_is(words.items[0], "create"))
		return fail_on("usage", ST_INVALID, "only create is known");
	if (!str_is(scope, "read") && !str_is(scope, "write"))
		return fail_on("usage", ST_INVALID, "a scope is read or write");
	if (days < 1 || days > TOKEN_DAYS_MAX)
		return fail_on("usage", ST_INVALID, "a token lasts 1 to %d days", TOKEN_DAYS_MAX);
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, NULL));
	TRY(token_create(secret, app->writer, mem, &who, words.items[1], name,
			 str_is(scope, "write"), (int)days));
	return command_print(io, "%s\n", secret);
}

int cmd_token(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "token", token_run(app, &mem, io, argc, argv));
}
