/* What narrows a search and what counts it: filters, dates, facets, order, pages. */
#include "indexer/search.h"

#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

static struct index_doc filed(const char *id, const char *space, const char *lang, const char *tag,
			      int year)
{
	struct index_doc doc = kit_doc(OPEN, id, "t", "viza");

	doc.space = str_c(space);
	doc.lang = str_c(lang);
	doc.tags = arena_alloc(&kit.mem, sizeof(*doc.tags));
	doc.tags[0] = str_c(tag);
	doc.n_tags = 1;
	doc.modified = clock_from_date(year, 7, 1);
	return doc;
}

static void put_filed(void)
{
	kit_put(filed("a1", "help", "uz-Latn", "Uzoq muddat", 2021));
	kit_put(filed("a2", "help", "uz-Cyrl", "қисқа", 2022));
	kit_put(filed("a3", "consular", "ru", "Узоқ муддат", 2023));
	kit_commit();
}

static void test_filters(void **state)
{
	(void)state;
	put_filed();
	assert_hits("viza space:help", "a1 a2");
	assert_hits("viza SPACE:HELP", "a1 a2");
	assert_hits("viza space:hel", "");
	assert_hits("viza lang:uz", "a1 a2");
	assert_hits("viza lang:uz-cyrl", "a2");
	assert_hits("viza lang:uz-cyrl lang:ru", "a2 a3");
	assert_hits("viza lang:ru space:help", "");
	assert_hits("viza tag:\"uzoq muddat\"", "a1 a3");
	assert_hits("viza -tag:\"uzoq muddat\"", "a2");
	assert_hits("viza author:Dilnoza type:article -space:help", "a3");
	assert_hits("tag:qisqa", "a2");
	assert_hits("space:consular -viza", "");
}

static void test_every_author_is_found(void **state)
{
	struct str authors[] = {STR("aziz"), STR("dilnoza")};
	struct index_doc doc = kit_doc(OPEN, "a1", "t", "viza");

	(void)state;
	doc.authors = authors;
	doc.n_authors = 2;
	kit_put(doc);
	kit_commit();
	assert_hits("viza author:aziz", "a1");
	assert_hits("viza author:azi", "");
}

static void test_dates_are_inclusive(void **state)
{
	(void)state;
	put_filed();
	assert_hits("viza after:2022", "a2 a3");
	assert_hits("viza after:2022-07-01", "a2 a3");
	assert_hits("viza after:2022-07-02", "a3");
	assert_hits("viza before:2022-07-01", "a1 a2");
	assert_hits("viza before:2022-06", "a1");
	assert_hits("viza after:2022 before:2022", "a2");
	assert_hits("viza -after:2022", "a1");
	assert_hits("viza after:2024 before:2021", "");
}

static void test_request_filters_narrow(void **state)
{
	struct search_request request = kit_request("viza lang:uz", 1);
	struct str spaces[] = {STR("help"), STR("consular")}, langs[] = {STR("uz-Latn"), STR("ru")};
	struct search_result result;

	(void)state;
	put_filed();
	request.spaces = spaces;
	request.n_spaces = 2;
	request.langs = langs;
	request.n_langs = 2;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a1");
	request.query = STR("viza");
	request.after = clock_from_date(2022, 1, 1);
	request.before = clock_from_date(2024, 1, 1);
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a3");
}

static void test_facets_count_the_matches(void **state)
{
	struct search_result result;

	(void)state;
	put_filed();
	kit_put(filed("a4", "help", "en", "other", 2021));
	kit_commit();
	result = kit_search("viza");
	assert_int_equal(kit_facet(&result, "space", "help"), 3);
	assert_int_equal(kit_facet(&result, "space", "consular"), 1);
	assert_int_equal(kit_facet(&result, "lang", "ru"), 1);
	assert_int_equal(kit_facet(&result, "type", "article"), 4);
	assert_int_equal(kit_facet(&result, "year", "2021"), 2);
	assert_int_equal(kit_facet(&result, "tag", "other"), 1);
	assert_str(result.facets[0].values[0].value, "help");
	result = kit_search("viza lang:ru");
	assert_int_equal(kit_facet(&result, "space", "help"), 0);
}

/* In every shard, and where a document is not in the space that its shard names. */
static void test_spaces_are_counted_over_shards(void **state)
{
	static const char *const spaces[] = {"help", "help", "consular", "help", "consular"};
	static const int64_t audiences[] = {OPEN, OPEN, CONSULS, CONSULS, CLOSED};
	struct search_result result;

	(void)state;
	for (size_t i = 0; i < COUNT(spaces); i++) {
		struct index_doc doc = filed(arena_printf(&kit.mem, "a%zu", i + 1).ptr, spaces[i],
					     "en", "tag", 2021);

		doc.audience = audiences[i];
		kit_put(doc);
	}
	kit_commit();
	result = kit_run(kit_request("viza", 3));
	assert_int_equal(kit_facet(&result, "space", "help"), 3);
	assert_int_equal(kit_facet(&result, "space", "consular"), 2);
	result = kit_run(kit_request("viza", 2));
	assert_int_equal(kit_facet(&result, "space", "help"), 3);
	assert_int_equal(kit_facet(&result, "space", "consular"), 1);
}

static void test_sort_by_date(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct search_result result;

	(void)state;
	put_filed();
	request.sort = SEARCH_BY_DATE;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a3 a2 a1");
}

static void test_ties_do_not_depend_on_when_they_were_indexed(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a9", "t", "viza"));
	kit_put(kit_doc(OPEN, "a12", "t", "viza"));
	kit_commit();
	kit_put(kit_doc(OPEN, "a5", "t", "viza"));
	kit_commit();
	result = kit_search("viza");
	assert_string_equal(kit_ids(&kit.mem, &result), "a5 a9 a12");
}

static void test_offset_and_limit(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct search_result result;

	(void)state;
	put_filed();
	request.sort = SEARCH_BY_DATE;
	request.offset = 1;
	request.limit = 1;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a2");
	assert_int_equal(result.total, 3);
	request.limit = 1001;
	assert_int_equal(searcher_run(kit.searcher, &result, &kit.mem, &request), ST_INVALID);
}

static void test_excluded_documents_leave_no_trace(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct str excluded[] = {STR("a1"), STR("a3")};
	struct search_result result;

	(void)state;
	put_filed();
	request.excluded = excluded;
	request.n_excluded = 2;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a2");
	assert_int_equal(result.total, 1);
	assert_int_equal(kit_facet(&result, "lang", "ru"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_filters),
		ON_INDEX(test_every_author_is_found),
		ON_INDEX(test_dates_are_inclusive),
		ON_INDEX(test_request_filters_narrow),
		ON_INDEX(test_facets_count_the_matches),
		ON_INDEX(test_spaces_are_counted_over_shards),
		ON_INDEX(test_sort_by_date),
		ON_INDEX(test_ties_do_not_depend_on_when_they_were_indexed),
		ON_INDEX(test_offset_and_limit),
		ON_INDEX(test_excluded_documents_leave_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
