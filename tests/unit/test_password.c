/* Which passwords are too common. */
#include "schema/password.h"

#include "tests/support/check.h"

static void test_words_of_leaks_are_common(void **state)
{
	static const char *const common[] = {
		"password", "Password",    "qwertyuiop",  "1234567890",         "iloveyou",
		"zxcvbnm",  "dragon2024!", "2024-dragon", "MonkeyMonkeyMonkey", "administration",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(common); i++) {
		if (!password_is_common(str_c(common[i])))
			fail_msg("%s", common[i]);
	}
}

/* Halving the table must find its ends too, and each line between. */
static void test_every_line_of_the_table_is_found(void **state)
{
	struct str rest = str_of(password_lines, password_bytes);
	size_t lines = 0;

	(void)state;
	while (rest.ptr && rest.len) {
		struct str line = str_cut(&rest, '\n');

		if (!password_is_common(line))
			fail_msg("%.*s", STR_ARG(line));
		lines++;
	}
	assert_true(lines >= 10000);
}

static void test_walks_over_keyboards_are_common(void **state)
{
	static const char *const walks[] = {
		"qwertyuiopasdfgh", "1qaz2wsx3edc4rfv",  "йцукенгшщзфывапр",
		"ЙЦУКЕНГШЩЗФЫВАПР", "йцукенгшўзхъфқвап", "poiuytrewqlkjhgf",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(walks); i++) {
		if (!password_is_common(str_c(walks[i])))
			fail_msg("%s", walks[i]);
	}
}

static void test_other_passwords_are_not(void **state)
{
	static const char *const good[] = {
		"correct horse battery staple",
		"samarqand choyxonasi 7 oktyabr",
		"Дипломат купил зелёный арбуз",
		"treasure were we after",
		"x",
		"assessed street deer tree free",
		"",
		"qo\xCA\xBBrg\xCA\xBBon mening uyim",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		if (password_is_common(str_c(good[i])))
			fail_msg("%s", good[i]);
	}
}

static void test_every_keyboard_types_the_same_password(void **state)
{
	static const struct {
		const char *typed, *kept;
	} pairs[] = {
		{"caf\x65\xCC\x81", "caf\xC3\xA9"},           /* e and acute; é */
		{"\xD0\xB8\xCC\x86", "\xD0\xB9"},             /* и and breve; й */
		{"\xD1\x83\xCC\x86", "\xD1\x9E"},             /* у and breve; ў */
		{"\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80"}, /* parts of a syllable */
		{"a\xCC\xA3\xCC\x82", "\xE1\xBA\xAD"},        /* marks in their order */
		{"a\xCC\x82\xCC\xA3", "\xE1\xBA\xAD"},        /* and in another */
		{"\xEF\xAC\x81", "\xEF\xAC\x81"},             /* a ligature stays one */
		{"plain \xE2\x80\x99 text", "plain \xE2\x80\x99 text"},
		{"no UTF-8 \xFF", "no UTF-8 \xFF"},
		{"", ""},
	};
	AUTO(arena) struct arena mem = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_str(password_nfc(&mem, str_c(pairs[i].typed)), pairs[i].kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_of_leaks_are_common),
		cmocka_unit_test(test_every_line_of_the_table_is_found),
		cmocka_unit_test(test_walks_over_keyboards_are_common),
		cmocka_unit_test(test_other_passwords_are_not),
		cmocka_unit_test(test_every_keyboard_types_the_same_password),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
