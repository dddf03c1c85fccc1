/* The folder of the index: cursor, shards, sizes, compacting. */
#include "indexer/writer_folder.h"

#include "indexer/xap.h"
#include "schema/base/secret.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHARD_NAME "shard-"
enum { FOLDER_MODE = 0700, FILE_MODE = 0600, CURSOR_MAX = 256 };

static void fd_cleanup(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static void dir_cleanup(DIR **dir)
{
	if (*dir)
		(void)closedir(*dir);
}

static enum status io_failure(const char *doing, const char *path)
{
	return fail(ST_FAILED, "%s %s: %s", doing, path, strerror(errno));
}

/* ---- the cursor ------------------------------------------------------------------------------ */
static void cursor_lines(struct buf *out, int64_t cursor)
{
	char hex[2 * DIGEST_LEN + 1];
	struct digest digest;

	buf_printf(out, "devon index\nformat %d\ncursor %lld\n", INDEX_FORMAT, (long long)cursor);
	digest = digest_of(buf_str(out));
	secret_hex(hex, digest.bytes, sizeof(digest.bytes));
	buf_printf(out, "digest %s\n", hex);
}

static enum status read_small_file(const char *path, char *out, size_t room, size_t *len)
{
	AUTO(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0 && errno == ENOENT)
		return fail(ST_NOT_FOUND, "no file %s", path);
	if (fd < 0)
		return io_failure("open", path);
	got = read(fd, out, room);
	if (got < 0)
		return io_failure("read", path);
	*len = (size_t)got;
	return ST_OK;
}

static void cursor_path(struct buf *out, const char *folder, const char *name)
{
	buf_printf(out, "%s/%s", folder, name);
}

enum status writer_cursor(const char *folder, int64_t *out)
{
	AUTO(buf) struct buf path = {0}, good = {0};
	char text[CURSOR_MAX];
	struct str rest, line;
	size_t len;

	cursor_path(&path, folder, "cursor");
	TRY(read_small_file(buf_c(&path), text, sizeof(text), &len));
	rest = str_of(text, len);
	for (int i = 0; i < 3; i++)
		line = str_cut(&rest, '\n');
	if (!str_starts(line, STR("cursor ")) || !str_to_i64(str_from(line, 7), out) || *out < 0)
		return fail(ST_INVALID, "%s is damaged", buf_c(&path));
	cursor_lines(&good, *out);
	if (!str_eq(buf_str(&good), str_of(text, len)))
		return fail(ST_INVALID, "%s is damaged or of another format", buf_c(&path));
	return ST_OK;
}

static enum status write_file(const char *path, struct str text)
{
	AUTO(fd) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);

	if (fd < 0)
		return io_failure("create", path);
	if (write(fd, text.ptr, text.len) != (ssize_t)text.len || fsync(fd) != 0)
		return io_failure("write", path);
	return ST_OK;
}

static enum status sync_folder(const char *folder)
{
	AUTO(fd) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0)
		return io_failure("sync", folder);
	return ST_OK;
}

enum status writer_folder_set_cursor(const char *folder, int64_t cursor)
{
	AUTO(buf) struct buf path = {0}, fresh = {0}, text = {0};

	cursor_path(&path, folder, "cursor");
	cursor_path(&fresh, folder, "cursor.new");
	cursor_lines(&text, cursor);
	TRY(write_file(buf_c(&fresh), buf_str(&text)));
	if (rename(buf_c(&fresh), buf_c(&path)) != 0)
		return io_failure("rename", buf_c(&fresh));
	return sync_folder(folder);
}

/* ---- shards ---------------------------------------------------------------------------------- */
bool writer_folder_has_shard(const char *folder, int64_t audience)
{
	AUTO(buf) struct buf path = {0};

	doc_shard_path(&path, folder, audience);
	buf_c_add(&path, "/iamglass"); /* Xapian writes it last */
	return access(buf_c(&path), F_OK) == 0;
}

struct numbers {
	int64_t *items;
	size_t count, room;
};

