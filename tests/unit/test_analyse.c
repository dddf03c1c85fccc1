/* Stems: which kinds a word gets, the Uzbek rules one by one, both scripts alike, and measured figures. */
#include "indexer/analyse.h"

#include "indexer/stop_words.h"
#include "indexer/uzbek.h"
#include "indexer/uzbek_word.h"
#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"

static struct analyser *analyser;

static int open_analyser(void **state)
{
	(void)state;
	return analyser_open(&analyser) == ST_OK ? 0 : -1;
}

static int close_analyser(void **state)
{
	(void)state;
	analyser_close(analyser);
	return 0;
}

/* The stems of the first word as "uz|ru|en". */
static struct str stems_of(struct arena *mem, const char *text)
{
	struct tokeniser t;
	struct token word;
	struct stems s;

	tokeniser_init(&t, str_c(text));
	assert_true(tokeniser_next(&t, &word));
	analyser_stems(analyser, &word, &s);
	return arena_printf(mem, "%.*s|%.*s|%.*s", STR_ARG(s.of[STEM_UZ]), STR_ARG(s.of[STEM_RU]),
			    STR_ARG(s.of[STEM_EN]));
}

static void test_kinds_follow_the_letters(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	for (int turn = 0; turn < 2; turn++) { /* the second time from the cache */
		assert_str(stems_of(&mem, "қишлоққа"), "qishloq||");
		assert_str(stems_of(&mem, "посольства"), "posolstva|posolstv|");
		assert_str(stems_of(&mem, "ЁЛКИ"), "yolk|yelk|");
		assert_str(stems_of(&mem, "elchixonaga"), "elchixona||elchixonaga");
		assert_str(stems_of(&mem, "embassies"), "embassies||embassi");
		assert_str(stems_of(&mem, "o‘zbekcha"), "o'zbekcha||");
		assert_str(stems_of(&mem, "2026"), "||");
		assert_str(stems_of(&mem, "Ελλάδα"), "||");
	}
}

static void check_stems(const char *const (*pairs)[2], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char stem[UZBEK_STEM_MAX];
		size_t len = uzbek_stem(stem, str_c(pairs[i][0]));

		if (!str_is(str_of(stem, len), pairs[i][1]))
			print_error("%s: ", pairs[i][0]);
		assert_str(str_of(stem, len), pairs[i][1]);
	}
}

static void test_nouns(void **state)
{
	static const char *const pairs[][2] = {
		{"elchixonalarimizda", "elchixona"},
		{"elchixonasi", "elchixona"},
		{"elchi", "elchi"},
		{"elchilik", "elchilik"},
		{"vazirligining", "vazirlik"},
		{"qishlog'i", "qishloq"},
		{"qishloqqa", "qishloq"},
		{"tog'lar", "tog'"},
		{"bilagi", "bilak"},
		{"shahri", "shahar"},
		{"o'g'lim", "o'g'il"},
		{"burni", "burun"},
		{"majlisi", "majlis"},
		{"majlisining", "majlis"},
		{"dunyoni", "dunyo"},
		{"tomoni", "tomon"},
		{"qonuni", "qonun"},
		{"maktabdagilar", "maktab"},
		{"toshkentgacha", "toshkent"},
		{"tizim", "tizim"},
		{"talim", "talim"},
		{"bmtning", "bmt"},
		{"menga", "men"},
		{"ularning", "u"},
		{"o'zining", "o'z"},
		{"yo'g'i", "yo'q"},
		{"obro'yi", "obro'"},
		{"uy", "uy"},
		{"15da", "15da"},
		{"uyida", "uy"},
	};

	(void)state;
	check_stems(pairs, COUNT(pairs));
}

static void test_verbs(void **state)
{
	static const char *const pairs[][2] = {
		{"boradi", "bor"},          {"bormayapti", "bor"},
		{"borolmaydi", "bor"},      {"borgan", "bor"},
		{"kelayotganini", "kel"},   {"bo'lganligini", "bo'l"},
		{"imzolayotgan", "imzola"}, {"imzolandi", "imzola"},
		{"yozilgan", "yoz"},        {"o'qimoqchi", "o'qi"},
		{"qilishi", "qil"},         {"keltirilgan", "keltir"},
		{"deganda", "de"},          {"bordimi", "bor"},
		{"ekanligini", "ekan"},     {"tayinlaganiga", "tayinla"},
		{"tayinlash", "tayinla"},
	};

	(void)state;
	check_stems(pairs, COUNT(pairs));
}

