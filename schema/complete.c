/* People and terms while they are typed. */
#include "schema/complete.h"

#include "schema/base/clock.h"
#include "schema/group.h"

/* A whole word may lack the ending that Russian and Uzbek surnames have: Karimov, Karimova. */
enum { ENDING = 2, ANY_LENGTH = 1000 };

struct str complete_end(struct arena *mem, struct str prefix)
{
	char *end = arena_c(mem, prefix);

	end[prefix.len - 1]++;
	return str_of(end, prefix.len);
}

enum status complete_set_words(struct db *db, int64_t person_id, struct str name_key)
{
	TRY(db_exec(db, "DELETE FROM person_word WHERE person_id = $1", v_i64(person_id)));
	while (name_key.ptr) {
		struct str word = str_cut(&name_key, ' ');

		if (word.len)
			TRY(db_exec(db,
				    "INSERT INTO person_word (key, person_id) VALUES ($1, $2)"
				    " ON CONFLICT (key, person_id) DO NOTHING",
				    v_str(word), v_i64(person_id)));
	}
	return ST_OK;
}

enum status complete_fold_offices(struct db *db, struct arena *mem,
				  void (*fold)(struct buf *out, struct str name))
{
	AUTO(rows) struct rows r = {0};
	AUTO(buf) struct buf key = {0};
	struct office *list = NULL;
	size_t count = 0, room = 0;

	TRY(db_rows(&r, db, "SELECT id, name FROM office WHERE name_key = '' ORDER BY id"));
	while (rows_next(&r)) {
		list = arena_grow(mem, list, count, &room, sizeof(*list));
		list[count].id = row_i64(&r);
		list[count++].name = row_str(&r, mem);
	}
	TRY(rows_end(&r));
	for (size_t i = 0; i < count; i++) {
		buf_reset(&key);
		fold(&key, list[i].name);
		TRY(db_exec(db, "UPDATE office SET name_key = $2 WHERE id = $1", v_i64(list[i].id),
			    v_str(buf_str(&key))));
	}
	return ST_OK;
}

enum status complete_list(struct db *db, int64_t article_id)
{
	return db_exec(db,
		       "UPDATE completion SET listed = (SELECT CASE WHEN a.deleted_at IS NULL"
		       " AND a.status <> 0 THEN 1 ELSE 0 END FROM article a WHERE a.id = $1)"
		       " WHERE article_id = $1",
		       v_i64(article_id));
}

/* ---- people -------------------------------------------------------------------------------------- */
#define FOUND_COLUMNS "p.id, p.login, p.name, p.position, coalesce(o.name, '')"
#define FOUND_FROM                                                                                 \
	" JOIN organisation g ON g.id = p.organisation_id AND g.home = 1"                          \
	" LEFT JOIN office o ON o.id = p.office_id "

/* With $1 the time, $2 the reader and $3 1 for the operator. */
#define MAY_BE_SHOWN                                                                               \
	" p.state < 2 AND (p.expires_at IS NULL OR p.expires_at > $1) AND ($3 = 1 OR EXISTS"       \
	" (SELECT 1 FROM person me JOIN organisation h ON h.id = me.organisation_id"               \
	" WHERE me.id = $2 AND h.home = 1)) "
#define SHOWN_VALUES(who) v_i64(clock_now()), v_i64((who)->person_id), v_i64((who)->is_operator)

struct found {
	struct complete_person *items;
	int64_t *ids;
	size_t count, limit;
};

static struct found found_new(struct arena *mem, size_t limit)
{
	return (struct found){
		.items = arena_array(mem, limit + 1, sizeof(struct complete_person)),
		.ids = arena_array(mem, limit + 1, sizeof(int64_t)),
		.limit = limit,
	};
}

static bool is_found(const struct found *found, int64_t id)
{
	for (size_t i = 0; i < found->count; i++) {
		if (found->ids[i] == id)
			return true;
	}
	return false;
}

static enum status found_read(struct found *found, struct rows *r, struct arena *mem)
{
	while (rows_next(r)) {
		struct complete_person *p = &found->items[found->count];
		int64_t id = row_i64(r);

		p->login = row_str(r, mem);
		p->name = row_str(r, mem);
		p->position = row_str(r, mem);
		p->office = row_str(r, mem);
		if (found->count < found->limit && !is_found(found, id))
			found->ids[found->count++] = id;
	}
	return rows_end(r);
}

