/* Merging: nothing that anybody wrote is lost, and only what is beyond doubt is merged. */
#include "server/merge.h"

#include "tests/support/check.h"

static struct merge_result merged(struct arena *mem, const char *base, const char *mine,
				  const char *theirs)
{
	struct merge_result result;

	merge_make(&result, mem, str_c(base), str_c(mine), str_c(theirs), NULL, 0);
	return result;
}

static void test_merge_takes_changes_of_both(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct merge_result r =
		merged(&mem, "a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\nf\n");

	(void)state;
	assert_true(r.clean);
	assert_str(r.text, "A\nb\nc\nd\nE\nf\n");
	r = merged(&mem, "a\nb\nc\nd\ne\n", "a\nc\nd\ne\n", "a\nb\nc\nd\nnew\ne\n");
	assert_true(r.clean);
	assert_str(r.text, "a\nc\nd\nnew\ne\n");
}

static void test_merge_of_one_sided_change_is_that_side(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(merged(&mem, "a\n", "a\n", "b\n").text, "b\n");
	assert_str(merged(&mem, "a\n", "b\n", "a\n").text, "b\n");
	assert_str(merged(&mem, "a\n", "b\n", "b\n").text, "b\n");
}

static void test_merge_leaves_what_touches_to_the_person(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct merge_result r = merged(&mem, "a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");

	(void)state;
	assert_false(r.clean);
	assert_int_equal(r.n_pieces, 1);
	assert_str(r.pieces[0].mine, "mine\n");
	assert_str(r.pieces[0].theirs, "theirs\n");
	assert_str(r.pieces[0].before, "b\n");
	assert_str(r.text, "a\nmine\nc\n");
	r = merged(&mem, "a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n");
	assert_false(r.clean);
	r = merged(&mem, "a\nb\n", "a\nx\nb\n", "a\ny\nb\n");
	assert_false(r.clean);
}

static void test_merge_counts_the_same_change_once(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct merge_result r =
		merged(&mem, "a\nb\nc\nd\ne\n", "a\nX\nc\nd\nmine\n", "theirs\nb\nc\nd\ne\n");

	(void)state;
	assert_int_equal(r.n_pieces, 1);
	r = merged(&mem, "a\nb\nc\nd\ne\n", "a\nX\nc\nd\nmine\n", "a\nX\nc\nd\ne\n");
	assert_true(r.clean);
	assert_str(r.text, "a\nX\nc\nd\nmine\n");
}

static void test_merge_mixes_clean_and_doubtful_places(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct merge_result r =
		merged(&mem, "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nmine\n3\n4\n5\n6\n7\nmine too\n9\n",
		       "1\ntheirs\n3\n4\nonly\ntheirs\n6\n7\n8\n9\n");

	(void)state;
	assert_int_equal(r.n_pieces, 1);
	assert_str(r.text, "1\nmine\n3\n4\nonly\ntheirs\n6\n7\nmine too\n9\n");
}

static void test_merge_takes_what_was_chosen(void **state)
{
	static const enum conflict_choice choices[] = {CONFLICT_THEIRS, CONFLICT_BOTH};
	AUTO(arena) struct arena mem = {0};
	struct str base = STR("a\nb\nc\nd\ne\nf\ng\n");
	struct str mine = STR("M1\nb\nc\nM2\ne\nf\nM3\n");
	struct str theirs = STR("T1\nb\nc\nT2\ne\nf\nT3\n");
	struct merge_result r;

	(void)state;
	merge_make(&r, &mem, base, mine, theirs, choices, 2);
	assert_false(r.clean);
	assert_int_equal(r.n_pieces, 3);
	assert_str(r.text, "T1\nb\nc\nM2\nT2\ne\nf\nM3\n");
	assert_int_equal(r.pieces[1].choice, CONFLICT_BOTH);
	assert_int_equal(r.pieces[2].choice, CONFLICT_MINE);
}

static void test_merge_keeps_the_end_of_the_text(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(merged(&mem, "a\nb\nc", "A\nb\nc", "a\nb\nc\nd\ne").text, "A\nb\nc\nd\ne");
	assert_str(merged(&mem, "a\nb\nc", "A\nb\nc", "a\nb\nc\n").text, "A\nb\nc\n");
	assert_str(merged(&mem, "a\nb\nc\n", "A\nb\nc\n", "a\nb\nc").text, "A\nb\nc");
}

static void test_merge_of_too_large_texts_is_one_piece(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf base = {0};
	struct merge_result r;

	(void)state;
	for (int i = 0; i < 6000; i++)
		buf_printf(&base, "line %d\n", i);
	merge_make(&r, &mem, buf_str(&base), STR("mine\n"), STR("theirs\n"), NULL, 0);
	assert_int_equal(r.n_pieces, 1);
	assert_str(r.text, "mine\n");
	assert_str(r.pieces[0].theirs, "theirs\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge_takes_changes_of_both),
		cmocka_unit_test(test_merge_of_one_sided_change_is_that_side),
		cmocka_unit_test(test_merge_leaves_what_touches_to_the_person),
		cmocka_unit_test(test_merge_counts_the_same_change_once),
		cmocka_unit_test(test_merge_mixes_clean_and_doubtful_places),
		cmocka_unit_test(test_merge_takes_what_was_chosen),
		cmocka_unit_test(test_merge_keeps_the_end_of_the_text),
		cmocka_unit_test(test_merge_of_too_large_texts_is_one_piece),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
