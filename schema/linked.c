/* Which articles the links of another touch. */
#include "schema/linked.h"

#include "schema/journal.h"

/* Of the articles that it leads to, those in the audience; its own article is none. */
#define TOUCH_BEGIN                                                                                \
	"INSERT INTO linked (article_id, seq, hidden_seq) SELECT a.id, $3, $4 FROM article a"      \
	" WHERE a.audience_id = $2 AND a.id <> $1 AND a.status <> 0 AND a.deleted_at IS NULL"      \
	" AND a.id IN ("
#define TOUCH_END                                                                                  \
	") ON CONFLICT (article_id) DO UPDATE SET seq = excluded.seq, hidden_seq ="                \
	" CASE WHEN excluded.hidden_seq > 0 THEN excluded.hidden_seq ELSE linked.hidden_seq END"

enum status linked_shown(struct db *db, int64_t article_id, int64_t audience_id, bool hidden)
{
	int64_t seq;

	TRY(journal_head(&seq, db));
	return db_exec(
		db,
		TOUCH_BEGIN
		" SELECT t.id FROM link l JOIN article t ON t.title_key = l.target_key"
		"  WHERE l.article_id = $1 AND l.position < $5 AND l.target_key <> ''"
		" UNION SELECT t.article_id FROM link l JOIN alias t"
		"  ON t.title_key = l.target_key AND t.audience_id = $2"
		"  WHERE l.article_id = $1 AND l.position < $5 AND l.target_key <> ''"
		" UNION SELECT t.id FROM link l JOIN article t ON t.public_id = l.target_id"
		"  WHERE l.article_id = $1 AND l.position < $5 AND l.target_id <> ''" TOUCH_END,
		v_i64(article_id), v_i64(audience_id), v_i64(seq), v_i64(hidden ? seq : 0),
		v_i64(LINKED_MAX));
}

static enum status touch(struct db *db, const struct article *article, int64_t seq,
			 const struct article_link *link)
{
	return db_exec(db,
		       TOUCH_BEGIN " SELECT id FROM article WHERE title_key = $5 AND $5 <> ''"
				   " UNION SELECT article_id FROM alias"
				   "  WHERE title_key = $5 AND $5 <> '' AND audience_id = $2"
				   " UNION SELECT id FROM article"
				   "  WHERE public_id = $6 AND $6 <> ''" TOUCH_END,
		       v_i64(article->id), v_i64(article->audience_id), v_i64(seq), v_i64(0),
		       v_str(link->title_key), v_str(link->target_id));
}

static bool has(const struct article_link *links, size_t count, const struct article_link *link)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(links[i].title_key, link->title_key) &&
		    str_eq(links[i].target_id, link->target_id) &&
		    str_eq(links[i].words, link->words))
			return true;
	return false;
}

/* Those of the first that the second do not hold as well. */
static enum status touch_others(struct db *db, const struct article *article, int64_t seq,
				const struct article_link *links, size_t count,
				const struct article_link *beside, size_t n_beside)
{
	for (size_t i = 0; i < count; i++)
		if (!has(links, i, &links[i]) && !has(beside, n_beside, &links[i]))
			TRY(touch(db, article, seq, &links[i]));
	return ST_OK;
}

enum status linked_saved(struct db *db, const struct article *article,
			 const struct article_link *was, size_t n_was,
			 const struct article_link *now, size_t n_now)
{
	int64_t seq;

	if (n_was > LINKED_MAX)
		n_was = LINKED_MAX;
	if (n_now > LINKED_MAX)
		n_now = LINKED_MAX;
	TRY(journal_head(&seq, db));
	TRY(touch_others(db, article, seq, was, n_was, now, n_now));
	return touch_others(db, article, seq, now, n_now, was, n_was);
}
