/* The thread that has the texts of files read. */
#include "server/extractor.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "indexer/extract.h"
#include "indexer/script.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/base/utf8.h"
#include "schema/file.h"
#include "schema/file_store.h"
#include "server/app.h"
#include "server/child.h"
#include "server/file_type.h"
#include "server/wait.h"

enum { RETRY = 5000000, SWEEP_AGE = 86400 };

struct extractor {
	struct app *app;
	pthread_t thread;
	pthread_mutex_t lock; /* of everything down to the line */
	pthread_cond_t change;
	bool stopping, woken, idle;
	int talking; /* our end of the child's socket, or -1 */
	/* ----------------------------------------------------------------------------------------- */
	struct db *db;
	struct arena mem; /* of one file */
};

static bool is_stopping(struct extractor *e)
{
	bool stopping;

	pthread_mutex_lock(&e->lock);
	stopping = e->stopping;
	pthread_mutex_unlock(&e->lock);
	return stopping;
}

/* ---- one file -------------------------------------------------------------------------------------- */

struct reading {
	enum file_state state;
	struct str text;
	const char *reason;
	bool lost; /* the child ended or ran over */
};

static void give_up(struct reading *out, const char *reason)
{
	out->state = FILE_UNREADABLE;
	out->reason = reason;
}

/* What the child says is not believed further than that it is text. */
static void take_text(struct reading *out, struct arena *mem, struct wire_reader *fields)
{
	struct str text = wire_get_text(fields);

	if (!wire_get_end(fields) || text.len > EXTRACT_TEXT_MAX ||
	    text_body_fault(text) != TEXT_FINE) {
		out->lost = true;
		return;
	}
	out->state = text.len ? FILE_HAS_TEXT : FILE_NO_TEXT;
	out->text = arena_str(mem, text);
}

static void take_answer(struct reading *out, struct arena *mem, enum wire_kind kind,
			struct wire_reader *fields)
{
	if (kind == WIRE_EXTRACTED)
		take_text(out, mem, fields);
	else if (kind == WIRE_REFUSED)
		give_up(out, arena_c(mem, utf8_head(wire_get_text(fields), 200)));
	else
		out->lost = true;
	if (out->reason && text_line_fault(str_c(out->reason)) != TEXT_FINE)
		give_up(out, N_("The file is damaged."));
}

/* The end of ours is known to extractor_stop() while we wait. */
static void set_talking(struct extractor *e, int fd)
{
	pthread_mutex_lock(&e->lock);
	e->talking = fd;
	if (fd >= 0 && e->stopping)
		(void)shutdown(fd, SHUT_RDWR);
	pthread_mutex_unlock(&e->lock);
}

static void ask(struct reading *out, struct extractor *e, struct child *child, int type)
{
	int64_t deadline = clock_mono() + e->app->config->extract_ms * 1000;
	struct wire_reader fields;
	enum wire_kind kind;

	out->lost = child_greet(child) != ST_OK;
	if (out->lost)
		return;
	wire_begin(&child->out, WIRE_EXTRACT);
	wire_u32(&child->out, (uint32_t)type);
	out->lost = child_ask(child, &child->out, &child->in, &kind, &fields, deadline) != ST_OK;
	if (!out->lost)
		take_answer(out, &e->mem, kind, &fields);
}

/* Whoever wrote the file may have got hold of the child: it reads nothing else. */
static enum status read_with_child(struct reading *out, struct extractor *e, int file, int type)
{
	struct child child = {.role = CHILD_EXTRACT, .fd = -1};

	*out = (struct reading){.reason = NULL};
	TRY(child_start_over(&child, children_program(e->app->children), file));
	set_talking(e, child.fd);
	ask(out, e, &child, type);
	set_talking(e, -1);
	child_bury(&child);
	buf_release(&child.in);
	buf_release(&child.out);
	return ST_OK;
}

static enum status read_file(struct reading *out, struct extractor *e, const struct file_task *task)
{
	const struct file_type *type = file_type_named(task->type);
	struct str folder = app_path(&e->mem, e->app, APP_FILES);
	enum status outcome;
	int64_t size;
	int file;

	*out = (struct reading){.state = FILE_NO_TEXT};
	if (!type || type->reads_as == FILE_TYPE_NO_TEXT)
		return ST_OK;
	outcome = file_store_open(&file, &size, folder.ptr, &task->hash);
	if (outcome == ST_NOT_FOUND) {
		log_error("the content of the file %.*s is gone", STR_ARG(task->public_id));
		give_up(out, N_("The content of the file is gone."));
		return ST_OK;
	}
	TRY(outcome);
	outcome = read_with_child(out, e, file, type->reads_as);
	(void)close(file);
	return outcome;
}

