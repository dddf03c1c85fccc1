/* A file of an article as the indexer is told of it. */
#include "schema/file.h"
#include "schema/index_parts.h"

#define FILE_CHANGE INDEX_CHANGE_OF "(j.object_type = 'file' AND j.object_id = f.id)) "
#define FILE_SHOWN " a.status <> 0 AND a.deleted_at IS NULL AND f.deleted_at IS NULL "

enum { TEXT_MAX = 4 * 1024 * 1024 };

enum status index_file_load(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT a.id, a.audience_id," FILE_SHOWN "," FILE_CHANGE
		    ", f.public_id, f.name, s.key, coalesce(p.login, ''), f.at,"
		    " CASE WHEN f.lang <> '' THEN f.lang ELSE a.lang END"
		    " FROM file f JOIN article a ON a.id = f.article_id"
		    " JOIN space s ON s.id = a.space_id LEFT JOIN person p ON p.id = f.uploader_id"
		    " WHERE f.id = $1",
		    v_i64(out->id.number)));
	if (!rows_next(&r))
		return rows_end(&r);
	index_head_read(out, &r, mem);
	out->lang = row_str(&r, mem);
	TRY(rows_end(&r));
	if (!out->indexed)
		return ST_OK;
	if (out->author.len) {
		out->authors = arena_alloc(mem, sizeof(*out->authors));
		out->authors[0] = out->author;
		out->n_authors = 1;
	}
	return file_plain(&out->plain, db, mem, out->id.number, TEXT_MAX);
}

enum status index_file_list(struct rows *r, struct db *db, int64_t after, int64_t limit)
{
	return db_rows(r, db,
		       "SELECT f.id, a.audience_id," FILE_CHANGE "FROM file f JOIN article a"
		       " ON a.id = f.article_id WHERE f.id > $1 AND" FILE_SHOWN
		       "ORDER BY f.id LIMIT $2",
		       v_i64(after), v_i64(limit));
}

enum status index_file_of(struct rows *r, struct db *db, int64_t article_id)
{
	return db_rows(r, db, "SELECT id FROM file WHERE article_id = $1 ORDER BY id",
		       v_i64(article_id));
}
