/* Bodies in memory or in files without names. */
#include "server/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "schema/base/arena.h"
#include "schema/base/log.h"

/* Gone from its folder before the first byte is in it, so that no crash leaves anything behind. */
static int nameless_file(const char *folder)
{
	char path[600];
	int need = snprintf(path, sizeof(path), "%s/.upload-XXXXXX", folder), fd;

	if (need < 0 || (size_t)need >= sizeof(path))
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

bool spool_open(struct spool *out, const char *folder, size_t room, size_t in_memory)
{
	*out = (struct spool){.fd = -1, .room = room, .open = true};
	out->on_disk = room > in_memory;
	if (!out->on_disk) {
		out->memory = xmalloc(room); /* touched only as far as bytes arrive */
		return true;
	}
	out->fd = nameless_file(folder);
	if (out->fd < 0)
		log_warn("no room for an upload in %s: %s", folder, strerror(errno));
	return out->fd >= 0;
}

bool spool_add(struct spool *spool, const char *bytes, size_t len)
{
	if (len > spool->room - spool->len)
		return false;
	if (!spool->on_disk)
		memcpy(spool->memory + spool->len, bytes, len);
	for (size_t done = 0; spool->on_disk && done < len;) {
		ssize_t count = write(spool->fd, bytes + done, len - done);

		if (count < 0 && errno != EINTR) {
			log_warn("an upload cannot be kept: %s", strerror(errno));
			return false;
		}
		done += count > 0 ? (size_t)count : 0;
	}
	spool->len += len;
	return true;
}

bool spool_bytes(struct str *out, struct spool *spool)
{
	*out = str_of(spool->memory, spool->len);
	if (!spool->on_disk || !spool->len)
		return true;
	if (!spool->mapped) {
		spool->mapped = mmap(NULL, spool->len, PROT_READ, MAP_PRIVATE, spool->fd, 0);
		if (spool->mapped == MAP_FAILED)
			spool->mapped = NULL;
	}
	*out = str_of(spool->mapped, spool->len);
	return spool->mapped != NULL;
}

void spool_release(struct spool *spool)
{
	if (spool->mapped)
		(void)munmap(spool->mapped, spool->len);
	if (spool->on_disk && spool->fd >= 0)
		(void)close(spool->fd);
	free(spool->memory);
	*spool = (struct spool){.fd = -1};
}
