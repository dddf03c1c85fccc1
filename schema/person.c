/* People and their accounts. */
#include "schema/person.h"

#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/check.h"
#include "schema/complete.h"
#include "schema/journal.h"
#include "schema/password.h"
#include "schema/session.h"

enum { CODE_SECONDS = 3600 };

static const struct object ANYTHING = {0};

/* True when `password` is `word` repeated, or `word` with only digits and signs around it. */
static bool is_made_of(struct str password, struct str word)
{
	size_t letters = 0;

	if (word.len < 3)
		return false;
	for (size_t at = 0; at + word.len <= password.len;) {
		if (strncasecmp(password.ptr + at, word.ptr, word.len) != 0) {
			unsigned char c = (unsigned char)password.ptr[at++];

			letters += c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
			continue;
		}
		at += word.len;
		if (password.len - at < word.len)
			return letters == 0;
	}
	return false;
}

static bool has_one_pattern(struct str password)
{
	for (size_t period = 1; period <= 4; period++) {
		bool same = true;

		for (size_t i = period; i < password.len && same; i++)
			same = password.ptr[i] == password.ptr[i - period];
		if (same)
			return true;
	}
	return false;
}

enum status password_check(struct str typed, struct str login, struct str name)
{
	static const char *const known[] = {
		"devon",      "ministry",  "vazirlik",      "password", "parol",    "qwertyuiop",
		"qwerty",     "asdfghjkl", "1234567890",    "tashkent", "toshkent", "uzbekistan",
		"ozbekiston", "diplomat",  "administrator", "девон",    "вазирлик", "министерство",
		"пароль",     "парол",     "йцукенгшщз",    "ташкент",  "тошкент",  "узбекистан",
		"ўзбекистон", "дипломат",  "администратор",
	};
	AUTO(arena) struct arena mem = {0};
	struct str password;
	bool weak;

	if (typed.len > PASSWORD_MAX_BYTES)
		return fail_on("", ST_INVALID, "A password has at most 1,024 bytes.");
	password = password_nfc(&mem, typed);
	if (!utf8_valid(password) || utf8_count(password) < PASSWORD_MIN)
		return fail_on("", ST_INVALID, "A password has at least 15 characters.");
	weak = is_made_of(password, login) || is_made_of(password, name) ||
	       has_one_pattern(password) || password_is_common(password);
	for (size_t i = 0; i < COUNT(known); i++)
		weak = weak || is_made_of(password, str_c(known[i]));
	if (weak)
		return fail_on("", ST_INVALID,
			       "This password is easy to guess; choose several words.");
	return ST_OK;
}

/* 0 for an empty key; INVALID when there is no such office. */
static enum status office_of(int64_t *out, struct db *db, struct str key)
{
	*out = 0;
	if (!key.len)
		return ST_OK;
	TRY(db_find_id(out, db, "SELECT id FROM office WHERE key = $1", v_str(key)));
	return *out ? ST_OK
		    : fail_on("office", ST_INVALID, "There is no office %.*s.", STR_ARG(key));
}

static enum status journal_person(struct db *db, struct arena *mem, const struct reader *who,
				  struct str action, int64_t id, struct str login)
{
	static const char *const names[] = {"login"};

	return journal_add(
		db, who,
		&(struct journal_entry){.action = action,
					.object_type = STR("person"),
					.object_id = id,
					.detail = journal_detail(mem, names, &login, 1)});
}

