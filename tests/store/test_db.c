/* How the record is kept: durably, checked, and by one connection that writes (security.md 9.1). */
#include "schema/db.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	return 0;
}

#define assert_number(db, expected, sql)                                                           \
	do {                                                                                       \
		int64_t n = -1;                                                                    \
		assert_int_equal(db_i64(&n, db, sql), ST_OK);                                      \
		assert_int_equal(n, expected);                                                     \
	} while (0)

static void test_what_is_committed_is_on_the_disk(void **state)
{
	int64_t wal = 0;

	(void)state;
	assert_number(kit.db, 2, "PRAGMA synchronous");
	assert_int_equal(db_i64(&wal, kit.db,
				"SELECT count(*) FROM pragma_journal_mode WHERE 1 = 1"
				" AND journal_mode = 'wal'"),
			 ST_OK);
	assert_int_equal(wal, 1);
	assert_number(kit.db, 1, "PRAGMA secure_delete");
}

static void test_the_record_is_checked(void **state)
{
	(void)state;
	assert_number(kit.db, 1, "PRAGMA foreign_keys");
	assert_number(kit.db, 0, "PRAGMA trusted_schema");
	assert_number(kit.db, 1, "PRAGMA cell_size_check");
	assert_number(kit.db, 0, "PRAGMA mmap_size");
	assert_number(kit.db, 0,
		      "SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
		      " AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'");
	assert_int_not_equal(db_exec(kit.db, "INSERT INTO space_grant (space_id, group_id, level)"
					     " VALUES (999, 999, 1)"),
			     ST_OK);
	/* Defensive: nobody mends the tables of the database itself. */
	assert_int_not_equal(db_exec(kit.db, "UPDATE sqlite_schema SET sql = ''"), ST_OK);
}

static void test_readers_write_nothing(void **state)
{
	struct db *reader;

	(void)state;
	assert_int_equal(db_open(&reader, kit.path, DB_READ), ST_OK);
	assert_number(reader, 1, "SELECT count(*) FROM person");
	assert_int_not_equal(db_exec(reader, "UPDATE person SET name = 'other'"), ST_OK);
	assert_number(reader, 0, "PRAGMA wal_autocheckpoint");
	db_close(reader);
	assert_number(kit.db, 0, "SELECT count(*) FROM person WHERE name = 'other'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_committed_is_on_the_disk),
		cmocka_unit_test(test_the_record_is_checked),
		cmocka_unit_test(test_readers_write_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
