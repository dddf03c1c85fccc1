/*
 * devon import: many articles, a batch a transaction, nothing lost by one that is broken. While one
 * batch is stored by a thread of its own, the next is read and converted.
 */
#include "tools/cli/import.h"

#include <pthread.h>

#include "indexer/script.h"
#include "schema/base/clock.h"
#include "schema/space.h"
#include "server/compose.h"
#include "tools/cli/names.h"
#include "tools/cli/term.h"

/* A batch is converted before its transaction begins, so that other writers wait only for the storing. */
enum { BATCH = 64, BATCH_BYTES = 4 * 1024 * 1024 };

/* A parent may come later than its child: placed when all is there. */
struct placing {
	struct str key, parent;
};

/* Belongs to the reading side until batch_start(), to the storing thread until batch_finish(). */
struct batch {
	struct arena mem;
	struct import_item items[BATCH];
	struct article_input inputs[BATCH];
	struct str refused[BATCH]; /* why, where it is */
	size_t count, bytes;
	enum status outcome; /* of the storing */
	struct str why;      /* the message of that outcome */
};

struct import {
	struct app *app;
	struct command_io *io;
	const struct import_options *options;
	struct import_counts *counts;
	struct reader who;
	bool is_new;       /* the space was made by this import, and takes the names of its file */
	struct arena keep; /* of the whole import: reader, placings */
	struct placing *placings;
	size_t n_placings, room_placings;

	struct batch batches[2], *filling, *storing; /* storing: NULL while no thread runs */
	pthread_t thread;

	struct str file; /* being read, with the number of its last line */
	int file_argument;
	int64_t line;
	int64_t seen;
};

/* Name what was refused, and go on. */
static enum status refuse(struct import *im, const struct import_item *item, struct str why)
{
	im->counts->refused++;
	if (item->line)
		return command_error(im->io, "%.*s:%lld: %.*s\n", STR_ARG(item->name),
				     (long long)item->line, STR_ARG(why));
	return command_error(im->io, "%.*s: %.*s\n", STR_ARG(item->name), STR_ARG(why));
}

static enum status make_input(struct article_input *out, struct import *im, struct arena *mem,
			      const struct import_item *item)
{
	int64_t end;

	*out = (struct article_input){.space_key = im->options->space,
				      .author = im->options->author,
				      .status = ARTICLE_PUBLISHED,
				      .kind = STR("import"),
				      .comment = STR("")};
	if (item->status.len && !article_status_parse(item->status, &out->status))
		return fail(ST_INVALID, "the status \"%.*s\" is unknown", STR_ARG(item->status));
	if (item->review.len)
		TRY(clock_parse_span(item->review, &out->review_at, &end));
	TRY(compose_text(&out->text, mem, im->app, item->body));
	compose_title(out, mem, item->title);
	if (item->n_tags)
		compose_tags(out, mem, item->tags, item->n_tags);
	out->lang = compose_lang(item->lang, item->title, out->text.plain, STR(""));
	out->fields = item->fields;
	out->n_fields = item->n_fields;
	out->key = item->key;
	out->translation = item->translation;
	out->owner_office = item->owner;
	im->counts->empty += str_trim(item->body).len == 0;
	return ST_OK;
}

/* ---- storing, in the thread --------------------------------------------------------------------- */

static enum status store_one(struct import *im, struct arena *mem, const struct import_item *item,
			     struct article_input *input)
{
	struct article article;
	int64_t revision;
	enum status found = article_get_by_key(&article, im->app->writer, mem, &im->who,
					       im->options->space, item->key);

	if (found == ST_NOT_FOUND) {
		TRY(article_create(&article, im->app->writer, mem, &im->who, input));
		im->counts->created++;
		return ST_OK;
	}
	TRY(found);
	revision = article.revision;
	if (article.parent_id) {
		struct article parent;

		TRY(article_get_by_id(&parent, im->app->writer, mem, &im->who, article.parent_id));
		input->parent_id = parent.public_id;
	}
	TRY(article_save(&article, im->app->writer, mem, &im->who, article.public_id, revision,
			 input));
	if (article.revision == revision)
		im->counts->unchanged++;
	else
		im->counts->changed++;
	return ST_OK;
}

/* One transaction. An item that the record refuses is left out alone. */
static enum status store_all(struct import *im, struct batch *batch)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, im->app->writer));
	for (size_t i = 0; i < batch->count; i++) {
		enum status stored;

		if (batch->refused[i].ptr)
			continue;
		stored = store_one(im, &batch->mem, &batch->items[i], &batch->inputs[i]);
		if (stored == ST_FAILED || stored == ST_BUSY)
			return stored;
		if (stored != ST_OK)
			batch->refused[i] = arena_str(&batch->mem, str_c(fail_message()));
	}
	return tx_commit(&tx);
}

static void *store_run(void *argument)
{
	struct import *im = argument;
	struct batch *batch = im->storing;

	batch->outcome = store_all(im, batch);
	if (batch->outcome != ST_OK)
		batch->why = arena_str(&batch->mem, str_c(fail_message()));
	return NULL;
}

