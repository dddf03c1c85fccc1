/* Folders, documents and hits for tests of the index. */
#include "tests/support/index_kit.h"

#include "tests/support/check.h"

#include <dirent.h>
#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

char *folder_make(void)
{
	const char *base = getenv("TMPDIR");
	size_t room = (base ? strlen(base) : 4) + 32;
	char *folder = xmalloc(room);

	(void)snprintf(folder, room, "%s/devon-test-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder))
		abort();
	return folder;
}

static void remove_all(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		AUTO(buf) struct buf below = {0};

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		buf_printf(&below, "%s/%s", path, entry->d_name);
		remove_all(buf_c(&below));
	}
	if (dir)
		(void)closedir(dir);
	(void)remove(path);
}

void folder_remove(char *folder)
{
	remove_all(folder);
	free(folder);
}

struct index_doc kit_doc(int64_t audience, const char *id, const char *title, const char *body)
{
	return (struct index_doc){
		.audience = audience,
		.id = str_c(id),
		.revision = 1,
		.type = STR("article"),
		.key = str_c(id),
		.title = str_c(title),
		.body = str_c(body),
		.space = STR("help"),
		.lang = STR("uz-Latn"),
		.author = STR("dilnoza"),
		.modified = 1700000000, /* 2023-11-14 */
	};
}

const char *kit_ids(struct arena *mem, const struct search_result *result)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < result->n_hits; i++)
		buf_printf(&out, "%s%.*s", i ? " " : "", STR_ARG(result->hits[i].id));
	return arena_c(mem, buf_str(&out));
}

uint32_t kit_facet(const struct search_result *result, const char *name, const char *value)
{
	for (size_t i = 0; i < result->n_facets; i++)
		for (size_t k = 0; k < result->facets[i].n_values; k++)
			if (str_is(result->facets[i].name, name) &&
			    str_is(result->facets[i].values[k].value, value))
				return result->facets[i].values[k].count;
	return 0;
}

void memory_is_odd(void)
{
	(void)mallopt(M_PERTURB, 0x41); /* the sanitizers do it themselves and refuse */
}

/* ---- one index for each test ----------------------------------------------------------------- */
struct index_kit kit;

int kit_start(void **state)
{
	(void)state;
	memory_is_odd();
	kit.folder = folder_make();
	return writer_open(&kit.writer, kit.folder) == ST_OK &&
			       searcher_open(&kit.searcher, kit.folder) == ST_OK
		       ? 0
		       : -1;
}

int kit_stop(void **state)
{
	(void)state;
	searcher_close(kit.searcher);
	writer_close(kit.writer);
	folder_remove(kit.folder);
	arena_release(&kit.mem);
	return 0;
}

void kit_put(struct index_doc doc)
{
	assert_int_equal(writer_put(kit.writer, &doc), ST_OK);
}

void kit_commit(void)
{
	struct shard_version *shards;
	size_t count;

	assert_int_equal(writer_commit(kit.writer, &kit.mem, 1, &shards, &count), ST_OK);
}

void kit_reopen(void)
{
	searcher_close(kit.searcher);
	assert_int_equal(searcher_open(&kit.searcher, kit.folder), ST_OK);
}

struct search_request kit_request(const char *query, size_t audiences)
{
	static const int64_t ids[] = {OPEN, CONSULS, CLOSED};

	return (struct search_request){.audiences = {ids, audiences},
				       .query = str_c(query),
				       .limit = KIT_LIMIT,
				       .facets = true};
}

struct search_result kit_run(struct search_request request)
{
	struct search_result result;

	assert_int_equal(searcher_run(kit.searcher, &result, &kit.mem, &request), ST_OK);
	return result;
}

struct search_result kit_search(const char *query)
{
	return kit_run(kit_request(query, 1));
}

const char *kit_hits(const char *query)
{
	struct search_result result = kit_search(query);

	return kit_ids(&kit.mem, &result);
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp(((const struct search_hit *)a)->id, ((const struct search_hit *)b)->id);
}

const char *kit_hits_sorted(const char *query)
{
	struct search_result result = kit_search(query);

	if (result.n_hits)
		qsort(result.hits, result.n_hits, sizeof(*result.hits), compare_ids);
	return kit_ids(&kit.mem, &result);
}
