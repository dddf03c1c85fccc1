/* What a failure leaves behind: for the log in English, for people in their language. */
#include "tests/support/check.h"

#include "schema/base/err.h"
#include "schema/base/utf8.h"

/* A catalogue of three texts; `context` counts the questions. */
static const char *in_uzbek(void *context, const char *format)
{
	static const char *const texts[][2] = {
		{"There is no office %.*s.", "%.*s degan boʻlim yoʻq."},
		{"Write something first.", "Avval biror narsa yozing."},
		{"At most %d", "Koʻpi bilan %d"},
	};

	++*(int *)context;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (strcmp(texts[i][0], format) == 0)
			return texts[i][1];
	return format;
}

static int forget(void **state)
{
	(void)state;
	fail_set_words(NULL, NULL);
	return 0;
}

static void test_err_speaks_english_by_itself(void **state)
{
	(void)state;
	assert_int_equal(fail(ST_BUSY, "%d of %d", 2, 3), ST_BUSY);
	assert_string_equal(fail_message(), "2 of 3");
	assert_string_equal(fail_words(), "2 of 3");
	assert_string_equal(fail_field(), "");
	assert_non_null(strstr(fail_place(), "test_err.c:"));
}

static void test_err_is_looked_up_before_it_is_filled(void **state)
{
	int asked = 0;

	(void)state;
	fail_set_words(in_uzbek, &asked);
	assert_int_equal(fail_on("office", ST_INVALID, "There is no office %.*s.", 5, "arxiv"),
			 ST_INVALID);
	assert_string_equal(fail_words(), "arxiv degan boʻlim yoʻq.");
	assert_string_equal(fail_message(), "office: There is no office arxiv.");
	assert_string_equal(fail_field(), "office");
	assert_int_equal(asked, 1);
}

static void test_err_keeps_what_nobody_has_translated(void **state)
{
	int asked = 0;

	(void)state;
	fail_set_words(in_uzbek, &asked);
	assert_int_equal(fail(ST_FAILED, "disk %d", 7), ST_FAILED);
	assert_string_equal(fail_words(), "disk 7");
	assert_int_equal(asked, 1);
}

/* A sentence from elsewhere may hold anything: it is never filled in. */
static void test_err_takes_whole_sentences(void **state)
{
	int asked = 0;

	(void)state;
	fail_set_words(in_uzbek, &asked);
	assert_int_equal(fail_whole("body", ST_INVALID, "Write something first."), ST_INVALID);
	assert_string_equal(fail_words(), "Avval biror narsa yozing.");
	assert_string_equal(fail_message(), "body: Write something first.");
	assert_int_equal(fail_whole("", ST_INVALID, "100 %s %n"), ST_INVALID);
	assert_string_equal(fail_words(), "100 %s %n");
	assert_string_equal(fail_message(), "100 %s %n");
	assert_string_equal(fail_translated("Write something first."), "Avval biror narsa yozing.");
}

static void test_err_speaks_english_again_afterwards(void **state)
{
	int asked = 0;

	(void)state;
	fail_set_words(in_uzbek, &asked);
	fail_set_words(NULL, NULL);
	assert_int_equal(fail_on("body", ST_INVALID, "Write something first."), ST_INVALID);
	assert_string_equal(fail_words(), "Write something first.");
	assert_string_equal(fail_translated("Write something first."), "Write something first.");
	assert_int_equal(asked, 0);
}

static void test_err_cuts_between_characters(void **state)
{
	char text[3000];

	(void)state;
	for (size_t shift = 0; shift < 2; shift++) {
		memset(text, 'x', shift);
		for (size_t i = shift; i + 2 < sizeof(text); i += 2)
			memcpy(text + i, "Ж", 3);
		assert_int_equal(fail_on("body", ST_INVALID, "%s", text), ST_INVALID);
		assert_true(utf8_valid(str_c(fail_words())));
		assert_true(utf8_valid(str_c(fail_message())));
		assert_true(strlen(fail_words()) > 1000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err_speaks_english_by_itself),
		cmocka_unit_test_teardown(test_err_is_looked_up_before_it_is_filled, forget),
		cmocka_unit_test_teardown(test_err_keeps_what_nobody_has_translated, forget),
		cmocka_unit_test_teardown(test_err_takes_whole_sentences, forget),
		cmocka_unit_test_teardown(test_err_speaks_english_again_afterwards, forget),
		cmocka_unit_test(test_err_cuts_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
