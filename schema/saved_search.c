/* Saved searches and their news. */
#include "schema/saved_search.h"

#include "schema/article_row.h"
#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/journal.h"

enum { DAY = 24 * 3600, NAME_MAX = 100 };

static const char *const names[ALERT_KINDS] = {"none", "daily", "weekly"};

const char *alert_name(enum alert alert)
{
	return names[alert];
}

bool alert_parse(struct str name, enum alert *out)
{
	for (unsigned i = 0; i < ALERT_KINDS; i++) {
		if (str_is(name, names[i])) {
			*out = (enum alert)i;
			return true;
		}
	}
	return false;
}

/* ---- acts ---------------------------------------------------------------------------------------- */

/* Never the words of the search: the journal is read by auditors. */
static enum status journal_saved(struct db *db, struct arena *mem, const struct reader *who,
				 const char *action, int64_t id, enum alert alert)
{
	static const char *const keys[] = {"alert"};
	struct str values[] = {str_c(alert_name(alert))};

	return journal_add(db, who,
			   &(struct journal_entry){.action = str_c(action),
						   .object_type = STR("search"),
						   .object_id = id,
						   .detail = journal_detail(mem, keys, values, 1)});
}

static enum status check_name(struct db *db, const struct reader *who, struct str name,
			      int64_t except)
{
	int64_t same = 0;

	TRY(check_line("name", name, NAME_MAX));
	TRY(db_i64(&same, db,
		   "SELECT count(*) FROM saved_search"
		   " WHERE person_id = $1 AND name = $2 AND id <> $3",
		   v_i64(who->person_id), v_str(name), v_i64(except)));
	return same ? fail_on("name", ST_INVALID, "You have a search of this name already.")
		    : ST_OK;
}

static enum status find(int64_t *out, struct db *db, const struct reader *who, struct str public_id)
{
	return db_i64(out, db,
		      "SELECT id FROM saved_search WHERE public_id = $1 AND person_id = $2",
		      v_str(public_id), v_i64(who->person_id));
}

enum status saved_search_add(struct db *db, struct arena *mem, const struct reader *who,
			     struct str name, struct str address, enum alert alert)
{
	AUTO(tx) struct tx tx = {0};
	char public_id[PUBLIC_ID_LEN + 1];
	int64_t count = 0, now = clock_now();

	TRY(tx_begin(&tx, db));
	TRY(check_name(db, who, name, 0));
	TRY(check_body("address", address, SAVED_ADDRESS_MAX));
	TRY(db_i64(&count, db, "SELECT count(*) FROM saved_search WHERE person_id = $1",
		   v_i64(who->person_id)));
	if (count >= SAVED_MOST)
		return fail_on("name", ST_INVALID,
			       "You have %d saved searches; delete one that you do not need.",
			       SAVED_MOST);
	secret_public_id(public_id);
	TRY(db_exec(db,
		    "INSERT INTO saved_search (public_id, person_id, name, address, alert,"
		    " created_at, since, ran_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $6)",
		    v_str(str_c(public_id)), v_i64(who->person_id), v_str(name), v_str(address),
		    v_i64(alert), v_i64(now)));
	TRY(journal_saved(db, mem, who, "search.save", db_last_id(db), alert));
	return tx_commit(&tx);
}

/* A search that begins to be watched knows no news from before. */
enum status saved_search_set(struct db *db, struct arena *mem, const struct reader *who,
			     struct str public_id, struct str name, enum alert alert)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id = 0, now = clock_now();

	TRY(tx_begin(&tx, db));
	TRY(find(&id, db, who, public_id));
	TRY(check_name(db, who, name, id));
	TRY(db_exec(db,
		    "UPDATE saved_search SET name = $2, since = CASE WHEN alert = 0 THEN $4 ELSE"
		    " since END, ran_at = CASE WHEN alert = 0 THEN $4 ELSE ran_at END, alert = $3"
		    " WHERE id = $1",
		    v_i64(id), v_str(name), v_i64(alert), v_i64(now)));
	TRY(journal_saved(db, mem, who, "search.change", id, alert));
	return tx_commit(&tx);
}

enum status saved_search_delete(struct db *db, struct arena *mem, const struct reader *who,
				struct str public_id)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(find(&id, db, who, public_id));
	TRY(db_exec(db, "DELETE FROM saved_search_hit WHERE saved_id = $1", v_i64(id)));
	TRY(db_exec(db, "DELETE FROM saved_search WHERE id = $1", v_i64(id)));
	TRY(journal_saved(db, mem, who, "search.delete", id, ALERT_NONE));
	return tx_commit(&tx);
}

/* ---- reading ------------------------------------------------------------------------------------- */
#define SAVED_COLUMNS                                                                              \
	"f.id, f.person_id, f.public_id, f.name, f.address, f.alert, f.created_at, f.since, f.ran_at"

/* News h of search f that the reader may read: article a as it is now. */
#define NEWS_FROM                                                                                  \
	" FROM saved_search f JOIN saved_search_hit h ON h.saved_id = f.id"                        \
	" JOIN article a ON a.id = h.article_id "
#define NEWS_VISIBLE " f.person_id = $1 AND a.status = 1 AND" ARTICLE_VISIBLE

static void saved_read(struct rows *r, struct arena *mem, struct saved_search *out)
{
	out->id = row_i64(r);
	out->person_id = row_i64(r);
	out->public_id = row_str(r, mem);
	out->name = row_str(r, mem);
	out->address = row_str(r, mem);
	out->alert = (enum alert)row_i64(r);
	out->created_at = row_i64(r);
	out->since = row_i64(r);
	out->ran_at = row_i64(r);
}

