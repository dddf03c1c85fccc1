/* Building the index anew beside the old one, and switching: index/current is a link to its folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "schema/base/log.h"
#include "schema/journal.h"
#include "server/feed_parts.h"

extern char **environ;

enum { PAUSE = 50000 };

static struct str index_path(struct arena *mem, const struct app *app, const char *name)
{
	return arena_printf(mem, "%s/index/%s", app->folder, name);
}

/* The number of the current folder; 1 before there is any. */
static int64_t current_number(const struct app *app)
{
	AUTO(arena) struct arena mem = {0};
	char target[32];
	ssize_t len = readlink(index_path(&mem, app, "current").ptr, target, sizeof(target));
	int64_t number;

	if (len <= 0 || !str_to_i64(str_of(target, (size_t)len), &number) || number < 1)
		return 1;
	return number;
}

static struct str folder_of(struct arena *mem, const struct app *app, int64_t number)
{
	return arena_printf(mem, "%s/index/%lld", app->folder, (long long)number);
}

struct str feed_index_folder(struct arena *mem, const struct app *app)
{
	return folder_of(mem, app, current_number(app));
}

/* A folder of files and folders of files; nothing follows links. */
static void remove_tree(int at, const char *name, int depth)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(folder), entry->d_name, 0) < 0 && depth > 0)
			remove_tree(dirfd(folder), entry->d_name, depth - 1);
	}
	if (folder)
		(void)closedir(folder);
	else if (fd >= 0)
		(void)close(fd);
	(void)unlinkat(at, name, AT_REMOVEDIR);
}

void feed_sweep(struct feed *feed)
{
	AUTO(arena) struct arena mem = {0};
	int64_t current = current_number(feed->app), number;
	DIR *folder = opendir(index_path(&mem, feed->app, ".").ptr);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		if (str_to_i64(str_c(entry->d_name), &number) && number != current)
			remove_tree(dirfd(folder), entry->d_name, 3);
	}
	if (folder)
		(void)closedir(folder);
}

/* Atomic: whoever reads the link finds the old folder or the new one. */
static enum status point_to(const struct app *app, int64_t number)
{
	AUTO(arena) struct arena mem = {0};
	struct str fresh = index_path(&mem, app, "current.new");
	struct str link = index_path(&mem, app, "current");
	struct str target = arena_printf(&mem, "%lld", (long long)number);
	int folder;

	(void)unlink(fresh.ptr);
	if (symlink(target.ptr, fresh.ptr) < 0 || rename(fresh.ptr, link.ptr) < 0)
		return fail(ST_FAILED, "link %s: %s", link.ptr, strerror(errno));
	folder = open(index_path(&mem, app, ".").ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		(void)fsync(folder);
		(void)close(folder);
	}
	return ST_OK;
}

/* ---- filling -------------------------------------------------------------------------------------- */

static void report(struct feed *feed, int64_t done, int64_t all)
{
	pthread_mutex_lock(&feed->lock);
	feed->done = done;
	feed->all = all;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
}

static enum status count_all(struct feed *feed, int64_t *all)
{
	struct index_id after = {0};
	size_t n;

	*all = 0;
	do {
		AUTO(arena) struct arena mem = {0};
		struct index_entry *step;

		TRY(index_feed_list(&step, &n, feed->db, &mem, after, LIST_STEP));
		*all += (int64_t)n;
		if (n)
			after = step[n - 1].id;
	} while (n == LIST_STEP);
	return ST_OK;
}

/* Commits on the way carry cursor 0, so that a crash leaves nothing that looks complete. */
static enum status put_all(struct feed *feed)
{
	struct index_id after = {0};
	int64_t done = 0, all;
	size_t n;

