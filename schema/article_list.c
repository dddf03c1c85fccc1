/* Lists of articles, each holding only what its reader may read. */
#include "schema/article.h"

#include "schema/article_row.h"

enum status article_list_read(struct article_list *out, struct rows *r, struct arena *mem,
			      const struct reader *who, size_t limit)
{
	out->items = arena_array(mem, limit + 1, sizeof(*out->items));
	out->count = 0;
	out->more = false;
	while (rows_next(r)) {
		struct article article;
		struct object object;

		article_read(r, mem, &article);
		object = article_object(&article);
		if (!allow(who, ACT_READ, &object))
			continue;
		if (out->count == limit)
			out->more = true;
		else
			out->items[out->count++] = article;
	}
	return rows_end(r);
}

static struct value one_more(size_t limit)
{
	return v_i64((int64_t)limit + 1);
}

/*
 * An article whose parent is hidden stands at the top: the parent is as if it were not. Those in the
 * language of the reader come first, so that a space of four languages does not begin with another.
 */
static enum status top_rows(struct rows *r, struct db *db, const struct reader *who,
			    int64_t space_id, size_t limit)
{
	return db_rows(
		r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$5") "WHERE a.space_id = $3"
			      " AND (a.parent_id IS NULL OR a.parent_id IN (SELECT up.id FROM article up"
			      "  WHERE up.space_id = $3 AND (up.deleted_at IS NOT NULL OR ($2 = 0"
			      "   AND (up.audience_id NOT IN (SELECT v.audience_id FROM readable v"
			      "    WHERE v.person_id = $1) OR (up.status = 0 AND up.creator_id <> $1))))))"
			      " AND" ARTICLE_VISIBLE
			      "ORDER BY CASE WHEN a.lang = $5 THEN 0 ELSE 1 END,"
			      " a.title_key, a.lang, a.id LIMIT $4",
		READER_VALUES(who), v_i64(space_id), one_more(limit), NAMES_IN(who));
}

enum status article_children(struct article_list *out, struct db *db, struct arena *mem,
			     const struct reader *who, int64_t space_id, int64_t parent_id,
			     size_t limit)
{
	AUTO(rows) struct rows r = {0};

	if (parent_id)
		TRY(db_rows(&r, db,
			    "SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
				    "$6") "WHERE a.space_id = $3"
					  " AND a.parent_id = $4 AND" ARTICLE_VISIBLE
					  "ORDER BY a.title_key, a.lang, a.id LIMIT $5",
			    READER_VALUES(who), v_i64(space_id), v_i64(parent_id), one_more(limit),
			    NAMES_IN(who)));
	else
		TRY(top_rows(&r, db, who, space_id, limit));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_has_children(bool *out, struct db *db, struct arena *mem,
				 const struct reader *who, int64_t id)
{
	int64_t some = 0;

	(void)mem;
	TRY(db_i64(
		&some, db,
		"SELECT EXISTS (SELECT 1 FROM article a WHERE a.parent_id = $3 AND" ARTICLE_VISIBLE
		")",
		READER_VALUES(who), v_i64(id)));
	*out = some != 0;
	return ST_OK;
}

enum status article_page(struct article_list *out, struct db *db, struct arena *mem,
			 const struct reader *who, int64_t space_id, int64_t after, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			    "$6") "WHERE a.space_id = $3 AND a.id > $4 AND" ARTICLE_VISIBLE
				  "ORDER BY a.id LIMIT $5",
		    READER_VALUES(who), v_i64(space_id), v_i64(after), one_more(limit),
		    NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_due(struct article_list *out, struct db *db, struct arena *mem,
			const struct reader *who, int64_t until, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$5") "WHERE a.review_at IS NOT NULL AND a.review_at <= $3 AND" ARTICLE_VISIBLE
			      "AND ($2 = 1 OR EXISTS (SELECT 1 FROM readable v WHERE v.person_id = $1"
			      " AND v.audience_id = a.audience_id AND v.level >= 2))"
			      " ORDER BY a.review_at, a.id LIMIT $4",
		READER_VALUES(who), v_i64(until), one_more(limit), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_drafts(struct article_list *out, struct db *db, struct arena *mem,
			   const struct reader *who, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			    "$4") "WHERE a.status = 0 AND a.creator_id = $1 AND" ARTICLE_VISIBLE
				  "ORDER BY a.modified_at DESC, a.id DESC LIMIT $3",
		    READER_VALUES(who), one_more(limit), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_tagged(struct article_list *out, struct db *db, struct arena *mem,
			   const struct reader *who, struct str tag_key, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$5") "WHERE a.id IN (SELECT t.article_id FROM tag t WHERE t.key = $3) AND" ARTICLE_VISIBLE
			      "ORDER BY a.title_key, a.lang, a.id LIMIT $4",
		READER_VALUES(who), v_str(tag_key), one_more(limit), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_trash(struct article_list *out, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$5") "WHERE a.deleted_at IS NOT NULL AND s.key = $3 AND ($2 = 1 OR"
			      " (a.audience_id IN (SELECT v.audience_id FROM readable v WHERE"
			      "  v.person_id = $1 AND v.level = 3) AND (a.status <> 0 OR a.creator_id = $1)))"
			      " ORDER BY a.deleted_at DESC, a.id DESC LIMIT $4",
		READER_VALUES(who), v_str(space_key), one_more(limit), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}
