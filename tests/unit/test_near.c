/* Near words: what is found by looking at few of them is what looking at all of them finds. */
#include "indexer/near.h"

#include <stdlib.h>

#include "tests/support/check.h"

enum { WORDS = 4000, LETTERS_MAX = 12, ASKED = 400 };

static char words[WORDS][LETTERS_MAX + 1];
static uint32_t state_of_chance = 7;

static uint32_t chance(uint32_t below)
{
	state_of_chance = state_of_chance * 1664525U + 1013904223U;
	return (state_of_chance >> 8) % below;
}

/* Few letters, so that many are near. */
static void make_word(char *out)
{
	static const char LETTERS[] = "abcd'\xC3\x9F\xFF";
	size_t len = 1 + chance(LETTERS_MAX);

	for (size_t i = 0; i < len; i++)
		out[i] = LETTERS[chance(sizeof(LETTERS) - 1)];
	out[len] = '\0';
}

static int compare(const void *a, const void *b)
{
	return str_cmp(str_c(a), str_c(b));
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The whole table, as it is told in books. */
static size_t distance(const char *a, const char *b)
{
	size_t table[LETTERS_MAX + 1][LETTERS_MAX + 1], n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++) {
		for (size_t k = 0; k <= m; k++) {
			if (i == 0 || k == 0) {
				table[i][k] = i + k;
				continue;
			}
			table[i][k] = least(table[i - 1][k - 1] + (a[i - 1] != b[k - 1]),
					    least(table[i - 1][k], table[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				table[i][k] = least(table[i][k], table[i - 2][k - 2] + 1);
		}
	}
	return table[n][m];
}

/* Walk as a search does; gives how many words were looked at. */
static size_t walk(bool found[WORDS], const char *word, unsigned most, size_t same)
{
	AUTO(buf) struct buf to = {0};
	struct near near;
	size_t looked = 0;

	near_init(&near, str_c(word), most, same);
	for (size_t i = 0; i < WORDS;) {
		unsigned edits = 0;

		looked++;
		switch (near_look(&near, str_c(words[i]), &edits, &to)) {
		case NEAR_END:
			return looked;
		case NEAR_SEEK:
			assert_true(str_cmp(buf_str(&to), str_c(words[i])) > 0);
			while (i < WORDS && str_cmp(str_c(words[i]), buf_str(&to)) < 0)
				i++;
			break;
		case NEAR_FOUND:
			assert_int_equal(edits, distance(words[i], word));
			found[i] = true;
			i++;
			break;
		default:
			i++;
		}
	}
	return looked;
}

static void check_word(const char *word, unsigned most, size_t same)
{
	bool found[WORDS] = {false};

	(void)walk(found, word, most, same);
	for (size_t i = 0; i < WORDS; i++) {
		bool begins = strncmp(words[i], word, same) == 0;

		if (found[i] != (begins && distance(words[i], word) <= most))
			fail_msg("%s and %s", word, words[i]);
	}
}

static void test_a_walk_finds_all_that_is_near(void **state)
{
	char word[LETTERS_MAX + 1];

	(void)state;
	for (size_t i = 0; i < ASKED; i++) {
		make_word(word);
		check_word(word, 1, 0);
		check_word(word, 2, 0);
		check_word(word, 2, 1);
	}
}

static void test_a_walk_looks_at_few(void **state)
{
	bool found[WORDS] = {false};

	(void)state;
	assert_true(walk(found, "zzzzzzzz", 2, 1) <= 2);
	assert_true(walk(found, "abcdabcdabcd", 1, 0) < WORDS / 4);
}

static void test_words_may_be_of_any_length(void **state)
{
	AUTO(buf) struct buf to = {0};
	char longest[4 * T1_MAX];
	struct near near;
	unsigned edits;

	(void)state;
	memset(longest, 'a', sizeof(longest));
	near_init(&near, str_of(longest, T1_MAX), NEAR_EDITS, 0);
	assert_int_equal(near_look(&near, str_of(longest, T1_MAX - 2), &edits, &to), NEAR_FOUND);
	assert_int_equal(edits, 2);
	assert_int_equal(near_look(&near, str_of(longest, T1_MAX), &edits, &to), NEAR_FOUND);
	assert_int_equal(edits, 0);
	assert_int_equal(near_look(&near, str_of(longest, sizeof(longest)), &edits, &to),
			 NEAR_SEEK);
	near_init(&near, STR("a"), 1, 1);
	assert_int_equal(near_look(&near, str_of(longest, sizeof(longest)), &edits, &to),
			 NEAR_SEEK);
	assert_int_equal(near_look(&near, STR("b"), &edits, &to), NEAR_END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_walk_finds_all_that_is_near),
		cmocka_unit_test(test_a_walk_looks_at_few),
		cmocka_unit_test(test_words_may_be_of_any_length),
	};

	for (size_t i = 0; i < WORDS; i++)
		make_word(words[i]);
	qsort(words, WORDS, sizeof(words[0]), compare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
