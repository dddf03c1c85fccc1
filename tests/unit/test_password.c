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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_of_leaks_are_common),
		cmocka_unit_test(test_every_line_of_the_table_is_found),
		cmocka_unit_test(test_walks_over_keyboards_are_common),
		cmocka_unit_test(test_other_passwords_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
