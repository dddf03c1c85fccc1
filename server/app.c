/* Opening and closing an installation. */
#include "server/app.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "indexer/script.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/complete.h"
#include "schema/journal.h"
#include "schema/migrate.h"
#include "server/argon.h"
#include "server/db_pool.h"
#include "server/extractor.h"
#include "server/glossary.h"
#include "server/rate.h"
#include "server/readings.h"
#include "server/searched.h"

struct str app_path(struct arena *mem, const struct app *app, const char *name)
{
	return arena_printf(mem, "%s/%s", app->folder, name);
}

static enum status make_folder(const char *path)
{
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return fail(ST_FAILED, "mkdir %s: %s", path, strerror(errno));
	return ST_OK;
}

static enum status take_folder(struct app *app, unsigned modes)
{
	struct str folder = app->config->data;
	struct stat info;

	if (folder.len == 0 || folder.len >= sizeof(app->folder))
		return fail(ST_INVALID, "the name of the data folder is too long");
	memcpy(app->folder, folder.ptr, folder.len);
	app->folder[folder.len] = '\0';
	if (modes & APP_CREATE)
		TRY(make_folder(app->folder));
	if (stat(app->folder, &info) < 0 || !S_ISDIR(info.st_mode))
		return fail(ST_NOT_FOUND, "there is no data folder %s; make one with devon init",
			    app->folder);
	return ST_OK;
}

/* One process writes. The lock goes with the process, however that ends. */
static enum status lock_folder(struct app *app)
{
	AUTO(arena) struct arena mem = {0};
	struct str path = app_path(&mem, app, "lock");

	app->lock = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (app->lock < 0)
		return fail(ST_FAILED, "open %s: %s", path.ptr, strerror(errno));
	if (flock(app->lock, LOCK_EX | LOCK_NB) == 0)
		return ST_OK;
	(void)close(app->lock);
	app->lock = -1;
	return fail(ST_BUSY, "another Devon works in the data folder %s", app->folder);
}

