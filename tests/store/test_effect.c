/* What a change of rights would do: counted exactly, undone wholly, and only for who may do it. */
#include "schema/effect.h"

#include <unistd.h>

#include "schema/group.h"
#include "schema/migrate.h"
#include "schema/session.h"
#include "tests/support/check.h"

enum { PEOPLE = 6 };

static struct db *db;
static struct arena mem;
static struct reader operator;
static char path[] = "/tmp/devon-effect-XXXXXX";

static struct str name_of(char kind, int number)
{
	return arena_printf(&mem, "%c-%d", kind, number);
}

static void join(const char *group, int person, bool member)
{
	assert_int_equal(
		group_set_member(db, &mem, &operator, str_c(group), name_of('p', person), member),
		ST_OK);
}

/* Six people p-0 ... p-5; the space "legal"; the groups "clerks" and "chiefs". */
static int set_up(void **state)
{
	int applied, fd = mkstemp(path);
	int64_t id;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	arena_init(&mem);
	assert_int_equal(secret_init(), ST_OK);
	assert_int_equal(db_open(&db, path, DB_WRITE), ST_OK);
	assert_int_equal(migrate(db, false, &applied), ST_OK);
	assert_int_equal(reader_operator(&operator, db, &mem), ST_OK);
	for (int i = 0; i < PEOPLE; i++) {
		struct person_input input = {.login = name_of('p', i), .name_key = STR("p")};

		assert_int_equal(person_add(&id, db, &mem, &operator, & input), ST_OK);
	}
	assert_int_equal(group_add(&id, db, &mem, &operator, STR("clerks"), STR("Clerks")), ST_OK);
	assert_int_equal(group_add(&id, db, &mem, &operator, STR("chiefs"), STR("Chiefs")), ST_OK);
	assert_int_equal(
		space_add(&id, db, &mem, &operator, &(struct space_input){.key = STR("legal")}),
		ST_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(db);
	arena_release(&mem);
	unlink(path);
	memcpy(path + strlen(path) - 6, "XXXXXX", 6);
	return 0;
}

static struct effect grant_effect(const char *group, enum level level)
{
	struct effect effect;

	assert_int_equal(
		effect_of_grant(&effect, db, &mem, &operator, STR("legal"), str_c(group), level),
		ST_OK);
	return effect;
}

static void test_effect_counts_people_and_not_memberships(void **state)
{
	struct effect effect;

	(void)state;
	for (int i = 0; i < 4; i++)
		join("clerks", i, true);
	join("chiefs", 0, true);
	join("chiefs", 5, true);
	assert_int_equal(space_grant(db, &mem, &operator, STR("legal"), STR("chiefs"), LEVEL_WRITE),
			 ST_OK);
	/* p-0 writes already; a disabled person gains nothing. */
	assert_int_equal(person_set_state(db, &mem, &operator, STR("p-3"), PERSON_DISABLED), ST_OK);
	effect = grant_effect("clerks", LEVEL_READ);
	assert_int_equal(effect.gain[LEVEL_READ], 2);
	assert_int_equal(effect.gain[LEVEL_WRITE], 0);
	assert_int_equal(effect.lose[LEVEL_NONE], 0);
	effect = grant_effect("chiefs", LEVEL_READ);
	assert_int_equal(effect.lose[LEVEL_READ], 2);
	effect = grant_effect("chiefs", LEVEL_NONE);
	assert_int_equal(effect.lose[LEVEL_NONE], 2);
}

static void test_effect_changes_nothing(void **state)
{
	int64_t before = 0, after = 0, version = 0, now = 0, grants = 0;

	(void)state;
	join("clerks", 1, true);
	assert_int_equal(db_i64(&before, db, "SELECT count(*) FROM journal"), ST_OK);
	assert_int_equal(access_version(&version, db), ST_OK);
	(void)grant_effect("clerks", LEVEL_MANAGE);
	assert_int_equal(db_i64(&after, db, "SELECT count(*) FROM journal"), ST_OK);
	assert_int_equal(db_i64(&grants, db, "SELECT count(*) FROM space_grant"), ST_OK);
	assert_int_equal(access_version(&now, db), ST_OK);
	assert_int_equal(after, before);
	assert_int_equal(now, version);
	assert_int_equal(grants, 0);
}

static void test_effect_shows_a_space_left_without_managers(void **state)
{
	struct effect effect;

	(void)state;
	effect = grant_effect("chiefs", LEVEL_NONE);
	assert_false(effect_orphans(&effect)); /* nobody managed it before either */
	join("chiefs", 0, true);
	assert_int_equal(
		space_grant(db, &mem, &operator, STR("legal"), STR("chiefs"), LEVEL_MANAGE), ST_OK);
	effect = grant_effect("chiefs", LEVEL_WRITE);
	assert_true(effect_orphans(&effect));
}

static void test_effect_of_member_names_the_spaces(void **state)
{
	struct person_effect effect;

	(void)state;
	assert_int_equal(space_grant(db, &mem, &operator, STR("legal"), STR("clerks"), LEVEL_WRITE),
			 ST_OK);
	assert_int_equal(
		effect_of_member(&effect, db, &mem, &operator, STR("clerks"), STR("p-2"), true),
		ST_OK);
	assert_int_equal(effect.n_spaces, 1);
	assert_str(effect.spaces[0].space_key, "legal");
	assert_int_equal(effect.spaces[0].before, LEVEL_NONE);
	assert_int_equal(effect.spaces[0].after, LEVEL_WRITE);
	join("clerks", 2, true);
	assert_int_equal(
		effect_of_member(&effect, db, &mem, &operator, STR("clerks"), STR("p-2"), false),
		ST_OK);
	assert_int_equal(effect.spaces[0].before, LEVEL_WRITE);
	assert_int_equal(effect.spaces[0].after, LEVEL_NONE);
}

static void test_effect_of_disabling_counts_what_ends(void **state)
{
	struct person_effect effect;
	char secret[SECRET_TEXT_LEN + 1];
	int64_t id = 0;

	(void)state;
	join("clerks", 4, true);
	assert_int_equal(space_grant(db, &mem, &operator, STR("legal"), STR("clerks"), LEVEL_READ),
			 ST_OK);
	assert_int_equal(db_i64(&id, db, "SELECT id FROM person WHERE login = 'p-4'"), ST_OK);
	assert_int_equal(session_start(secret, db, &mem, id, STR("x"), STR("y")), ST_OK);
	assert_int_equal(session_start(secret, db, &mem, id, STR("x"), STR("y")), ST_OK);
	assert_int_equal(token_create(secret, db, &mem, &operator, STR("p-4"), STR("t"), false, 1),
			 ST_OK);
	assert_int_equal(effect_of_state(&effect, db, &mem, &operator, STR("p-4"), PERSON_DISABLED),
			 ST_OK);
	assert_int_equal(effect.sessions, 2);
	assert_int_equal(effect.tokens, 1);
	assert_int_equal(effect.n_spaces, 1);
	assert_int_equal(effect.spaces[0].after, LEVEL_NONE);
}

static void test_effect_of_ending_sessions_ends_none(void **state)
{
	struct person_effect effect;
	char secret[SECRET_TEXT_LEN + 1];
	struct session session;
	int64_t id = 0;

	(void)state;
	assert_int_equal(db_i64(&id, db, "SELECT id FROM person WHERE login = 'p-1'"), ST_OK);
	assert_int_equal(session_start(secret, db, &mem, id, STR("x"), STR("y")), ST_OK);
	assert_int_equal(effect_of_sessions(&effect, db, &mem, &operator, STR("p-1")), ST_OK);
	assert_int_equal(effect.sessions, 1);
	assert_int_equal(effect.tokens, 0);
	assert_int_equal(effect.n_spaces, 0);
	assert_int_equal(session_find(&session, db, &mem, str_c(secret)), ST_OK);
}

static void test_effect_is_refused_to_who_may_not_do_it(void **state)
{
	struct reader who;
	struct effect effect;
	struct person_effect person;

	(void)state;
	assert_int_equal(reader_by_login(&who, db, &mem, STR("p-1")), ST_OK);
	assert_int_equal(
		effect_of_grant(&effect, db, &mem, &who, STR("legal"), STR("clerks"), LEVEL_READ),
		ST_NOT_FOUND);
	assert_int_equal(effect_of_member(&person, db, &mem, &who, STR("clerks"), STR("p-1"), true),
			 ST_NOT_FOUND);
	assert_int_equal(effect_of_state(&person, db, &mem, &who, STR("p-2"), PERSON_DISABLED),
			 ST_NOT_FOUND);
	assert_int_equal(effect_of_sessions(&person, db, &mem, &who, STR("p-2")), ST_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_effect_counts_people_and_not_memberships),
		TEST(test_effect_changes_nothing),
		TEST(test_effect_shows_a_space_left_without_managers),
		TEST(test_effect_of_member_names_the_spaces),
		TEST(test_effect_of_disabling_counts_what_ends),
		TEST(test_effect_of_ending_sessions_ends_none),
		TEST(test_effect_is_refused_to_who_may_not_do_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
