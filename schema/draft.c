/* Texts that were typed but not saved. */
#include "schema/draft.h"

#include "schema/article_row.h"
#include "schema/base/clock.h"

enum {
	DRAFTS_MAX = 50,
	WRITERS_MAX = 5,
	WRITING_SECONDS = 5 * 60, /* a text is kept every 15 seconds, every minute on slow links */
};

static enum status article_of(int64_t *out, struct db *db, struct str public_id)
{
	*out = 0;
	if (!public_id.len)
		return ST_OK;
	return db_i64(out, db, "SELECT id FROM article WHERE public_id = $1", v_str(public_id));
}

/*
 * Of a late form: is what its id stands for part of its own text? Two windows may have gone on with one.
 */
static enum status holds_former(bool *out, struct db *db, int64_t person_id,
				const struct draft *draft)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(rows) struct rows r = {0};

	*out = true;
	if (!draft->late)
		return ST_OK;
	TRY(db_rows(&r, db, "SELECT body FROM draft WHERE person_id = $1 AND public_id = $2",
		    v_i64(person_id), v_str(draft->id)));
	if (rows_next(&r))
		*out = str_search(draft->body, row_str(&r, &mem)) >= 0;
	return rows_end(&r);
}

/* Make room for it, and say under which id: that of its form, unless something else has it. */
static enum status replace(char id[PUBLIC_ID_LEN + 1], struct db *db, int64_t person_id,
			   int64_t article, const struct draft *draft)
{
	int64_t taken = 0;
	bool fits;

	secret_public_id(id);
	if (!secret_is_public_id(draft->id))
		return ST_OK;
	TRY(holds_former(&fits, db, person_id, draft));
	if (!fits)
		return ST_OK;
	TRY(db_exec(db,
		    "DELETE FROM draft WHERE person_id = $1 AND public_id = $2"
		    " AND article_id IS NOT DISTINCT FROM $3 AND thread = $4"
		    " AND CASE WHEN kind = $5 THEN 1 ELSE 0 END = $6",
		    v_i64(person_id), v_str(draft->id), v_id(article), v_str(draft->thread),
		    v_i64(DRAFT_MESSAGE), v_i64(draft->kind == DRAFT_MESSAGE)));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM draft WHERE public_id = $1",
		   v_str(draft->id)));
	if (!taken)
		memcpy(id, draft->id.ptr, PUBLIC_ID_LEN);
	return ST_OK;
}

enum status draft_keep(char id[PUBLIC_ID_LEN + 1], struct db *db, int64_t person_id,
		       const struct draft *draft)
{
	AUTO(tx) struct tx tx = {0};
	int64_t article;

	TRY(tx_begin(&tx, db));
	TRY(article_of(&article, db, draft->article_id));
	TRY(replace(id, db, person_id, article, draft));
	TRY(db_exec(db,
		    "DELETE FROM draft WHERE person_id = $1 AND id NOT IN (SELECT id FROM draft"
		    " WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2)",
		    v_i64(person_id), v_i64(DRAFTS_MAX - 1)));
	TRY(db_exec(db,
		    "INSERT INTO draft (person_id, article_id, kind, space_key, base, title, body,"
		    " comment, lang, tags, parent, status, audience, translates, thread, minor, at,"
		    " public_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
		    " $14, $15, $16, $17, $18)",
		    v_i64(person_id), v_id(article), v_i64(draft->kind), v_str(draft->space_key),
		    v_i64(draft->base), v_str(draft->title), v_str(draft->body),
		    v_str(draft->comment), v_str(draft->lang), v_str(draft->tags),
		    v_str(draft->parent), v_str(draft->status), v_str(draft->audience),
		    v_str(draft->translates), v_str(draft->thread), v_i64(draft->minor),
		    v_i64(clock_now()), v_str(str_c(id))));
	return tx_commit(&tx);
}

#define DRAFT_FACTS                                                                                \
	"d.public_id, coalesce(a.public_id, ''), d.kind, d.space_key, d.base, d.title, d.comment," \
	" d.lang, d.tags, d.parent, d.status, d.audience, d.translates, d.thread, d.minor, d.at"
#define DRAFT_FROM " FROM draft d LEFT JOIN article a ON a.id = d.article_id "
#define DRAFT_VISIBLE " d.person_id = $1 AND (d.article_id IS NULL OR (" ARTICLE_VISIBLE ")) "
#define DRAFT_NEWEST " ORDER BY d.at DESC, d.id DESC "

static void draft_read(struct rows *r, struct arena *mem, struct draft *out)
{
	*out = (struct draft){.id = row_str(r, mem)};
	out->article_id = row_str(r, mem);
	out->kind = (enum draft_kind)row_i64(r);
	out->space_key = row_str(r, mem);
	out->base = row_i64(r);
	out->title = row_str(r, mem);
	out->comment = row_str(r, mem);
	out->lang = row_str(r, mem);
	out->tags = row_str(r, mem);
	out->parent = row_str(r, mem);
	out->status = row_str(r, mem);
	out->audience = row_str(r, mem);
	out->translates = row_str(r, mem);
	out->thread = row_str(r, mem);
	out->minor = row_i64(r) != 0;
	out->at = row_i64(r);
}

