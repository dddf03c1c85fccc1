/* What the log of searches tells: only what enough different people did alike. */
#include "schema/search_log.h"

#include <stdlib.h>

#include "schema/article.h"

enum { OPENED_MOST = 5 };

static const struct object ANYTHING = {.space_id = 0};

/* What a report is about: all that decides which rows of the log it may count. */
struct scope {
	struct db *db;
	struct arena *mem;
	const struct reader *who;
	int64_t space_id; /* 0: every space */
	int64_t whole;    /* 1: the reader manages every audience of it */
	enum search_report_kind kind;
	int64_t since;
};

/*
 * The rows s of the log that are in the scope, with what `more` joins to them; the parameters are those
 * of SCOPE_VALUES(). Those of a space begin with it (`link` BY_SPACE), or with what else is known of them
 * (BY_SEARCH: an index that holds all of the answer is passed over for one that is unique, unless it is
 * asked for a range).
 */
#define EVERYWHERE(more)                                                                           \
	" FROM search_log s" more " WHERE s.at >= $1 AND s.person_id <> $2 AND $3 = 0 AND $4 = 1"  \
	" AND ($5 <> 1 OR s.hits = 0) AND ($5 <> 2 OR (s.hits > 0 AND s.opened = 0)) "
#define IN_SPACE(link, more)                                                                       \
	" FROM search_log s JOIN search_log_space p ON p.space_id = $3 AND " link more             \
	" WHERE s.at >= $1 AND s.person_id <> $2"                                                  \
	" AND (p.asked = 1 OR ($4 = 1 AND (p.found = 1 OR p.opened = 1)))"                         \
	" AND ($5 <> 1 OR s.hits = 0)"                                                             \
	" AND ($5 <> 2 OR (s.hits > 0 AND p.opened = 0)) "
#define BY_SPACE "p.search_id = s.id"
#define BY_SEARCH "p.search_id BETWEEN s.id AND s.id"
#define SCOPE_VALUES(scope)                                                                        \
	v_i64((scope)->since), v_i64((scope)->who->person_id), v_i64((scope)->space_id),           \
		v_i64((scope)->whole), v_i64((int64_t)(scope)->kind)
#define SCOPE_ROWS(r, scope, link, what, more, rest, ...)                                          \
	((scope)->space_id ? db_rows(r, (scope)->db, "SELECT " what IN_SPACE(link, more) rest,     \
				     SCOPE_VALUES(scope), __VA_ARGS__)                             \
			   : db_rows(r, (scope)->db, "SELECT " what EVERYWHERE(more) rest,         \
				     SCOPE_VALUES(scope), __VA_ARGS__))

/* The highest step that the number reaches. */
static int64_t step_of(int64_t people)
{
	static const int64_t steps[] = {SEARCH_LOG_PEOPLE, 5, 10, 20, 50, 100, 200, 500, 1000};
	int64_t step = steps[0];

	for (size_t i = 0; i < COUNT(steps) && steps[i] <= people; i++)
		step = steps[i];
	return step;
}

static enum status manages_whole(int64_t *out, struct db *db, const struct reader *who,
				 int64_t space_id)
{
	int64_t audiences = 0, managed = 0;

	TRY(db_i64(&audiences, db, "SELECT count(*) FROM audience WHERE space_id = $1",
		   v_i64(space_id)));
	for (size_t i = 0; i < who->n_grants; i++)
		managed +=
			who->grants[i].space_id == space_id && who->grants[i].level == LEVEL_MANAGE;
	*out = managed == audiences;
	return ST_OK;
}

/* A way of writing that only one or two people use may tell who they are. */
static enum status find_written(struct search_report_row *row, const struct scope *scope)
{
	AUTO(rows) struct rows r = {0};

	TRY(SCOPE_ROWS(&r, scope, BY_SEARCH, "s.query", "",
		       "AND s.key = $6 GROUP BY s.query HAVING count(DISTINCT s.person_id) >= $7"
		       " ORDER BY count(DISTINCT s.person_id) DESC, s.query LIMIT 1",
		       v_str(row->key), v_i64(SEARCH_LOG_PEOPLE)));
	row->query = rows_next(&r) ? row_str(&r, scope->mem) : row->key;
	return rows_end(&r);
}

/* What enough people opened from it, in the space of the report, as far as its reader may know it. */
static enum status find_opened(struct search_report_row *row, const struct scope *scope)
{
	AUTO(rows) struct rows r = {0};
	int64_t ids[OPENED_MOST] = {0};
	size_t count = 0;

