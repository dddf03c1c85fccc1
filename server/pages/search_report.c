/* The report of searches: for managers of a space, and for administrators; as a page and as CSV. */
#include "server/pages/pages.h"

#include "schema/base/clock.h"
#include "schema/term.h"
#include "server/csv.h"
#include "views/report.h"

enum { DAY = 24 * 3600, SHOWN = 50, CSV_MOST = 1000, PERIODS = 4 };

static const int64_t days_of[PERIODS] = {7, 30, 90, 0};

/* 7, 30 or 90; 0 for the forgotten weeks, which only administrators see. */
static int64_t asked_days(struct request *rq)
{
	int64_t asked = request_query_i64(rq, "days", 30, 0, 90);

	for (size_t i = 0; i < PERIODS - (rq->space ? 1 : 0); i++) {
		if (days_of[i] == asked)
			return asked;
	}
	return 30;
}

static struct url base_url(struct request *rq, const char *part)
{
	return rq->space ? url_space_part(rq->mem, rq->space->key, part)
			 : url_with_part(rq->mem, URL("admin"), part);
}

static enum status load(struct search_report_row **out, size_t *count, struct request *rq,
			enum search_report_kind kind, int64_t days, size_t limit)
{
	if (days == 0)
		return search_report_past(out, count, rq->db, rq->mem, rq->reader, limit);
	return search_report(out, count, rq->db, rq->mem, rq->reader, rq->space ? rq->space->id : 0,
			     kind, clock_now() - days * DAY, limit);
}

/* ---- the page ------------------------------------------------------------------------------------ */

static void fill_row(struct report_row_view *out, struct request *rq,
		     const struct term_rights *rights, const struct search_report_row *row)
{
	struct url search = url_with(rq->mem, URL("search"), "q", row->query);

	*out = (struct report_row_view){.row = row, .search = search};
	if (rights->approve)
		out->synonym = url_with(rq->mem, URL("glossary/synonym"), "word", row->query);
	if (rights->propose)
		out->term =
			url_at(rq->mem, url_with(rq->mem, URL("glossary"), "propose", row->query),
			       STR("propose"));
	if (access_may_create(rq->reader))
		out->create = url_new(rq->mem, rq->space ? rq->space->key : STR(""), row->query);
	if (!rq->space)
		return;
	out->search = url_with(rq->mem, search, "space", rq->space->key);
	out->recommend = url_with(rq->mem, base_url(rq, "bets"), "query", row->query);
	out->recommend = url_with(rq->mem, out->recommend, "article", row->article);
}

static enum status fill_list(struct report_list_view *out, struct request *rq,
			     enum search_report_kind kind, int64_t days)
{
	struct search_report_row *rows;
	struct report_row_view *views;
	struct term_rights rights;

	out->kind = kind;
	TRY(term_rights(&rights, rq->db, rq->reader));
	TRY(load(&rows, &out->n_rows, rq, kind, days, SHOWN));
	views = arena_array(rq->mem, out->n_rows + 1, sizeof(*views));
	for (size_t i = 0; i < out->n_rows; i++)
		fill_row(&views[i], rq, &rights, &rows[i]);
	out->rows = views;
	return ST_OK;
}

static enum status show(struct request *rq)
{
	int64_t days = asked_days(rq);
	struct report_view view = {.space = rq->space, .past = days == 0};
	struct report_period *periods = arena_array(rq->mem, PERIODS, sizeof(*periods));

	rq->no_store = true;
	view.n_lists = view.past ? 1 : SEARCH_REPORT_KINDS;
	for (unsigned i = 0; i < view.n_lists; i++)
		TRY(fill_list(&view.lists[i], rq, (enum search_report_kind)i, days));
	view.n_periods = PERIODS - (rq->space ? 1 : 0);
	for (size_t i = 0; i < view.n_periods; i++)
		periods[i] = (struct report_period){
			days_of[i],
			url_with_i64(rq->mem, base_url(rq, "searches"), "days", days_of[i]),
			days_of[i] == days};
	view.periods = periods;
	view.csv = url_with_i64(rq->mem, base_url(rq, "searches.csv"), "days", days);
	return REPLY_HTML(rq, 200, report_show, &view);
}

enum status page_space_searches(struct request *rq)
{
	return show(rq);
}

enum status page_admin_searches(struct request *rq)
{
	return show(rq);
}

/* ---- CSV ----------------------------------------------------------------------------------------- */

static enum status put_list(struct buf *out, struct request *rq, enum search_report_kind kind,
			    int64_t days)
{
	static const char *const names[SEARCH_REPORT_KINDS] = {"all", "no_result", "not_opened"};
	struct search_report_row *rows;
	size_t count;

	TRY(load(&rows, &count, rq, kind, days, CSV_MOST));
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "%s,", days ? names[kind] : "past");
		csv_cell(out, rows[i].query);
		buf_printf(out, ",%lld,", (long long)rows[i].people);
		csv_cell(out, rows[i].article_title);
		buf_byte(out, '\n');
	}
	return ST_OK;
}

static enum status send_csv(struct request *rq)
{
	AUTO(buf) struct buf out = {0};
	int64_t days = asked_days(rq);

	rq->no_store = true;
	csv_begin(&out, "list,query,people_at_least,opened_most");
	for (unsigned i = 0; i < (days ? SEARCH_REPORT_KINDS : 1); i++)
		TRY(put_list(&out, rq, (enum search_report_kind)i, days));
	TRY(reply_data(rq, 200, "text/csv; charset=utf-8", buf_keep(&out, rq->mem)));
	reply_header(rq, "Content-Disposition", STR("attachment; filename=\"searches.csv\""));
	return ST_OK;
}

enum status page_space_searches_csv(struct request *rq)
{
	return send_csv(rq);
}

enum status page_admin_searches_csv(struct request *rq)
{
	return send_csv(rq);
}
