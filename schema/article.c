/* Finding one article and what hangs on it. */
#include "schema/article.h"

#include "schema/article_row.h"

enum { TRANSLATIONS_MAX = 20, ANCESTORS_MAX = 30 };

static const char *const status_names[] = {"draft", "published", "archived"};

const char *article_status_name(enum article_status status)
{
	return status_names[status];
}

bool article_status_parse(struct str name, enum article_status *out)
{
	for (size_t i = 0; i < COUNT(status_names); i++) {
		if (str_is(name, status_names[i])) {
			*out = (enum article_status)i;
			return true;
		}
	}
	return false;
}

struct object article_object(const struct article *article)
{
	return (struct object){.space_id = article->space_id,
			       .audience_id = article->audience_id,
			       .draft = article->status == ARTICLE_DRAFT,
			       .creator_id = article->creator_id,
			       .deleted = article->deleted};
}

void article_read(struct rows *r, struct arena *mem, struct article *out)
{
	*out = (struct article){0};
	out->id = row_i64(r);
	out->space_id = row_i64(r);
	out->audience_id = row_i64(r);
	out->parent_id = row_i64(r);
	out->public_id = row_str(r, mem);
	out->key = row_str(r, mem);
	out->slug = row_str(r, mem);
	out->title = row_str(r, mem);
	out->lang = row_str(r, mem);
	out->kind = row_str(r, mem);
	out->status = (enum article_status)row_i64(r);
	out->space_key = row_str(r, mem);
	out->space_name = space_text_read(r, mem);
	out->audience_name = row_str(r, mem);
	out->restricted = row_i64(r) != 0;
	out->translation = row_str(r, mem);
	out->owner_office = row_str(r, mem);
	out->owner_login = row_str(r, mem);
	out->review_at = row_i64(r);
	out->revision = row_i64(r);
	out->created_at = row_i64(r);
	out->modified_at = row_i64(r);
	out->creator_id = row_i64(r);
	out->author_login = row_str(r, mem);
	out->author_name = row_str(r, mem);
	out->deleted = row_i64(r) != 0;
}

/* The single article of an open walk, if the reader may read it. */
static enum status read_one(struct article *out, struct rows *r, struct arena *mem,
			    const struct reader *who)
{
	struct object object;

	if (!rows_next(r)) {
		TRY(rows_end(r));
		return fail(ST_NOT_FOUND, "no such article");
	}
	article_read(r, mem, out);
	TRY(rows_end(r));
	object = article_object(out);
	return access_check(who, ACT_READ, &object);
}

enum status article_get(struct article *out, struct db *db, struct arena *mem,
			const struct reader *who, struct str public_id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db, "SELECT " ARTICLE_COLUMNS ARTICLE_FROM("$2") "WHERE a.public_id = $1",
		    v_str(public_id), NAMES_IN(who)));
	return read_one(out, &r, mem, who);
}

enum status article_get_by_id(struct article *out, struct db *db, struct arena *mem,
			      const struct reader *who, int64_t id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db, "SELECT " ARTICLE_COLUMNS ARTICLE_FROM("$2") "WHERE a.id = $1",
		    v_i64(id), NAMES_IN(who)));
	return read_one(out, &r, mem, who);
}

enum status article_get_by_key(struct article *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str space_key, struct str key)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " ARTICLE_COLUMNS ARTICLE_FROM("$3") "WHERE s.key = $1 AND a.key = $2",
		    v_str(space_key), v_str(key), NAMES_IN(who)));
	return read_one(out, &r, mem, who);
}

enum status article_tags(struct article_tag **out, size_t *count, struct db *db, struct arena *mem,
			 const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct article_tag *list = arena_array(mem, ARTICLE_TAGS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db, "SELECT name, key FROM tag WHERE article_id = $1 ORDER BY key LIMIT $2",
		    v_i64(article->id), v_i64(ARTICLE_TAGS_MAX)));
	while (rows_next(&r)) {
		list[*count].name = row_str(&r, mem);
		list[(*count)++].key = row_str(&r, mem);
	}
	return rows_end(&r);
}

enum status article_fields(struct article_field **out, size_t *count, struct db *db,
			   struct arena *mem, const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct article_field *list = arena_array(mem, ARTICLE_FIELDS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT name, value FROM field WHERE article_id = $1 ORDER BY name LIMIT $2",
		    v_i64(article->id), v_i64(ARTICLE_FIELDS_MAX)));
	while (rows_next(&r)) {
		list[*count].name = row_str(&r, mem);
		list[(*count)++].value = row_str(&r, mem);
	}
	return rows_end(&r);
}

enum status article_translations(struct article **out, size_t *count, struct db *db,
				 struct arena *mem, const struct reader *who,
				 const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct article_list list = {0};
	/* The one that was there first gives its id as the key and need not be changed for it. */
	struct str key = article->translation.len ? article->translation : article->public_id;

	*out = NULL;
	*count = 0;
	if (!article->translation.len) { /* most have none, and ten hits of a search ask */
		int64_t any;

		TRY(db_find_id(&any, db,
			       "SELECT id FROM article WHERE translation = $1 AND translation <> ''"
			       " LIMIT 1",
			       v_str(key)));
		if (!any)
			return ST_OK;
	}
	TRY(db_rows(
		&r, db,
		"SELECT " ARTICLE_COLUMNS ARTICLE_FROM(
			"$6") "WHERE a.id IN ("
			      " SELECT x.id FROM article x WHERE x.translation = $3 AND x.translation <> ''"
			      " UNION SELECT y.id FROM article y WHERE y.public_id = $3) AND" ARTICLE_VISIBLE
			      "AND a.id <> $4 ORDER BY a.lang, a.id LIMIT $5",
		READER_VALUES(who), v_str(key), v_i64(article->id), v_i64(TRANSLATIONS_MAX),
		NAMES_IN(who)));
	TRY(article_list_read(&list, &r, mem, who, TRANSLATIONS_MAX));
	*out = list.items;
	*count = list.count;
	return ST_OK;
}

enum status article_ancestors(struct article **out, size_t *count, struct db *db, struct arena *mem,
			      const struct reader *who, const struct article *article)
{
	struct article *list = arena_array(mem, ANCESTORS_MAX, sizeof(*list));
	int64_t id = article->parent_id;
	size_t at = ANCESTORS_MAX;

	while (id && at > 0) {
		enum status outcome = article_get_by_id(&list[at - 1], db, mem, who, id);

		if (outcome == ST_NOT_FOUND)
			break;
		TRY(outcome);
		id = list[--at].parent_id;
	}
	*out = list + at;
	*count = ANCESTORS_MAX - at;
	return ST_OK;
}
