/* The log of searches: who may be told what, and what is forgotten. */
#include "schema/search_log.h"

#include "tests/support/check.h"
#include "tests/support/record_kit.h"

enum { NOW = 1800000000, HOUR = 3600, DAY = 24 * HOUR, WEEK = 7 * DAY };

static struct kit kit;
static struct article opened;
static const char *const people[] = {"p1", "p2", "p3", "p4", "p5"};

static int set_up(void **state)
{
	struct reader manager;

	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "shut");
	kit_circle(&kit, "open", "managers", LEVEL_MANAGE, "manager");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "p1 p2 p3 p4 p5");
	kit_circle(&kit, "shut", "shut-managers", LEVEL_MANAGE, "other");
	manager = kit_reader(&kit, "manager");
	opened = kit_article(&kit, &manager, "open", "Opened");
	return 0;
}

struct typed {
	const char *who, *query, *key, *asked, *found;
	int64_t hits, at;
};

static struct str mark_of(const char *who, const char *key, const char *asked)
{
	return arena_printf(&kit.mem, "%s %s %s", who, key, asked ? asked : "");
}

static void search(struct typed t)
{
	struct str found = str_c(t.found);
	struct search_note note = {
		.at = t.at ? t.at : NOW,
		.person_id = kit_reader(&kit, t.who).person_id,
		.mark = mark_of(t.who, t.key, t.asked),
		.query = str_c(t.query ? t.query : t.key),
		.key = str_c(t.key),
		.hits = t.hits,
		.asked = str_c(t.asked),
		.found = &found,
		.n_found = t.found ? 1 : 0,
	};

	assert_int_equal(search_log_write(kit.db, &note, 1, NULL, 0), ST_OK);
}

static void click_on(const char *who, const char *mark_of_whom, const char *key)
{
	struct search_click click = {
		.at = NOW + 5,
		.person_id = kit_reader(&kit, who).person_id,
		.mark = mark_of(mark_of_whom, key, NULL),
		.article_id = opened.id,
		.space_id = opened.space_id,
	};

	assert_int_equal(search_log_write(kit.db, NULL, 0, &click, 1), ST_OK);
}

/* The keys of the report, each with its people: "visa 3,nota 5". */
static struct str report_of(const char *who, int64_t space, enum search_report_kind kind)
{
	struct reader reader = kit_reader(&kit, who);
	struct str text = STR("");
	struct search_report_row *rows;
	size_t count;

	if (search_report(&rows, &count, kit.db, &kit.mem, &reader, space, kind, NOW - DAY, 50) !=
	    ST_OK)
		return STR("refused");
	for (size_t i = 0; i < count; i++)
		text = arena_printf(&kit.mem, "%.*s%s%.*s %lld", STR_ARG(text), i ? "," : "",
				    STR_ARG(rows[i].query), (long long)rows[i].people);
	return text;
}

static int64_t number(const char *what)
{
	int64_t n = 0;

	if (strcmp(what, "searches") == 0)
		assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM search_log"), ST_OK);
	else if (strcmp(what, "places") == 0)
		assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM search_log_space"),
				 ST_OK);
	else
		assert_int_equal(db_i64(&n, kit.db, "SELECT count(*) FROM search_log_click"),
				 ST_OK);
	return n;
}

static void ask_all(size_t n, const char *key, const char *asked, const char *found, int64_t hits)
{
	for (size_t i = 0; i < n; i++)
		search((struct typed){people[i], NULL, key, asked, found, hits, 0});
}

static void test_fewer_than_three_people_are_not_told_of(void **state)
{
	(void)state;
	ask_all(3, "visa", NULL, NULL, 4);
	ask_all(2, "nota", NULL, NULL, 4);
	for (int i = 0; i < 5; i++) /* often, but by one */
		search((struct typed){"p1", NULL, "own", NULL, NULL, 0, NOW + i * 1000});
	assert_str(report_of("admin", 0, SEARCH_REPORT_ALL), "visa 3");
	assert_str(report_of("admin", 0, SEARCH_REPORT_NOTHING), "");
	assert_str(report_of("admin", 0, SEARCH_REPORT_CLOSED), "visa 3");
}

