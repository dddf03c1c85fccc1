/* The contents of files in backups, as rows in pieces, and whether they are all there. */
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/care.h"
#include "schema/file.h"
#include "schema/file_store.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 1024 * 1024, STEP = 500, FORM_WITH_FILES = 9 };

static struct str bytes_of(const struct digest *hash)
{
	return str_of((const char *)hash->bytes, DIGEST_LEN);
}

/* ---- all contents, one after the other ------------------------------------------------------------ */

/* Call for each content that files of the record need; `mem` is of one call's own. */
static enum status walk(struct db *db,
			enum status (*each)(void *context, const struct file_content *content),
			void *context)
{
	AUTO(arena) struct arena mem = {0};
	int64_t since = clock_now() - FILE_KEPT_SECONDS;
	struct digest last = {{0}};
	struct str after = STR("");
	struct file_content *list;
	size_t count = STEP;

	while (count == STEP) {
		arena_reset(&mem);
		TRY(file_contents(&list, &count, db, &mem, after, since, STEP));
		for (size_t i = 0; i < count; i++)
			TRY(each(context, &list[i]));
		if (count)
			last = list[count - 1].hash;
		after = bytes_of(&last);
	}
	return ST_OK;
}

/* ---- into a backup --------------------------------------------------------------------------------- */

struct copying {
	struct db *db;
	const char *folder;
	char *piece;
};

static enum status add_piece(struct db *db, const struct digest *hash, int64_t part,
			     struct value bytes)
{
	return db_exec(db, "INSERT INTO backup_content (hash, part, bytes) VALUES ($1, $2, $3)",
		       v_digest(hash), v_i64(part), bytes);
}

static enum status copy_pieces(struct copying *c, const struct digest *hash, int fd)
{
	int64_t part = 0;
	ssize_t count;

	for (;;) {
		size_t got = 0;

		while (got < PIECE && (count = read(fd, c->piece + got, PIECE - got)) != 0) {
			if (count < 0 && errno != EINTR)
				return fail(ST_FAILED, "read a content: %s", strerror(errno));
			got += count > 0 ? (size_t)count : 0;
		}
		if (got == 0 && part > 0)
			return ST_OK;
		TRY(add_piece(c->db, hash, part++, v_blob(str_of(c->piece, got))));
	}
}

/* One that is lost is noted as such: the rest is worth keeping all the same. */
static enum status copy_content(void *context, const struct file_content *content)
{
	AUTO(tx) struct tx tx = {0};
	struct copying *c = context;
	enum status outcome;
	int64_t size;
	int fd;

	TRY(tx_begin(&tx, c->db));
	outcome = file_store_open(&fd, &size, c->folder, &content->hash);
	if (outcome == ST_NOT_FOUND) {
		log_failure("a content for the backup");
		TRY(add_piece(c->db, &content->hash, 0, v_null()));
		return tx_commit(&tx);
	}
	TRY(outcome);
	outcome = copy_pieces(c, &content->hash, fd);
	(void)close(fd);
	TRY(outcome);
	return tx_commit(&tx);
}

enum status backup_files_write(struct db *copy, struct arena *mem, const char *folder)
{
	struct copying c = {copy, folder, arena_alloc(mem, PIECE)};

	TRY(db_script(copy,
		      "CREATE TABLE backup_content (hash BLOB NOT NULL, part INTEGER NOT NULL,"
		      "bytes BLOB, PRIMARY KEY (hash, part)) STRICT"));
	return walk(copy, copy_content, &c);
}

/* ---- out of it ------------------------------------------------------------------------------------- */

static enum status has_files(bool *out, struct db *db)
{
	int64_t form = 0;

	TRY(db_i64(&form, db, "SELECT coalesce(max(number), 0) FROM migration"));
	*out = form >= FORM_WITH_FILES;
	return ST_OK;
}

/* What comes of a content: its hash is counted, and it is written where there is a folder. */
struct unpacking {
	const char *folder; /* NULL: only looked at */
	struct digest hash; /* of the content at hand */
	bool open, lost;
	struct digester digester;
	struct file_writer writer;
};

static void unpacking_cleanup(struct unpacking *u)
{
	file_writer_cleanup(&u->writer);
}

static enum status end_content(struct unpacking *u)
{
	struct digest found;

