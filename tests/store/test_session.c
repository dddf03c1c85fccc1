/* How long sessions and tokens hold, and what wrong passwords cost (security.md 4.4, 4.7, 4.8). */
#include "schema/session.h"

#include "schema/base/clock.h"
#include "schema/person.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	return 0;
}

static struct str start(int64_t person)
{
	char secret[SECRET_TEXT_LEN + 1];

	assert_int_equal(
		session_start(secret, kit.db, &kit.mem, person, STR("192.0.2.1"), STR("A browser")),
		ST_OK);
	return arena_str(&kit.mem, str_c(secret));
}

static bool holds(struct str secret)
{
	struct session session;

	return session_find(&session, kit.db, &kit.mem, secret) == ST_OK;
}

/* As if that much time had passed since it was begun and last used. */
static void age(struct str secret, int64_t begun, int64_t used)
{
	struct digest hash = digest_of(secret);
	int64_t now = clock_now();

	assert_int_equal(db_exec(kit.db,
				 "UPDATE session SET created_at = $2, seen_at = $3 WHERE hash = $1",
				 v_digest(&hash), v_i64(now - begun), v_i64(now - used)),
			 ST_OK);
}

static void test_sessions_end_by_themselves(void **state)
{
	int64_t plain = kit_person(&kit, "plain"), duty = kit_person(&kit, "duty");
	struct str mine, theirs;

	(void)state;
	assert_int_equal(person_set_duties(kit.db, &kit.mem, &kit.op, STR("duty"), DUTY_AUDIT),
			 ST_OK);
	mine = start(plain);
	theirs = start(duty);
	assert_true(holds(mine) && holds(theirs));
	age(mine, 3600, 14 * 60);
	age(theirs, 3600, 14 * 60);
	assert_true(holds(mine) && holds(theirs));
	age(mine, 3600, 16 * 60);
	age(theirs, 3600, 16 * 60);
	assert_true(holds(mine));
	assert_false(holds(theirs));
	age(mine, 3 * 3600, 2 * 3600 + 60);
	assert_false(holds(mine));
	mine = start(plain);
	age(mine, 12 * 3600 - 60, 0);
	assert_true(holds(mine));
	age(mine, 12 * 3600 + 60, 0);
	assert_false(holds(mine));
}

/* As if the clock had been set back by a day. */
static void set_clock_back(void)
{
	assert_int_equal(
		db_exec(kit.db, "UPDATE session SET created_at = created_at + 86400,"
				" seen_at = CASE WHEN seen_at = 0 THEN 0 ELSE seen_at + 86400 END"),
		ST_OK);
	assert_int_equal(
		db_exec(kit.db, "UPDATE person SET code_expires_at = code_expires_at + 86400"),
		ST_OK);
}

static bool has_code(const char *login)
{
	struct credentials c;

	assert_int_equal(credentials_get(&c, kit.db, &kit.mem, str_c(login)), ST_OK);
	return c.has_code;
}

static void test_what_is_over_is_not_revived(void **state)
{
	int64_t plain = kit_person(&kit, "idle"), duty = kit_person(&kit, "idle.duty");
	struct str old = start(plain), idle = start(plain), used = start(plain), theirs;
	char code[SECRET_TEXT_LEN + 1];

	(void)state;
	assert_int_equal(person_set_duties(kit.db, &kit.mem, &kit.op, STR("idle.duty"), DUTY_AUDIT),
			 ST_OK);
	theirs = start(duty);
	age(old, 12 * 3600 + 60, 0);
	age(idle, 3 * 3600, 2 * 3600 + 60);
	age(used, 3600, 16 * 60);
	age(theirs, 3600, 16 * 60);
	assert_int_equal(person_new_code(code, kit.db, &kit.mem, &kit.op, STR("idle")), ST_OK);
	assert_int_equal(login_end_over(kit.db), ST_OK);
	assert_true(has_code("idle"));
	assert_int_equal(db_exec(kit.db,
				 "UPDATE person SET code_expires_at = $1 WHERE login = 'idle'",
				 v_i64(clock_now())),
			 ST_OK);
	assert_int_equal(login_end_over(kit.db), ST_OK);
	assert_false(has_code("idle"));
	set_clock_back();
	assert_true(holds(used));
	assert_false(holds(old));
	assert_false(holds(idle));
	assert_false(holds(theirs));
}

