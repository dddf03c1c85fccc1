/* Telephone numbers in texts, and what only looks like them. */
#include "indexer/phone.h"

#include "tests/support/check.h"
#include "tests/support/index_kit.h"

/* The first number of the text: its digits, or the empty text. */
static const char *phone_of(const char *text)
{
	static struct phone phone;
	struct str all = str_c(text);

	for (size_t i = 0; i < all.len; i++) {
		bool first = all.ptr[i] >= '0' && all.ptr[i] <= '9' &&
			     (i == 0 || all.ptr[i - 1] < '0' || all.ptr[i - 1] > '9');

		if (first && phone_at(&phone, all, i))
			return phone.digits;
	}
	return "";
}

static void test_numbers_are_known_however_they_are_grouped(void **state)
{
	static const char *const texts[][2] = {
		{"+998 71 233 28 28", "998712332828"},
		{"+998712332828", "998712332828"},
		{"Tel.: +998 (71) 233-28-28.", "998712332828"},
		{"+998-71-233-28-28, +998-71-233-28-29", "998712332828"},
		{"998 71 233 28 28", "998712332828"},
		{"+998\u00A071\u00A0233\u201128\u201128", "998712332828"},
		{"+998 90 123 45 67 12", "998901234567"},
		{"(71) 233-28-28", "712332828"},
		{"(71)2332828", "712332828"},
		{"(71) 233 28 28 (12)", "712332828"},
		{"8 (3712) 33-28-28", "83712332828"},
		{"+7 (495) 123-45-67", "74951234567"},
		{"+44 20 7123 4567", "442071234567"},
		{"+1 202 555 0143", "12025550143"},
		{"71 233-28-28", "712332828"},
		{"71 233 28 28", "712332828"},
		{"233-28-28", "2332828"},
		{"233-28-28/29", "2332828"},
		{"xona 5, 233-28-28", "2332828"},
		{"998712332828", "998712332828"},
		{"998712332828 12", "998712332828"},
		{"tel: 998901234567, 998901234568", "998901234567"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_string_equal(phone_of(texts[i][0]), texts[i][1]);
}

static void test_other_numbers_are_none(void **state)
{
	static const char *const texts[] = {
		"1 240 000",
		"15 000 000 000",
		"+1 240 000",
		"+12 000 000 000",
		"2026-11-23",
		"23-11-2026",
		"23.11.2026 14:05",
		"2019-2021 2022",
		"2019\u20132021",
		"998112332828",
		"99871233282",
		"9987123328281",
		"\u2116 998712332828",
		"\u2116998712332828",
		"AB-998712332828",
		"998712332828-12",
		"12345678901234",
		"12-34-567",
		"AB-233-28-28",
		"\u041A\u041C-123-45-67",
		"123-45-67-89",
		"233-28-28.5",
		"233 28 28",
		"(2019) 123 45 67",
		"+5 233",
		"10-15 20 30 40",
		"192.168.10.25",
		"+998 71 233",
		"71 233 28 2",
		"+998 71 233 28 28a",
		"(71 233 28 281",
		"100-200-300",
		"978-5-17-118366-1",
		"2.5-3.5 12 24 36",
		"12:30-14:00 15 16",
		"3/2 100 200 300",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (*phone_of(texts[i]))
			fail_msg("%s was read as %s", texts[i], phone_of(texts[i]));
}

static void put(const char *id, const char *body)
{
	kit_put(kit_doc(OPEN, id, "t", body));
}

static void test_a_number_is_found_by_any_of_its_spellings(void **state)
{
	static const char *const asked[] = {"+998 71 233 28 28", "+998712332828", "998712332828",
					    "+998 (71) 233-28-28"};

	(void)state;
	put("a1", "Navbatchi: +998 71 233 28 28, kechasi ham.");
	put("a2", "Navbatchi: +998712332828");
	put("a3", "Navbatchi: (71) 233-28-28");
	put("a4", "Boshqa: +998 71 233 28 29, 28 fevral, 998 ta va 71 ta");
	put("a5", "Samarqand: (66) 233-28-28");
	kit_commit();
	for (size_t i = 0; i < COUNT(asked); i++)
		assert_hits(asked[i], "a1 a2 a3");
	assert_hits("(71) 233-28-28", "a1 a2 a3");
	assert_hits("71 233 28 28", "a1 a2 a3");
	assert_hits("712332828", "a1 a2 a3");
	assert_hits("233-28-28", "a1 a2 a3 a5");
	assert_hits("2332828", "a1 a2 a3 a5");
	assert_hits("navbatchi -998712332828", "");
	assert_hits("navbatchi -(71) 233-28-28", "");
	assert_hits("\"233 28 29\"", "a4");
	assert_hits("boshqa OR 712332828", "a1 a2 a3 a4");
}

static void test_a_row_of_digits_is_found_as_a_number(void **state)
{
	/* The very digits are found wherever they stand; of the others only those of telephones. */
	static const char *const asked[][2] = {{"+998 71 233-28-28", "a1 a2 a3 a4 a5"},
					       {"998712332828", "a1 a2 a3 a4 a5"},
					       {"(71) 233-28-28", "a1 a2 a3 a4"},
					       {"71 233 28 28", "a1 a2 a3 a4"},
					       {"712332828", "a1 a2 a3 a4"}};

	(void)state;
	put("a1", "Navbatchi: 998712332828");
	put("a2", "Navbatchi: 712332828");
	put("a3", "Navbatchi: +998 71 233-28-28");
	put("a4", "Navbatchi: (71) 233-28-28");
	put("a5", "Hisob: \u2116 998712332828, 998112332828");
	put("a6", "Boshqa: 998712332829");
	kit_commit();
	for (size_t i = 0; i < COUNT(asked); i++)
		assert_hits(asked[i][0], asked[i][1]);
	assert_hits("233-28-28", "a1 a3 a4");
	assert_hits("112332828", "");
}

static void test_what_is_no_number_is_not_joined(void **state)
{
	(void)state;
	put("a1", "Jami 1 240 000 soʻm, 2026-11-23, 2019-2021 2022-yillar, AB-233-28-28");
	kit_commit();
	assert_hits("1240000", "");
	assert_hits("20261123", "");
	assert_hits("20192021", "");
	assert_hits("2332828", "");
	assert_hits("1 240 000", "a1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_are_known_however_they_are_grouped),
		cmocka_unit_test(test_other_numbers_are_none),
		ON_INDEX(test_a_number_is_found_by_any_of_its_spellings),
		ON_INDEX(test_a_row_of_digits_is_found_as_a_number),
		ON_INDEX(test_what_is_no_number_is_not_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
