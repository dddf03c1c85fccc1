/* Texts that were typed but not saved: kept while somebody writes, or because a session had ended. */
#ifndef SCHEMA_DRAFT_H
#define SCHEMA_DRAFT_H

#include "schema/access.h"

enum draft_kind {
	DRAFT_TEXT, /* kept before its form was: title, body and comment alone */
	DRAFT_FORM,
	DRAFT_MESSAGE, /* of a discussion */
};

struct draft {
	struct str id;         /* public */
	struct str article_id; /* public id, or empty for a new article */
	enum draft_kind kind;
	struct str space_key;
	int64_t base;
	struct str title, body, comment; /* of a message: `comment` is what a new thread quotes */
	struct str lang, tags, parent, status;
	struct str audience, translates; /* of a new article */
	struct str thread;               /* of a message: public id, or empty for a new thread */
	bool minor;
	bool late; /* its session had ended: it replaces only what it begins with or holds whole */
	int64_t at;
};

/*
 * Keep it for this person; at most 50, the oldest give way. Each form brings an id of its own: what it
 * kept before gives way, and what was kept of the same article or thread by other forms stays. `id` is
 * that of what was kept.
 */
enum status draft_keep(char id[PUBLIC_ID_LEN + 1], struct db *db, int64_t person_id,
		       const struct draft *draft) NONNULL MUST_USE;

/* One's own only, the newest first, without bodies; the article must still be readable. */
enum status draft_list(struct draft **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who) NONNULL MUST_USE;

/* Those of one article, or with an empty id of new ones; messages are left out. */
enum status draft_offers(struct draft **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str article_public_id) NONNULL MUST_USE;

enum status draft_get(struct draft *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str id) NONNULL MUST_USE;

/* One's own messages to a thread that were not sent, the newest first, whole. */
enum status draft_messages(struct draft **out, size_t *count, struct db *db, struct arena *mem,
			   const struct reader *who, struct str article_public_id,
			   struct str thread) NONNULL MUST_USE;

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

/* A message with this body was sent from the form of this id: what was kept of it goes. */
enum status draft_message_drop(struct db *db, const struct reader *who,
			       struct str article_public_id, struct str thread, struct str id,
			       struct str body) NONNULL MUST_USE;

#endif
