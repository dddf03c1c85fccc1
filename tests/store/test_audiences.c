/* How many audiences an installation holds (security.md 3.4), and what is said when the record fails. */
#include "schema/group.h"
#include "schema/space.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	return 0;
}

static int64_t number(const char *of)
{
	int64_t n = -1;

	if (strcmp(of, "audience") == 0)
		assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM audience"), ST_OK);
	else if (strcmp(of, "journal") == 0)
		assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM journal"), ST_OK);
	else
		assert_int_equal(db_i64(&n, kit.db,
					"SELECT (SELECT count(*) FROM space) +"
					" (SELECT count(*) FROM space_name)"),
				 ST_OK);
	return n;
}

/* In one transaction, so that the disk is waited for once. */
static void fill_up(const struct reader *manager)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id;

	assert_int_equal(tx_begin(&tx, kit.db), ST_OK);
	for (int64_t n = number("audience"); n < AUDIENCE_MAX; n++)
		assert_int_equal(
			audience_add(&id, kit.db, &kit.mem, manager, STR("open"),
				     arena_printf(&kit.mem, "Audience %lld", (long long)n)),
			ST_OK);
	assert_int_equal(tx_commit(&tx), ST_OK);
}

static void test_one_audience_too_many_is_refused_whole(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct space_input input = {.key = STR("more")};
	int64_t id, spaces, rows;

	(void)state;
	fill_up(&manager);
	spaces = number("space");
	rows = number("journal");
	assert_int_equal(
		audience_add(&id, kit.db, &kit.mem, &manager, STR("open"), STR("One more")),
		ST_INVALID);
	assert_string_equal(fail_field(), "name");
	assert_non_null(strstr(fail_words(), "500 audiences"));
	assert_int_equal(space_add(&id, kit.db, &kit.mem, &kit.op, &input), ST_INVALID);
	assert_string_equal(fail_field(), "key");
	assert_non_null(strstr(fail_words(), "500 audiences"));
	assert_int_equal(number("audience"), AUDIENCE_MAX);
	assert_int_equal(number("space"), spaces);
	assert_int_equal(number("journal"), rows);
	assert_int_equal(reader_operator(&kit.op, kit.db, &kit.mem), ST_OK);
	assert_int_equal(kit.op.n_grants, AUDIENCE_MAX);
}

/* A record that fails is not told as a name that nobody has. */
static void test_a_broken_record_is_no_wrong_name(void **state)
{
	struct reader manager = kit_reader(&kit, "manager");
	struct article_input input = kit_input("open", "Owned", "Text.");
	struct article article;
	int64_t id = 0;

	(void)state;
	input.owner_office = STR("nowhere");
	assert_int_equal(article_create(&article, kit.db, &kit.mem, &manager, &input), ST_INVALID);
	assert_string_equal(fail_field(), "owner");
	assert_int_equal(db_find_id(&id, kit.db, "SELECT id FROM office WHERE key = $1",
				    v_str(STR("nowhere"))),
			 ST_OK);
	assert_int_equal(id, 0);
	assert_int_equal(db_exec(kit.db, "ALTER TABLE office RENAME TO office_away"), ST_OK);
	assert_int_equal(article_create(&article, kit.db, &kit.mem, &manager, &input), ST_FAILED);
	assert_int_equal(db_exec(kit.db, "ALTER TABLE office_away RENAME TO office"), ST_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_broken_record_is_no_wrong_name),
		cmocka_unit_test(test_one_audience_too_many_is_refused_whole),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
