/* The first page of the administration, the audit log, health and statistics. */
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/care.h"
#include "schema/file.h"
#include "schema/journal.h"
#include "server/app.h"
#include "server/opaque.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/words.h"
#include "views/admin.h"

enum { AUDIT_STEP = 100, CHILDREN_MOST = 64, LAG_LOOK = 1000, LINES_MOST = 12 };

/* ---- health: facts, then lines for people ------------------------------------------------------- */

struct health_facts {
	struct record_counts counts;
	struct file_counts files;
	struct feed_status feed;
	struct child_state children[CHILDREN_MOST];
	size_t n_children;
	int64_t record_bytes, free_bytes, head;
	bool has_room;
	/*
	 * Auditors see every act, so also how much there is. Others are told what they can act upon: sizes
	 * and numbers that what they may not read moves would tell that it is there (security.md 3.3).
	 */
	bool whole;
};

static int64_t size_of(struct request *rq, const char *name)
{
	struct stat info;
	struct str path = app_path(rq->mem, rq->app, name);

	return stat(path.ptr, &info) == 0 ? (int64_t)info.st_size : 0;
}

static enum status gather(struct health_facts *out, struct request *rq)
{
	struct feed_view view;
	struct statvfs disk;

	*out = (struct health_facts){.has_room = app_has_room(rq->app),
				     .whole = (rq->reader->duties & DUTY_AUDIT) != 0};
	TRY(record_count_for(&out->counts, rq->db, rq->reader));
	TRY(file_count(&out->files, rq->db));
	TRY(journal_head(&out->head, rq->db));
	if (out->whole)
		feed_recount(rq->app->feed);
	feed_status(rq->app->feed, &out->feed);
	if (!out->whole) {
		TRY(feed_view(&view, rq->mem, rq->app->feed, &rq->reader->audiences));
		TRY(journal_pending_for(&out->feed.lag, rq->db, rq->reader, view.cursor));
	}
	out->n_children = children_states(rq->app->children, out->children, CHILDREN_MOST);
	out->record_bytes = size_of(rq, APP_RECORD);
	if (statvfs(rq->app->folder, &disk) == 0)
		out->free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	return ST_OK;
}

static struct health_line line_record(struct request *rq, const struct health_facts *f)
{
	struct health_line line = {.state = HEALTH_GOOD, .name = _("Record"), .words = _("Good")};

	if (f->whole)
		line.words = i18n_format(rq->mem, rq->lang, "%1$s; %2$s journal rows",
					 words_size(rq->mem, rq->lang, f->record_bytes), f->head);
	return line;
}

static struct health_line line_disk(struct request *rq, const struct health_facts *f)
{
	struct health_line line = {.state = HEALTH_GOOD, .name = _("Disk"), .words = _("Good")};

	if (f->whole)
		line.words = i18n_format(rq->mem, rq->lang, "%1$s free",
					 words_size(rq->mem, rq->lang, f->free_bytes));
	if (!f->has_room) {
		line.state = HEALTH_BROKEN;
		line.words = f->whole ? line.words : _("Nearly full");
		line.advice = _("Nothing can be saved until there is room. Free some disk space.");
	}
	return line;
}

static struct health_line line_index(struct request *rq, const struct health_facts *f)
{
	struct health_line line = {.state = HEALTH_GOOD, .name = _("Search index")};

	if (f->whole)
		line.words =
			i18n_format(rq->mem, rq->lang, "%1$s documents, %2$s; %3$s changes waiting",
				    f->feed.documents, words_size(rq->mem, rq->lang, f->feed.bytes),
				    f->feed.lag);
	else
		line.words = i18n_format(rq->mem, rq->lang, "%1$s changes waiting", f->feed.lag);
	if (f->feed.rebuilding) {
		line.state = HEALTH_LOOK;
		line.advice = _("The index is being built anew; search answers when it is done.");
	} else if (f->feed.lag > LAG_LOOK) {
		line.state = HEALTH_LOOK;
		line.advice = _("Search does not know the latest changes yet. Look again soon.");
	}
	return line;
}

static struct health_line line_quarantine(struct request *rq, const struct health_facts *f)
{
	return (struct health_line){
		.state = HEALTH_LOOK,
		.name = _("Documents found by title only"),
		.words = words_number(rq->mem, rq->lang, f->feed.quarantined),
		.advice = _("Their texts stop the indexer. Ask the operator to look at the log."),
	};
}

