/* Alerts on accounts that read very much: written once a day, shown to auditors. */
#include "schema/reading.h"

#include "schema/journal.h"

enum { DAY = 86400 };

static enum status journal_alert(struct db *db, struct arena *mem, const struct reader *who,
				 int64_t articles)
{
	static const char *const names[] = {"articles"};
	struct str number = arena_printf(mem, "%lld", (long long)articles);

	return journal_add(
		db, who,
		&(struct journal_entry){.action = STR("reading.many"),
					.object_type = STR("reading"),
					.object_id = who->person_id,
					.detail = journal_detail(mem, names, &number, 1)});
}

enum status reading_alert_add(struct db *db, struct arena *mem, const struct reader *who,
			      int64_t articles, int64_t now)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	TRY(db_exec(db,
		    "INSERT INTO reading_alert (person_id, day, at, articles)"
		    " VALUES ($1, $2, $3, $4) ON CONFLICT (person_id, day) DO NOTHING",
		    v_i64(who->person_id), v_i64(now / DAY), v_i64(now), v_i64(articles)));
	if (db_changed(db) == 0)
		return ST_OK;
	TRY(journal_alert(db, mem, who, articles));
	return tx_commit(&tx);
}

/* The alerts beside what $1 has seen of them; none where $2 is 0. */
#define ALERTS_FROM                                                                                \
	" FROM reading_alert a JOIN person p ON p.id = a.person_id"                                \
	" LEFT JOIN reading_alert_seen s ON s.person_id = $1 WHERE $2 = 1 "
#define UNSEEN "a.id > coalesce(s.alert_id, 0)"

enum status reading_alert_list(struct reading_alert **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who, bool unseen_only,
			       size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct reading_alert *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT p.login, p.name, a.at, a.articles,"
		    " CASE WHEN " UNSEEN " THEN 0 ELSE 1 END" ALERTS_FROM "AND ($3 = 0 OR " UNSEEN
		    ") ORDER BY a.id DESC LIMIT $4",
		    v_i64(who->person_id), v_i64(reader_sees_acts(who)), v_i64(unseen_only),
		    v_i64((int64_t)limit)));
	while (rows_next(&r)) {
		struct reading_alert *alert = &list[(*count)++];

		alert->login = row_str(&r, mem);
		alert->name = row_str(&r, mem);
		alert->at = row_i64(&r);
		alert->articles = row_i64(&r);
		alert->seen = row_i64(&r) != 0;
	}
	return rows_end(&r);
}

enum status reading_alert_unseen(int64_t *out, struct db *db, const struct reader *who)
{
	*out = 0;
	if (!reader_sees_acts(who)) /* asked for the frame of every page */
		return ST_OK;
	return db_i64(out, db, "SELECT count(*)" ALERTS_FROM "AND " UNSEEN, v_i64(who->person_id),
		      v_i64(reader_sees_acts(who)));
}

enum status reading_alert_see(struct db *db, const struct reader *who)
{
	if (!reader_sees_acts(who) || !who->person_id)
		return ST_OK;
	return db_exec(db,
		       "INSERT INTO reading_alert_seen (person_id, alert_id)"
		       " SELECT $1, coalesce(max(id), 0) FROM reading_alert WHERE true"
		       " ON CONFLICT (person_id) DO UPDATE SET alert_id = excluded.alert_id",
		       v_i64(who->person_id));
}
