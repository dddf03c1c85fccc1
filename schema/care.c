/* Copies of the record, and whether it is whole. */
#include "schema/care.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "schema/article_row.h"
#include "schema/base/clock.h"
#include "schema/journal.h"
#include "schema/migrate.h"

enum status record_count(struct record_counts *out, struct db *db)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT (SELECT count(*) FROM article WHERE deleted_at IS NULL),"
		    " (SELECT count(*) FROM revision), (SELECT count(*) FROM person),"
		    " (SELECT count(*) FROM groups), (SELECT count(*) FROM space),"
		    " (SELECT count(*) FROM audience), (SELECT count(*) FROM thread),"
		    " (SELECT count(*) FROM post), (SELECT count(*) FROM journal)"));
	if (rows_next(&r)) {
		out->articles = row_i64(&r);
		out->revisions = row_i64(&r);
		out->people = row_i64(&r);
		out->groups = row_i64(&r);
		out->spaces = row_i64(&r);
		out->audiences = row_i64(&r);
		out->threads = row_i64(&r);
		out->posts = row_i64(&r);
		out->journal = row_i64(&r);
	}
	return rows_end(&r);
}

enum status record_count_for(struct record_counts *out, struct db *db, const struct reader *who)
{
	TRY(record_count(out, db));
	if (reader_sees_acts(who))
		return ST_OK;
	out->audiences = out->threads = out->posts = out->journal = 0;
	TRY(db_i64(&out->articles, db, "SELECT count(*) FROM article a WHERE" ARTICLE_VISIBLE,
		   READER_VALUES(who)));
	return db_i64(&out->revisions, db,
		      "SELECT count(*) FROM revision v JOIN article a ON a.id = v.article_id"
		      " WHERE" REVISION_VISIBLE "AND" ARTICLE_VISIBLE,
		      READER_VALUES(who));
}

static enum status manifest_fill(struct backup_manifest *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	struct record_counts counts;
	struct digest hash = {{0}};
	char *hex = arena_alloc(mem, 2 * DIGEST_LEN + 1);

	*out = (struct backup_manifest){.made_at = clock_now()};
	TRY(record_count(&counts, db));
	TRY(db_rows(&r, db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"));
	if (rows_next(&r)) {
		out->journal_seq = row_i64(&r);
		(void)row_digest(&r, &hash);
	}
	TRY(rows_end(&r));
	secret_hex(hex, hash.bytes, DIGEST_LEN);
	out->journal_hash = str_c(hex);
	out->articles = counts.articles;
	out->revisions = counts.revisions;
	out->people = counts.people;
	return ST_OK;
}

static enum status manifest_write(struct backup_manifest *out, struct db *db, struct arena *mem)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	TRY(manifest_fill(out, db, mem));
	TRY(db_script(db, "CREATE TABLE backup_manifest (made_at INTEGER NOT NULL,"
			  "journal_seq INTEGER NOT NULL, journal_hash TEXT NOT NULL,"
			  "articles INTEGER NOT NULL, revisions INTEGER NOT NULL,"
			  "people INTEGER NOT NULL) STRICT"));
	TRY(db_exec(db, "INSERT INTO backup_manifest VALUES ($1, $2, $3, $4, $5, $6)",
		    v_i64(out->made_at), v_i64(out->journal_seq), v_str(out->journal_hash),
		    v_i64(out->articles), v_i64(out->revisions), v_i64(out->people)));
	return tx_commit(&tx);
}

/* What was written is on the disk when this returns. */
static enum status sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	return good ? ST_OK : fail(ST_FAILED, "%s: %s", path, strerror(errno));
}

enum status backup_make(struct backup_manifest *out, struct arena *mem, const char *record,
			const char *files, const char *path)
{
	struct db *copy = NULL;
	enum status outcome;
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0 && errno == EEXIST)
		return fail(ST_CONFLICT, "%s exists already; name a new file", path);
	if (fd < 0)
		return fail(ST_FAILED, "%s: %s", path, strerror(errno));
	(void)close(fd);
	TRY(db_copy(record, path));
	TRY(db_open(&copy, path, DB_ALONE));
	outcome = manifest_write(out, copy, mem);
	if (outcome == ST_OK)
		outcome = backup_files_write(copy, mem, files);
	db_close(copy);
	TRY(outcome);
	return sync_file(path);
}

static enum status manifest_read(struct backup_manifest *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct backup_manifest){0};
	TRY(db_rows(&r, db,
		    "SELECT made_at, journal_seq, journal_hash, articles, revisions, people"
		    " FROM backup_manifest"));
	if (rows_next(&r)) {
		out->made_at = row_i64(&r);
		out->journal_seq = row_i64(&r);
		out->journal_hash = row_str(&r, mem);
		out->articles = row_i64(&r);
		out->revisions = row_i64(&r);
		out->people = row_i64(&r);
	}
	TRY(rows_end(&r));
	return out->made_at ? ST_OK : fail(ST_INVALID, "the file has no manifest");
}

static enum status verify_open(struct backup_manifest *out, struct db *db, struct arena *mem)
{
	struct backup_manifest now;
	int64_t rows, bad, form = 0;

	if (manifest_read(out, db, mem) != ST_OK)
		return fail(ST_INVALID, "this is no backup of Devon");
	TRY(db_verify(db));
	TRY(db_i64(&form, db, "SELECT coalesce(max(number), 0) FROM migration"));
	if (n_migrations && form > migrations[n_migrations - 1].number)
		return fail(ST_CONFLICT, "the backup was made by a newer Devon");
	TRY(journal_verify(db, &rows, &bad));
	TRY(backup_files_verify(db));
	TRY(manifest_fill(&now, db, mem));
	if (now.journal_seq != out->journal_seq || !str_eq(now.journal_hash, out->journal_hash) ||
	    now.revisions != out->revisions || now.articles != out->articles)
		return fail(ST_INVALID, "the backup does not fit its manifest");
	return ST_OK;
}

enum status backup_verify(struct backup_manifest *out, struct arena *mem, const char *path)
{
	struct db *db = NULL;
	enum status outcome;

	if (access(path, R_OK) != 0)
		return fail(ST_NOT_FOUND, "%s: %s", path, strerror(errno));
	TRY(db_open(&db, path, DB_READ));
	outcome = verify_open(out, db, mem);
	db_close(db);
	return outcome;
}

enum status record_restored(struct db *db, struct arena *mem,
			    const struct backup_manifest *manifest)
{
	static const char *const names[] = {"backup_hash", "backup_seq"};
	AUTO(tx) struct tx tx = {0};
	struct str values[] = {manifest->journal_hash,
			       arena_printf(mem, "%lld", (long long)manifest->journal_seq)};
	struct reader system;

	TRY(tx_begin(&tx, db));
	TRY(reader_operator(&system, db, mem));
	TRY(db_exec(db, "DROP TABLE IF EXISTS backup_manifest"));
	TRY(db_exec(db, "DELETE FROM session"));
	TRY(db_exec(db, "UPDATE token SET revoked_at = $1 WHERE revoked_at IS NULL",
		    v_i64(clock_now())));
	TRY(journal_add(db, &system,
			&(struct journal_entry){.action = STR("record.restore"),
						.object_type = STR("record"),
						.detail = journal_detail(mem, names, values, 2)}));
	TRY(access_changed(db));
	return tx_commit(&tx);
}
