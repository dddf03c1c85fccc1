/* Articles by their names, and the links between them. */
#include "schema/article.h"

#include "schema/article_row.h"
#include "schema/complete.h"

enum { LINKS_MAX = 2000, TARGETS_EACH = 8 };

enum status article_find_title(struct article_list *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str title, struct str title_key,
			       struct str lang, size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$7") "WHERE (a.title_key = $3 OR a.id IN (SELECT x.article_id FROM alias x"
			      " WHERE x.title_key = $3 AND" ALIAS_VISIBLE ")) AND" ARTICLE_VISIBLE
			      "ORDER BY CASE WHEN a.title = $4 THEN 0 WHEN a.title_key = $3 THEN 1 ELSE 2 END,"
			      " CASE WHEN a.lang = $5 THEN 0 ELSE 1 END, a.id LIMIT $6",
		READER_VALUES(who), v_str(title_key), v_str(title), v_str(lang),
		v_i64((int64_t)limit + 1), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_links_here(struct article_list *out, struct db *db, struct arena *mem,
			       const struct reader *who, const struct article *article,
			       size_t limit)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$6") "WHERE a.id <> $3 AND a.id IN ("
			      " SELECT l.article_id FROM link l WHERE l.target_id = $4 AND l.target_id <> ''"
			      " UNION SELECT l.article_id FROM link l JOIN article me ON me.id = $3"
			      "  WHERE l.target_key = me.title_key AND l.target_key <> ''"
			      " UNION SELECT l.article_id FROM link l JOIN alias x ON x.article_id = $3"
			      "  WHERE l.target_key = x.title_key AND l.target_key <> '' AND" ALIAS_VISIBLE
			      ") AND" ARTICLE_VISIBLE "ORDER BY a.title_key, a.lang, a.id LIMIT $5",
		READER_VALUES(who), v_i64(article->id), v_str(article->public_id),
		v_i64((int64_t)limit + 1), NAMES_IN(who)));
	return article_list_read(out, &r, mem, who, limit);
}

enum status article_links(struct article_link **out, size_t *count, struct db *db,
			  struct arena *mem, const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct article_link *list = arena_array(mem, LINKS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT title, target_key, target_id, words FROM link WHERE article_id = $1"
		    " ORDER BY position LIMIT $2",
		    v_i64(article->id), v_i64(LINKS_MAX)));
	while (rows_next(&r)) {
		struct article_link *link = &list[(*count)++];

		link->title = row_str(&r, mem);
		link->title_key = row_str(&r, mem);
		link->target_id = row_str(&r, mem);
		link->words = row_str(&r, mem);
	}
	return rows_end(&r);
}

/* Read by allow() as every list is; the columns are few because a page may have many links. */
static bool target_read(struct rows *r, struct arena *mem, const struct reader *who,
			struct article_target *out)
{
	struct object object = {.deleted = false};

	out->key = row_str(r, mem);
	out->public_id = row_str(r, mem);
	out->slug = row_str(r, mem);
	out->title = row_str(r, mem);
	out->lang = row_str(r, mem);
	out->space_key = row_str(r, mem);
	object.space_id = row_i64(r);
	object.audience_id = row_i64(r);
	object.draft = row_i64(r) == ARTICLE_DRAFT;
	object.creator_id = row_i64(r);
	return allow(who, ACT_READ, &object);
}

enum status article_link_targets(struct article_target **out, size_t *count, bool *complete,
				 struct db *db, struct arena *mem, const struct reader *who,
				 const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct article_target *list = NULL;
	size_t room = 0;
	int64_t links = 0;

	*count = 0;
	TRY(db_i64(&links, db, "SELECT count(*) FROM link WHERE article_id = $1",
		   v_i64(article->id)));
	*complete = links < LINKS_MAX;
	room = (size_t)links * TARGETS_EACH + 1;
	*out = list = arena_array(mem, room, sizeof(*list));
	if (!links)
		return ST_OK;
	TRY(db_rows(&r, db,
		    "WITH meant AS (SELECT DISTINCT l.target_key AS key FROM link l"
		    "  WHERE l.article_id = $3 AND l.target_key <> ''),"
		    " found AS (SELECT meant.key AS key, x.id AS id FROM meant"
		    "  JOIN article x ON x.title_key = meant.key"
		    "  UNION SELECT meant.key, x.article_id FROM meant"
		    "  JOIN alias x ON x.title_key = meant.key AND" ALIAS_VISIBLE ")"
		    " SELECT found.key, a.public_id, a.slug, a.title, a.lang, s.key, a.space_id,"
		    " a.audience_id, a.status, a.creator_id FROM found JOIN article a"
		    " ON a.id = found.id JOIN space s ON s.id = a.space_id WHERE" ARTICLE_VISIBLE
		    "ORDER BY found.key, a.id LIMIT $4",
		    READER_VALUES(who), v_i64(article->id), v_i64((int64_t)room)));
	while (rows_next(&r))
		*count += target_read(&r, mem, who, &list[*count]);
	*complete = *complete && *count < room;
	return rows_end(&r);
}

/* Whole titles, which come first, or titles from a later word on: the short ones before the long. */
#define TITLES(later)                                                                                  \
	"SELECT c.later * 1000000 + length(c.key) AS rank, c.key AS key, c.article_id AS id FROM mine" \
	" JOIN completion c ON c.audience_id = mine.id AND c.listed = 1 AND c.later = " later          \
	" AND c.key >= $3 AND c.key < $4 LIMIT 250"

/* The best of what is found: the articles by their shortest name. */
#define COMPLETED(found)                                                                           \
	"WITH mine AS (SELECT v.audience_id AS id FROM readable v WHERE v.person_id = $1"          \
	"  UNION ALL SELECT x.id FROM audience x WHERE $2 = 1), found AS (" found "),"             \
	" best AS (SELECT f.id AS id, min(f.rank) AS rank, min(f.key) AS key FROM found f"         \
	"  GROUP BY f.id ORDER BY min(f.rank), min(f.key), f.id LIMIT $5)"                         \
	" SELECT " ARTICLE_COLUMNS ARTICLE_FROM("$6") "JOIN best ON best.id = a.id"                \
						      " ORDER BY best.rank, best.key, a.id"

/*
 * One short walk in each audience that the reader reads: what others hold is not even looked at, so
 * it costs no time either. Later words are walked only where whole titles, which stand before them,
 * are too few.
 */
enum status article_complete(struct article_list *out, struct db *db, struct arena *mem,
			     const struct reader *who, struct str key, size_t limit)
{
	AUTO(rows) struct rows whole = {0}, all = {0};

	out->items = arena_array(mem, limit + 1, sizeof(*out->items));
	out->count = 0;
	if (!key.len)
		return ST_OK;
	TRY(db_rows(&whole, db, COMPLETED(TITLES("0")), READER_VALUES(who), v_str(key),
		    v_str(complete_end(mem, key)), v_i64((int64_t)limit), NAMES_IN(who)));
	TRY(article_list_read(out, &whole, mem, who, limit));
	if (out->count == limit)
		return ST_OK;
	out->count = 0;
	TRY(db_rows(&all, db,
		    COMPLETED("SELECT * FROM (" TITLES("0") ") UNION ALL SELECT * FROM (" TITLES(
			    "1") ")"),
		    READER_VALUES(who), v_str(key), v_str(complete_end(mem, key)),
		    v_i64((int64_t)limit), NAMES_IN(who)));
	return article_list_read(out, &all, mem, who, limit);
}
