/* Sessions of browsers and tokens of scripts. */
#include "schema/session.h"

#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/journal.h"

enum {
	LIST_MAX = 200,
	ENDED_MAX = 4000,
	PAUSE_AFTER = 5,
	PAUSE_SECONDS = 60,
	PAUSE_MAX = 15 * 60,
	LOCK_AFTER = 100
};

static enum status journal_session(struct db *db, int64_t person_id, const struct digest *hash,
				   struct str address, struct str action, struct str outcome,
				   struct str detail)
{
	char prefix[9] = "";
	struct reader actor = {.person_id = person_id, .address = address};

	if (hash)
		secret_hex(prefix, hash->bytes, 4);
	actor.session = str_c(prefix);
	return journal_add(db, &actor,
			   &(struct journal_entry){.action = action,
						   .outcome = outcome,
						   .object_type = STR("session"),
						   .object_id = person_id,
						   .detail = detail});
}

enum status session_start(char secret[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			  int64_t person_id, struct str address, struct str agent)
{
	AUTO(tx) struct tx tx = {0};
	int64_t now = clock_now();
	struct digest hash;

	(void)mem;
	secret_text(secret);
	hash = digest_of(str_c(secret));
	TRY(tx_begin(&tx, db));
	TRY(db_exec(db, "DELETE FROM session WHERE created_at < $1", v_i64(now - SESSION_KEPT)));
	TRY(db_exec(
		db,
		"UPDATE session SET seen_at = 0, flash = '' WHERE person_id = $1 AND hash NOT IN"
		" (SELECT hash FROM session WHERE person_id = $1 ORDER BY seen_at DESC, hash"
		" LIMIT $2)",
		v_i64(person_id), v_i64(SESSION_MOST - 1)));
	TRY(db_exec(db,
		    "INSERT INTO session (hash, person_id, created_at, seen_at, proved_at, address,"
		    " agent) VALUES ($1, $2, $3, $3, $3, $4, $5)",
		    v_digest(&hash), v_i64(person_id), v_i64(now), v_str(address),
		    v_str(utf8_head(agent, 200))));
	TRY(db_exec(db,
		    "UPDATE person SET last_login_at = $2, failed_logins = 0, paused_until = 0"
		    " WHERE id = $1",
		    v_i64(person_id), v_i64(now)));
	TRY(journal_session(db, person_id, &hash, address, STR("session.start"), STR("ok"),
			    STR_NONE));
	return tx_commit(&tx);
}

static void session_read(struct rows *r, struct arena *mem, struct session *out)
{
	(void)row_digest(r, &out->hash);
	out->person_id = row_i64(r);
	out->created_at = row_i64(r);
	out->seen_at = row_i64(r);
	out->proved_at = row_i64(r);
	out->address = row_str(r, mem);
	out->agent = row_str(r, mem);
	out->flash = row_str(r, mem);
}

enum status session_find(struct session *out, struct db *db, struct arena *mem, struct str secret)
{
	AUTO(rows) struct rows r = {0};
	struct digest hash = digest_of(secret);
	int64_t now = clock_now();

	TRY(db_rows(&r, db,
		    "SELECT s.hash, s.person_id, s.created_at, s.seen_at, s.proved_at, s.address,"
		    " s.agent, s.flash FROM session s JOIN person p ON p.id = s.person_id"
		    " WHERE s.hash = $1 AND s.created_at > $2 AND s.created_at <= $5 + 86400"
		    " AND s.seen_at > CASE WHEN p.duties = 0 THEN $3 ELSE $4 END",
		    v_digest(&hash), v_i64(now - SESSION_ABSOLUTE), v_i64(now - SESSION_IDLE),
		    v_i64(now - SESSION_IDLE_DUTY), v_i64(now)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "no such session");
	}
	session_read(&r, mem, out);
	return rows_end(&r);
}

enum status session_touch(struct db *db, const struct digest *hash)
{
	return db_exec(
		db,
		"UPDATE session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2 AND seen_at > 0",
		v_digest(hash), v_i64(clock_now()));
}

enum status session_set_flash(struct db *db, const struct digest *hash, struct str message)
{
	return db_exec(db, "UPDATE session SET flash = $2 WHERE hash = $1", v_digest(hash),
		       v_str(utf8_head(message, 400)));
}

enum status session_end(struct db *db, const struct reader *who, const struct digest *hash)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	TRY(db_exec(db,
		    "UPDATE session SET seen_at = 0, flash = '' WHERE hash = $1 AND person_id = $2"
		    " AND seen_at > 0",
		    v_digest(hash), v_i64(who->person_id)));
	if (db_changed(db) == 0)
		return fail(ST_NOT_FOUND, "no such session");
	TRY(journal_session(db, who->person_id, hash, who->address, STR("session.end"), STR("ok"),
			    STR_NONE));
	return tx_commit(&tx);
}

