/* Searches over a few documents in several audiences. */
#include "indexer/search.h"

#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

enum { OPEN = 1, CONSULS = 2, CLOSED = 3, LIMIT = 10 };

static char *folder;
static struct writer *writer;
static struct searcher *searcher;
static struct arena mem;

static const int64_t ALL_IDS[] = {OPEN, CONSULS, CLOSED};

static void put(struct index_doc doc)
{
	assert_int_equal(writer_put(writer, &doc), ST_OK);
}

static void commit(void)
{
	struct shard_version *shards;
	size_t count;

	assert_int_equal(writer_commit(writer, &mem, 1, &shards, &count), ST_OK);
}

static int start(void **state)
{
	(void)state;
	folder = folder_make();
	return writer_open(&writer, folder) == ST_OK && searcher_open(&searcher, folder) == ST_OK
		       ? 0
		       : -1;
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

/* Readers of the first `audiences` of OPEN, CONSULS, CLOSED. */
static struct search_request request_of(const char *query, size_t audiences)
{
	return (struct search_request){.audiences = {ALL_IDS, audiences},
				       .query = str_c(query),
				       .limit = LIMIT,
				       .facets = true};
}

static struct search_result run(struct search_request request)
{
	struct search_result result;

	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	return result;
}

static struct search_result search(const char *query)
{
	return run(request_of(query, 1));
}

static const char *hits_of(const char *query)
{
	struct search_result result = search(query);

	return kit_ids(&mem, &result);
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp(((const struct search_hit *)a)->id, ((const struct search_hit *)b)->id);
}

/* The query finds these, in whatever order. */
#define assert_hits(query, ids) assert_string_equal(sorted_hits_of(query), ids)
static const char *sorted_hits_of(const char *query)
{
	struct search_result result = search(query);

	if (result.n_hits)
		qsort(result.hits, result.n_hits, sizeof(*result.hits), compare_ids);
	return kit_ids(&mem, &result);
}

static uint32_t facet_count(const struct search_result *result, const char *name, const char *value)
{
	for (size_t i = 0; i < result->n_facets; i++)
		for (size_t k = 0; k < result->facets[i].n_values; k++)
			if (str_is(result->facets[i].name, name) &&
			    str_is(result->facets[i].values[k].value, value))
				return result->facets[i].values[k].count;
	return 0;
}

/* ---- words ----------------------------------------------------------------------------------- */
static void test_one_query_finds_both_scripts(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "Elchixona", "Elchixonalarimizda qabul kunlari"));
	put(kit_doc(OPEN, "a2", "Элчихона", "Элчихонаси ҳақида"));
	commit();
	assert_string_equal(hits_of("elchixona"), hits_of("ЭЛЧИХОНА"));
	assert_int_equal(search("elchixonasi").n_hits, 2);
	assert_int_equal(search("O‘zbek").n_hits, 0);
}

static void test_typed_without_apostrophe(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "Kim", "oʻzbek tili"));
	commit();
	assert_hits("ozbek", "a1");
	assert_hits("узбек", "a1");
	assert_hits("o`zbekcha", "");
}

static void test_loans_between_languages(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "x", "viza olish"));
	put(kit_doc(OPEN, "a2", "y", "оформление визы"));
	commit();
	assert_int_equal(search("визы").n_hits, 2);
	assert_int_equal(search("viza").n_hits, 2);
}

static void test_words_are_joined_by_and(void **state)
{
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "bir", "nota konvensiya"));
	put(kit_doc(OPEN, "a2", "ikki", "nota"));
	put(kit_doc(OPEN, "a3", "uch", "boshqa"));
	commit();
	result = search("konvensiya nota");
	assert_string_equal(kit_ids(&mem, &result), "a1 a2"); /* some words: below */
	assert_int_equal(result.total_all, 1);
	assert_int_equal(result.total, 2);
	assert_true(result.exact);
}

static void test_five_with_all_words_leave_out_the_rest(void **state)
{
	struct search_result result;

	(void)state;
	for (int i = 0; i < 4; i++)
		put(kit_doc(OPEN, arena_printf(&mem, "a%d", i).ptr, "t", "nota konvensiya"));
	put(kit_doc(OPEN, "f1", "t", "nota"));
	commit();
	result = search("nota konvensiya");
	assert_int_equal(result.total_all, 4);
	assert_int_equal(result.total, 5);
	put(kit_doc(OPEN, "a4", "t", "nota konvensiya"));
	commit();
	searcher_close(searcher);
	assert_int_equal(searcher_open(&searcher, folder), ST_OK);
	result = search("nota konvensiya");
	assert_int_equal(result.total, 5);
	assert_int_equal(result.n_hits, 5);
}

