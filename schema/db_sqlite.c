/* The driver for SQLite: the only place that knows it. */
#include "schema/db.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

/* Statements are kept by the address of their literal text. */
enum { STATEMENT_SLOTS = 512, PAGE_CACHE_KIB = 2048, CHECKPOINT_PAGES = 4000, BUSY_MS = 5000 };

struct statement {
	const char *sql;
	sqlite3_stmt *stmt;
	bool busy;
};

struct db {
	sqlite3 *handle;
	pthread_mutex_t
		lock; /* recursive: held by rows and transactions as long as they are open */
	enum db_mode mode;
	struct statement statements[STATEMENT_SLOTS];
	int depth;
	bool dirty; /* the open transaction changed something */
	void (*on_commit)(void *context);
	void *on_commit_context;
};

static void lock(struct db *db)
{
	int error = pthread_mutex_lock(&db->lock);

	assert(!error);
	(void)error;
}

static void unlock(struct db *db)
{
	int error = pthread_mutex_unlock(&db->lock);

	assert(!error);
	(void)error;
}

static enum status sqlite_fail(struct db *db, const char *doing)
{
	int code = sqlite3_extended_errcode(db->handle) & 0xFF;
	const char *words = sqlite3_errmsg(db->handle);

	if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
		return fail(ST_BUSY, "%s: %s", doing, words);
	if (code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_READONLY)
		return fail(ST_BUSY, "the record cannot be written: %s", words);
	if (code == SQLITE_CONSTRAINT)
		return fail(ST_CONFLICT, "%s: %s", doing, words);
	return fail(ST_FAILED, "%s: %s", doing, words);
}

static const char *mode_pragmas(enum db_mode mode)
{
	switch (mode) {
	case DB_READ:
		return "PRAGMA query_only = ON;";
	case DB_WRITE:
		return "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		       "PRAGMA secure_delete = ON;";
	case DB_ALONE:
		return "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;";
	}
	return "";
}

/* security.md 9.1; the page cache is small because the system's own keeps the file. */
static enum status configure(struct db *db)
{
	char script[512];
	int on = 0;

	(void)snprintf(script, sizeof(script),
		       "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
		       "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -%d;"
		       "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = %d; %s",
		       PAGE_CACHE_KIB, BUSY_MS, mode_pragmas(db->mode));
	if (sqlite3_exec(db->handle, script, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fail(db, "configure the record");
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, db->mode == DB_READ,
				&on);
	(void)sqlite3_wal_autocheckpoint(db->handle, db->mode == DB_WRITE ? CHECKPOINT_PAGES : 0);
	return ST_OK;
}

static void lock_init(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t kind;

	(void)pthread_mutexattr_init(&kind);
	(void)pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
	(void)pthread_mutex_init(mutex, &kind);
	(void)pthread_mutexattr_destroy(&kind);
}

enum status db_open(struct db **out, const char *path, enum db_mode mode)
{
	/* Nobody asks for SQLite's memory figures; counting them takes a lock at each allocation. */
	int memory_counted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
	struct db *db = xmalloc(sizeof(*db));
	enum status outcome = ST_OK;

	(void)memory_counted; /* refused once SQLite runs: then it was set before */
	memset(db, 0, sizeof(*db));
	db->mode = mode;
	lock_init(&db->lock);
	flags |=
		mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK)
		outcome = fail(ST_FAILED, "open %s: %s", path, sqlite3_errmsg(db->handle));
	if (outcome == ST_OK)
		outcome = configure(db);
	if (outcome != ST_OK) {
		db_close(db);
		return outcome;
	}
	*out = db;
	return ST_OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < STATEMENT_SLOTS; i++)
		(void)sqlite3_finalize(db->statements[i].stmt);
	(void)sqlite3_close(db->handle);
	(void)pthread_mutex_destroy(&db->lock);
	free(db);
}

void db_on_commit(struct db *db, void (*call)(void *context), void *context)
{
	db->on_commit = call;
	db->on_commit_context = context;
}

/*
 * A kept statement for this text, or a fresh one while the kept one is in use (a function that
 * reads rows and calls itself) or the table is full. `cached` tells rows_cleanup which.
 */
static enum status statement_get(sqlite3_stmt **out, bool *cached, struct db *db, const char *sql)
{
	size_t at = ((uintptr_t)sql >> 3) * 0x9E3779B97F4A7C15u % STATEMENT_SLOTS;
	struct statement *slot = NULL;

	*cached = false;
	for (size_t i = 0; i < 8 && !*cached; i++) {
		slot = &db->statements[(at + i) % STATEMENT_SLOTS];
		*cached = !slot->sql || slot->sql == sql;
	}
	if (*cached && slot->sql && !slot->busy) {
		slot->busy = true;
		*out = slot->stmt;
		return ST_OK;
	}
	*cached = *cached && !slot->sql;
	if (sqlite3_prepare_v3(db->handle, sql, -1, *cached ? SQLITE_PREPARE_PERSISTENT : 0, out,
			       NULL) != SQLITE_OK)
		return sqlite_fail(db, sql);
	if (*cached)
		*slot = (struct statement){sql, *out, true};
	return ST_OK;
}