enum status saved_search_list(struct saved_search **out, size_t *count, struct db *db,
			      struct arena *mem, const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct saved_search *list = arena_array(mem, SAVED_MOST + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " SAVED_COLUMNS " FROM saved_search f WHERE f.person_id = $1"
		    " ORDER BY f.name, f.id LIMIT $2",
		    v_i64(who->person_id), v_i64(SAVED_MOST)));
	while (rows_next(&r))
		saved_read(&r, mem, &list[(*count)++]);
	TRY(rows_end(&r));
	for (size_t i = 0; i < *count; i++)
		TRY(db_i64(&list[i].unseen, db,
			   "SELECT count(*)" NEWS_FROM "WHERE f.id = $3 AND h.seen = 0"
			   " AND" NEWS_VISIBLE,
			   READER_VALUES(who), v_i64(list[i].id)));
	return ST_OK;
}

enum status saved_search_unseen(int64_t *out, struct db *db, const struct reader *who)
{
	*out = 0;
	return db_i64(out, db, "SELECT count(*)" NEWS_FROM "WHERE h.seen = 0 AND" NEWS_VISIBLE,
		      READER_VALUES(who));
}

enum status saved_search_news(struct saved_news **out, size_t *count, struct db *db,
			      struct arena *mem, const struct reader *who, bool unseen_only,
			      size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct saved_news *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(
		&r, db,
		"SELECT f.public_id, f.name, f.address, h.at, h.seen," ARTICLE_COLUMNS ARTICLE_FROM(
			"$5") "JOIN saved_search_hit h ON h.article_id = a.id"
			      " JOIN saved_search f ON f.id = h.saved_id"
			      " WHERE ($3 = 0 OR h.seen = 0) AND" NEWS_VISIBLE
			      "ORDER BY h.at DESC, h.modified_at DESC, f.name, a.public_id LIMIT $4",
		READER_VALUES(who), v_i64(unseen_only), v_i64((int64_t)limit), NAMES_IN(who)));
	while (rows_next(&r)) {
		struct saved_news *news = &list[*count];
		struct object object;

		news->search_id = row_str(&r, mem);
		news->search_name = row_str(&r, mem);
		news->search_address = row_str(&r, mem);
		news->at = row_i64(&r);
		news->seen = row_i64(&r) != 0;
		article_read(&r, mem, &news->article);
		object = article_object(&news->article);
		*count += allow(who, ACT_READ, &object);
	}
	return rows_end(&r);
}

enum status saved_search_see(struct db *db, const struct reader *who, struct str public_id)
{
	return db_exec(db,
		       "UPDATE saved_search_hit SET seen = 1 WHERE seen = 0 AND saved_id IN"
		       " (SELECT id FROM saved_search WHERE person_id = $1"
		       "  AND ($2 = '' OR public_id = $2))",
		       v_i64(who->person_id), v_str(public_id));
}

/* ---- the job ------------------------------------------------------------------------------------- */

enum status saved_search_due(struct saved_search **out, size_t *count, struct db *db,
			     struct arena *mem, int64_t now, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct saved_search *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " SAVED_COLUMNS " FROM saved_search f JOIN person p"
		    " ON p.id = f.person_id WHERE p.state = 0"
		    " AND (p.expires_at IS NULL OR p.expires_at > $1)"
		    " AND ((f.alert = 1 AND f.ran_at <= $1 - $2)"
		    "  OR (f.alert = 2 AND f.ran_at <= $1 - 7 * $2)) ORDER BY f.ran_at, f.id"
		    " LIMIT $3",
		    v_i64(now), v_i64(DAY), v_i64((int64_t)limit)));
	while (rows_next(&r))
		saved_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

static enum status keep(struct db *db, const struct saved_search *saved,
			const struct saved_hit *hit, int64_t now)
{
	return db_exec(db,
		       "INSERT INTO saved_search_hit (saved_id, article_id, modified_at, at)"
		       " SELECT f.id, $2, $3, $4 FROM saved_search f"
		       " WHERE f.id = $1 AND f.alert <> 0"
		       " ON CONFLICT (saved_id, article_id) DO UPDATE SET seen = 0,"
		       " modified_at = excluded.modified_at, at = excluded.at"
		       " WHERE excluded.modified_at > saved_search_hit.modified_at",
		       v_i64(saved->id), v_i64(hit->article_id), v_i64(hit->modified_at),
		       v_i64(now));
}

enum status saved_search_ran(struct db *db, const struct saved_search *saved,
			     const struct saved_hit *hits, size_t n_hits, int64_t now)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	for (size_t i = 0; i < n_hits; i++)
		TRY(keep(db, saved, &hits[i], now));
	TRY(db_exec(db, "UPDATE saved_search SET ran_at = $2 WHERE id = $1", v_i64(saved->id),
		    v_i64(now)));
	TRY(db_exec(db,
		    "DELETE FROM saved_search_hit WHERE saved_id = $1 AND (at < $2 OR article_id"
		    " NOT IN (SELECT article_id FROM saved_search_hit WHERE saved_id = $1"
		    " ORDER BY at DESC, modified_at DESC, article_id LIMIT $3))",
		    v_i64(saved->id), v_i64(now - (int64_t)SAVED_HIT_DAYS * DAY),
		    v_i64(SAVED_HITS)));
	return tx_commit(&tx);
}
