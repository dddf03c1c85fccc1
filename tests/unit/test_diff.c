/* Differences: what they say must lead from one text to the other, and show the words that changed. */
#include "server/diff.h"

#include "server/lines.h"
#include "tests/support/check.h"

/* One row as text: sign, then the line with marked parts in brackets. */
static void row_text(struct buf *out, const struct diff_row *row)
{
	static const char signs[] = {' ', '+', '-', '~'};

	buf_byte(out, signs[row->kind]);
	for (size_t i = 0; i < row->n_parts; i++) {
		buf_c_add(out, row->parts[i].marked ? "[" : "");
		buf_str_add(out, row->parts[i].text);
		buf_c_add(out, row->parts[i].marked ? "]" : "");
	}
	if (row->kind == DIFF_GAP)
		buf_i64(out, row->skipped);
	buf_byte(out, '\n');
}

static void assert_diff(struct str old, struct str new, const char *expected)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct diff_rows rows;

	diff_make(&rows, &mem, old, new);
	for (size_t i = 0; i < rows.n_rows; i++)
		row_text(&text, &rows.rows[i]);
	assert_str(buf_str(&text), expected);
}

static void test_diff_of_equal_texts_is_empty(void **state)
{
	(void)state;
	assert_diff(STR("a\nb\n"), STR("a\nb\n"), "");
	assert_diff(STR(""), STR(""), "");
}

static void test_diff_marks_words_inside_lines(void **state)
{
	(void)state;
	assert_diff(STR("The fee is 20 dollars.\n"), STR("The fee is 30 dollars.\n"),
		    "-The fee is [20] dollars.\n+The fee is [30] dollars.\n");
	assert_diff(STR("bir ikki uch toʻrt besh olti\n"), STR("bir ikki toʻrt besh olti\n"),
		    "-bir ikki [uch ]toʻrt besh olti\n+bir ikki toʻrt besh olti\n");
}

static void test_diff_marks_whole_lines_where_all_is_new(void **state)
{
	(void)state;
	assert_diff(STR("one two three\n"), STR("four five six seven\n"),
		    "-[one two three]\n+[four five six seven]\n");
	assert_diff(STR("a\n"), STR("a\nb c\n\nd\n"), " a\n+[b c]\n+\n+[d]\n");
	assert_diff(STR("a\nb c\n"), STR("a\n"), " a\n-[b c]\n");
}