/* Those of whom a name begins with word `driver`, and names or the office with the others. */
static enum status find_names(struct found *found, struct db *db, struct arena *mem,
			      const struct reader *who, const struct complete_key *key,
			      size_t driver)
{
	AUTO(rows) struct rows r = {0};
	struct str word = key->words[driver], others[2] = {STR(""), STR("")};
	size_t n = 0;

	for (size_t i = 0; i < key->n_words; i++) {
		if (i != driver)
			others[n++] = key->words[i];
	}
	TRY(db_rows(&r, db,
		    "SELECT " FOUND_COLUMNS
		    " FROM person_word w JOIN person p ON p.id = w.person_id" FOUND_FROM
		    "WHERE w.key >= $4 AND w.key < $5 AND length(w.key) <= $6 AND" MAY_BE_SHOWN
		    "AND ($7 = '' OR instr(' ' || p.name_key, ' ' || $7) > 0"
		    " OR instr(' ' || coalesce(o.name_key, ''), ' ' || $7) > 0)"
		    " AND ($8 = '' OR instr(' ' || p.name_key, ' ' || $8) > 0"
		    " OR instr(' ' || coalesce(o.name_key, ''), ' ' || $8) > 0)"
		    " ORDER BY w.key, w.person_id LIMIT $9",
		    SHOWN_VALUES(who), v_str(word), v_str(complete_end(mem, word)),
		    v_i64((int64_t)(key->whole ? word.len + ENDING : ANY_LENGTH)), v_str(others[0]),
		    v_str(others[1]), v_i64((int64_t)(found->limit * 2))));
	return found_read(found, &r, mem);
}

static enum status find_logins(struct found *found, struct db *db, struct arena *mem,
			       const struct reader *who, const struct complete_key *key)
{
	AUTO(rows) struct rows r = {0};

	if (!key->typed.len)
		return ST_OK;
	TRY(db_rows(
		&r, db,
		"SELECT " FOUND_COLUMNS " FROM person p" FOUND_FROM
		"WHERE p.login >= $4 AND p.login < $5 AND ($6 = 0 OR p.login = $4) AND" MAY_BE_SHOWN
		"ORDER BY p.login LIMIT $7",
		SHOWN_VALUES(who), v_str(key->typed), v_str(complete_end(mem, key->typed)),
		v_i64(key->whole), v_i64((int64_t)found->limit)));
	return found_read(found, &r, mem);
}

enum status complete_people(struct complete_person **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who,
			    const struct complete_key *key, size_t limit)
{
	struct found found = found_new(mem, limit);

	for (size_t i = 0; i < key->n_words && !found.count; i++)
		TRY(find_names(&found, db, mem, who, key, i));
	if (found.count < limit)
		TRY(find_logins(&found, db, mem, who, key));
	*out = found.items;
	*count = found.count;
	return ST_OK;
}

enum status complete_office(struct complete_person **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who,
			    const struct complete_key *key, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct found found = found_new(mem, limit);
	struct str words[COMPLETE_WORDS] = {STR(""), STR(""), STR("")};

	*out = found.items;
	*count = 0;
	if (!key->n_words)
		return ST_OK;
	for (size_t i = 0; i < key->n_words; i++)
		words[i] = key->words[i];
	TRY(db_rows(
		&r, db,
		"WITH named AS (SELECT f.id AS id FROM office f"
		" WHERE instr(' ' || f.name_key, ' ' || $4) > 0"
		" AND instr(' ' || f.name_key, ' ' || $5) > 0"
		" AND instr(' ' || f.name_key, ' ' || $6) > 0)"
		" SELECT " FOUND_COLUMNS " FROM person p" FOUND_FROM
		"WHERE p.office_id IN (SELECT id FROM named) AND (SELECT count(*) FROM named) = 1"
		" AND" MAY_BE_SHOWN "ORDER BY p.name_key, p.id LIMIT $7",
		SHOWN_VALUES(who), v_str(words[0]), v_str(words[1]), v_str(words[2]),
		v_i64((int64_t)limit)));
	TRY(found_read(&found, &r, mem));
	*count = found.count;
	return ST_OK;
}

struct str complete_person_note(struct arena *mem, const struct complete_person *person)
{
	if (!person->office.len || !person->position.len)
		return person->office.len ? person->office : person->position;
	return arena_printf(mem, "%.*s, %.*s", STR_ARG(person->position), STR_ARG(person->office));
}

/* ---- terms --------------------------------------------------------------------------------------- */
enum status complete_terms(struct complete_term **out, size_t *count, struct db *db,
			   struct arena *mem, struct str key, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct complete_term *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	if (!key.len)
		return ST_OK;
	TRY(db_rows(&r, db,
		    "SELECT c.public_id, t.lang, t.written, t.cyrillic FROM term t"
		    " JOIN concept c ON c.id = t.concept_id AND c.state = 1"
		    " WHERE t.key >= $1 AND t.key < $2 ORDER BY t.key, t.lang, t.id LIMIT $3",
		    v_str(key), v_str(complete_end(mem, key)), v_i64((int64_t)(limit * 4))));
	while (rows_next(&r)) {
		struct complete_term *t = &list[*count];
		bool twice = *count == limit;

		*t = (struct complete_term){.public_id = row_str(&r, mem)};
		(void)term_lang_from(row_str(&r, mem), &t->lang);
		t->form.written = row_str(&r, mem);
		t->form.cyrillic = row_str(&r, mem);
		for (size_t i = 0; i < *count; i++)
			twice = twice || str_eq(list[i].public_id, t->public_id);
		*count += !twice;
	}
	return rows_end(&r);
}
