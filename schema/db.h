/*
 * The record's driver: fixed SQL texts with typed values. Nothing above this header names a database.
 * SQL is a string literal at the call, so that pasting a variable into it does not compile.
 */
#ifndef SCHEMA_DB_H
#define SCHEMA_DB_H

#include "schema/base/arena.h"
#include "schema/base/err.h"
#include "schema/base/secret.h"

struct db; /* one connection; its calls may come from several threads and wait for each other */

enum db_mode {
	DB_READ,  /* refuses every write; never checkpoints */
	DB_WRITE, /* the one connection that writes and checkpoints */
	DB_ALONE, /* a file that nobody else has open, kept without a log beside it */
};

enum status db_open(struct db **out, const char *path, enum db_mode mode) NONNULL MUST_USE;
void db_close(struct db *db);

/* Called after each outermost commit that changed something, outside the transaction. */
void db_on_commit(struct db *db, void (*call)(void *context), void *context);

/* A value with its type. Texts and blobs are borrowed until the call returns. */
struct value {
	enum { VALUE_NULL, VALUE_I64, VALUE_TEXT, VALUE_BLOB } kind;
	int64_t number;
	struct str bytes;
};

static inline struct value v_i64(int64_t number)
{
	return (struct value){.kind = VALUE_I64, .number = number};
}
static inline struct value v_str(struct str text)
{
	return (struct value){.kind = VALUE_TEXT, .bytes = text};
}
static inline struct value v_blob(struct str bytes)
{
	return (struct value){.kind = VALUE_BLOB, .bytes = bytes};
}
static inline struct value v_null(void)
{
	return (struct value){.kind = VALUE_NULL};
}
/* 0 stands for "none" in C and NULL in the record. */
static inline struct value v_id(int64_t id)
{
	return id ? v_i64(id) : v_null();
}
static inline struct value v_digest(const struct digest *digest)
{
	return v_blob(str_of((const char *)digest->bytes, DIGEST_LEN));
}

#define DB_VALUES(...) ((const struct value[]){{.kind = VALUE_NULL}, ##__VA_ARGS__}) + 1
#define DB_COUNT(...)                                                                              \
	(sizeof((const struct value[]){{.kind = VALUE_NULL}, ##__VA_ARGS__}) /                     \
		 sizeof(struct value) -                                                            \
	 1)

/* Run one statement without rows. Placeholders $1, $2, ... take the values in order. */
#define db_exec(db, sql, ...)                                                                      \
	db_exec_values((db), "" sql "", DB_VALUES(__VA_ARGS__), DB_COUNT(__VA_ARGS__))
enum status db_exec_values(struct db *db, const char *sql, const struct value *values, size_t count)
	MUST_USE;

/* Rows that the last db_exec of this connection changed. */
int64_t db_changed(struct db *db) NONNULL;

/* The id that the last INSERT of this connection made. */
int64_t db_last_id(struct db *db) NONNULL;

/*
 * Read rows:
 *	AUTO(rows) struct rows r = {0};
 *	TRY(db_rows(&r, db, "SELECT id, title FROM article WHERE space_id = $1", v_i64(space)));
 *	while (rows_next(&r)) { id = row_i64(&r); title = row_str(&r, mem); }
 *	return rows_end(&r);
 */
struct rows {
	struct db *db;
	void *statement;
	const char *sql; /* the literal, by whose address the statement is kept */
	int column;
	enum status outcome;
	bool cached, stepped;
};
#define db_rows(out, db, sql, ...)                                                                 \
	db_rows_values((out), (db), "" sql "", DB_VALUES(__VA_ARGS__), DB_COUNT(__VA_ARGS__))
enum status db_rows_values(struct rows *out, struct db *db, const char *sql,
			   const struct value *values, size_t count) MUST_USE;
bool rows_next(struct rows *r) NONNULL;

/* The outcome of the whole walk; a broken promise (assert) where columns were left unread. */
enum status rows_end(struct rows *r) NONNULL MUST_USE;
void rows_cleanup(struct rows *r) NONNULL;

/* The next column of the row. NULL reads as 0 or the empty text. Texts live in `mem`. */
int64_t row_i64(struct rows *r) NONNULL;
struct str row_str(struct rows *r, struct arena *mem) NONNULL;
bool row_digest(struct rows *r, struct digest *out) NONNULL; /* false where it is NULL */

/* One row with one number; NOT_FOUND when there is no row. */
#define db_i64(out, db, sql, ...)                                                                  \
	db_i64_values((out), (db), "" sql "", DB_VALUES(__VA_ARGS__), DB_COUNT(__VA_ARGS__))
enum status db_i64_values(int64_t *out, struct db *db, const char *sql, const struct value *values,
			  size_t count) MUST_USE;

/*
 * The id of what people named; 0 when there is none, so that the caller says in its own words what is
 * missing. Any other outcome than ST_OK is a record that failed, which must not look like a wrong name.
 */
#define db_find_id(out, db, sql, ...) db_found((out), db_i64((out), (db), sql, ##__VA_ARGS__))
static inline enum status db_found(int64_t *out, enum status outcome)
{
	if (outcome != ST_NOT_FOUND)
		return outcome;
	*out = 0;
	return ST_OK;
}

/*
 * A transaction that writes. Other threads' use of the connection waits for its end. A second one inside it is a savepoint:
 * rolled back alone, kept only if the outer one is. Not committed at the closing brace: rolled back.
 */
struct tx {
	struct db *db;
	int depth; /* 0: not open */
};
enum status tx_begin(struct tx *out, struct db *db) NONNULL MUST_USE;
enum status tx_commit(struct tx *tx) NONNULL MUST_USE;
void tx_cleanup(struct tx *tx) NONNULL;

/* One unchanging view of the record for several reads. */
struct snapshot {
	struct db *db;
};
enum status snapshot_begin(struct snapshot *out, struct db *db) NONNULL MUST_USE;
void snapshot_cleanup(struct snapshot *snapshot) NONNULL;

/* A script of several statements without values; only for migrations, which come from our files. */
enum status db_script(struct db *db, const char *script) NONNULL MUST_USE;

/* Move what the write-ahead log holds into the database, as far as readers let it. */
enum status db_checkpoint(struct db *db) NONNULL MUST_USE;

/* A whole, consistent copy into a new file, made from a connection of its own. */
enum status db_copy(const char *from_path, const char *to_path) NONNULL MUST_USE;

/* The database's own check of its pages and references. INVALID with the first fault. */
enum status db_verify(struct db *db) NONNULL MUST_USE;

#endif
