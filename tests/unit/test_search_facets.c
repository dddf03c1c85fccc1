/* What narrows a search and what counts it: filters, dates, facets, order, pages. */
#include "indexer/search.h"

#include "indexer/xap.h"
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

static void test_an_office_finds_what_it_owns(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct str offices[] = {STR("london"), STR("Tokyo")};
	struct index_doc doc;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		static const char *const owners[] = {"london", "tokyo", "", "londonderry"};

		doc = kit_doc(OPEN, arena_printf(&kit.mem, "a%zu", i + 1).ptr, "t", "viza");
		doc.office = str_c(owners[i]);
		kit_put(doc);
	}
	kit_commit();
	assert_hits("viza office:london", "a1");
	assert_hits("office:LONDON office:tokyo", "a1 a2");
	assert_hits("viza -office:london", "a2 a3 a4");
	assert_hits("viza office:nowhere", "");
	request.offices = offices;
	request.n_offices = 1;
	assert_string_equal(kit_ids(&kit.mem, &(struct search_result[]){kit_run(request)}[0]),
			    "a1");
	request.n_offices = 2;
	assert_int_equal(kit_run(request).total, 2);
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

/* With the filters of a request: `tag` and `lang` may be NULL. */
static struct search_result chosen(const char *query, const char *space, const char *lang,
				   const char *tag)
{
	struct search_request request = kit_request(query, 3);
	static struct str values[3];

	values[0] = str_c(space);
	request.spaces = &values[0];
	request.n_spaces = 1;
	if (lang) {
		values[1] = str_c(lang);
		request.langs = &values[1];
		request.n_langs = 1;
	}
	if (tag) {
		values[2] = str_c(tag);
		request.tags = &values[2];
		request.n_tags = 1;
	}
	request.join_translations = true;
	return kit_run(request);
}

static void test_a_facet_is_counted_without_its_own_filter(void **state)
{
	struct search_result result;

	(void)state;
	put_filed(); /* a1 help uz-Latn, a2 help uz-Cyrl, a3 consular ru */
	kit_put(filed("a4", "consular", "uz-Latn", "other", 2021));
	kit_put(filed("a5", "legal", "ru", "other", 2021));
	kit_commit();
	result = chosen("viza", "help", NULL, NULL);
	assert_int_equal(result.total, 2);
	assert_int_equal(kit_facet(&result, "space", "help"), 2);
	assert_int_equal(kit_facet(&result, "space", "consular"), 2);
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	assert_int_equal(kit_facet(&result, "lang", "uz-Latn"), 1);
	assert_int_equal(kit_facet(&result, "lang", "ru"), 0);
	assert_int_equal(kit_facet(&result, "type", "article"), 2);
	/* With two, each is counted as far as the other lets it. */
	result = chosen("viza", "consular", "ru", NULL);
	assert_string_equal(kit_ids(&kit.mem, &result), "a3");
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	assert_int_equal(kit_facet(&result, "space", "help"), 0);
	assert_int_equal(kit_facet(&result, "lang", "uz-Latn"), 1);
	assert_int_equal(kit_facet(&result, "lang", "uz-Cyrl"), 0);
	assert_int_equal(kit_facet(&result, "tag", "other"), 0);
	/* A filter that is typed is a part of the question. */
	result = chosen("viza lang:ru", "consular", NULL, NULL);
	assert_int_equal(kit_facet(&result, "lang", "uz-Latn"), 0);
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	/* Nothing where it was chosen, but elsewhere. */
	result = chosen("viza", "nowhere", NULL, NULL);
	assert_int_equal(result.total, 0);
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	assert_int_equal(kit_facet(&result, "type", "article"), 0);
}

/* What has a chosen tag and another one is counted for both. */
static void test_several_values_of_one_document_are_counted_once_each(void **state)
{
	struct str both[] = {STR("uzoq muddat"), STR("other")};
	struct index_doc doc = filed("a6", "help", "en", "other", 2021);
	struct search_result result;

	(void)state;
	put_filed();
	doc.tags = both;
	doc.n_tags = 2;
	kit_put(doc);
	kit_put(filed("a7", "help", "en", "other", 2021));
	kit_commit();
	result = chosen("viza", "help", NULL, "uzoq muddat");
	assert_string_equal(kit_ids(&kit.mem, &result), "a1 a6");
	assert_int_equal(kit_facet(&result, "tag", "other"), 2);
	assert_int_equal(kit_facet(&result, "space", "consular"), 1);
}

