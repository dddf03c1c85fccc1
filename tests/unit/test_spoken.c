/* What people wrote says its language where that is not the page's, and is escaped all the same. */
#include "tests/support/check.h"

#include "server/out.h"

static void test_says_another_language(void **state)
{
	(void)state;
	assert_str(spoken_lang(LANG_EN, spoken_in(STR("ru"), STR("Visa"))), "ru");
	assert_str(spoken_lang(LANG_RU, spoken_in(STR("ru"), STR("Visa"))), "");
}

static void test_letters_tell_only_another_script(void **state)
{
	(void)state;
	assert_str(spoken_lang(LANG_EN, spoken(STR("Konsullar boʻlimi"))), "");
	assert_str(spoken_lang(LANG_RU, spoken(STR("Konsullar boʻlimi"))), "uz-Latn");
	assert_str(spoken_lang(LANG_EN, spoken(STR("Бўлим бошлиғи"))), "uz-Cyrl");
	assert_str(spoken_lang(LANG_UZ_LATN, spoken(STR("Бек"))), "ru");
	assert_str(spoken_lang(LANG_RU, spoken(STR("Бўлим"))), "");
	assert_str(spoken_lang(LANG_EN, spoken(STR("2026 — 12:30"))), "");
}

static void test_names_are_read_in_their_letters(void **state)
{
	(void)state;
	assert_str(spoken_script(STR("ru"), STR("Виза")), "ru");
	assert_str(spoken_script(STR("ru"), STR("Viza")), "");
	assert_str(spoken_script(STR("en"), STR("Виза")), "");
	assert_str(spoken_script(STR("uz-Latn"), STR("Бўлим")), "uz-Cyrl");
	assert_str(spoken_script(STR("uz-Cyrl"), STR("Boʻlim")), "uz-Latn");
	assert_str(spoken_script(STR("en"), STR("2026")), "en");
}

static void test_each_word_of_a_list_for_itself(void **state)
{
	struct arena mem = {0};

	(void)state;
	assert_str(spoken_html(&mem, LANG_EN, spoken(STR("visa, виза · <b>"))).html_bytes,
		   "visa, <span lang=\"ru\">виза</span> · &lt;b&gt;");
	arena_release(&mem);
}

static void test_sentence_around_names(void **state)
{
	struct arena mem = {0};
	struct html made = spoken_format(&mem, LANG_EN, "%1$s & “%2$s”, %3$s %% %9$s",
					 spoken_in(STR("ru"), STR("<Виза>")), STR("a\"b"), 1240);

	(void)state;
	assert_str(made.html_bytes,
		   "<span lang=\"ru\">&lt;Виза&gt;</span> &amp; “a&quot;b”, 1,240 %% %9$s");
	arena_release(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says_another_language),
		cmocka_unit_test(test_letters_tell_only_another_script),
		cmocka_unit_test(test_names_are_read_in_their_letters),
		cmocka_unit_test(test_each_word_of_a_list_for_itself),
		cmocka_unit_test(test_sentence_around_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