static void test_eight_sessions_and_the_oldest_ends(void **state)
{
	int64_t person = kit_person(&kit, "busy");
	struct str secrets[SESSION_MOST + 1];

	(void)state;
	for (int i = 0; i < SESSION_MOST; i++) {
		secrets[i] = start(person);
		age(secrets[i], 1000 - i, 1000 - i);
	}
	for (int i = 0; i < SESSION_MOST; i++)
		assert_true(holds(secrets[i]));
	secrets[SESSION_MOST] = start(person);
	assert_false(holds(secrets[0]));
	for (int i = 1; i <= SESSION_MOST; i++)
		assert_true(holds(secrets[i]));
}

static void test_only_hashes_are_kept(void **state)
{
	struct str secret = start(kit_person(&kit, "kept"));
	int64_t found = 1;

	(void)state;
	assert_int_equal(db_i64(&found, kit.db,
				"SELECT count(*) FROM session WHERE hash = $1 OR agent = $2",
				v_blob(secret), v_str(secret)),
			 ST_OK);
	assert_int_equal(found, 0);
	assert_false(holds(str_head(secret, secret.len - 1)));
}

static void test_tokens_end(void **state)
{
	struct reader who;
	struct api_token token;
	char secret[SECRET_TEXT_LEN + 1];

	(void)state;
	kit_person(&kit, "script");
	who = kit_reader(&kit, "script");
	assert_int_equal(token_create(secret, kit.db, &kit.mem, &who, STR("script"), STR("t"), true,
				      TOKEN_DAYS_MAX + 1),
			 ST_INVALID);
	assert_int_equal(
		token_create(secret, kit.db, &kit.mem, &who, STR("admin"), STR("t"), true, 1),
		ST_DENIED);
	assert_int_equal(token_create(secret, kit.db, &kit.mem, &who, STR("script"), STR("t"),
				      false, TOKEN_DAYS_MAX),
			 ST_OK);
	assert_int_equal(token_find(&token, kit.db, &kit.mem, str_c(secret)), ST_OK);
	assert_false(token.writes);
	assert_int_equal(db_exec(kit.db, "UPDATE token SET expires_at = $1", v_i64(clock_now())),
			 ST_OK);
	assert_int_equal(token_find(&token, kit.db, &kit.mem, str_c(secret)), ST_NOT_FOUND);
}

static struct credentials fail_once(int64_t person)
{
	struct credentials c;

	assert_int_equal(login_failed(kit.db, &kit.mem, person, STR("victim"), STR("192.0.2.1")),
			 ST_OK);
	assert_int_equal(credentials_get(&c, kit.db, &kit.mem, STR("victim")), ST_OK);
	return c;
}

/* Five, then a pause that doubles to a quarter of an hour; a hundred in a row lock the account. */
static void test_wrong_passwords_pause_and_then_lock(void **state)
{
	int64_t person = kit_person(&kit, "victim"), now = clock_now();
	struct credentials c = {0};

	(void)state;
	for (int i = 1; i < 5; i++)
		c = fail_once(person);
	assert_true(c.paused_until <= clock_now());
	c = fail_once(person);
	assert_in_range(c.paused_until, now + 60, clock_now() + 60);
	assert_true(login_is_paused(c.paused_until));
	assert_false(login_is_paused(c.paused_until + 86400)); /* a clock that was a day ahead */
	c = fail_once(person);
	assert_in_range(c.paused_until, now + 120, clock_now() + 120);
	while (c.failed < 99)
		c = fail_once(person);
	assert_in_range(c.paused_until, now + 900, clock_now() + 900);
	assert_int_equal(c.state, PERSON_ACTIVE);
	(void)start(person); /* the right password, after the pause */
	assert_int_equal(credentials_get(&c, kit.db, &kit.mem, STR("victim")), ST_OK);
	assert_int_equal(c.failed, 0);
	assert_int_equal(c.paused_until, 0);
	while (c.failed < 99)
		c = fail_once(person);
	assert_int_equal(c.state, PERSON_ACTIVE);
	assert_int_equal(fail_once(person).state, PERSON_LOCKED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sessions_end_by_themselves),
		cmocka_unit_test(test_what_is_over_is_not_revived),
		cmocka_unit_test(test_eight_sessions_and_the_oldest_ends),
		cmocka_unit_test(test_only_hashes_are_kept),
		cmocka_unit_test(test_tokens_end),
		cmocka_unit_test(test_wrong_passwords_pause_and_then_lock),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