	if (!u->open)
		return ST_OK;
	u->open = false;
	if (u->lost)
		return ST_OK;
	if (u->folder)
		TRY(file_writer_end(&u->writer, &found));
	else
		found = digester_end(&u->digester);
	return digest_eq(&found, &u->hash)
		       ? ST_OK
		       : fail(ST_INVALID, "a file in the backup is not what its hash says");
}

static enum status begin_content(struct unpacking *u, const struct digest *hash, bool lost)
{
	u->hash = *hash;
	u->open = true;
	u->lost = lost;
	digester_init(&u->digester);
	return u->folder && !lost ? file_writer_begin(&u->writer, u->folder) : ST_OK;
}

static enum status take_piece(struct unpacking *u, struct rows *r)
{
	AUTO(arena) struct arena mem = {0};
	struct digest hash = {{0}};
	int64_t part;
	bool lost;
	struct str bytes;

	(void)row_digest(r, &hash);
	part = row_i64(r);
	lost = row_i64(r) != 0;
	bytes = row_str(r, &mem);
	if (!u->open || !digest_eq(&hash, &u->hash)) {
		TRY(end_content(u));
		if (part != 0)
			return fail(ST_INVALID, "a file in the backup lacks its beginning");
		TRY(begin_content(u, &hash, lost));
	}
	if (u->lost)
		return ST_OK;
	digester_bytes(&u->digester, bytes);
	return u->folder ? file_writer_add(&u->writer, bytes) : ST_OK;
}

static enum status unpack(struct unpacking *u, struct db *db)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT hash, part, bytes IS NULL, bytes FROM backup_content"
		    " ORDER BY hash, part"));
	while (rows_next(&r))
		TRY(take_piece(u, &r));
	TRY(rows_end(&r));
	return end_content(u);
}

enum status backup_files_verify(struct db *db)
{
	AUTO(unpacking) struct unpacking u = {.writer = FILE_WRITER_NONE};
	int64_t missing = 0;
	bool has;

	TRY(has_files(&has, db));
	if (!has)
		return ST_OK;
	TRY(unpack(&u, db));
	TRY(db_i64(&missing, db,
		   "SELECT count(*) FROM file f WHERE f.deleted_at IS NULL AND NOT EXISTS"
		   " (SELECT 1 FROM backup_content c WHERE c.hash = f.hash)"));
	return missing ? fail(ST_INVALID, "the backup lacks %lld files", (long long)missing)
		       : ST_OK;
}

static enum status restore_into(struct db *db, const char *folder)
{
	AUTO(unpacking) struct unpacking u = {.folder = folder, .writer = FILE_WRITER_NONE};
	bool has;

	TRY(has_files(&has, db));
	if (!has)
		return ST_OK;
	TRY(unpack(&u, db));
	TRY(db_script(db, "DROP TABLE backup_content"));
	return db_script(db, "VACUUM");
}

enum status backup_restore(const char *backup, const char *record, const char *folder)
{
	struct db *db = NULL;
	enum status outcome;

	TRY(db_copy(backup, record));
	TRY(db_open(&db, record, DB_ALONE));
	outcome = restore_into(db, folder);
	db_close(db);
	return outcome;
}

/* ---- on a live system ------------------------------------------------------------------------------ */

struct checking {
	const char *folder;
	enum status (*tell)(void *context, struct str line);
	void *context;
	int64_t good, bad;
};

static enum status check_content(void *context, const struct file_content *content)
{
	struct checking *c = context;
	enum status outcome = file_store_verify(c->folder, &content->hash, content->size);
	char hex[2 * DIGEST_LEN + 1], line[160];

	if (outcome == ST_OK)
		c->good++;
	if (outcome != ST_NOT_FOUND && outcome != ST_INVALID)
		return outcome;
	c->bad++;
	secret_hex(hex, content->hash.bytes, DIGEST_LEN);
	(void)snprintf(line, sizeof(line), "file %s: %s", hex,
		       outcome == ST_NOT_FOUND ? "its content is gone" : "its content was changed");
	return c->tell(c->context, str_c(line));
}

enum status files_check(int64_t *good, struct db *db, const char *folder,
			enum status (*tell)(void *context, struct str line), void *context)
{
	struct checking c = {.folder = folder, .tell = tell, .context = context};

	TRY(walk(db, check_content, &c));
	*good = c.good;
	return c.bad ? fail(ST_INVALID, "%lld files are not whole", (long long)c.bad) : ST_OK;
}
