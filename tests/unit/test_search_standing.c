/* What helps a hit besides words, and what it must not do. */
#include "indexer/search.h"

#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

enum { OPEN = 1, LIMIT = 10, YEAR = 365 * 24 * 3600 };

static char *folder;
static struct writer *writer;
static struct searcher *searcher;
static struct arena mem;

static const int64_t ALL_IDS[] = {OPEN};

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

static struct search_request request_of(const char *query)
{
	return (struct search_request){
		.audiences = {ALL_IDS, 1}, .query = str_c(query), .limit = LIMIT, .facets = true};
}

static struct search_result run(struct search_request request)
{
	struct search_result result;

	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	return result;
}

static struct search_result search(const char *query)
{
	return run(request_of(query));
}

static const char *hits_of(const char *query)
{
	struct search_result result = search(query);

	return kit_ids(&mem, &result);
}

static void put_standing(const char *id, int64_t fresh, int64_t verified, int64_t linkers)
{
	struct index_doc doc = kit_doc(OPEN, id, "Guide", "the consul of the embassy");

	doc.fresh_until = clock_now() + fresh;
	doc.verified_until = clock_now() + verified;
	doc.linkers = linkers;
	put(doc);
}

static void test_standing_helps_among_equals(void **state)
{
	(void)state;
	put_standing("a1", -1, -YEAR, 1);
	put_standing("a2", YEAR, -1, 0);
	put_standing("a3", YEAR, -YEAR, 2);
	put_standing("a4", -1, YEAR, 8);
	put_standing("a5", YEAR, YEAR, 8);
	commit();
	assert_string_equal(hits_of("consul"), "a5 a4 a3 a2 a1");
}

static void test_standing_yields_to_words(void **state)
{
	(void)state;
	put(kit_doc(OPEN, "a1", "Consul", "the duties of a consul"));
	put_standing("a2", YEAR, YEAR, 100);
	put(kit_doc(OPEN, "a3", "Other", "nothing of the kind"));
	commit();
	assert_string_equal(hits_of("consul"), "a1 a2");
}

/* Whatever the page, a hit stands on one of them, and all of them together make the whole. */
static void test_standing_is_the_same_on_every_page(void **state)
{
	AUTO(buf) struct buf whole = {0}, pages = {0};
	struct search_request request = request_of("consul");
	struct search_result result;

	(void)state;
	for (int i = 1; i <= 50; i++)
		put_standing(arena_printf(&mem, "a%d", i).ptr, i % 2 ? YEAR : -1, i % 3 ? YEAR : -1,
			     i % 10);
	commit();
	request.limit = 50;
	result = run(request);
	buf_c_add(&whole, kit_ids(&mem, &result));
	for (request.limit = 7; request.offset < 50; request.offset += request.limit) {
		result = run(request);
		buf_printf(&pages, "%s%s", request.offset ? " " : "", kit_ids(&mem, &result));
	}
	assert_string_equal(buf_c(&pages), buf_c(&whole));
	request = request_of("consul");
	request.sort = SEARCH_BY_DATE;
	result = run(request);
	assert_str(result.hits[0].id, "a1");
}

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_standing_helps_among_equals),
		ON_INDEX(test_standing_yields_to_words),
		ON_INDEX(test_standing_is_the_same_on_every_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