enum status session_end_all(struct db *db, int64_t person_id, const struct digest *keep)
{
	return db_exec(db,
		       "UPDATE session SET seen_at = 0, flash = '' WHERE person_id = $1"
		       " AND ($2 IS NULL OR hash <> $2)",
		       v_i64(person_id), keep ? v_digest(keep) : v_null());
}

enum status session_recent(struct session **out, size_t *count, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	struct session *list = arena_array(mem, ENDED_MAX, sizeof(*list));
	int64_t now = clock_now();

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT hash, person_id, created_at, seen_at, proved_at, address, agent, flash"
		    " FROM session WHERE created_at > $1 ORDER BY created_at DESC LIMIT $2",
		    v_i64(now - SESSION_KEPT), v_i64(ENDED_MAX)));
	while (rows_next(&r))
		session_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status session_list(struct session **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct session *list = arena_array(mem, LIST_MAX, sizeof(*list));
	int64_t now = clock_now();

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT hash, person_id, created_at, seen_at, proved_at, address, agent, flash"
		    " FROM session WHERE person_id = $1 AND created_at > $2 AND seen_at > $3"
		    " ORDER BY seen_at DESC, hash LIMIT $4",
		    v_i64(who->person_id), v_i64(now - SESSION_ABSOLUTE), v_i64(now - SESSION_IDLE),
		    v_i64(LIST_MAX)));
	while (rows_next(&r))
		session_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

/* Seconds to wait after this many wrong passwords in a row; 0 for none. */
static int64_t pause_after(int64_t failed)
{
	int64_t seconds = PAUSE_SECONDS;

	if (failed < PAUSE_AFTER)
		return 0;
	for (int64_t i = PAUSE_AFTER; i < failed && seconds < PAUSE_MAX; i++)
		seconds *= 2;
	return seconds < PAUSE_MAX ? seconds : PAUSE_MAX;
}

bool login_is_paused(int64_t paused_until)
{
	int64_t left = paused_until - clock_now();

	return left > 0 && left <= PAUSE_MAX;
}

enum status login_end_over(struct db *db)
{
	AUTO(tx) struct tx tx = {0};
	int64_t now = clock_now();

	TRY(tx_begin(&tx, db));
	TRY(db_exec(db,
		    "UPDATE session SET seen_at = 0, flash = '' WHERE seen_at > 0"
		    " AND (created_at <= $1 OR seen_at <= CASE WHEN (SELECT p.duties FROM person p"
		    " WHERE p.id = session.person_id) = 0 THEN $2 ELSE $3 END)",
		    v_i64(now - SESSION_ABSOLUTE), v_i64(now - SESSION_IDLE),
		    v_i64(now - SESSION_IDLE_DUTY)));
	TRY(db_exec(db,
		    "UPDATE person SET code_hash = NULL, code_expires_at = NULL"
		    " WHERE code_expires_at <= $1",
		    v_i64(now)));
	return tx_commit(&tx);
}

enum status login_failed(struct db *db, struct arena *mem, int64_t person_id, struct str login,
			 struct str address)
{
	static const char *const names[] = {"login"};
	AUTO(tx) struct tx tx = {0};
	int64_t failed = 0;

	TRY(tx_begin(&tx, db));
	if (person_id) {
		TRY(db_i64(&failed, db, "SELECT failed_logins + 1 FROM person WHERE id = $1",
			   v_i64(person_id)));
		TRY(db_exec(db,
			    "UPDATE person SET failed_logins = $2, paused_until = $3,"
			    " state = CASE WHEN $2 >= $4 AND state = 0 THEN 1 ELSE state END"
			    " WHERE id = $1",
			    v_i64(person_id), v_i64(failed),
			    v_i64(clock_now() + pause_after(failed)), v_i64(LOCK_AFTER)));
	}
	if (failed == LOCK_AFTER)
		TRY(access_changed(db));
	TRY(journal_session(db, 0, NULL, address, STR("session.start"), STR("refused"),
			    journal_detail(mem, names, &login, 1)));
	return tx_commit(&tx);
}

