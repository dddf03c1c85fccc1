/* All forms of a word have one stem, also of nouns whose end looks like a suffix or a verb. */
#include "indexer/uzbek.h"

#include "tests/support/check.h"

static struct str stem_of(char out[UZBEK_STEM_MAX], struct str word)
{
	return str_of(out, uzbek_stem(out, word));
}

static bool is_vowel(char c)
{
	return strchr("aeiou", c) || c == '\'';
}

/* Of the first `n` bytes of `noun` and the ending. */
static void check_form(const char *noun, size_t n, const char *ending, struct str want)
{
	AUTO(buf) struct buf word = {0};
	char stem[UZBEK_STEM_MAX];
	struct str got;

	buf_printf(&word, "%.*s%s", (int)n, noun, ending);
	got = stem_of(stem, buf_str(&word));
	if (!str_eq(got, want))
		fail_msg("%.*s has the stem %.*s, %s %.*s", STR_ARG(buf_str(&word)), STR_ARG(got),
			 noun, STR_ARG(want));
}

/* Case, number and possession as in the grammar: -ka behind k, -qa behind q, g and g' before -i. */
static void check_noun(const char *noun)
{
	static const char *const cases[] = {"", "ning", "da", "dan", "ni", "lar", "larga", "lari"};
	static const char *const owned[] = {"", "ning", "ga", "ni", "da"};
	size_t len = strlen(noun);
	char last = noun[len - 1], want[UZBEK_STEM_MAX];
	struct str stem = stem_of(want, str_c(noun));
	bool soft = last == 'k' || last == 'q';

	for (size_t i = 0; i < COUNT(cases); i++)
		check_form(noun, len, cases[i], stem);
	check_form(noun, len, last == 'k' ? "ka" : last == 'q' ? "qa" : "ga", stem);
	check_form(noun, soft ? len - 1 : len,
		   is_vowel(last) ? "miz"
		   : last == 'k'  ? "gimiz"
		   : last == 'q'  ? "g'imiz"
				  : "imiz",
		   stem);
	for (size_t i = 0; i < COUNT(owned); i++) {
		AUTO(buf) struct buf ending = {0};

		buf_printf(&ending, "%s%s",
			   is_vowel(last) ? "si"
			   : last == 'k'  ? "gi"
			   : last == 'q'  ? "g'i"
					  : "i",
			   owned[i]);
		check_form(noun, soft ? len - 1 : len, buf_c(&ending), stem);
	}
}

static void check_all(const char *const *nouns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_noun(nouns[i]);
}

static void test_plain(void **state)
{
	static const char *const nouns[] = {
		"kitob",     "davlat", "hujjat",    "vazirlik", "tashkilot", "respublika",
		"kompaniya", "loyiha", "shartnoma", "konsul",   "konsullik", "elchixona",
		"passport",  "so'm",   "qo'mita",   "to'lov",
	};

	(void)state;
	check_all(nouns, COUNT(nouns));
}

/* Who does something: plural and possession leave the same as the bare word. */
static void test_in_chi(void **state)
{
	static const char *const nouns[] = {
		"maslahatchi", "ishtirokchi", "foydalanuvchi", "o'qituvchi", "saylovchi", "elchi",
		"yo'lovchi",   "kuzatuvchi",  "tadqiqotchi",   "yozuvchi",   "belgi",     "dori",
	};

	(void)state;
	check_all(nouns, COUNT(nouns));
}

/* The end looks like a case, a verb or a question. */
static void test_ends_like_a_suffix(void **state)
{
	static const char *const nouns[] = {
		"modda",  "ifoda", "qoida",   "blokada", "xossa",     "kassa",     "madrasa",
		"maqsad", "fond",  "farzand", "rekord",  "band",      "matn",      "fan",
		"vatan",  "zamin", "o'yin",   "oltin",   "to'plam",   "oqim",      "yig'im",
		"rais",   "ofis",  "korpus",  "miqyos",  "tashabbus", "tabib",     "g'oyib",
		"saroy",  "muzey", "narsa",   "kotib",   "boshqarma", "qo'llanma",
	};

	(void)state;
	check_all(nouns, COUNT(nouns));
}

/* Behind o and u the -ni of the accusative, not n and i. */
static void test_in_o_and_u(void **state)
{
	static const char *const nouns[] = {
		"jazo",  "nizo", "fuqaro", "havo",     "xato", "ijro",  "bino",    "menyu",
		"tokio", "oslo", "peru",   "katmandu", "orzu", "savdo", "embargo", "obro'",
	};

	(void)state;
	check_all(nouns, COUNT(nouns));
	check_form("tomon", 5, "i", STR("tomon"));
	check_form("qonun", 5, "i", STR("qonun"));
}

/* Tense, mood and participles; also where root and a are a protected word: qaytamiz, not qayta. */
static void test_verbs(void **state)
{
	static const char *const roots[] = {
		"qayt",      "tasdiqla", "imzola",  "rasmiylashtir", "uzaytir",
		"kengaytir", "yubor",    "topshir", "tushuntir",     "yangila",
		"uchrat",    "chaq",     "quv",     "solishtir",
	};
	static const char *const any[] = {"di", "dilar", "gan",    "ganlar", "moqchi",
					  "sa", "sin",   "masdan", "magan"};
	static const char *const joined[] = {"di", "dilar", "man", "miz", "digan"};

	(void)state;
	for (size_t i = 0; i < COUNT(roots); i++) {
		size_t len = strlen(roots[i]);
		bool vowel = is_vowel(roots[i][len - 1]);
		struct str stem = str_c(roots[i]);

		for (size_t k = 0; k < COUNT(any); k++)
			if (roots[i][len - 1] != 'q' || any[k][0] != 'g')
				check_form(roots[i], len, any[k], stem);
		for (size_t k = 0; k < COUNT(joined); k++) {
			AUTO(buf) struct buf ending = {0};

			buf_printf(&ending, "%c%s", vowel ? 'y' : 'a', joined[k]);
			check_form(roots[i], len, buf_c(&ending), stem);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_in_chi),
		cmocka_unit_test(test_ends_like_a_suffix),
		cmocka_unit_test(test_in_o_and_u),
		cmocka_unit_test(test_verbs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
