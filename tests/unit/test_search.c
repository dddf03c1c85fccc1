/* Searches over documents of several kinds, in several audiences and versions of the index. */
#include "indexer/search.h"

#include "tests/support/check.h"
#include "tests/support/index_kit.h"

/* ---- kinds ----------------------------------------------------------------------------------- */
static void put_thread(const char *id, const char *of, const char *title, const char *body)
{
	struct index_doc doc = kit_doc(OPEN, id, title, body);

	doc.type = STR("thread");
	doc.of = str_c(of);
	kit_put(doc);
}

static void put_talk(void)
{
	put_thread("t1", "a1", "Muddat", "viza muddati besh kun");
	put_thread("t2", "a1", "Savol", "viza va yana ko'p gap bor shu yerda");
	put_thread("t3", "a2", "Javob", "viza haqida");
	kit_put(kit_doc(OPEN, "a1", "Muddat", "viza muddati besh kun"));
	kit_put(kit_doc(OPEN, "a2", "Tartib", "boshqa matn"));
	kit_commit();
}

static void test_an_article_stands_before_a_thread_that_says_the_same(void **state)
{
	(void)state;
	put_talk();
	assert_string_equal(kit_hits("muddati besh kun"), "a1 t1");
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
	kit_put(kit_doc(OPEN, "a1", "Tartib", buf_c(&body)));
	kit_commit();
	assert_string_equal(kit_hits("viza"), "a1 t1");
}

static void test_the_title_of_a_thread_is_no_name(void **state)
{
	(void)state;
	put_thread("t1", "a2", "Viza to'lovi", "savol");
	kit_put(kit_doc(OPEN, "a1", "Tartib",
			"viza viza viza to'lovi to'lovi to'lovi to'lovi viza"));
	kit_commit();
	assert_string_equal(kit_hits("viza to'lovi"), "a1 t1");
}

static void test_kinds_are_counted_and_filtered(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct str type = STR("thread");
	struct search_result result;

	(void)state;
	put_talk();
	result = kit_run(request);
	assert_int_equal(kit_facet(&result, "type", "article"), 1);
	assert_int_equal(kit_facet(&result, "type", "thread"), 3);
	request.types = &type;
	request.n_types = 1;
	assert_int_equal(kit_run(request).total, 3);
	assert_hits("viza type:article", "a1");
	assert_hits("type:thread muddati", "t1");
}

static void test_what_hangs_on_an_article_is_excluded_with_it(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct str excluded[] = {STR("a1"), STR("t3")};
	struct search_result result;

	(void)state;
	put_talk();
	request.excluded = excluded;
	request.n_excluded = 1;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "t3");
	request.n_excluded = 2;
	assert_int_equal(kit_run(request).total, 0);
}

static void test_what_hangs_on_an_article_is_deleted_with_it(void **state)
{
	(void)state;
	put_talk();
	put_thread("t4", "a2", "Javob", "boshqa javob");
	assert_int_equal(writer_delete(kit.writer, OPEN, STR("a1")), ST_OK);
	assert_int_equal(writer_delete(kit.writer, OPEN, STR("t3")), ST_OK);
	kit_commit();
	assert_hits("viza OR boshqa", "a2 t4");
}

/* ---- audiences ------------------------------------------------------------------------------- */
static void test_only_readable_shards_are_searched(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "viza"));
	kit_put(kit_doc(CONSULS, "a2", "t", "viza"));
	kit_put(kit_doc(CLOSED, "a3", "t", "viza"));
	kit_commit();
	result = kit_run(kit_request("viza", 2));
	assert_string_equal(kit_ids(&kit.mem, &result), "a1 a2");
	assert_int_equal(result.total, 2);
	assert_int_equal(kit_facet(&result, "type", "article"), 2);
	assert_true(result.hits[0].audience == OPEN && result.hits[1].audience == CONSULS);
	result = kit_run(kit_request("viza", 0));
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
	kit_put(kit_doc(OPEN, "a1", "Viza", "viza nota haqida"));
	kit_put(kit_doc(OPEN, "a2", "t", "viza viza"));
	kit_commit();
	for (size_t i = 0; i < COUNT(QUERIES); i++) {
		struct search_result result = kit_search(QUERIES[i]);

		search_result_write(&before, &result);
		for (int k = 0; k < 20; k++)
			kit_put(kit_doc(CLOSED, arena_printf(&kit.mem, "f%d", k).ptr, "Viza maxfiy",
					"maxfiy nota sirli vizo"));
		kit_commit();
		result = kit_search(QUERIES[i]);
		search_result_write(&after, &result);
		assert_true(str_eq(buf_str(&before), buf_str(&after)));
		for (int k = 0; k < 20; k++)
			assert_int_equal(writer_delete(kit.writer, CLOSED,
						       str_c(arena_printf(&kit.mem, "f%d", k).ptr)),
					 ST_OK);
		kit_commit();
	}
}

