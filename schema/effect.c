/* What a change of rights would do. */
#include "schema/effect.h"

#include "schema/base/clock.h"
#include "schema/group.h"
#include "schema/session.h"

/* What somebody holds on a space. In one list either all persons or all spaces are set. */
struct held {
	int64_t person;
	struct str space;
	enum level level;
};

struct held_list {
	struct held *items;
	size_t count;
};

static enum status held_on_space(struct held_list *out, struct db *db, struct arena *mem,
				 struct str key)
{
	AUTO(rows) struct rows r = {0};
	int64_t people = 0, space = 0;

	TRY(db_i64(&people, db, "SELECT count(*) FROM person"));
	TRY(db_i64(&space, db, "SELECT id FROM space WHERE key = $1", v_str(key)));
	*out = (struct held_list){arena_array(mem, (size_t)people + 1, sizeof(struct held)), 0};
	TRY(db_rows(&r, db,
		    "SELECT v.person_id, max(v.level) FROM readable v WHERE v.space_id = $1"
		    " GROUP BY v.person_id ORDER BY 1",
		    v_i64(space)));
	while (rows_next(&r)) {
		struct held *held = &out->items[out->count++];

		held->person = row_i64(&r);
		held->level = (enum level)row_i64(&r);
	}
	return rows_end(&r);
}

static enum status held_by_person(struct held_list *out, struct db *db, struct arena *mem,
				  struct str login)
{
	AUTO(rows) struct rows r = {0};
	int64_t spaces = 0, person = 0;

	TRY(db_i64(&spaces, db, "SELECT count(*) FROM space"));
	TRY(db_i64(&person, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	*out = (struct held_list){arena_array(mem, (size_t)spaces + 1, sizeof(struct held)), 0};
	TRY(db_rows(&r, db,
		    "SELECT s.key, max(v.level) FROM readable v JOIN space s ON s.id = v.space_id"
		    " WHERE v.person_id = $1 GROUP BY s.key ORDER BY s.key",
		    v_i64(person)));
	while (rows_next(&r)) {
		struct held *held = &out->items[out->count++];

		held->space = row_str(&r, mem);
		held->level = (enum level)row_i64(&r);
	}
	return rows_end(&r);
}

static int held_cmp(const struct held *a, const struct held *b)
{
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return str_cmp(a->space, b->space);
}

/*
 * Walk both lists as one. Sets what the next one held before and holds after; NULL at the end.
 * Both lists are in the order of held_cmp().
 */
static const struct held *held_next(struct held_list *before, struct held_list *after,
				    enum level *was, enum level *is)
{
	const struct held *b = before->count ? before->items : NULL;
	const struct held *a = after->count ? after->items : NULL;
	int order = !a ? -1 : !b ? 1 : held_cmp(b, a);

	if (!a && !b)
		return NULL;
	*was = b && order <= 0 ? b->level : LEVEL_NONE;
	*is = a && order >= 0 ? a->level : LEVEL_NONE;
	if (b && order <= 0) {
		before->items++;
		before->count--;
	}
	if (a && order >= 0) {
		after->items++;
		after->count--;
	}
	return b && order <= 0 ? b : a;
}

enum status effect_of_grant(struct effect *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str key, struct str group_key,
			    enum level level)
{
	AUTO(tx) struct tx tx = {0}; /* never committed */
	struct held_list before = {0}, after = {0};
	enum level was, is;

	*out = (struct effect){0};
	TRY(tx_begin(&tx, db));
	TRY(held_on_space(&before, db, mem, key));
	TRY(space_grant(db, mem, who, key, group_key, level));
	TRY(held_on_space(&after, db, mem, key));
	while (held_next(&before, &after, &was, &is)) {
		out->gain[is] += is > was;
		out->lose[is] += is < was;
		out->managers_before += was == LEVEL_MANAGE;
		out->managers_after += is == LEVEL_MANAGE;
	}
	return ST_OK;
}

static enum status count_signed_in(struct person_effect *out, struct db *db, struct str login)
{
	TRY(db_i64(&out->sessions, db,
		   "SELECT count(*) FROM session s JOIN person p ON p.id = s.person_id"
		   " WHERE p.login = $1 AND s.seen_at > $2 AND s.created_at > $3",
		   v_str(login), v_i64(clock_now() - SESSION_IDLE),
		   v_i64(clock_now() - SESSION_ABSOLUTE)));
	return db_i64(&out->tokens, db,
		      "SELECT count(*) FROM token t JOIN person p ON p.id = t.person_id"
		      " WHERE p.login = $1 AND t.revoked_at IS NULL",
		      v_str(login));
}

/* What `before` turns into once the change is made that stands between the two moments. */
static enum status person_difference(struct person_effect *out, struct db *db, struct arena *mem,
				     struct str login, struct held_list before)
{
	struct held_list after = {0};
	struct person_effect left = {0};
	const struct held *held;
	enum level was, is;

	TRY(held_by_person(&after, db, mem, login));
	out->spaces = arena_array(mem, before.count + after.count + 1, sizeof(*out->spaces));
	while ((held = held_next(&before, &after, &was, &is))) {
		if (was != is)
			out->spaces[out->n_spaces++] = (struct space_effect){held->space, was, is};
	}
	TRY(count_signed_in(&left, db, login));
	out->sessions -= left.sessions;
	out->tokens -= left.tokens;
	return ST_OK;
}

enum status effect_of_member(struct person_effect *out, struct db *db, struct arena *mem,
			     const struct reader *who, struct str key, struct str login,
			     bool member)
{
	AUTO(tx) struct tx tx = {0};
	struct held_list before = {0};

	*out = (struct person_effect){0};
	TRY(tx_begin(&tx, db));
	TRY(access_check(who, ACT_ACCOUNTS, &(struct object){0}));
	TRY(held_by_person(&before, db, mem, login));
	TRY(count_signed_in(out, db, login));
	TRY(group_set_member(db, mem, who, key, login, member));
	return person_difference(out, db, mem, login, before);
}

enum status effect_of_state(struct person_effect *out, struct db *db, struct arena *mem,
			    const struct reader *who, struct str login, enum person_state state)
{
	AUTO(tx) struct tx tx = {0};
	struct held_list before = {0};

	*out = (struct person_effect){0};
	TRY(tx_begin(&tx, db));
	TRY(access_check(who, ACT_ACCOUNTS, &(struct object){0}));
	TRY(held_by_person(&before, db, mem, login));
	TRY(count_signed_in(out, db, login));
	TRY(person_set_state(db, mem, who, login, state));
	return person_difference(out, db, mem, login, before);
}

enum status effect_of_sessions(struct person_effect *out, struct db *db, struct arena *mem,
			       const struct reader *who, struct str login)
{
	AUTO(tx) struct tx tx = {0};
	struct held_list none = {0};

	*out = (struct person_effect){0};
	TRY(tx_begin(&tx, db));
	TRY(access_check(who, ACT_ACCOUNTS, &(struct object){0}));
	TRY(count_signed_in(out, db, login));
	TRY(held_by_person(&none, db, mem, login));
	TRY(person_end_sessions(db, mem, who, login));
	return person_difference(out, db, mem, login, none);
}
