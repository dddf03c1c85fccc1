/* Each tests/golden/query/NAME.q is read as NAME.txt says. DEVON_GOLDEN_WRITE=1 writes them anew. */
#include "indexer/query.h"

#include "tests/support/check.h"

#include <dirent.h>

#define FOLDER "tests/golden/query"

static struct str read_file(struct arena *mem, const char *path)
{
	AUTO(buf) struct buf out = {0};
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t got;

	while (file && (got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&out, chunk, got);
	if (file)
		(void)fclose(file);
	return buf_keep(&out, mem);
}

static void write_file(const char *path, struct str text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
}

static bool check_one(struct arena *mem, const char *name)
{
	AUTO(buf) struct buf got = {0};
	struct str stem = str_head(str_c(name), strlen(name) - 2);
	const char *expected_path = arena_printf(mem, FOLDER "/%.*s.txt", STR_ARG(stem)).ptr;
	struct str text = read_file(mem, arena_printf(mem, FOLDER "/%s", name).ptr), expected;
	struct query query;

	if (str_ends(text, STR("\n")))
		text = str_head(text, text.len - 1);
	query_parse(&query, mem, text);
	query_describe(&got, &query);
	if (getenv("DEVON_GOLDEN_WRITE"))
		write_file(expected_path, buf_str(&got));
	expected = read_file(mem, expected_path);
	if (str_eq(buf_str(&got), expected))
		return true;
	print_error("%s: %.*s\n-- expected\n%.*s-- got\n%s", name, STR_ARG(text), STR_ARG(expected),
		    buf_c(&got));
	return false;
}

static void test_golden(void **state)
{
	AUTO(arena) struct arena mem = {0};
	DIR *dir = opendir(FOLDER);
	struct dirent *entry;
	int wrong = 0, all = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (!str_ends(str_c(entry->d_name), STR(".q")))
			continue;
		all++;
		wrong += !check_one(&mem, entry->d_name);
	}
	(void)closedir(dir);
	assert_true(all > 30);
	assert_int_equal(wrong, 0);
}

static void test_long_query_is_cut_between_letters(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct query query;

	(void)state;
	buf_c_add(&text, "a");
	while (text.len < 2 * QUERY_BYTES_MAX)
		buf_c_add(&text, "ў");
	query_parse(&query, &mem, buf_str(&text));
	assert_int_equal(query.text.len, QUERY_BYTES_MAX - 1);
	assert_true(query.hint.len > 0);
	assert_int_equal(query.n_clauses, 1);
}

static void test_words_know_where_they_stand(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str text = STR("space:x -y \"Bir ikki\" title:uch");
	struct query query;

	(void)state;
	query_parse(&query, &mem, text);
	assert_int_equal(query.n_clauses, 3);
	assert_int_equal(query.clauses[1].atoms[0].words[0].start, 12);
	assert_str(query.clauses[1].atoms[0].words[0].written, "Bir");
	assert_int_equal(query.clauses[2].atoms[0].words[0].start, 28);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_long_query_is_cut_between_letters),
		cmocka_unit_test(test_words_know_where_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
