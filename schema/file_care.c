/* What the system itself does with files: reading their texts, counting, looking after contents. */
#include "schema/file.h"

#include "schema/base/clock.h"
#include "schema/journal.h"

enum status file_next_pending(struct file_task *out, struct db *db, struct arena *mem,
			      int64_t after)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct file_task){.id = 0};
	TRY(db_rows(&r, db,
		    "SELECT id, public_id, type, hash, tries FROM file WHERE state = 0 AND id > $1"
		    " AND deleted_at IS NULL ORDER BY id LIMIT 1",
		    v_i64(after)));
	if (rows_next(&r)) {
		out->id = row_i64(&r);
		out->public_id = row_str(&r, mem);
		out->type = row_str(&r, mem);
		(void)row_digest(&r, &out->hash);
		out->tries = row_i64(&r);
	}
	return rows_end(&r);
}

enum status file_note_try(struct db *db, int64_t id, int change)
{
	return db_exec(db, "UPDATE file SET tries = tries + $2 WHERE id = $1", v_i64(id),
		       v_i64(change));
}

/* Where the file lies now; NOT_FOUND when it was removed meanwhile. */
static enum status place_of(struct journal_entry *out, struct db *db, int64_t id)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT a.space_id, a.audience_id FROM file f JOIN article a"
		    " ON a.id = f.article_id WHERE f.id = $1 AND f.deleted_at IS NULL",
		    v_i64(id)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "the file was removed");
	}
	out->space_id = row_i64(&r);
	out->audience_id = row_i64(&r);
	return rows_end(&r);
}

enum status file_set_text(struct db *db, struct arena *mem, int64_t id, enum file_state state,
			  struct str text, const char *lang, struct str reason)
{
	AUTO(tx) struct tx tx = {0};
	const char *name = "reason";
	struct journal_entry entry = {.action = STR("file.read"),
				      .outcome =
					      state == FILE_UNREADABLE ? STR("failed") : STR_NONE,
				      .object_type = STR("file"),
				      .object_id = id};

	TRY(tx_begin(&tx, db));
	TRY(place_of(&entry, db, id));
	TRY(db_exec(db, "UPDATE file SET state = $2, reason = $3, lang = $4 WHERE id = $1",
		    v_i64(id), v_i64(state), v_str(reason), v_str(str_c(lang))));
	TRY(db_exec(db, "DELETE FROM file_text WHERE file_id = $1", v_i64(id)));
	if (state == FILE_HAS_TEXT)
		TRY(db_exec(db, "INSERT INTO file_text (file_id, plain) VALUES ($1, $2)", v_i64(id),
			    v_str(text)));
	if (reason.len)
		entry.detail = journal_detail(mem, &name, &reason, 1);
	TRY(journal_add(db, NULL, &entry));
	return tx_commit(&tx);
}

enum status file_count(struct file_counts *out, struct db *db)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct file_counts){0};
	TRY(db_rows(
		&r, db,
		"SELECT count(*), coalesce(sum(size), 0), coalesce(sum(CASE WHEN state = 0 THEN 1"
		" ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 3 THEN 1 ELSE 0 END), 0)"
		" FROM file WHERE deleted_at IS NULL"));
	if (rows_next(&r)) {
		out->files = row_i64(&r);
		out->bytes = row_i64(&r);
		out->pending = row_i64(&r);
		out->unreadable = row_i64(&r);
	}
	return rows_end(&r);
}

enum status file_unreadable(struct file **out, size_t *count, struct db *db, struct arena *mem,
			    size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct file *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT public_id, type, reason, at FROM file WHERE state = 3"
		    " AND deleted_at IS NULL ORDER BY id DESC LIMIT $1",
		    v_i64((int64_t)limit)));
	while (rows_next(&r)) {
		struct file *file = &list[(*count)++];

		file->public_id = row_str(&r, mem);
		file->type = row_str(&r, mem);
		file->reason = row_str(&r, mem);
		file->at = row_i64(&r);
	}
	return rows_end(&r);
}

enum status file_contents(struct file_content **out, size_t *count, struct db *db,
			  struct arena *mem, struct str after, int64_t since, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct file_content *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT hash, max(size) FROM file WHERE hash > $1"
		    " AND (deleted_at IS NULL OR deleted_at >= $2)"
		    " GROUP BY hash ORDER BY hash LIMIT $3",
		    v_blob(after), v_i64(since), v_i64((int64_t)limit)));
	while (rows_next(&r)) {
		struct file_content *content = &list[(*count)++];

		(void)row_digest(&r, &content->hash);
		content->size = row_i64(&r);
	}
	return rows_end(&r);
}

enum status file_content_is_wanted(bool *out, struct db *db, const struct digest *hash,
				   int64_t since)
{
	int64_t files = 0;

	TRY(db_i64(&files, db,
		   "SELECT count(*) FROM file WHERE hash = $1"
		   " AND (deleted_at IS NULL OR deleted_at >= $2)",
		   v_digest(hash), v_i64(since)));
	*out = files > 0;
	return ST_OK;
}
