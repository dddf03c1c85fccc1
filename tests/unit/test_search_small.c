/* Many small shards are searched in memory: that must give what one shard of the same documents gives. */
#include "indexer/search.h"

#include <stdio.h>
#include <unistd.h>

#include "indexer/doc.h"
#include "indexer/xap.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

enum { SHARDS = 20, DOCS = 400, WHOLE = 100, QUERIES = 600, HITS = 400 };

static const char *const words[] = {
	"viza",     "muddat",  "pasport",    "konsul",    "shartnoma", "bitim",      "elchixona",
	"vazirlik", "tashrif", "nota",       "fuqarolik", "ariza",     "to'lov",     "hujjat",
	"treaty",   "embassy", "passport",   "office",    "visit",     "agreement",  "ministry",
	"visas",    "договор", "посольство", "паспорт",   "визит",     "соглашение", "срок",
	"шартнома", "муддати", "элчихона",   "qaror",     "qarorlar",  "hudud",      "xudud",
	"o'zbek",   "ozbek",   "mahalla",    "maxalla",   "kelishuv",  "BMT",        "UN",
};
static const char *const langs[] = {"uz-Latn", "uz-Cyrl", "ru", "en"};

static uint32_t seed;

/* Marsaglia, "Xorshift RNGs" (2003). */
static uint32_t any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

/* The first words are the most frequent ones. */
static const char *any_word(void)
{
	uint32_t at = any(COUNT(words));

	return words[any(at + 1)];
}

static void add_words(struct buf *out, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		buf_printf(out, "%s%s", i ? " " : "", any_word());
}

/* The same document in one of the small shards and in the one of all. */
static void put_both(uint32_t number)
{
	AUTO(buf) struct buf id = {0}, title = {0}, body = {0};
	struct index_doc doc;

	buf_printf(&id, "a%u", number + 1);
	add_words(&title, 1 + any(3));
	add_words(&body, 5 + any(80));
	doc = kit_doc(1 + number % SHARDS, buf_c(&id), buf_c(&title), buf_c(&body));
	doc.lang = str_c(langs[any(COUNT(langs))]);
	doc.modified = 1000000 + (int64_t)any(1000) * 86400;
	kit_put(doc);
	doc.audience = WHOLE;
	kit_put(doc);
}

static void put_all(void)
{
	for (uint32_t i = 0; i < DOCS; i++)
		put_both(i);
	kit_commit();
}

static void any_query(struct buf *out)
{
	static const char *const joins[] = {" ", " ", " ", " OR ", " -", " title:"};
	static const char *const ends[] = {"", "", "", " lang:ru", " -lang:en", " nowhere at all"};

	buf_c_add(out, any_word());
	for (uint32_t i = any(4); i > 0; i--)
		buf_printf(out, "%s%s", joins[any(COUNT(joins))], any_word());
	buf_c_add(out, ends[any(COUNT(ends))]);
}

/* To a part in a thousand: Xapian adds up in another order. */
static bool nearly(double a, double b)
{
	return a - b < 0.001 * a + 1e-9 && b - a < 0.001 * a + 1e-9;
}

static bool has(const struct search_result *result, struct str id, double score)
{
	for (size_t i = 0; i < result->n_hits; i++)
		if (str_eq(result->hits[i].id, id))
			return nearly(result->hits[i].score, score);
	return false;
}

static void assert_same(const struct search_result *small, const struct search_result *whole,
			const char *query)
{
	static const char *const facets[] = {"lang", "year", "type"};

	if (small->total != whole->total || small->n_hits != whole->n_hits)
		fail_msg("%s: %u hits of %u, not %u of %u", query, (unsigned)small->n_hits,
			 small->total, (unsigned)whole->n_hits, whole->total);
	for (size_t i = 0; i < small->n_hits; i++) {
		if (!has(whole, small->hits[i].id, small->hits[i].score))
			fail_msg("%s: %.*s weighs %f", query, STR_ARG(small->hits[i].id),
				 small->hits[i].score);
		if (!nearly(small->hits[i].score, whole->hits[i].score))
			fail_msg("%s: other weights in place %zu", query, i);
	}
	for (size_t i = 0; i < COUNT(facets); i++)
		for (size_t k = 0; k < COUNT(langs); k++)
			assert_int_equal(kit_facet(small, facets[i], langs[k]),
					 kit_facet(whole, facets[i], langs[k]));
}

static void ask_both(const char *query, enum search_sort sort)
{
	static struct search_form forms[] = {
		{{"elchixona", 9}, STEM_UZ}, {{"embassy", 7}, STEM_EN}, {{"договор", 14}, STEM_RU}};
	struct search_expansion expansion = {0, 1, forms, COUNT(forms)};
	int64_t small_ids[SHARDS], whole_id = WHOLE;
	struct search_request request = kit_request(query, 1);
	struct search_result small, whole;

	for (int i = 0; i < SHARDS; i++)
		small_ids[i] = i + 1;
	request.limit = HITS;
	request.sort = sort;
	request.expansions = &expansion;
	request.n_expansions = any(2);
	request.audiences = (struct audience_set){small_ids, SHARDS};
	request.versions = NULL;
	small = kit_run(request);
	request.audiences = (struct audience_set){&whole_id, 1};
	whole = kit_run(request);
	assert_same(&small, &whole, query);
}

static void test_small_shards_give_what_one_gives(void **state)
{
	(void)state;
	seed = 20261123;
	put_all();
	for (int i = 0; i < QUERIES; i++) {
		AUTO(buf) struct buf query = {0};

		any_query(&query);
		ask_both(buf_c(&query), any(4) ? SEARCH_BY_RELEVANCE : SEARCH_BY_DATE);
	}
}

