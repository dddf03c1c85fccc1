/* Texts that were typed but not saved: a form whose session had ended, or a draft kept on purpose. */
#ifndef SCHEMA_DRAFT_H
#define SCHEMA_DRAFT_H

#include "schema/access.h"

struct draft {
	struct str id;         /* public */
	struct str article_id; /* public id, or empty for a new article */
	struct str space_key;
	int64_t base;
	struct str title, body, comment;
	int64_t at;
};

/*
 * Keep it for this person; one for each article (the newest wins), at most 50 of new articles. A new
 * article's that has an id takes the place of the one with this id; `id` is that of what was kept.
 */
enum status draft_keep(char id[PUBLIC_ID_LEN + 1], struct db *db, int64_t person_id,
		       const struct draft *draft) NONNULL MUST_USE;

/* One's own only; the article must still be readable. */
enum status draft_list(struct draft **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who) NONNULL MUST_USE;
enum status draft_get(struct draft *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str id) NONNULL MUST_USE;
enum status draft_for_article(struct draft *out, struct db *db, struct arena *mem,
			      const struct reader *who, struct str article_public_id)
	NONNULL MUST_USE;

/* Somebody else who is writing at an article: whose unsaved text was kept a short while ago. */
struct draft_writer {
	struct str login, name;
	int64_t at;
};

/* At most 5, the latest first. NOT_FOUND unless the article may be read, DENIED unless edited. */
enum status draft_writers(struct draft_writer **out, size_t *count, struct db *db,
			  struct arena *mem, const struct reader *who, struct str article_public_id)
	NONNULL MUST_USE;

enum status draft_drop(struct db *db, const struct reader *who, struct str id) NONNULL MUST_USE;

#endif
