/* Compression by zlib, one state for each thread of the pool. */
#include "server/gzip.h"

#include <limits.h>
#include <strings.h>
#include <zlib.h>

enum { LEVEL = 1, WINDOW_AND_GZIP = 15 + 16, MEMORY = 8 };

static z_stream *state(struct worker *worker)
{
	z_stream *z = worker->gzip;

	if (z)
		return deflateReset(z) == Z_OK ? z : NULL;
	z = xmalloc(sizeof(*z));
	memset(z, 0, sizeof(*z));
	if (deflateInit2(z, LEVEL, Z_DEFLATED, WINDOW_AND_GZIP, MEMORY, Z_DEFAULT_STRATEGY) !=
	    Z_OK) {
		free(z);
		return NULL;
	}
	worker->gzip = z;
	return z;
}

void gzip_body(struct worker *worker, struct buf *body)
{
	z_stream *z = state(worker);
	struct buf out = {0};
	size_t room;

	if (!z || body->len > UINT_MAX / 2)
		return;
	room = deflateBound(z, (uLong)body->len);
	out.ptr = xmalloc(room + 1);
	z->next_in = (Bytef *)body->ptr;
	z->avail_in = (uInt)body->len;
	z->next_out = (Bytef *)out.ptr;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END) {
		free(out.ptr);
		return;
	}
	out.len = room - z->avail_out;
	out.room = room + 1;
	out.ptr[out.len] = '\0';
	buf_release(body);
	*body = out;
}

bool gzip_accepts(struct str accept_encoding, const char *coding)
{
	size_t len = strlen(coding);

	while (accept_encoding.ptr) {
		struct str weight = str_cut(&accept_encoding, ',');
		struct str name = str_trim(str_cut(&weight, ';'));

		if (name.len != len || strncasecmp(name.ptr, coding, len) != 0)
			continue;
		weight = str_trim(weight);
		/* "q=0", "q=0.0" and so on mean never. */
		for (size_t i = 2; i < weight.len; i++) {
			if (weight.ptr[i] >= '1' && weight.ptr[i] <= '9')
				return true;
		}
		return weight.len == 0;
	}
	return false;
}

void gzip_release(struct worker *worker)
{
	if (!worker->gzip)
		return;
	(void)deflateEnd(worker->gzip);
	free(worker->gzip);
	worker->gzip = NULL;
}
