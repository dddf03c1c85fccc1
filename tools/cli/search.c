/* devon search: one query for people, many for measuring the ranking; devon index; devon analyse. */
#include "server/search.h"
#include "server/extractor.h"

#include "indexer/analyse.h"
#include "schema/base/clock.h"
#include "server/feed.h"
#include "server/json.h"
#include "tools/cli/cli.h"

enum { BATCH_MOST = 1000 };

struct query_run {
	struct app *app;
	struct db *db;
	struct command_io *io;
	struct reader who;
	int64_t limit;
	struct str tag;
	bool json;
};

static enum status print_people(struct query_run *run, const struct search_answer *answer)
{
	TRY(command_print(run->io, "%lld%s\n", (long long)answer->total,
			  answer->exact ? "" : " (about)"));
	for (size_t i = 0; i < answer->n_hits; i++) {
		const struct search_found *hit = &answer->hits[i];

		TRY(command_print(run->io, "%.*s\t%.*s\t%.*s\t%.*s\n",
				  STR_ARG(hit->article.space_key), STR_ARG(hit->key),
				  STR_ARG(hit->title), STR_ARG(hit->url.url_bytes)));
	}
	return ST_OK;
}

static enum status print_json(struct query_run *run, struct str query,
			      const struct search_answer *answer)
{
	AUTO(json_out) struct json_out j = {0};

	jo_object(&j, NULL);
	jo_str(&j, "query", query);
	jo_i64(&j, "total", answer->total);
	jo_bool(&j, "exact", answer->exact);
	jo_str_or_null(&j, "suggestion", answer->suggestion);
	jo_list(&j, "hits");
	for (size_t i = 0; i < answer->n_hits; i++) {
		const struct search_found *hit = &answer->hits[i];

		jo_object(&j, NULL);
		jo_str(&j, "type", index_kind_name(hit->kind));
		jo_str(&j, "id", hit->public_id);
		jo_str(&j, "key", hit->key);
		jo_str(&j, "title", hit->title);
		jo_str(&j, "lang", hit->lang);
		jo_str(&j, "space", hit->article.space_key);
		jo_str(&j, "snippet", hit->snippet.html_bytes);
		jo_end(&j);
	}
	jo_end(&j);
	jo_end(&j);
	return command_print(run->io, "%s\n", buf_c(&j.buf));
}

static enum status run_one(struct query_run *run, struct str query)
{
	AUTO(arena) struct arena mem = {0};
	struct search_answer answer;
	struct search_request request = {.query = query, .limit = (uint32_t)run->limit};

	TRY(search_run(&answer, run->app, &run->who, run->db, &mem, &request));
	if (answer.rebuilding)
		return fail(ST_BUSY, "the index is being rebuilt; try again shortly");
	return run->json ? print_json(run, query, &answer) : print_people(run, &answer);
}

/* "id<TAB>query" becomes lines "id Q0 key rank score tag". */
static enum status run_line(struct query_run *run, struct str line)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf out = {0};
	struct str query = line, id = str_cut(&query, '\t');
	struct search_answer answer;
	struct search_request request = {.query = query, .limit = (uint32_t)run->limit};

	if (!str_trim(line).len)
		return ST_OK;
	if (!query.ptr)
		return fail(ST_INVALID, "a line of the batch is \"id<TAB>query\", not \"%.*s\"",
			    STR_ARG(line));
	TRY(search_run_bare(&answer, run->app, &run->who, run->db, &mem, &request));
	if (answer.rebuilding)
		return fail(ST_BUSY, "the index is being rebuilt; try again shortly");
	for (size_t i = 0; i < answer.n_hits; i++)
		buf_printf(&out, "%.*s Q0 %.*s %zu %.6f %.*s\n", STR_ARG(id),
			   STR_ARG(answer.hits[i].key), i + 1, answer.hits[i].score,
			   STR_ARG(run->tag));
	return run->io->out(run->io, buf_str(&out));
}

static enum status run_batch(struct query_run *run)
{
	struct str name, content;
	enum status next;
	int argument;
	int64_t done = 0;

	while ((next = run->io->next_file(run->io, &name, &content, &argument)) == ST_OK) {
		while (content.len) {
			TRY(run_line(run, str_cut(&content, '\n')));
			TRY(run->io->progress(run->io, ++done, 0));
		}
	}
	return next == ST_NOT_FOUND ? ST_OK : next;
}

static enum status search_with(struct query_run *run, struct arena *mem, struct str as,
			       struct str batch, struct str query)
{
	TRY(feed_wait_idle(run->app->feed, 0));
	TRY(cli_reader(&run->who, run->app, run->db, mem, as));
	return batch.ptr ? run_batch(run) : run_one(run, query);
}

