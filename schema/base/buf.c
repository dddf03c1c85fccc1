/* The growing text. */
#include "schema/base/buf.h"

#include <stdarg.h>

void buf_init(struct buf *buf, size_t cap)
{
	*buf = (struct buf){.cap = cap};
}

void buf_release(struct buf *buf)
{
	free(buf->ptr);
	*buf = (struct buf){.cap = buf->cap};
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->over = false;
	if (buf->ptr)
		buf->ptr[0] = '\0';
}

/* Make room for `more` bytes and the NUL; false, and over, past the cap. */
static bool reserve(struct buf *buf, size_t more)
{
	size_t need, room = buf->room ? buf->room : 64;

	if (buf->over)
		return false;
	if (__builtin_add_overflow(buf->len, more, &need) || need >= SIZE_MAX / 2 ||
	    (buf->cap && need > buf->cap)) {
		buf->over = true;
		return false;
	}
	if (need < buf->room)
		return true;
	while (room <= need)
		room *= 2;
	buf->ptr = xrealloc(buf->ptr, room);
	buf->room = room;
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!reserve(buf, len))
		return;
	if (len)
		memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void buf_str_add(struct buf *buf, struct str text)
{
	buf_add(buf, text.ptr, text.len);
}

void buf_c_add(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_byte(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !reserve(buf, (size_t)len))
		return;
	va_start(args, format);
	(void)vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}

void buf_i64(struct buf *buf, int64_t number)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (number < 0)
		digits[--at] = '-';
	buf_add(buf, digits + at, sizeof(digits) - at);
}

void buf_cut(struct buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->ptr[len] = '\0';
}

struct str buf_str(const struct buf *buf)
{
	return str_of(buf_c(buf), buf->len);
}

const char *buf_c(const struct buf *buf)
{
	return buf->ptr ? buf->ptr : "";
}

struct str buf_keep(const struct buf *buf, struct arena *arena)
{
	return arena_str(arena, buf_str(buf));
}
