/* The one decision about rights, and where a reader's rights come from. */
#include "schema/access.h"

#include "schema/base/clock.h"

static const struct grant *grant_find(const struct reader *who, int64_t audience_id)
{
	size_t low = 0, high = who->n_grants;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (who->grants[middle].audience_id == audience_id)
			return &who->grants[middle];
		if (who->grants[middle].audience_id < audience_id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

enum level access_space_level(const struct reader *who, int64_t space_id)
{
	enum level best = LEVEL_NONE;

	for (size_t i = 0; i < who->n_grants; i++) {
		if (who->grants[i].space_id == space_id && who->grants[i].level > best)
			best = who->grants[i].level;
	}
	return best;
}

bool reader_sees_acts(const struct reader *who)
{
	return who->is_operator || (who->duties & DUTY_AUDIT) != 0;
}

bool access_may_create(const struct reader *who)
{
	for (size_t i = 0; i < who->n_grants; i++) {
		if (who->grants[i].level >= LEVEL_WRITE)
			return !who->reads_only;
	}
	return false;
}

/* The level on the object's audience, or on its space where it stands for the whole space. */
static enum level level_on(const struct reader *who, const struct object *object)
{
	const struct grant *grant;

	if (!object->audience_id)
		return access_space_level(who, object->space_id);
	grant = grant_find(who, object->audience_id);
	return grant ? grant->level : LEVEL_NONE;
}

static bool may_read(const struct reader *who, const struct object *object)
{
	enum level level = level_on(who, object);

	if (level < LEVEL_READ)
		return false;
	if (object->draft && !(who->person_id && object->creator_id == who->person_id))
		return false;
	return !object->deleted || level == LEVEL_MANAGE;
}

static bool may_discuss(const struct reader *who, const struct object *object)
{
	const struct grant *grant = grant_find(who, object->audience_id);

	return grant && (grant->level >= LEVEL_WRITE || grant->readers_discuss);
}

bool allow(const struct reader *who, enum action action, const struct object *object)
{
	if (who->is_operator)
		return true;
	if (action != ACT_READ && who->reads_only)
		return false;
	switch (action) {
	case ACT_READ:
		return may_read(who, object);
	case ACT_DISCUSS:
		return may_read(who, object) && !object->deleted && may_discuss(who, object);
	case ACT_EDIT:
		return may_read(who, object) && !object->deleted &&
		       level_on(who, object) >= LEVEL_WRITE;
	case ACT_MANAGE:
		return may_read(who, object) && level_on(who, object) >= LEVEL_MANAGE;
	case ACT_RESOLVE:
		return may_read(who, object) && !object->deleted &&
		       (level_on(who, object) >= LEVEL_WRITE ||
			(who->person_id && object->creator_id == who->person_id));
	case ACT_ACCOUNTS:
		return (who->duties & DUTY_ACCOUNTS) != 0;
	case ACT_AUDIT:
		return (who->duties & DUTY_AUDIT) != 0;
	}
	return false;
}

enum status access_check(const struct reader *who, enum action action, const struct object *object)
{
	if (allow(who, action, object))
		return ST_OK;
	if (action != ACT_READ && allow(who, ACT_READ, object))
		return fail(ST_DENIED, "no right to do this here");
	return fail(ST_NOT_FOUND, "no such object for this reader");
}

/* Take the rows of a walk, ascending by audience; lists grow, because most readers hold a few. */
static enum status grants_read(struct reader *out, struct rows *r, struct arena *mem)
{
	size_t n = 0, room = 0, ids_room = 0;
	int64_t *ids = NULL;

	while (rows_next(r)) {
		struct grant grant = {.audience_id = row_i64(r), .space_id = row_i64(r)};

		grant.level = (enum level)row_i64(r);
		grant.readers_discuss = row_i64(r) != 0;
		out->grants = arena_grow(mem, out->grants, n, &room, sizeof(grant));
		ids = arena_grow(mem, ids, n, &ids_room, sizeof(*ids));
		ids[n] = grant.audience_id;
		out->grants[n++] = grant;
	}
	out->n_grants = n;
	out->audiences = (struct audience_set){ids, n};
	return rows_end(r);
}

/* The SQL view `readable` holds the rule. */
static enum status grants_load(struct reader *out, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};

	if (out->is_operator)
		TRY(db_rows(&r, db, "SELECT id, space_id, 3, 1 FROM audience ORDER BY id"));
	else
		TRY(db_rows(&r, db,
			    "SELECT v.audience_id, v.space_id, v.level, s.readers_discuss"
			    " FROM readable v JOIN space s ON s.id = v.space_id"
			    " WHERE v.person_id = $1 ORDER BY v.audience_id",
			    v_i64(out->person_id)));
	return grants_read(out, &r, mem);
}

enum status reader_load(struct reader *out, struct db *db, struct arena *mem, int64_t person_id)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct reader){.person_id = person_id};
	TRY(access_version(&out->acl_version, db));
	TRY(db_rows(
		&r, db,
		"SELECT login, name, lang, theme, visual, saves_data, no_keys, duties FROM person"
		" WHERE id = $1 AND state = 0 AND (expires_at IS NULL OR expires_at > $2)",
		v_i64(person_id), v_i64(clock_now())));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "no such active person");
	}
	out->login = row_str(&r, mem);
	out->name = row_str(&r, mem);
	out->lang = row_str(&r, mem);
	out->theme = row_str(&r, mem);
	out->visual = row_i64(&r) == 1;
	out->saves_data = row_i64(&r) == 1;
	out->no_keys = row_i64(&r) == 1;
	out->duties = (unsigned)row_i64(&r);
	return grants_load(out, db, mem);
}

enum status reader_by_login(struct reader *out, struct db *db, struct arena *mem, struct str login)
{
	int64_t id = 0;

	TRY(db_i64(&id, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	return reader_load(out, db, mem, id);
}

enum status reader_operator(struct reader *out, struct db *db, struct arena *mem)
{
	*out = (struct reader){.is_operator = true,
			       .login = STR("system"),
			       .name = STR("Devon"),
			       .duties = DUTY_ACCOUNTS | DUTY_SECURITY | DUTY_AUDIT};
	TRY(access_version(&out->acl_version, db));
	return grants_load(out, db, mem);
}

enum status reader_now(struct reader *out, struct db *db, struct arena *mem,
		       const struct reader *who)
{
	int64_t version = 0;

	*out = *who;
	TRY(access_version(&version, db));
	if (version == who->acl_version)
		return ST_OK;
	if (who->is_operator)
		return reader_operator(out, db, mem);
	TRY(reader_load(out, db, mem, who->person_id));
	out->reads_only = who->reads_only;
	out->names_in = who->names_in;
	out->session = who->session;
	out->address = who->address;
	return ST_OK;
}

enum status access_version(int64_t *out, struct db *db)
{
	return db_i64(out, db, "SELECT value FROM meta WHERE name = 'acl_version'");
}

enum status access_changed(struct db *db)
{
	return db_exec(db, "UPDATE meta SET value = value + 1 WHERE name = 'acl_version'");
}

static const char *const level_names[] = {"none", "read", "write", "manage"};

const char *level_name(enum level level)
{
	return level_names[level];
}

bool level_parse(struct str name, enum level *out)
{
	for (size_t i = 0; i < COUNT(level_names); i++) {
		if (str_is(name, level_names[i])) {
			*out = (enum level)i;
			return true;
		}
	}
	return false;
}
