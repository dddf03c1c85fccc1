/* The versions of an article and the list of recent changes. */
#include "schema/revision.h"

#include "schema/article_row.h"

enum status revision_current(struct revision_text *out, struct db *db, struct arena *mem,
			     const struct article *article)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT t.tree, t.plain, t.body FROM revision v"
		    " JOIN revision_text t ON t.revision_id = v.id"
		    " WHERE v.article_id = $1 AND v.number = $2",
		    v_i64(article->id), v_i64(article->revision)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_FAILED, "article %lld has no current revision",
			    (long long)article->id);
	}
	out->tree = row_str(&r, mem);
	out->plain = row_str(&r, mem);
	out->body = row_str(&r, mem);
	return rows_end(&r);
}

/* One column of the current text; `r` is open on it. */
static enum status one_text(struct str *out, struct rows *r, struct arena *mem)
{
	if (!rows_next(r)) {
		TRY(rows_end(r));
		return fail(ST_FAILED, "an article has no current revision");
	}
	*out = row_str(r, mem);
	return rows_end(r);
}

enum status revision_tree(struct str *tree, struct db *db, struct arena *mem,
			  const struct article *article)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT t.tree FROM revision v JOIN revision_text t ON t.revision_id = v.id"
		    " WHERE v.article_id = $1 AND v.number = $2",
		    v_i64(article->id), v_i64(article->revision)));
	return one_text(tree, &r, mem);
}

enum status revision_plain(struct str *plain, struct db *db, struct arena *mem,
			   const struct article *article)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT t.plain FROM revision v JOIN revision_text t ON t.revision_id = v.id"
		    " WHERE v.article_id = $1 AND v.number = $2",
		    v_i64(article->id), v_i64(article->revision)));
	return one_text(plain, &r, mem);
}

#define REVISION_COLUMNS                                                                           \
	"v.id, v.number, v.base, v.title, v.tags, w.login, w.name, v.at, v.comment, v.minor,"      \
	" v.kind, v.size, v.size - coalesce((SELECT b.size FROM revision b"                        \
	" WHERE b.article_id = v.article_id AND b.number = v.number - 1"                           \
	" AND b.audience_id = v.audience_id), 0)"

static void revision_read(struct rows *r, struct arena *mem, struct revision *out)
{
	out->id = row_i64(r);
	out->number = row_i64(r);
	out->base = row_i64(r);
	out->title = row_str(r, mem);
	out->tags = row_str(r, mem);
	out->author_login = row_str(r, mem);
	out->author_name = row_str(r, mem);
	out->at = row_i64(r);
	out->comment = row_str(r, mem);
	out->minor = row_i64(r) != 0;
	out->kind = row_str(r, mem);
	out->size = row_i64(r);
	out->size_change = row_i64(r);
}

enum status revision_get(struct revision *out, struct revision_text *text, struct db *db,
			 struct arena *mem, const struct reader *who, const struct article *article,
			 int64_t number)
{
	AUTO(rows) struct rows r = {0};
	struct object then = article_object(article);

	TRY(db_rows(&r, db,
		    "SELECT " REVISION_COLUMNS ", v.audience_id, t.tree, t.plain, t.body"
		    " FROM revision v JOIN person w ON w.id = v.author_id"
		    " JOIN revision_text t ON t.revision_id = v.id"
		    " WHERE v.article_id = $1 AND v.number = $2",
		    v_i64(article->id), v_i64(number)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "no such revision");
	}
	revision_read(&r, mem, out);
	then.audience_id = row_i64(&r);
	text->tree = row_str(&r, mem);
	text->plain = row_str(&r, mem);
	text->body = row_str(&r, mem);
	TRY(rows_end(&r));
	return access_check(who, ACT_READ, &then);
}

enum status revision_list(struct revision **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, const struct article *article, int64_t before,
			  size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct revision *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " REVISION_COLUMNS
		    " FROM revision v JOIN person w ON w.id = v.author_id"
		    " WHERE v.article_id = $3 AND ($4 = 0 OR v.number < $4) AND" REVISION_VISIBLE
		    "ORDER BY v.number DESC LIMIT $5",
		    READER_VALUES(who), v_i64(article->id), v_i64(before), v_i64((int64_t)limit)));
	while (rows_next(&r))
		revision_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status change_list(struct change **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str space_key, struct str author_login,
			bool minor_too, int64_t before, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct change *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(
		&r, db,
		"SELECT " REVISION_COLUMNS
		", a.public_id, a.slug, a.title, a.lang, s.key, " SPACE_NAME
		" FROM revision v JOIN person w ON w.id = v.author_id"
		" JOIN article a ON a.id = v.article_id JOIN space s ON s.id = a.space_id" SPACE_NAME_FROM(
			"$8") "WHERE ($3 = '' OR s.key = $3) AND ($4 = '' OR w.login = $4)"
			      " AND ($5 = 1 OR v.minor = 0) AND ($6 = 0 OR v.id < $6)"
			      " AND" REVISION_VISIBLE "AND" ARTICLE_VISIBLE
			      "ORDER BY v.id DESC LIMIT $7",
		READER_VALUES(who), v_str(space_key), v_str(author_login), v_i64(minor_too),
		v_i64(before), v_i64((int64_t)limit), NAMES_IN(who)));
	while (rows_next(&r)) {
		struct change *c = &list[(*count)++];

		revision_read(&r, mem, &c->revision);
		c->cursor = c->revision.id;
		c->public_id = row_str(&r, mem);
		c->slug = row_str(&r, mem);
		c->title = row_str(&r, mem);
		c->lang = row_str(&r, mem);
		c->space_key = row_str(&r, mem);
		c->space_name = space_text_read(&r, mem);
	}
	return rows_end(&r);
}

static bool is_listed(const struct change *list, size_t count, struct str public_id)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(list[i].public_id, public_id))
			return true;
	}
	return false;
}

/* Who saves one article for an hour fills no list with it, and makes nobody read all of history. */
enum { LATEST_ROUNDS = 8 };

enum status change_latest(struct change **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key, size_t limit)
{
	struct change *list = arena_array(mem, limit, sizeof(*list)), *batch;
	const size_t size = 2 * limit;
	size_t n = size;
	int64_t before = 0;

	*out = list;
	*count = 0;
	for (int i = 0; i < LATEST_ROUNDS && *count < limit && n == size; i++) {
		TRY(change_list(&batch, &n, db, mem, who, space_key, STR(""), false, before, size));
		for (size_t k = 0; k < n && *count < limit; k++) {
			if (!is_listed(list, *count, batch[k].public_id))
				list[(*count)++] = batch[k];
			before = batch[k].cursor;
		}
	}
	return ST_OK;
}
