/* What helps a hit besides words, and what it must not do. */
#include "indexer/search.h"

#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

enum { YEAR = 365 * 24 * 3600 };

static void put_standing(const char *id, int64_t fresh, int64_t verified, int64_t linkers)
{
	struct index_doc doc = kit_doc(OPEN, id, "Guide", "the consul of the embassy");

	doc.fresh_until = clock_now() + fresh;
	doc.verified_until = clock_now() + verified;
	doc.linkers = linkers;
	kit_put(doc);
}

static void test_standing_helps_among_equals(void **state)
{
	(void)state;
	put_standing("a1", -1, -YEAR, 1);
	put_standing("a2", YEAR, -1, 0);
	put_standing("a3", YEAR, -YEAR, 2);
	put_standing("a4", -1, YEAR, 8);
	put_standing("a5", YEAR, YEAR, 8);
	kit_commit();
	assert_string_equal(kit_hits("consul"), "a5 a4 a3 a2 a1");
}

static void test_standing_yields_to_words(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "Consul", "the duties of a consul"));
	put_standing("a2", YEAR, YEAR, 100);
	kit_put(kit_doc(OPEN, "a3", "Other", "nothing of the kind"));
	kit_commit();
	assert_string_equal(kit_hits("consul"), "a1 a2");
}

static void test_the_readers_language_helps_among_equals(void **state)
{
	static const char *const langs[] = {"en", "ru", "uz-Latn", "uz-Cyrl"};
	struct search_request request = kit_request("consul", 1);
	struct search_result result;

	(void)state;
	for (size_t i = 0; i < COUNT(langs); i++) {
		struct index_doc doc = kit_doc(OPEN, arena_printf(&kit.mem, "a%zu", i + 1).ptr,
					       "Guide", "the consul of the embassy");

		doc.lang = str_c(langs[i]);
		kit_put(doc);
	}
	kit_put(kit_doc(OPEN, "a9", "Consul", "the duties of a consul"));
	kit_commit();
	for (size_t i = 0; i < COUNT(langs); i++) {
		request.reader_lang = str_c(langs[i]);
		result = kit_run(request);
		assert_true(str_is(result.hits[0].id, "a9"));
		assert_str(result.hits[1].id, arena_printf(&kit.mem, "a%zu", i + 1).ptr);
	}
}

/* Whatever the page, a hit stands on one of them, and all of them together make the whole. */
static void test_standing_is_the_same_on_every_page(void **state)
{
	AUTO(buf) struct buf whole = {0}, pages = {0};
	struct search_request request = kit_request("consul", 1);
	struct search_result result;

	(void)state;
	for (int i = 1; i <= 50; i++)
		put_standing(arena_printf(&kit.mem, "a%d", i).ptr, i % 2 ? YEAR : -1,
			     i % 3 ? YEAR : -1, i % 10);
	kit_commit();
	request.limit = 50;
	result = kit_run(request);
	buf_c_add(&whole, kit_ids(&kit.mem, &result));
	for (request.limit = 7; request.offset < 50; request.offset += request.limit) {
		result = kit_run(request);
		buf_printf(&pages, "%s%s", request.offset ? " " : "", kit_ids(&kit.mem, &result));
	}
	assert_string_equal(buf_c(&pages), buf_c(&whole));
	request = kit_request("consul", 1);
	request.sort = SEARCH_BY_DATE;
	result = kit_run(request);
	assert_str(result.hits[0].id, "a1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_standing_helps_among_equals),
		ON_INDEX(test_standing_yields_to_words),
		ON_INDEX(test_the_readers_language_helps_among_equals),
		ON_INDEX(test_standing_is_the_same_on_every_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