static void test_pages_go_on_from_all_to_some(void **state)
{
	struct search_request request = request_of("nota konvensiya", 1);
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "nota konvensiya"));
	put(kit_doc(OPEN, "a2", "t", "nota konvensiya"));
	put(kit_doc(OPEN, "f1", "t", "konvensiya"));
	put(kit_doc(OPEN, "f2", "t", "konvensiya"));
	commit();
	request.limit = 1;
	for (uint32_t i = 0; i < 5; i++) {
		static const char *const EXPECTED[] = {"a1", "a2", "f1", "f2", ""};

		request.offset = i;
		result = run(request);
		assert_string_equal(kit_ids(&mem, &result), EXPECTED[i]);
		assert_int_equal(result.total, 4);
	}
}

static void test_or_binds_tighter(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		put(kit_doc(OPEN, arena_printf(&mem, "a%d", i).ptr, "t",
			    i % 2 ? "nota bitim" : "shartnoma bitim"));
	put(kit_doc(OPEN, "f1", "t", "nota"));
	commit();
	assert_int_equal(search("nota OR shartnoma bitim").total, 5);
	assert_int_equal(search("nota OR shartnoma").total, 6);
}

static void test_minus_excludes(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "pasport olish"));
	put(kit_doc(OPEN, "a2", "t", "pasportlar almashtirish"));
	put(kit_doc(OPEN, "a3", "t", "pasport almashtirish muddati"));
	commit();
	assert_hits("pasport -almashtirish", "a1");
	assert_hits("pasport -\"almashtirish muddati\"", "a1 a2");
	assert_hits("pasport -almash*", "a1");
	assert_hits("pasport -\"pasportlar\"", "a1 a3");
	assert_hits("-pasport", "");
	assert_hits("-tag:x", "");
	assert_int_equal(search("-pasport").total, 0);
}

static void test_phrase_stands_together(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "Tashqi ishlar vazirligi binosi"));
	put(kit_doc(OPEN, "a2", "t", "Ташқи ишлар вазирлиги биноси"));
	put(kit_doc(OPEN, "a3", "t", "vazirligi tashqi ishlar"));
	commit();
	assert_hits("\"ташқи ишлар вазирлиги\"", "a1 a2");
	assert_hits("\"vazirligi binosi\"", "a1 a2");
	assert_hits("\"binosi vazirligi\"", "");
}

static void test_phrase_does_not_reach_over_title_and_body(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "Tashqi ishlar", "vazirligi"));
	commit();
	assert_hits("\"ishlar vazirligi\"", "");
	assert_hits("\"tashqi ishlar\"", "a1");
}

static void test_hyphenated_word_takes_endings(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "chora-tadbirlarni ko'rish"));
	put(kit_doc(OPEN, "a2", "t", "tadbir va chora"));
	commit();
	assert_hits("chora-tadbir", "a1");
}

static void test_quoted_word_is_exact(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "elchixonasi"));
	put(kit_doc(OPEN, "a2", "t", "элчихона"));
	commit();
	assert_hits("\"elchixona\"", "a2");
}

static void test_prefix_needs_three_letters(void **state)
{
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "konsullik"));
	put(kit_doc(OPEN, "a2", "t", "консерва"));
	commit();
	assert_int_equal(search("kons*").n_hits, 2);
	assert_hits("konsu*", "a1");
	result = search("ko*");
	assert_int_equal(result.n_hits, 0);
	assert_true(result.hint.len > 0);
}

static void test_title_is_searched_alone_and_first(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "Boshqa", "nota nota nota nota"));
	put(kit_doc(OPEN, "a2", "Diplomatik nota", "matn"));
	put(kit_doc(OPEN, "a3", "Nota", "matn nima"));
	commit();
	assert_string_equal(hits_of("title:notalar"), "a3 a2");
	assert_true(str_starts(str_c(hits_of("nota")), STR("a3")));
	assert_true(str_starts(str_c(hits_of("НОТА")), STR("a3")));
	assert_hits("title:\"diplomatik nota\"", "a2");
}