static void test_lexicon_is_in_order(void **state)
{
	(void)state;
	for (size_t i = 1; i < uzbek_lexicon_count(); i++) {
		const char *before = uzbek_lexicon_word(i - 1), *word = uzbek_lexicon_word(i);

		if (strcmp(before, word) > 0)
			print_error("uzbek_lexicon.def: \"%s\" must stand before \"%s\"\n", word,
				    before);
		assert_true(strcmp(before, word) <= 0);
	}
}

static void test_lexicon_is_folded(void **state)
{
	(void)state;
	for (size_t i = 0; i < uzbek_lexicon_count(); i++) {
		AUTO(buf) struct buf folded = {0};

		script_fold(&folded, str_c(uzbek_lexicon_word(i)));
		assert_str(buf_str(&folded), uzbek_lexicon_word(i));
	}
}

static void test_stop_words(void **state)
{
	(void)state;
	assert_true(analyse_is_stop_word(STR("va")));
	assert_true(analyse_is_stop_word(STR("the")));
	assert_int_equal(stop_word_languages(STR("bilan")), STOP_UZ);
	assert_int_equal(stop_word_languages(STR("kotoriy")), STOP_RU);
	assert_int_equal(stop_word_languages(STR("no")), STOP_RU | STOP_EN);
	/* Mother, May and ten mean something in Uzbek. */
	assert_false(analyse_is_stop_word(STR("ona")));
	assert_false(analyse_is_stop_word(STR("may")));
	assert_false(analyse_is_stop_word(STR("o'n")));
	assert_false(analyse_is_stop_word(STR("")));
}

/* A word written in either script has one stem, and the cache never gives another word's. */
static void test_both_scripts_have_one_stem(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str rest = file_kit_data(&mem, "uzbek/script-pairs-words.tsv");
	size_t same = 0, all = 0;

	(void)state;
	if (!rest.ptr)
		skip();
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n'), latin = line, cyrillic;
		struct tokeniser c, l;
		struct token a, b;
		struct stems stems;
		char stem[UZBEK_STEM_MAX];
		size_t len;

		cyrillic = str_cut(&latin, '\t');
		tokeniser_init(&c, cyrillic);
		tokeniser_init(&l, latin);
		if (!tokeniser_next(&c, &a) || !tokeniser_next(&l, &b) || !str_eq(a.t1, b.t1))
			continue;
		len = uzbek_stem(stem, a.t1);
		analyser_stems(analyser, &a, &stems);
		same += str_eq(stems.of[STEM_UZ], str_of(stem, len));
		analyser_stems(analyser, &b, &stems);
		same += str_eq(stems.of[STEM_UZ], str_of(stem, len));
		all += 2;
	}
	assert_int_equal(same, all);
}

/* Words of running text a second; printed, never judged: machines differ. */
/* A spelling that is tried as Uzbek leaves the same letters their English stem, whoever asks first. */
static void test_cache_keeps_readings_apart(void **state)
{
	struct token word = {.t1 = STR("committees"), .written = STR("committees")};
	struct stems uzbek, any;

	(void)state;
	word.traits = TOKEN_LATIN | TOKEN_UZBEK;
	analyser_stems(analyser, &word, &uzbek);
	assert_int_equal(uzbek.of[STEM_EN].len, 0);
	word.traits = TOKEN_LATIN;
	analyser_stems(analyser, &word, &any);
	assert_str(any.of[STEM_EN], "committe");
}

static void test_speed_is_printed(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct tokeniser t;
	struct token word;
	struct stems stems;
	size_t words = 0;
	int64_t begin;

	(void)state;
	for (int i = 0; i < 50; i++) {
		AUTO(arena) struct arena one = {0};
		const char *name = arena_printf(&mem, "uzbek/script-pairs/%03d.lat.txt", i).ptr;

		buf_str_add(&text, file_kit_read(&one, file_kit_path(&one, name)));
	}
	if (text.len == 0)
		skip();
	begin = clock_cpu();
	tokeniser_init(&t, buf_str(&text));
	for (; tokeniser_next(&t, &word); words++)
		analyser_stems(analyser, &word, &stems);
	print_message("  %.1f million words a second with all stems\n",
		      (double)words / (double)(clock_cpu() - begin + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds_follow_the_letters),
		cmocka_unit_test(test_nouns),
		cmocka_unit_test(test_verbs),
		cmocka_unit_test(test_lexicon_is_in_order),
		cmocka_unit_test(test_lexicon_is_folded),
		cmocka_unit_test(test_stop_words),
		cmocka_unit_test(test_both_scripts_have_one_stem),
		cmocka_unit_test(test_cache_keeps_readings_apart),
		cmocka_unit_test(test_speed_is_printed),
	};

	return cmocka_run_group_tests(tests, open_analyser, close_analyser);
}