static enum status search_cmd(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	struct query_run run = {.app = app, .io = io, .tag = STR("devon")};
	struct str as = STR_NONE, batch = STR_NONE, query;
	const struct cli_option table[] = {
		{"--as", CLI_TEXT, &as},         {"--limit", CLI_NUMBER, &run.limit},
		{"--json", CLI_FLAG, &run.json}, {"--batch", CLI_TEXT, &batch},
		{"--tag", CLI_TEXT, &run.tag},
	};
	struct cli_words words;
	AUTO(buf) struct buf typed = {0};
	enum status outcome;

	TRY(cli_read(&words, argc, argv, table, COUNT(table)));
	if (!run.limit)
		run.limit = batch.ptr ? BATCH_MOST : 10;
	if (run.limit < 1 || run.limit > BATCH_MOST)
		return fail_on("usage", ST_INVALID, "a limit is 1 to %d", BATCH_MOST);
	for (size_t i = 0; i < words.count; i++)
		buf_printf(&typed, "%s%.*s", i ? " " : "", STR_ARG(words.items[i]));
	query = buf_str(&typed);
	if (!batch.ptr && !words.count)
		return fail_on("usage", ST_INVALID, "there is no query");
	TRY(app_reader_begin(&run.db, app));
	outcome = search_with(&run, mem, as, batch, query);
	app_reader_end(app, run.db);
	return outcome;
}

int cmd_search(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "search", search_cmd(app, &mem, io, argc, argv));
}

static enum status show_progress(void *context, int64_t done, int64_t all)
{
	struct command_io *io = context;

	return io->progress(io, done, all);
}

static enum status show_difference(void *context, struct str line)
{
	return command_error(context, "%.*s\n", STR_ARG(line));
}

static enum status index_wait(struct app *app, struct command_io *io)
{
	struct feed_status status;
	int64_t most = 0;

	TRY(extractor_wait_idle(app->extractor, 0));
	for (;;) {
		enum status waited = feed_wait_idle(app->feed, clock_mono() + 200000);

		if (waited != ST_BUSY)
			return waited;
		feed_status(app->feed, &status);
		if (status.lag > most)
			most = status.lag;
		TRY(io->progress(io, most - status.lag, most));
	}
}

static enum status index_run(struct app *app, struct command_io *io, int argc, char **argv)
{
	bool rebuild = false, check = false, wait = false;
	const struct cli_option table[] = {{"--rebuild", CLI_FLAG, &rebuild},
					   {"--check", CLI_FLAG, &check},
					   {"--wait", CLI_FLAG, &wait}};
	struct cli_words words;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 0, 0));
	if (rebuild + check + wait != 1)
		return fail_on("usage", ST_INVALID, "name one of --rebuild, --check and --wait");
	if (rebuild)
		return feed_rebuild(app->feed, show_progress, io);
	if (check)
		return feed_check(app->feed, show_difference, io);
	return index_wait(app, io);
}

int cmd_index(struct app *app, int argc, char **argv, struct command_io *io)
{
	return cli_end(io, "index", index_run(app, io, argc, argv));
}

static enum status analyse_run(struct analyser *a, struct command_io *io, struct str text)
{
	static const char *const kinds[] = {"uz", "ru", "en"};
	struct tokeniser walk;
	struct token word;

	tokeniser_init(&walk, text);
	while (tokeniser_next(&walk, &word)) {
		struct stems stems;

		analyser_stems(a, &word, &stems);
		TRY(command_print(io, "%u\t%.*s\t%.*s", word.position, STR_ARG(word.written),
				  STR_ARG(word.t1)));
		for (size_t i = 0; i < STEM_COUNT; i++) {
			if (stems.of[i].len)
				TRY(command_print(io, "\t%s:%.*s", kinds[i], STR_ARG(stems.of[i])));
		}
		TRY(command_print(io, "%s\n", analyse_is_stop_word(word.t1) ? "\tstop word" : ""));
	}
	return ST_OK;
}

int cmd_analyse(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(buf) struct buf text = {0};
	struct analyser *a = NULL;
	enum status outcome;

	(void)app;
	for (int i = 1; i < argc; i++)
		buf_printf(&text, "%s%s", i > 1 ? " " : "", argv[i]);
	if (argc < 2)
		return cli_end(io, "analyse", fail_on("usage", ST_INVALID, "there is no text"));
	outcome = analyser_open(&a);
	if (outcome == ST_OK)
		outcome = analyse_run(a, io, buf_str(&text));
	analyser_close(a);
	return cli_end(io, "analyse", outcome);
}
