/* Best bets: pinning, taking away, finding. */
#include "schema/bet.h"

#include "schema/article_row.h"
#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/journal.h"

static enum status journal_bet(struct db *db, struct arena *mem, const struct reader *who,
			       const char *action, int64_t id, const struct article *article,
			       struct str query)
{
	static const char *const names[] = {"article", "query"};
	struct str values[] = {article->public_id, query};

	return journal_add(db, who,
			   &(struct journal_entry){
				   .action = str_c(action),
				   .object_type = STR("bet"),
				   .object_id = id,
				   .space_id = article->space_id,
				   .audience_id = article->audience_id,
				   .detail = journal_detail(mem, names, values, COUNT(names))});
}

static enum status manager_now(struct reader *now, struct db *db, struct arena *mem,
			       const struct reader *who, int64_t space_id)
{
	struct object space = {.space_id = space_id};

	TRY(reader_now(now, db, mem, who));
	return access_check(now, ACT_MANAGE, &space);
}

static enum status find_article(struct article *out, struct db *db, struct arena *mem,
				const struct reader *who, int64_t space_id, struct str public_id)
{
	enum status outcome = article_get(out, db, mem, who, public_id);

	if (outcome == ST_NOT_FOUND ||
	    (outcome == ST_OK &&
	     (out->space_id != space_id || out->deleted || out->status != ARTICLE_PUBLISHED)))
		return fail_on("article", ST_INVALID,
			       "There is no such published article in this space.");
	return outcome;
}

/* What the manager does not see takes no room: an article that went elsewhere, or was deleted. */
static enum status check_room(struct db *db, const struct reader *who, int64_t space_id,
			      struct str key, int64_t article_id)
{
	int64_t each = 0, all = 0, same = 0;

	TRY(db_i64(&same, db,
		   "SELECT count(*) FROM bet WHERE space_id = $1 AND key = $2 AND article_id = $3",
		   v_i64(space_id), v_str(key), v_i64(article_id)));
	if (same)
		return fail_on("article", ST_INVALID,
			       "This article is recommended for this query already.");
	TRY(db_i64(&each, db,
		   "SELECT count(*) FROM bet b JOIN article a ON a.id = b.article_id"
		   " AND a.space_id = b.space_id WHERE b.space_id = $3 AND b.key = $4"
		   " AND" ARTICLE_VISIBLE,
		   READER_VALUES(who), v_i64(space_id), v_str(key)));
	if (each >= BETS_EACH)
		return fail_on("query", ST_INVALID,
			       "At most %d articles are recommended for one query.", BETS_EACH);
	TRY(db_i64(&all, db,
		   "SELECT count(*) FROM bet b JOIN article a ON a.id = b.article_id"
		   " AND a.space_id = b.space_id WHERE b.space_id = $3 AND" ARTICLE_VISIBLE,
		   READER_VALUES(who), v_i64(space_id)));
	if (all >= BETS_SPACE)
		return fail_on("query", ST_INVALID, "A space recommends at most %d times.",
			       BETS_SPACE);
	return ST_OK;
}

enum status bet_add(struct db *db, struct arena *mem, const struct reader *who, int64_t space_id,
		    const struct bet_input *in)
{
	AUTO(tx) struct tx tx = {0};
	char public_id[PUBLIC_ID_LEN + 1];
	struct article article;
	struct reader now;

	TRY(tx_begin(&tx, db));
	TRY(manager_now(&now, db, mem, who, space_id));
	TRY(check_line("query", in->query, BET_QUERY_MAX));
	if (!in->key.len)
		return fail_on("query", ST_INVALID, "“%.*s” has no letter or digit.",
			       STR_ARG(in->query));
	TRY(find_article(&article, db, mem, &now, space_id, in->article));
	TRY(check_room(db, &now, space_id, in->key, article.id));
	secret_public_id(public_id);
	TRY(db_exec(db,
		    "INSERT INTO bet (public_id, space_id, key, query, article_id, creator_id,"
		    " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		    v_str(str_c(public_id)), v_i64(space_id), v_str(in->key), v_str(in->query),
		    v_i64(article.id), v_id(now.person_id), v_i64(clock_now())));
	TRY(journal_bet(db, mem, &now, "bet.add", db_last_id(db), &article, in->query));
	return tx_commit(&tx);
}

/* ---- reading ------------------------------------------------------------------------------------- */

struct bet_row {
	int64_t id, article_id;
	struct bet bet;
};

static void bet_read(struct rows *r, struct arena *mem, struct bet_row *out)
{
	out->id = row_i64(r);
	out->article_id = row_i64(r);
	out->bet.public_id = row_str(r, mem);
	out->bet.key = row_str(r, mem);
	out->bet.query = row_str(r, mem);
	out->bet.creator_login = row_str(r, mem);
	out->bet.creator_name = row_str(r, mem);
	out->bet.created_at = row_i64(r);
}