static void numbers_cleanup(struct numbers *n)
{
	free(n->items);
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The audiences that have a shard, ascending. */
static enum status find_shards(const char *folder, struct numbers *out)
{
	AUTO(dir) DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return io_failure("read", folder);
	while ((entry = readdir(dir))) {
		struct str name = str_c(entry->d_name);
		int64_t audience;

		if (!str_starts(name, STR(SHARD_NAME)) ||
		    !str_to_i64(str_from(name, sizeof(SHARD_NAME) - 1), &audience) ||
		    !writer_folder_has_shard(folder, audience))
			continue;
		out->items = xgrow(out->items, out->count, &out->room, sizeof(*out->items));
		out->items[out->count++] = audience;
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), compare_numbers);
	return ST_OK;
}

enum status writer_folder_open(const char *folder, int64_t *cursor)
{
	AUTO(numbers) struct numbers shards = {0};
	enum status outcome;

	if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
		return io_failure("create", folder);
	outcome = writer_cursor(folder, cursor);
	if (outcome == ST_NOT_FOUND) {
		TRY(find_shards(folder, &shards));
		if (shards.count == 0) {
			*cursor = 0;
			return writer_folder_set_cursor(folder, 0);
		}
	}
	if (outcome == ST_NOT_FOUND || outcome == ST_INVALID) {
		*cursor = WRITER_DAMAGED;
		return ST_OK;
	}
	return outcome;
}

static enum status folder_bytes(const char *folder, int64_t *bytes)
{
	AUTO(dir) DIR *dir = opendir(folder);
	struct dirent *entry;
	struct stat info;

	if (!dir)
		return io_failure("read", folder);
	while ((entry = readdir(dir)))
		if (fstatat(dirfd(dir), entry->d_name, &info, 0) == 0 && S_ISREG(info.st_mode))
			*bytes += info.st_size;
	return ST_OK;
}

static enum status look_at_shard(struct xap_shard *shard, struct writer_state *out)
{
	int64_t documents;

	TRY(xap_shard_count(shard, &documents));
	out->documents += documents;
	return xap_shard_revision(shard, &out->shards[out->n_shards++].version);
}

enum status writer_folder_shards(const char *folder, struct arena *mem, struct writer_state *out)
{
	AUTO(numbers) struct numbers audiences = {0};
	AUTO(buf) struct buf path = {0};

	TRY(find_shards(folder, &audiences));
	out->shards = arena_array(mem, audiences.count, sizeof(*out->shards));
	for (size_t i = 0; i < audiences.count; i++) {
		struct xap_shard *shard;
		enum status outcome;

		doc_shard_path(&path, folder, audiences.items[i]);
		TRY(folder_bytes(buf_c(&path), &out->bytes));
		out->shards[out->n_shards].audience = audiences.items[i];
		TRY(xap_shard_open(&shard, buf_c(&path)));
		outcome = look_at_shard(shard, out);
		xap_shard_close(shard);
		TRY(outcome);
	}
	return ST_OK;
}

static enum status compact_shard(const char *folder, const char *to, int64_t audience)
{
	AUTO(buf) struct buf from_path = {0}, to_path = {0};
	struct xap_shard *shard;
	enum status outcome;

	doc_shard_path(&from_path, folder, audience);
	doc_shard_path(&to_path, to, audience);
	TRY(xap_shard_open(&shard, buf_c(&from_path)));
	outcome = xap_shard_compact(shard, buf_c(&to_path));
	xap_shard_close(shard);
	return outcome;
}

enum status writer_compact(const char *folder, const char *to)
{
	AUTO(numbers) struct numbers audiences = {0};
	int64_t cursor;

	TRY(writer_cursor(folder, &cursor));
	TRY(find_shards(folder, &audiences));
	if (mkdir(to, FOLDER_MODE) != 0)
		return io_failure("create", to);
	for (size_t i = 0; i < audiences.count; i++)
		TRY(compact_shard(folder, to, audiences.items[i]));
	return writer_folder_set_cursor(to, cursor);
}