static void test_suggestion_comes_from_readable_shards_only(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixona"));
	kit_put(kit_doc(CLOSED, "f1", "t", "konsullik"));
	kit_commit();
	assert_str(kit_search("elchixxona").suggestion, "elchixona");
	assert_str(kit_search("konsulik").suggestion, "");
	result = kit_run(kit_request("konsulik", 3));
	assert_str(result.suggestion, "konsullik");
}

static void test_no_suggestion_for_a_pasted_paragraph(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "elchixona"));
	kit_commit();
	assert_str(kit_search("elchixxona a1 b2 c3 d4 e5 f6 g7 h8 i9").suggestion,
		   "elchixona a1 b2 c3 d4 e5 f6 g7 h8 i9");
	assert_str(
		kit_search("elchixxona a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2 l3 m4 n5 o6 p7").suggestion,
		"");
}

static void test_suggestion_is_in_the_script_of_the_query(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "muzokaralar o'zgarish"));
	kit_commit();
	assert_str(kit_search("музакаралар").suggestion, "музокаралар");
	assert_str(kit_search("-nota muzakaralarr").suggestion, "-nota muzokaralar");
	assert_str(kit_search("muzokaralar").suggestion, "");
}

/* The first letter may be wrong too, but one that is right goes before. */
static void test_suggestion_with_another_first_letter(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixona baza viza"));
	kit_put(kit_doc(OPEN, "a2", "t", "baza Sbaza"));
	kit_put(kit_doc(CONSULS, "a9", "t", "fuqarolik"));
	kit_commit();
	assert_str(kit_search("zlchixona").suggestion, "elchixona");
	assert_str(kit_search("lechixona").suggestion, "elchixona");
	assert_str(kit_search("vaza").suggestion, "viza");
	assert_str(kit_search("gaza").suggestion, "baza");
	assert_str(kit_search("duqarolik").suggestion, "");
	assert_str(kit_search("lechixonna").suggestion, "");
	result = kit_run(kit_request("duqarolik", 2));
	assert_str(result.suggestion, "fuqarolik");
}

/* Two edits are too many in a short word. */
static void test_suggestion_by_two_edits(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "konsulxona sahna"));
	kit_put(kit_doc(OPEN, "a2", "t", "konsulxonasi"));
	kit_commit();
	assert_str(kit_search("konnsulxonna").suggestion, "konsulxona");
	assert_str(kit_search("konsolxana").suggestion, "konsulxona");
	assert_str(kit_search("saxana").suggestion, "");
	assert_str(kit_search("konnsulxonnaa").suggestion, "");
}

/* A space too few or too many. */
static void test_suggestion_with_other_spaces(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t",
			"chegaralararo hamkorlik nonproliferation che garalararo"));
	kit_put(kit_doc(OPEN, "a2", "t", "hamkorlik cheg aralararohamkorlik"));
	kit_put(kit_doc(CLOSED, "a9", "t", "maxfiy hujjat maxfiylik"));
	kit_commit();
	assert_str(kit_search("chegaralararohamkorlik").suggestion, "chegaralararo hamkorlik");
	assert_str(kit_search("чегаралараро ҳамкорликчегаралараро").suggestion,
		   "чегаралараро ҳамкорлик чегаралараро");
	assert_str(kit_search("non proliferation").suggestion, "nonproliferation");
	assert_str(kit_search("-x non proliferation hamkorlik").suggestion,
		   "-x nonproliferation hamkorlik");
	assert_str(kit_search("\"non\" proliferation").suggestion, "");
	assert_str(kit_search("maxfiyhujjat").suggestion, "");
	assert_str(kit_search("maxfiy lik").suggestion, "");
}

static void test_suggestion_with_the_twin_of_the_first_letter(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "qonunchilik xayrixohlik"));
	kit_commit();
	assert_str(kit_search("kanunchilik").suggestion, "qonunchilik");
	assert_str(kit_search("hayrixoxlikk").suggestion, "");
	assert_str(kit_search("hayriixohlik").suggestion, "xayrixohlik");
	assert_str(kit_search("janunchilik").suggestion, "");
}

/* What holds some of the words does not hide that another is misspelt. */
static void test_suggestion_beside_hits_with_some_words(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixona pasport"));
	kit_put(kit_doc(OPEN, "a2", "t", "pasport"));
	kit_commit();
	result = kit_search("elchixxona pasport");
	assert_int_equal(result.n_hits, 2);
	assert_str(result.suggestion, "elchixona pasport");
	assert_str(kit_search("elchixona pasport").suggestion, "");
}