enum status person_add(int64_t *out, struct db *db, struct arena *mem, const struct reader *who,
		       const struct person_input *input)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct str name = input->name.len ? input->name : input->login;
	int64_t office = 0, taken = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(check_login("login", input->login));
	TRY(check_line("name", name, NAME_MAX_POINTS));
	TRY(office_of(&office, db, input->office_key));
	TRY(db_i64(&taken, db, "SELECT count(*) FROM person WHERE login = $1",
		   v_str(input->login)));
	if (taken)
		return fail_on("login", ST_CONFLICT, "There is a person %.*s already.",
			       STR_ARG(input->login));
	TRY(db_exec(db,
		    "INSERT INTO person (login, name, name_key, office_id, position, languages,"
		    " skills, phone, mail, password, created_at)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		    v_str(input->login), v_str(name), v_str(input->name_key), v_id(office),
		    v_str(input->position), v_str(input->languages), v_str(input->skills),
		    v_str(input->phone), v_str(input->mail), v_str(input->password_hash),
		    v_i64(clock_now())));
	*out = db_last_id(db);
	TRY(complete_set_words(db, *out, input->name_key));
	TRY(journal_person(db, mem, who, STR("person.add"), *out, input->login));
	TRY(db_exec(db,
		    "INSERT INTO group_member (group_id, person_id)"
		    " SELECT id, $1 FROM groups WHERE key = 'staff'",
		    v_i64(*out)));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

static enum status person_id_of(int64_t *out, struct db *db, struct str login)
{
	TRY(db_find_id(out, db, "SELECT id FROM person WHERE login = $1", v_str(login)));
	return *out ? ST_OK : fail(ST_NOT_FOUND, "there is no person %.*s", STR_ARG(login));
}

/* A text that was not given leaves the column alone. */
static struct value given(struct str text)
{
	return text.ptr ? v_str(text) : v_null();
}

enum status person_set(struct db *db, struct arena *mem, const struct reader *who,
		       const struct person_input *input)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id = 0, office = 0;
	struct reader now;
	bool by_administrator;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	by_administrator = allow(&now, ACT_ACCOUNTS, &ANYTHING);
	TRY(person_id_of(&id, db, input->login));
	if (!by_administrator && (id != who->person_id || who->reads_only || input->name.ptr ||
				  input->office_key.ptr || input->mail.ptr))
		return fail(ST_DENIED, "no right to change this person");
	if (input->name.ptr)
		TRY(check_line("name", input->name, NAME_MAX_POINTS));
	TRY(office_of(&office, db, input->office_key));
	TRY(db_exec(
		db,
		"UPDATE person SET name = coalesce($2, name), name_key = coalesce($3, name_key),"
		" office_id = CASE WHEN $4 = 1 THEN $5 ELSE office_id END,"
		" position = coalesce($6, position), languages = coalesce($7, languages),"
		" skills = coalesce($8, skills), phone = coalesce($9, phone),"
		" mail = coalesce($10, mail) WHERE id = $1",
		v_i64(id), given(input->name), given(input->name_key),
		v_i64(input->office_key.ptr != NULL), v_id(office), given(input->position),
		given(input->languages), given(input->skills), given(input->phone),
		given(input->mail)));
	if (input->name_key.ptr)
		TRY(complete_set_words(db, id, input->name_key));
	TRY(journal_person(db, mem, who, STR("person.set"), id, input->login));
	return tx_commit(&tx);
}

enum status person_set_state(struct db *db, struct arena *mem, const struct reader *who,
			     struct str login, enum person_state state)
{
	static const char *const actions[] = {"person.enable", "person.lock", "person.disable"};
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(person_id_of(&id, db, login));
	if (id == who->person_id)
		return fail(ST_DENIED, "nobody may change their own account's state");
	TRY(db_exec(db, "UPDATE person SET state = $2, failed_logins = 0 WHERE id = $1", v_i64(id),
		    v_i64(state)));
	if (state != PERSON_ACTIVE)
		TRY(session_end_all(db, id, NULL));
	if (state == PERSON_DISABLED)
		TRY(token_revoke_all(db, id));
	TRY(journal_person(db, mem, who, str_c(actions[state]), id, login));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

enum status person_set_duties(struct db *db, struct arena *mem, const struct reader *who,
			      struct str login, unsigned duties)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	if (!who->is_operator)
		return fail(ST_DENIED, "duties are given on the host's command line");
	if ((duties & DUTY_ACCOUNTS) && (duties & DUTY_SECURITY))
		return fail(ST_INVALID, "one account cannot hold both accounts and security");
	TRY(person_id_of(&id, db, login));
	TRY(db_exec(db, "UPDATE person SET duties = $2 WHERE id = $1", v_i64(id), v_i64(duties)));
	TRY(journal_person(db, mem, who, STR("person.duties"), id, login));
	TRY(access_changed(db));
	return tx_commit(&tx);
}

