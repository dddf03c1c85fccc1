/* What is committed stays, whatever happens to the process that writes. */
#include "indexer/writer.h"

#include "indexer/search.h"
#include "schema/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/index_kit.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;
static struct arena mem;

static int start(void **state)
{
	(void)state;
	folder = folder_make();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	folder_remove(folder);
	arena_release(&mem);
	return 0;
}

static struct writer *opened(void)
{
	struct writer *w;

	assert_int_equal(writer_open(&w, folder), ST_OK);
	return w;
}

static void put(struct writer *w, int64_t audience, const char *id, const char *body)
{
	struct index_doc doc = kit_doc(audience, id, "sarlavha", body);

	assert_int_equal(writer_put(w, &doc), ST_OK);
}

static void commit(struct writer *w, int64_t cursor)
{
	struct shard_version *shards;
	size_t count;

	assert_int_equal(writer_commit(w, &mem, cursor, &shards, &count), ST_OK);
}

/* "a1:1 a2:5" */
static const char *listed(struct writer *w, int64_t audience)
{
	AUTO(buf) struct buf out = {0};
	struct writer_item *items;
	size_t count;

	assert_int_equal(writer_list(w, &mem, audience, &items, &count), ST_OK);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%.*s:%d", i ? " " : "", STR_ARG(items[i].id),
			   (int)items[i].revision);
	return arena_c(&mem, buf_str(&out));
}

static struct writer_state state_of(struct writer *w)
{
	struct writer_state state;

	assert_int_equal(writer_state(w, &mem, &state), ST_OK);
	return state;
}

static void write_cursor_file(const char *text)
{
	FILE *file = fopen(arena_printf(&mem, "%s/cursor", folder).ptr, "wb");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_put_replace_delete(void **state)
{
	struct writer *w = opened();
	struct index_doc doc = kit_doc(5, "a1", "t", "yangi");

	(void)state;
	put(w, 5, "a1", "bir");
	put(w, 5, "a2", "ikki");
	put(w, 9, "a3", "uch");
	commit(w, 10);
	assert_string_equal(listed(w, 5), "a1:1 a2:1");
	doc.revision = 7;
	assert_int_equal(writer_put(w, &doc), ST_OK);
	assert_int_equal(writer_delete(w, 5, STR("a2")), ST_OK);
	assert_int_equal(writer_delete(w, 5, STR("nothere")), ST_OK);
	assert_int_equal(writer_delete(w, 77, STR("a2")), ST_OK);
	assert_string_equal(listed(w, 5), "a1:1 a2:1");
	commit(w, 11);
	assert_string_equal(listed(w, 5), "a1:7");
	assert_string_equal(listed(w, 9), "a3:1");
	assert_string_equal(listed(w, 77), "");
	writer_close(w);
}

static void test_state_tells_what_is_committed(void **state)
{
	struct writer *w = opened();
	struct writer_state now = state_of(w);

	(void)state;
	assert_true(now.cursor == 0 && now.documents == 0 && now.n_shards == 0);
	put(w, 9, "a1", "bir");
	put(w, 5, "a2", "ikki");
	commit(w, 42);
	writer_close(w);
	w = opened();
	now = state_of(w);
	assert_true(now.cursor == 42 && now.documents == 2 && now.bytes > 0);
	assert_int_equal(now.n_shards, 2);
	assert_true(now.shards[0].audience == 5 && now.shards[1].audience == 9);
	assert_true(now.shards[0].version > 0);
	writer_close(w);
}

static void test_commit_lists_changed_shards_with_growing_versions(void **state)
{
	struct writer *w = opened();
	struct shard_version *shards;
	size_t count;
	int64_t first;

	(void)state;
	put(w, 5, "a1", "bir");
	put(w, 9, "a2", "ikki");
	commit(w, 1);
	put(w, 9, "a2", "uch");
	assert_int_equal(writer_commit(w, &mem, 2, &shards, &count), ST_OK);
	assert_int_equal(count, 1);
	assert_true(shards[0].audience == 9);
	first = shards[0].version;
	put(w, 9, "a2", "to'rt");
	assert_int_equal(writer_commit(w, &mem, 3, &shards, &count), ST_OK);
	assert_true(shards[0].version > first);
	assert_int_equal(writer_commit(w, &mem, 4, &shards, &count), ST_OK);
	assert_int_equal(count, 0);
	writer_close(w);
}

static void check_damaged(const char *cursor_text)
{
	struct index_doc doc = kit_doc(5, "a1", "t", "b");
	struct writer *w;
	int64_t cursor;

	write_cursor_file(cursor_text);
	assert_int_equal(writer_cursor(folder, &cursor), ST_INVALID);
	w = opened();
	assert_true(state_of(w).cursor == WRITER_DAMAGED);
	assert_int_equal(writer_put(w, &doc), ST_FAILED);
	writer_close(w);
}

static void test_damage_is_reported(void **state)
{
	struct searcher *searcher;
	struct search_result result;
	const int64_t ids[] = {5};
	struct search_request request = {.audiences = {ids, 1}, .query = STR("bir"), .limit = 10};

	(void)state;
	check_damaged("");
	check_damaged("devon index\nformat 1\ncursor 5\ndigest 00\n");
	check_damaged("devon index\nformat 999\ncursor 5\n");
	assert_int_equal(searcher_open(&searcher, folder), ST_OK);
	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_FAILED);
	searcher_close(searcher);
}