/* Those with some of the words are counted where nothing else would be shown. */
static void test_other_values_are_counted_as_the_hits_are_found(void **state)
{
	struct search_result result;

	(void)state;
	put_filed();
	kit_put(kit_doc(OPEN, "a8", "t", "viza markasi"));
	kit_commit(); /* kit_doc() files it under "help" */
	result = chosen("viza markasi", "help", NULL, NULL);
	assert_int_equal(result.total_all, 1);
	assert_int_equal(kit_facet(&result, "space", "help"), 3);
	assert_int_equal(kit_facet(&result, "space", "consular"), 1);
	for (int i = 11; i < 17; i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%d", i).ptr, "t", "viza markasi"));
	kit_commit();
	kit_reopen();
	result = chosen("viza markasi", "help", NULL, NULL);
	assert_int_equal(kit_facet(&result, "space", "help"), 7);
	assert_int_equal(kit_facet(&result, "space", "consular"), 0);
}

/*
 * What is searched under the clock, as a prefix is, looks at it at every 64th document: the first
 * question ends in time.
 */
static void test_a_late_count_of_other_values_is_told(void **state)
{
	struct search_request request = kit_request("viza*", 1);
	struct str langs[] = {STR("ru")};

	(void)state;
	for (int i = 1; i <= 200; i++)
		kit_put(filed(arena_printf(&kit.mem, "a%d", i).ptr, "help", i < 5 ? "ru" : "en",
			      "t", 2021));
	kit_commit();
	request.langs = langs;
	request.n_langs = 1;
	assert_false(kit_run(request).partial);
	request.deadline = 1;
	assert_true(kit_run(request).partial);
	request.facets = false;
	assert_false(kit_run(request).partial);
}

static void put_translated(const char *id, const char *space, const char *lang, const char *tag,
			   const char *set)
{
	struct index_doc doc = filed(id, space, lang, tag, 2021);

	doc.translation = str_c(set);
	kit_put(doc);
}

static void test_a_facet_counts_hits_not_their_languages(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct search_result result;

	(void)state;
	put_translated("a1", "help", "uz-Latn", "qisqa", "one");
	put_translated("a2", "help", "uz-Cyrl", "қисқа", "one");
	put_translated("a3", "help", "ru", "other", "one");
	put_translated("a4", "help", "ru", "other", "two");
	put_translated("a5", "legal", "en", "other", "three");
	put_translated("a6", "legal", "ru", "other", "three");
	kit_commit();
	request.join_translations = true;
	result = kit_run(request);
	assert_int_equal(result.texts, 3);
	assert_int_equal(kit_facet(&result, "space", "help"), 2);
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	assert_int_equal(kit_facet(&result, "type", "article"), 3);
	assert_int_equal(kit_facet(&result, "year", "2021"), 3);
	assert_int_equal(kit_facet(&result, "lang", "ru"), 3);
	assert_int_equal(kit_facet(&result, "lang", "uz-Latn"), 1);
	assert_int_equal(kit_facet(&result, "tag", "other"), 3);
	assert_int_equal(kit_facet(&result, "tag", "qisqa"), 1);
	/* Among what was not chosen, too. */
	result = chosen("viza", "help", NULL, NULL);
	assert_int_equal(result.texts, 2);
	assert_int_equal(kit_facet(&result, "space", "help"), 2);
	assert_int_equal(kit_facet(&result, "space", "legal"), 1);
	/* Every version where they are not joined. */
	request.join_translations = false;
	result = kit_run(request);
	assert_int_equal(kit_facet(&result, "type", "article"), 6);
}

/* `count` texts, each in two languages. */
static void put_pairs(int count)
{
	for (int i = 1; i <= count; i++) {
		const char *set = arena_printf(&kit.mem, "set%d", i).ptr;

		put_translated(arena_printf(&kit.mem, "a%d", 2 * i).ptr, "help", "uz-Latn", "qisqa",
			       set);
		put_translated(arena_printf(&kit.mem, "a%d", 2 * i + 1).ptr, "help", "uz-Cyrl",
			       "\u049B\u0438\u0441\u049B\u0430", set);
	}
	kit_commit();
}

static void test_many_texts_are_counted_once_as_well(void **state)
{
	enum { PAIRS = 450, MORE = XAP_MEMBERS_MAX / 2 + 1 };
	struct search_request request = kit_request("viza", 1);
	struct search_result result;
	struct str langs[] = {STR("uz-Latn")};

	(void)state;
	put_pairs(PAIRS);
	request.join_translations = true;
	result = kit_run(request);
	assert_int_equal(result.total, 2 * PAIRS);
	assert_int_equal(result.texts, PAIRS);
	assert_int_equal(result.n_hits, KIT_LIMIT);
	assert_int_equal(kit_facet(&result, "space", "help"), PAIRS);
	assert_int_equal(kit_facet(&result, "lang", "uz-Cyrl"), PAIRS);
	assert_int_equal(kit_facet(&result, "tag", "qisqa"), PAIRS);
	request.langs = langs;
	request.n_langs = 1;
	result = kit_run(request);
	assert_int_equal(result.texts, PAIRS);
	assert_int_equal(kit_facet(&result, "lang", "uz-Cyrl"), PAIRS);
	assert_int_equal(kit_facet(&result, "space", "help"), PAIRS);
	/* Where there are too many, all count their versions. */
	put_pairs(MORE);
	kit_reopen();
	request.n_langs = 0;
	request.sort = SEARCH_BY_DATE;
	result = kit_run(request);
	assert_int_equal(result.texts, 0);
	assert_int_equal(kit_facet(&result, "space", "help"), 2 * MORE);
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
		ON_INDEX(test_an_office_finds_what_it_owns),
		ON_INDEX(test_dates_are_inclusive),
		ON_INDEX(test_request_filters_narrow),
		ON_INDEX(test_facets_count_the_matches),
		ON_INDEX(test_spaces_are_counted_over_shards),
		ON_INDEX(test_a_facet_is_counted_without_its_own_filter),
		ON_INDEX(test_several_values_of_one_document_are_counted_once_each),
		ON_INDEX(test_other_values_are_counted_as_the_hits_are_found),
		ON_INDEX(test_a_late_count_of_other_values_is_told),
		ON_INDEX(test_a_facet_counts_hits_not_their_languages),
		ON_INDEX(test_many_texts_are_counted_once_as_well),
		ON_INDEX(test_sort_by_date),
		ON_INDEX(test_ties_do_not_depend_on_when_they_were_indexed),
		ON_INDEX(test_offset_and_limit),
		ON_INDEX(test_excluded_documents_leave_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
