/* Completion of people and terms: who and what is offered, and to whom. */
#include "schema/complete.h"

#include "schema/group.h"
#include "schema/person.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static void add_person(const char *login, const char *name_key, const char *office)
{
	struct person_input input = {.login = str_c(login),
				     .name = str_c(name_key),
				     .name_key = str_c(name_key),
				     .office_key = str_c(office)};
	int64_t id;

	assert_int_equal(person_add(&id, kit.db, &kit.mem, &kit.op, &input), ST_OK);
}

static void add_office(const char *key, const char *name, const char *name_key)
{
	struct office office = {
		.key = str_c(key), .name = str_c(name), .name_key = str_c(name_key)};
	int64_t id;

	assert_int_equal(office_add(&id, kit.db, &kit.mem, &kit.op, &office), ST_OK);
}

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	add_office("london", "Embassy in London", "embassy in london");
	add_office("paris", "Embassy in Paris", "embassy in paris");
	add_person("staff", "olim saidov", "");
	add_person("d.karimova", "dilnoza karimova", "london");
	add_person("s.karimov", "sardor karimov", "paris");
	return 0;
}

static struct complete_key key_of(const char *words, bool whole)
{
	struct complete_key key = {.typed = str_c(words), .whole = whole};
	struct str rest = key.typed;

	while (rest.ptr && key.n_words < COMPLETE_WORDS)
		key.words[key.n_words++] = str_cut(&rest, ' ');
	return key;
}

/* The logins that are offered, joined by blanks. */
static struct str logins(const char *words, bool whole, bool office)
{
	AUTO(buf) struct buf out = {0};
	struct reader who = kit_reader(&kit, "staff");
	struct complete_key key = key_of(words, whole);
	struct complete_person *found;
	size_t count;

	if (office)
		assert_int_equal(complete_office(&found, &count, kit.db, &kit.mem, &who, &key, 3),
				 ST_OK);
	else
		assert_int_equal(complete_people(&found, &count, kit.db, &kit.mem, &who, &key, 3),
				 ST_OK);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%.*s", i ? " " : "", STR_ARG(found[i].login));
	return buf_keep(&out, &kit.mem);
}

static void test_any_word_of_a_name_may_be_begun(void **state)
{
	(void)state;
	assert_str(logins("kar", false, false), "s.karimov d.karimova");
	assert_str(logins("dil", false, false), "d.karimova");
	assert_str(logins("karim dil", false, false), "d.karimova");
	assert_str(logins("arim", false, false), "");
	assert_str(logins("", false, false), "");
}

static void test_the_office_narrows_and_names(void **state)
{
	(void)state;
	assert_str(logins("karim london", false, false), "d.karimova");
	assert_str(logins("london karim", false, false), "d.karimova");
	assert_str(logins("london", false, false), "");
	assert_str(logins("london", true, true), "d.karimova");
	assert_str(logins("embassy", true, true), "");
}

static void test_whole_words_may_lack_an_ending(void **state)
{
	(void)state;
	assert_str(logins("karimov", true, false), "s.karimov d.karimova");
	assert_str(logins("karimova", true, false), "d.karimova");
	assert_str(logins("kari", true, false), "");
	assert_str(logins("d.kar", false, false), "d.karimova");
	assert_str(logins("d.kar", true, false), "");
	assert_str(logins("d.karimova", true, false), "d.karimova");
}

static void test_a_new_name_takes_the_place_of_the_old(void **state)
{
	struct person_input input = {.login = STR("s.karimov"),
				     .name = STR("Sardor Toshev"),
				     .name_key = STR("sardor toshev")};

	(void)state;
	assert_int_equal(person_set(kit.db, &kit.mem, &kit.op, &input), ST_OK);
	assert_str(logins("kar", false, false), "d.karimova");
	assert_str(logins("tosh", false, false), "s.karimov");
}

static void test_the_disabled_are_not_offered(void **state)
{
	(void)state;
	assert_int_equal(
		person_set_state(kit.db, &kit.mem, &kit.op, STR("d.karimova"), PERSON_DISABLED),
		ST_OK);
	assert_str(logins("kar", false, false), "s.karimov");
	assert_str(logins("d.kar", false, false), "");
	assert_str(logins("london", true, true), "");
}

static void test_partners_are_offered_nobody(void **state)
{
	(void)state;
	assert_int_equal(db_exec(kit.db, "INSERT INTO organisation (key, name, home)"
					 " VALUES ('agency', 'Agency', 0)"),
			 ST_OK);
	assert_int_equal(db_exec(kit.db,
				 "UPDATE person SET organisation_id = (SELECT id FROM"
				 " organisation WHERE key = 'agency') WHERE login = 'staff'"),
			 ST_OK);
	assert_str(logins("kar", false, false), "");
	assert_str(logins("d.kar", false, false), "");
	assert_str(logins("london", true, true), "");
}

static void fold_loudly(struct buf *out, struct str name)
{
	buf_str_add(out, name);
	buf_c_add(out, " folded");
}

static void test_older_offices_are_folded_once(void **state)
{
	struct arena *mem = &kit.mem;

	(void)state;
	assert_int_equal(db_exec(kit.db, "UPDATE office SET name_key = '' WHERE key = 'paris'"),
			 ST_OK);
	for (int i = 0; i < 2; i++)
		assert_int_equal(complete_fold_offices(kit.db, mem, fold_loudly), ST_OK);
	assert_str(logins("folded", true, true), "s.karimov");
	assert_str(logins("folded folded", true, true), "s.karimov");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_any_word_of_a_name_may_be_begun, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_the_office_narrows_and_names, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_whole_words_may_lack_an_ending, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_a_new_name_takes_the_place_of_the_old, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_the_disabled_are_not_offered, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_partners_are_offered_nobody, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_older_offices_are_folded_once, set_up,
						kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