#define BET_COLUMNS                                                                                \
	"b.id, b.article_id, b.public_id, b.key, b.query, coalesce(p.login, ''),"                  \
	" coalesce(p.name, ''), b.created_at"
#define BET_FROM " FROM bet b LEFT JOIN person p ON p.id = b.creator_id "

/* NOT_FOUND where the article is not, or no longer, one of the space that the reader sees. */
static enum status load_article(struct bet *bet, struct db *db, struct arena *mem,
				const struct reader *who, int64_t space_id, int64_t article_id)
{
	TRY(article_get_by_id(&bet->article, db, mem, who, article_id));
	return bet->article.space_id == space_id && !bet->article.deleted
		       ? ST_OK
		       : fail(ST_NOT_FOUND, "not an article of the space");
}

enum status bet_list(struct bet **out, size_t *count, struct db *db, struct arena *mem,
		     const struct reader *who, int64_t space_id)
{
	AUTO(rows) struct rows r = {0};
	struct object space = {.space_id = space_id};
	struct bet_row *list = NULL;
	size_t n = 0, room = 0;

	*count = 0;
	TRY(access_check(who, ACT_MANAGE, &space));
	TRY(db_rows(&r, db,
		    "SELECT " BET_COLUMNS BET_FROM "WHERE b.space_id = $1 ORDER BY b.key, b.id",
		    v_i64(space_id)));
	while (rows_next(&r)) {
		list = arena_grow(mem, list, n, &room, sizeof(*list));
		bet_read(&r, mem, &list[n++]);
	}
	TRY(rows_end(&r));
	*out = arena_array(mem, n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++) {
		struct bet *bet = &(*out)[*count];
		enum status outcome;

		*bet = list[i].bet;
		outcome = load_article(bet, db, mem, who, space_id, list[i].article_id);
		if (outcome == ST_OK)
			++*count;
		else if (outcome != ST_NOT_FOUND)
			return outcome;
	}
	return ST_OK;
}

enum status bet_remove(struct db *db, struct arena *mem, const struct reader *who, int64_t space_id,
		       struct str public_id)
{
	AUTO(tx) struct tx tx = {0};
	AUTO(rows) struct rows r = {0};
	struct bet_row row = {.id = 0};
	struct reader now;

	TRY(tx_begin(&tx, db));
	TRY(manager_now(&now, db, mem, who, space_id));
	TRY(db_rows(&r, db,
		    "SELECT " BET_COLUMNS BET_FROM "WHERE b.space_id = $1 AND b.public_id = $2",
		    v_i64(space_id), v_str(public_id)));
	if (rows_next(&r))
		bet_read(&r, mem, &row);
	TRY(rows_end(&r));
	if (!row.id)
		return fail(ST_NOT_FOUND, "there is no such recommendation");
	TRY(load_article(&row.bet, db, mem, &now, space_id, row.article_id));
	TRY(db_exec(db, "DELETE FROM bet WHERE id = $1", v_i64(row.id)));
	TRY(journal_bet(db, mem, &now, "bet.remove", row.id, &row.bet.article, row.bet.query));
	return tx_commit(&tx);
}

/* Decided by the rights in memory, so that what others recommend costs no time that could be told. */
static enum status find_ids(int64_t out[BETS_SHOWN], size_t *count, struct db *db,
			    const struct reader *who, struct str key)
{
	AUTO(rows) struct rows r = {0};

	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT a.id, a.space_id, a.audience_id FROM bet b JOIN article a"
		    " ON a.id = b.article_id AND a.space_id = b.space_id"
		    " WHERE b.key = $1 AND a.status = 1 AND a.deleted_at IS NULL ORDER BY b.id",
		    v_str(key)));
	while (rows_next(&r)) {
		int64_t id = row_i64(&r);
		struct object object = {.space_id = row_i64(&r)};

		object.audience_id = row_i64(&r);
		if (*count < BETS_SHOWN && allow(who, ACT_READ, &object))
			out[(*count)++] = id;
	}
	return rows_end(&r);
}

enum status bet_find(struct article **out, size_t *count, struct db *db, struct arena *mem,
		     const struct reader *who, struct str key)
{
	int64_t ids[BETS_SHOWN];

	*out = arena_array(mem, BETS_SHOWN, sizeof(**out));
	TRY(find_ids(ids, count, db, who, key));
	for (size_t i = 0; i < *count; i++)
		TRY(article_get_by_id(&(*out)[i], db, mem, who, ids[i]));
	return ST_OK;
}
