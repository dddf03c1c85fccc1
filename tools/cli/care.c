/* devon backup, restore, check, audit, migrate, status: keeping the record whole. */
#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/clock.h"
#include "schema/care.h"
#include "schema/file.h"
#include "schema/journal.h"
#include "schema/migrate.h"
#include "server/control.h"
#include "server/extractor.h"
#include "server/feed.h"
#include "server/json.h"
#include "tools/cli/cli.h"

static enum status add_backup_row(struct app *app, struct arena *mem, struct str seq)
{
	const struct journal_entry entry = {.action = STR("record.backup"),
					    .object_type = STR("record")};
	const char *name = "seq";
	struct reader who;

	TRY(cli_operator(&who, app, app->writer, mem));
	return journal_event(app->writer, mem, &who, &entry, &name, &seq, 1);
}

/* The copy is made in this process, with its rights on files; only the server writes where one runs. */
static enum status note_backup(const struct app *app, struct arena *mem, struct command_io *io,
			       int64_t seq)
{
	AUTO(app) struct app own = {.lock = -1};
	char audit[] = "audit", backed_up[] = "backed-up";
	struct str number = arena_printf(mem, "%lld", (long long)seq);
	char *argv[] = {audit, backed_up, arena_c(mem, number), NULL};
	int code = COMMAND_FAILED;

	if (app_is_served(app->config)) {
		TRY(control_call(&code, app_path(mem, app, "control.sock").ptr, 3, argv, io));
		return code == COMMAND_GOOD ? ST_OK : fail(ST_FAILED, "the server did not note it");
	}
	TRY(app_open(&own, app->config, APP_WRITE));
	return add_backup_row(&own, mem, number);
}

static enum status backup_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	struct backup_manifest made;
	struct cli_words words;

	TRY(cli_read_words(&words, argc, argv, NULL, 0, 1, 1));
	TRY(backup_make(&made, mem, app_path(mem, app, APP_RECORD).ptr,
			app_path(mem, app, APP_FILES).ptr, words.items[0].ptr));
	TRY(backup_verify(&made, mem, words.items[0].ptr));
	/* A copy of a record that cannot be written any more is worth all the more. */
	if (note_backup(app, mem, io, made.journal_seq) != ST_OK)
		TRY(command_error(io, "the journal could not note the backup: %s\n", fail_words()));
	return command_error(io, "%lld articles, %lld revisions, journal at %lld\n",
			     (long long)made.articles, (long long)made.revisions,
			     (long long)made.journal_seq);
}

int cmd_backup(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "backup", backup_run(app, &mem, io, argc, argv));
}

/* Set what is there aside, under a name that tells when. */
static enum status set_aside(struct arena *mem, struct command_io *io, struct str record)
{
	struct str aside = arena_printf(mem, "%.*s.before-restore-%lld", STR_ARG(record),
					(long long)clock_now());

	if (rename(record.ptr, aside.ptr) != 0)
		return fail(ST_FAILED, "%s: %s", record.ptr, strerror(errno));
	for (size_t i = 0; i < 2; i++) {
		const char *ending = i ? "-wal" : "-shm";
		struct str from = arena_printf(mem, "%.*s%s", STR_ARG(record), ending);
		struct str to = arena_printf(mem, "%.*s%s", STR_ARG(aside), ending);

		if (rename(from.ptr, to.ptr) != 0 && errno != ENOENT)
			return fail(ST_FAILED, "%s: %s", from.ptr, strerror(errno));
	}
	return command_error(io, "the former record is kept as %s\n", aside.ptr);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

/* The index of the former record knows nothing of this one; it is built anew at the next start. */
static enum status index_forget(const struct app *app, struct arena *mem)
{
	struct str folder = app_path(mem, app, "index");