bool app_is_served(const struct config *config)
{
	AUTO(arena) struct arena mem = {0};
	struct str path = arena_printf(&mem, "%.*s/lock", STR_ARG(config->data));
	int fd = open(path.ptr, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool held = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;

	if (fd >= 0)
		(void)close(fd);
	return held;
}

static void on_commit(void *context)
{
	struct app *app = context;
	struct feed *feed = __atomic_load_n(&app->feed, __ATOMIC_ACQUIRE);

	if (feed)
		feed_wake(feed);
}

/* Who only reads migrates nothing, but must not take a form of tomorrow for one that it knows. */
static enum status check_form(struct app *app)
{
	struct db *db;
	enum status outcome;
	int waiting;

	TRY(app_reader_begin(&db, app));
	outcome = migrate(db, true, &waiting);
	app_reader_end(app, db);
	return outcome;
}

/* A record that is made now has had no other form before. */
static enum status note_migration(struct app *app, struct arena *mem, unsigned modes, int applied)
{
	static const char *const names[] = {"files", "form"};
	const struct journal_entry entry = {.action = STR("record.migrate"),
					    .object_type = STR("record")};
	int form = n_migrations ? migrations[n_migrations - 1].number : 0;
	struct str values[] = {arena_printf(mem, "%d", applied), arena_printf(mem, "%d", form)};

	log_info("the record was brought to form %d", form);
	if (modes & APP_CREATE)
		return ST_OK;
	return journal_event(app->writer, mem, NULL, &entry, names, values, COUNT(names));
}

static enum status open_record(struct app *app, unsigned modes)
{
	AUTO(arena) struct arena mem = {0};
	struct str path = app_path(&mem, app, APP_RECORD);
	int applied = 0;

	if (!(modes & APP_CREATE) && access(path.ptr, F_OK) < 0)
		return fail(ST_NOT_FOUND, "there is no record in %s; make one with devon init",
			    app->folder);
	if (modes & APP_WRITE) {
		TRY(db_open(&app->writer, path.ptr, DB_WRITE));
		TRY(migrate(app->writer, false, &applied));
		TRY(complete_fold_offices(app->writer, &mem, script_fold));
		if (applied)
			TRY(note_migration(app, &mem, modes, applied));
		db_on_commit(app->writer, on_commit, app);
	}
	app->readers = db_pool_new(path.ptr);
	return app->writer ? ST_OK : check_form(app);
}

static enum status open_key(struct app *app)
{
	AUTO(arena) struct arena mem = {0};

	secret_lock(app->key, sizeof(app->key));
	return secret_key_file(app->key, app_path(&mem, app, "key").ptr);
}

/* The children load while the record is opened: they are slower to start than we are. */
static enum status start_children(struct app *app)
{
	AUTO(arena) struct arena mem = {0};
	const struct config *config = app->config;
	struct children_options options = {
		.convert = (int)config->convert_children,
		.search = (int)config->search_children,
		.convert_ms = (int)config->convert_ms,
		.search_ms = (int)config->search_ms,
	};

	TRY(make_folder(app_path(&mem, app, "index").ptr));
	options.index = feed_index_folder(&mem, app).ptr;
	return children_start(&app->children, &options);
}

static enum status open_all(struct app *app, unsigned modes)
{
	TRY(take_folder(app, modes));
	if (modes & APP_WRITE)
		TRY(lock_folder(app));
	if (modes & APP_CHILDREN)
		TRY(start_children(app));
	TRY(open_record(app, modes));
	if (modes & APP_WRITE)
		TRY(open_key(app));
	if (modes & APP_CHILDREN) {
		struct feed *feed = NULL;

		TRY(feed_start(&feed, app));
		__atomic_store_n(&app->feed, feed, __ATOMIC_RELEASE);
		TRY(extractor_start(&app->extractor, app));
	}
	return ST_OK;
}

enum status app_open(struct app *out, const struct config *config, unsigned modes)
{
	enum status outcome;

	*out = (struct app){.config = config, .lock = -1, .started = clock_now()};
	(void)umask(077); /* whatever is made in the data folder is its owner's alone */
	out->rate = rate_new(config);
	out->readings = readings_new(config->alert_reads);
	out->argon = argon_new();
	out->glossary = glossary_new();
	out->searched = searched_new();
	outcome = open_all(out, modes);
	if (outcome != ST_OK)
		app_close(out);
	return outcome;
}

void app_close(struct app *app)
{
	extractor_stop(app->extractor);
	app->extractor = NULL;
	feed_stop(app->feed);
	__atomic_store_n(&app->feed, NULL, __ATOMIC_RELEASE);
	children_stop(app->children);
	db_pool_free(app->readers);
	if (app->writer && db_checkpoint(app->writer) != ST_OK)
		log_failure("writing the log back into the record");
	db_close(app->writer);
	rate_free(app->rate);
	readings_free(app->readings);
	argon_free(app->argon);
	glossary_free(app->glossary);
	searched_free(app->searched);
	if (app->lock >= 0)
		(void)close(app->lock);
	secret_wipe(app->key, sizeof(app->key));
	app->children = NULL;
	app->readers = NULL;
	app->writer = NULL;
	app->rate = NULL;
	app->readings = NULL;
	app->argon = NULL;
	app->glossary = NULL;
	app->searched = NULL;
	app->lock = -1;
}

enum status app_reader_begin(struct db **out, struct app *app)
{
	return db_pool_take(out, app->readers);
}

void app_reader_end(struct app *app, struct db *db)
{
	db_pool_give(app->readers, db);
}

bool app_has_room(const struct app *app)
{
	struct statvfs disk;
	uint64_t free_bytes, three_percent;

	if (statvfs(app->folder, &disk) < 0)
		return true; /* writing itself will tell */
	free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	three_percent = (uint64_t)disk.f_blocks * disk.f_frsize / 100 * 3;
	return free_bytes >= (uint64_t)app->config->free_mib * 1024 * 1024 &&
	       free_bytes >= three_percent;
}
