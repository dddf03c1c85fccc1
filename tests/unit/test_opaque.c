/* Numbers that leave the server enciphered. */
#include "tests/support/check.h"

#include "server/opaque.h"

static const unsigned char KEY[SECRET_LEN] = {1, 2, 3}, OTHER[SECRET_LEN] = {3, 2, 1};

static void test_opaque_comes_back(void **state)
{
	AUTO(arena) struct arena mem = {0};
	const int64_t numbers[] = {0, 1, 2, 255, 256, INT64_MAX, -1};

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		int64_t back = 77;

		assert_true(opaque_read(&back, KEY, "change",
					opaque_write(&mem, KEY, "change", numbers[i])));
		assert_true(back == numbers[i]);
	}
}

static void test_opaque_is_the_same_each_time(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_true(
		str_eq(opaque_write(&mem, KEY, "change", 5), opaque_write(&mem, KEY, "change", 5)));
}

/* Neighbours share nothing that could be counted. */
static void test_opaque_hides_order(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str one = opaque_write(&mem, KEY, "change", 1000);
	struct str two = opaque_write(&mem, KEY, "change", 1001);
	size_t same = 0;

	(void)state;
	assert_int_equal(one.len, 22);
	for (size_t i = 0; i < one.len; i++)
		same += one.ptr[i] == two.ptr[i];
	assert_true(same < 8);
}

static void test_opaque_refuses_what_it_did_not_make(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str text = opaque_write(&mem, KEY, "change", 5);
	int64_t back = 77;

	(void)state;
	assert_false(opaque_read(&back, OTHER, "change", text));
	assert_false(opaque_read(&back, KEY, "audience", text));
	assert_false(opaque_read(&back, KEY, "change", str_head(text, 21)));
	assert_false(opaque_read(&back, KEY, "change", STR("5")));
	assert_false(opaque_read(&back, KEY, "change", STR_NONE));
	for (size_t i = 0; i < text.len - 1; i++) {
		char *bent = arena_c(&mem, text);

		bent[i] = bent[i] == 'A' ? 'B' : 'A';
		assert_false(opaque_read(&back, KEY, "change", str_c(bent)));
	}
	assert_true(back == 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opaque_comes_back),
		cmocka_unit_test(test_opaque_is_the_same_each_time),
		cmocka_unit_test(test_opaque_hides_order),
		cmocka_unit_test(test_opaque_refuses_what_it_did_not_make),
	};

	if (secret_init() != ST_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