enum status person_set_password(struct db *db, struct arena *mem, const struct reader *who,
				struct str login, struct str password_hash)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(person_id_of(&id, db, login));
	if (!who->is_operator && id != who->person_id)
		return fail(ST_DENIED, "only the person or the operator sets a password");
	TRY(db_exec(db,
		    "UPDATE person SET password = $2, code_hash = NULL, code_expires_at = NULL,"
		    " failed_logins = 0, paused_until = 0 WHERE id = $1",
		    v_i64(id), v_str(password_hash)));
	TRY(session_end_all(db, id, NULL));
	TRY(journal_person(db, mem, who, STR("person.password"), id, login));
	return tx_commit(&tx);
}

enum status person_new_code(char out[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			    const struct reader *who, struct str login)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	struct digest hash;
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(person_id_of(&id, db, login));
	if (id == who->person_id)
		return fail(ST_DENIED, "nobody may reset their own password this way");
	secret_text(out);
	hash = digest_of(str_c(out));
	TRY(db_exec(db, "UPDATE person SET code_hash = $2, code_expires_at = $3 WHERE id = $1",
		    v_i64(id), v_digest(&hash), v_i64(clock_now() + CODE_SECONDS)));
	TRY(journal_person(db, mem, who, STR("person.code"), id, login));
	return tx_commit(&tx);
}

enum status person_end_sessions(struct db *db, struct arena *mem, const struct reader *who,
				struct str login)
{
	AUTO(tx) struct tx tx = {0};
	struct reader now;
	int64_t id = 0;

	TRY(tx_begin(&tx, db));
	TRY(reader_now(&now, db, mem, who));
	TRY(access_check(&now, ACT_ACCOUNTS, &ANYTHING));
	TRY(person_id_of(&id, db, login));
	if (id == who->person_id)
		return fail(ST_DENIED, "one's own sessions are ended in the settings");
	TRY(session_end_all(db, id, NULL));
	TRY(journal_person(db, mem, who, STR("person.sessions"), id, login));
	return tx_commit(&tx);
}

#define PERSON_COLUMNS                                                                             \
	"p.id, p.login, p.name, g.key, coalesce(o.key, ''), coalesce(o.name, ''), p.position,"     \
	" p.languages, p.skills, p.phone, p.mail, p.clearance, p.duties, p.state,"                 \
	" coalesce(p.expires_at, 0), p.created_at, coalesce(p.last_login_at, 0), p.password <> ''"
#define PERSON_FROM                                                                                \
	" FROM person p JOIN organisation g ON g.id = p.organisation_id"                           \
	" LEFT JOIN office o ON o.id = p.office_id "

static void person_read(struct rows *r, struct arena *mem, const struct reader *who,
			struct person *out)
{
	bool whole;

	out->id = row_i64(r);
	whole = out->id == who->person_id || allow(who, ACT_ACCOUNTS, &ANYTHING);
	out->login = row_str(r, mem);
	out->name = row_str(r, mem);
	out->organisation_key = row_str(r, mem);
	out->office_key = row_str(r, mem);
	out->office_name = row_str(r, mem);
	out->position = row_str(r, mem);
	out->languages = row_str(r, mem);
	out->skills = row_str(r, mem);
	out->phone = row_str(r, mem);
	out->mail = row_str(r, mem);
	out->clearance = (int)row_i64(r);
	out->duties = (unsigned)row_i64(r);
	out->state = (enum person_state)row_i64(r);
	out->expires_at = row_i64(r);
	out->created_at = row_i64(r);
	out->last_login_at = row_i64(r);
	out->has_password = row_i64(r) != 0;
	if (whole)
		return;
	out->clearance = 0;
	out->duties = 0;
	out->expires_at = out->created_at = out->last_login_at = 0;
	out->has_password = false;
	if (out->state == PERSON_LOCKED)
		out->state = PERSON_ACTIVE;
	if (out->state == PERSON_DISABLED)
		out->phone = out->mail = STR("");
}

