/* What the best documents share orders those below them, and changes nothing else. */
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
	static const char *const docs[] = {
		"passport lost, consulate gives certificate",
		"passport abroad, consulate gives certificate",
		"abroad they show cinema and theatre",
		"abroad you ask consulate about certificate",
		"consulate and certificate",
	};
	struct shard_version *shards;
	size_t count;

	(void)state;
	folder = folder_make();
	if (writer_open(&writer, folder) != ST_OK || searcher_open(&searcher, folder) != ST_OK)
		return -1;
	for (size_t i = 0; i < COUNT(docs); i++) {
		struct str id = arena_printf(&mem, "a%zu", i + 1);
		struct index_doc doc = kit_doc(1, id.ptr, "", docs[i]);

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

static const char *ids_of(const char *query, bool as_typed, enum search_sort sort)
{
	struct search_request request = {.audiences = {AUDIENCES, 1},
					 .query = str_c(query),
					 .limit = 10,
					 .as_typed = as_typed,
					 .sort = sort};
	struct search_result result;

	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	assert_int_equal(result.total, result.n_hits);
	return kit_ids(&mem, &result);
}

static void test_shared_words_order_the_rest(void **state)
{
	(void)state;
	assert_string_equal(ids_of("passport lost abroad", false, SEARCH_BY_RELEVANCE),
			    "a1 a2 a4 a3");
}

static void test_as_typed_only_typed_words_count(void **state)
{
	(void)state;
	assert_string_equal(ids_of("passport lost abroad", true, SEARCH_BY_RELEVANCE),
			    "a1 a2 a3 a4");
}

static void test_two_words_are_no_question(void **state)
{
	(void)state;
	assert_string_equal(ids_of("lost abroad", false, SEARCH_BY_RELEVANCE), "a1 a2 a3 a4");
}

static void test_by_date_nothing_is_moved(void **state)
{
	(void)state;
	assert_string_equal(ids_of("passport lost abroad", false, SEARCH_BY_DATE),
			    ids_of("passport lost abroad", true, SEARCH_BY_DATE));
}

static void test_what_the_words_put_first_stays(void **state)
{
	(void)state;
	/* "theatre" is rarest: a3 is first, though it shares nothing with the others. */
	assert_string_equal(ids_of("theatre passport abroad", false, SEARCH_BY_RELEVANCE),
			    "a3 a2 a1 a4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shared_words_order_the_rest, start, stop),
		cmocka_unit_test_setup_teardown(test_as_typed_only_typed_words_count, start, stop),
		cmocka_unit_test_setup_teardown(test_two_words_are_no_question, start, stop),
		cmocka_unit_test_setup_teardown(test_by_date_nothing_is_moved, start, stop),
		cmocka_unit_test_setup_teardown(test_what_the_words_put_first_stays, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
