/* Sums over revisions, articles and posts, cut to what the asking person may read. */
#include "schema/activity.h"

#include "schema/article_row.h"

/* The second value tells ARTICLE_VISIBLE and REVISION_VISIBLE to leave nothing out. */
#define SEEN_VALUES(who) v_i64((who)->person_id), v_i64(reader_sees_acts(who))

int64_t activity_from(int64_t now)
{
	return (now / ACTIVITY_WEEK - ACTIVITY_WEEKS) * ACTIVITY_WEEK;
}

enum status activity_saves(int64_t out[ACTIVITY_WEEKS], struct db *db, const struct reader *who,
			   int64_t now)
{
	AUTO(rows) struct rows r = {0};
	int64_t first = activity_from(now) / ACTIVITY_WEEK;

	memset(out, 0, ACTIVITY_WEEKS * sizeof(*out));
	TRY(db_rows(
		&r, db,
		"SELECT v.at / $3, count(*) FROM revision v JOIN article a ON a.id = v.article_id"
		" WHERE v.at >= $4 AND v.at < $5 AND" REVISION_VISIBLE "AND" ARTICLE_VISIBLE
		"GROUP BY v.at / $3",
		SEEN_VALUES(who), v_i64(ACTIVITY_WEEK), v_i64(first * ACTIVITY_WEEK),
		v_i64((first + ACTIVITY_WEEKS) * ACTIVITY_WEEK)));
	while (rows_next(&r)) {
		int64_t week = row_i64(&r) - first;

		out[week] = row_i64(&r);
	}
	return rows_end(&r);
}

/* One walk for all moments: how many came on each day, added up on the way. */
enum status activity_articles(int64_t *out, const int64_t *moments, size_t n, struct db *db,
			      const struct reader *who)
{
	AUTO(rows) struct rows r = {0};

	memset(out, 0, n * sizeof(*out));
	TRY(db_rows(&r, db,
		    "SELECT a.created_at / $3, count(*) FROM article a WHERE" ARTICLE_VISIBLE
		    "GROUP BY a.created_at / $3",
		    SEEN_VALUES(who), v_i64(ACTIVITY_DAY)));
	while (rows_next(&r)) {
		int64_t day = row_i64(&r), articles = row_i64(&r);

		for (size_t i = 0; i < n; i++)
			out[i] += day * ACTIVITY_DAY < moments[i] ? articles : 0;
	}
	return rows_end(&r);
}

enum status activity_spaces(struct activity_space **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who, int64_t now, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct activity_space *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(
		&r, db,
		"SELECT s.key, " SPACE_NAME
		", a.saves, a.posts FROM (SELECT space_id, sum(saved) AS saves,"
		" sum(said) AS posts FROM ("
		"SELECT a.space_id AS space_id, 1 AS saved, 0 AS said FROM revision v"
		" JOIN article a ON a.id = v.article_id"
		" WHERE v.at >= $3 AND" REVISION_VISIBLE "AND" ARTICLE_VISIBLE
		"UNION ALL SELECT a.space_id, 0, 1 FROM post p JOIN thread t ON t.id = p.thread_id"
		" JOIN article a ON a.id = t.article_id"
		" WHERE p.at >= $3 AND p.deleted_at IS NULL AND" ARTICLE_VISIBLE
		") AS acts GROUP BY space_id) AS a JOIN space s ON s.id = a.space_id" SPACE_NAME_FROM(
			"$5") "ORDER BY a.saves + a.posts DESC, s.key LIMIT $4",
		SEEN_VALUES(who), v_i64(activity_from(now)), v_i64((int64_t)limit), NAMES_IN(who)));
	while (rows_next(&r)) {
		struct activity_space *s = &list[(*count)++];

		s->key = row_str(&r, mem);
		s->name = space_text_read(&r, mem);
		s->saves = row_i64(&r);
		s->posts = row_i64(&r);
	}
	return rows_end(&r);
}
