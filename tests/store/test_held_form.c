/* Forms whose session had ended: whose they are, what is left out of them, when they are forgotten. */
#include "schema/held_form.h"

#include "schema/base/clock.h"
#include "schema/session.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct reader writer, other;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer other");
	writer = kit_reader(&kit, "writer");
	other = kit_reader(&kit, "other");
	return 0;
}

static enum status put(char id[PUBLIC_ID_LEN + 1], struct str body)
{
	return held_form_put(id, kit.db, &kit.mem, writer.person_id, STR("/settings/profile"),
			     body);
}

static enum status get(struct held_form *out, const struct reader *who, const char *id)
{
	return held_form_get(out, kit.db, &kit.mem, who, str_c(id));
}

static int64_t count(void)
{
	int64_t n;

	assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM held_form"), ST_OK);
	return n;
}

static void test_the_token_is_not_kept(void **state)
{
	static const char *const bodies[][2] = {
		{"csrf=SECRET&phone=1&skills=a%26b", "phone=1&skills=a%26b"},
		{"phone=1&csrf=SECRET", "phone=1"},
		{"csrf=SECRET", ""},
		{"phone=&csrfx=1", "phone=&csrfx=1"},
	};
	char id[PUBLIC_ID_LEN + 1];
	struct held_form form;

	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		assert_int_equal(put(id, str_c(bodies[i][0])), ST_OK);
		assert_int_equal(get(&form, &writer, id), ST_OK);
		assert_str(form.body, bodies[i][1]);
		assert_str(form.target, "/settings/profile");
	}
}

static void test_nobody_else_has_it(void **state)
{
	char id[PUBLIC_ID_LEN + 1];
	struct held_form form;

	(void)state;
	assert_int_equal(put(id, STR("phone=1")), ST_OK);
	assert_int_equal(get(&form, &other, id), ST_NOT_FOUND);
	assert_int_equal(get(&form, &(struct reader){0}, id), ST_NOT_FOUND);
}

static void test_few_of_a_person_and_none_too_large(void **state)
{
	char first[PUBLIC_ID_LEN + 1], id[PUBLIC_ID_LEN + 1];
	struct held_form form;
	char *large = arena_alloc(&kit.mem, HELD_FORM_MAX + 1);

	(void)state;
	memset(large, 'x', HELD_FORM_MAX + 1);
	assert_int_equal(put(first, STR("n=0")), ST_OK);
	for (int i = 0; i < 10; i++)
		assert_int_equal(put(id, STR("n=1")), ST_OK);
	assert_int_equal(count(), 10);
	assert_int_equal(get(&form, &writer, first), ST_NOT_FOUND);
	assert_int_equal(put(id, str_of(large, HELD_FORM_MAX + 1)), ST_TOO_LARGE);
	assert_int_equal(count(), 10);
	assert_int_equal(put(id, str_of(large, HELD_FORM_MAX)), ST_OK);
}

static void test_it_is_forgotten(void **state)
{
	char id[PUBLIC_ID_LEN + 1];
	struct held_form form;

	(void)state;
	assert_int_equal(put(id, STR("phone=1")), ST_OK);
	assert_int_equal(held_form_forget(kit.db), ST_OK);
	assert_int_equal(get(&form, &writer, id), ST_OK);
	assert_int_equal(db_exec(kit.db, "UPDATE held_form SET at = $1",
				 v_i64(clock_now() - SESSION_KEPT - 1)),
			 ST_OK);
	assert_int_equal(get(&form, &writer, id), ST_NOT_FOUND);
	assert_int_equal(held_form_forget(kit.db), ST_OK);
	assert_int_equal(count(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_token_is_not_kept, set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(test_nobody_else_has_it, set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(test_few_of_a_person_and_none_too_large, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_it_is_forgotten, set_up, kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