static void statement_put(struct db *db, sqlite3_stmt *stmt, bool cached, const char *sql)
{
	size_t at = ((uintptr_t)sql >> 3) * 0x9E3779B97F4A7C15u % STATEMENT_SLOTS;

	if (!cached) {
		(void)sqlite3_finalize(stmt);
		return;
	}
	(void)sqlite3_reset(stmt);
	(void)sqlite3_clear_bindings(stmt);
	for (size_t i = 0; i < 8; i++) {
		struct statement *slot = &db->statements[(at + i) % STATEMENT_SLOTS];

		if (slot->stmt == stmt)
			slot->busy = false;
	}
}

static int bind_one(sqlite3_stmt *stmt, int index, const struct value *value)
{
	const char *bytes = value->bytes.ptr ? value->bytes.ptr : "";

	switch (value->kind) {
	case VALUE_NULL:
		return sqlite3_bind_null(stmt, index);
	case VALUE_I64:
		return sqlite3_bind_int64(stmt, index, value->number);
	case VALUE_TEXT:
		return sqlite3_bind_text64(stmt, index, bytes, value->bytes.len, SQLITE_STATIC,
					   SQLITE_UTF8);
	case VALUE_BLOB:
		return sqlite3_bind_blob64(stmt, index, bytes, value->bytes.len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/* By name, because SQLite numbers $n by first appearance and PostgreSQL by n. */
static enum status bind_all(struct db *db, sqlite3_stmt *stmt, const struct value *values,
			    size_t count)
{
	int parameters = sqlite3_bind_parameter_count(stmt);

	assert((size_t)parameters == count);
	for (int i = 1; i <= parameters; i++) {
		const char *name = sqlite3_bind_parameter_name(stmt, i);
		int64_t number = 0;

		if (!name || !str_to_i64(str_c(name + 1), &number) || number < 1 ||
		    (size_t)number > count)
			return fail(ST_FAILED, "a placeholder is not $1 to $%zu", count);
		if (bind_one(stmt, i, &values[number - 1]) != SQLITE_OK)
			return sqlite_fail(db, "bind a value");
	}
	return ST_OK;
}

enum status db_rows_values(struct rows *out, struct db *db, const char *sql,
			   const struct value *values, size_t count)
{
	sqlite3_stmt *stmt = NULL;
	enum status outcome;

	lock(db);
	outcome = statement_get(&stmt, &out->cached, db, sql);
	if (outcome != ST_OK) {
		unlock(db);
		return outcome;
	}
	*out = (struct rows){.db = db, .statement = stmt, .sql = sql, .cached = out->cached};
	return bind_all(db, stmt, values, count);
}

bool rows_next(struct rows *r)
{
	int code;

	assert(!r->stepped || r->column == sqlite3_column_count(r->statement));
	code = sqlite3_step(r->statement);
	r->stepped = code == SQLITE_ROW;
	r->column = 0;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		r->outcome = sqlite_fail(r->db, sqlite3_sql(r->statement));
	return r->stepped;
}

enum status rows_end(struct rows *r)
{
	return r->outcome;
}

void rows_cleanup(struct rows *r)
{
	if (!r->statement)
		return;
	statement_put(r->db, r->statement, r->cached, r->sql);
	r->statement = NULL;
	unlock(r->db);
}

int64_t row_i64(struct rows *r)
{
	return sqlite3_column_int64(r->statement, r->column++);
}

struct str row_str(struct rows *r, struct arena *mem)
{
	const char *bytes = sqlite3_column_blob(r->statement, r->column);
	int len = sqlite3_column_bytes(r->statement, r->column);

	r->column++;
	return bytes && len > 0 ? arena_str(mem, str_of(bytes, (size_t)len)) : STR("");
}

bool row_digest(struct rows *r, struct digest *out)
{
	const void *bytes = sqlite3_column_blob(r->statement, r->column);
	int len = sqlite3_column_bytes(r->statement, r->column);

	r->column++;
	memset(out, 0, sizeof(*out));
	if (!bytes || len != DIGEST_LEN)
		return false;
	memcpy(out->bytes, bytes, DIGEST_LEN);
	return true;
}

enum status db_i64_values(int64_t *out, struct db *db, const char *sql, const struct value *values,
			  size_t count)
{
	AUTO(rows) struct rows r = {0};
	bool found;

	TRY(db_rows_values(&r, db, sql, values, count));
	found = rows_next(&r);
	if (found)
		*out = row_i64(&r);
	TRY(rows_end(&r));
	return found ? ST_OK : fail(ST_NOT_FOUND, "no such row");
}

enum status db_exec_values(struct db *db, const char *sql, const struct value *values, size_t count)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows_values(&r, db, sql, values, count));
	if (!sqlite3_stmt_readonly(r.statement))
		db->dirty = true;
	while (rows_next(&r))
		r.column = sqlite3_column_count(r.statement);
	TRY(rows_end(&r));
	if (db->depth == 0 && db->dirty) {
		db->dirty = false;
		if (db->on_commit)
			db->on_commit(db->on_commit_context);
	}
	return ST_OK;
}

int64_t db_changed(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

static enum status run(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fail(db, sql);
	return ST_OK;
}

/* BEGIN and COMMIT come with every request: their statements are kept like all others. */
static enum status run_kept(struct db *db, const char *sql)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows_values(&r, db, sql, NULL, 0));
	(void)rows_next(&r);
	return rows_end(&r);
}

