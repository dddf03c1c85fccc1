/* Searches on their way into the log: their marks, and that each is written once. */
#include "server/searched.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static const unsigned char KEY[SECRET_LEN] = "a key of this installation only";
static const unsigned char OTHER[SECRET_LEN] = "a key of another installation..";

static struct str mark(struct arena *mem, int64_t person, const char *query, const char *space)
{
	return searched_mark(mem, KEY, person, str_c(query), str_c(space));
}

static void test_a_mark_is_of_person_words_and_space(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str one = mark(&mem, 1, "visa", "open");

	(void)state;
	assert_true(searched_is_mark(one));
	assert_true(str_eq(one, mark(&mem, 1, "visa", "open")));
	assert_false(str_eq(one, mark(&mem, 2, "visa", "open")));
	assert_false(str_eq(one, mark(&mem, 1, "visas", "open")));
	assert_false(str_eq(one, mark(&mem, 1, "visa", "")));
	assert_false(str_eq(mark(&mem, 1, "visa open", ""), mark(&mem, 1, "visa", "open ")));
	assert_false(str_eq(one, searched_mark(&mem, OTHER, 1, STR("visa"), STR("open"))));
	assert_true(str_search(one, STR("visa")) < 0);
}

static void test_what_is_no_mark_is_known(void **state)
{
	(void)state;
	assert_false(searched_is_mark(STR("")));
	assert_false(searched_is_mark(STR("abcdefghijklmno")));
	assert_false(searched_is_mark(STR("abcdefghijklmno!")));
	assert_false(searched_is_mark(STR("abcdefghijklmnopq")));
}

static int64_t searches(struct kit *kit)
{
	int64_t n = 0;

	assert_int_equal(db_i64(&n, kit->db, "SELECT count(*) FROM search_log"), ST_OK);
	return n;
}

static void add(struct searched *s, struct kit *kit, int64_t person, int i, bool *enough)
{
	char words[32];
	struct search_note note;

	(void)snprintf(words, sizeof(words), "query %d", i);
	note = (struct search_note){.at = 1800000000,
				    .person_id = person,
				    .mark = mark(&kit->mem, person, words, ""),
				    .query = str_c(words),
				    .key = str_c(words),
				    .asked = STR("")};
	*enough = searched_add(s, &note);
	memset(words, 'x', sizeof(words)); /* it has been copied */
}

static void test_each_is_written_once(void **state)
{
	struct searched *s = searched_new();
	struct kit kit;
	int64_t person, queries = 0;
	bool enough;

	(void)state;
	kit_open(&kit);
	person = kit_person(&kit, "anna");
	for (int i = 1; i <= SEARCHED_BATCH; i++) {
		add(s, &kit, person, i, &enough);
		assert_int_equal(enough, i == SEARCHED_BATCH);
	}
	assert_int_equal(searched_write(s, kit.db), ST_OK);
	assert_int_equal(searches(&kit), SEARCHED_BATCH);
	assert_int_equal(searched_write(s, kit.db), ST_OK);
	assert_int_equal(searches(&kit), SEARCHED_BATCH);
	assert_int_equal(db_i64(&queries, kit.db,
				"SELECT count(DISTINCT query) FROM search_log"
				" WHERE substr(query, 1, 6) = 'query '"),
			 ST_OK);
	assert_int_equal(queries, SEARCHED_BATCH);
	kit_close(&kit);
	searched_free(s);
}

static void test_what_waits_is_bounded(void **state)
{
	struct searched *s = searched_new();
	struct kit kit;
	int64_t person;
	bool enough;

	(void)state;
	kit_open(&kit);
	person = kit_person(&kit, "anna");
	for (int i = 0; i < SEARCHED_MOST + 10; i++)
		add(s, &kit, person, i, &enough);
	assert_int_equal(searched_write(s, kit.db), ST_OK);
	assert_int_equal(searches(&kit), SEARCHED_MOST);
	kit_close(&kit);
	searched_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_mark_is_of_person_words_and_space),
		cmocka_unit_test(test_what_is_no_mark_is_known),
		cmocka_unit_test(test_each_is_written_once),
		cmocka_unit_test(test_what_waits_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
