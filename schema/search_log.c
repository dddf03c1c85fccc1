/* Writing and forgetting the log of searches. */
#include "schema/search_log.h"

enum { WEEK = 7 * 24 * 3600, DAY = 24 * 3600, CLICK_AFTER = 24 * 3600 };

/*
 * Of the spaces with hits those with the most. Somebody who reads a hundred spaces would leave a hundred
 * rows with every search, which cost more than the search.
 */
enum { SPACES_NOTED = 8 };

/* The newest search of the person with this mark in the time before `at`, or 0. A clock may be set back. */
static enum status find(int64_t *out, struct db *db, int64_t person_id, struct str mark, int64_t at,
			int64_t time)
{
	return db_i64(out, db,
		      "SELECT coalesce(max(id), 0) FROM search_log"
		      " WHERE person_id = $1 AND mark = $2 AND at >= $3 AND at <= $4",
		      v_i64(person_id), v_str(mark), v_i64(at - time),
		      v_i64(at + SEARCH_LOG_AGAIN));
}

/* The space that the search asked for, unless it is none that the person reads. */
static enum status put_asked(struct db *db, int64_t id, const struct search_note *note)
{
	return db_exec(db,
		       "INSERT INTO search_log_space (search_id, space_id, asked)"
		       " SELECT $1, s.id, 1 FROM space s WHERE s.key = $2 AND EXISTS (SELECT 1"
		       "  FROM readable v WHERE v.person_id = $3 AND v.space_id = s.id)"
		       " ON CONFLICT (search_id, space_id) DO UPDATE SET asked = 1",
		       v_i64(id), v_str(note->asked), v_i64(note->person_id));
}

/* Those that it found something in, in one statement: what a person reads is the dear part of it. */
static enum status put_found(struct db *db, int64_t id, const struct search_note *note)
{
	struct str keys[SPACES_NOTED] = {{0}};

	for (size_t i = 0; i < note->n_found && i < SPACES_NOTED; i++)
		keys[i] = note->found[i];
	return db_exec(db,
		       "INSERT INTO search_log_space (search_id, space_id, found)"
		       " SELECT $1, s.id, 1 FROM space s"
		       " WHERE s.key IN ($3, $4, $5, $6, $7, $8, $9, $10) AND s.id IN"
		       "  (SELECT v.space_id FROM readable v WHERE v.person_id = $2)"
		       " ON CONFLICT (search_id, space_id) DO UPDATE SET found = 1",
		       v_i64(id), v_i64(note->person_id), v_str(keys[0]), v_str(keys[1]),
		       v_str(keys[2]), v_str(keys[3]), v_str(keys[4]), v_str(keys[5]),
		       v_str(keys[6]), v_str(keys[7]));
}

static enum status put_search(struct db *db, const struct search_note *note)
{
	int64_t id;

	TRY(find(&id, db, note->person_id, note->mark, note->at, SEARCH_LOG_AGAIN));
	if (id)
		TRY(db_exec(db, "UPDATE search_log SET hits = $2 WHERE id = $1 AND hits < $2",
			    v_i64(id), v_i64(note->hits)));
	else
		TRY(db_exec(db,
			    "INSERT INTO search_log (at, person_id, mark, query, key, hits)"
			    " VALUES ($1, $2, $3, $4, $5, $6)",
			    v_i64(note->at), v_i64(note->person_id), v_str(note->mark),
			    v_str(note->query), v_str(note->key), v_i64(note->hits)));
	if (!id)
		id = db_last_id(db);
	if (note->asked.len)
		TRY(put_asked(db, id, note));
	return note->n_found ? put_found(db, id, note) : ST_OK;
}

static enum status put_click(struct db *db, const struct search_click *click)
{
	int64_t id;

	TRY(find(&id, db, click->person_id, click->mark, click->at, CLICK_AFTER));
	if (!id)
		return ST_OK;
	TRY(db_exec(db, "UPDATE search_log SET opened = 1 WHERE id = $1", v_i64(id)));
	TRY(db_exec(db,
		    "INSERT INTO search_log_space (search_id, space_id, opened) VALUES ($1, $2, 1)"
		    " ON CONFLICT (search_id, space_id) DO UPDATE SET opened = 1",
		    v_i64(id), v_i64(click->space_id)));
	return db_exec(db,
		       "INSERT INTO search_log_click (search_id, article_id) VALUES ($1, $2)"
		       " ON CONFLICT (search_id, article_id) DO NOTHING",
		       v_i64(id), v_i64(click->article_id));
}

enum status search_log_write(struct db *db, const struct search_note *notes, size_t n_notes,
			     const struct search_click *clicks, size_t n_clicks)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	for (size_t i = 0; i < n_notes; i++)
		TRY(put_search(db, &notes[i]));
	for (size_t i = 0; i < n_clicks; i++)
		TRY(put_click(db, &clicks[i]));
	return tx_commit(&tx);
}

/* Whole weeks, so that "three people in a week" is counted once, over all of its days. */
enum status search_log_forget(struct db *db, int64_t now, int64_t days)
{
	AUTO(tx) struct tx tx = {0};
	int64_t before = ((now - days * DAY) / WEEK + 1) * WEEK;

	TRY(tx_begin(&tx, db));
	TRY(db_exec(db,
		    "INSERT INTO search_past (week, key, people)"
		    " SELECT at / $1, key, count(DISTINCT person_id) FROM search_log WHERE at < $2"
		    " GROUP BY at / $1, key HAVING count(DISTINCT person_id) >= $3"
		    " ON CONFLICT (week, key) DO NOTHING",
		    v_i64(WEEK), v_i64(before), v_i64(SEARCH_LOG_PEOPLE)));
	TRY(db_exec(db,
		    "DELETE FROM search_log_click WHERE search_id IN"
		    " (SELECT id FROM search_log WHERE at < $1)",
		    v_i64(before)));
	TRY(db_exec(db,
		    "DELETE FROM search_log_space WHERE search_id IN"
		    " (SELECT id FROM search_log WHERE at < $1)",
		    v_i64(before)));
	TRY(db_exec(db, "DELETE FROM search_log WHERE at < $1", v_i64(before)));
	return tx_commit(&tx);
}
