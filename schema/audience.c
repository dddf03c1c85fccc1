/* Audiences: the named sets of readers inside a space. */
#include "schema/base/utf8.h"
#include "schema/check.h"
#include "schema/journal.h"
#include "schema/space.h"

enum { LIST_MAX = 2000 };

static const struct object ANYTHING = {0};

enum status audience_list(struct audience **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str space_key)
{
	AUTO(rows) struct rows r = {0};
	struct audience *list = arena_array(mem, AUDIENCE_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT a.id, a.space_id, s.key, a.name, a.label, a.restricted FROM audience a"
		    " JOIN space s ON s.id = a.space_id WHERE s.key = $1"
		    " ORDER BY a.restricted, a.name, a.id",
		    v_str(space_key)));
	while (rows_next(&r)) {
		struct audience a = {.id = row_i64(&r), .space_id = row_i64(&r)};

		a.space_key = row_str(&r, mem);
		a.name = row_str(&r, mem);
		a.label = (int)row_i64(&r);
		a.restricted = row_i64(&r) != 0;
		for (size_t i = 0; i < who->n_grants; i++) {
			if (who->grants[i].audience_id == a.id)
				a.level = who->grants[i].level;
		}
		if (a.level >= LEVEL_READ && *count < AUDIENCE_MAX)
			list[(*count)++] = a;
	}
	return rows_end(&r);
}

static enum status journal_audience(struct db *db, struct arena *mem, const struct reader *who,
				    struct str action, int64_t audience_id, int64_t space_id,
				    struct str name)
{
	static const char *const names[] = {"audience"};

	return journal_add(db, who,
			   &(struct journal_entry){.action = action,
						   .object_type = STR("audience"),
						   .object_id = audience_id,
						   .space_id = space_id,
						   .audience_id = audience_id,
						   .detail = journal_detail(mem, names, &name, 1)});
}

enum status audience_check_room(struct db *db, const char *field)
{
	int64_t have = 0;

	TRY(db_i64(&have, db, "SELECT count(*) FROM audience"));
	if (have < AUDIENCE_MAX)
		return ST_OK;
	return fail_on(
		field, ST_INVALID,
		"Devon holds at most %d audiences, and every space is one; there is no room for another.",
		AUDIENCE_MAX);
}

enum status audience_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
			 struct str space_key, struct str name)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t space = 0, taken = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(db_find_id(&space, db, "SELECT id FROM space WHERE key = $1", v_str(space_key)));
	if (!space)
		return fail(ST_NOT_FOUND, "there is no space %.*s", STR_ARG(space_key));
	TRY(access_check(&now, ACT_MANAGE, &(struct object){.space_id = space}));
	TRY(check_line("name", name, NAME_MAX_POINTS));
	TRY(audience_check_room(db, "name"));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM audience WHERE space_id = $1 AND name = $2",
		   v_i64(space), v_str(name)));
	if (taken)
		return fail_on("name", ST_CONFLICT, "The space has such an audience already.");
	TRY(db_exec(db, "INSERT INTO audience (space_id, name, restricted) VALUES ($1, $2, 1)",
		    v_i64(space), v_str(name)));
	*out = db_last_id(db);
	TRY(journal_audience(db, mem, who, STR("audience.add"), *out, space, name));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

/* The space of an audience that this reader manages. */
static enum status managed_space(int64_t *space, struct db *db, const struct reader *who,
				 int64_t audience_id)
{
	TRY(db_find_id(space, db, "SELECT space_id FROM audience WHERE id = $1",
		       v_i64(audience_id)));
	if (!*space)
		return fail(ST_NOT_FOUND, "there is no such audience");
	return access_check(who, ACT_MANAGE,
			    &(struct object){.space_id = *space, .audience_id = audience_id});
}

enum status audience_readers(struct audience_reader **out, size_t *count, struct db *db,
			     struct arena *mem, const struct reader *who, int64_t audience_id)
{
	AUTO(rows) struct rows r = {0};
	struct audience_reader *list = arena_array(mem, LIST_MAX, sizeof(*list));
	int64_t space = 0;

	*out = list;
	*count = 0;
	TRY(managed_space(&space, db, who, audience_id));
	TRY(db_rows(&r, db,
		    "SELECT coalesce(g.key, ''), coalesce(p.login, ''), coalesce(g.name, p.name),"
		    " l.level FROM audience_reader l LEFT JOIN groups g ON g.id = l.group_id"
		    " LEFT JOIN person p ON p.id = l.person_id WHERE l.audience_id = $1"
		    " ORDER BY 1, 2 LIMIT $2",
		    v_i64(audience_id), v_i64(LIST_MAX)));
	while (rows_next(&r)) {
		struct audience_reader *a = &list[(*count)++];

		a->group_key = row_str(&r, mem);
		a->login = row_str(&r, mem);
		a->name = row_str(&r, mem);
		a->level = (enum level)row_i64(&r);
	}
	return rows_end(&r);
}

