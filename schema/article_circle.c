/*
 * That nothing stands under itself. Whoever moves an article need not see all that stands below it:
 * where only something hidden closes the circle, a refusal would tell that it is there.
 */
#include "schema/article.h"

#include "schema/article_row.h"
#include "schema/journal.h"

static enum status parent_of(int64_t *out, struct db *db, int64_t id)
{
	return db_i64(out, db, "SELECT coalesce(parent_id, 0) FROM article WHERE id = $1",
		      v_i64(id));
}

/*
 * The hidden one takes the place that the article leaves. In the name of the system: among the acts
 * of the person who moved the article the row would show what that person may not see.
 */
static enum status give_place(struct db *db, int64_t hidden, int64_t place)
{
	struct journal_entry entry = {
		.action = STR("article.place"), .object_type = STR("article"), .object_id = hidden};

	TRY(db_i64(&entry.space_id, db, "SELECT space_id FROM article WHERE id = $1",
		   v_i64(hidden)));
	TRY(db_i64(&entry.audience_id, db, "SELECT audience_id FROM article WHERE id = $1",
		   v_i64(hidden)));
	TRY(db_exec(db, "UPDATE article SET parent_id = $2 WHERE id = $1", v_i64(hidden),
		    v_id(place)));
	return journal_add(db, NULL, &entry);
}

enum status article_open_circle(struct db *db, struct arena *mem, const struct reader *who,
				const struct article *article, int64_t parent)
{
	struct article above;
	int64_t hidden = 0; /* of those between, the nearest to the article */

	if (parent == article->parent_id)
		return ST_OK;
	for (int64_t id = parent; id;) {
		enum status outcome;

		if (id == article->id && !hidden)
			return fail_on("parent", ST_INVALID,
				       "An article cannot stand under itself.");
		if (id == article->id)
			return give_place(db, hidden, article->parent_id);
		outcome = article_get_by_id(&above, db, mem, who, id);
		if (outcome == ST_NOT_FOUND)
			hidden = id;
		else
			TRY(outcome);
		TRY(parent_of(&id, db, id));
	}
	return ST_OK;
}
