/* The journal: chained, append-only, complete. */
#include "schema/journal.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	for (char c = 'a'; c < 'u'; c++)
		kit_group(&kit, (char[]){'g', c, '\0'});
	return 0;
}

static void test_chain_verifies(void **state)
{
	int64_t rows, bad;

	(void)state;
	assert_int_equal(journal_verify(kit.db, &rows, &bad), ST_OK);
	assert_true(rows > 20);
}

static void test_rows_cannot_be_changed_or_cut(void **state)
{
	(void)state;
	assert_int_not_equal(db_exec(kit.db, "UPDATE journal SET action = 'x' WHERE seq = 3"),
			     ST_OK);
	assert_int_not_equal(db_exec(kit.db, "DELETE FROM journal WHERE seq = 3"), ST_OK);
}

static void test_tampering_shows_its_row(void **state)
{
	int64_t rows, bad;

	(void)state;
	assert_int_equal(db_script(kit.db, "DROP TRIGGER journal_no_update;"
					   "UPDATE journal SET detail = '{}' WHERE seq = 5"),
			 ST_OK);
	assert_int_equal(journal_verify(kit.db, &rows, &bad), ST_INVALID);
	assert_int_equal(bad, 5);
}

static void test_a_cut_shows(void **state)
{
	int64_t rows, bad;

	(void)state;
	assert_int_equal(db_script(kit.db, "DROP TRIGGER journal_no_delete;"
					   "DELETE FROM journal WHERE seq = 4"),
			 ST_OK);
	assert_int_equal(journal_verify(kit.db, &rows, &bad), ST_INVALID);
	assert_int_equal(bad, 5);
}

static void test_no_row_without_its_act(void **state)
{
	int64_t before, after;

	(void)state;
	assert_int_equal(journal_head(&before, kit.db), ST_OK);
	{
		AUTO(tx) struct tx tx = {0};
		struct article_input input = kit_input("open", "Rolled back", "A text.");
		struct article out;

		assert_int_equal(tx_begin(&tx, kit.db), ST_OK);
		assert_int_equal(article_create(&out, kit.db, &kit.mem, &kit.op, &input), ST_OK);
	}
	assert_int_equal(journal_head(&after, kit.db), ST_OK);
	assert_int_equal(before, after);
}

static void test_detail_escapes_what_could_lie(void **state)
{
	static const char *const names[] = {"a"};
	struct str value = STR("x\"\\\n\xE2\x80\xAE"
			       "y");

	(void)state;
	assert_str(journal_detail(&kit.mem, names, &value, 1),
		   "{\"a\":\"x\\\"\\\\\\u000a\\u202ey\"}");
}

static void test_what_waits_is_counted_for_its_readers(void **state)
{
	struct reader insider, outsider;
	int64_t head, waiting;

	(void)state;
	(void)kit_person(&kit, "insider");
	(void)kit_person(&kit, "outsider");
	kit_grant(&kit, "open", "ga", LEVEL_READ);
	kit_member(&kit, "ga", "insider");
	insider = kit_reader(&kit, "insider");
	outsider = kit_reader(&kit, "outsider");
	assert_int_equal(journal_head(&head, kit.db), ST_OK);
	(void)kit_article(&kit, &kit.op, "open", "Waiting");
	assert_int_equal(journal_pending(&waiting, kit.db, head), ST_OK);
	assert_int_equal(waiting, 1);
	assert_int_equal(journal_pending_for(&waiting, kit.db, &insider, head), ST_OK);
	assert_int_equal(waiting, 1);
	assert_int_equal(journal_pending_for(&waiting, kit.db, &outsider, head), ST_OK);
	assert_int_equal(waiting, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_chain_verifies, set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(test_what_waits_is_counted_for_its_readers, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_no_row_without_its_act, set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(test_detail_escapes_what_could_lie, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_rows_cannot_be_changed_or_cut, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_tampering_shows_its_row, set_up,
						kit_tear_down),
		cmocka_unit_test_setup_teardown(test_a_cut_shows, set_up, kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
