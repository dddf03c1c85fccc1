/*
 * The journal: one row for every act, in the transaction of the act. It is the audit log, the indexer's queue and the source
 * of recent changes. Rows are chained by hash (security.md 7.2), so that a change or a cut shows.
 */
#ifndef SCHEMA_JOURNAL_H
#define SCHEMA_JOURNAL_H

#include "schema/access.h"
#include "schema/index_kind.h"

struct journal_entry {
	struct str action;  /* "article.edit": object, dot, verb */
	struct str outcome; /* empty means "ok" */
	struct str object_type;
	int64_t object_id;
	int64_t space_id, audience_id;
	int64_t audience_was; /* where the act changed the audience, hid the object or showed it */
	struct str detail;    /* canonical JSON object, or empty; never text bodies or secrets */
};

/* Append in the open transaction: no row, no act. `who` is NULL for the system itself. */
enum status journal_add(struct db *db, const struct reader *who, const struct journal_entry *entry)
	__attribute__((nonnull(1, 3))) MUST_USE;

/* {"name":"value",...} with keys in the order given (callers sort them) and escaped values. */
struct str journal_detail(struct arena *mem, const char *const *names, const struct str *values,
			  size_t count) NONNULL MUST_USE;

/*
 * One row in a transaction of its own, for what is no act upon the record; the detail is made of names
 * and values as by journal_detail().
 */
enum status journal_event(struct db *db, struct arena *mem, const struct reader *who,
			  const struct journal_entry *entry, const char *const *names,
			  const struct str *values, size_t count)
	__attribute__((nonnull(1, 2, 4, 5, 6))) MUST_USE;

struct journal_row {
	int64_t seq;
	int64_t at;                   /* microseconds */
	struct str actor, actor_name; /* login and name; "system" where there is none */
	struct str on_behalf, session, address, action, outcome, object_type;
	int64_t object_id;
	struct str detail;
};

/*
 * Rows for the audit page, newest first, before `before` (0: the newest). `who` sees all with DUTY_AUDIT, account
 * rows with DUTY_ACCOUNTS, rows of managed spaces, and always those of oneself. Filters: empty means any.
 */
enum status journal_list(struct journal_row **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str action_prefix, struct str actor_login,
			 int64_t before, size_t limit) NONNULL MUST_USE;

/*
 * What changed in the index: `id` must be put anew. Where other people may read it now, so must all
 * that belongs to it, and it and they must be gone from `audience_was`.
 */
struct journal_change {
	int64_t seq;
	struct index_id id;
	int64_t audience_was; /* 0: its readers stay the same */
};

/*
 * The next changes behind `after` in order, at most `limit`; `last` is the number of the last row that was looked at
 * (rows of other kinds are passed over), so that the cursor moves on.
 */
enum status journal_next_changes(struct journal_change **out, size_t *count, int64_t *last,
				 struct db *db, struct arena *mem, int64_t after, size_t limit)
	NONNULL MUST_USE;

/* Number of the newest row, 0 when there is none. */
enum status journal_head(int64_t *out, struct db *db) NONNULL MUST_USE;

/* Changes behind `after` that wait to be indexed. */
enum status journal_pending(int64_t *out, struct db *db, int64_t after) NONNULL MUST_USE;

/* Of these only what lies in audiences that the reader reads: how much others write is not told. */
enum status journal_pending_for(int64_t *out, struct db *db, const struct reader *who,
				int64_t after) NONNULL MUST_USE;

/*
 * Recompute the whole chain: INVALID with `bad_seq` set to the first row that does not fit. `rows` counts those that do.
 */
enum status journal_verify(struct db *db, int64_t *rows, int64_t *bad_seq) NONNULL MUST_USE;

#endif
