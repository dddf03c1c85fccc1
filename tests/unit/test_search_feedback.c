/* What the best documents share orders those below them, and changes nothing else. */
#include "indexer/search.h"

#include "tests/support/check.h"
#include "tests/support/index_kit.h"

static int start(void **state)
{
	static const char *const docs[] = {
		"passport lost, consulate gives certificate",
		"passport abroad, consulate gives certificate",
		"abroad they show cinema and theatre",
		"abroad you ask consulate about certificate",
		"consulate and certificate",
	};

	if (kit_start(state) != 0)
		return -1;
	for (size_t i = 0; i < COUNT(docs); i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%zu", i + 1).ptr, "", docs[i]));
	kit_commit();
	return 0;
}

static const char *ids_of(const char *query, bool as_typed, enum search_sort sort)
{
	struct search_request request = kit_request(query, 1);
	struct search_result result;

	request.as_typed = as_typed;
	request.sort = sort;
	result = kit_run(request);
	assert_int_equal(result.total, result.n_hits);
	return kit_ids(&kit.mem, &result);
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

#define ON_FIVE(test) cmocka_unit_test_setup_teardown(test, start, kit_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FIVE(test_shared_words_order_the_rest),
		ON_FIVE(test_as_typed_only_typed_words_count),
		ON_FIVE(test_two_words_are_no_question),
		ON_FIVE(test_by_date_nothing_is_moved),
		ON_FIVE(test_what_the_words_put_first_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