static void test_deleted_words_are_not_suggested(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixona"));
	kit_put(kit_doc(OPEN, "a2", "t", "boshqa"));
	kit_commit();
	assert_int_equal(writer_delete(kit.writer, OPEN, STR("a1")), ST_OK);
	kit_put(kit_doc(OPEN, "a2", "t", "butunlay"));
	kit_commit();
	kit_reopen();
	assert_str(kit_search("elchixxona").suggestion, "");
	assert_str(kit_search("boshqaa").suggestion, "");
}

/* ---- versions -------------------------------------------------------------------------------- */
static void test_newer_version_is_seen(void **state)
{
	struct search_request request = kit_request("viza", 1);
	struct shard_version *shards;
	struct search_result result;
	size_t count;
	int64_t version;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "viza"));
	kit_commit();
	assert_int_equal(kit_search("viza").total, 1);
	assert_int_equal(kit_search("pasport").total, 0); /* which is remembered */
	kit_put(kit_doc(OPEN, "a2", "t", "viza pasport"));
	assert_int_equal(writer_commit(kit.writer, &kit.mem, 2, &shards, &count), ST_OK);
	assert_int_equal(count, 1);
	version = shards[0].version;
	request.versions = &version;
	result = kit_run(request);
	assert_string_equal(kit_ids(&kit.mem, &result), "a1 a2");
	assert_int_equal(kit_search("pasport").total, 1);
}

/* Blocks that an old reader still points to are used again two commits later. */
static void test_reader_far_behind_tries_again(void **state)
{
	(void)state;
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < 300; i++)
			kit_put(kit_doc(
				OPEN, arena_printf(&kit.mem, "a%d", i).ptr, "t",
				arena_printf(&kit.mem, "viza so'z%dq%d matn%d", round, i, i % 7)
					.ptr));
		kit_commit();
		if (round == 0)
			assert_int_equal(kit_search("viza").total, 300);
	}
	assert_int_equal(kit_search("viza matn3").n_hits, KIT_LIMIT);
	assert_int_equal(kit_search("so'z3q7").total, 1);
}

static void test_absent_index_is_empty(void **state)
{
	struct search_result result;

	(void)state;
	result = kit_run(kit_request("viza", 3));
	assert_int_equal(result.n_hits, 0);
	assert_true(result.exact);
}

static void put_translation(const char *id, const char *key, const char *body)
{
	struct index_doc doc = kit_doc(OPEN, id, "Visa", body);

	doc.translation = str_c(key);
	kit_put(doc);
}

/* The total still counts every article; facets count hits, as far as all were fetched. */
static void test_translations_come_as_one_hit_where_asked(void **state)
{
	struct search_request request = kit_request("visa", 1);
	struct search_result result;

	(void)state;
	put_translation("a1", "set", "visa and much else that is said about it here");
	put_translation("a2", "set", "visa visa visa");
	put_translation("a3", "other", "visa in a text of its own, longer than the best");
	kit_put(kit_doc(OPEN, "a4", "Visas", "visa without translations, and some more words"));
	kit_commit();
	assert_hits("visa", "a1 a2 a3 a4");
	request.join_translations = true;
	result = kit_run(request);
	assert_int_equal(result.n_hits, 3);
	assert_str(result.hits[0].id, "a2");
	assert_int_equal(result.total, 4);
	assert_true(result.exact);
	assert_int_equal(result.texts, 3);
	assert_int_equal(kit_facet(&result, "type", "article"), 3);
	request.facets = false;
	result = kit_run(request);
	assert_int_equal(result.total, 4);
	assert_true(result.exact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_an_article_stands_before_a_thread_that_says_the_same),
		ON_INDEX(test_a_short_thread_does_not_come_before_a_long_article),
		ON_INDEX(test_the_title_of_a_thread_is_no_name),
		ON_INDEX(test_kinds_are_counted_and_filtered),
		ON_INDEX(test_what_hangs_on_an_article_is_excluded_with_it),
		ON_INDEX(test_what_hangs_on_an_article_is_deleted_with_it),
		ON_INDEX(test_only_readable_shards_are_searched),
		ON_INDEX(test_closed_shard_changes_nothing),
		ON_INDEX(test_suggestion_comes_from_readable_shards_only),
		ON_INDEX(test_no_suggestion_for_a_pasted_paragraph),
		ON_INDEX(test_suggestion_is_in_the_script_of_the_query),
		ON_INDEX(test_suggestion_with_another_first_letter),
		ON_INDEX(test_suggestion_by_two_edits),
		ON_INDEX(test_suggestion_with_other_spaces),
		ON_INDEX(test_suggestion_with_the_twin_of_the_first_letter),
		ON_INDEX(test_suggestion_beside_hits_with_some_words),
		ON_INDEX(test_deleted_words_are_not_suggested),
		ON_INDEX(test_newer_version_is_seen),
		ON_INDEX(test_reader_far_behind_tries_again),
		ON_INDEX(test_absent_index_is_empty),
		ON_INDEX(test_translations_come_as_one_hit_where_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