	TRY(count_all(feed, &all));
	do {
		AUTO(arena) struct arena mem = {0};
		struct index_entry *step;

		TRY(index_feed_list(&step, &n, feed->db, &mem, after, LIST_STEP));
		for (size_t i = 0; i < n; i++) {
			struct indexable one;

			if (feed_is_stopping(feed))
				return fail(ST_BUSY, "the server is stopping");
			TRY(feed_load(feed, &one, step[i].id));
			if (one.indexed)
				TRY(feed_put(feed, &one));
			if (++done % BULK_DOCS == 0)
				TRY(feed_send_commit(feed, 0, false));
		}
		if (n)
			after = step[n - 1].id;
		report(feed, done, all);
	} while (n == LIST_STEP);
	return ST_OK;
}

/* ---- compacting ------------------------------------------------------------------------------------ */

static bool wait_for(struct feed *feed, pid_t pid)
{
	int state = 0;
	pid_t ended;

	while ((ended = waitpid(pid, &state, WNOHANG)) == 0) {
		if (feed_is_stopping(feed))
			(void)kill(pid, SIGKILL);
		(void)usleep(PAUSE);
	}
	return ended == pid && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/* A compacted copy is smaller and quicker to read; without it the index works just as well. */
static bool compact(struct feed *feed, struct str from, struct str to)
{
	char name[] = "devon-indexer", role[] = "compact", index[] = "--index", target[] = "--to";
	char *arguments[] = {
		name, index, (char *)(uintptr_t)from.ptr, target, (char *)(uintptr_t)to.ptr,
		role, NULL};
	posix_spawnattr_t attributes;
	sigset_t none;
	pid_t pid = 0;
	int broken;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	broken = posix_spawnattr_setsigmask(&attributes, &none);
	if (!broken)
		broken = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	if (!broken)
		broken = posix_spawn(&pid, children_program(feed->app->children), NULL, &attributes,
				     arguments, environ);
	posix_spawnattr_destroy(&attributes);
	return !broken && wait_for(feed, pid);
}

/* ---- all of it -------------------------------------------------------------------------------------- */

static enum status build(struct feed *feed, int64_t number)
{
	AUTO(arena) struct arena mem = {0};
	struct children *children = feed->app->children;
	int64_t head;

	TRY(children_set_index(children, CHILD_WRITE, folder_of(&mem, feed->app, number).ptr));
	feed->birth = 0;
	/* What changes from here on is put again behind the switch. */
	TRY(journal_head(&head, feed->db));
	TRY(put_all(feed));
	return feed_send_commit(feed, head, false);
}

static enum status switch_to(struct feed *feed, int64_t number)
{
	AUTO(arena) struct arena mem = {0};
	struct str folder = folder_of(&mem, feed->app, number);

	TRY(point_to(feed->app, number));
	TRY(children_set_index(feed->app->children, CHILD_WRITE, folder.ptr));
	return children_set_index(feed->app->children, CHILD_SEARCH, folder.ptr);
}

static void note_rebuild(struct feed *feed, struct arena *mem, enum status outcome)
{
	const struct journal_entry entry = {.action = STR("index.rebuild"),
					    .outcome = str_c(status_name(outcome)),
					    .object_type = STR("index")};
	const char *name = "folder";
	struct str number = arena_printf(mem, "%lld", (long long)current_number(feed->app));

	if (journal_event(feed->app->writer, mem, NULL, &entry, &name, &number, 1) != ST_OK)
		log_failure("noting that the index was rebuilt");
}

enum status feed_build_anew(struct feed *feed)
{
	AUTO(arena) struct arena mem = {0};
	int64_t old = current_number(feed->app), number = old + 1;
	enum status outcome;

	feed_sweep(feed);
	report(feed, 0, 0);
	outcome = build(feed, number);
	if (outcome != ST_OK) {
		struct str why = arena_str(&mem, str_c(fail_message()));

		note_rebuild(feed, &mem, outcome);
		TRY(children_set_index(feed->app->children, CHILD_WRITE,
				       folder_of(&mem, feed->app, old).ptr));
		return fail(outcome, "%.*s", STR_ARG(why));
	}
	if (compact(feed, folder_of(&mem, feed->app, number),
		    folder_of(&mem, feed->app, number + 1)))
		number++;
	TRY(switch_to(feed, number));
	feed_sweep(feed);
	note_rebuild(feed, &mem, ST_OK);
	return ST_OK;
}