	TRY(SCOPE_ROWS(&r, scope, BY_SEARCH, "c.article_id",
		       " JOIN search_log_click c ON c.search_id = s.id"
		       " JOIN article a ON a.id = c.article_id",
		       "AND s.key = $6 AND s.opened = 1 AND a.deleted_at IS NULL AND a.status = 1"
		       " AND ($3 = 0 OR a.space_id = $3)"
		       " GROUP BY c.article_id HAVING count(DISTINCT s.person_id) >= $7"
		       " ORDER BY count(DISTINCT s.person_id) DESC, c.article_id LIMIT $8",
		       v_str(row->key), v_i64(SEARCH_LOG_PEOPLE), v_i64(OPENED_MOST)));
	while (rows_next(&r))
		ids[count++] = row_i64(&r);
	TRY(rows_end(&r));
	for (size_t i = 0; i < count && !row->article.len; i++) {
		struct article article;
		enum status outcome =
			article_get_by_id(&article, scope->db, scope->mem, scope->who, ids[i]);

		if (outcome == ST_NOT_FOUND)
			continue;
		TRY(outcome);
		row->article = article.public_id;
		row->article_slug = article.slug;
		row->article_title = article.title;
		row->article_lang = article.lang;
	}
	return ST_OK;
}

static int order(const void *left, const void *right)
{
	const struct search_report_row *a = left, *b = right;

	if (a->people != b->people)
		return a->people > b->people ? -1 : 1;
	return str_cmp(a->key, b->key);
}

/* Rows of (key, number of people). Within one step the order must not tell the number, either. */
static enum status take_rows(struct search_report_row **out, size_t *count, struct rows *r,
			     struct arena *mem, size_t limit)
{
	struct search_report_row *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	while (rows_next(r)) {
		list[*count].key = list[*count].query = row_str(r, mem);
		list[(*count)++].people = step_of(row_i64(r));
	}
	if (*count)
		qsort(list, *count, sizeof(*list), order);
	return rows_end(r);
}

static enum status load(struct search_report_row **out, size_t *count, const struct scope *scope,
			size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(SCOPE_ROWS(&r, scope, BY_SPACE, "s.key, count(DISTINCT s.person_id)", "",
		       "GROUP BY s.key HAVING count(DISTINCT s.person_id) >= $6"
		       " ORDER BY count(DISTINCT s.person_id) DESC, s.key LIMIT $7",
		       v_i64(SEARCH_LOG_PEOPLE), v_i64((int64_t)limit)));
	return take_rows(out, count, &r, scope->mem, limit);
}

enum status search_report(struct search_report_row **out, size_t *count, struct db *db,
			  struct arena *mem, const struct reader *who, int64_t space_id,
			  enum search_report_kind kind, int64_t since, size_t limit)
{
	struct scope scope = {db, mem, who, space_id, 1, kind, since};
	struct object space = {.space_id = space_id};

	*out = NULL;
	*count = 0;
	TRY(access_check(who, space_id ? ACT_MANAGE : ACT_ACCOUNTS, space_id ? &space : &ANYTHING));
	if (space_id)
		TRY(manages_whole(&scope.whole, db, who, space_id));
	if (!scope.whole && kind != SEARCH_REPORT_ALL)
		return ST_OK; /* whether something was found depends on what this reader may not know */
	TRY(load(out, count, &scope, limit));
	for (size_t i = 0; i < *count; i++) {
		TRY(find_written(&(*out)[i], &scope));
		if (kind == SEARCH_REPORT_ALL)
			TRY(find_opened(&(*out)[i], &scope));
	}
	return ST_OK;
}

enum status search_report_past(struct search_report_row **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	TRY(db_rows(&r, db,
		    "SELECT key, max(people) FROM search_past GROUP BY key"
		    " ORDER BY max(people) DESC, key LIMIT $1",
		    v_i64((int64_t)limit)));
	return take_rows(out, count, &r, mem, limit);
}

enum { WEEK = 7 * 24 * 3600, TOLD_FROM = 10 };

/* Rounded down: tens below a thousand, hundreds below ten thousand, ... */
static int64_t coarse(int64_t number, int64_t people)
{
	int64_t step = 10;

	if (number < TOLD_FROM || people < SEARCH_LOG_PEOPLE)
		return -1;
	while (number >= step * 100)
		step *= 10;
	return number / step * step;
}

enum status search_weeks(struct search_week *out, size_t n, struct db *db, const struct reader *who,
			 int64_t from)
{
	AUTO(rows) struct rows r = {0};
	int64_t first = from / WEEK;

	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	for (size_t i = 0; i < n; i++)
		out[i] = (struct search_week){-1, -1};
	TRY(db_rows(
		&r, db,
		"SELECT at / $4, count(*), count(DISTINCT person_id),"
		" sum(CASE WHEN hits = 0 THEN 1 ELSE 0 END),"
		" count(DISTINCT CASE WHEN hits = 0 THEN person_id END),"
		" count(DISTINCT CASE WHEN hits > 0 THEN person_id END)"
		" FROM search_log WHERE person_id <> $1 AND at >= $2 AND at < $3 GROUP BY at / $4",
		v_i64(who->person_id), v_i64(first * WEEK), v_i64((first + (int64_t)n) * WEEK),
		v_i64(WEEK)));
	while (rows_next(&r)) {
		struct search_week *week = &out[row_i64(&r) - first];
		int64_t searches = row_i64(&r), people = row_i64(&r), nothing = row_i64(&r);
		int64_t failed = row_i64(&r), found = row_i64(&r);

		week->searches = coarse(searches, people);
		week->nothing = coarse(nothing, failed < found ? failed : found);
	}
	return rows_end(&r);
}