	if (access(folder.ptr, F_OK) != 0)
		return ST_OK;
	if (nftw(folder.ptr, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return fail(ST_FAILED, "%s cannot be removed: %s", folder.ptr, strerror(errno));
	return ST_OK;
}

/* Make the restored record this installation's: form of today, no sessions, index to be rebuilt. */
static enum status finish_restore(const struct config *config, struct arena *mem,
				  const struct backup_manifest *manifest)
{
	AUTO(app) struct app app = {0};

	TRY(app_open(&app, config, APP_WRITE));
	TRY(record_restored(app.writer, mem, manifest));
	return index_forget(&app, mem);
}

static enum status restore_run(const struct config *config, struct arena *mem,
			       struct command_io *io, int argc, char **argv)
{
	struct backup_manifest manifest;
	struct str record = arena_printf(mem, "%.*s/" APP_RECORD, STR_ARG(config->data));
	bool force = false;
	const struct cli_option table[] = {{"--force", CLI_FLAG, &force}};
	struct cli_words words;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 1, 1));
	TRY(backup_verify(&manifest, mem, words.items[0].ptr));
	if (mkdir(arena_c(mem, config->data), 0700) != 0 && errno != EEXIST)
		return fail(ST_FAILED, "%.*s: %s", STR_ARG(config->data), strerror(errno));
	if (access(record.ptr, F_OK) == 0) {
		if (!force)
			return fail(ST_CONFLICT,
				    "there is a record already; --force sets it aside");
		TRY(set_aside(mem, io, record));
	}
	TRY(backup_restore(words.items[0].ptr, record.ptr,
			   arena_printf(mem, "%.*s/" APP_FILES, STR_ARG(config->data)).ptr));
	if (chmod(record.ptr, 0600) != 0)
		return fail(ST_FAILED, "%s: %s", record.ptr, strerror(errno));
	TRY(finish_restore(config, mem, &manifest));
	return command_error(
		io, "%lld articles and %lld revisions are back; everybody signs in again\n",
		(long long)manifest.articles, (long long)manifest.revisions);
}

int cmd_restore(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "restore", restore_run(app->config, &mem, io, argc, argv));
}

static enum status show_difference(void *context, struct str line)
{
	return command_error(context, "%.*s\n", STR_ARG(line));
}

static enum status check_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			     char **argv)
{
	struct cli_words words;
	int64_t rows, bad, files;

	TRY(cli_read_words(&words, argc, argv, NULL, 0, 0, 0));
	TRY(db_verify(app->writer));
	TRY(command_print(io, "record: good\n"));
	TRY(journal_verify(app->writer, &rows, &bad));
	TRY(command_print(io, "journal: %lld rows, good\n", (long long)rows));
	TRY(files_check(&files, app->writer, app_path(mem, app, APP_FILES).ptr, show_difference,
			io));
	TRY(command_print(io, "files: %lld contents, good\n", (long long)files));
	TRY(extractor_wait_idle(app->extractor, 0));
	TRY(feed_check(app->feed, show_difference, io));
	return command_print(io, "index: good\n");
}

int cmd_check(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "check", check_run(app, &mem, io, argc, argv));
}

static enum status audit_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			     char **argv)
{
	struct cli_words words;
	struct db *db;
	int64_t rows = 0, bad = 0;
	enum status outcome;

	TRY(cli_read_words(&words, argc, argv, NULL, 0, 1, 2));
	/* What `devon backup` says to a running server. */
	if (str_is(words.items[0], "backed-up") && words.count == 2 && app->writer)
		return add_backup_row(app, mem, words.items[1]);
	if (!str_is(words.items[0], "verify") || words.count != 1)
		return fail_on("usage", ST_INVALID, "only verify is known");
	TRY(app_reader_begin(&db, app));
	outcome = journal_verify(db, &rows, &bad);
	app_reader_end(app, db);
	if (outcome == ST_INVALID)
		TRY(command_print(io, "%lld\n", (long long)bad));
	TRY(outcome);
	return command_print(io, "%lld rows, good\n", (long long)rows);
}

int cmd_audit(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "audit", audit_run(app, &mem, io, argc, argv));
}

static enum status count_waiting(int *out, const struct config *config)
{
	AUTO(app) struct app app = {.lock = -1};
	struct db *db;
	enum status outcome;

	TRY(app_open(&app, config, APP_READ));
	TRY(app_reader_begin(&db, &app));
	outcome = migrate(db, true, out);
	app_reader_end(&app, db);
	return outcome;
}

/* Opening a record for writing migrates it, so a dry run only reads. */
static enum status migrate_run(const struct config *config, struct command_io *io, int argc,
			       char **argv)
{
	AUTO(app) struct app app = {.lock = -1};
	bool dry = false;
	const struct cli_option table[] = {{"--dry-run", CLI_FLAG, &dry}};
	struct cli_words words;
	int waiting;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 0, 0));
	TRY(count_waiting(&waiting, config));
	if (!dry)
		TRY(app_open(&app, config, APP_WRITE));
	return command_print(io, "%d migrations %s\n", waiting,
			     dry ? "are waiting" : "were applied");
}

