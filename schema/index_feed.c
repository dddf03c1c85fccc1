/* What the indexer is told of an article. */
#include "schema/index_feed.h"

#include "schema/base/audience.h"

enum { NAMES_MAX = 200 };

/* All first columns of a walk as texts. */
static enum status texts(struct str **out, size_t *count, struct rows *r, struct arena *mem)
{
	struct str *list = arena_array(mem, NAMES_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	while (rows_next(r)) {
		struct str text = row_str(r, mem);

		if (*count < NAMES_MAX)
			list[(*count)++] = text;
	}
	return rows_end(r);
}

static enum status load_names(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows tags = {0};
	AUTO(rows) struct rows titles = {0};
	AUTO(rows) struct rows authors = {0};
	struct value id = v_i64(out->article_id), audience = v_i64(out->audience_id);

	TRY(db_rows(&tags, db, "SELECT name FROM tag WHERE article_id = $1 ORDER BY key", id));
	TRY(texts(&out->tags, &out->n_tags, &tags, mem));
	/* A shard is read by one audience: what others wrote and called it stays out of it. */
	TRY(db_rows(
		&titles, db,
		"SELECT title FROM alias WHERE article_id = $1 AND audience_id = $2 ORDER BY at",
		id, audience));
	TRY(texts(&out->former_titles, &out->n_former_titles, &titles, mem));
	TRY(db_rows(&authors, db,
		    "SELECT DISTINCT p.login FROM revision v JOIN person p ON p.id = v.author_id"
		    " WHERE v.article_id = $1 AND (v.audience_id = $2 OR v.number ="
		    "  (SELECT a.revision FROM article a WHERE a.id = $1)) ORDER BY p.login",
		    id, audience));
	return texts(&out->authors, &out->n_authors, &authors, mem);
}

enum status index_feed_load(struct indexable *out, struct db *db, struct arena *mem,
			    int64_t article_id)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct indexable){.article_id = article_id};
	TRY(db_rows(&r, db,
		    "SELECT a.audience_id, a.status <> 0 AND a.deleted_at IS NULL,"
		    " (SELECT max(j.seq) FROM journal j WHERE j.object_type = 'article'"
		    "  AND j.object_id = a.id),"
		    " a.key, a.title, a.lang, s.key, p.login, CASE WHEN a.translation <> ''"
		    " THEN a.translation ELSE a.public_id END, a.modified_at, t.tree,"
		    " t.plain FROM article a JOIN space s ON s.id = a.space_id"
		    " JOIN person p ON p.id = a.author_id"
		    " JOIN revision v ON v.article_id = a.id AND v.number = a.revision"
		    " JOIN revision_text t ON t.revision_id = v.id WHERE a.id = $1",
		    v_i64(article_id)));
	if (!rows_next(&r))
		return rows_end(&r);
	out->audience_id = row_i64(&r);
	out->indexed = row_i64(&r) != 0;
	out->change = row_i64(&r);
	out->key = row_str(&r, mem);
	out->title = row_str(&r, mem);
	out->lang = row_str(&r, mem);
	out->space_key = row_str(&r, mem);
	out->author = row_str(&r, mem);
	out->translation = row_str(&r, mem);
	out->modified_at = row_i64(&r);
	out->tree = row_str(&r, mem);
	out->plain = row_str(&r, mem);
	TRY(rows_end(&r));
	return out->indexed ? load_names(out, db, mem) : ST_OK;
}

enum status index_feed_list(struct index_entry **out, size_t *count, struct db *db,
			    struct arena *mem, int64_t after, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct index_entry *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT a.id, a.audience_id, (SELECT max(j.seq) FROM journal j"
		    " WHERE j.object_type = 'article' AND j.object_id = a.id)"
		    " FROM article a WHERE a.id > $1 AND a.status <> 0 AND a.deleted_at IS NULL"
		    " ORDER BY a.id LIMIT $2",
		    v_i64(after), v_i64((int64_t)limit)));
	while (rows_next(&r)) {
		struct index_entry *e = &list[(*count)++];

		e->article_id = row_i64(&r);
		e->audience_id = row_i64(&r);
		e->change = row_i64(&r);
	}
	return rows_end(&r);
}

enum status index_feed_audiences(int64_t **out, size_t *count, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	int64_t *list = arena_array(mem, AUDIENCE_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db, "SELECT id FROM audience ORDER BY id LIMIT $1", v_i64(AUDIENCE_MAX)));
	while (rows_next(&r))
		list[(*count)++] = row_i64(&r);
	return rows_end(&r);
}