enum status login_rehash(struct db *db, int64_t person_id, struct str password_hash)
{
	return db_exec(db,
		       "UPDATE person SET password = $2, code_hash = NULL, code_expires_at = NULL"
		       " WHERE id = $1",
		       v_i64(person_id), v_str(password_hash));
}

static enum status journal_token(struct db *db, struct arena *mem, const struct reader *who,
				 struct str action, int64_t id, struct str login)
{
	static const char *const names[] = {"login"};

	return journal_add(
		db, who,
		&(struct journal_entry){.action = action,
					.object_type = STR("token"),
					.object_id = id,
					.detail = journal_detail(mem, names, &login, 1)});
}

enum status token_create(char secret[SECRET_TEXT_LEN + 1], struct db *db, struct arena *mem,
			 const struct reader *who, struct str login, struct str name, bool writes,
			 int days)
{
	AUTO(tx) struct tx tx = {0};
	int64_t person = 0, now = clock_now();
	struct digest hash;

	if (days < 1 || days > TOKEN_DAYS_MAX)
		return fail(ST_INVALID, "a token lasts 1 to %d days", TOKEN_DAYS_MAX);
	if (name.len && text_line_fault(name) != TEXT_FINE)
		return fail_whole("name", ST_INVALID, text_fault_words(text_line_fault(name)));
	if (!who->is_operator && (who->reads_only || !str_eq(login, who->login)))
		return fail(ST_DENIED, "a token is made by its owner");
	secret_text(secret);
	hash = digest_of(str_c(secret));
	TRY(tx_begin(&tx, db));
	TRY(db_find_id(&person, db, "SELECT id FROM person WHERE login = $1 AND state = 0",
		       v_str(login)));
	if (!person)
		return fail(ST_NOT_FOUND, "there is no active person %.*s", STR_ARG(login));
	TRY(db_exec(db,
		    "INSERT INTO token (hash, person_id, name, writes, created_at, expires_at)"
		    " VALUES ($1, $2, $3, $4, $5, $6)",
		    v_digest(&hash), v_i64(person), v_str(utf8_head(name, 200)), v_i64(writes),
		    v_i64(now), v_i64(now + (int64_t)days * 86400)));
	TRY(journal_token(db, mem, who, STR("token.create"), db_last_id(db), login));
	return tx_commit(&tx);
}

static void token_read(struct rows *r, struct arena *mem, struct api_token *out)
{
	out->id = row_i64(r);
	out->person_id = row_i64(r);
	out->name = row_str(r, mem);
	out->writes = row_i64(r) != 0;
	out->created_at = row_i64(r);
	out->expires_at = row_i64(r);
}

enum status token_find(struct api_token *out, struct db *db, struct arena *mem, struct str secret)
{
	AUTO(rows) struct rows r = {0};
	struct digest hash = digest_of(secret);

	TRY(db_rows(&r, db,
		    "SELECT id, person_id, name, writes, created_at, expires_at FROM token"
		    " WHERE hash = $1 AND revoked_at IS NULL AND expires_at > $2",
		    v_digest(&hash), v_i64(clock_now())));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(ST_NOT_FOUND, "no such token");
	}
	token_read(&r, mem, out);
	return rows_end(&r);
}

enum status token_list(struct api_token **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who)
{
	AUTO(rows) struct rows r = {0};
	struct api_token *list = arena_array(mem, LIST_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT id, person_id, name, writes, created_at, expires_at FROM token"
		    " WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2"
		    " ORDER BY id DESC LIMIT $3",
		    v_i64(who->person_id), v_i64(clock_now()), v_i64(LIST_MAX)));
	while (rows_next(&r))
		token_read(&r, mem, &list[(*count)++]);
	return rows_end(&r);
}

enum status token_revoke(struct db *db, struct arena *mem, const struct reader *who, int64_t id)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, db));
	TRY(db_exec(db,
		    "UPDATE token SET revoked_at = $3 WHERE id = $1 AND person_id = $2"
		    " AND revoked_at IS NULL",
		    v_i64(id), v_i64(who->person_id), v_i64(clock_now())));
	if (db_changed(db) == 0)
		return fail(ST_NOT_FOUND, "no such token");
	TRY(journal_token(db, mem, who, STR("token.revoke"), id, who->login));
	return tx_commit(&tx);
}

enum status token_revoke_all(struct db *db, int64_t person_id)
{
	return db_exec(
		db, "UPDATE token SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL",
		v_i64(person_id), v_i64(clock_now()));
}