/* What is remembered of a shard ends with its next commit. */
static void test_changes_of_small_shards_are_seen(void **state)
{
	int64_t ids[SHARDS], newest[SHARDS];
	struct search_request request = kit_request("viza", 1);
	struct search_result before, after;

	(void)state;
	seed = 1;
	put_all();
	for (int i = 0; i < SHARDS; i++) {
		ids[i] = i + 1;
		newest[i] = INT64_MAX;
	}
	request.audiences = (struct audience_set){ids, SHARDS};
	request.versions = newest;
	before = kit_run(request);
	kit_put(kit_doc(3, "a1000", "Viza", "viza va viza"));
	kit_commit();
	after = kit_run(request);
	assert_int_equal(after.total, before.total + 1);
	assert_int_equal(kit_facet(&after, "lang", "uz-Latn"),
			 kit_facet(&before, "lang", "uz-Latn") + 1);
	assert_int_equal(writer_delete(kit.writer, 3, STR("a1000")), ST_OK);
	kit_commit();
	assert_int_equal(kit_run(request).total, before.total);
}

/* How many hits were counted by their languages. */
static uint32_t sum_of_langs(struct search_request request)
{
	struct search_result result = kit_run(request);
	uint32_t sum = 0;

	for (size_t i = 0; i < COUNT(langs); i++)
		sum += kit_facet(&result, "lang", langs[i]);
	return sum;
}

/* Read the file, or write `size` bytes into it; how many they were. */
static size_t swap_file(const char *path, char *bytes, size_t room, size_t size)
{
	FILE *file = fopen(path, size ? "r+" : "r");
	size_t done;

	assert_non_null(file);
	done = size ? fwrite(bytes, 1, size, file) : fread(bytes, 1, room, file);
	assert_int_equal(fclose(file), 0);
	return done;
}

/* So many words of its own that the first shard is read from its file again and again. */
static void put_many_words(void)
{
	for (int i = 0; i < 200; i++) {
		AUTO(buf) struct buf id = {0}, body = {0};

		buf_printf(&id, "a%d", 1000 + i);
		for (int k = 0; k < 20; k++)
			buf_printf(&body, "soʻz%dx%d ", i, k);
		kit_put(kit_doc(1, buf_c(&id), "Viza", buf_c(&body)));
	}
	kit_commit();
}

/* Reading that fails half-way leaves nothing behind that later searches would take for the whole. */
static void test_a_failed_reading_is_not_remembered(void **state)
{
	enum { ROOM = 1 << 20 };
	AUTO(buf) struct buf path = {0};
	int64_t ids[SHARDS];
	struct search_request request = kit_request("viza", 1);
	struct search_result result;
	char *bytes = arena_alloc(&kit.mem, ROOM);
	uint32_t found;
	size_t size;

	(void)state;
	seed = 7;
	put_all();
	put_many_words();
	for (int i = 0; i < SHARDS; i++)
		ids[i] = i + 1;
	request.audiences = (struct audience_set){ids, SHARDS};
	found = sum_of_langs(request);
	kit_reopen();
	request.facets = false;
	(void)kit_run(request); /* its words are known now, its values not yet */
	doc_shard_path(&path, kit.folder, 1);
	buf_c_add(&path, "/postlist.glass");
	size = swap_file(buf_c(&path), bytes, ROOM, 0);
	assert_int_equal(truncate(buf_c(&path), 0), 0);
	request.facets = true;
	assert_int_not_equal(searcher_run(kit.searcher, &result, &kit.mem, &request), ST_OK);
	assert_int_equal(swap_file(buf_c(&path), bytes, ROOM, size), size);
	assert_int_equal(sum_of_langs(request), found);
}

/* How many documents of the shards have the word; `late`: or would have, had there been time. */
static size_t count_viza(struct xap_set *set, int64_t deadline, bool *late)
{
	struct xap_question question = {.limit = HITS};
	struct xap_answer answer;
	struct xap_pool *pool;

	assert_int_equal(xap_pool_new(&pool, deadline), ST_OK);
	question.query = xap_query_term(pool, STR("viza"));
	assert_int_equal(xap_search(&answer, &kit.mem, set, pool, &question), ST_OK);
	xap_pool_free(pool);
	*late = answer.late;
	return answer.n_hits;
}

/* A search whose time is over reads no more lists, and what it did not read is not taken for empty. */
static void test_a_late_search_reads_nothing(void **state)
{
	struct xap_shard *shards[SHARDS];
	struct xap_set *set;
	bool late;

	(void)state;
	seed = 3;
	put_all();
	for (int i = 0; i < SHARDS; i++) {
		AUTO(buf) struct buf path = {0};

		doc_shard_path(&path, kit.folder, i + 1);
		assert_int_equal(xap_shard_open(&shards[i], buf_c(&path)), ST_OK);
	}
	assert_int_equal(xap_set_new(&set, shards, SHARDS), ST_OK);
	assert_int_equal(count_viza(set, 1, &late), 0);
	assert_true(late);
	assert_true(count_viza(set, 0, &late) > SHARDS);
	assert_false(late);
	xap_set_free(set);
	for (int i = 0; i < SHARDS; i++)
		xap_shard_close(shards[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_small_shards_give_what_one_gives),
		ON_INDEX(test_changes_of_small_shards_are_seen),
		ON_INDEX(test_a_failed_reading_is_not_remembered),
		ON_INDEX(test_a_late_search_reads_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