static struct health_line line_files(struct request *rq, const struct health_facts *f)
{
	struct health_line line = {.state = HEALTH_GOOD, .name = _("Attached files")};

	if (!f->files.pending && !f->files.unreadable) {
		line.words = i18n_format(
			rq->mem, rq->lang, "Files: %1$s, %2$s; all their texts are read",
			f->files.files, words_size(rq->mem, rq->lang, f->files.bytes));
		return line;
	}
	line.words = i18n_format(
		rq->mem, rq->lang,
		"Files: %1$s, %2$s; the texts of %3$s are being read, of %4$s cannot be read",
		f->files.files, words_size(rq->mem, rq->lang, f->files.bytes), f->files.pending,
		f->files.unreadable);
	return line;
}

static struct health_line line_children(struct request *rq, const struct health_facts *f)
{
	struct health_line line = {.state = HEALTH_GOOD, .name = _("Helper programs")};
	int64_t running = 0, deaths = 0;

	for (size_t i = 0; i < f->n_children; i++) {
		running += f->children[i].pid != 0;
		deaths += f->children[i].deaths;
	}
	if (f->whole)
		line.words =
			i18n_format(rq->mem, rq->lang, "%1$s of %2$s are running; %3$s restarts",
				    running, (int64_t)f->n_children, deaths);
	else
		line.words = i18n_format(rq->mem, rq->lang, "%1$s of %2$s are running", running,
					 (int64_t)f->n_children);
	if (running < (int64_t)f->n_children) {
		line.state = running ? HEALTH_LOOK : HEALTH_BROKEN;
		line.advice = _("They are started again by themselves. If this stays so, ask the "
				"operator to look at the log.");
	}
	return line;
}

static struct health_line line_version(struct request *rq)
{
	return (struct health_line){
		.state = HEALTH_GOOD,
		.name = _("Version"),
		.words = i18n_format(
			rq->mem, rq->lang, "Devon %1$s, running since %2$s", DEVON_VERSION,
			words_time(rq->mem, rq->lang, rq->app->started, WORDS_TASHKENT)),
	};
}

static size_t fill_lines(struct health_line *out, struct request *rq, const struct health_facts *f)
{
	size_t n = 0;

	out[n++] = line_record(rq, f);
	out[n++] = line_disk(rq, f);
	out[n++] = line_index(rq, f);
	if (f->whole && f->feed.quarantined)
		out[n++] = line_quarantine(rq, f);
	if (f->whole)
		out[n++] = line_files(rq, f);
	out[n++] = line_children(rq, f);
	out[n++] = line_version(rq);
	return n;
}

enum status page_admin_health(struct request *rq)
{
	struct health_facts facts;
	struct health_line lines[LINES_MOST];
	struct admin_health_view view = {.lines = lines};

	TRY(gather(&facts, rq));
	view.n_lines = fill_lines(lines, rq, &facts);
	rq->no_store = true;
	return REPLY_HTML(rq, 200, admin_health, &view);
}

/* What only those see who see every act; null for others. */
static void json_whole(struct json_out *j, const struct health_facts *f, const char *name,
		       int64_t value)
{
	if (f->whole)
		jo_i64(j, name, value);
	else
		jo_null(j, name);
}

static void json_index(struct json_out *j, const struct health_facts *f)
{
	jo_object(j, "index");
	json_whole(j, f, "documents", f->feed.documents);
	json_whole(j, f, "bytes", f->feed.bytes);
	jo_i64(j, "lag", f->feed.lag);
	json_whole(j, f, "quarantined", f->feed.quarantined);
	jo_bool(j, "rebuilding", f->feed.rebuilding);
	jo_end(j);
}

static void json_children(struct json_out *j, const struct health_facts *f)
{
	static const char *const roles[CHILD_ROLES] = {"convert", "write", "search"};

	jo_list(j, "children");
	for (size_t i = 0; i < f->n_children; i++) {
		jo_object(j, NULL);
		jo_c(j, "role", roles[f->children[i].role]);
		jo_bool(j, "running", f->children[i].pid != 0);
		json_whole(j, f, "restarts", f->children[i].deaths);
		jo_end(j);
	}
	jo_end(j);
}

enum status page_admin_stats(struct request *rq)
{
	struct health_facts f;
	struct json_out *j;