static enum status read_all(struct draft **out, size_t *count, struct rows *r, struct arena *mem)
{
	struct draft *list = arena_array(mem, DRAFTS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	while (*count < DRAFTS_MAX && rows_next(r))
		draft_read(r, mem, &list[(*count)++]);
	return rows_end(r);
}

enum status draft_list(struct draft **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " DRAFT_FACTS DRAFT_FROM "WHERE" DRAFT_VISIBLE DRAFT_NEWEST "LIMIT $3",
		    READER_VALUES(who), v_i64(DRAFTS_MAX)));
	return read_all(out, count, &r, mem);
}

enum status draft_offers(struct draft **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str article_public_id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " DRAFT_FACTS DRAFT_FROM "WHERE" DRAFT_VISIBLE
		    "AND d.article_id IS NOT DISTINCT FROM"
		    " (SELECT id FROM article WHERE public_id = $3) AND d.kind <> $4" DRAFT_NEWEST
		    "LIMIT $5",
		    READER_VALUES(who), v_str(article_public_id), v_i64(DRAFT_MESSAGE),
		    v_i64(DRAFTS_MAX)));
	return read_all(out, count, &r, mem);
}

static enum status draft_read_one(struct draft *out, struct rows *r, struct arena *mem)
{
	if (!rows_next(r)) {
		TRY(rows_end(r));
		return fail(ST_NOT_FOUND, "no such draft");
	}
	draft_read(r, mem, out);
	out->body = row_str(r, mem);
	return rows_end(r);
}

enum status draft_get(struct draft *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " DRAFT_FACTS ", d.body" DRAFT_FROM "WHERE" DRAFT_VISIBLE
		    "AND d.public_id = $3",
		    READER_VALUES(who), v_str(id)));
	return draft_read_one(out, &r, mem);
}

enum status draft_messages(struct draft **out, size_t *count, struct db *db, struct arena *mem,
			   const struct reader *who, struct str article_public_id,
			   struct str thread)
{
	AUTO(rows) struct rows r = {0};
	struct draft *list = arena_array(mem, DRAFTS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " DRAFT_FACTS ", d.body" DRAFT_FROM "WHERE" DRAFT_VISIBLE
		    "AND a.public_id = $3 AND d.kind = $4 AND d.thread = $5" DRAFT_NEWEST
		    "LIMIT $6",
		    READER_VALUES(who), v_str(article_public_id), v_i64(DRAFT_MESSAGE),
		    v_str(thread), v_i64(DRAFTS_MAX)));
	while (*count < DRAFTS_MAX && rows_next(&r)) {
		draft_read(&r, mem, &list[*count]);
		list[(*count)++].body = row_str(&r, mem);
	}
	return rows_end(&r);
}

enum status draft_writers(struct draft_writer **out, size_t *count, struct db *db,
			  struct arena *mem, const struct reader *who, struct str article_public_id)
{
	AUTO(rows) struct rows r = {0};
	struct article article;
	struct object object;

	*out = arena_array(mem, WRITERS_MAX, sizeof(**out));
	*count = 0;
	TRY(article_get(&article, db, mem, who, article_public_id));
	object = article_object(&article);
	TRY(access_check(who, ACT_EDIT, &object));
	TRY(db_rows(
		&r, db,
		"SELECT p.login, p.name, max(d.at) FROM draft d JOIN person p ON p.id = d.person_id"
		" WHERE d.article_id = $1 AND d.person_id <> $2 AND d.at > $3 AND d.kind <> $4"
		" GROUP BY p.id, p.login, p.name ORDER BY max(d.at) DESC, p.login LIMIT $5",
		v_i64(article.id), v_i64(who->person_id), v_i64(clock_now() - WRITING_SECONDS),
		v_i64(DRAFT_MESSAGE), v_i64(WRITERS_MAX)));
	while (rows_next(&r)) {
		struct draft_writer *writer = &(*out)[(*count)++];

		writer->login = row_str(&r, mem);
		writer->name = row_str(&r, mem);
		writer->at = row_i64(&r);
	}
	return rows_end(&r);
}

enum status draft_drop(struct db *db, const struct reader *who, struct str id)
{
	return db_exec(db, "DELETE FROM draft WHERE public_id = $1 AND person_id = $2", v_str(id),
		       v_i64(who->person_id));
}

enum status draft_message_drop(struct db *db, const struct reader *who,
			       struct str article_public_id, struct str thread, struct str id,
			       struct str body)
{
	return db_exec(db,
		       "DELETE FROM draft WHERE person_id = $1 AND kind = $2 AND thread = $3"
		       " AND article_id = (SELECT id FROM article WHERE public_id = $4)"
		       " AND (public_id = $5 OR body = $6)",
		       v_i64(who->person_id), v_i64(DRAFT_MESSAGE), v_str(thread),
		       v_str(article_public_id), v_str(id), v_str(body));
}
