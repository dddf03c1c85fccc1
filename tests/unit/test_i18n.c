/* Languages: choice, catalogues, plural forms, places, dates and numbers. */
#include "tests/support/check.h"

#include "server/words.h"

static enum lang accepted(const char *header)
{
	return lang_accepted(str_c(header));
}

static void test_browser_languages(void **state)
{
	(void)state;
	assert_int_equal(accepted(""), LANG_UZ_LATN);
	assert_int_equal(accepted("ru-RU,ru;q=0.9,en;q=0.8"), LANG_RU);
	assert_int_equal(accepted("de, en;q=0.5, ru;q=0.7"), LANG_RU);
	assert_int_equal(accepted("uz-Cyrl-UZ"), LANG_UZ_CYRL);
	assert_int_equal(accepted("UZ-uz"), LANG_UZ_LATN);
	assert_int_equal(accepted("en;q=0, ru;q=0.001"), LANG_RU);
	assert_int_equal(accepted("xx,;;,=q"), LANG_UZ_LATN);
}

static void test_texts(void **state)
{
	(void)state;
	assert_str(i18n(LANG_EN, "Sign in"), "Sign in");
	assert_str(i18n(LANG_RU, "Sign in"), "Войти");
	assert_str(i18n(LANG_UZ_LATN, "Sign in"), "Kirish");
	assert_str(i18n(LANG_UZ_CYRL, "Sign in"), "Кириш");
	assert_str(i18n(LANG_RU, "no such text"), "no such text");
	assert_str(i18n(LANG_RU, ""), "");
}

static void test_plural_forms(void **state)
{
	AUTO(arena) struct arena mem = {0};
	static const struct {
		enum lang lang;
		int64_t n;
		const char *expected;
	} cases[] = {
		{LANG_EN, 0, "0 results"},
		{LANG_EN, 1, "1 result"},
		{LANG_EN, 1234, "1,234 results"},
		{LANG_RU, 1, "1 результат"},
		{LANG_RU, 3, "3 результата"},
		{LANG_RU, 11, "11 результатов"},
		{LANG_RU, 21, "21 результат"},
		{LANG_RU, 112, "112 результатов"},
		{LANG_RU, 1002, "1\u00a0002 результата"},
		{LANG_UZ_LATN, 5, "5 ta natija"},
		{LANG_UZ_CYRL, 1, "1 та натижа"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_str(i18n_format_n(&mem, cases[i].lang, "%1$s result", "%1$s results",
					 cases[i].n),
			   cases[i].expected);
}

static void test_places(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(i18n_format(&mem, LANG_EN, "%2$s before %1$s, 100 %, %3$s", 1, STR("a%1$s")),
		   "a%1$s before 1, 100 %, %3$s");
	assert_str(i18n_format(&mem, LANG_EN, "100 %", 1), "100 %");
}

static void test_dates(void **state)
{
	AUTO(arena) struct arena mem = {0};
	int64_t at = 1795079100; /* 2026-11-19 09:05 UTC */

	(void)state;
	assert_str(words_date(&mem, LANG_UZ_LATN, at, 300), "2026-yil 19-noyabr");
	assert_str(words_date(&mem, LANG_UZ_CYRL, at, 300), "2026 йил 19 ноябрь");
	assert_str(words_date(&mem, LANG_RU, at, 300), "19 ноября 2026\u00a0г.");
	assert_str(words_date(&mem, LANG_EN, at, 300), "19 November 2026");
	assert_str(words_time(&mem, LANG_RU, at, 300), "19.11.2026 14:05");
	assert_str(words_time(&mem, LANG_EN, at, 300), "19 Nov 2026, 14:05");
	assert_str(words_clock(&mem, at, -570), "23:35");
	assert_str(words_date(&mem, LANG_EN, at, 900), "20 November 2026");
}

static void test_numbers(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(words_number(&mem, LANG_EN, 0), "0");
	assert_str(words_number(&mem, LANG_EN, -1234567), "−1,234,567");
	assert_str(words_number(&mem, LANG_UZ_LATN, 1240), "1\u00a0240");
	assert_str(words_number(&mem, LANG_EN, INT64_MIN), "−9,223,372,036,854,775,808");
	assert_str(words_size(&mem, LANG_EN, 1023), "1023\u00a0bytes");
	assert_str(words_size(&mem, LANG_RU, 41 * 1024), "41\u00a0КБ");
	assert_str(words_size(&mem, LANG_UZ_LATN, 2621440), "2,5\u00a0MB");
	assert_str(words_size(&mem, LANG_RU, (int64_t)120 * 1073741824), "120,0\u00a0ГБ");
	assert_str(words_day(&mem, LANG_RU, 1763510400, WORDS_TASHKENT), "19.11.2025");
	assert_str(words_day(&mem, LANG_EN, 1763510400, WORDS_TASHKENT), "19 Nov 2025");
	assert_str(words_change(&mem, LANG_EN, 5), "+5");
	assert_str(words_change(&mem, LANG_EN, 0), "±0");
}

/* Every catalogue has every text, with the same places: what msgfmt does not check for us. */
static const char *text_in(const struct catalogue *c, uint32_t table, uint32_t i)
{
	uint32_t offset;

	memcpy(&offset, c->bytes + table + 8 * (size_t)i + 4, 4);
	return (const char *)c->bytes + offset;
}

static unsigned places(const char *text)
{
	unsigned found = 0;

	for (; *text; text++)
		if (text[0] == '%' && text[1] >= '1' && text[1] <= '9' && text[2] == '$')
			found |= 1u << (text[1] - '0');
	return found;
}

static void test_catalogues_are_whole(void **state)
{
	(void)state;
	assert_int_equal(n_catalogues, 3);
	for (size_t i = 0; i < n_catalogues; i++) {
		uint32_t header[5];

		memcpy(header, catalogues[i].bytes + 8, sizeof(header));
		assert_true(header[0] > 500);
		assert_memory_equal(header, catalogues[0].bytes + 8, 4); /* as many texts in each */
		for (uint32_t k = 1; k < header[0]; k++) {
			const char *id = text_in(&catalogues[i], header[1], k);
			const char *text = text_in(&catalogues[i], header[2], k);

			if (places(id) != places(text))
				print_error("%s: %s\n", catalogues[i].name, id);
			assert_int_equal(places(id), places(text));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_browser_languages),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_plural_forms),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_catalogues_are_whole),
	};

	return i18n_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
