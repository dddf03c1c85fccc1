/* The other reading of a query: key by key, both ways, and what is left alone. */
#include "indexer/keyboard.h"

#include "schema/base/buf.h"
#include "tests/support/check.h"

/* `expected` lists the readings, separated by "|". */
static void check_reads(const char *typed, const char *expected)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf got = {0};
	struct str readings[KEYBOARD_READINGS];
	size_t count = keyboard_readings(readings, &mem, str_c(typed));

	for (size_t i = 0; i < count; i++)
		buf_printf(&got, "%s%.*s", i ? "|" : "", STR_ARG(readings[i]));
	assert_str(buf_str(&got), expected);
}

static void test_latin_keys_write_cyrillic(void **state)
{
	(void)state;
	check_reads("ghbdtn", "привет");
	check_reads("Gfcgjhn", "Паспорт");
	check_reads("j,mtrn", "обьект");
	check_reads("[kt,", "хлеб");
	check_reads("'kxb[jyf", "элчихона");
	check_reads("GHBDTN", "ПРИВЕТ");
	check_reads("`krf {fnf", "ёлка Хата");
}

static void test_the_uzbek_layout_is_a_second_reading(void **state)
{
	(void)state;
	check_reads("ep,trbcnjy opuf", "узбекистон щзга|узбекистон ўзга");
	check_reads("ifpyf", "шазна");
	check_reads("sfhjh", "ыарор|қарор");
	check_reads("=e;;fn", "=ужжат|ҳужжат");
	check_reads("ntrf nj-", "тека то-|тека тоғ");
}

static void test_cyrillic_keys_write_latin(void **state)
{
	(void)state;
	check_reads("лщтыгд", "konsul");
	check_reads("Учцукиуку", "Exwerbere");
	check_reads("щэяиул", "o'zbek");
	check_reads("ўэяиул", "o'zbek");
	check_reads("змызк", "pvspr");
	check_reads("мшыф агсф", "visa fuca");
}

static void test_signs_of_the_grammar_stay(void **state)
{
	(void)state;
	check_reads("\"ghbdtn vbh\" -djqyf", "\"привет мир\" -война");
	check_reads("ghbd*", "прив*");
	check_reads("vbh OR djqyf", "мир OR война");
}

static void test_no_reading(void **state)
{
	(void)state;
	check_reads("", "");
	check_reads("gh", "");
	check_reads("ghb дтн", "");
	check_reads("2021-12", "");
	check_reads("\xff\xfeghbdtn", "");
	/* Letters that are signs in Latin, within a word. */
	check_reads("хлеб", "");
	check_reads("объект", "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_latin_keys_write_cyrillic),
		cmocka_unit_test(test_the_uzbek_layout_is_a_second_reading),
		cmocka_unit_test(test_cyrillic_keys_write_latin),
		cmocka_unit_test(test_signs_of_the_grammar_stay),
		cmocka_unit_test(test_no_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
