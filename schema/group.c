/* Groups of people, and the offices of the ministry. */
#include "schema/group.h"

#include "schema/check.h"
#include "schema/journal.h"

enum { LIST_MAX = 2000, PURPOSE_MAX_POINTS = 400 };

static const struct object ANYTHING = {0};

static enum status journal_group(struct db *db, struct arena *mem, const struct reader *who,
				 struct str action, int64_t id, struct str key, struct str login)
{
	static const char *const names[] = {"group", "login"};
	struct str values[] = {key, login};

	return journal_add(db, who,
			   &(struct journal_entry){.action = action,
						   .object_type = STR("group"),
						   .object_id = id,
						   .detail = journal_detail(mem, names, values,
									    login.len ? 2 : 1)});
}

enum status group_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key, struct str name)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t taken = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(check_key("key", key));
	if (!name.len)
		name = key;
	TRY(check_line("name", name, NAME_MAX_POINTS));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM groups WHERE key = $1", v_str(key)));
	if (taken)
		return fail_on("key", ST_CONFLICT, "There is a group %.*s already.", STR_ARG(key));
	TRY(db_exec(db, "INSERT INTO groups (key, name) VALUES ($1, $2)", v_str(key), v_str(name)));
	*out = db_last_id(db);
	TRY(journal_group(db, mem, who, STR("group.add"), *out, key, STR_NONE));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

static enum status texts_check(const struct group_texts *texts)
{
	if (texts->name.ptr)
		TRY(check_line("name", texts->name, NAME_MAX_POINTS));
	if (texts->purpose.len)
		TRY(check_line("purpose", texts->purpose, PURPOSE_MAX_POINTS));
	return ST_OK;
}

enum status group_set(struct db *db, struct arena *mem, const struct reader *who, struct str key,
		      const struct group_texts *texts)
{
	static const char *const names[] = {"before", "group", "name"};
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct group group;
	struct str name, purpose;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(group_get(&group, db, mem, &now, key));
	TRY(texts_check(texts));
	name = texts->name.ptr ? texts->name : group.name;
	purpose = texts->purpose.ptr ? texts->purpose : group.purpose;
	if (str_eq(name, group.name) && str_eq(purpose, group.purpose))
		return tx_commit(&tx);
	TRY(db_exec(db, "UPDATE groups SET name = $2, purpose = $3 WHERE id = $1", v_i64(group.id),
		    v_str(name), v_str(purpose)));
	TRY(journal_add(db, who,
			&(struct journal_entry){
				.action = STR("group.set"),
				.object_type = STR("group"),
				.object_id = group.id,
				.detail = journal_detail(
					mem, names, (struct str[]){group.name, key, name}, 3)}));
	return tx_commit(&tx);
}

enum status group_set_member(struct db *db, struct arena *mem, const struct reader *who,
			     struct str key, struct str login, bool member)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t group = 0, person = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(db_find_id(&group, db, "SELECT id FROM groups WHERE key = $1", v_str(key)));
	if (!group)
		return fail(ST_NOT_FOUND, "there is no group %.*s", STR_ARG(key));
	TRY(db_find_id(&person, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	if (!person)
		return fail(ST_NOT_FOUND, "there is no person %.*s", STR_ARG(login));
	if (person == who->person_id)
		return fail(ST_DENIED, "nobody may change their own groups");
	if (member)
		TRY(db_exec(db,
			    "INSERT INTO group_member (group_id, person_id) VALUES ($1, $2)"
			    " ON CONFLICT (group_id, person_id) DO NOTHING",
			    v_i64(group), v_i64(person)));
	else
		TRY(db_exec(db, "DELETE FROM group_member WHERE group_id = $1 AND person_id = $2",
			    v_i64(group), v_i64(person)));
	if (db_changed(db) == 0)
		return tx_commit(&tx);
	TRY(journal_group(db, mem, who, member ? STR("group.join") : STR("group.leave"), group, key,
			  login));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

#define GROUP_COLUMNS                                                                              \
	"g.id, g.key, g.name, g.purpose,"                                                          \
	" (SELECT count(*) FROM group_member m WHERE m.group_id = g.id)"

static void group_read(struct rows *r, struct arena *mem, struct group *out)
{
	out->id = row_i64(r);
	out->key = row_str(r, mem);
	out->name = row_str(r, mem);
	out->purpose = row_str(r, mem);
	out->members = row_i64(r);
}

static bool sees_all_groups(const struct reader *who)
{
	bool manages = who->is_operator || (who->duties & (DUTY_ACCOUNTS | DUTY_AUDIT)) != 0;

	for (size_t i = 0; i < who->n_grants && !manages; i++)
		manages = who->grants[i].level == LEVEL_MANAGE;
	return manages;
}

enum status group_list(struct group **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct group *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " GROUP_COLUMNS " FROM groups g WHERE $1 = 1 OR EXISTS (SELECT 1"
		    " FROM group_member own WHERE own.group_id = g.id AND own.person_id = $2)"
		    " ORDER BY g.key LIMIT $3",
		    v_i64(sees_all_groups(who)), v_i64(who->person_id), v_i64(LIST_MAX)));
	while (rows_next(&r))
		group_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status group_list_of(struct group **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str login)
{
	AUTO(rows) struct rows r = {0};
	struct group *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	if (!str_eq(login, who->login) && !allow(who, ACT_ACCOUNTS, &ANYTHING))
		return ST_OK;
	TRY(db_rows(
		&r, db,
		"SELECT " GROUP_COLUMNS " FROM groups g JOIN group_member x ON x.group_id = g.id"
		" JOIN person p ON p.id = x.person_id WHERE p.login = $1 ORDER BY g.key LIMIT $2",
		v_str(login), v_i64(LIST_MAX)));
	while (rows_next(&r))
		group_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status group_get(struct group *out, struct db *db, struct arena *mem, const struct reader *who,
		      struct str key)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db,
		    "SELECT " GROUP_COLUMNS " FROM groups g WHERE g.key = $1 AND ($2 = 1 OR EXISTS"
		    " (SELECT 1 FROM group_member own WHERE own.group_id = g.id"
		    " AND own.person_id = $3))",
		    v_str(key), v_i64(sees_all_groups(who)), v_i64(who->person_id)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "there is no group %.*s", STR_ARG(key));
	}
	group_read(&r, mem, out);
	return rows_end(&r);
}

