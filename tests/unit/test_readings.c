/* Counting the different articles of a day. */
#include "server/readings.h"

#include "tests/support/check.h"

enum { DAY = 86400, LIMIT = 100 };

static void test_only_different_articles_count(void **state)
{
	struct readings *r = readings_new(LIMIT);

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int64_t id = 1; id < LIMIT; id++)
			assert_false(readings_add(r, 7, id, 5));
	}
	assert_true(readings_add(r, 7, LIMIT, 5));
	assert_false(readings_add(r, 7, LIMIT, 5));
	assert_true(readings_add(r, 7, LIMIT + 1, 5)); /* as long as nobody was told */
	readings_free(r);
}

static void test_each_person_and_each_day_for_itself(void **state)
{
	struct readings *r = readings_new(LIMIT);

	(void)state;
	for (int64_t id = 1; id < LIMIT; id++) {
		assert_false(readings_add(r, 7, id, DAY - 1));
		assert_false(readings_add(r, 8, id, DAY - 1));
	}
	assert_false(readings_add(r, 7, LIMIT, DAY));
	for (int64_t id = 1; id < LIMIT - 1; id++)
		assert_false(readings_add(r, 7, id, DAY));
	assert_true(readings_add(r, 7, LIMIT - 1, DAY));
	readings_free(r);
}

static void test_told_once(void **state)
{
	struct readings *r = readings_new(2);

	(void)state;
	assert_false(readings_add(r, 7, 1, 0));
	assert_true(readings_add(r, 7, 2, 0));
	readings_told(r, 7);
	for (int64_t id = 3; id < 50; id++)
		assert_false(readings_add(r, 7, id, 0));
	assert_false(readings_add(r, 7, 1, DAY));
	assert_true(readings_add(r, 7, 2, DAY));
	readings_free(r);
}

/* However many others come, the one who reads on is not forgotten. */
static void test_a_crowd_pushes_out_who_read_least(void **state)
{
	struct readings *r = readings_new(LIMIT);
	int64_t others = 1000;

	(void)state;
	for (int64_t id = 1; id < LIMIT; id++) {
		assert_false(readings_add(r, 7, id, 0));
		for (int i = 0; i < 1000; i++)
			assert_false(readings_add(r, ++others, 1, 0));
	}
	assert_true(readings_add(r, 7, LIMIT, 0));
	readings_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_different_articles_count),
		cmocka_unit_test(test_each_person_and_each_day_for_itself),
		cmocka_unit_test(test_told_once),
		cmocka_unit_test(test_a_crowd_pushes_out_who_read_least),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
