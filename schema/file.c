/* Files attached to articles: finding, listing, adding, removing. */
#include "schema/file.h"

#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/journal.h"

enum { FIELDS = 4 };

#define FILE_COLUMNS                                                                                      \
	"f.id, f.article_id, f.public_id, f.name, f.type, f.lang, f.size, f.hash, coalesce(p.login, '')," \
	" coalesce(p.name, ''), f.at, f.state, f.reason"
#define FILE_FROM " FROM file f LEFT JOIN person p ON p.id = f.uploader_id"

static void file_read(struct rows *r, struct arena *mem, struct file *out)
{
	out->id = row_i64(r);
	out->article_id = row_i64(r);
	out->public_id = row_str(r, mem);
	out->name = row_str(r, mem);
	out->type = row_str(r, mem);
	out->lang = row_str(r, mem);
	out->size = row_i64(r);
	(void)row_digest(r, &out->hash);
	out->uploader_login = row_str(r, mem);
	out->uploader_name = row_str(r, mem);
	out->at = row_i64(r);
	out->state = (enum file_state)row_i64(r);
	out->reason = row_str(r, mem);
}

static enum status read_one(struct file *out, struct rows *r, struct arena *mem)
{
	if (!rows_next(r)) {
		TRY(rows_end(r));
		return fail(ST_NOT_FOUND, "no such file");
	}
	file_read(r, mem, out);
	return rows_end(r);
}

enum status file_get(struct file *out, struct article *article, struct db *db, struct arena *mem,
		     const struct reader *who, struct str public_id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " FILE_COLUMNS FILE_FROM
		    " WHERE f.public_id = $1 AND f.deleted_at IS NULL",
		    v_str(public_id)));
	TRY(read_one(out, &r, mem));
	return article_get_by_id(article, db, mem, who, out->article_id);
}

enum status file_get_by_id(struct file *out, struct article *article, struct db *db,
			   struct arena *mem, const struct reader *who, int64_t id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " FILE_COLUMNS FILE_FROM " WHERE f.id = $1 AND f.deleted_at IS NULL",
		    v_i64(id)));
	TRY(read_one(out, &r, mem));
	return article_get_by_id(article, db, mem, who, out->article_id);
}

enum status file_list(struct file **out, size_t *count, struct db *db, struct arena *mem,
		      const struct reader *who, const struct article *article)
{
	AUTO(rows) struct rows r = {0};
	struct object object = article_object(article);
	struct file *list = NULL;
	size_t n = 0, room = 0;

	TRY(access_check(who, ACT_READ, &object));
	TRY(db_rows(&r, db,
		    "SELECT " FILE_COLUMNS FILE_FROM
		    " WHERE f.article_id = $1 AND f.deleted_at IS NULL ORDER BY f.name, f.id",
		    v_i64(article->id)));
	while (rows_next(&r)) {
		list = arena_grow(mem, list, n, &room, sizeof(*list));
		file_read(&r, mem, &list[n++]);
	}
	*out = list;
	*count = n;
	return rows_end(&r);
}

/* The file of this name in an article that the caller was given. */
static enum status find_name(struct file *out, struct db *db, struct arena *mem,
			     const struct article *article, struct str name)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " FILE_COLUMNS FILE_FROM
		    " WHERE f.article_id = $1 AND f.name = $2 AND f.deleted_at IS NULL",
		    v_i64(article->id), v_str(name)));
	return read_one(out, &r, mem);
}

static enum status journal_file(struct db *db, struct arena *mem, const struct reader *who,
				struct str action, const struct article *article,
				const struct file *file)
{
	static const char *const names[FIELDS] = {"article", "file", "name", "size"};
	struct str values[FIELDS] = {article->public_id, file->public_id, file->name,
				     arena_printf(mem, "%lld", (long long)file->size)};

	return journal_add(
		db, who,
		&(struct journal_entry){.action = action,
					.object_type = STR("file"),
					.object_id = file->id,
					.space_id = article->space_id,
					.audience_id = article->audience_id,
					.detail = journal_detail(mem, names, values, FIELDS)});
}

