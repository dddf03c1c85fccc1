/*
 * Uzbek in both scripts, Russian and English: which queries find which texts. Each text is the one
 * article of an audience, and all words of the query are required. Without DEVON_TEST_DATA it is skipped.
 */
#include "indexer/search.h"

#include "tests/support/check.h"
#include "tests/support/file_kit.h"
#include "tests/support/index_kit.h"

enum { ROWS_MAX = 1000 };

static struct row {
	struct str query, text, label, note;
} rows[ROWS_MAX];
static size_t n_rows;

static char *folder;
static struct searcher *searcher;
static struct arena mem;

/* Rows that behave as their label says, of those with one label that are not known limits. */
struct score {
	size_t right, all;
};

static void read_rows(struct str text)
{
	(void)str_cut(&text, '\n'); /* the names of the columns */
	while (text.len && n_rows < ROWS_MAX) {
		struct str rest = str_trim(str_cut(&text, '\n'));
		struct row *row = &rows[n_rows++];

		row->query = str_cut(&rest, '\t');
		row->text = str_cut(&rest, '\t');
		row->label = str_cut(&rest, '\t');
		row->note = rest;
	}
}

static int start(void **state)
{
	struct str text = file_kit_data(&mem, "uz-golden.tsv");
	struct shard_version *shards;
	struct writer *writer;
	size_t count;

	(void)state;
	if (!text.ptr)
		return 0;
	read_rows(text);
	folder = folder_make();
	assert_int_equal(writer_open(&writer, folder), ST_OK);
	for (size_t i = 0; i < n_rows; i++) {
		struct index_doc doc = kit_doc((int64_t)i + 1, "a1", "", "");

		doc.body = rows[i].text;
		assert_int_equal(writer_put(writer, &doc), ST_OK);
	}
	assert_int_equal(writer_commit(writer, &mem, 1, &shards, &count), ST_OK);
	writer_close(writer);
	return searcher_open(&searcher, folder) == ST_OK ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	searcher_close(searcher);
	if (folder)
		folder_remove(folder);
	arena_release(&mem);
	return 0;
}

static bool finds(size_t at)
{
	int64_t audience = (int64_t)at + 1;
	struct search_request request = {
		.audiences = {&audience, 1}, .query = rows[at].query, .limit = 1};
	struct search_result result;

	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	return result.total_all > 0;
}

static struct score score_of(const char *label, bool hard)
{
	struct score score = {0};

	for (size_t i = 0; i < n_rows; i++) {
		const struct row *row = &rows[i];

		if (!str_is(row->label, label) || (str_search(row->note, STR("hard")) >= 0) != hard)
			continue;
		score.all++;
		if (finds(i) == str_is(row->label, "match"))
			score.right++;
		else
			print_message("%s%.*s: %.*s | %.*s (%.*s)\n", hard ? "hard " : "",
				      STR_ARG(row->label), STR_ARG(row->query), STR_ARG(row->text),
				      STR_ARG(row->note));
	}
	print_message("%s%s: %zu of %zu\n", hard ? "hard " : "", label, score.right, score.all);
	return score;
}

static void test_what_is_to_be_found_is_found(void **state)
{
	struct score score;

	(void)state;
	if (!n_rows)
		skip();
	score = score_of("match", false);
	assert_true(score.all > 0 && 100 * score.right >= 99 * score.all);
	(void)score_of("match", true);
}

static void test_what_is_not_meant_is_not_found(void **state)
{
	struct score score;

	(void)state;
	if (!n_rows)
		skip();
	score = score_of("nomatch", false);
	assert_true(score.all > 0 && 100 * score.right >= 97 * score.all);
	(void)score_of("nomatch", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_to_be_found_is_found),
		cmocka_unit_test(test_what_is_not_meant_is_not_found),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