static void test_former_titles_tags_and_link_texts_are_found(void **state)
{
	struct str former[] = {STR("Eski nom")}, tags[] = {STR("Muzokara")},
		   links[] = {STR("havola matni")};
	struct index_doc doc = kit_doc(OPEN, "a1", "Yangi", "matn");

	(void)state;
	doc.former_titles = former;
	doc.tags = tags;
	doc.link_texts = links;
	doc.n_former_titles = doc.n_tags = doc.n_link_texts = 1;
	put(doc);
	commit();
	assert_hits("eski", "a1");
	assert_hits("title:eski", "a1");
	assert_hits("muzokaralar", "a1");
	assert_hits("havola", "a1");
	assert_hits("title:havola", "");
}

static void test_stop_words_do_not_hide_hits(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "embassy hours"));
	put(kit_doc(OPEN, "a2", "t", "the"));
	commit();
	assert_int_equal(search("the embassy").total_all, 1);
	assert_hits("the embassy", "a1");
	assert_hits("the", "a2");
}

static void test_many_words_are_no_error(void **state)
{
	AUTO(buf) struct buf query = {0};
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "nodir so'z"));
	commit();
	for (int i = 0; i < 300; i++)
		buf_printf(&query, "soz%d ", i);
	buf_c_add(&query, "nodir");
	result = search(buf_c(&query));
	assert_string_equal(kit_ids(&mem, &result), "a1");
}

static void test_marks_say_what_was_searched(void **state)
{
	struct search_result result;
	bool stem = false, exact = false, begun = false, excluded = false;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "elchixonalar nota"));
	commit();
	result = search("elchixona not* -pasport");
	for (size_t i = 0; i < result.n_marks; i++) {
		stem = stem || str_is(result.marks[i], "ZUelchixona");
		exact = exact || str_is(result.marks[i], "elchixona");
		begun = begun || str_is(result.marks[i], "not*");
		excluded = excluded || str_search(result.marks[i], STR("pasport")) >= 0;
	}
	assert_true(stem && exact && begun && !excluded);
}

/* ---- filters, dates, facets, order ------------------------------------------------------------ */
static struct index_doc filed(const char *id, const char *space, const char *lang, const char *tag,
			      int year)
{
	struct index_doc doc = kit_doc(OPEN, id, "t", "viza");

	doc.space = str_c(space);
	doc.lang = str_c(lang);
	doc.tags = arena_alloc(&mem, sizeof(*doc.tags));
	doc.tags[0] = str_c(tag);
	doc.n_tags = 1;
	doc.modified = clock_from_date(year, 7, 1);
	return doc;
}

static void put_filed(void)
{
	put(filed("a1", "help", "uz-Latn", "Uzoq muddat", 2021));
	put(filed("a2", "help", "uz-Cyrl", "қисқа", 2022));
	put(filed("a3", "consular", "ru", "Узоқ муддат", 2023));
	commit();
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
	put(doc);
	commit();
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
	struct search_request request = request_of("viza lang:uz", 1);
	struct str spaces[] = {STR("help"), STR("consular")}, langs[] = {STR("uz-Latn"), STR("ru")};
	struct search_result result;

	(void)state;
	put_filed();
	request.spaces = spaces;
	request.n_spaces = 2;
	request.langs = langs;
	request.n_langs = 2;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a1");
	request.query = STR("viza");
	request.after = clock_from_date(2022, 1, 1);
	request.before = clock_from_date(2024, 1, 1);
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a3");
}

static void test_facets_count_the_matches(void **state)
{
	struct search_result result;

	(void)state;
	put_filed();
	put(filed("a4", "help", "en", "other", 2021));
	commit();
	result = search("viza");
	assert_int_equal(facet_count(&result, "space", "help"), 3);
	assert_int_equal(facet_count(&result, "space", "consular"), 1);
	assert_int_equal(facet_count(&result, "lang", "ru"), 1);
	assert_int_equal(facet_count(&result, "type", "article"), 4);
	assert_int_equal(facet_count(&result, "year", "2021"), 2);
	assert_int_equal(facet_count(&result, "tag", "other"), 1);
	assert_str(result.facets[0].values[0].value, "help");
	result = search("viza lang:ru");
	assert_int_equal(facet_count(&result, "space", "help"), 0);
}

