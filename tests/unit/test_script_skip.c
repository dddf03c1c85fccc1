/* Passing over words whose first letter is not wanted. */
#include "indexer/script.h"

#include "tests/support/check.h"

/* The words that begin with one of the bytes, as start, position and fold, with and without skipping. */
static void list_words(struct buf *out, struct str text, const bool begins[256], bool skipping)
{
	struct tokeniser t;
	struct token word;

	tokeniser_init(&t, text);
	for (;;) {
		if (skipping)
			tokeniser_skip(&t, begins);
		if (!tokeniser_next(&t, &word))
			return;
		if (begins[(unsigned char)word.t1.ptr[0]])
			buf_printf(out, "%zu %u %.*s\n", word.start, word.position,
				   STR_ARG(word.t1));
	}
}

static void check_skip(struct str text, const char *letters)
{
	AUTO(buf) struct buf all = {0}, some = {0};
	bool begins[256] = {false};

	for (; *letters; letters++)
		begins[(unsigned char)*letters] = true;
	list_words(&all, text, begins, false);
	list_words(&some, text, begins, true);
	assert_string_equal(buf_c(&some), buf_c(&all));
}

static void test_skipping_loses_no_word(void **state)
{
	/* Letters of both scripts, look-alikes, apostrophes, marks, gaps and digits, in any order. */
	static const char *const pieces[] = {
		"a", "e",  "o", "g",        "w", "C", "s", "'", "\xE2\x80\x98",
		"h", "x",  "y", "е",        "Ц", "ц", "я", "ь", "ъ",
		"ў", "ё",  "с", "р",        "Х", "щ", " ", " ", ",",
		"-", "\n", ".", "\xCC\x86", "7", "é", "İ", "ы", "\xD0",
	};
	static const char *const wanted[] = {"e", "ts", "xr", "oy", "svn7", "acghi", "ubp"};
	AUTO(buf) struct buf text = {0};
	uint64_t seed = 20261122;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		buf_reset(&text);
		for (int i = 0; i < 24; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			buf_c_add(&text, pieces[(seed >> 33) % COUNT(pieces)]);
		}
		check_skip(buf_str(&text), wanted[(size_t)round % COUNT(wanted)]);
	}
}

static void test_skipping_counts_words(void **state)
{
	(void)state;
	check_skip(STR("Marta 2026: eng yaxshi, Цена ехать; e'lon (Елка) Ёлка"), "ey");
	check_skip(STR("цирк сирк Tsirk"), "t");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_skipping_loses_no_word),
		cmocka_unit_test(test_skipping_counts_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