enum status group_members(struct person **out, size_t *count, struct db *db, struct arena *mem,
			  const struct reader *who, struct str key, struct str after, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct person *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT p.login FROM group_member m JOIN groups g ON g.id = m.group_id"
		    " JOIN person p ON p.id = m.person_id"
		    " WHERE g.key = $1 AND p.login > $2 AND ($3 = 1 OR EXISTS (SELECT 1"
		    "  FROM group_member own WHERE own.group_id = g.id AND own.person_id = $4))"
		    " ORDER BY p.login LIMIT $5",
		    v_str(key), v_str(after), v_i64(allow(who, ACT_ACCOUNTS, &ANYTHING)),
		    v_i64(who->person_id), v_i64((int64_t)limit)));
	while (rows_next(&r))
		TRY(person_get(&list[(*count)++], db, mem, who, row_str(&r, mem)));
	return rows_end(&r);
}

enum status office_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		       const struct office *office)
{
	static const char *const names[] = {"office"};
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t taken = 0, parent = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(check_key("key", office->key));
	TRY(check_line("name", office->name.len ? office->name : office->key, NAME_MAX_POINTS));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM office WHERE key = $1", v_str(office->key)));
	if (taken)
		return fail_on("key", ST_CONFLICT, "There is an office %.*s already.",
			       STR_ARG(office->key));
	TRY(db_find_id(&parent, db, "SELECT id FROM office WHERE key = $1",
		       v_str(office->parent_key)));
	if (office->parent_key.len && !parent)
		return fail_on("parent", ST_INVALID, "There is no office %.*s.",
			       STR_ARG(office->parent_key));
	TRY(db_exec(db,
		    "INSERT INTO office (key, name, kind, parent_id, city, country, time_zone,"
		    " name_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		    v_str(office->key), v_str(office->name.len ? office->name : office->key),
		    v_str(office->kind.len ? office->kind : STR("department")), v_id(parent),
		    v_str(office->city), v_str(office->country),
		    v_str(office->time_zone.len ? office->time_zone : STR("Asia/Tashkent")),
		    v_str(office->name_key)));
	*out = db_last_id(db);
	TRY(journal_add(
		db, who,
		&(struct journal_entry){.action = STR("office.add"),
					.object_type = STR("office"),
					.object_id = *out,
					.detail = journal_detail(mem, names, &office->key, 1)}));
	return tx_commit(&tx);
}

enum status office_list(struct office **out, size_t *count, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	struct office *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT o.id, o.key, o.name, o.kind, coalesce(p.key, ''), o.city, o.country,"
		    " o.time_zone FROM office o LEFT JOIN office p ON p.id = o.parent_id"
		    " ORDER BY o.key LIMIT $1",
		    v_i64(LIST_MAX)));
	while (rows_next(&r)) {
		struct office *o = &list[(*count)++];

		o->id = row_i64(&r);
		o->key = row_str(&r, mem);
		o->name = row_str(&r, mem);
		o->kind = row_str(&r, mem);
		o->parent_key = row_str(&r, mem);
		o->city = row_str(&r, mem);
		o->country = row_str(&r, mem);
		o->time_zone = row_str(&r, mem);
	}
	return rows_end(&r);
}
