/* Contents under their hashes: written durably, opened, verified and swept. */
#include "schema/file_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/log.h"

enum { HEX_LEN = 2 * DIGEST_LEN, PIECE = 64 * 1024, RANDOM_LEN = 8 };
#define WRITING ".new-"    /* begins the names of contents on their way in */
#define SWEEPING ".sweep-" /* and of those on their way out */

static enum status broken(const char *what, const char *path)
{
	return fail(errno == ENOSPC || errno == EDQUOT ? ST_BUSY : ST_FAILED, "%s %s: %s", what,
		    path, strerror(errno));
}

static enum status make_folder(const char *path)
{
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return broken("mkdir", path);
	return ST_OK;
}

/* "FOLDER/ab", and with the name behind it "FOLDER/ab/ab12...". */
static enum status path_of(char *out, size_t room, const char *folder, const struct digest *hash,
			   bool whole)
{
	char hex[HEX_LEN + 1];
	int need;

	secret_hex(hex, hash->bytes, DIGEST_LEN);
	need = snprintf(out, room, "%s/%.2s%s%s", folder, hex, whole ? "/" : "", whole ? hex : "");
	if (need < 0 || (size_t)need >= room)
		return fail(ST_FAILED, "the name of the folder %s is too long", folder);
	return ST_OK;
}

/* A rename is durable when its folder is. */
static enum status sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	enum status outcome = good ? ST_OK : broken("sync", path);

	if (fd >= 0)
		(void)close(fd);
	return outcome;
}

enum status file_writer_begin(struct file_writer *out, const char *folder)
{
	unsigned char bytes[RANDOM_LEN];
	char hex[2 * RANDOM_LEN + 1];
	int need;

	*out = (struct file_writer){.folder = folder, .fd = -1};
	digester_init(&out->digester);
	TRY(make_folder(folder));
	secret_random(bytes, sizeof(bytes));
	secret_hex(hex, bytes, sizeof(bytes));
	need = snprintf(out->path, sizeof(out->path), "%s/" WRITING "%s", folder, hex);
	if (need < 0 || (size_t)need >= sizeof(out->path))
		return fail(ST_FAILED, "the name of the folder %s is too long", folder);
	out->fd = open(out->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	return out->fd < 0 ? broken("open", out->path) : ST_OK;
}

enum status file_writer_add(struct file_writer *writer, struct str bytes)
{
	digester_bytes(&writer->digester, bytes);
	writer->size += (int64_t)bytes.len;
	while (bytes.len) {
		ssize_t count = write(writer->fd, bytes.ptr, bytes.len);

		if (count < 0 && errno != EINTR)
			return broken("write", writer->path);
		if (count > 0)
			bytes = str_from(bytes, (size_t)count);
	}
	return ST_OK;
}

enum status file_writer_end(struct file_writer *writer, struct digest *out)
{
	char folder[sizeof(writer->path)], path[sizeof(writer->path)];

	*out = digester_end(&writer->digester);
	TRY(path_of(folder, sizeof(folder), writer->folder, out, false));
	TRY(path_of(path, sizeof(path), writer->folder, out, true));
	if (fsync(writer->fd) < 0)
		return broken("sync", writer->path);
	TRY(make_folder(folder));
	if (rename(writer->path, path) < 0)
		return broken("rename", path);
	(void)close(writer->fd);
	writer->fd = -1;
	TRY(sync_folder(folder));
	return sync_folder(writer->folder);
}

void file_writer_cleanup(struct file_writer *writer)
{
	if (writer->fd < 0)
		return;
	(void)close(writer->fd);
	(void)unlink(writer->path);
	writer->fd = -1;
}

enum status file_store_put(struct digest *out, const char *folder, struct str bytes)
{
	AUTO(file_writer) struct file_writer writer = FILE_WRITER_NONE;

	TRY(file_writer_begin(&writer, folder));
	TRY(file_writer_add(&writer, bytes));
	return file_writer_end(&writer, out);
}

enum status file_store_open(int *out, int64_t *size, const char *folder, const struct digest *hash)
{
	char path[600];
	struct stat info;

	TRY(path_of(path, sizeof(path), folder, hash, true));
	*out = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (*out < 0)
		return fail(errno == ENOENT ? ST_NOT_FOUND : ST_FAILED, "open %s: %s", path,
			    strerror(errno));
	if (fstat(*out, &info) < 0 || !S_ISREG(info.st_mode)) {
		(void)close(*out);
		*out = -1;
		return fail(ST_FAILED, "%s is no plain file", path);
	}
	*size = info.st_size;
	return ST_OK;
}

enum status file_store_verify(const char *folder, const struct digest *hash, int64_t size)
{
	struct digester digester;
	struct digest found;
	char piece[PIECE];
	ssize_t count = 1;
	int64_t length;
	int fd;