enum status audience_lines_all(struct audience_line **out, size_t *count, struct db *db,
			       struct arena *mem, const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	TRY(db_rows(&r, db,
		    "SELECT s.key, a.name, coalesce(g.key, ''), coalesce(p.login, ''),"
		    " coalesce(g.name, p.name, ''), coalesce(l.level, 0)"
		    " FROM audience a JOIN space s ON s.id = a.space_id"
		    " LEFT JOIN audience_reader l ON l.audience_id = a.id"
		    " LEFT JOIN groups g ON g.id = l.group_id"
		    " LEFT JOIN person p ON p.id = l.person_id"
		    " WHERE a.restricted = 1 ORDER BY 1, 2, 3, 4"));
	while (rows_next(&r)) {
		struct audience_line *line;

		*out = arena_grow(mem, *out, *count, &room, sizeof(**out));
		line = &(*out)[(*count)++];
		line->space_key = row_str(&r, mem);
		line->audience_name = row_str(&r, mem);
		line->reader.group_key = row_str(&r, mem);
		line->reader.login = row_str(&r, mem);
		line->reader.name = row_str(&r, mem);
		line->reader.level = (enum level)row_i64(&r);
	}
	return rows_end(&r);
}

static enum status reader_write(struct db *db, int64_t audience_id, int64_t group, int64_t person,
				enum level level)
{
	TRY(db_exec(db,
		    "DELETE FROM audience_reader WHERE audience_id = $1"
		    " AND (group_id = $2 OR person_id = $3)",
		    v_i64(audience_id), v_id(group), v_id(person)));
	if (level == LEVEL_NONE)
		return ST_OK;
	return db_exec(db,
		       "INSERT INTO audience_reader (audience_id, group_id, person_id, level)"
		       " VALUES ($1, $2, $3, $4)",
		       v_i64(audience_id), v_id(group), v_id(person), v_i64(level));
}

/* The group or, where none is named, the person. */
static enum status reader_named(int64_t *group, int64_t *person, struct db *db,
				struct str group_key, struct str login)
{
	*group = *person = 0;
	if (group_key.len) {
		TRY(db_find_id(group, db, "SELECT id FROM groups WHERE key = $1",
			       v_str(group_key)));
		return *group ? ST_OK
			      : fail_on("group", ST_INVALID, "There is no group %.*s.",
					STR_ARG(group_key));
	}
	TRY(db_find_id(person, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	return *person ? ST_OK
		       : fail_on("login", ST_INVALID, "There is no person %.*s.", STR_ARG(login));
}

enum status audience_set_reader(struct db *db, struct arena *mem, const struct reader *who,
				int64_t audience_id, struct str group_key, struct str login,
				enum level level)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t space = 0, group = 0, person = 0, restricted = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(managed_space(&space, db, &now, audience_id));
	TRY(db_i64(&restricted, db, "SELECT restricted FROM audience WHERE id = $1",
		   v_i64(audience_id)));
	if (!restricted)
		return fail_on("", ST_INVALID,
			       "The readers of the whole space are set under “Access”.");
	if (level > LEVEL_WRITE)
		return fail_on("level", ST_INVALID,
			       "The list of an audience gives reading or writing.");
	TRY(reader_named(&group, &person, db, group_key, login));
	TRY(reader_write(db, audience_id, group, person, level));
	TRY(journal_audience(db, mem, who, STR("audience.set"), audience_id, space,
			     group_key.len ? group_key : login));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

enum status access_reasons(struct access_reason **out, size_t *count, struct db *db,
			   struct arena *mem, const struct reader *who, struct str login)
{
	AUTO(rows) struct rows r = {0};
	struct access_reason *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(access_check(who, ACT_ACCOUNTS, &ANYTHING));
	/* What a group's grant gives, where no list narrows it; then what the lists give. */
	TRY(db_rows(
		&r, db,
		"SELECT s.key, a.name, u.key, g.level FROM person p"
		" JOIN readable v ON v.person_id = p.id JOIN audience a ON a.id = v.audience_id"
		" JOIN space s ON s.id = v.space_id JOIN group_member m ON m.person_id = p.id"
		" JOIN groups u ON u.id = m.group_id"
		" JOIN space_grant g ON g.space_id = s.id AND g.group_id = u.id"
		" WHERE p.login = $1 AND (a.restricted = 0 OR g.level = 3)"
		" UNION ALL"
		" SELECT s.key, a.name, coalesce(u.key, ''),"
		" CASE WHEN l.level < v.level THEN l.level ELSE v.level END FROM person p"
		" JOIN readable v ON v.person_id = p.id JOIN audience a ON a.id = v.audience_id"
		" JOIN space s ON s.id = v.space_id"
		" JOIN audience_reader l ON l.audience_id = a.id AND (l.person_id = p.id OR"
		"  l.group_id IN (SELECT m.group_id FROM group_member m WHERE m.person_id = p.id))"
		" LEFT JOIN groups u ON u.id = l.group_id"
		" WHERE p.login = $1 AND a.restricted = 1"
		" ORDER BY 1, 2, 3 LIMIT $2",
		v_str(login), v_i64(LIST_MAX)));
	while (rows_next(&r)) {
		struct access_reason *a = &list[(*count)++];

		a->space_key = row_str(&r, mem);
		a->audience_name = row_str(&r, mem);
		a->group_key = row_str(&r, mem);
		a->level = (enum level)row_i64(&r);
	}
	return rows_end(&r);
}
