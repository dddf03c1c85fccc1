/* A thread of discussion as the indexer is told of it. */
#include "schema/index_parts.h"
#include "schema/thread.h"

#define THREAD_CHANGE INDEX_CHANGE_OF "(j.object_type = 'thread' AND j.object_id = t.id)) "

enum { TEXT_MAX = 1024 * 1024 }; /* of all its messages; those behind it are not found */

/* Who opened it, and who wrote what still stands in it. */
static enum status load_authors(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT p.login FROM person p WHERE p.id IN (SELECT t.author_id FROM thread t"
		    " WHERE t.id = $1 UNION SELECT o.author_id FROM post o WHERE o.thread_id = $1"
		    " AND o.deleted_at IS NULL) ORDER BY p.login",
		    v_i64(out->id.number)));
	return index_names(&out->authors, &out->n_authors, &r, mem);
}

enum status index_thread_load(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT a.id, a.audience_id, a.status <> 0 AND a.deleted_at IS NULL," THREAD_CHANGE
		", t.public_id, t.title, s.key, p.login, t.modified_at"
		" FROM thread t JOIN article a ON a.id = t.article_id"
		" JOIN space s ON s.id = a.space_id JOIN person p ON p.id = t.author_id"
		" WHERE t.id = $1",
		v_i64(out->id.number)));
	if (!rows_next(&r))
		return rows_end(&r);
	index_head_read(out, &r, mem);
	TRY(rows_end(&r));
	if (!out->indexed)
		return ST_OK;
	TRY(load_authors(out, db, mem));
	TRY(thread_lang(&out->lang, db, mem, out->id.number));
	return thread_plain(&out->plain, db, mem, out->id.number, TEXT_MAX);
}

enum status index_thread_list(struct rows *r, struct db *db, int64_t after, int64_t limit)
{
	return db_rows(r, db,
		       "SELECT t.id, a.audience_id," THREAD_CHANGE "FROM thread t JOIN article a"
		       " ON a.id = t.article_id WHERE t.id > $1 AND a.status <> 0"
		       " AND a.deleted_at IS NULL ORDER BY t.id LIMIT $2",
		       v_i64(after), v_i64(limit));
}

enum status index_thread_of(struct rows *r, struct db *db, int64_t article_id)
{
	return db_rows(r, db, "SELECT id FROM thread WHERE article_id = $1 ORDER BY id",
		       v_i64(article_id));
}
