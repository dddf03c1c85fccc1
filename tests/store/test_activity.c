/* Sums for charts: what a person may not read is in none of them, and auditors are told the whole. */
#include "schema/activity.h"

#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;

static int set_up(void **state)
{
	struct reader writer;

	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "shut");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	kit_circle(&kit, "shut", "writers", LEVEL_WRITE, "");
	kit_circle(&kit, "open", "guests", LEVEL_READ, "guest");
	writer = kit_reader(&kit, "writer");
	(void)kit_article(&kit, &writer, "open", "One");
	(void)kit_article(&kit, &writer, "shut", "Two");
	(void)kit_article(&kit, &writer, "shut", "Three");
	return 0;
}

/* "open 1,shut 2" */
static struct str spaces_of(const struct reader *who)
{
	struct activity_space *spaces;
	struct str text = STR("");
	size_t n;

	assert_int_equal(activity_spaces(&spaces, &n, kit.db, &kit.mem, who, clock_now(), 9),
			 ST_OK);
	for (size_t i = 0; i < n; i++)
		text = arena_printf(&kit.mem, "%.*s%s%.*s %lld+%lld", STR_ARG(text), i ? "," : "",
				    STR_ARG(spaces[i].key), (long long)spaces[i].saves,
				    (long long)spaces[i].posts);
	return text;
}

static int64_t articles_of(const struct reader *who, int64_t moment)
{
	int64_t count;

	assert_int_equal(activity_articles(&count, &moment, 1, kit.db, who), ST_OK);
	return count;
}

/* All that was saved now, seen from a week later. */
static int64_t saves_of(const struct reader *who)
{
	int64_t weeks[ACTIVITY_WEEKS], sum = 0;

	assert_int_equal(activity_saves(weeks, kit.db, who, clock_now() + ACTIVITY_WEEK), ST_OK);
	for (size_t i = 0; i < ACTIVITY_WEEKS; i++)
		sum += weeks[i];
	assert_int_equal(sum, weeks[ACTIVITY_WEEKS - 1]);
	return sum;
}

static void test_sums_are_of_what_may_be_read(void **state)
{
	struct reader guest = kit_reader(&kit, "guest"), writer = kit_reader(&kit, "writer");
	int64_t later = clock_now() + ACTIVITY_WEEK;

	(void)state;
	assert_str(spaces_of(&guest), "open 1+0");
	assert_str(spaces_of(&writer), "shut 2+0,open 1+0");
	assert_int_equal(articles_of(&guest, later), 1);
	assert_int_equal(articles_of(&writer, later), 3);
	assert_int_equal(saves_of(&guest), 1);
	assert_int_equal(saves_of(&writer), 3);
}

static void test_auditors_are_told_the_whole_without_reading(void **state)
{
	struct reader guest = kit_reader(&kit, "guest");

	(void)state;
	guest.duties = DUTY_ACCOUNTS;
	assert_str(spaces_of(&guest), "open 1+0");
	guest.duties = DUTY_AUDIT;
	assert_str(spaces_of(&guest), "shut 2+0,open 1+0");
	assert_int_equal(articles_of(&guest, clock_now() + ACTIVITY_WEEK), 3);
	assert_int_equal(saves_of(&guest), 3);
}

static void test_drafts_are_in_nobody_elses_sums(void **state)
{
	struct reader guest = kit_reader(&kit, "guest"), writer = kit_reader(&kit, "writer");
	struct article_input in = kit_input("open", "Draft", "x");
	struct article article;

	(void)state;
	in.status = ARTICLE_DRAFT;
	assert_int_equal(article_create(&article, kit.db, &kit.mem, &writer, &in), ST_OK);
	assert_str(spaces_of(&guest), "open 1+0");
	assert_str(spaces_of(&writer), "open 2+0,shut 2+0");
}

/* An article that was opened to the guest: what was saved before that stays its former readers'. */
static void test_revisions_of_a_hidden_time_are_in_no_sum(void **state)
{
	struct reader guest = kit_reader(&kit, "guest"), writer = kit_reader(&kit, "writer");
	struct article moved = kit_article(&kit, &writer, "shut", "Moved");
	struct article_list in_open;

	(void)state;
	assert_int_equal(article_children(&in_open, kit.db, &kit.mem, &writer,
					  guest.grants[0].space_id, 0, 5),
			 ST_OK);
	assert_int_equal(article_move(kit.db, &kit.mem, &kit.op, moved.public_id,
				      in_open.items[0].audience_id),
			 ST_OK);
	assert_int_equal(articles_of(&guest, clock_now() + ACTIVITY_WEEK), 2);
	assert_int_equal(saves_of(&guest), 1);
	assert_str(spaces_of(&guest), "open 1+0");
	assert_int_equal(saves_of(&writer), 4);
}

static void test_only_what_was_there_at_the_moment_counts(void **state)
{
	struct reader writer = kit_reader(&kit, "writer");
	int64_t moments[2] = {clock_now() - ACTIVITY_WEEK, clock_now() + ACTIVITY_WEEK};
	int64_t counts[2];

	(void)state;
	assert_int_equal(activity_articles(counts, moments, 2, kit.db, &writer), ST_OK);
	assert_int_equal(counts[0], 0);
	assert_int_equal(counts[1], 3);
}

static void test_the_week_that_is_not_over_is_not_told(void **state)
{
	struct reader writer = kit_reader(&kit, "writer");
	int64_t weeks[ACTIVITY_WEEKS];

	(void)state;
	assert_int_equal(activity_saves(weeks, kit.db, &writer, clock_now()), ST_OK);
	for (size_t i = 0; i < ACTIVITY_WEEKS; i++)
		assert_int_equal(weeks[i], 0);
	assert_int_equal(activity_from(clock_now()) % ACTIVITY_WEEK, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, kit_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_sums_are_of_what_may_be_read),
		CASE(test_auditors_are_told_the_whole_without_reading),
		CASE(test_drafts_are_in_nobody_elses_sums),
		CASE(test_revisions_of_a_hidden_time_are_in_no_sum),
		CASE(test_only_what_was_there_at_the_moment_counts),
		CASE(test_the_week_that_is_not_over_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
