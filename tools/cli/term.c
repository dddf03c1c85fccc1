/* devon term: the glossary as a file and as a list. */
#include "tools/cli/term.h"

#include "indexer/script.h"
#include "server/terms.h"

enum { PAGE = 500 };

bool cli_is_glossary(struct str name)
{
	size_t at = name.len;

	while (at > 0 && name.ptr[at - 1] != '/')
		at--;
	return str_starts(str_from(name, at), STR("glossary")) && str_ends(name, STR(".csv"));
}

enum status cli_import_terms(struct app *app, struct command_io *io, const struct reader *who,
			     struct str name, struct str content, enum term_import how)
{
	AUTO(arena) struct arena mem = {0};
	struct term_counts counts;
	struct term_row *rows;
	enum status outcome;
	size_t n;

	outcome = terms_read_csv(&rows, &n, &mem, content);
	if (outcome == ST_OK)
		outcome = term_import(&counts, app->writer, &mem, who, rows, n, how);
	if (outcome == ST_INVALID) {
		struct str words = arena_str(&mem, str_c(fail_words()));

		return fail(ST_INVALID, "%.*s: %.*s", STR_ARG(name), STR_ARG(words));
	}
	TRY(outcome);
	return command_error(io, "%.*s: %lld terms added, %lld changed, %lld unchanged\n",
			     STR_ARG(name), (long long)counts.added, (long long)counts.changed,
			     (long long)counts.unchanged);
}

static enum status import_file(struct app *app, struct command_io *io, const struct reader *who)
{
	struct str name, content;
	int argument;

	TRY(io->next_file(io, &name, &content, &argument));
	return cli_import_terms(app, io, who, name, content, TERM_IMPORT);
}

typedef enum status term_visit(void *context, struct arena *mem, const struct term *term);

static enum status walk(struct app *app, const struct reader *who, struct term_filter filter,
			term_visit *visit, void *context)
{
	AUTO(buf) struct buf after = {0};
	size_t count;

	do {
		AUTO(arena) struct arena mem = {0};
		struct term *list;

		filter.after = buf_str(&after);
		TRY(term_list(&list, &count, app->writer, &mem, who, &filter, PAGE));
		for (size_t i = 0; i < count; i++)
			TRY(visit(context, &mem, &list[i]));
		buf_reset(&after);
		if (count)
			buf_str_add(&after, list[count - 1].public_id);
	} while (count == PAGE);
	return ST_OK;
}

static enum status put_row(void *context, struct arena *mem, const struct term *term)
{
	terms_csv_row(context, mem, term);
	return ST_OK;
}

static enum status export_file(struct app *app, struct command_io *io, const struct reader *who,
			       int argument)
{
	AUTO(buf) struct buf out = {0};

	terms_csv_head(&out);
	TRY(walk(app, who, (struct term_filter){.lang = TERM_EN}, put_row, &out));
	return io->put_file(io, argument, STR(""), buf_str(&out));
}

static enum status print_row(void *context, struct arena *mem, const struct term *term)
{
	struct command_io *io = context;
	struct str cells[TERM_LANGS];

	for (unsigned i = 0; i < TERM_LANGS; i++)
		cells[i] = terms_cell(mem, &term->forms[i]);
	return command_print(io, "%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(term->public_id),
			     term_state_name(term->state), STR_ARG(term->domain),
			     STR_ARG(cells[TERM_UZ]), STR_ARG(cells[TERM_RU]),
			     STR_ARG(cells[TERM_EN]));
}

static enum status term_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			    char **argv)
{
	AUTO(buf) struct buf key = {0};
	struct term_filter filter = {.lang = TERM_EN};
	struct cli_words words;
	struct reader who;

	TRY(cli_read_words(&words, argc, argv, NULL, 0, 1, 2));
	TRY(cli_operator(&who, app, app->writer, mem));
	TRY(cli_room(app, &words));
	if (str_is(words.items[0], "import") && words.count == 2)
		return import_file(app, io, &who);
	if (str_is(words.items[0], "export") && words.count == 2)
		return export_file(app, io, &who, words.index[1]);
	if (!str_is(words.items[0], "list"))
		return fail_on("usage", ST_INVALID, "list, import FILE or export FILE");
	if (words.count == 2)
		script_fold(&key, words.items[1]);
	filter.key = buf_str(&key);
	return walk(app, &who, filter, print_row, io);
}

int cmd_term(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "term", term_run(app, &mem, io, argc, argv));
}
