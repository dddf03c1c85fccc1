/* devon init: the record, the group of all staff, the help space, the first administrator, the starter articles. */
#include "indexer/script.h"
#include "schema/group.h"
#include "schema/person.h"
#include "schema/space.h"
#include "server/argon.h"
#include "tools/cli/import.h"

/* Add what is not there yet; CONFLICT means that it is. */
static enum status unless_there(enum status outcome)
{
	return outcome == ST_CONFLICT ? ST_OK : outcome;
}

/* The help has a name in each language; it was made with the one in Latin. */
static enum status name_help(struct app *app, struct arena *mem, const struct reader *who)
{
	static const char *const names[][2] = {
		{"uz-Cyrl", "Ёрдам"}, {"ru", "Справка"}, {"en", "Help"}};

	for (size_t i = 0; i < COUNT(names); i++)
		TRY(space_set(app->writer, mem, who, STR("help"),
			      &(struct space_input){.lang = str_c(names[i][0]),
						    .name = str_c(names[i][1])}));
	return ST_OK;
}

static enum status ground(struct app *app, struct arena *mem, const struct reader *who)
{
	struct space space;
	int64_t id;

	TRY(unless_there(
		group_add(&id, app->writer, mem, who, STR(GROUP_STAFF), STR(GROUP_STAFF_NAME))));
	if (space_get(&space, app->writer, mem, who, STR("help"), STR("")) == ST_OK)
		return ST_OK;
	TRY(space_add(&id, app->writer, mem, who,
		      &(struct space_input){
			      .key = STR("help"), .name = STR("Yordam"), .lang = STR("uz-Latn")}));
	TRY(name_help(app, mem, who));
	return space_grant(app->writer, mem, who, STR("help"), STR("staff"), LEVEL_READ);
}

/* The first administrator, with a password from standard input or a one-time code. */
static enum status administrator(struct app *app, struct arena *mem, struct command_io *io,
				 const struct reader *who, struct str login, bool password)
{
	AUTO(buf) struct buf key = {0};
	struct person_input input = {.login = login, .name = login};
	char hash[PASSWORD_HASH_MAX], code[SECRET_TEXT_LEN + 1];
	struct str typed;
	enum status added;
	int64_t id;

	if (password) {
		TRY(io->read_secret(io, mem, &typed));
		TRY(password_check(typed, login, login));
		TRY(argon_hash(app->argon, hash, typed));
		input.password_hash = str_c(hash);
	}
	script_fold(&key, login);
	input.name_key = buf_str(&key);
	added = person_add(&id, app->writer, mem, who, &input);
	if (added == ST_CONFLICT)
		return command_error(io, "%.*s is there already and was left as it is\n",
				     STR_ARG(login));
	TRY(added);
	TRY(person_set_duties(app->writer, mem, who, login, DUTY_ACCOUNTS | DUTY_AUDIT));
	if (password)
		return ST_OK;
	TRY(person_new_code(code, app->writer, mem, who, login));
	return command_print(io, "Sign in as %.*s with the one-time code %s (valid for one hour)\n",
			     STR_ARG(login), code);
}

static enum status init_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			    char **argv)
{
	struct str admin = STR("admin"), starter = STR_NONE;
	struct import_counts counts = {0};
	struct import_options options = {.space = STR("help"), .terms = true};
	bool password = false;
	const struct cli_option table[] = {{"--admin", CLI_TEXT, &admin},
					   {"--starter", CLI_TEXT, &starter},
					   {"--password-stdin", CLI_FLAG, &password}};
	struct cli_words words;
	struct reader who;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 0, 0));
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(ground(app, mem, &who));
	TRY(administrator(app, mem, io, &who, admin, password));
	if (!starter.ptr)
		return ST_OK;
	options.author = admin;
	TRY(import_files(&counts, app, io, &options));
	TRY(import_report(io, &counts));
	if (counts.refused)
		return fail(ST_INVALID, "some of the starter articles were refused");
	return ST_OK;
}

int cmd_init(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "init", init_run(app, &mem, io, argc, argv));
}