/* In every shard, and where a document is not in the space that its shard names. */
static void test_spaces_are_counted_over_shards(void **state)
{
	static const char *const spaces[] = {"help", "help", "consular", "help", "consular"};
	static const int64_t audiences[] = {OPEN, OPEN, CONSULS, CONSULS, CLOSED};
	struct search_result result;

	(void)state;
	for (size_t i = 0; i < COUNT(spaces); i++) {
		struct index_doc doc =
			filed(arena_printf(&mem, "a%zu", i + 1).ptr, spaces[i], "en", "tag", 2021);

		doc.audience = audiences[i];
		put(doc);
	}
	commit();
	result = run(request_of("viza", COUNT(ALL_IDS)));
	assert_int_equal(facet_count(&result, "space", "help"), 3);
	assert_int_equal(facet_count(&result, "space", "consular"), 2);
	result = run(request_of("viza", 2));
	assert_int_equal(facet_count(&result, "space", "help"), 3);
	assert_int_equal(facet_count(&result, "space", "consular"), 1);
}

static void test_sort_by_date(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct search_result result;

	(void)state;
	put_filed();
	request.sort = SEARCH_BY_DATE;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a3 a2 a1");
}

static void test_ties_do_not_depend_on_when_they_were_indexed(void **state)
{
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a9", "t", "viza"));
	put(kit_doc(OPEN, "a12", "t", "viza"));
	commit();
	put(kit_doc(OPEN, "a5", "t", "viza"));
	commit();
	result = search("viza");
	assert_string_equal(kit_ids(&mem, &result), "a5 a9 a12");
}

static void test_offset_and_limit(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct search_result result;

	(void)state;
	put_filed();
	request.sort = SEARCH_BY_DATE;
	request.offset = 1;
	request.limit = 1;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a2");
	assert_int_equal(result.total, 3);
	request.limit = 1001;
	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_INVALID);
}

static void test_excluded_documents_leave_no_trace(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct str excluded[] = {STR("a1"), STR("a3")};
	struct search_result result;

	(void)state;
	put_filed();
	request.excluded = excluded;
	request.n_excluded = 2;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a2");
	assert_int_equal(result.total, 1);
	assert_int_equal(facet_count(&result, "lang", "ru"), 0);
}

/* ---- kinds ----------------------------------------------------------------------------------- */
static void put_thread(const char *id, const char *of, const char *title, const char *body)
{
	struct index_doc doc = kit_doc(OPEN, id, title, body);

	doc.type = STR("thread");
	doc.of = str_c(of);
	put(doc);
}

static void put_talk(void)
{
	put_thread("t1", "a1", "Muddat", "viza muddati besh kun");
	put_thread("t2", "a1", "Savol", "viza va yana ko'p gap bor shu yerda");
	put_thread("t3", "a2", "Javob", "viza haqida");
	put(kit_doc(OPEN, "a1", "Muddat", "viza muddati besh kun"));
	put(kit_doc(OPEN, "a2", "Tartib", "boshqa matn"));
	commit();
}

static void test_an_article_stands_before_a_thread_that_says_the_same(void **state)
{
	(void)state;
	put_talk();
	assert_string_equal(hits_of("muddati besh kun"), "a1 t1");
}

/* Short as they are, threads would stand before every article that goes into its subject. */
static void test_a_short_thread_does_not_come_before_a_long_article(void **state)
{
	AUTO(buf) struct buf body = {0};

	(void)state;
	buf_c_add(&body, "viza viza");
	for (int i = 0; i < 60; i++)
		buf_printf(&body, " gap%d", i);
	put_thread("t1", "a2", "Savol", "viza kerakmi");
	put(kit_doc(OPEN, "a1", "Tartib", buf_c(&body)));
	commit();
	assert_string_equal(hits_of("viza"), "a1 t1");
}

static void test_the_title_of_a_thread_is_no_name(void **state)
{
	(void)state;
	put_thread("t1", "a2", "Viza to'lovi", "savol");
	put(kit_doc(OPEN, "a1", "Tartib", "viza viza viza to'lovi to'lovi to'lovi to'lovi viza"));
	commit();
	assert_string_equal(hits_of("viza to'lovi"), "a1 t1");
}

static void test_kinds_are_counted_and_filtered(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct str type = STR("thread");
	struct search_result result;

	(void)state;
	put_talk();
	result = run(request);
	assert_int_equal(facet_count(&result, "type", "article"), 1);
	assert_int_equal(facet_count(&result, "type", "thread"), 3);
	request.types = &type;
	request.n_types = 1;
	assert_int_equal(run(request).total, 3);
	assert_hits("viza type:article", "a1");
	assert_hits("type:thread muddati", "t1");
}

static void test_what_hangs_on_an_article_is_excluded_with_it(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct str excluded[] = {STR("a1"), STR("t3")};
	struct search_result result;

	(void)state;
	put_talk();
	request.excluded = excluded;
	request.n_excluded = 1;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "t3");
	request.n_excluded = 2;
	assert_int_equal(run(request).total, 0);
}