static void test_the_one_who_looks_is_not_one_of_the_three(void **state)
{
	(void)state;
	ask_all(2, "visa", "open", NULL, 4);
	search((struct typed){"manager", NULL, "visa", "open", NULL, 4, 0});
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_ALL), "");
	assert_str(report_of("admin", 0, SEARCH_REPORT_ALL), "visa 3");
}

static void test_people_are_counted_in_steps(void **state)
{
	(void)state;
	ask_all(4, "visa", NULL, NULL, 4);
	ask_all(5, "nota", NULL, NULL, 4);
	ask_all(3, "aide", NULL, NULL, 4);
	assert_str(report_of("admin", 0, SEARCH_REPORT_ALL), "nota 5,aide 3,visa 3");
}

static void test_a_spelling_of_few_is_not_shown(void **state)
{
	(void)state;
	search((struct typed){"p1", "Visa!", "visa", NULL, NULL, 1, 0});
	search((struct typed){"p2", "visa?", "visa", NULL, NULL, 1, 0});
	search((struct typed){"p3", "Виза", "visa", NULL, NULL, 1, 0});
	assert_str(report_of("admin", 0, SEARCH_REPORT_ALL), "visa 3");
	search((struct typed){"p4", "Виза", "visa", NULL, NULL, 1, 0});
	search((struct typed){"p5", "Виза", "visa", NULL, NULL, 1, 0});
	assert_str(report_of("admin", 0, SEARCH_REPORT_ALL), "Виза 5");
}

static void test_lists_tell_nothing_found_and_nothing_opened_apart(void **state)
{
	(void)state;
	ask_all(3, "gap", NULL, NULL, 0);
	ask_all(3, "closed", NULL, "open", 4);
	ask_all(3, "read", NULL, "open", 4);
	click_on("p1", "p1", "read");
	assert_str(report_of("admin", 0, SEARCH_REPORT_NOTHING), "gap 3");
	assert_str(report_of("admin", 0, SEARCH_REPORT_CLOSED), "closed 3");
}

static void test_managers_are_told_of_their_own_space_alone(void **state)
{
	struct reader other = kit_reader(&kit, "other");
	int64_t shut = other.grants[0].space_id;

	(void)state;
	ask_all(3, "everywhere", NULL, NULL, 0);
	ask_all(3, "asked", "open", NULL, 0);
	ask_all(3, "found", NULL, "open", 7);
	ask_all(3, "secret", "shut", "shut",
		7); /* its readers are others: the space is not noted */
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_ALL), "asked 3,found 3");
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_NOTHING), "asked 3");
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_CLOSED), "found 3");
	assert_str(report_of("other", shut, SEARCH_REPORT_ALL), "");
	assert_str(report_of("manager", shut, SEARCH_REPORT_ALL), "refused");
	assert_str(report_of("p1", opened.space_id, SEARCH_REPORT_ALL), "refused");
	assert_str(report_of("manager", 0, SEARCH_REPORT_ALL), "refused");
}

/* What was opened in one space left the other one unopened. */
static void test_each_space_is_told_what_was_opened_in_it(void **state)
{
	int64_t shut = kit_reader(&kit, "other").grants[0].space_id;

	(void)state;
	kit_circle(&kit, "shut", "shut-readers", LEVEL_READ, "p1 p2 p3");
	ask_all(3, "visa", "shut", "open", 4);
	for (size_t i = 0; i < 3; i++) {
		struct search_click click = {
			.at = NOW + 5,
			.person_id = kit_reader(&kit, people[i]).person_id,
			.mark = mark_of(people[i], "visa", "shut"),
			.article_id = opened.id,
			.space_id = opened.space_id,
		};

		assert_int_equal(search_log_write(kit.db, NULL, 0, &click, 1), ST_OK);
	}
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_ALL), "visa 3");
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_CLOSED), "");
	assert_str(report_of("other", shut, SEARCH_REPORT_ALL), "visa 3");
	assert_str(report_of("other", shut, SEARCH_REPORT_CLOSED), "visa 3");
	assert_str(report_of("admin", 0, SEARCH_REPORT_CLOSED), "");
}

