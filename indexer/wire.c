/* Frames over a socket pair: written, sent, received and read with every length checked. */
#include "indexer/wire.h"

#include "schema/base/clock.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

enum { LENGTH_BYTES = 4, CHUNK = 64 * 1024 };

static void put_u32(char *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (char)(unsigned char)(value >> (8 * i));
}

static uint32_t take_u32(const char *bytes)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
	return value;
}

void wire_begin(struct buf *out, enum wire_kind kind)
{
	char head[LENGTH_BYTES + 1] = {0};

	head[LENGTH_BYTES] = (char)kind;
	buf_reset(out);
	buf_add(out, head, sizeof(head));
}

void wire_u32(struct buf *out, uint32_t value)
{
	char bytes[4];

	put_u32(bytes, value);
	buf_add(out, bytes, sizeof(bytes));
}

void wire_i64(struct buf *out, int64_t value)
{
	uint64_t bits = (uint64_t)value;

	wire_u32(out, (uint32_t)bits);
	wire_u32(out, (uint32_t)(bits >> 32));
}

void wire_text(struct buf *out, struct str text)
{
	if (text.len > WIRE_MAX) { /* wire_send would refuse it anyway */
		out->over = true;
		return;
	}
	wire_u32(out, (uint32_t)text.len);
	buf_str_add(out, text);
}

void wire_texts(struct buf *out, const struct str *texts, size_t count)
{
	wire_u32(out, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		wire_text(out, texts[i]);
}

/* The next `len` bytes, or NULL and bad where there are fewer. */
static const char *take(struct wire_reader *r, size_t len)
{
	const char *bytes;

	if (r->bad || r->bytes.len - r->at < len) {
		r->bad = true;
		return NULL;
	}
	bytes = r->bytes.ptr + r->at;
	r->at += len;
	return bytes;
}

uint32_t wire_get_u32(struct wire_reader *r)
{
	const char *bytes = take(r, 4);

	return bytes ? take_u32(bytes) : 0;
}

int64_t wire_get_i64(struct wire_reader *r)
{
	const char *bytes = take(r, 8);

	if (!bytes)
		return 0;
	return (int64_t)((uint64_t)take_u32(bytes + 4) << 32 | take_u32(bytes));
}

struct str wire_get_text(struct wire_reader *r)
{
	uint32_t len = wire_get_u32(r);
	const char *bytes = take(r, len);

	return bytes ? str_of(bytes, len) : STR_NONE;
}

uint32_t wire_get_count(struct wire_reader *r, size_t least)
{
	uint32_t count = wire_get_u32(r);

	if (r->bad || count > (r->bytes.len - r->at) / least) {
		r->bad = true;
		return 0;
	}
	return count;
}

struct str *wire_get_texts(struct wire_reader *r, struct arena *mem, size_t *count)
{
	struct str *texts;

	*count = wire_get_count(r, 4);
	texts = arena_array(mem, *count, sizeof(*texts));
	for (size_t i = 0; i < *count; i++)
		texts[i] = wire_get_text(r);
	return texts;
}

bool wire_get_end(const struct wire_reader *r)
{
	return !r->bad && r->at == r->bytes.len;
}

/* Wait until the socket can be used. */
static enum status wait_for(int fd, short events, int64_t deadline)
{
	for (;;) {
		struct pollfd ready = {.fd = fd, .events = events};
		int64_t left = deadline ? deadline - clock_mono() : 0;
		int wait = -1, count;

		if (deadline && left <= 0)
			return fail(ST_BUSY, "the other process took too long");
		if (deadline)
			wait = left / 1000 >= 60000 ? 60000 : (int)(left / 1000) + 1;
		count = poll(&ready, 1, wait);
		if (count > 0)
			return ST_OK;
		if (count < 0 && errno != EINTR)
			return fail(ST_FAILED, "poll: %s", strerror(errno));
	}
}

enum status wire_send(int fd, struct buf *message, int64_t deadline)
{
	size_t sent = 0;

	if (message->over || message->len - LENGTH_BYTES > WIRE_MAX)
		return fail(ST_TOO_LARGE, "a message of more than %d bytes", WIRE_MAX);
	put_u32(message->ptr, (uint32_t)(message->len - LENGTH_BYTES));
	while (sent < message->len) {
		ssize_t count = send(fd, message->ptr + sent, message->len - sent,
				     MSG_NOSIGNAL | MSG_DONTWAIT);

		if (count >= 0)
			sent += (size_t)count;
		else if (errno == EAGAIN)
			TRY(wait_for(fd, POLLOUT, deadline));
		else if (errno == EPIPE || errno == ECONNRESET)
			return fail(ST_NOT_FOUND, "the other process went away");
		else if (errno != EINTR)
			return fail(ST_FAILED, "send: %s", strerror(errno));
	}
	return ST_OK;
}

/* Some bytes, at most `len`; *got is 0 at the end of the stream. */
static enum status receive_some(int fd, char *out, size_t len, size_t *got, int64_t deadline)
{
	for (;;) {
		ssize_t count = recv(fd, out, len, MSG_DONTWAIT);

		/* Who closes with our words unread resets the connection: that is an end, too. */
		if (count >= 0 || errno == ECONNRESET) {
			*got = count > 0 ? (size_t)count : 0;
			return ST_OK;
		}
		if (errno == EAGAIN)
			TRY(wait_for(fd, POLLIN, deadline));
		else if (errno != EINTR)
			return fail(ST_FAILED, "receive: %s", strerror(errno));
	}
}

/* Add exactly `len` bytes; memory grows with what arrives, not with what was announced. */
static enum status receive_all(int fd, struct buf *out, size_t len, int64_t deadline)
{
	char chunk[CHUNK];

	while (len) {
		size_t got, want = len < sizeof(chunk) ? len : sizeof(chunk);

		TRY(receive_some(fd, chunk, want, &got, deadline));
		if (got == 0)
			return fail(out->len ? ST_FAILED : ST_NOT_FOUND,
				    "the other process went away");
		buf_add(out, chunk, got);
		len -= got;
	}
	return ST_OK;
}

enum status wire_receive(int fd, struct buf *storage, enum wire_kind *kind, struct wire_reader *out,
			 int64_t deadline)
{
	uint32_t len;

	buf_reset(storage);
	TRY(receive_all(fd, storage, LENGTH_BYTES, deadline));
	len = take_u32(storage->ptr);
	if (len == 0 || len > WIRE_MAX)
		return fail(ST_INVALID, "a message of %u bytes", len);
	TRY(receive_all(fd, storage, len, deadline));
	*kind = (enum wire_kind)(unsigned char)storage->ptr[LENGTH_BYTES];
	*out = (struct wire_reader){.bytes = str_from(buf_str(storage), LENGTH_BYTES + 1)};
	return ST_OK;
}
