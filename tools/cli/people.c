/* devon person, group, office. */
#include "indexer/script.h"
#include "schema/group.h"
#include "schema/person.h"
#include "server/argon.h"
#include "tools/cli/cli.h"

enum { PAGE = 500 };

/* Read a password from standard input, check it and hash it. */
static enum status read_password(struct str *hash, struct app *app, struct arena *mem,
				 struct command_io *io, struct str login, struct str name)
{
	char *text = arena_alloc(mem, PASSWORD_HASH_MAX);
	struct str password;

	TRY(io->read_secret(io, mem, &password));
	TRY(password_check(password, login, name));
	TRY(argon_hash(app->argon, text, password));
	*hash = str_c(text);
	return ST_OK;
}

static enum status print_code(struct command_io *io, struct app *app, struct arena *mem,
			      const struct reader *who, struct str login)
{
	char code[SECRET_TEXT_LEN + 1];

	TRY(person_new_code(code, app->writer, mem, who, login));
	return command_print(io, "%s\n", code);
}

static enum status person_do_add(struct app *app, struct arena *mem, struct command_io *io,
				 const struct reader *who, struct person_input *input,
				 bool password)
{
	int64_t id;

	if (!input->name.ptr)
		input->name = input->login;
	input->name_key = script_key(mem, input->name);
	if (password)
		TRY(read_password(&input->password_hash, app, mem, io, input->login, input->name));
	TRY(person_add(&id, app->writer, mem, who, input));
	return password ? ST_OK : print_code(io, app, mem, who, input->login);
}

static enum status person_do_password(struct app *app, struct arena *mem, struct command_io *io,
				      const struct reader *who, struct str login, bool password)
{
	struct person person;
	struct str hash;

	TRY(person_get(&person, app->writer, mem, who, login));
	if (!password)
		return print_code(io, app, mem, who, login);
	TRY(read_password(&hash, app, mem, io, login, person.name));
	return person_set_password(app->writer, mem, who, login, hash);
}

static enum status person_do_list(struct app *app, struct arena *mem, struct command_io *io,
				  const struct reader *who)
{
	static const char *const states[] = {"active", "locked", "disabled"};
	struct str after = STR("");
	struct person *list;
	size_t count;

	do {
		TRY(person_list(&list, &count, app->writer, mem, who, STR(""), after, PAGE));
		for (size_t i = 0; i < count; i++)
			TRY(command_print(io, "%.*s\t%.*s\t%.*s\t%s\n", STR_ARG(list[i].login),
					  STR_ARG(list[i].name), STR_ARG(list[i].office_key),
					  states[list[i].state]));
		if (count)
			after = list[count - 1].login;
	} while (count == PAGE);
	return ST_OK;
}

static enum status parse_duties(unsigned *out, struct str text)
{
	static const struct {
		const char *name;
		unsigned duty;
	} names[] = {{"none", 0},
		     {"accounts", DUTY_ACCOUNTS},
		     {"security", DUTY_SECURITY},
		     {"audit", DUTY_AUDIT}};

	*out = 0;
	while (text.ptr) {
		struct str word = str_cut(&text, ',');
		bool known = false;

		for (size_t i = 0; i < COUNT(names); i++) {
			if (str_is(word, names[i].name)) {
				*out |= names[i].duty;
				known = true;
			}
		}
		if (!known)
			return fail_on("usage", ST_INVALID, "unknown duty \"%.*s\"", STR_ARG(word));
	}
	return ST_OK;
}

static enum status person_do_set(struct app *app, struct arena *mem, const struct reader *who,
				 struct person_input *input, struct str duties)
{
	unsigned flags;

	if (input->name.ptr)
		input->name_key = script_key(mem, input->name);
	TRY(person_set(app->writer, mem, who, input));
	if (!duties.ptr)
		return ST_OK;
	TRY(parse_duties(&flags, duties));
	return person_set_duties(app->writer, mem, who, input->login, flags);
}