enum status tx_begin(struct tx *out, struct db *db)
{
	enum status outcome;

	lock(db);
	outcome = run_kept(db, db->depth ? "SAVEPOINT inner_tx" : "BEGIN IMMEDIATE");
	if (outcome != ST_OK) {
		unlock(db);
		return outcome;
	}
	*out = (struct tx){db, ++db->depth};
	return ST_OK;
}

static void tx_close(struct tx *tx)
{
	tx->db->depth--;
	tx->depth = 0;
	unlock(tx->db);
}

enum status tx_commit(struct tx *tx)
{
	struct db *db = tx->db;
	bool outermost = tx->depth == 1, wake;

	assert(tx->depth == db->depth);
	TRY(run_kept(db, outermost ? "COMMIT" : "RELEASE inner_tx"));
	wake = outermost && db->dirty;
	if (outermost)
		db->dirty = false;
	tx_close(tx);
	if (wake && db->on_commit)
		db->on_commit(db->on_commit_context);
	return ST_OK;
}

void tx_cleanup(struct tx *tx)
{
	/* A failure to roll back leaves nothing to do: SQLite has then rolled back by itself. */
	if (!tx->depth)
		return;
	if (tx->depth == 1) {
		(void)sqlite3_exec(tx->db->handle, "ROLLBACK", NULL, NULL, NULL);
		tx->db->dirty = false;
	} else {
		(void)sqlite3_exec(tx->db->handle, "ROLLBACK TO inner_tx; RELEASE inner_tx", NULL,
				   NULL, NULL);
	}
	tx_close(tx);
}

enum status snapshot_begin(struct snapshot *out, struct db *db)
{
	enum status outcome;

	lock(db);
	outcome = run_kept(db, "BEGIN");
	if (outcome != ST_OK) {
		unlock(db);
		return outcome;
	}
	out->db = db;
	return ST_OK;
}

void snapshot_cleanup(struct snapshot *snapshot)
{
	if (!snapshot->db)
		return;
	if (run_kept(snapshot->db, "COMMIT") != ST_OK)
		(void)sqlite3_exec(snapshot->db->handle, "ROLLBACK", NULL, NULL, NULL);
	unlock(snapshot->db);
	snapshot->db = NULL;
}

enum status db_script(struct db *db, const char *script)
{
	enum status outcome;

	lock(db);
	db->dirty = true;
	outcome = run(db, script);
	unlock(db);
	return outcome;
}

enum status db_checkpoint(struct db *db)
{
	int code;

	lock(db);
	code = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	unlock(db);
	if (code != SQLITE_OK && code != SQLITE_BUSY)
		return sqlite_fail(db, "checkpoint");
	return ST_OK;
}

/* VACUUM INTO reads through its own connection, so writers only wait for nothing. */
enum status db_copy(const char *from_path, const char *to_path)
{
	struct db *from = NULL;
	enum status outcome;

	TRY(db_open(&from, from_path, DB_READ));
	(void)sqlite3_exec(from->handle, "PRAGMA query_only = OFF", NULL, NULL, NULL);
	outcome = db_exec(from, "VACUUM INTO $1", v_str(str_c(to_path)));
	db_close(from);
	return outcome;
}

enum status db_verify(struct db *db)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(rows) struct rows r = {0};
	AUTO(rows) struct rows keys = {0};
	struct str first = STR("ok");

	TRY(db_rows(&r, db, "PRAGMA integrity_check(1)"));
	while (rows_next(&r))
		first = row_str(&r, &mem);
	TRY(rows_end(&r));
	if (!str_is(first, "ok"))
		return fail(ST_INVALID, "the record is damaged: %.*s", STR_ARG(first));
	TRY(db_rows(&keys, db, "SELECT count(*) FROM pragma_foreign_key_check"));
	while (rows_next(&keys)) {
		if (row_i64(&keys) != 0)
			return fail(ST_INVALID,
				    "the record is damaged: a reference points nowhere");
	}
	return rows_end(&keys);
}