/* A try is in the record before it begins: what brings the whole machine down is not tried for ever. */
static enum status do_task(struct extractor *e, const struct file_task *task)
{
	struct db *writer = e->app->writer;
	struct reading reading = {.lost = true};
	enum status outcome;

	if (task->tries < FILE_TRIES) {
		TRY(file_note_try(writer, task->id, 1));
		TRY(read_file(&reading, e, task));
		if (is_stopping(e))
			return file_note_try(writer, task->id, -1);
		if (reading.lost) {
			log_warn("the child that read the file %.*s was lost",
				 STR_ARG(task->public_id));
			if (task->tries + 1 < FILE_TRIES)
				return ST_OK;
		}
	}
	if (reading.lost)
		give_up(&reading, N_("The file is too large or too complex to be read."));
	outcome = file_set_text(writer, &e->mem, task->id, reading.state, reading.text,
				script_language(reading.text),
				reading.reason ? str_c(reading.reason) : STR(""));
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

/* The next file that waits; false when there is none. */
static enum status do_next(struct extractor *e, bool *done)
{
	struct file_task task;

	arena_reset(&e->mem);
	TRY(file_next_pending(&task, e->db, &e->mem, 0));
	*done = task.id == 0;
	return task.id ? do_task(e, &task) : ST_OK;
}

/* ---- the thread ------------------------------------------------------------------------------------ */

static enum status is_wanted(void *context, const struct digest *hash, bool *wanted)
{
	struct extractor *e = context;

	return file_content_is_wanted(wanted, e->db, hash, clock_now() - FILE_KEPT_SECONDS);
}

static void sweep(struct extractor *e)
{
	struct str folder = app_path(&e->mem, e->app, APP_FILES);
	int64_t removed = 0;

	if (file_store_sweep(&removed, folder.ptr, clock_now() - SWEEP_AGE, is_wanted, e) != ST_OK)
		log_failure("sweeping contents that no file needs");
	else if (removed)
		log_info("%lld contents that no file needed were removed", (long long)removed);
}

/* Rest until something comes, or, after a failure, for a while; false when the thread is to end. */
static bool rest(struct extractor *e, bool idle, bool failed)
{
	int64_t until = clock_mono() + RETRY;
	bool go_on;

	pthread_mutex_lock(&e->lock);
	e->idle = idle && !e->woken;
	if (e->idle)
		pthread_cond_broadcast(&e->change);
	while (!e->stopping && e->idle)
		wait_change(&e->change, &e->lock, 0);
	while (!e->stopping && failed && clock_mono() < until)
		wait_change(&e->change, &e->lock, until);
	e->woken = false;
	go_on = !e->stopping;
	pthread_mutex_unlock(&e->lock);
	return go_on;
}

static void *run(void *argument)
{
	struct extractor *e = argument;
	bool idle = false, failed = false;

	sweep(e);
	while (rest(e, idle, failed)) {
		failed = do_next(e, &idle) != ST_OK;
		if (failed && !is_stopping(e))
			log_failure("reading the text of a file");
	}
	return NULL;
}

enum status extractor_start(struct extractor **out, struct app *app)
{
	struct extractor *e = xmalloc(sizeof(*e));

	memset(e, 0, sizeof(*e));
	e->app = app;
	e->talking = -1;
	pthread_mutex_init(&e->lock, NULL);
	wait_init(&e->change);
	TRY(app_reader_begin(&e->db, app));
	if (pthread_create(&e->thread, NULL, run, e) != 0)
		return fail(ST_FAILED, "cannot start the thread that reads files");
	*out = e;
	return ST_OK;
}

void extractor_stop(struct extractor *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	e->stopping = true;
	if (e->talking >= 0)
		(void)shutdown(e->talking, SHUT_RDWR);
	pthread_cond_broadcast(&e->change);
	pthread_mutex_unlock(&e->lock);
	pthread_join(e->thread, NULL);
	app_reader_end(e->app, e->db);
	arena_release(&e->mem);
	pthread_cond_destroy(&e->change);
	pthread_mutex_destroy(&e->lock);
	free(e);
}

void extractor_wake(struct extractor *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	e->woken = true;
	e->idle = false;
	pthread_cond_broadcast(&e->change);
	pthread_mutex_unlock(&e->lock);
}

enum status extractor_wait_idle(struct extractor *e, int64_t deadline)
{
	bool idle;

	if (!e)
		return ST_OK;
	pthread_mutex_lock(&e->lock);
	while (!e->idle && !e->stopping && (!deadline || clock_mono() < deadline))
		wait_change(&e->change, &e->lock, deadline);
	idle = e->idle;
	pthread_mutex_unlock(&e->lock);
	return idle ? ST_OK : fail(ST_BUSY, "the texts of files are not all read yet");
}