static void test_what_hangs_on_an_article_is_deleted_with_it(void **state)
{
	(void)state;
	put_talk();
	put_thread("t4", "a2", "Javob", "boshqa javob");
	assert_int_equal(writer_delete(writer, OPEN, STR("a1")), ST_OK);
	assert_int_equal(writer_delete(writer, OPEN, STR("t3")), ST_OK);
	commit();
	assert_hits("viza OR boshqa", "a2 t4");
}

/* ---- audiences ------------------------------------------------------------------------------- */
static void test_only_readable_shards_are_searched(void **state)
{
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "viza"));
	put(kit_doc(CONSULS, "a2", "t", "viza"));
	put(kit_doc(CLOSED, "a3", "t", "viza"));
	commit();
	result = run(request_of("viza", 2));
	assert_string_equal(kit_ids(&mem, &result), "a1 a2");
	assert_int_equal(result.total, 2);
	assert_int_equal(facet_count(&result, "type", "article"), 2);
	assert_true(result.hits[0].audience == OPEN && result.hits[1].audience == CONSULS);
	result = run(request_of("viza", 0));
	assert_int_equal(result.total, 0);
	assert_true(result.exact);
}

/* The same documents for a reader, in two worlds that differ by what is closed to them. */
static void test_closed_shard_changes_nothing(void **state)
{
	static const char *const QUERIES[] = {
		"viza nota", "viza", "maxfiy",          "maxfi",
		"vizo",      "mah*", "\"maxfiy nota\"", "vizalar OR sirli"};
	AUTO(buf) struct buf before = {0}, after = {0};

	(void)state;
	put(kit_doc(OPEN, "a1", "Viza", "viza nota haqida"));
	put(kit_doc(OPEN, "a2", "t", "viza viza"));
	commit();
	for (size_t i = 0; i < COUNT(QUERIES); i++) {
		struct search_result result = search(QUERIES[i]);

		search_result_write(&before, &result);
		for (int k = 0; k < 20; k++)
			put(kit_doc(CLOSED, arena_printf(&mem, "f%d", k).ptr, "Viza maxfiy",
				    "maxfiy nota sirli vizo"));
		commit();
		result = search(QUERIES[i]);
		search_result_write(&after, &result);
		assert_true(str_eq(buf_str(&before), buf_str(&after)));
		for (int k = 0; k < 20; k++)
			assert_int_equal(writer_delete(writer, CLOSED,
						       str_c(arena_printf(&mem, "f%d", k).ptr)),
					 ST_OK);
		commit();
	}
}

static void test_suggestion_comes_from_readable_shards_only(void **state)
{
	struct search_result result;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "elchixona"));
	put(kit_doc(CLOSED, "f1", "t", "konsullik"));
	commit();
	assert_str(search("elchixxona").suggestion, "elchixona");
	assert_str(search("konsulik").suggestion, "");
	result = run(request_of("konsulik", 3));
	assert_str(result.suggestion, "konsullik");
}

static void test_suggestion_is_in_the_script_of_the_query(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "muzokaralar o'zgarish"));
	commit();
	assert_str(search("музакаралар").suggestion, "музокаралар");
	assert_str(search("-nota muzakaralarr").suggestion, "-nota muzokaralar");
	assert_str(search("muzokaralar").suggestion, "");
}

static void test_deleted_words_are_not_suggested(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "t", "elchixona"));
	put(kit_doc(OPEN, "a2", "t", "boshqa"));
	commit();
	assert_int_equal(writer_delete(writer, OPEN, STR("a1")), ST_OK);
	put(kit_doc(OPEN, "a2", "t", "butunlay"));
	commit();
	searcher_close(searcher);
	assert_int_equal(searcher_open(&searcher, folder), ST_OK);
	assert_str(search("elchixxona").suggestion, "");
	assert_str(search("boshqaa").suggestion, "");
}

/* ---- versions -------------------------------------------------------------------------------- */
static void test_newer_version_is_seen(void **state)
{
	struct search_request request = request_of("viza", 1);
	struct shard_version *shards;
	struct search_result result;
	size_t count;
	int64_t version;

	(void)state;
	put(kit_doc(OPEN, "a1", "t", "viza"));
	commit();
	assert_int_equal(search("viza").total, 1);
	put(kit_doc(OPEN, "a2", "t", "viza"));
	assert_int_equal(writer_commit(writer, &mem, 2, &shards, &count), ST_OK);
	assert_int_equal(count, 1);
	version = shards[0].version;
	request.versions = &version;
	result = run(request);
	assert_string_equal(kit_ids(&mem, &result), "a1 a2");
}

