/* What the glossary adds to a search: terms of other languages beside the typed words. */
#include "indexer/search.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

static char *folder;
static struct writer *writer;
static struct searcher *searcher;
static struct arena mem;
static const int64_t AUDIENCES[] = {1};

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
	struct shard_version *shards;
	size_t count;

	(void)state;
	folder = folder_make();
	if (writer_open(&writer, folder) != ST_OK || searcher_open(&searcher, folder) != ST_OK)
		return -1;
	for (size_t i = 0; i < COUNT(docs); i++) {
		struct str id = arena_printf(&mem, "a%zu", i + 1);
		struct index_doc doc = kit_doc(1, id.ptr, docs[i][0], docs[i][1]);

		assert_int_equal(writer_put(writer, &doc), ST_OK);
	}
	return writer_commit(writer, &mem, 1, &shards, &count) == ST_OK ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	searcher_close(searcher);
	writer_close(writer);
	folder_remove(folder);
	arena_release(&mem);
	return 0;
}

static struct search_result search(const char *query, struct search_expansion *expansions,
				   size_t count)
{
	struct search_request request = {.audiences = {AUDIENCES, 1},
					 .query = str_c(query),
					 .limit = 10,
					 .expansions = expansions,
					 .n_expansions = count};
	struct search_result result;

	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	return result;
}

static const char *ids_of(const char *query, struct search_expansion *expansion)
{
	struct search_result result = search(query, expansion, expansion ? 1 : 0);

	return kit_ids(&mem, &result);
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
		marked = marked || str_is(result.marks[i], "ZEembassi");
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
	struct search_request request = {.audiences = {AUDIENCES, 1}, .limit = 10};
	struct search_result result;

	(void)state;
	request.query = STR("elchihona");
	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	assert_string_equal(kit_ids(&mem, &result), "a1");
	request.as_typed = true;
	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	assert_string_equal(kit_ids(&mem, &result), "");
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
	struct search_request request = {.audiences = {AUDIENCES, 1}, .limit = 10};
	struct search_result all, marks;

	(void)state;
	request.query = STR("elchihona");
	assert_int_equal(searcher_run(searcher, &all, &mem, &request), ST_OK);
	request.marks_only = true;
	assert_int_equal(searcher_run(searcher, &marks, &mem, &request), ST_OK);
	assert_int_equal(marks.n_hits + marks.total, 0);
	assert_true(marks.n_marks > 0);
	assert_int_equal(marks.n_marks, all.n_marks);
	for (size_t i = 0; i < marks.n_marks; i++)
		assert_true(str_eq(marks.marks[i], all.marks[i]));
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
	};

	return cmocka_run_group_tests(tests, start, stop);
}