enum status person_get(struct person *out, struct db *db, struct arena *mem,
		       const struct reader *who, struct str login)
{
	AUTO(rows) struct rows r = {0};

	TRY(db_rows(&r, db, "SELECT " PERSON_COLUMNS PERSON_FROM "WHERE p.login = $1",
		    v_str(login)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "there is no person %.*s", STR_ARG(login));
	}
	person_read(&r, mem, who, out);
	return rows_end(&r);
}

enum status person_list(struct person **out, size_t *count, struct db *db, struct arena *mem,
			const struct reader *who, struct str key, struct str after, size_t limit)
{
	AUTO(rows) struct rows r = {0};
	struct person *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT " PERSON_COLUMNS PERSON_FROM
		    "WHERE p.login > $1 AND ($2 = '' OR substr(p.login, 1, length($2)) = $2"
		    " OR substr(p.name_key, 1, length($2)) = $2"
		    " OR instr(p.name_key, ' ' || $2) > 0)"
		    " AND (p.state < 2 OR $3 = 1) ORDER BY p.login LIMIT $4",
		    v_str(after), v_str(key), v_i64(allow(who, ACT_ACCOUNTS, &ANYTHING)),
		    v_i64((int64_t)limit)));
	while (rows_next(&r))
		person_read(&r, mem, who, &list[(*count)++]);
	return rows_end(&r);
}

enum status person_set_interface(struct db *db, const struct reader *who, struct str lang,
				 struct str theme)
{
	if (who->reads_only)
		return fail(ST_DENIED, "the token only reads");
	return db_exec(db,
		       "UPDATE person SET lang = coalesce($2, lang), theme = coalesce($3, theme)"
		       " WHERE id = $1",
		       v_i64(who->person_id), given(lang), given(theme));
}

enum status person_set_editor(struct db *db, const struct reader *who, bool visual)
{
	if (who->reads_only)
		return fail(ST_DENIED, "the token only reads");
	return db_exec(db, "UPDATE person SET visual = $2 WHERE id = $1", v_i64(who->person_id),
		       v_i64(visual));
}

enum status person_set_ease(struct db *db, const struct reader *who, bool saves_data, bool no_keys)
{
	if (who->reads_only)
		return fail(ST_DENIED, "the token only reads");
	return db_exec(db, "UPDATE person SET saves_data = $2, no_keys = $3 WHERE id = $1",
		       v_i64(who->person_id), v_i64(saves_data), v_i64(no_keys));
}

enum status credentials_get(struct credentials *out, struct db *db, struct arena *mem,
			    struct str login)
{
	AUTO(rows) struct rows r = {0};

	*out = (struct credentials){0};
	TRY(db_rows(&r, db,
		    "SELECT id, password, name, code_hash, coalesce(code_expires_at, 0),"
		    " paused_until, failed_logins, state FROM person WHERE login = $1"
		    " AND (expires_at IS NULL OR expires_at > $2)",
		    v_str(login), v_i64(clock_now())));
	if (rows_next(&r)) {
		out->person_id = row_i64(&r);
		out->password_hash = row_str(&r, mem);
		out->name = row_str(&r, mem);
		out->has_code = row_digest(&r, &out->code_hash);
		out->code_expires_at = row_i64(&r);
		out->paused_until = row_i64(&r);
		out->failed = (int)row_i64(&r);
		out->state = (enum person_state)row_i64(&r);
	}
	return rows_end(&r);
}
