/* Alerts on accounts that read very much: once a day, and for auditors alone (security.md 4.8). */
#include "schema/reading.h"

#include "schema/person.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

enum { DAY = 86400, MOST = 10 };

static struct kit kit;

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	kit_person(&kit, "diligent");
	kit_person(&kit, "watcher");
	kit_person(&kit, "keeper");
	if (person_set_duties(kit.db, &kit.mem, &kit.op, STR("watcher"), DUTY_AUDIT) != ST_OK ||
	    person_set_duties(kit.db, &kit.mem, &kit.op, STR("keeper"), DUTY_ACCOUNTS) != ST_OK)
		return -1;
	return 0;
}

static size_t alerts(const char *login, bool unseen_only, struct reading_alert *first)
{
	struct reader who = kit_reader(&kit, login);
	struct reading_alert *list;
	int64_t unseen;
	size_t count;

	assert_int_equal(reading_alert_list(&list, &count, kit.db, &kit.mem, &who, false, MOST),
			 ST_OK);
	if (count && first)
		*first = list[0];
	if (!unseen_only)
		return count;
	assert_int_equal(reading_alert_list(&list, &count, kit.db, &kit.mem, &who, true, MOST),
			 ST_OK);
	assert_int_equal(reading_alert_unseen(&unseen, kit.db, &who), ST_OK);
	assert_int_equal(unseen, count);
	return count;
}

static int64_t rows(void)
{
	int64_t n = 0;

	assert_int_equal(
		db_i64(&n, kit.db, "SELECT count(*) FROM journal WHERE action = 'reading.many'"),
		ST_OK);
	return n;
}

static void test_one_alert_a_day_for_auditors(void **state)
{
	struct reader who = kit_reader(&kit, "diligent"), watcher = kit_reader(&kit, "watcher"),
		      keeper = kit_reader(&kit, "keeper");
	struct reading_alert alert = {0};

	(void)state;
	for (int64_t at = DAY; at < 2 * DAY; at += DAY / 4)
		assert_int_equal(reading_alert_add(kit.db, &kit.mem, &who, 1000, at), ST_OK);
	assert_int_equal(rows(), 1);
	assert_int_equal(alerts("watcher", true, &alert), 1);
	assert_str(alert.login, "diligent");
	assert_int_equal(alert.articles, 1000);
	assert_int_equal(alert.at, DAY);
	assert_false(alert.seen);
	assert_int_equal(alerts("keeper", true, NULL), 0);
	assert_int_equal(alerts("diligent", true, NULL), 0);

	assert_int_equal(reading_alert_see(kit.db, &keeper), ST_OK);
	assert_int_equal(alerts("watcher", true, NULL), 1);
	assert_int_equal(reading_alert_see(kit.db, &watcher), ST_OK);
	assert_int_equal(alerts("watcher", true, NULL), 0);
	assert_int_equal(alerts("watcher", false, &alert), 1);
	assert_true(alert.seen);

	assert_int_equal(reading_alert_add(kit.db, &kit.mem, &who, 1000, 2 * DAY), ST_OK);
	assert_int_equal(rows(), 2);
	assert_int_equal(alerts("watcher", true, &alert), 1);
	assert_int_equal(alert.at, 2 * DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_alert_a_day_for_auditors),
	};

	return cmocka_run_group_tests(tests, set_up, kit_tear_down);
}
