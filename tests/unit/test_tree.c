/* The bytes of the checked tree: what is written is read again, and damage is seen. */
#include "indexer/tree.h"

#include "tests/support/check.h"

static void test_numbers_come_back(void **state)
{
	static const uint32_t numbers[] = {0, 1, 127, 128, 300, 16383, 16384, 1u << 28, UINT32_MAX};

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		AUTO(buf) struct buf bytes = {0};
		struct tree_reader r;
		uint32_t number = 7;

		tree_number(&bytes, numbers[i]);
		assert_true(bytes.len <= 5);
		r = (struct tree_reader){.bytes = buf_str(&bytes)};
		assert_true(tree_read_number(&r, &number));
		assert_int_equal(number, numbers[i]);
		assert_int_equal(r.at, bytes.len);
		for (size_t cut = 0; cut < bytes.len; cut++) {
			r = (struct tree_reader){.bytes = str_head(buf_str(&bytes), cut)};
			assert_false(tree_read_number(&r, &number));
			assert_int_equal(r.at, 0);
		}
	}
}

static void test_texts_come_back(void **state)
{
	AUTO(buf) struct buf bytes = {0};
	struct tree_reader r;
	enum tree_node node;
	struct str text;

	(void)state;
	tree_node(&bytes, TREE_CODE);
	tree_text(&bytes, STR("oʻ"));
	tree_node(&bytes, TREE_TEXT);
	tree_text(&bytes, STR_NONE);
	r = (struct tree_reader){.bytes = buf_str(&bytes)};
	assert_true(tree_read_node(&r, &node));
	assert_int_equal(node, TREE_CODE);
	assert_true(tree_read_text(&r, &text));
	assert_str(text, "oʻ");
	assert_true(tree_read_node(&r, &node));
	assert_true(tree_read_text(&r, &text));
	assert_int_equal(text.len, 0);
	assert_false(tree_read_node(&r, &node));
}

static void test_damage_is_seen(void **state)
{
	static const struct str bad_numbers[] = {{"\xFF\xFF\xFF\xFF\xFF", 5},
						 {"\x80\x80\x80\x80\x10", 5},
						 {"\x80\x80\x80\x80\x80\x01", 6}};
	struct tree_reader r = {.bytes = STR("\x05"
					     "abcd")};
	enum tree_node node;
	uint32_t number;
	struct str text;

	(void)state;
	assert_false(tree_read_text(&r, &text));
	assert_int_equal(r.at, 0);
	r.bytes = str_of((const char[]){(char)TREE_NODE_COUNT}, 1);
	assert_false(tree_read_node(&r, &node));
	for (size_t i = 0; i < COUNT(bad_numbers); i++) {
		r = (struct tree_reader){.bytes = bad_numbers[i]};
		assert_false(tree_read_number(&r, &number));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_come_back),
		cmocka_unit_test(test_texts_come_back),
		cmocka_unit_test(test_damage_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