int cmd_migrate(struct app *app, int argc, char **argv, struct command_io *io)
{
	enum status outcome = migrate_run(app->config, io, argc, argv);
	int code = cli_end(io, "migrate", outcome);

	return outcome == ST_CONFLICT ? COMMAND_VERSION : code;
}

enum { UNREADABLE_MOST = 20 };

/* Those whose text cannot be read, by id and reason; their names are their readers' matter. */
static enum status status_files(struct json_out *j, struct db *db, struct arena *mem)
{
	struct file_counts counts;
	struct file *unreadable;
	size_t n;

	TRY(file_count(&counts, db));
	TRY(file_unreadable(&unreadable, &n, db, mem, UNREADABLE_MOST));
	jo_i64(j, "files", counts.files);
	jo_i64(j, "files_bytes", counts.bytes);
	jo_i64(j, "files_pending", counts.pending);
	jo_i64(j, "files_unreadable", counts.unreadable);
	jo_list(j, "files_unreadable_newest");
	for (size_t i = 0; i < n; i++)
		jo_str(j, NULL,
		       arena_printf(mem, "%.*s (%.*s): %.*s", STR_ARG(unreadable[i].public_id),
				    STR_ARG(unreadable[i].type), STR_ARG(unreadable[i].reason)));
	jo_end(j);
	return ST_OK;
}

static enum status status_fill(struct json_out *j, const struct app *app, struct db *db,
			       struct arena *mem, const struct record_counts *counts,
			       const struct feed_status *feed)
{
	struct str value;
	const char *name;

	jo_object(j, NULL);
	jo_c(j, "version", DEVON_VERSION);
	jo_i64(j, "articles", counts->articles);
	jo_i64(j, "revisions", counts->revisions);
	jo_i64(j, "people", counts->people);
	jo_i64(j, "groups", counts->groups);
	jo_i64(j, "spaces", counts->spaces);
	jo_i64(j, "audiences", counts->audiences);
	jo_i64(j, "threads", counts->threads);
	jo_i64(j, "posts", counts->posts);
	jo_i64(j, "journal", counts->journal);
	TRY(status_files(j, db, mem));
	if (app->feed) {
		jo_i64(j, "index_documents", feed->documents);
		jo_i64(j, "index_bytes", feed->bytes);
		jo_i64(j, "index_lag", feed->lag);
		jo_i64(j, "index_quarantined", feed->quarantined);
		jo_bool(j, "index_rebuilding", feed->rebuilding);
	}
	jo_object(j, "settings");
	for (size_t i = 0; config_show(app->config, mem, i, &name, &value); i++)
		jo_str(j, name, value);
	jo_end(j);
	jo_end(j);
	return ST_OK;
}

/* {"a":1,"b":{"c":"d"}} as lines "a: 1" and "c: d": the same facts for people. */
static enum status status_lines(struct command_io *io, struct str json)
{
	AUTO(json_doc) struct json_doc doc = {0};

	TRY(json_parse(&doc, json));
	for (void *at = json_first(doc.root); at; at = json_next(doc.root, at)) {
		AUTO(buf) struct buf text = {0};
		struct str name;
		const struct json_value *value = json_member(at, &name);

		if (json_kind(value) != JSON_IS_OBJECT) {
			json_write(&text, value);
			TRY(command_print(io, "%.*s: %s\n", STR_ARG(name), buf_c(&text)));
			continue;
		}
		for (void *in = json_first(value); in; in = json_next(value, in)) {
			const struct json_value *setting = json_member(in, &name);

			buf_reset(&text);
			json_write(&text, setting);
			TRY(command_print(io, "setting %.*s: %s\n", STR_ARG(name), buf_c(&text)));
		}
	}
	return ST_OK;
}

static enum status status_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	AUTO(json_out) struct json_out j = {0};
	struct record_counts counts = {0};
	struct feed_status feed = {0};
	bool json = false;
	const struct cli_option table[] = {{"--json", CLI_FLAG, &json}};
	struct cli_words words;
	struct db *db;
	enum status outcome;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 0, 0));
	TRY(app_reader_begin(&db, app));
	if (app->feed) {
		feed_recount(app->feed);
		feed_status(app->feed, &feed);
	}
	outcome = record_count(&counts, db);
	if (outcome == ST_OK)
		outcome = status_fill(&j, app, db, mem, &counts, &feed);
	app_reader_end(app, db);
	TRY(outcome);
	return json ? command_print(io, "%s\n", buf_c(&j.buf)) : status_lines(io, buf_str(&j.buf));
}

int cmd_status(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "status", status_run(app, &mem, io, argc, argv));
}
