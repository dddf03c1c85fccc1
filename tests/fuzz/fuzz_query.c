/* Any bytes as a query: read, described, relaxed, and searched in a small index. */
#include "indexer/search_parts.h"
#include "tests/support/index_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct searcher *searcher;
static char *folder;

static void remove_index(void)
{
	searcher_close(searcher);
	folder_remove(folder);
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void make_index(void)
{
	static struct str tags[] = {STR("viza"), STR("uzoq muddat")};
	AUTO(arena) struct arena mem = {0};
	struct writer *w;
	struct shard_version *shards;
	size_t count;

	folder = folder_make();
	must(writer_open(&w, folder) == ST_OK);
	for (int i = 0; i < 6; i++) {
		struct index_doc doc =
			kit_doc(i % 2 + 1, arena_printf(&mem, "a%d", i).ptr, "Elchixona viza",
				i % 3 ? "Ташқи ишлар вазирлиги chora-tadbirlar 2021"
				      : "оформление визы embassy hours of the world");

		doc.tags = tags;
		doc.n_tags = 2;
		must(writer_put(w, &doc) == ST_OK);
	}
	must(writer_commit(w, &mem, 1, &shards, &count) == ST_OK);
	writer_close(w);
	must(searcher_open(&searcher, folder) == ST_OK);
	must(atexit(remove_index) == 0);
}

static void check_atom(const struct query *query, const struct query_atom *atom, struct arena *mem)
{
	struct str variants[RELAX_MAX];

	must(atom->n_words > 0 && (atom->kind == QUERY_PHRASE) == (atom->n_words > 1));
	for (size_t i = 0; i < atom->n_words; i++) {
		const struct query_word *word = &atom->words[i];

		must(word->t1.len > 0 && word->t1.len <= T1_MAX);
		must(word->start + word->written.len <= query->text.len);
		must(relax_word(variants, mem, word) <= RELAX_MAX);
	}
}

static void check_query(struct str text, struct arena *mem)
{
	AUTO(buf) struct buf out = {0};
	struct query query;

	query_parse(&query, mem, text);
	must(query.text.len <= QUERY_BYTES_MAX);
	for (size_t i = 0; i < query.n_clauses; i++) {
		must(query.clauses[i].n_atoms > 0);
		must(!query.clauses[i].excluded || query.clauses[i].n_atoms == 1);
		for (size_t k = 0; k < query.clauses[i].n_atoms; k++)
			check_atom(&query, &query.clauses[i].atoms[k], mem);
	}
	query_describe(&out, &query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int64_t IDS[] = {1, 2};
	AUTO(arena) struct arena mem = {0};
	struct search_request request = {
		.audiences = {IDS, 2}, .query = str_of((const char *)data, size), .limit = 10};
	struct search_result result;

	if (!searcher)
		make_index();
	check_query(request.query, &mem);
	must(searcher_run(searcher, &result, &mem, &request) == ST_OK);
	must(result.n_hits <= 6 && result.total <= 6 && result.total_all <= result.total);
	return 0;
}