/* Whether something of a label above one's clearance was found would show in the lists. */
static void test_who_does_not_read_all_of_a_space_sees_what_was_asked_alone(void **state)
{
	(void)state;
	ask_all(3, "asked", "open", NULL, 0);
	ask_all(3, "found", NULL, "open", 7);
	assert_int_equal(db_exec(kit.db,
				 "INSERT INTO audience (space_id, name, label, restricted)"
				 " VALUES ($1, 'Above', 2, 0)",
				 v_i64(opened.space_id)),
			 ST_OK);
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_ALL), "asked 3");
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_NOTHING), "");
	assert_str(report_of("manager", opened.space_id, SEARCH_REPORT_CLOSED), "");
}

static void test_the_same_search_again_is_one(void **state)
{
	(void)state;
	search((struct typed){"p1", NULL, "visa", NULL, NULL, 2, NOW});
	search((struct typed){"p1", NULL, "visa", NULL, "open", 5, NOW + SEARCH_LOG_AGAIN - 1});
	assert_int_equal(number("searches"), 1);
	assert_int_equal(number("places"), 1);
	search((struct typed){"p1", NULL, "visa", NULL, NULL, 5, NOW + SEARCH_LOG_AGAIN + 1});
	assert_int_equal(number("searches"), 2);
}

/* How many spaces were asked for and found in as well. */
static int64_t both(void)
{
	int64_t count = 0;

	assert_int_equal(db_i64(&count, kit.db,
				"SELECT count(*) FROM search_log_space WHERE asked = 1"
				" AND found = 1"),
			 ST_OK);
	return count;
}

static void test_a_space_asked_for_and_found_in_stays_both(void **state)
{
	(void)state;
	search((struct typed){"p1", NULL, "visa", "open", "open", 2, NOW});
	assert_int_equal(both(), 1);
	search((struct typed){"p1", NULL, "visa", "open", NULL, 2, NOW + 1});
	assert_int_equal(both(), 1);
	assert_int_equal(number("places"), 1);
}

static void test_a_click_needs_a_search_of_the_same_person(void **state)
{
	(void)state;
	search((struct typed){"p1", NULL, "visa", NULL, NULL, 2, 0});
	click_on("p2", "p1", "visa");
	click_on("p1", "p1", "nota");
	assert_int_equal(number("clicks"), 0);
	click_on("p1", "p1", "visa");
	click_on("p1", "p1", "visa");
	assert_int_equal(number("clicks"), 1);
}

static struct str opened_most(const char *who)
{
	struct reader reader = kit_reader(&kit, who);
	struct search_report_row *rows;
	size_t count;

	assert_int_equal(search_report(&rows, &count, kit.db, &kit.mem, &reader,
				       strcmp(who, "admin") == 0 ? 0 : opened.space_id,
				       SEARCH_REPORT_ALL, NOW - DAY, 50),
			 ST_OK);
	assert_int_equal(count, 1);
	return rows[0].article.len ? rows[0].article_title : STR("");
}

static void test_what_three_opened_is_named_to_its_readers(void **state)
{
	(void)state;
	ask_all(3, "visa", "open", "open", 7);
	for (size_t i = 0; i < 2; i++) {
		struct search_click click = {NOW + 5, kit_reader(&kit, people[i]).person_id,
					     mark_of(people[i], "visa", "open"), opened.id,
					     opened.space_id};

		assert_int_equal(search_log_write(kit.db, NULL, 0, &click, 1), ST_OK);
	}
	assert_str(opened_most("manager"), "");
	assert_int_equal(search_log_write(kit.db, NULL, 0,
					  &(struct search_click){
						  NOW + 5, kit_reader(&kit, people[2]).person_id,
						  mark_of(people[2], "visa", "open"), opened.id,
						  opened.space_id},
					  1),
			 ST_OK);
	assert_str(opened_most("manager"), "Opened");
	assert_str(opened_most("admin"), ""); /* who administers does not read */
}

