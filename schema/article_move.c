/* Where an article stands and whether it is seen: parent, audience, status, trash. */
#include "schema/article.h"

#include "schema/article_row.h"
#include "schema/base/clock.h"
#include "schema/complete.h"
#include "schema/journal.h"
#include "schema/linked.h"

/* The article with `action` allowed on it, and the reader's rights of this moment. */
static enum status open_article(struct article *out, struct reader *now, struct db *db,
				struct arena *mem, const struct reader *who, struct str public_id,
				enum action action)
{
	struct object object;

	TRY(reader_now(now, db, mem, who));
	TRY(article_get(out, db, mem, now, public_id));
	object = article_object(out);
	return access_check(now, action, &object);
}

enum status article_shown_parent(int64_t *out, struct db *db, struct arena *mem,
				 const struct reader *who, const struct article *article)
{
	struct article parent;
	enum status outcome;

	*out = 0;
	if (!article->parent_id)
		return ST_OK;
	outcome = article_get_by_id(&parent, db, mem, who, article->parent_id);
	if (outcome == ST_OK)
		*out = parent.id;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

static enum status journal_placed(struct db *db, struct arena *mem, const struct reader *who,
				  struct str action, const struct article *article,
				  int64_t space_id, int64_t audience_id, int64_t audience_was)
{
	static const char *const names[] = {"article"};

	return journal_add(db, who,
			   &(struct journal_entry){
				   .action = action,
				   .object_type = STR("article"),
				   .object_id = article->id,
				   .space_id = space_id,
				   .audience_id = audience_id,
				   .audience_was = audience_was,
				   .detail = journal_detail(mem, names, &article->public_id, 1)});
}

enum status article_set_parent(struct db *db, struct arena *mem, const struct reader *who,
			       struct str public_id, struct str parent_public_id)
{
	AUTO(tx) struct tx tx = {0};
	struct article article, parent = {0};
	struct reader now;
	int64_t shown;

	TRY(tx_begin(&tx, db));
	TRY(open_article(&article, &now, db, mem, who, public_id, ACT_EDIT));
	if (parent_public_id.len) {
		enum status found = article_get(&parent, db, mem, &now, parent_public_id);

		if (found == ST_NOT_FOUND ||
		    (found == ST_OK && parent.space_id != article.space_id))
			return fail_on("parent", ST_INVALID,
				       "There is no such parent article in this space.");
		TRY(found);
		TRY(article_open_circle(db, mem, &now, &article, parent.id));
	}
	TRY(article_shown_parent(&shown, db, mem, &now, &article));
	if (parent.id == shown)
		return ST_OK;
	TRY(db_exec(db, "UPDATE article SET parent_id = $2 WHERE id = $1", v_i64(article.id),
		    v_id(parent.id)));
	TRY(journal_placed(db, mem, who, STR("article.place"), &article, article.space_id,
			   article.audience_id, 0));
	return tx_commit(&tx);
}

/* Manage where it lies; where it goes, write for another space, manage for the same one. */
static enum status check_move(struct db *db, const struct reader *now,
			      const struct article *article, int64_t audience_id, int64_t *space_id)
{
	struct object target = {.audience_id = audience_id};
	enum action needed;

	TRY(db_find_id(space_id, db, "SELECT space_id FROM audience WHERE id = $1",
		       v_i64(audience_id)));
	if (!*space_id)
		return fail_on("audience", ST_NOT_FOUND, "There is no such audience.");
	target.space_id = *space_id;
	needed = *space_id == article->space_id ? ACT_MANAGE : ACT_EDIT;
	return access_check(now, needed, &target);
}

enum status article_move(struct db *db, struct arena *mem, const struct reader *who,
			 struct str public_id, int64_t audience_id)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct reader now;
	int64_t space = 0;

	TRY(tx_begin(&tx, db));
	TRY(open_article(&article, &now, db, mem, who, public_id, ACT_MANAGE));
	TRY(check_move(db, &now, &article, audience_id, &space));
	if (audience_id == article.audience_id)
		return ST_OK;
	/* A key of the import is only unique within its space. */
	TRY(db_exec(db,
		    "UPDATE article SET space_id = $2, audience_id = $3,"
		    " parent_id = CASE WHEN space_id = $2 THEN parent_id ELSE NULL END,"
		    " key = CASE WHEN space_id = $2 THEN key ELSE public_id END WHERE id = $1",
		    v_i64(article.id), v_i64(space), v_i64(audience_id)));
	/* What stood below it stays in its space, without a parent. */
	TRY(db_exec(db,
		    "UPDATE article SET parent_id = NULL WHERE parent_id = $1 AND space_id <> $2",
		    v_i64(article.id), v_i64(space)));
	TRY(db_exec(db, "UPDATE completion SET audience_id = $2 WHERE article_id = $1",
		    v_i64(article.id), v_i64(audience_id)));
	TRY(journal_placed(db, mem, who, STR("article.move"), &article, space, audience_id,
			   article.audience_id));
	if (article.status != ARTICLE_DRAFT && !article.deleted) {
		TRY(linked_shown(db, article.id, article.audience_id, true));
		TRY(linked_shown(db, article.id, audience_id, false));
	}
	TRY(access_changed(db));
	return tx_commit(&tx);
}

enum status article_set_status(struct db *db, struct arena *mem, const struct reader *who,
			       struct str public_id, enum article_status status)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct reader now;
	bool hides = status == ARTICLE_DRAFT;

	TRY(tx_begin(&tx, db));
	TRY(open_article(&article, &now, db, mem, who, public_id, ACT_EDIT));
	if (status == article.status)
		return ST_OK;
	if (hides && article.creator_id != now.person_id)
		return fail_on("status", ST_INVALID,
			       "Only its first author can take an article back to a draft.");
	TRY(db_exec(db, "UPDATE article SET status = $2 WHERE id = $1", v_i64(article.id),
		    v_i64(status)));
	TRY(complete_list(db, article.id));
	TRY(journal_placed(db, mem, who, STR("article.status"), &article, article.space_id,
			   article.audience_id,
			   hides || article.status == ARTICLE_DRAFT ? article.audience_id : 0));
	if (!article.deleted && (hides || article.status == ARTICLE_DRAFT))
		TRY(linked_shown(db, article.id, article.audience_id, hides));
	return tx_commit(&tx);
}

enum status article_set_deleted(struct db *db, struct arena *mem, const struct reader *who,
				struct str public_id, bool deleted)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct reader now;

	TRY(tx_begin(&tx, db));
	TRY(open_article(&article, &now, db, mem, who, public_id, ACT_MANAGE));
	if (deleted == article.deleted)
		return ST_OK;
	TRY(db_exec(db, "UPDATE article SET deleted_at = $2 WHERE id = $1", v_i64(article.id),
		    deleted ? v_i64(clock_now()) : v_null()));
	TRY(complete_list(db, article.id));
	TRY(journal_placed(db, mem, who, deleted ? STR("article.delete") : STR("article.restore"),
			   &article, article.space_id, article.audience_id, article.audience_id));
	if (article.status != ARTICLE_DRAFT)
		TRY(linked_shown(db, article.id, article.audience_id, deleted));
	return tx_commit(&tx);
}