/* The quota is the audience's, not the space's: how much others keep where one may not read is not told. */
static enum status check_room(struct db *db, const struct article *article,
			      const struct file_new *in)
{
	int64_t files, bytes;

	TRY(db_i64(&files, db,
		   "SELECT count(*) FROM file WHERE article_id = $1 AND deleted_at IS NULL",
		   v_i64(article->id)));
	if (files >= FILES_OF_ARTICLE_MAX)
		return fail_on("file", ST_INVALID, "An article holds at most %d files.",
			       FILES_OF_ARTICLE_MAX);
	TRY(db_i64(&bytes, db,
		   "SELECT coalesce(sum(f.size), 0) FROM file f JOIN article a"
		   " ON a.id = f.article_id WHERE a.audience_id = $1 AND f.deleted_at IS NULL",
		   v_i64(article->audience_id)));
	if (bytes + in->size > in->quota)
		return fail_on("file", ST_INVALID, "There is no more room for files here.");
	return ST_OK;
}

static enum status check_name(struct str name)
{
	TRY(check_line("file", name, FILE_NAME_MAX_POINTS));
	if (str_find(name, '/') >= 0 || str_find(name, '\\') >= 0 || name.ptr[0] == '.')
		return fail_on("file", ST_INVALID, "This is no name for a file.");
	return ST_OK;
}

static enum status insert(struct file *out, struct db *db, struct arena *mem,
			  const struct reader *who, const struct article *article,
			  const struct file_new *in)
{
	char public_id[PUBLIC_ID_LEN + 1];

	secret_public_id(public_id);
	*out = (struct file){
		.article_id = article->id,
		.public_id = arena_str(mem, str_c(public_id)),
		.name = in->name,
		.type = in->type,
		.size = in->size,
		.hash = in->hash,
		.uploader_login = who->login,
		.uploader_name = who->name,
		.at = clock_now(),
		.state = in->has_text ? FILE_PENDING : FILE_NO_TEXT,
	};
	TRY(db_exec(db,
		    "INSERT INTO file (public_id, article_id, name, type, size, hash, uploader_id,"
		    " at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		    v_str(out->public_id), v_i64(article->id), v_str(in->name), v_str(in->type),
		    v_i64(in->size), v_digest(&in->hash), v_id(who->person_id), v_i64(out->at),
		    v_i64(out->state)));
	out->id = db_last_id(db);
	return journal_file(db, mem, who, STR("file.add"), article, out);
}

enum status file_add(struct file *out, struct db *db, struct arena *mem, const struct reader *who,
		     struct str article_public_id, const struct file_new *in)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct object object;
	struct reader now;
	enum status found;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(article_get(&article, db, mem, &now, article_public_id));
	object = article_object(&article);
	TRY(access_check(&now, ACT_EDIT, &object));
	TRY(check_name(in->name));
	found = find_name(out, db, mem, &article, in->name);
	if (found == ST_OK && digest_eq(&out->hash, &in->hash))
		return tx_commit(&tx);
	if (found == ST_OK)
		return fail_on("file", ST_INVALID,
			       "There is another file of this name; remove it first.");
	if (found != ST_NOT_FOUND)
		return found;
	TRY(check_room(db, &article, in));
	TRY(insert(out, db, mem, &now, &article, in));
	return tx_commit(&tx);
}

enum status file_remove(struct db *db, struct arena *mem, const struct reader *who,
			struct str public_id)
{
	AUTO(tx) struct tx tx = {0};
	struct article article;
	struct object object;
	struct reader now;
	struct file file;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(file_get(&file, &article, db, mem, &now, public_id));
	object = article_object(&article);
	TRY(access_check(&now, ACT_EDIT, &object));
	TRY(db_exec(db, "UPDATE file SET deleted_at = $2 WHERE id = $1", v_i64(file.id),
		    v_i64(clock_now())));
	TRY(db_exec(db, "DELETE FROM file_text WHERE file_id = $1", v_i64(file.id)));
	TRY(journal_file(db, mem, &now, STR("file.remove"), &article, &file));
	return tx_commit(&tx);
}

enum status file_plain(struct str *out, struct db *db, struct arena *mem, int64_t id, size_t most)
{
	AUTO(rows) struct rows r = {0};

	*out = STR_NONE;
	TRY(db_rows(&r, db, "SELECT substr(plain, 1, $2) FROM file_text WHERE file_id = $1",
		    v_i64(id), v_i64((int64_t)most)));
	if (rows_next(&r))
		*out = row_str(&r, mem);
	return rows_end(&r);
}
