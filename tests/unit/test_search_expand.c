/* What the glossary adds to a search: terms of other languages beside the typed words. */
#include "indexer/search.h"

#include "tests/support/check.h"
#include "tests/support/index_kit.h"

static int start(void **state)
{
	static const char *const docs[][2] = {
		{"Qabul", "Elchixonalarimizda qabul kunlari"},
		{"Reception", "The embassies receive visitors; the visa section is closed"},
		{"Приём", "Посольство принимает посетителей"},
		{"Letters", "The ambassador presented his letters of credence to the President"},
		{"Credence", "Letters were sent; nobody gave credence to them"},
		{"Вручение", "Посол вручил верительные грамоты"},
	};

	if (kit_start(state) != 0)
		return -1;
	for (size_t i = 0; i < COUNT(docs); i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%zu", i + 1).ptr, docs[i][0],
				docs[i][1]));
	kit_commit();
	return 0;
}

static struct search_result search(const char *query, struct search_expansion *expansions,
				   size_t count)
{
	struct search_request request = kit_request(query, 1);

	request.expansions = expansions;
	request.n_expansions = count;
	return kit_run(request);
}

static const char *ids_of(const char *query, struct search_expansion *expansion)
{
	struct search_result result = search(query, expansion, expansion ? 1 : 0);

	return kit_ids(&kit.mem, &result);
}

static struct search_form embassy[] = {
	{STR("elchixona"), STEM_UZ}, {STR("посольство"), STEM_RU}, {STR("embassy"), STEM_EN}};
static struct search_form credence[] = {{STR("верительная грамота"), STEM_RU},
					{STR("letter of credence"), STEM_EN}};

static void test_a_word_finds_its_other_languages(void **state)
{
	struct search_expansion one = {0, 1, embassy, COUNT(embassy)};

	(void)state;
	assert_string_equal(ids_of("посольства", NULL), "a3");
	assert_int_equal(search("посольства", &one, 1).n_hits, 3);
	assert_int_equal(search("посольства", &one, 1).total_all, 3);
}

static void test_what_was_typed_comes_first(void **state)
{
	struct search_expansion one = {0, 1, embassy, COUNT(embassy)};

	(void)state;
	assert_true(str_is(search("embassy", &one, 1).hits[0].id, "a2"));
	assert_true(str_is(search("посольство", &one, 1).hits[0].id, "a3"));
	assert_true(str_is(search("elchixona", &one, 1).hits[0].id, "a1"));
}

static void test_other_words_must_be_there_as_well(void **state)
{
	struct search_expansion one = {0, 1, embassy, COUNT(embassy)};
	struct search_result result = search("посольство visa", &one, 1);

	(void)state;
	assert_int_equal(result.total_all, 1);
	assert_true(str_is(result.hits[0].id, "a2"));
}

static void test_several_words_are_a_phrase_in_any_form(void **state)
{
	struct search_expansion two = {0, 2, credence, COUNT(credence)};
	struct search_result result = search("ishonch yorlig'i", &two, 1);

	(void)state;
	assert_int_equal(result.total_all, 2);
	assert_string_equal(ids_of("ishonch yorlig'i", NULL), "");
	for (size_t i = 0; i < result.n_hits; i++)
		assert_true(str_is(result.hits[i].id, "a4") || str_is(result.hits[i].id, "a6"));
}

static void test_what_was_added_is_marked(void **state)
{
	struct search_expansion one = {0, 1, embassy, COUNT(embassy)};
	struct search_result result = search("посольство", &one, 1);
	bool marked = false;

	(void)state;
	for (size_t i = 0; i < result.n_marks; i++)
		marked = marked || str_is(result.marks[i], "Zembassi");
	assert_true(marked);
}

/* "letters" are not "letter of credence": clauses that do not exist, or are left out, add nothing. */
static void test_an_expansion_of_no_clause_adds_nothing(void **state)
{
	struct search_expansion beyond = {7, 1, embassy, COUNT(embassy)};
	struct search_expansion far = {0, UINT32_MAX, embassy, COUNT(embassy)};

	(void)state;
	assert_string_equal(ids_of("visa", &beyond), "a2");
	assert_int_equal(search("visa", &far, 1).total_all, 3);
}

