/*
 * What "did you mean" costs: suggest FOLDER SHARDS WORD...
 * Each word is searched over the first SHARDS audiences; prints CPU milliseconds of the second search for
 * it, and what was suggested.
 */
#include "schema/base/clock.h"
#include "tests/support/index_kit.h"

static enum status run(struct searcher *s, const int64_t *ids, size_t shards, struct str word)
{
	AUTO(arena) struct arena mem = {0};
	struct search_request request = {
		.audiences = {ids, shards}, .query = word, .limit = 10, .facets = true};
	struct search_result result;
	int64_t start;

	TRY(searcher_run(s, &result, &mem, &request));
	start = clock_cpu();
	TRY(searcher_run(s, &result, &mem, &request));
	(void)printf("%.*s\t%.3f\t%u\t%.*s\n", STR_ARG(word),
		     (double)(clock_cpu() - start) / 1000.0, result.total,
		     STR_ARG(result.suggestion));
	return ST_OK;
}

int main(int argc, char **argv)
{
	int64_t shards, ids[AUDIENCE_MAX];
	struct searcher *s;

	if (argc < 4 || !str_to_i64(str_c(argv[2]), &shards) || shards < 1 ||
	    shards > AUDIENCE_MAX) {
		(void)fputs("usage: suggest FOLDER SHARDS WORD...\n", stderr);
		return 2;
	}
	for (int64_t i = 0; i < shards; i++)
		ids[i] = i + 1;
	if (searcher_open(&s, argv[1]) != ST_OK)
		return 1;
	for (int i = 3; i < argc; i++)
		if (run(s, ids, (size_t)shards, str_c(argv[i])) != ST_OK)
			return 1;
	searcher_close(s);
	return 0;
}
