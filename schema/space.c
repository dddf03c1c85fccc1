/* Spaces and who is granted what on them. */
#include "schema/space.h"

#include "schema/base/clock.h"
#include "schema/check.h"
#include "schema/journal.h"
#include "schema/space_parts.h"
#include "schema/space_row.h"

enum { LIST_MAX = 2000, GRANTS_MAX = 20000 };

static const struct object ANYTHING = {0};

enum status space_journal(struct db *db, const struct reader *who, struct str action,
			  int64_t space_id, struct str detail)
{
	return journal_add(db, who,
			   &(struct journal_entry){.action = action,
						   .object_type = STR("space"),
						   .object_id = space_id,
						   .space_id = space_id,
						   .detail = detail});
}

/* The first audience of a space; its name is shown to nobody but as "all readers". */
static enum status first_audience_add(struct db *db, int64_t space_id)
{
	TRY(audience_check_room(db, "key"));
	return db_exec(db, "INSERT INTO audience (space_id, name, restricted) VALUES ($1, '', 0)",
		       v_i64(space_id));
}

enum status space_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		      const struct space_input *input)
{
	static const char *const names[] = {"space"};
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct str name = input->name.len ? input->name : input->key;
	int64_t taken = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(check_key("key", input->key));
	TRY(check_line("name", name, NAME_MAX_POINTS));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM space WHERE key = $1", v_str(input->key)));
	if (taken)
		return fail_on("key", ST_CONFLICT, "There is a space %.*s already.",
			       STR_ARG(input->key));
	TRY(db_exec(db, "INSERT INTO space (key, lang, created_at) VALUES ($1, $2, $3)",
		    v_str(input->key), v_str(input->lang), v_i64(clock_now())));
	*out = db_last_id(db);
	TRY(db_exec(db,
		    "INSERT INTO space_name (space_id, lang, name, description)"
		    " VALUES ($1, '', $2, $3)",
		    v_i64(*out), v_str(name), v_str(input->description)));
	TRY(first_audience_add(db, *out));
	TRY(space_journal(db, who, STR("space.add"), *out,
			  journal_detail(mem, names, &input->key, 1)));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

enum status space_id_of(int64_t *out, struct db *db, struct str key)
{
	TRY(db_find_id(out, db, "SELECT id FROM space WHERE key = $1", v_str(key)));
	return *out ? ST_OK : fail(ST_NOT_FOUND, "there is no space %.*s", STR_ARG(key));
}

enum status space_check_governs(const struct reader *who, int64_t space_id)
{
	if (allow(who, ACT_ACCOUNTS, &ANYTHING))
		return ST_OK;
	return access_check(who, ACT_MANAGE, &(struct object){.space_id = space_id});
}

#define SPACE_COLUMNS                                                                              \
	"s.id, s.key, " SPACE_NAME ", " SPACE_TEXT(                                                \
		"description") ", s.lang, s.label, s.readers_discuss, s.logged, s.archived"
#define SPACE_FROM " FROM space s" SPACE_NAME_FROM("$1")

static void space_read(struct rows *r, struct arena *mem, const struct reader *who,
		       struct space *out)
{
	out->id = row_i64(r);
	out->key = row_str(r, mem);
	out->name = space_text_read(r, mem);
	out->description = space_text_read(r, mem);
	out->lang = row_str(r, mem);
	out->label = (int)row_i64(r);
	out->readers_discuss = row_i64(r) != 0;
	out->logged = row_i64(r) != 0;
	out->archived = row_i64(r) != 0;
	out->level = access_space_level(who, out->id);
}

enum status space_get(struct space *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key, struct str lang)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db, "SELECT " SPACE_COLUMNS SPACE_FROM "WHERE s.key = $2", v_str(lang),
		    v_str(key)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "there is no space %.*s", STR_ARG(key));
	}
	space_read(&r, mem, who, out);
	TRY(rows_end(&r));
	return access_check(who, ACT_READ, &(struct object){.space_id = out->id});
}

enum status space_list(struct space **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who, struct str lang)
{
	AUTO(rows) struct rows r = {0};
	struct space *list = arena_array(mem, who->n_grants + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " SPACE_COLUMNS SPACE_FROM
		    "WHERE $2 = 1 OR s.id IN (SELECT v.space_id FROM readable v"
		    " WHERE v.person_id = $3) ORDER BY 3, s.key",
		    v_str(lang), v_i64(who->is_operator), v_i64(who->person_id)));
	while (rows_next(&r)) {
		struct space space;

		space_read(&r, mem, who, &space);
		if (*count < who->n_grants &&
		    allow(who, ACT_READ, &(struct object){.space_id = space.id}))
			list[(*count)++] = space;
	}
	return rows_end(&r);
}