static void test_as_typed_adds_no_other_spelling(void **state)
{
	struct search_request request = kit_request("elchihona", 1);
	struct search_result result;

	(void)state;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a1");
	request.as_typed = true;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "");
}

static void test_other_spellings_are_told(void **state)
{
	(void)state;
	assert_str(search("elchihona", NULL, 0).also, "elchixona");
	assert_str(search("элчиҳона", NULL, 0).also, "элчихона");
	assert_str(search("elchixona", NULL, 0).also, "");
	assert_str(search("-elchihona visa", NULL, 0).also, "");
}

static void test_marks_alone_need_no_search(void **state)
{
	struct search_request request = kit_request("elchihona", 1);
	struct search_result all, marks;

	(void)state;
	all = kit_run(request);
	request.marks_only = true;
	marks = kit_run(request);
	assert_int_equal(marks.n_hits + marks.total, 0);
	assert_true(marks.n_marks > 0);
	assert_int_equal(marks.n_marks, all.n_marks);
	for (size_t i = 0; i < marks.n_marks; i++)
		assert_true(str_eq(marks.marks[i], all.marks[i]));
}

/* A text that says it in three languages does not stand before one that says it in the typed one. */
static void test_other_languages_do_not_add_up(void **state)
{
	struct search_expansion one = {0, 1, embassy, COUNT(embassy)};

	(void)state;
	for (int i = 0; i < 20; i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%d", 20 + i).ptr, "Boshqa",
				"boshqa narsa haqida qisqa bir matn"));
	kit_put(kit_doc(OPEN, "a7", "Word list",
			"elchixona, посольство, embassy, посольства, embassies, посольству"));
	kit_put(kit_doc(OPEN, "a8", "Binosi", "elchixona binosi haqida qisqa gap, yana bir gap"));
	kit_commit();
	kit_reopen();
	assert_true(str_is(search("elchixona", &one, 1).hits[1].id, "a8"));
	assert_true(str_is(search("elchixona", &one, 1).hits[2].id, "a7"));
}

/* In a text "mid" is not МИД; an acronym with an ending is still one. */
static void test_an_acronym_is_added_in_capitals_alone(void **state)
{
	static struct search_form ministry[] = {{STR("Tashqi ishlar vazirligi"), STEM_UZ},
						{STR("TIV"), STEM_UZ},
						{STR("МИД"), STEM_RU}};
	struct search_expansion one = {0, 1, ministry, COUNT(ministry)};
	struct search_result result;
	bool marked = false;

	(void)state;
	kit_put(kit_doc(OPEN, "a61", "x", "a mid-year review"));
	kit_put(kit_doc(OPEN, "a62", "x", "Ответ МИД России"));
	kit_put(kit_doc(OPEN, "a63", "x", "TIVning javobi"));
	kit_put(kit_doc(OPEN, "a64", "x", "MFA of a country"));
	kit_commit();
	kit_reopen();
	assert_string_equal(ids_of("mfa", NULL), "a64");
	result = search("mfa", &one, 1);
	assert_int_equal(result.n_hits, 3);
	for (size_t i = 0; i < result.n_hits; i++)
		assert_false(str_is(result.hits[i].id, "a61"));
	for (size_t i = 0; i < result.n_marks; i++)
		marked = marked || str_is(result.marks[i], "XCmid");
	assert_true(marked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_word_finds_its_other_languages),
		cmocka_unit_test(test_what_was_typed_comes_first),
		cmocka_unit_test(test_other_words_must_be_there_as_well),
		cmocka_unit_test(test_several_words_are_a_phrase_in_any_form),
		cmocka_unit_test(test_what_was_added_is_marked),
		cmocka_unit_test(test_an_expansion_of_no_clause_adds_nothing),
		cmocka_unit_test(test_as_typed_adds_no_other_spelling),
		cmocka_unit_test(test_other_spellings_are_told),
		cmocka_unit_test(test_marks_alone_need_no_search),
		cmocka_unit_test(test_other_languages_do_not_add_up), /* adds documents */
		cmocka_unit_test(test_an_acronym_is_added_in_capitals_alone),
	};

	return cmocka_run_group_tests(tests, start, kit_stop);
}
