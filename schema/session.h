/* Sessions of browsers and tokens of scripts. Only hashes of their secrets are kept. */
#ifndef SCHEMA_SESSION_H
#define SCHEMA_SESSION_H

#include "schema/access.h"

enum {
	SESSION_IDLE = 2 * 3600,     /* seconds without a request */
	SESSION_IDLE_DUTY = 15 * 60, /* of those who hold a duty */
	SESSION_ABSOLUTE = 12 * 3600,
	SESSION_MOST = 8, /* of one person; the oldest ends */
	SESSION_KEPT =
		3 * 24 * 3600, /* whose it was is known so long, for what was still being written */
	SESSION_TOUCH = 60,    /* seen_at is written at most this often */
	TOKEN_DAYS_MAX = 365,
};

struct session {
	struct digest hash; /* of the cookie's value */
	int64_t person_id;
	int64_t created_at, seen_at;
	int64_t proved_at; /* password last given: fresh enough for risky acts within 10 minutes */
	struct str address, agent, flash;
};

/* A new session for the person, in one transaction with its journal row; `secret` goes into the cookie. */
enum status session_start(char secret[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			  int64_t person_id, struct str address, struct str agent) NONNULL MUST_USE;

/* A session that still holds; NOT_FOUND otherwise. Reads only. */
enum status session_find(struct session *out, struct db *db, struct arena *mem, struct str secret)
	NONNULL MUST_USE;

/* Note that it was used; callers do so at most every SESSION_TOUCH seconds. */
enum status session_touch(struct db *db, const struct digest *hash) NONNULL MUST_USE;

/* One message for the next page; taking it empties it. */
enum status session_set_flash(struct db *db, const struct digest *hash, struct str message)
	NONNULL MUST_USE;

/*
 * The sessions of the last days, ended or not, newest first: to find whose form it was that comes in
 * too late. They open nothing.
 */
enum status session_recent(struct session **out, size_t *count, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

/* End one session of `who`. NOT_FOUND when it is not theirs. */
enum status session_end(struct db *db, const struct reader *who, const struct digest *hash)
	NONNULL MUST_USE;

/* End all sessions of a person but `keep` (may be NULL), inside the caller's transaction. */
enum status session_end_all(struct db *db, int64_t person_id, const struct digest *keep) MUST_USE;

enum status session_list(struct session **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who) NONNULL MUST_USE;

/*
 * End the sessions and forget the one-time codes whose time is over, so that a clock that is set back
 * revives neither.
 */
enum status login_end_over(struct db *db) NONNULL MUST_USE;

/* True where wrong passwords pause the account. A longer pause than any was begun by another clock. */
bool login_is_paused(int64_t paused_until);

/* A wrong password: counts, and pauses the account (5 in 15 minutes, then doubling, 100: locked). */
enum status login_failed(struct db *db, struct arena *mem, int64_t person_id, struct str login,
			 struct str address) NONNULL MUST_USE;

/* Remember the new hash of a person who set a password by one-time code, or whose hash was weak. */
enum status login_rehash(struct db *db, int64_t person_id, struct str password_hash)
	NONNULL MUST_USE;

struct api_token {
	int64_t id;
	int64_t person_id;
	struct str name;
	bool writes;
	int64_t created_at, expires_at;
};

/*
 * A token with the rights of `login`: one's own, or any for the operator. `days` 1 to TOKEN_DAYS_MAX. `secret` is shown once.
 */
enum status token_create(char secret[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			 const struct reader *who, struct str login, struct str name, bool writes,
			 int days) NONNULL MUST_USE;
enum status token_find(struct api_token *out, struct db *db, struct arena *mem, struct str secret)
	NONNULL MUST_USE;
enum status token_list(struct api_token **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who) NONNULL MUST_USE;
enum status token_revoke(struct db *db, struct arena *mem, const struct reader *who, int64_t id)
	NONNULL MUST_USE;

/* Inside the caller's transaction. */
enum status token_revoke_all(struct db *db, int64_t person_id) MUST_USE;

#endif
