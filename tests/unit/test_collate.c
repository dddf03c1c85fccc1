/* Names stand in the order of the alphabet that their reader reads. */
#include "tests/support/check.h"

#include "schema/base/buf.h"
#include "server/collate.h"

/* The texts, with ";" between them, in their order. */
static struct str ordered(struct arena *mem, enum lang lang, const char *list)
{
	AUTO(buf) struct buf out = {0};
	struct str texts[16], rest = str_c(list);
	size_t count = 0, *order;

	while (rest.ptr)
		texts[count++] = str_cut(&rest, ';');
	order = collate(mem, lang, texts, count);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%.*s", i ? ";" : "", STR_ARG(texts[order[i]]));
	return buf_keep(&out, mem);
}

#define assert_order(lang, list, expected)                                                         \
	do {                                                                                       \
		AUTO(arena) struct arena mem = {0};                                                \
		assert_str(ordered(&mem, lang, list), expected);                                   \
	} while (0)

static void test_uzbek_letters_of_two_signs_come_last(void **state)
{
	(void)state;
	assert_order(LANG_UZ_LATN, "Chegara;Shartnoma;Gʻazna;Oʻquv;Zamin;Ona;Savdo;Davlat",
		     "Davlat;Ona;Savdo;Zamin;Oʻquv;Gʻazna;Shartnoma;Chegara");
	assert_order(LANG_UZ_LATN, "O‘quv;O'lka;Oʻt;Ozod", "Ozod;O'lka;O‘quv;Oʻt");
	assert_order(LANG_EN, "Shipping;Safety;Commerce;Charter",
		     "Charter;Commerce;Safety;Shipping");
}

static void test_cyrillic_has_its_own_order(void **state)
{
	(void)state;
	assert_order(LANG_UZ_CYRL,
		     "Ҳужжат;Ўқув;Чегара;Қонун;Ғазна;Ёрдам;Ер;Ямал;Вилоят;Бож;Абдулла",
		     "Абдулла;Бож;Вилоят;Ер;Ёрдам;Чегара;Ямал;Ўқув;Қонун;Ғазна;Ҳужжат");
	assert_order(LANG_RU, "Ёлка;Жизнь;Ель;Ездок", "Ездок;Ёлка;Ель;Жизнь");
}

static void test_ones_own_alphabet_comes_first(void **state)
{
	(void)state;
	assert_order(LANG_RU, "Archive;Яхта;2026;Арка", "2026;Арка;Яхта;Archive");
	assert_order(LANG_EN, "Архив;Yacht;2026;arch;Élan", "2026;arch;Yacht;Архив;Élan");
}

static void test_case_and_signs_do_not_count(void **state)
{
	(void)state;
	assert_order(LANG_EN, "«beta»;Alpha;alpha two;ALPHA-One;alphabet",
		     "Alpha;ALPHA-One;alpha two;alphabet;«beta»");
	assert_order(LANG_EN, "b;B;b", "b;B;b");
	assert_order(LANG_EN, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_uzbek_letters_of_two_signs_come_last),
		cmocka_unit_test(test_cyrillic_has_its_own_order),
		cmocka_unit_test(test_ones_own_alphabet_comes_first),
		cmocka_unit_test(test_case_and_signs_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