	TRY(gather(&f, rq));
	rq->no_store = true;
	j = reply_json(rq, 200);
	jo_object(j, NULL);
	jo_c(j, "version", DEVON_VERSION);
	jo_time(j, "started", rq->app->started);
	jo_i64(j, "people", f.counts.people);
	jo_i64(j, "groups", f.counts.groups);
	jo_i64(j, "spaces", f.counts.spaces);
	jo_i64(j, "articles", f.counts.articles);
	jo_i64(j, "revisions", f.counts.revisions);
	json_whole(j, &f, "journal", f.head);
	json_whole(j, &f, "record_bytes", f.record_bytes);
	json_whole(j, &f, "disk_free_bytes", f.free_bytes);
	json_index(j, &f);
	json_children(j, &f);
	jo_end(j);
	return ST_OK;
}

enum status page_admin_home(struct request *rq)
{
	struct health_facts facts;
	struct health_line lines[LINES_MOST];
	struct admin_home_view view = {.duties = rq->reader->duties, .healthy = true};
	size_t n;

	TRY(gather(&facts, rq));
	view.people = facts.counts.people;
	view.groups = facts.counts.groups;
	view.spaces = facts.counts.spaces;
	n = fill_lines(lines, rq, &facts);
	for (size_t i = 0; i < n; i++)
		view.healthy = view.healthy && lines[i].state == HEALTH_GOOD;
	rq->no_store = true;
	return REPLY_HTML(rq, 200, admin_home, &view);
}

/* ---- the audit log ------------------------------------------------------------------------------ */

static void json_admin_audit(struct json_out *j, const struct admin_audit_view *v, struct str next)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_rows; i++) {
		const struct journal_row *row = &v->rows[i];

		jo_object(j, NULL);
		if (v->numbered)
			jo_i64(j, "seq", row->seq);
		jo_time(j, "at", row->at / 1000000);
		jo_str(j, "actor", row->actor);
		jo_str_or_null(j, "on_behalf", row->on_behalf);
		jo_str_or_null(j, "session", v->numbered ? row->session : STR_NONE);
		jo_str_or_null(j, "address", row->address);
		jo_str(j, "action", row->action);
		jo_str(j, "outcome", row->outcome);
		jo_str_or_null(j, "object_type", row->object_type);
		if (v->numbered)
			jo_i64(j, "object_id", row->object_id);
		jo_raw(j, "detail", row->detail);
		jo_end(j);
	}
	jo_end(j);
	jo_str_or_null(j, "next", next);
	jo_end(j);
}

/* Recomputing the chain reads every row, so it is left to those who see every row. */
static enum status verify(struct request *rq, struct admin_audit_view *view)
{
	enum status outcome = journal_verify(rq->db, &view->checked, &view->bad_seq);

	view->verified = true;
	return outcome == ST_INVALID ? ST_OK : outcome;
}

enum status page_admin_audit(struct request *rq)
{
	struct admin_audit_view view = {.action = str_trim(request_query(rq, "action")),
					.actor = str_trim(request_query(rq, "actor"))};
	struct journal_row *rows;
	struct url more = url_with(rq->mem, URL("admin/audit"), "action", view.action);
	struct str next = STR_NONE, place = request_query(rq, "before");
	int64_t before = 0;

	if (place.len && !opaque_read(&before, rq->app->key, "audit", place))
		return fail_on("before", ST_INVALID,
			       "The place in the list cannot be read; begin again.");
	TRY(journal_list(&rows, &view.n_rows, rq->db, rq->mem, rq->reader, view.action, view.actor,
			 before, AUDIT_STEP + 1));
	if (view.n_rows > AUDIT_STEP) {
		view.n_rows = AUDIT_STEP;
		next = opaque_write(rq->mem, rq->app->key, "audit", rows[AUDIT_STEP - 1].seq);
	}
	view.rows = rows;
	view.numbered = (rq->reader->duties & DUTY_AUDIT) != 0;
	rq->no_store = true;
	if (rq->json) {
		json_admin_audit(reply_json(rq, 200), &view, next);
		return ST_OK;
	}
	if (next.len)
		view.pager.next = url_with(rq->mem, url_with(rq->mem, more, "actor", view.actor),
					   "before", next);
	if (request_query(rq, "verify").len && rq->reader->duties & DUTY_AUDIT)
		TRY(verify(rq, &view));
	return REPLY_HTML(rq, 200, admin_audit, &view);
}