static void test_diff_keeps_three_lines_around(void **state)
{
	(void)state;
	assert_diff(STR("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), STR("0\n1\n2\n3\n4\nV\n6\n7\n8\n9\n"),
		    "~2\n 2\n 3\n 4\n-[5]\n+[V]\n 6\n 7\n 8\n 9\n");
	assert_diff(STR("A\n1\n2\n3\n4\n5\n6\nB\n"), STR("a\n1\n2\n3\n4\n5\n6\nb\n"),
		    "-[A]\n+[a]\n 1\n 2\n 3\n 4\n 5\n 6\n-[B]\n+[b]\n");
}

static void test_diff_counts_lines_of_both_sides(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct diff_rows rows;

	(void)state;
	diff_make(&rows, &mem, STR("a\nb\nc\n"), STR("a\nc\nd\ne\n"));
	assert_int_equal(rows.removed, 1);
	assert_int_equal(rows.added, 2);
	assert_int_equal(rows.rows[0].old_line, 1);
	assert_int_equal(rows.rows[1].old_line, 2);
	assert_int_equal(rows.rows[1].new_line, 0);
	assert_int_equal(rows.rows[2].old_line, 3);
	assert_int_equal(rows.rows[2].new_line, 2);
}

static void test_diff_of_too_many_lines_is_a_summary(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct diff_rows rows;
	size_t len;

	(void)state;
	for (int i = 0; i <= DIFF_LINES_MAX; i++)
		buf_printf(&text, "line %d\n", i);
	len = text.len;
	buf_c_add(&text, "one more\nand another\n");
	diff_make(&rows, &mem, str_head(buf_str(&text), len), buf_str(&text));
	assert_true(rows.too_large);
	assert_int_equal(rows.n_rows, 0);
	assert_int_equal(rows.added, 2);
	assert_int_equal(rows.removed, 0);
}

/* A row of pieces over a small alphabet, so that many stretches repeat. */
static struct str random_lines(struct arena *mem, uint32_t *seed, size_t count, unsigned alphabet)
{
	AUTO(buf) struct buf text = {0};

	for (size_t i = 0; i < count; i++) {
		*seed = *seed * 1664525u + 1013904223u;
		buf_byte(&text, (char)('a' + (*seed >> 16) % alphabet));
		buf_byte(&text, '\n');
	}
	return buf_keep(&text, mem);
}

/* The length of the longest common part, by the plain quadratic table. */
static size_t common_len(struct arena *mem, const struct lines *a, const struct lines *b)
{
	size_t width = b->count + 1;
	size_t *table = arena_array(mem, (a->count + 1) * width, sizeof(*table));

	for (size_t i = 1; i <= a->count; i++) {
		for (size_t j = 1; j <= b->count; j++) {
			size_t up = table[(i - 1) * width + j], left = table[i * width + j - 1];

			table[i * width + j] = str_eq(a->items[i - 1], b->items[j - 1])
						       ? table[(i - 1) * width + j - 1] + 1
					       : up > left ? up
							   : left;
		}
	}
	return table[a->count * width + b->count];
}

static void check_hunks(struct arena *mem, const struct lines *a, const struct lines *b)
{
	struct lines_hunks hunks;
	size_t i = 0, j = 0, common = 0;

	lines_compare(&hunks, mem, a, b);
	for (size_t n = 0; n <= hunks.count; n++) {
		const struct lines_hunk end = {a->count, 0, b->count, 0};
		const struct lines_hunk *h = n < hunks.count ? &hunks.items[n] : &end;

		assert_int_equal(h->a - i, h->b - j);
		for (; i < h->a; i++, j++, common++)
			assert_true(str_eq(a->items[i], b->items[j]));
		i = h->a + h->a_count;
		j = h->b + h->b_count;
	}
	assert_int_equal(common, common_len(mem, a, b));
}

static void test_diff_is_right_and_smallest_for_random_texts(void **state)
{
	uint32_t seed = 20261122;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		AUTO(arena) struct arena mem = {0};
		struct lines a, b;

		seed = seed * 1664525u + 1013904223u;
		lines_split(&a, &mem, random_lines(&mem, &seed, (seed >> 8) % 30, 4));
		seed = seed * 1664525u + 1013904223u;
		lines_split(&b, &mem, random_lines(&mem, &seed, (seed >> 8) % 30, 4));
		check_hunks(&mem, &a, &b);
	}
}

/* Past the bound of the search the answer is coarser, but never wrong. */
static void test_diff_of_very_different_texts_ends(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct lines_hunks hunks;
	struct lines a, b;
	uint32_t seed = 7;
	size_t i = 0, j = 0;

	(void)state;
	lines_split(&a, &mem, random_lines(&mem, &seed, 60000, 26));
	lines_split(&b, &mem, random_lines(&mem, &seed, 60000, 26));
	lines_compare(&hunks, &mem, &a, &b);
	for (size_t n = 0; n < hunks.count; n++) {
		assert_int_equal(hunks.items[n].a - i, hunks.items[n].b - j);
		for (; i < hunks.items[n].a; i++, j++)
			assert_true(str_eq(a.items[i], b.items[j]));
		i += hunks.items[n].a_count;
		j += hunks.items[n].b_count;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diff_of_equal_texts_is_empty),
		cmocka_unit_test(test_diff_marks_words_inside_lines),
		cmocka_unit_test(test_diff_marks_whole_lines_where_all_is_new),
		cmocka_unit_test(test_diff_keeps_three_lines_around),
		cmocka_unit_test(test_diff_counts_lines_of_both_sides),
		cmocka_unit_test(test_diff_of_too_many_lines_is_a_summary),
		cmocka_unit_test(test_diff_is_right_and_smallest_for_random_texts),
		cmocka_unit_test(test_diff_of_very_different_texts_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