static void test_what_is_old_is_forgotten_but_for_what_three_asked(void **state)
{
	int64_t old = NOW - 100 * DAY, people_then = 0, rows = 0;
	struct search_report_row *past;
	struct reader admin = kit_reader(&kit, "admin");
	size_t count;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		search((struct typed){people[i], NULL, "visa", NULL, "open", 2,
				      old / WEEK * WEEK + (int64_t)i * DAY});
	search((struct typed){"p1", NULL, "own", NULL, NULL, 2, old});
	search((struct typed){"p1", NULL, "new", NULL, NULL, 2, NOW - 80 * DAY});
	assert_int_equal(search_log_forget(kit.db, NOW, 90), ST_OK);
	assert_int_equal(number("searches"), 1);
	assert_int_equal(number("places"), 0);
	assert_int_equal(db_i64(&rows, kit.db, "SELECT count(*) FROM search_past"), ST_OK);
	assert_int_equal(rows, 1);
	assert_int_equal(db_i64(&people_then, kit.db, "SELECT people FROM search_past"), ST_OK);
	assert_int_equal(people_then, 4);
	assert_int_equal(search_report_past(&past, &count, kit.db, &kit.mem, &admin, 10), ST_OK);
	assert_int_equal(count, 1);
	assert_str(past[0].query, "visa");
	assert_int_equal(past[0].people, 3);
	assert_int_equal(search_log_forget(kit.db, NOW, 90), ST_OK);
	assert_int_equal(number("searches"), 1);
}

static void test_nothing_is_kept_longer_than_said(void **state)
{
	int64_t left = 0;

	(void)state;
	for (int64_t age = 70; age <= 110; age++)
		search((struct typed){"p1", NULL, "visa", NULL, NULL, 2, NOW - age * DAY});
	assert_int_equal(search_log_forget(kit.db, NOW, 90), ST_OK);
	assert_int_equal(db_i64(&left, kit.db, "SELECT count(*) FROM search_log WHERE at <= $1",
				v_i64(NOW - 90 * DAY)),
			 ST_OK);
	assert_int_equal(left, 0);
	assert_int_equal(db_i64(&left, kit.db, "SELECT count(*) FROM search_log WHERE at > $1",
				v_i64(NOW - 83 * DAY)),
			 ST_OK);
	assert_int_equal(left, 13);
}

/* `each` searches of every one of the first `n` people in the week that begins at `week`. */
static void busy_week(int64_t week, size_t n, int each, int64_t hits)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < each; k++)
			search((struct typed){people[i], NULL, "visa", NULL, NULL, hits,
					      week + (int64_t)i * DAY + k * HOUR});
}

static void test_weeks_are_told_in_tens_and_of_three_people(void **state)
{
	struct reader admin = kit_reader(&kit, "manager"), plain = kit_reader(&kit, "p1");
	int64_t from = NOW / WEEK * WEEK - 4 * WEEK;
	struct search_week weeks[4];

	(void)state;
	admin.duties = DUTY_ACCOUNTS;
	busy_week(from, 2, 12, 3);                      /* two people */
	busy_week(from + WEEK, 5, 5, 3);                /* 25 searches */
	busy_week(from + 2 * WEEK, 3, 4, 3);            /* 12 of three people, and */
	busy_week(from + 2 * WEEK + 5 * HOUR, 3, 4, 0); /* 12 that found nothing */
	busy_week(from + 3 * WEEK, 5, 3, 0);            /* 15, nobody found anything */
	assert_int_equal(search_weeks(weeks, 4, kit.db, &admin, from), ST_OK);
	assert_int_equal(weeks[0].searches, -1);
	assert_int_equal(weeks[1].searches, 20);
	assert_int_equal(weeks[1].nothing, -1);
	assert_int_equal(weeks[2].searches, 20);
	assert_int_equal(weeks[2].nothing, 10);
	assert_int_equal(weeks[3].searches, 10);
	assert_int_equal(weeks[3].nothing, -1);
	assert_int_equal(search_weeks(weeks, 4, kit.db, &plain, from), ST_NOT_FOUND);
}

