/* How much is done: searches, saves, activity by space, growth; as charts with their tables. */
#include "schema/access.h"
#include "schema/activity.h"
#include "schema/base/clock.h"
#include "schema/search_log.h"
#include "server/pages/pages.h"
#include "server/words.h"
#include "views/activity.h"

enum { MONTHS = 12, SPACES = 12 };

/* "12.11.2026": the day alone, as short as a table wants it; "12 Nov 2026" in English. */
static struct str day_words(struct request *rq, int64_t at)
{
	return words_day(rq->mem, rq->lang, at, WORDS_TASHKENT);
}

static struct chart_bar *week_bars(struct request *rq, int64_t from)
{
	struct chart_bar *bars = arena_array(rq->mem, ACTIVITY_WEEKS, sizeof(*bars));

	for (int i = 0; i < ACTIVITY_WEEKS; i++)
		bars[i].label = day_words(rq, from + (int64_t)i * ACTIVITY_WEEK);
	return bars;
}

static enum status fill_searches(struct activity_view *out, struct request *rq, int64_t from)
{
	struct chart_bar *asked = week_bars(rq, from), *nothing = week_bars(rq, from);
	struct search_week weeks[ACTIVITY_WEEKS];

	if (!(rq->reader->duties & DUTY_ACCOUNTS))
		return ST_OK;
	out->searches = true;
	TRY(search_weeks(weeks, ACTIVITY_WEEKS, rq->db, rq->reader, from));
	for (size_t i = 0; i < ACTIVITY_WEEKS; i++) {
		asked[i].value = weeks[i].searches;
		nothing[i].value = weeks[i].nothing;
	}
	out->asked = (struct chart_view){
		.id = "asked",
		.heading = _("Searches"),
		.words = _(
			"Searches of others in each finished week, rounded down to tens. A week in "
			"which fewer than three people searched, or fewer than ten times, is not "
			"told."),
		.label = _("Week from"),
		.value = _("Searches"),
		.hidden = _("not told"),
	};
	out->nothing = out->asked;
	out->nothing.id = "nothing";
	out->nothing.heading = _("Searches that found nothing");
	out->nothing.words =
		_("Of these searches, those without a result, by the same rule. What was "
		  "asked stands under Searches.");
	chart_columns(&out->asked.chart, asked, ACTIVITY_WEEKS);
	chart_columns(&out->nothing.chart, nothing, ACTIVITY_WEEKS);
	return ST_OK;
}

static enum status fill_saves(struct activity_view *out, struct request *rq, int64_t now)
{
	struct chart_bar *bars = week_bars(rq, activity_from(now));
	int64_t saves[ACTIVITY_WEEKS];

	TRY(activity_saves(saves, rq->db, rq->reader, now));
	for (size_t i = 0; i < ACTIVITY_WEEKS; i++)
		bars[i].value = saves[i];
	out->saves = (struct chart_view){
		.id = "saves",
		.heading = _("Saves of articles"),
		.words = _("New articles and changes in each finished week."),
		.label = _("Week from"),
		.value = _("Saves"),
	};
	chart_columns(&out->saves.chart, bars, ACTIVITY_WEEKS);
	return ST_OK;
}

static enum status fill_spaces(struct activity_view *out, struct request *rq, int64_t now)
{
	struct activity_space *spaces;
	struct activity_row *rows;
	struct chart_bar *bars;
	size_t n;

	TRY(activity_spaces(&spaces, &n, rq->db, rq->mem, rq->reader, now, SPACES));
	rows = arena_array(rq->mem, n + 1, sizeof(*rows));
	bars = arena_array(rq->mem, n + 1, sizeof(*bars));
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct activity_row){spaces[i].key, spaces[i].name, spaces[i].saves,
						spaces[i].posts};
		bars[i].label = space_said(rq, spaces[i].name);
		bars[i].value = spaces[i].saves + spaces[i].posts;
	}
	out->rows = rows;
	out->spaces = (struct chart_view){
		.id = "spaces",
		.heading = _("Activity by space"),
		.words = i18n_format(
			rq->mem, rq->lang, "Saves and messages since %1$s; the most active spaces.",
			words_date(rq->mem, rq->lang, activity_from(now), WORDS_TASHKENT)),
		.label = _("Space"),
		.value = _("Together"),
	};
	chart_rows(&out->spaces.chart, rq->mem, bars, n);
	return ST_OK;
}

/* The first days of this month and of those before it; the last column is the present. */
static enum status fill_growth(struct activity_view *out, struct request *rq, int64_t now)
{
	struct chart_bar *bars = arena_array(rq->mem, MONTHS, sizeof(*bars));
	struct clock_date today = clock_date(now);
	int64_t moments[MONTHS], articles[MONTHS];

	for (int i = 0; i < MONTHS; i++) {
		moments[i] = i + 1 == MONTHS
				     ? now + 1
				     : clock_from_date(today.year, today.month - MONTHS + 2 + i, 1);
		bars[i].label = day_words(rq, moments[i]);
	}
	TRY(activity_articles(articles, moments, MONTHS, rq->db, rq->reader));
	for (size_t i = 0; i < MONTHS; i++)
		bars[i].value = articles[i];
	out->growth = (struct chart_view){
		.id = "growth",
		.heading = _("Growth"),
		.words =
			_("How many of today's articles there were at the beginning of each month, "
			  "and are now."),
		.label = _("Day"),
		.value = _("Articles"),
	};
	chart_columns(&out->growth.chart, bars, MONTHS);
	return ST_OK;
}

enum status page_admin_activity(struct request *rq)
{
	int64_t now = clock_now();
	struct activity_view view = {.whole = (rq->reader->duties & DUTY_AUDIT) != 0};

	TRY(fill_searches(&view, rq, activity_from(now)));
	TRY(fill_saves(&view, rq, now));
	TRY(fill_spaces(&view, rq, now));
	TRY(fill_growth(&view, rq, now));
	rq->no_store = true;
	return REPLY_HTML(rq, 200, activity_show, &view);
}