/* Blocks that an old reader still points to are used again two commits later. */
static void test_reader_far_behind_tries_again(void **state)
{
	(void)state;
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < 300; i++)
			put(kit_doc(
				OPEN, arena_printf(&mem, "a%d", i).ptr, "t",
				arena_printf(&mem, "viza so'z%dq%d matn%d", round, i, i % 7).ptr));
		commit();
		if (round == 0)
			assert_int_equal(search("viza").total, 300);
	}
	assert_int_equal(search("viza matn3").n_hits, LIMIT);
	assert_int_equal(search("so'z3q7").total, 1);
}

static void test_absent_index_is_empty(void **state)
{
	struct search_result result;

	(void)state;
	result = run(request_of("viza", 3));
	assert_int_equal(result.n_hits, 0);
	assert_true(result.exact);
}

static void put_translation(const char *id, const char *key, const char *body)
{
	struct index_doc doc = kit_doc(OPEN, id, "Visa", body);

	doc.translation = str_c(key);
	put(doc);
}

/* The total still counts every article; facets too, because each can be filtered for. */
static void test_translations_come_as_one_hit_where_asked(void **state)
{
	struct search_request request = request_of("visa", 1);
	struct search_result result;

	(void)state;
	put_translation("a1", "set", "visa and much else that is said about it here");
	put_translation("a2", "set", "visa visa visa");
	put_translation("a3", "other", "visa in a text of its own, longer than the best");
	put(kit_doc(OPEN, "a4", "Visas", "visa without translations, and some more words"));
	commit();
	assert_hits("visa", "a1 a2 a3 a4");
	request.join_translations = true;
	result = run(request);
	assert_int_equal(result.n_hits, 3);
	assert_str(result.hits[0].id, "a2");
	assert_int_equal(result.total, 4);
	assert_true(result.exact);
	assert_int_equal(facet_count(&result, "type", "article"), 4);
	request.facets = false;
	result = run(request);
	assert_int_equal(result.total, 4);
	assert_true(result.exact);
}

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_translations_come_as_one_hit_where_asked),
		ON_INDEX(test_one_query_finds_both_scripts),
		ON_INDEX(test_typed_without_apostrophe),
		ON_INDEX(test_loans_between_languages),
		ON_INDEX(test_words_are_joined_by_and),
		ON_INDEX(test_five_with_all_words_leave_out_the_rest),
		ON_INDEX(test_pages_go_on_from_all_to_some),
		ON_INDEX(test_or_binds_tighter),
		ON_INDEX(test_minus_excludes),
		ON_INDEX(test_phrase_stands_together),
		ON_INDEX(test_phrase_does_not_reach_over_title_and_body),
		ON_INDEX(test_hyphenated_word_takes_endings),
		ON_INDEX(test_quoted_word_is_exact),
		ON_INDEX(test_prefix_needs_three_letters),
		ON_INDEX(test_title_is_searched_alone_and_first),
		ON_INDEX(test_former_titles_tags_and_link_texts_are_found),
		ON_INDEX(test_stop_words_do_not_hide_hits),
		ON_INDEX(test_many_words_are_no_error),
		ON_INDEX(test_marks_say_what_was_searched),
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
		ON_INDEX(test_an_article_stands_before_a_thread_that_says_the_same),
		ON_INDEX(test_a_short_thread_does_not_come_before_a_long_article),
		ON_INDEX(test_the_title_of_a_thread_is_no_name),
		ON_INDEX(test_kinds_are_counted_and_filtered),
		ON_INDEX(test_what_hangs_on_an_article_is_excluded_with_it),
		ON_INDEX(test_what_hangs_on_an_article_is_deleted_with_it),
		ON_INDEX(test_only_readable_shards_are_searched),
		ON_INDEX(test_closed_shard_changes_nothing),
		ON_INDEX(test_suggestion_comes_from_readable_shards_only),
		ON_INDEX(test_suggestion_is_in_the_script_of_the_query),
		ON_INDEX(test_deleted_words_are_not_suggested),
		ON_INDEX(test_newer_version_is_seen),
		ON_INDEX(test_reader_far_behind_tries_again),
		ON_INDEX(test_absent_index_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
