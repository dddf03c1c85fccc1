/* What a space is called in each language. */
#include "schema/check.h"
#include "schema/journal.h"
#include "schema/space_parts.h"

enum { NAMES_MAX = 8 }; /* more than there are languages */

/* As the row of one language has it; empty texts where there is none. */
static enum status name_row(struct space_name *out, struct db *db, struct arena *mem,
			    int64_t space_id, struct str lang)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct space_name){lang, STR(""), STR("")};
	TRY(db_rows(&r, db,
		    "SELECT name, description FROM space_name WHERE space_id = $1 AND lang = $2",
		    v_i64(space_id), v_str(lang)));
	if (rows_next(&r)) {
		out->name = row_str(&r, mem);
		out->description = row_str(&r, mem);
	}
	return rows_end(&r);
}

/* The first name has its row under '', whatever its language: so it is found without knowing that. */
static enum status row_lang(struct str *out, struct db *db, int64_t space_id, struct str lang)
{
	int64_t first = 0;

	TRY(db_i64(&first, db, "SELECT count(*) FROM space WHERE id = $1 AND lang = $2",
		   v_i64(space_id), v_str(lang)));
	*out = first ? STR("") : lang;
	return ST_OK;
}

/* A space that was made without a name bears its key; the first name that says its language takes that place. */
static enum status be_first(struct db *db, int64_t space_id, struct str lang)
{
	return db_exec(db,
		       "UPDATE space SET lang = $2 WHERE id = $1 AND lang = '' AND $2 <> ''"
		       " AND key = (SELECT n.name FROM space_name n WHERE n.space_id = $1"
		       "  AND n.lang = '') AND (SELECT count(*) FROM space_name n"
		       "  WHERE n.space_id = $1) = 1",
		       v_i64(space_id), v_str(lang));
}

static enum status name_write(struct db *db, int64_t space_id, const struct space_name *row)
{
	if (row->lang.len && !row->name.len && !row->description.len)
		return db_exec(db, "DELETE FROM space_name WHERE space_id = $1 AND lang = $2",
			       v_i64(space_id), v_str(row->lang));
	return db_exec(db,
		       "INSERT INTO space_name (space_id, lang, name, description)"
		       " VALUES ($1, $2, $3, $4) ON CONFLICT (space_id, lang) DO UPDATE SET"
		       " name = excluded.name, description = excluded.description",
		       v_i64(space_id), v_str(row->lang), v_str(row->name),
		       v_str(row->description));
}

static enum status journal_name(struct db *db, struct arena *mem, const struct reader *who,
				int64_t space_id, const struct space_input *input, struct str key,
				struct str before, struct str after)
{
	static const char *const names[] = {"before", "lang", "name", "space"};
	const struct str values[] = {before, input->lang, after, key};

	return space_journal(db, who, STR("space.set"), space_id,
			     journal_detail(mem, names, values, COUNT(names)));
}

enum status space_set(struct db *db, struct arena *mem, const struct reader *who, struct str key,
		      const struct space_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct space_name before, after;
	struct reader now;
	struct str lang;
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(space_id_of(&id, db, key));
	TRY(space_check_governs(&now, id));
	if (input->name.len)
		TRY(be_first(db, id, input->lang));
	TRY(row_lang(&lang, db, id, input->lang));
	TRY(name_row(&before, db, mem, id, lang));
	after = before;
	if (input->name.ptr)
		after.name = input->name;
	if (input->description.ptr)
		after.description = input->description;
	if (after.name.len || !lang.len)
		TRY(check_line("name", after.name, NAME_MAX_POINTS));
	TRY(check_body("description", after.description, 4096));
	if (str_eq(after.name, before.name) && str_eq(after.description, before.description))
		return tx_commit(&tx);
	TRY(name_write(db, id, &after));
	TRY(journal_name(db, mem, who, id, input, key, before.name, after.name));
	return tx_commit(&tx);
}

enum status space_check_set(struct db *db, const struct reader *who, struct str key)
{
	int64_t id = 0;

	TRY(space_id_of(&id, db, key));
	return space_check_governs(who, id);
}

enum status space_names(struct space_name **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str key)
{
	AUTO(rows) struct rows r = {0};
	struct space_name *list = arena_array(mem, NAMES_MAX, sizeof(*list));
	int64_t id = 0;

	*out = list;
	*count = 0;
	TRY(space_id_of(&id, db, key));
	if (!allow(who, ACT_READ, &(struct object){.space_id = id}))
		TRY(space_check_governs(who, id));
	TRY(db_rows(&r, db,
		    "SELECT CASE WHEN n.lang = '' THEN s.lang ELSE n.lang END, n.name,"
		    " n.description FROM space_name n JOIN space s ON s.id = n.space_id"
		    " WHERE n.space_id = $1"
		    " ORDER BY n.lang LIMIT $2",
		    v_i64(id), v_i64(NAMES_MAX)));
	while (rows_next(&r)) {
		struct space_name *name = &list[(*count)++];

		name->lang = row_str(&r, mem);
		name->name = row_str(&r, mem);
		name->description = row_str(&r, mem);
	}
	return rows_end(&r);
}
