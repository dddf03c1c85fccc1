/*
 * What a search costs: search FOLDER SHARDS COUNT
 * Two-word queries, the words drawn from a fixed list, over the first SHARDS audiences with facets.
 * Prints CPU milliseconds per search without the first round, which opens the shards.
 */
#include "schema/base/clock.h"
#include "tests/support/index_kit.h"

static const char *const WORDS[] = {"history", "treaty",   "state",  "function", "template",
				    "digital", "services", "user",   "content",  "president",
				    "war",     "example",  "error",  "compiler", "accessibility",
				    "soviet",  "website",  "public", "policy",   "testing"};

static enum status run(struct searcher *s, const int64_t *ids, size_t shards, size_t count,
		       size_t *hits)
{
	AUTO(arena) struct arena mem = {0};

	for (size_t i = 0; i < count; i++) {
		struct search_result result;
		struct search_request request = {
			.audiences = {ids, shards}, .limit = 10, .facets = true};

		request.query = arena_printf(&mem, "%s %s", WORDS[i % COUNT(WORDS)],
					     WORDS[(i * 7 + 3) % COUNT(WORDS)]);
		TRY(searcher_run(s, &result, &mem, &request));
		*hits += result.n_hits;
		arena_reset(&mem);
	}
	return ST_OK;
}

int main(int argc, char **argv)
{
	int64_t shards, count, start, ids[AUDIENCE_MAX];
	struct searcher *s;
	size_t hits = 0;

	if (argc != 4 || !str_to_i64(str_c(argv[2]), &shards) ||
	    !str_to_i64(str_c(argv[3]), &count) || shards < 1 || shards > AUDIENCE_MAX ||
	    count < 1) {
		(void)fputs("usage: search FOLDER SHARDS COUNT\n", stderr);
		return 2;
	}
	for (int64_t i = 0; i < shards; i++)
		ids[i] = i + 1;
	if (searcher_open(&s, argv[1]) != ST_OK ||
	    run(s, ids, (size_t)shards, COUNT(WORDS), &hits) != ST_OK)
		return 1;
	start = clock_cpu();
	hits = 0;
	if (run(s, ids, (size_t)shards, (size_t)count, &hits) != ST_OK)
		return 1;
	(void)printf("search shards %lld searches %lld hits %zu cpu_ms %.3f\n", (long long)shards,
		     (long long)count, hits,
		     (double)(clock_cpu() - start) / 1000.0 / (double)count);
	searcher_close(s);
	return 0;
}