/* ---- batches ------------------------------------------------------------------------------------ */

static void place_later(struct import *im, const struct import_item *item)
{
	if (!item->parent.len)
		return;
	im->placings =
		xgrow(im->placings, im->n_placings, &im->room_placings, sizeof(*im->placings));
	im->placings[im->n_placings++] = (struct placing){arena_str(&im->keep, item->key),
							  arena_str(&im->keep, item->parent)};
}

static void batch_reset(struct batch *batch)
{
	batch->count = batch->bytes = 0;
	memset(batch->refused, 0, sizeof(batch->refused));
	arena_reset(&batch->mem);
}

/* Wait for the batch that is being stored, and tell what was refused of it. */
static enum status batch_finish(struct import *im)
{
	struct batch *batch = im->storing;

	if (!batch)
		return ST_OK;
	(void)pthread_join(im->thread, NULL);
	im->storing = NULL;
	if (batch->outcome != ST_OK)
		return fail(batch->outcome, "%.*s", STR_ARG(batch->why));
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->refused[i].ptr)
			TRY(refuse(im, &batch->items[i], batch->refused[i]));
		else
			place_later(im, &batch->items[i]);
	}
	im->seen += (int64_t)batch->count;
	batch_reset(batch);
	return im->io->progress(im->io, im->seen, 0);
}

/* Convert what was read; store it while the other batch is filled. */
static enum status batch_start(struct import *im)
{
	struct batch *batch = im->filling;

	TRY(cli_room(im->app, NULL)); /* each time: it is the import that fills the disk */
	for (size_t i = 0; i < batch->count; i++) {
		enum status made = make_input(&batch->inputs[i], im, &batch->mem, &batch->items[i]);

		if (made == ST_FAILED || made == ST_BUSY)
			return made;
		if (made != ST_OK)
			batch->refused[i] = arena_str(&batch->mem, str_c(fail_message()));
	}
	TRY(batch_finish(im));
	im->storing = batch;
	if (pthread_create(&im->thread, NULL, store_run, im) != 0) {
		im->storing = NULL;
		return fail(ST_FAILED, "cannot start a thread to store articles");
	}
	im->filling = batch == im->batches ? im->batches + 1 : im->batches;
	return ST_OK;
}

/* Keep an item, whose texts live in the arena of the batch that is being filled. */
static enum status queue(struct import *im, const struct import_item *item)
{
	struct batch *batch = im->filling;

	batch->items[batch->count++] = *item;
	batch->bytes += item->body.len;
	if (batch->count == BATCH || batch->bytes >= BATCH_BYTES)
		return batch_start(im);
	return ST_OK;
}

/* ---- reading ------------------------------------------------------------------------------------ */

static enum status take_markdown(struct import *im, struct str name, struct str content)
{
	struct arena *mem = &im->filling->mem;
	struct import_item item;

	import_read_markdown(&item, mem, im->counts, arena_str(mem, name), arena_str(mem, content));
	return queue(im, &item);
}

static enum status take_lines(struct import *im, struct str name, struct str content)
{
	while (content.len) {
		struct arena *mem = &im->filling->mem;
		struct import_item item;
		struct str line = str_cut(&content, '\n');
		enum status read;

		im->line++;
		if (!str_trim(line).len)
			continue;
		read = import_read_json(&item, mem, im->counts, line);
		if (read == ST_FAILED)
			return read;
		item.name = arena_str(mem, name);
		item.line = im->line;
		if (read == ST_OK)
			TRY(queue(im, &item));
		else
			TRY(refuse(im, &item, str_c(fail_message())));
	}
	return ST_OK;
}

static enum status take_file(struct import *im, struct str name, struct str content, int argument)
{
	bool lines = im->options->format == IMPORT_JSONL ||
		     (im->options->format == IMPORT_BY_NAME && str_ends(name, STR(".jsonl")));

	/* A large file comes in several pieces under the same name. */
	if (!str_eq(name, im->file) || argument != im->file_argument) {
		im->file = arena_str(&im->keep, name);
		im->file_argument = argument;
		im->line = 0;
	} else if (!lines) {
		return ST_OK; /* its first piece was refused: an article is smaller than a piece */
	}
	return lines ? take_lines(im, name, content) : take_markdown(im, name, content);
}

static enum status ensure_space(struct import *im)
{
	struct space space;
	int64_t id;
	enum status found = space_get(&space, im->app->writer, &im->keep, &im->who,
				      im->options->space, STR(""));

	if (found != ST_NOT_FOUND)
		return found;
	TRY(space_add(&id, im->app->writer, &im->keep, &im->who,
		      &(struct space_input){.key = im->options->space}));
	im->is_new = true;
	/* The operator's audiences grew by one. */
	return cli_operator(&im->who, im->app, im->app->writer, &im->keep);
}

static enum status place_all(struct import *im)
{
	AUTO(arena) struct arena mem = {0};

