/* The columns of an article, shared by the files article_*.c; nobody else includes this. */
#ifndef SCHEMA_ARTICLE_ROW_H
#define SCHEMA_ARTICLE_ROW_H

#include "schema/article.h"
#include "schema/space_row.h"

/* The last parameter of what has SPACE_NAME_FROM: the language that names of spaces come in. */
#define NAMES_IN(who) v_str((who)->names_in)

#define ARTICLE_COLUMNS                                                                            \
	"a.id, a.space_id, a.audience_id, coalesce(a.parent_id, 0), a.public_id, a.key, a.slug,"   \
	" a.title, a.lang, a.kind, a.status, s.key, " SPACE_NAME ", u.name, u.restricted,"         \
	" a.translation, coalesce(o.key, ''), coalesce(w.login, ''), coalesce(a.review_at, 0),"    \
	" a.revision, a.created_at, a.modified_at, a.creator_id, p.login, p.name,"                 \
	" a.deleted_at IS NOT NULL"

#define ARTICLE_FROM(tag)                                                                          \
	" FROM article a JOIN space s ON s.id = a.space_id"                                        \
	" JOIN audience u ON u.id = a.audience_id JOIN person p ON p.id = a.author_id"             \
	" LEFT JOIN office o ON o.id = a.owner_office_id"                                          \
	" LEFT JOIN person w ON w.id = a.owner_person_id" SPACE_NAME_FROM(tag)

/*
 * What a list may hold, with $1 the reader's id and $2 1 for the operator. allow() is asked again
 * for every row; this keeps the database from walking through what it would refuse.
 */
#define ARTICLE_VISIBLE                                                                            \
	" a.deleted_at IS NULL AND ($2 = 1 OR (a.audience_id IN (SELECT v.audience_id FROM"        \
	" readable v WHERE v.person_id = $1) AND (a.status <> 0 OR a.creator_id = $1))) "

/* Whether a row x of `alias` is known to the reader: see migrations/0007_alias_audience.sql. */
#define ALIAS_VISIBLE                                                                              \
	" ($2 = 1 OR x.audience_id IN (SELECT r.audience_id FROM readable r"                       \
	" WHERE r.person_id = $1)) "

#define READER_VALUES(who) v_i64((who)->person_id), v_i64((who)->is_operator)

/* The same for revision v: it counts for a reader who may read the audience it was saved under. */
#define REVISION_VISIBLE                                                                           \
	" ($2 = 1 OR v.audience_id IN (SELECT x.audience_id FROM readable x"                       \
	" WHERE x.person_id = $1)) "

void article_read(struct rows *r, struct arena *mem, struct article *out) NONNULL;

/* Take the rows that allow() lets through, at most `limit`; asks for one more than that to know. */
enum status article_list_read(struct article_list *out, struct rows *r, struct arena *mem,
			      const struct reader *who, size_t limit) NONNULL MUST_USE;

/* The article above as this reader knows it: 0 where there is none, or none that the reader sees. */
enum status article_shown_parent(int64_t *out, struct db *db, struct arena *mem,
				 const struct reader *who, const struct article *article)
	NONNULL MUST_USE;

/*
 * Before the article comes under `parent` (0: none): INVALID where that is the article itself or lies
 * below it as far as the reader sees. Where something hidden lies between, that takes the article's
 * former place, and the reader learns nothing.
 */
enum status article_open_circle(struct db *db, struct arena *mem, const struct reader *who,
				const struct article *article, int64_t parent) NONNULL MUST_USE;

#endif
