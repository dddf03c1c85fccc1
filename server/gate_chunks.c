/* Reading chunked bodies strictly, and copying answers. */
#include "server/gate_chunks.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "schema/base/buf.h"

enum { PIECE = 16384, SIZE_DIGITS_MAX = 7 };

/* What the next byte belongs to. */
enum place {
	SIZE, /* hexadecimal digits of a chunk's size, or its CR */
	SIZE_LF,
	DATA,
	DATA_CR,
	DATA_LF,
	LAST_CR, /* behind the last chunk: the end of an empty trailer */
	LAST_LF,
	WHOLE,
};

struct gate_chunks {
	struct http_head head;
	struct buf block, body;
	size_t to_skip; /* bytes of the head that are still in the socket */
	enum place place;
	int digits;
	size_t left; /* of the chunk at hand */
	int outer;   /* our end of the pair, or -1 */
	char piece[PIECE];
	size_t piece_len, piece_sent; /* of the answer */
};

struct gate_chunks *gate_chunks_new(const struct http_head *head, struct str block)
{
	struct gate_chunks *c = xmalloc(sizeof(*c));
	int64_t most = head_body_limit(head);

	memset(c, 0, sizeof(*c));
	c->outer = -1;
	c->to_skip = block.len;
	buf_str_add(&c->block, block);
	/* Larger ones come with their length: nothing is kept in memory on a mere promise. */
	buf_init(&c->body, (size_t)(most < BODY_FORM_MAX ? most : BODY_FORM_MAX));
	/* Parsed again, so that its texts point into our copy. */
	if (gate_parse(&c->head, buf_str(&c->block)) != 0)
		c->place = WHOLE;
	return c;
}

struct gate_chunks *gate_chunks_refused(const struct http_head *head, struct str block, int status)
{
	struct gate_chunks *c = gate_chunks_new(head, block);

	c->place = WHOLE;
	c->head.refused = status;
	c->head.type = BODY_NONE;
	c->head.length = 0;
	c->head.expects = false;
	return c;
}

void gate_chunks_free(struct gate_chunks *c)
{
	if (!c)
		return;
	if (c->outer >= 0)
		(void)close(c->outer);
	buf_release(&c->block);
	buf_release(&c->body);
	free(c);
}

static int hex(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

static int feed_size(struct gate_chunks *c, char byte)
{
	if (byte == '\r' && c->digits > 0) {
		c->place = SIZE_LF;
		return GATE_CHUNKS_MORE;
	}
	if (hex(byte) < 0)
		return 400;
	if (++c->digits > SIZE_DIGITS_MAX)
		return 413;
	c->left = c->left * 16 + (size_t)hex(byte);
	return GATE_CHUNKS_MORE;
}

/* One byte outside the data of a chunk. */
static int feed_byte(struct gate_chunks *c, char byte)
{
	static const struct {
		char expected;
		enum place next;
	} steps[] = {
		[SIZE_LF] = {'\n', DATA},    [DATA_CR] = {'\r', DATA_LF}, [DATA_LF] = {'\n', SIZE},
		[LAST_CR] = {'\r', LAST_LF}, [LAST_LF] = {'\n', WHOLE},
	};

	if (c->place == SIZE)
		return feed_size(c, byte);
	if (byte != steps[c->place].expected)
		return 400;
	c->place = steps[c->place].next;
	if (c->place == DATA && c->left == 0)
		c->place = LAST_CR;
	if (c->place == SIZE)
		c->digits = 0;
	return c->place == WHOLE ? GATE_CHUNKS_WHOLE : GATE_CHUNKS_MORE;
}

int gate_chunks_feed(struct gate_chunks *c, struct str piece)
{
	int status = GATE_CHUNKS_MORE;

	for (size_t at = 0; at < piece.len && status == GATE_CHUNKS_MORE;) {
		size_t part = piece.len - at < c->left ? piece.len - at : c->left;

		if (c->place != DATA) {
			status = feed_byte(c, piece.ptr[at++]);
			continue;
		}
		buf_add(&c->body, piece.ptr + at, part);
		if (c->body.over)
			return 413;
		at += part;
		c->left -= part;
		if (c->left == 0)
			c->place = DATA_CR;
	}
	return status;
}

/* Behind the head nothing more is promised to a client that waits for "100 Continue". */
static int skip_head(struct gate_chunks *c, int fd, size_t got)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

	c->to_skip -= got;
	if (c->to_skip == 0 && c->head.expects &&
	    send(fd, go_on, sizeof(go_on) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return GATE_CHUNKS_GONE;
	return GATE_CHUNKS_MORE;
}

int gate_chunks_read(struct gate_chunks *c, int fd)
{
	int status = GATE_CHUNKS_MORE;

	while (status == GATE_CHUNKS_MORE) {
		size_t most = c->to_skip && c->to_skip < PIECE ? c->to_skip : PIECE;
		ssize_t got = recv(fd, c->piece, most, MSG_DONTWAIT);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return GATE_CHUNKS_MORE;
		if (got <= 0)
			return GATE_CHUNKS_GONE;
		status = c->to_skip ? skip_head(c, fd, (size_t)got)
				    : gate_chunks_feed(c, str_of(c->piece, (size_t)got));
	}
	if (status == GATE_CHUNKS_WHOLE)
		c->head.length = (int64_t)c->body.len;
	return status;
}

int gate_chunks_pair(struct gate_chunks *c)
{
	static const char request[] = "POST / HTTP/1.1\r\nHost: inner\r\n\r\n";
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0)
		return -1;
	c->outer = ends[0];
	if (send(c->outer, request, sizeof(request) - 1, MSG_NOSIGNAL) == sizeof(request) - 1)
		return ends[1];
	(void)close(ends[1]);
	return -1;
}

int gate_chunks_outer(const struct gate_chunks *c)
{
	return c->outer;
}

int gate_chunks_copy(struct gate_chunks *c, int fd)
{
	for (;;) {
		ssize_t done;

		if (c->piece_sent < c->piece_len) {
			done = send(fd, c->piece + c->piece_sent, c->piece_len - c->piece_sent,
				    MSG_NOSIGNAL | MSG_DONTWAIT);
			c->piece_sent += done > 0 ? (size_t)done : 0;
		} else {
			done = recv(c->outer, c->piece, PIECE, MSG_DONTWAIT);
			if (done == 0)
				return GATE_CHUNKS_WHOLE;
			c->piece_sent = 0;
			c->piece_len = done > 0 ? (size_t)done : 0;
		}
		if (done < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return GATE_CHUNKS_MORE;
		if (done < 0 && errno != EINTR)
			return GATE_CHUNKS_GONE;
	}
}

const struct http_head *gate_chunks_head(const struct gate_chunks *c)
{
	return &c->head;
}

struct str gate_chunks_block(const struct gate_chunks *c)
{
	return buf_str(&c->block);
}

struct str gate_chunks_body(const struct gate_chunks *c)
{
	return buf_str(&c->body);
}