static enum status person_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	struct person_input input = {0};
	struct str duties = STR_NONE;
	bool password = false;
	const struct cli_option options[] = {
		{"--name", CLI_TEXT, &input.name},
		{"--office", CLI_TEXT, &input.office_key},
		{"--position", CLI_TEXT, &input.position},
		{"--languages", CLI_TEXT, &input.languages},
		{"--skills", CLI_TEXT, &input.skills},
		{"--phone", CLI_TEXT, &input.phone},
		{"--mail", CLI_TEXT, &input.mail},
		{"--duties", CLI_TEXT, &duties},
		{"--password-stdin", CLI_FLAG, &password},
	};
	struct cli_words words;
	struct reader who;

	TRY(cli_read_words(&words, argc, argv, options, COUNT(options), 1, 2));
	TRY(cli_operator(&who, app, app->writer, mem));
	if (str_is(words.items[0], "list"))
		return person_do_list(app, mem, io, &who);
	/* The end of an account is a few bytes, and must not wait for space. */
	if (!str_is(words.items[0], "disable"))
		TRY(cli_room(app, NULL));
	if (words.count != 2)
		return fail_on("usage", ST_INVALID, "name a login");
	input.login = words.items[1];
	if (str_is(words.items[0], "add"))
		return person_do_add(app, mem, io, &who, &input, password);
	if (str_is(words.items[0], "set"))
		return person_do_set(app, mem, &who, &input, duties);
	if (str_is(words.items[0], "password"))
		return person_do_password(app, mem, io, &who, input.login, password);
	if (str_is(words.items[0], "disable"))
		return person_set_state(app->writer, mem, &who, input.login, PERSON_DISABLED);
	if (str_is(words.items[0], "enable"))
		return person_set_state(app->writer, mem, &who, input.login, PERSON_ACTIVE);
	return fail_on("usage", ST_INVALID, "\"%.*s\" is nothing that can be done with a person",
		       STR_ARG(words.items[0]));
}

int cmd_person(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "person", person_run(app, &mem, io, argc, argv));
}

static enum status group_rename(struct app *app, struct arena *mem, const struct reader *who,
				struct str key, const struct group_texts *texts)
{
	if (!texts->name.ptr && !texts->purpose.ptr)
		return fail_on("usage", ST_INVALID, "say --name or --purpose");
	return group_set(app->writer, mem, who, key, texts);
}

static enum status group_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			     char **argv)
{
	struct group_texts texts = {0};
	bool take_out = false;
	const struct cli_option options[] = {{"--name", CLI_TEXT, &texts.name},
					     {"--purpose", CLI_TEXT, &texts.purpose},
					     {"--remove", CLI_FLAG, &take_out}};
	struct cli_words words;
	struct reader who;
	int64_t id;

	TRY(cli_read_words(&words, argc, argv, options, COUNT(options), 1, 3));
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, &words));
	if (str_is(words.items[0], "add") && words.count == 2)
		return group_add(&id, app->writer, mem, &who, words.items[1], texts.name);
	if (str_is(words.items[0], "set") && words.count == 2)
		return group_rename(app, mem, &who, words.items[1], &texts);
	if (str_is(words.items[0], "member") && words.count == 3)
		return group_set_member(app->writer, mem, &who, words.items[1], words.items[2],
					!take_out);
	if (str_is(words.items[0], "list") && words.count == 1) {
		struct group *list;
		size_t count;

		TRY(group_list(&list, &count, app->writer, mem, &who));
		for (size_t i = 0; i < count; i++)
			TRY(command_print(io, "%.*s\t%.*s\t%lld\n", STR_ARG(list[i].key),
					  STR_ARG(list[i].name), (long long)list[i].members));
		return ST_OK;
	}
	return fail_on("usage", ST_INVALID, "add, set, member or list, with its arguments");
}

int cmd_group(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "group", group_run(app, &mem, io, argc, argv));
}

static enum status office_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	struct office office = {0};
	const struct cli_option options[] = {
		{"--name", CLI_TEXT, &office.name},         {"--kind", CLI_TEXT, &office.kind},
		{"--parent", CLI_TEXT, &office.parent_key}, {"--city", CLI_TEXT, &office.city},
		{"--country", CLI_TEXT, &office.country},   {"--zone", CLI_TEXT, &office.time_zone},
	};
	struct cli_words words;
	struct reader who;
	int64_t id;

	TRY(cli_read_words(&words, argc, argv, options, COUNT(options), 1, 2));
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, &words));
	if (str_is(words.items[0], "add") && words.count == 2) {
		office.key = words.items[1];
		office.name_key = script_key(mem, office.name.len ? office.name : office.key);
		return office_add(&id, app->writer, mem, &who, &office);
	}
	if (str_is(words.items[0], "list") && words.count == 1) {
		struct office *list;
		size_t count;

		TRY(office_list(&list, &count, app->writer, mem));
		for (size_t i = 0; i < count; i++)
			TRY(command_print(io, "%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(list[i].key),
					  STR_ARG(list[i].name), STR_ARG(list[i].kind),
					  STR_ARG(list[i].country)));
		return ST_OK;
	}
	return fail_on("usage", ST_INVALID, "add or list, with its arguments");
}

int cmd_office(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "office", office_run(app, &mem, io, argc, argv));
}
