/* Bars of charts: never outside the drawing, in proportion, and nothing is drawn of what is not told. */
#include "server/chart.h"

#include "tests/support/check.h"

static struct arena mem;

static void test_a_scale_ends_above_all_and_has_whole_steps(void **state)
{
	(void)state;
	assert_int_equal(chart_top(0), 4);
	assert_int_equal(chart_top(4), 4);
	assert_int_equal(chart_top(5), 8);
	assert_int_equal(chart_top(21), 40);
	assert_int_equal(chart_top(1240), 1600);
	for (int64_t most = 0; most < 100000; most += 7) {
		assert_true(chart_top(most) >= most);
		assert_int_equal(chart_top(most) % CHART_STEPS, 0);
		assert_true(most < 10 || chart_top(most) <= most * 2);
	}
	assert_true(chart_top(INT64_MAX) > 0);
}

static void test_columns_stand_on_the_base_inside_the_drawing(void **state)
{
	struct chart_bar bars[12] = {{.value = 0}};
	struct chart chart;

	(void)state;
	for (int i = 0; i < 12; i++)
		bars[i].value = i * 10;
	chart_columns(&chart, bars, 12);
	assert_int_equal(bars[0].height, 0);
	assert_int_equal(bars[8].height, (CHART_BASE - CHART_TOP) / 2 * 4 / 3); /* 80 of 120 */
	for (int i = 0; i < 12; i++) {
		assert_int_equal(bars[i].y + bars[i].height, CHART_BASE);
		assert_true(bars[i].y >= CHART_TOP);
		assert_true(bars[i].x >= CHART_LEFT && bars[i].x + bars[i].width <= CHART_WIDTH);
		assert_true(i == 0 || bars[i].x >= bars[i - 1].x + bars[i - 1].width);
	}
	assert_true(bars[11].marked);
	assert_false(bars[10].marked);
	assert_int_equal(chart.lines[0].y, CHART_BASE);
	assert_int_equal(chart.lines[CHART_STEPS].y, CHART_TOP);
	assert_int_equal(chart.lines[CHART_STEPS].value, 120);
}

static void test_little_is_seen_and_what_is_not_told_is_not(void **state)
{
	struct chart_bar bars[3] = {{.value = 1}, {.value = -1}, {.value = 100000}};
	struct chart chart;

	(void)state;
	chart_columns(&chart, bars, 3);
	assert_int_equal(bars[0].height, 1);
	assert_int_equal(bars[1].height, 0);
	assert_false(chart.empty);
	chart_columns(&chart, bars + 1, 1);
	assert_true(chart.empty);
	chart_columns(&chart, bars, 0);
	assert_true(chart.empty);
}

static void test_rows_lie_below_their_labels_which_are_cut_between_letters(void **state)
{
	struct chart_bar bars[2] = {
		{.label = STR("Short"), .value = 2},
		{.label = STR("Ўзбекистон Республикаси Ташқи ишлар вазирлигининг барча бўлимлари"),
		 .value = 1}};
	struct chart chart;

	(void)state;
	chart_rows(&chart, &mem, bars, 2);
	assert_str(bars[0].shown, "Short");
	assert_str(bars[1].shown, "Ўзбекистон Республикаси Ташқи ишлар вазирлигининг ба…");
	assert_int_equal(bars[1].label.len, strlen("Ўзбекистон Республикаси Ташқи ишлар "
						   "вазирлигининг барча бўлимлари"));
	assert_int_equal(bars[0].width, 2 * bars[1].width);
	assert_true(bars[1].y > bars[0].y + bars[0].height);
	assert_true(bars[1].y + bars[1].height <= chart.height);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_scale_ends_above_all_and_has_whole_steps),
		cmocka_unit_test(test_columns_stand_on_the_base_inside_the_drawing),
		cmocka_unit_test(test_little_is_seen_and_what_is_not_told_is_not),
		cmocka_unit_test(test_rows_lie_below_their_labels_which_are_cut_between_letters),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_release(&mem);
	return failed;
}