	for (size_t i = 0; i < im->n_placings; i++) {
		struct article article, parent;
		enum status found;

		arena_reset(&mem);
		found = article_get_by_key(&parent, im->app->writer, &mem, &im->who,
					   im->options->space, im->placings[i].parent);
		if (found == ST_NOT_FOUND) {
			TRY(command_error(im->io, "%.*s: there is no article %.*s to stand under\n",
					  STR_ARG(im->placings[i].key),
					  STR_ARG(im->placings[i].parent)));
			im->counts->refused++;
			continue;
		}
		TRY(found);
		TRY(article_get_by_key(&article, im->app->writer, &mem, &im->who,
				       im->options->space, im->placings[i].key));
		TRY(article_set_parent(im->app->writer, &mem, &im->who, article.public_id,
				       parent.public_id));
	}
	return ST_OK;
}

/* What is there already stays: it may have been edited since. */
static enum status take_terms(struct import *im, struct str name, struct str content)
{
	if (!im->options->terms)
		return ST_OK;
	return cli_import_terms(im->app, im->io, &im->who, name, content, TERM_IMPORT_NEW);
}

static enum status take_names(struct import *im, struct str name, struct str content)
{
	enum status outcome;

	if (!im->is_new)
		return ST_OK;
	outcome = cli_names_read(im->app->writer, &im->keep, &im->who, im->options->space, content);
	return outcome == ST_INVALID
		       ? refuse(im, &(struct import_item){.name = name}, str_c(fail_message()))
		       : outcome;
}

static enum status import_all(struct import *im)
{
	struct str name, content;
	int argument;

	TRY(cli_operator(&im->who, im->app, im->app->writer, &im->keep));
	TRY(cli_room(im->app, NULL));
	TRY(ensure_space(im));
	for (;;) {
		enum status next = im->io->next_file(im->io, &name, &content, &argument);

		if (next == ST_NOT_FOUND)
			break;
		if (next == ST_INVALID)
			TRY(refuse(im, &(struct import_item){.name = STR("import")},
				   str_c(fail_message())));
		else
			TRY(next);
		if (next == ST_OK && cli_is_glossary(name))
			TRY(take_terms(im, name, content));
		else if (next == ST_OK && cli_is_names(name))
			TRY(take_names(im, name, content));
		else if (next == ST_OK)
			TRY(take_file(im, name, content, argument));
	}
	TRY(batch_start(im));
	TRY(batch_finish(im));
	return place_all(im);
}

static void import_release(struct import *im)
{
	if (im->storing)
		(void)pthread_join(im->thread, NULL);
	arena_release(&im->batches[0].mem);
	arena_release(&im->batches[1].mem);
	arena_release(&im->keep);
	free(im->placings);
}

enum status import_files(struct import_counts *counts, struct app *app, struct command_io *io,
			 const struct import_options *options)
{
	struct import *im = xmalloc(sizeof(*im));
	enum status outcome;

	memset(im, 0, sizeof(*im));
	im->app = app;
	im->io = io;
	im->options = options;
	im->counts = counts;
	im->filling = im->batches;
	outcome = import_all(im);
	import_release(im);
	free(im);
	return outcome;
}

enum status import_report(struct command_io *io, const struct import_counts *c)
{
	TRY(command_error(io, "%lld created, %lld changed, %lld unchanged, %lld refused\n",
			  (long long)c->created, (long long)c->changed, (long long)c->unchanged,
			  (long long)c->refused));
	if (c->mended)
		TRY(command_error(
			io, "%lld texts held characters that are not allowed; they became spaces\n",
			(long long)c->mended));
	if (c->empty)
		TRY(command_error(io, "%lld articles have no text\n", (long long)c->empty));
	if (c->skipped_lines)
		TRY(command_error(io, "%lld lines of front matter could not be read\n",
				  (long long)c->skipped_lines));
	return ST_OK;
}

static enum status import_run(struct app *app, struct command_io *io, int argc, char **argv)
{
	struct import_options options = {.space = STR("inbox")};
	struct import_counts counts = {0};
	struct str format = STR_NONE;
	const struct cli_option table[] = {{"--space", CLI_TEXT, &options.space},
					   {"--author", CLI_TEXT, &options.author},
					   {"--format", CLI_TEXT, &format}};
	struct cli_words words;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 1, CLI_WORDS_MAX));
	if (str_is(format, "markdown"))
		options.format = IMPORT_MARKDOWN;
	else if (str_is(format, "jsonl"))
		options.format = IMPORT_JSONL;
	else if (format.ptr)
		return fail_on("usage", ST_INVALID, "the format %.*s is unknown", STR_ARG(format));
	TRY(import_files(&counts, app, io, &options));
	TRY(import_report(io, &counts));
	if (counts.refused)
		return fail(ST_INVALID, "%lld were refused; the rest is imported",
			    (long long)counts.refused);
	return ST_OK;
}

int cmd_import(struct app *app, int argc, char **argv, struct command_io *io)
{
	return cli_end(io, "import", import_run(app, io, argc, argv));
}