static void test_missing_cursor_beside_shards_is_damage(void **state)
{
	struct writer *w = opened();

	(void)state;
	put(w, 5, "a1", "bir");
	commit(w, 3);
	writer_close(w);
	assert_int_equal(unlink(arena_printf(&mem, "%s/cursor", folder).ptr), 0);
	w = opened();
	assert_true(state_of(w).cursor == WRITER_DAMAGED);
	writer_close(w);
}

/* ---- killed midway --------------------------------------------------------------------------- */
enum { DOCS = 60, BATCH = 5 };

/* Document i in its final state: every third is deleted again, every second is changed once. */
static void replay_one(struct writer *w, int i)
{
	struct index_doc doc = kit_doc(i % 3 + 1, arena_printf(&mem, "a%d", i / 2).ptr, "t",
				       arena_printf(&mem, "matn so'z%d", i).ptr);

	doc.revision = i + 1;
	assert_int_equal(writer_put(w, &doc), ST_OK);
	if (i % 5 == 4)
		assert_int_equal(writer_delete(w, i % 3 + 1, doc.id), ST_OK);
}

static void replay(struct writer *w, int from, int ready)
{
	for (int i = from; i < DOCS; i++) {
		replay_one(w, i);
		if (i % BATCH == BATCH - 1)
			commit(w, i + 1);
		if (ready >= 0 && i == 7)
			(void)!write(ready, "x", 1);
	}
	commit(w, DOCS);
}

static const char *whole_listing(struct writer *w)
{
	return arena_printf(&mem, "%s|%s|%s", listed(w, 1), listed(w, 2), listed(w, 3)).ptr;
}

/* Let a child write, and kill it `micros` after it began. */
static void write_and_kill(unsigned micros)
{
	int ready[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct writer *w;

		if (writer_open(&w, folder) == ST_OK)
			replay(w, (int)state_of(w).cursor, ready[1]);
		_exit(0);
	}
	(void)close(ready[1]);
	(void)!read(ready[0], &byte, 1);
	(void)usleep(micros);
	(void)kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	(void)close(ready[0]);
}

static void test_killed_writer_loses_nothing(void **state)
{
	const char *expected;
	struct writer *w = opened();

	(void)state;
	replay(w, 0, -1);
	expected = whole_listing(w);
	writer_close(w);
	for (unsigned round = 0; round < 12; round++) {
		struct writer_state now;

		folder_remove(folder);
		folder = folder_make();
		write_and_kill(round * 4000);
		w = opened();
		now = state_of(w);
		assert_true(now.cursor >= 0 && now.cursor <= DOCS);
		replay(w, (int)now.cursor, -1);
		assert_string_equal(whole_listing(w), expected);
		assert_true(state_of(w).cursor == DOCS);
		writer_close(w);
	}
}

static void test_cursor_changes_as_one_step(void **state)
{
	struct stat before, after;
	const char *path = arena_printf(&mem, "%s/cursor", folder).ptr;
	struct writer *w = opened();
	int64_t cursor;

	(void)state;
	assert_int_equal(stat(path, &before), 0);
	commit(w, 17);
	assert_int_equal(stat(path, &after), 0);
	assert_true(before.st_ino != after.st_ino); /* another file took its name */
	assert_int_equal(writer_cursor(folder, &cursor), ST_OK);
	assert_true(cursor == 17);
	assert_int_equal(after.st_mode & 0777, 0600);
	writer_close(w);
}

static void test_second_writer_waits_and_gives_up(void **state)
{
	struct writer *first = opened(), *second = opened();
	struct index_doc doc = kit_doc(5, "a2", "t", "b");
	int64_t start_time;

	(void)state;
	put(first, 5, "a1", "bir");
	start_time = clock_mono();
	assert_int_equal(writer_put(second, &doc), ST_BUSY);
	assert_true(clock_mono() - start_time >= 5000000);
	assert_int_equal(writer_put(second, &doc), ST_FAILED);
	writer_close(second);
	writer_close(first);
}

static void test_more_shards_than_are_kept_open(void **state)
{
	struct writer *w = opened();
	struct shard_version *shards;
	size_t count;

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 1; i <= 80; i++)
			put(w, i, round ? "a1" : "a2", "bir");
	assert_int_equal(writer_commit(w, &mem, 1, &shards, &count), ST_OK);
	assert_int_equal(count, 80);
	for (int i = 1; i <= 80; i++)
		assert_string_equal(listed(w, i), "a1:1 a2:1");
	writer_close(w);
}

static void test_compacted_index_is_the_same(void **state)
{
	struct writer *w = opened();
	char *to = arena_c(&mem, arena_printf(&mem, "%s/compact", folder));
	int64_t cursor;

	(void)state;
	replay(w, 0, -1);
	assert_int_equal(writer_compact(folder, to), ST_OK);
	assert_int_equal(writer_cursor(to, &cursor), ST_OK);
	assert_true(cursor == DOCS);
	writer_close(w);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_put_replace_delete),
		IN_FOLDER(test_state_tells_what_is_committed),
		IN_FOLDER(test_commit_lists_changed_shards_with_growing_versions),
		IN_FOLDER(test_damage_is_reported),
		IN_FOLDER(test_missing_cursor_beside_shards_is_damage),
		IN_FOLDER(test_killed_writer_loses_nothing),
		IN_FOLDER(test_cursor_changes_as_one_step),
		IN_FOLDER(test_second_writer_waits_and_gives_up),
		IN_FOLDER(test_more_shards_than_are_kept_open),
		IN_FOLDER(test_compacted_index_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
