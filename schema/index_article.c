/* An article as the indexer is told of it. */
#include "schema/index_parts.h"
#include "schema/linked.h"

/* Number of the newest journal row that touches it: of its own acts, or of one that links to it (k). */
#define ARTICLE_CHANGE                                                                             \
	" (SELECT max(j.seq) FROM journal j WHERE (j.object_type = 'article'"                      \
	" AND j.object_id = a.id) OR j.seq = k.seq) "
#define ARTICLE_CHANGE_FROM " LEFT JOIN linked k ON k.article_id = a.id "

enum { LINK_TEXTS_MAX = 50 };

static enum status load_names(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows tags = {0};
	AUTO(rows) struct rows titles = {0};
	AUTO(rows) struct rows authors = {0};
	struct value id = v_i64(out->article_id), audience = v_i64(out->audience_id);

	TRY(db_rows(&tags, db, "SELECT name FROM tag WHERE article_id = $1 ORDER BY key", id));
	TRY(index_names(&out->tags, &out->n_tags, &tags, mem));
	/* A shard is read by one audience: what others wrote and called it stays out of it. */
	TRY(db_rows(
		&titles, db,
		"SELECT title FROM alias WHERE article_id = $1 AND audience_id = $2 ORDER BY at",
		id, audience));
	TRY(index_names(&out->former_titles, &out->n_former_titles, &titles, mem));
	TRY(db_rows(&authors, db,
		    "SELECT DISTINCT p.login FROM revision v JOIN person p ON p.id = v.author_id"
		    " WHERE v.article_id = $1 AND (v.audience_id = $2 OR v.number ="
		    "  (SELECT a.revision FROM article a WHERE a.id = $1)) ORDER BY p.login",
		    id, audience));
	return index_names(&out->authors, &out->n_authors, &authors, mem);
}

/*
 * The words with which others link to it, from articles of its own audience alone: whoever finds it by
 * them may read where they stand.
 */
static enum status load_link_texts(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	struct str *list = arena_array(mem, LINK_TEXTS_MAX, sizeof(*list));

	out->link_texts = list;
	TRY(db_rows(&r, db,
		    "WITH here AS (SELECT l.article_id, l.position FROM article a"
		    "  JOIN link l ON l.target_id = a.public_id AND l.target_id <> ''"
		    "  WHERE a.id = $1"
		    " UNION SELECT l.article_id, l.position FROM article a"
		    "  JOIN link l ON l.target_key = a.title_key AND l.target_key <> ''"
		    "  WHERE a.id = $1"
		    " UNION SELECT l.article_id, l.position FROM alias x"
		    "  JOIN link l ON l.target_key = x.title_key AND l.target_key <> ''"
		    "  WHERE x.article_id = $1 AND x.audience_id = $2),"
		    " shown AS (SELECT l.article_id AS article_id,"
		    "  CASE WHEN l.words <> '' THEN l.words ELSE l.title END AS words FROM here"
		    "  JOIN link l ON l.article_id = here.article_id AND l.position = here.position"
		    "  JOIN article a ON a.id = l.article_id WHERE a.audience_id = $2"
		    "  AND a.id <> $1 AND a.status <> 0 AND a.deleted_at IS NULL"
		    "  AND l.position < $3)"
		    " SELECT words, (SELECT count(DISTINCT article_id) FROM shown) FROM shown"
		    " GROUP BY words ORDER BY count(*) DESC, words LIMIT $4",
		    v_i64(out->article_id), v_i64(out->audience_id), v_i64(LINKED_MAX),
		    v_i64(LINK_TEXTS_MAX)));
	while (rows_next(&r)) {
		list[out->n_link_texts++] = row_str(&r, mem);
		out->linkers = row_i64(&r);
	}
	return rows_end(&r);
}

enum status index_article_load(struct indexable *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT a.id, a.audience_id, a.status <> 0 AND a.deleted_at IS NULL," ARTICLE_CHANGE
		", a.key, a.title, s.key, p.login, a.modified_at, a.lang,"
		" CASE WHEN a.translation <> '' THEN a.translation ELSE a.public_id END,"
		" coalesce(a.review_at, 0), coalesce(o.key, ''), t.tree,"
		" t.plain FROM article a" ARTICLE_CHANGE_FROM "JOIN space s ON s.id = a.space_id"
		" LEFT JOIN office o ON o.id = a.owner_office_id"
		" JOIN person p ON p.id = a.author_id"
		" JOIN revision v ON v.article_id = a.id AND v.number = a.revision"
		" JOIN revision_text t ON t.revision_id = v.id WHERE a.id = $1",
		v_i64(out->id.number)));
	if (!rows_next(&r))
		return rows_end(&r);
	index_head_read(out, &r, mem);
	out->lang = row_str(&r, mem);
	out->translation = row_str(&r, mem);
	out->review_at = row_i64(&r);
	out->owner_office = row_str(&r, mem);
	out->tree = row_str(&r, mem);
	out->plain = row_str(&r, mem);
	TRY(rows_end(&r));
	if (!out->indexed)
		return ST_OK;
	TRY(load_names(out, db, mem));
	return load_link_texts(out, db, mem);
}

enum status index_article_list(struct rows *r, struct db *db, int64_t after, int64_t limit)
{
	return db_rows(r, db,
		       "SELECT a.id, a.audience_id," ARTICLE_CHANGE
		       "FROM article a" ARTICLE_CHANGE_FROM
		       "WHERE a.id > $1 AND a.status <> 0 AND a.deleted_at IS NULL"
		       " ORDER BY a.id LIMIT $2",
		       v_i64(after), v_i64(limit));
}

enum status index_article_of(struct rows *r, struct db *db, int64_t article_id)
{
	return db_rows(r, db, "SELECT id FROM article WHERE id = $1", v_i64(article_id));
}