	TRY(file_store_open(&fd, &length, folder, hash));
	digester_init(&digester);
	while (count > 0 || (count < 0 && errno == EINTR)) {
		count = read(fd, piece, sizeof(piece));
		if (count > 0)
			digester_bytes(&digester, str_of(piece, (size_t)count));
	}
	(void)close(fd);
	if (count < 0)
		return broken("read", folder);
	found = digester_end(&digester);
	if (length != size || !digest_eq(&found, hash))
		return fail(ST_INVALID, "a content is not what its hash says");
	return ST_OK;
}

/* ---- sweeping ---------------------------------------------------------------------------------- */

struct sweep {
	const char *folder;
	int64_t before;
	enum status (*is_wanted)(void *context, const struct digest *hash, bool *wanted);
	void *context;
	int64_t removed;
};

static bool hash_from(struct digest *out, const char *hex)
{
	for (size_t i = 0; i < HEX_LEN; i++) {
		int value = hex[i] >= '0' && hex[i] <= '9'   ? hex[i] - '0'
			    : hex[i] >= 'a' && hex[i] <= 'f' ? hex[i] - 'a' + 10
							     : -1;

		if (value < 0)
			return false;
		out->bytes[i / 2] = (unsigned char)(i % 2 ? out->bytes[i / 2] | value : value << 4);
	}
	return hex[HEX_LEN] == '\0';
}

static bool is_old(const char *path, int64_t before)
{
	struct stat info;

	return lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_mtime < before;
}

/*
 * Somebody may bring the same content at this moment. So it is set aside first: what was touched in
 * between, or is wanted, comes back; a content that arrives later stands beside it, whole.
 */
static enum status sweep_one(struct sweep *sweep, const char *path, const struct digest *hash)
{
	char aside[600], hex[HEX_LEN + 1];
	bool wanted = true;
	int need;

	TRY(sweep->is_wanted(sweep->context, hash, &wanted));
	if (wanted)
		return ST_OK;
	secret_hex(hex, hash->bytes, DIGEST_LEN);
	need = snprintf(aside, sizeof(aside), "%s/" SWEEPING "%s", sweep->folder, hex);
	if (need < 0 || (size_t)need >= sizeof(aside) || rename(path, aside) < 0)
		return fail(ST_FAILED, "%s cannot be set aside: %s", path, strerror(errno));
	TRY(sweep->is_wanted(sweep->context, hash, &wanted));
	if (wanted || !is_old(aside, sweep->before))
		return rename(aside, path) < 0 ? broken("rename", path) : ST_OK;
	if (unlink(aside) < 0)
		return broken("remove", aside);
	sweep->removed++;
	return ST_OK;
}

/* Whether this is a folder of contents; what a crash left half written goes. */
static bool is_part(struct sweep *sweep, const char *path, const char *name)
{
	bool left = strncmp(name, WRITING, sizeof(WRITING) - 1) == 0 ||
		    strncmp(name, SWEEPING, sizeof(SWEEPING) - 1) == 0;

	if (left && is_old(path, sweep->before) && unlink(path) == 0)
		sweep->removed++;
	return strlen(name) == 2 && name[0] != '.';
}

static enum status sweep_part(struct sweep *sweep, const char *part)
{
	DIR *folder = opendir(part);
	enum status outcome = ST_OK;
	struct dirent *entry;

	if (!folder)
		return errno == ENOENT || errno == ENOTDIR ? ST_OK : broken("open", part);
	while (outcome == ST_OK && (entry = readdir(folder))) {
		char path[600];
		struct digest hash = {{0}};
		int need = snprintf(path, sizeof(path), "%s/%s", part, entry->d_name);

		if (need > 0 && (size_t)need < sizeof(path) && hash_from(&hash, entry->d_name) &&
		    is_old(path, sweep->before))
			outcome = sweep_one(sweep, path, &hash);
	}
	(void)closedir(folder);
	return outcome;
}

enum status file_store_sweep(int64_t *removed, const char *folder, int64_t before,
			     enum status (*is_wanted)(void *context, const struct digest *hash,
						      bool *wanted),
			     void *context)
{
	struct sweep sweep = {folder, before, is_wanted, context, 0};
	DIR *parts = opendir(folder);
	enum status outcome = ST_OK;
	struct dirent *entry;

	*removed = 0;
	if (!parts)
		return errno == ENOENT ? ST_OK : broken("open", folder);
	while (outcome == ST_OK && (entry = readdir(parts))) {
		char path[600];
		int need = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);

		if (need > 0 && (size_t)need < sizeof(path) && is_part(&sweep, path, entry->d_name))
			outcome = sweep_part(&sweep, path);
	}
	(void)closedir(parts);
	*removed = sweep.removed;
	return outcome;
}
