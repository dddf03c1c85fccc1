/* Files of articles: whose they are, what they may be, and where their contents lie. */
#include "schema/file.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "schema/base/clock.h"
#include "schema/care.h"
#include "schema/file_store.h"
#include "schema/journal.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct article article, hidden;
static char folder[64];

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

static int set_up(void **state)
{
	struct reader writer, secret;

	(void)state;
	kit_open(&kit);
	kit_space(&kit, "open");
	kit_space(&kit, "closed");
	kit_circle(&kit, "open", "readers", LEVEL_READ, "reader");
	kit_circle(&kit, "open", "writers", LEVEL_WRITE, "writer");
	kit_circle(&kit, "closed", "closers", LEVEL_WRITE, "secret");
	writer = kit_reader(&kit, "writer");
	secret = kit_reader(&kit, "secret");
	article = kit_article(&kit, &writer, "open", "With files");
	hidden = kit_article(&kit, &secret, "closed", "Hidden");
	(void)snprintf(folder, sizeof(folder), "/tmp/devon-files-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	kit_close(&kit);
	(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return 0;
}

static struct file_new input(const char *name, const char *content)
{
	struct file_new in = {.name = str_c(name),
			      .type = STR("txt"),
			      .size = (int64_t)strlen(content),
			      .has_text = true,
			      .quota = 1000};

	in.hash = digest_of(str_c(content));
	return in;
}

static enum status add(struct file *out, const char *login, const struct article *to,
		       const char *name, const char *content)
{
	struct reader who = kit_reader(&kit, login);
	struct file_new in = input(name, content);

	return file_add(out, kit.db, &kit.mem, &who, to->public_id, &in);
}

static void test_editors_add_what_readers_get(void **state)
{
	struct reader reader = kit_reader(&kit, "reader");
	struct file file, got, *list;
	struct article of;
	size_t count;

	(void)state;
	assert_int_equal(add(&file, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(file_get(&got, &of, kit.db, &kit.mem, &reader, file.public_id), ST_OK);
	assert_str(got.name, "note.txt");
	assert_str(got.uploader_login, "writer");
	assert_int_equal(got.state, FILE_PENDING);
	assert_int_equal(of.id, article.id);
	assert_int_equal(file_list(&list, &count, kit.db, &kit.mem, &reader, &article), ST_OK);
	assert_int_equal(count, 1);
}

static void test_readers_add_and_remove_nothing(void **state)
{
	struct reader reader = kit_reader(&kit, "reader");
	struct file file;

	(void)state;
	assert_int_equal(add(&file, "reader", &article, "note.txt", "words"), ST_DENIED);
	assert_int_equal(add(&file, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(file_remove(kit.db, &kit.mem, &reader, file.public_id), ST_DENIED);
}

static void test_files_of_hidden_articles_are_not_there(void **state)
{
	struct reader reader = kit_reader(&kit, "reader");
	struct file file, got, *list;
	struct article of;
	size_t count;

	(void)state;
	assert_int_equal(add(&file, "secret", &hidden, "plan.txt", "words"), ST_OK);
	assert_int_equal(file_get(&got, &of, kit.db, &kit.mem, &reader, file.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(file_get_by_id(&got, &of, kit.db, &kit.mem, &reader, file.id),
			 ST_NOT_FOUND);
	assert_int_equal(file_list(&list, &count, kit.db, &kit.mem, &reader, &hidden),
			 ST_NOT_FOUND);
	assert_int_equal(file_remove(kit.db, &kit.mem, &reader, file.public_id), ST_NOT_FOUND);
	assert_int_equal(add(&got, "writer", &hidden, "plan.txt", "words"), ST_NOT_FOUND);
}

static void test_a_name_is_one_file(void **state)
{
	struct file first, again, other;

	(void)state;
	assert_int_equal(add(&first, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(add(&again, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(again.id, first.id);
	assert_int_equal(add(&other, "writer", &article, "note.txt", "others"), ST_INVALID);
	assert_string_equal(fail_field(), "file");
}

static void test_names_that_lead_elsewhere_are_refused(void **state)
{
	static const char *const bad[] = {"a/b.txt",
					  "..",
					  "..\\x.txt",
					  ".profile",
					  "a\nb.txt",
					  "",
					  ("gpj.\xe2\x80\xae"
					   "exe.txt"),
					  " a.txt"};
	struct file file;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(add(&file, "writer", &article, bad[i], "words"), ST_INVALID);
}

static void test_an_article_holds_a_hundred(void **state)
{
	struct file file;

	(void)state;
	for (int i = 0; i < FILES_OF_ARTICLE_MAX; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "f%d.txt", i);
		assert_int_equal(add(&file, "writer", &article, name, "w"), ST_OK);
	}
	assert_int_equal(add(&file, "writer", &article, "more.txt", "w"), ST_INVALID);
}

static void test_the_quota_is_the_audiences(void **state)
{
	char large[901];
	struct file file;

	(void)state;
	memset(large, 'x', sizeof(large));
	large[900] = '\0';
	assert_int_equal(add(&file, "secret", &hidden, "a.txt", large), ST_OK);
	assert_int_equal(add(&file, "secret", &hidden, "b.txt", large), ST_INVALID);
	/* How full it is elsewhere is nobody's knowledge here. */
	assert_int_equal(add(&file, "writer", &article, "a.txt", large), ST_OK);
	assert_int_equal(file_remove(kit.db, &kit.mem, &kit.op, file.public_id), ST_OK);
	assert_int_equal(add(&file, "writer", &article, "b.txt", large), ST_OK);
}

static void test_removed_files_are_gone_with_their_text(void **state)
{
	struct reader writer = kit_reader(&kit, "writer");
	struct file file, got;
	struct article of;
	struct str text;

	(void)state;
	assert_int_equal(add(&file, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(file_set_text(kit.db, &kit.mem, file.id, FILE_HAS_TEXT, STR("words"), "en",
				       STR("")),
			 ST_OK);
	assert_int_equal(file_remove(kit.db, &kit.mem, &writer, file.public_id), ST_OK);
	assert_int_equal(file_get(&got, &of, kit.db, &kit.mem, &writer, file.public_id),
			 ST_NOT_FOUND);
	assert_int_equal(file_plain(&text, kit.db, &kit.mem, file.id, 100), ST_OK);
	assert_int_equal(text.len, 0);
	/* The name is free again. */
	assert_int_equal(add(&got, "writer", &article, "note.txt", "others"), ST_OK);
}

static void test_texts_wait_are_read_and_given_up(void **state)
{
	struct file_counts counts;
	struct file_task task;
	struct file file, *bad;
	struct str text;
	size_t count;

	(void)state;
	assert_int_equal(add(&file, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(file_next_pending(&task, kit.db, &kit.mem, 0), ST_OK);
	assert_int_equal(task.id, file.id);
	assert_int_equal(file_note_try(kit.db, file.id, 1), ST_OK);
	assert_int_equal(file_next_pending(&task, kit.db, &kit.mem, 0), ST_OK);
	assert_int_equal(task.tries, 1);
	assert_int_equal(file_set_text(kit.db, &kit.mem, file.id, FILE_HAS_TEXT, STR("words"), "en",
				       STR("")),
			 ST_OK);
	assert_int_equal(file_plain(&text, kit.db, &kit.mem, file.id, 100), ST_OK);
	assert_str(text, "words");
	assert_int_equal(file_next_pending(&task, kit.db, &kit.mem, 0), ST_OK);
	assert_int_equal(task.id, 0);
	assert_int_equal(file_set_text(kit.db, &kit.mem, file.id, FILE_UNREADABLE, STR(""), "",
				       STR("The file is damaged.")),
			 ST_OK);
	assert_int_equal(file_unreadable(&bad, &count, kit.db, &kit.mem, 10), ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(bad[0].name.len, 0); /* its name is its readers' */
	assert_int_equal(file_count(&counts, kit.db), ST_OK);
	assert_int_equal(counts.unreadable, 1);
}

static void test_every_act_is_in_the_journal(void **state)
{
	struct reader writer = kit_reader(&kit, "writer");
	int64_t rows, bad, acts = 0;
	struct file file;

	(void)state;
	assert_int_equal(add(&file, "writer", &article, "note.txt", "words"), ST_OK);
	assert_int_equal(file_remove(kit.db, &kit.mem, &writer, file.public_id), ST_OK);
	assert_int_equal(db_i64(&acts, kit.db,
				"SELECT count(*) FROM journal WHERE object_type = 'file'"
				" AND action IN ('file.add', 'file.remove') AND audience_id > 0"),
			 ST_OK);
	assert_int_equal(acts, 2);
	assert_int_equal(journal_verify(kit.db, &rows, &bad), ST_OK);
}

/* ---- contents -------------------------------------------------------------------------------------- */

static void path_of(char *out, size_t room, const struct digest *hash)
{
	char hex[2 * DIGEST_LEN + 1];

	secret_hex(hex, hash->bytes, DIGEST_LEN);
	(void)snprintf(out, room, "%s/%.2s/%s", folder, hex, hex);
}

static void test_contents_lie_under_their_hash_for_their_owner_alone(void **state)
{
	struct digest hash, expected = digest_of(STR("content"));
	char path[200];
	struct stat info;
	int64_t size;
	int fd;

	(void)state;
	assert_int_equal(file_store_put(&hash, folder, STR("content")), ST_OK);
	assert_memory_equal(hash.bytes, expected.bytes, DIGEST_LEN);
	path_of(path, sizeof(path), &hash);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 07777, 0600);
	assert_int_equal(file_store_put(&hash, folder, STR("content")), ST_OK); /* again */
	assert_int_equal(file_store_open(&fd, &size, folder, &hash), ST_OK);
	(void)close(fd);
	assert_int_equal(size, 7);
	expected = digest_of(STR("other"));
	assert_int_equal(file_store_open(&fd, &size, folder, &expected), ST_NOT_FOUND);
}

static void test_a_link_in_the_place_of_a_content_is_not_followed(void **state)
{
	struct digest hash;
	char path[200];
	int64_t size;
	int fd;

	(void)state;
	assert_int_equal(file_store_put(&hash, folder, STR("content")), ST_OK);
	path_of(path, sizeof(path), &hash);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(file_store_open(&fd, &size, folder, &hash), ST_FAILED);
}

static void test_a_changed_content_is_seen(void **state)
{
	struct digest hash;
	char path[200];
	FILE *file;

	(void)state;
	assert_int_equal(file_store_put(&hash, folder, STR("content")), ST_OK);
	assert_int_equal(file_store_verify(folder, &hash, 7), ST_OK);
	path_of(path, sizeof(path), &hash);
	file = fopen(path, "we");
	assert_non_null(file);
	(void)fputs("c0ntent", file);
	(void)fclose(file);
	assert_int_equal(file_store_verify(folder, &hash, 7), ST_INVALID);
}

static enum status is_wanted(void *context, const struct digest *hash, bool *wanted)
{
	*wanted = memcmp(hash->bytes, context, DIGEST_LEN) == 0;
	return ST_OK;
}

static void test_sweeping_leaves_what_is_wanted_or_fresh(void **state)
{
	struct digest wanted, old, fresh;
	struct utimbuf long_ago = {1000, 1000};
	char path[200], left[100];
	int64_t removed;

	(void)state;
	assert_int_equal(file_store_put(&wanted, folder, STR("wanted")), ST_OK);
	assert_int_equal(file_store_put(&old, folder, STR("old")), ST_OK);
	assert_int_equal(file_store_put(&fresh, folder, STR("fresh")), ST_OK);
	path_of(path, sizeof(path), &wanted);
	assert_int_equal(utime(path, &long_ago), 0);
	path_of(path, sizeof(path), &old);
	assert_int_equal(utime(path, &long_ago), 0);
	(void)snprintf(left, sizeof(left), "%s/.new-0123", folder);
	(void)fclose(fopen(left, "we"));
	assert_int_equal(utime(left, &long_ago), 0);
	assert_int_equal(file_store_sweep(&removed, folder, 5000, is_wanted, wanted.bytes), ST_OK);
	assert_int_equal(removed, 2);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(access(left, F_OK), -1);
	assert_int_equal(file_store_verify(folder, &wanted, 6), ST_OK);
	assert_int_equal(file_store_verify(folder, &fresh, 5), ST_OK);
}

/* What cannot be looked into is told; a folder that was not made yet holds nothing. */
static void test_sweeping_tells_what_it_cannot_open(void **state)
{
	struct digest wanted = digest_of(STR("wanted"));
	char path[80];
	int64_t removed = 7;
	int fd;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/none", folder);
	assert_int_equal(file_store_sweep(&removed, path, 5000, is_wanted, wanted.bytes), ST_OK);
	assert_int_equal(removed, 0);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(file_store_sweep(&removed, path, 5000, is_wanted, wanted.bytes),
			 ST_FAILED);
}

/* ---- backups --------------------------------------------------------------------------------------- */

static void put_file(const char *name, struct str content)
{
	struct reader writer = kit_reader(&kit, "writer");
	struct file_new in = {.name = str_c(name),
			      .type = STR("txt"),
			      .size = (int64_t)content.len,
			      .quota = INT64_MAX / 2};
	struct file file;

	assert_int_equal(file_store_put(&in.hash, folder, content), ST_OK);
	assert_int_equal(file_add(&file, kit.db, &kit.mem, &writer, article.public_id, &in), ST_OK);
}

static void test_a_backup_brings_contents_back(void **state)
{
	size_t large = 2 * 1024 * 1024 + 7; /* several pieces */
	char *bytes = arena_alloc(&kit.mem, large), backup[100], record[100], files[100];
	struct backup_manifest manifest;
	struct digest hash;

	(void)state;
	memset(bytes, 'z', large);
	put_file("large.txt", str_of(bytes, large));
	put_file("small.txt", STR("small"));
	(void)snprintf(backup, sizeof(backup), "%s/backup", folder);
	(void)snprintf(record, sizeof(record), "%s/record", folder);
	(void)snprintf(files, sizeof(files), "%s/back", folder);
	assert_int_equal(backup_make(&manifest, &kit.mem, kit.path, folder, backup), ST_OK);
	assert_int_equal(backup_verify(&manifest, &kit.mem, backup), ST_OK);
	assert_int_equal(backup_restore(backup, record, files), ST_OK);
	hash = digest_of(str_of(bytes, large));
	assert_int_equal(file_store_verify(files, &hash, (int64_t)large), ST_OK);
	hash = digest_of(STR("small"));
	assert_int_equal(file_store_verify(files, &hash, 5), ST_OK);
}

static void damage(const char *backup, const char *how)
{
	struct db *db;

	assert_int_equal(db_open(&db, backup, DB_ALONE), ST_OK);
	assert_int_equal(db_script(db, how), ST_OK);
	db_close(db);
}

static void test_a_backup_with_another_or_no_content_is_none(void **state)
{
	struct backup_manifest manifest;
	char backup[100];

	(void)state;
	put_file("small.txt", STR("small"));
	(void)snprintf(backup, sizeof(backup), "%s/backup", folder);
	assert_int_equal(backup_make(&manifest, &kit.mem, kit.path, folder, backup), ST_OK);
	damage(backup, "UPDATE backup_content SET bytes = CAST('smail' AS BLOB)");
	assert_int_equal(backup_verify(&manifest, &kit.mem, backup), ST_INVALID);
	damage(backup, "DELETE FROM backup_content");
	assert_int_equal(backup_verify(&manifest, &kit.mem, backup), ST_INVALID);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_editors_add_what_readers_get),
		TEST(test_readers_add_and_remove_nothing),
		TEST(test_files_of_hidden_articles_are_not_there),
		TEST(test_a_name_is_one_file),
		TEST(test_names_that_lead_elsewhere_are_refused),
		TEST(test_an_article_holds_a_hundred),
		TEST(test_the_quota_is_the_audiences),
		TEST(test_removed_files_are_gone_with_their_text),
		TEST(test_texts_wait_are_read_and_given_up),
		TEST(test_every_act_is_in_the_journal),
		TEST(test_contents_lie_under_their_hash_for_their_owner_alone),
		TEST(test_a_link_in_the_place_of_a_content_is_not_followed),
		TEST(test_a_changed_content_is_seen),
		TEST(test_sweeping_leaves_what_is_wanted_or_fresh),
		TEST(test_sweeping_tells_what_it_cannot_open),
		TEST(test_a_backup_brings_contents_back),
		TEST(test_a_backup_with_another_or_no_content_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