static void test_ones_own_searches_are_not_in_the_weeks(void **state)
{
	struct reader admin = kit_reader(&kit, "p1");
	int64_t from = NOW / WEEK * WEEK - WEEK;
	struct search_week week;

	(void)state;
	admin.duties = DUTY_ACCOUNTS;
	busy_week(from, 3, 8, 3);
	assert_int_equal(search_weeks(&week, 1, kit.db, &admin, from), ST_OK);
	assert_int_equal(week.searches, -1);
	busy_week(from, 4, 8, 3);
	assert_int_equal(search_weeks(&week, 1, kit.db, &admin, from), ST_OK);
	assert_int_equal(week.searches, 20);
}

#define ON_RECORD(test) cmocka_unit_test_setup_teardown(test, set_up, kit_tear_down)

/* The place of the space with hits among those of the note, and whether it was noted. */
static void check_noted(size_t place, int64_t rows)
{
	struct str found[9];
	struct search_note note = {.at = NOW + (int64_t)place * SEARCH_LOG_AGAIN * 2,
				   .person_id = kit_reader(&kit, "manager").person_id,
				   .mark = STR("mark"),
				   .query = STR("visa"),
				   .key = STR("visa"),
				   .hits = 9,
				   .found = found,
				   .n_found = COUNT(found)};
	int64_t before, after;

	for (size_t i = 0; i < COUNT(found); i++)
		found[i] = i == place ? STR("open") : STR("nowhere");
	assert_int_equal(db_i64(&before, kit.db, "SELECT count(*) FROM search_log_space"), ST_OK);
	assert_int_equal(search_log_write(kit.db, &note, 1, NULL, 0), ST_OK);
	assert_int_equal(db_i64(&after, kit.db, "SELECT count(*) FROM search_log_space"), ST_OK);
	assert_int_equal(after - before, rows);
}

static void test_only_the_spaces_with_most_hits_are_noted(void **state)
{
	(void)state;
	check_noted(7, 1);
	check_noted(8, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RECORD(test_only_the_spaces_with_most_hits_are_noted),
		ON_RECORD(test_fewer_than_three_people_are_not_told_of),
		ON_RECORD(test_the_one_who_looks_is_not_one_of_the_three),
		ON_RECORD(test_people_are_counted_in_steps),
		ON_RECORD(test_a_spelling_of_few_is_not_shown),
		ON_RECORD(test_lists_tell_nothing_found_and_nothing_opened_apart),
		ON_RECORD(test_managers_are_told_of_their_own_space_alone),
		ON_RECORD(test_each_space_is_told_what_was_opened_in_it),
		ON_RECORD(test_who_does_not_read_all_of_a_space_sees_what_was_asked_alone),
		ON_RECORD(test_the_same_search_again_is_one),
		ON_RECORD(test_a_space_asked_for_and_found_in_stays_both),
		ON_RECORD(test_a_click_needs_a_search_of_the_same_person),
		ON_RECORD(test_what_three_opened_is_named_to_its_readers),
		ON_RECORD(test_what_is_old_is_forgotten_but_for_what_three_asked),
		ON_RECORD(test_nothing_is_kept_longer_than_said),
		ON_RECORD(test_weeks_are_told_in_tens_and_of_three_people),
		ON_RECORD(test_ones_own_searches_are_not_in_the_weeks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