enum status space_list_all(struct space **out, size_t *count, struct db *db, struct arena *mem,
			   const struct reader *who, struct str lang)
{
	AUTO(rows) struct rows r = {0};
	struct space *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	TRY(db_rows(&r, db, "SELECT " SPACE_COLUMNS SPACE_FROM "ORDER BY s.key LIMIT $2",
		    v_str(lang), v_i64(LIST_MAX)));
	while (rows_next(&r))
		space_read(&r, mem, who, &list[(*count)++]);
	return rows_end(&r);
}

static void grant_read(struct rows *r, struct arena *mem, struct space_grant *out)
{
	out->space_key = row_str(r, mem);
	out->group_key = row_str(r, mem);
	out->group_name = row_str(r, mem);
	out->level = (enum level)row_i64(r);
}

enum status space_grants(struct space_grant **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who, struct str key)
{
	AUTO(rows) struct rows r = {0};
	struct space_grant *list = arena_array(mem, LIST_MAX, sizeof(*list));
	int64_t id = 0;

	*out = list;
	*count = 0;
	TRY(space_id_of(&id, db, key));
	TRY(space_check_governs(who, id));
	TRY(db_rows(&r, db,
		    "SELECT s.key, u.key, u.name, g.level FROM space_grant g"
		    " JOIN space s ON s.id = g.space_id JOIN groups u ON u.id = g.group_id"
		    " WHERE s.id = $1 ORDER BY u.key LIMIT $2",
		    v_i64(id), v_i64(LIST_MAX)));
	while (rows_next(&r))
		grant_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status space_grants_all(struct space_grant **out, size_t *count, struct db *db,
			     struct arena *mem, const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct space_grant *list = arena_array(mem, GRANTS_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	TRY(db_rows(&r, db,
		    "SELECT s.key, u.key, u.name, g.level FROM space_grant g"
		    " JOIN space s ON s.id = g.space_id JOIN groups u ON u.id = g.group_id"
		    " ORDER BY s.key, u.key LIMIT $1",
		    v_i64(GRANTS_MAX)));
	while (rows_next(&r))
		grant_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status space_grants_of(struct space_grant **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who, struct str group_key)
{
	AUTO(rows) struct rows r = {0};
	struct space_grant *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT s.key, u.key, u.name, g.level FROM space_grant g"
		    " JOIN space s ON s.id = g.space_id JOIN groups u ON u.id = g.group_id"
		    " WHERE u.key = $1 AND ($2 = 1 OR EXISTS (SELECT 1 FROM readable v"
		    " WHERE v.person_id = $3 AND v.space_id = s.id)) ORDER BY s.key LIMIT $4",
		    v_str(group_key), v_i64(allow(who, ACT_ACCOUNTS, &ANYTHING)),
		    v_i64(who->person_id), v_i64(LIST_MAX)));
	while (rows_next(&r))
		grant_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

/* Who governs by the duty alone must not grant to a group of their own. */
static enum status check_not_own_group(struct db *db, const struct reader *who, int64_t space_id,
				       int64_t group_id)
{
	int64_t own = 0;

	if (who->is_operator || access_space_level(who, space_id) == LEVEL_MANAGE)
		return ST_OK;
	TRY(db_i64(&own, db,
		   "SELECT count(*) FROM group_member WHERE group_id = $1 AND person_id = $2",
		   v_i64(group_id), v_i64(who->person_id)));
	if (own)
		return fail(ST_DENIED, "nobody may grant rights to a group of their own");
	return ST_OK;
}

static enum status grant_write(struct db *db, int64_t space_id, int64_t group_id, enum level level)
{
	if (level == LEVEL_NONE)
		return db_exec(db, "DELETE FROM space_grant WHERE space_id = $1 AND group_id = $2",
			       v_i64(space_id), v_i64(group_id));
	return db_exec(db,
		       "INSERT INTO space_grant (space_id, group_id, level) VALUES ($1, $2, $3)"
		       " ON CONFLICT (space_id, group_id) DO UPDATE SET level = excluded.level",
		       v_i64(space_id), v_i64(group_id), v_i64(level));
}

enum status space_grant(struct db *db, struct arena *mem, const struct reader *who, struct str key,
			struct str group_key, enum level level)
{
	static const char *const names[] = {"group", "level", "space"};
	AUTO(tx) struct tx tx = {0};
	struct str values[] = {group_key, str_c(level_name(level)), key};
	struct reader now;
	int64_t space = 0, group = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(space_id_of(&space, db, key));
	TRY(space_check_governs(&now, space));
	TRY(db_find_id(&group, db, "SELECT id FROM groups WHERE key = $1", v_str(group_key)));
	if (!group)
		return fail_on("group", ST_NOT_FOUND, "There is no group %.*s.",
			       STR_ARG(group_key));
	TRY(check_not_own_group(db, &now, space, group));
	TRY(grant_write(db, space, group, level));
	TRY(space_journal(db, who, STR("space.grant"), space,
			  journal_detail(mem, names, values, 3)));
	TRY(access_changed(db));
	return tx_commit(&tx);
}
