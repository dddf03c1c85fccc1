/* Queries are sets of documents: whatever is joined, the counts of the parts must add up. */
#include "indexer/xap.h"

#include "indexer/doc.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

enum { SHARDS = 3, DOCS = 300, ROUNDS = 3000, DEPTH = 4, MEMBERS = 3 };

static const char *const words[] = {"nota", "viza",  "bitim",  "qaror",
				    "sud",  "elchi", "konsul", "pasport"};

static uint32_t seed = 20261123;
static struct xap_shard *shards[SHARDS];
static struct xap_set *set;
static struct xap_pool *pool;

/* Marsaglia, "Xorshift RNGs" (2003). */
static uint32_t any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static int start(void **state)
{
	if (kit_start(state) != 0)
		return -1;
	for (uint32_t i = 0; i < DOCS; i++) {
		AUTO(buf) struct buf id = {0}, body = {0};

		buf_printf(&id, "a%u", i);
		for (uint32_t k = 1 + any(4); k > 0; k--)
			buf_printf(&body, "%s ", words[any(COUNT(words))]);
		kit_put(kit_doc(1 + i % SHARDS, buf_c(&id), "t", buf_c(&body)));
	}
	kit_commit();
	for (int i = 0; i < SHARDS; i++) {
		AUTO(buf) struct buf path = {0};

		doc_shard_path(&path, kit.folder, i + 1);
		assert_int_equal(xap_shard_open(&shards[i], buf_c(&path)), ST_OK);
	}
	assert_int_equal(xap_set_new(&set, shards, SHARDS), ST_OK);
	return 0;
}

static int stop(void **state)
{
	xap_set_free(set);
	for (int i = 0; i < SHARDS; i++)
		xap_shard_close(shards[i]);
	return kit_stop(state);
}

static xap_query any_term(void)
{
	return xap_query_term(pool, str_c(words[any(COUNT(words))]));
}

/* Members of phrases and synonyms are terms. */
static xap_query any_query(uint32_t depth)
{
	static const enum xap_group groups[] = {XAP_AND, XAP_OR, XAP_PHRASE, XAP_SYNONYM};
	enum xap_group group = groups[any(COUNT(groups))];
	xap_query members[MEMBERS];

	if (depth == 0 || any(4) == 0)
		return any_term();
	for (size_t i = 0; i < MEMBERS; i++)
		members[i] = group == XAP_PHRASE || group == XAP_SYNONYM ? any_term()
									 : any_query(depth - 1);
	switch (any(5)) {
	case 0:
		return xap_query_maybe(pool, members[0], members[1]);
	case 1:
		return xap_query_scale(pool, 0.5, members[0]);
	case 2:
		return xap_query_without(pool, members[0], members[1]);
	default:
		return xap_query_group(pool, group, members, 2 + any(MEMBERS - 1));
	}
}

static uint32_t count(xap_query query, uint32_t limit)
{
	struct xap_question question = {
		.query = query, .limit = limit, .check_at_least = DOCS, .bm25_k1 = 1, .bm25_b = 1};
	struct xap_answer answer;

	assert_int_equal(xap_search(&answer, &kit.mem, set, pool, &question), ST_OK);
	assert_true(answer.lower == answer.upper && answer.n_hits <= limit);
	return answer.upper;
}

static void test_counts_add_up(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		xap_query pair[2], either, both;
		uint32_t limit = any(2) ? DOCS : any(5), one;

		assert_int_equal(xap_pool_new(&pool, 0), ST_OK);
		pair[0] = any_query(DEPTH);
		pair[1] = any_query(DEPTH);
		either = xap_query_group(pool, XAP_OR, pair, 2);
		both = xap_query_filter(pool, pair[0], pair[1]);
		one = count(pair[0], limit);
		assert_int_equal(count(xap_query_without(pool, pair[0], pair[1]), limit) +
					 count(both, limit),
				 one);
		assert_int_equal(count(either, limit) + count(both, limit),
				 one + count(pair[1], limit));
		xap_pool_free(pool);
	}
}

/* The clock is looked at every 64 documents of a shard, but not where a search is brief. */
static void test_time_ends_a_long_search(void **state)
{
	struct xap_question question = {.limit = DOCS, .bm25_k1 = 1, .bm25_b = 1};
	struct xap_answer answer;

	(void)state;
	assert_int_equal(xap_pool_new(&pool, 1), ST_OK);
	question.query = xap_query_all(pool);
	question.brief = true; /* by word alone: every document is no plain query */
	assert_int_equal(xap_search(&answer, &kit.mem, set, pool, &question), ST_OK);
	assert_true(answer.late && answer.n_hits < DOCS);
	xap_pool_free(pool);
	assert_int_equal(xap_pool_new(&pool, 1), ST_OK);
	question.query = any_term();
	assert_int_equal(xap_search(&answer, &kit.mem, set, pool, &question), ST_OK);
	assert_false(answer.late);
	xap_pool_free(pool);
}

/* What could not be looked at in time might be excluded, so it is not shown either. */
static void test_a_late_exclusion_shows_nothing(void **state)
{
	xap_query excluded[COUNT(words) - 1], found;
	struct xap_question question = {.limit = DOCS, .bm25_k1 = 1, .bm25_b = 1, .brief = true};
	struct xap_answer answer;

	(void)state;
	for (int64_t deadline = 0; deadline < 2; deadline++) {
		assert_int_equal(xap_pool_new(&pool, deadline), ST_OK);
		for (size_t i = 0; i < COUNT(excluded); i++)
			excluded[i] = xap_query_term(pool, str_c(words[i]));
		found = xap_query_term(pool, str_c(words[COUNT(excluded)]));
		question.query = xap_query_without(
			pool, found, xap_query_group(pool, XAP_OR, excluded, COUNT(excluded)));
		assert_int_equal(xap_search(&answer, &kit.mem, set, pool, &question), ST_OK);
		assert_true(answer.late == (deadline > 0));
		assert_true((answer.n_hits == 0) == (deadline > 0));
		xap_pool_free(pool);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counts_add_up, start, stop),
		cmocka_unit_test_setup_teardown(test_time_ends_a_long_search, start, stop),
		cmocka_unit_test_setup_teardown(test_a_late_exclusion_shows_nothing, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
