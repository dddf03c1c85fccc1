/* Reading and checking UTF-8. */
#include "schema/base/utf8.h"

static bool is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

uint32_t utf8_next(struct str text, size_t *at)
{
	const unsigned char *p = (const unsigned char *)text.ptr + *at;
	size_t left = text.len - *at;

	*at += 1;
	if (p[0] < 0x80)
		return p[0];
	if (p[0] >= 0xC2 && p[0] <= 0xDF && left > 1 && is_tail(p[1])) {
		*at += 1;
		return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if ((p[0] & 0xF0) == 0xE0 && left > 2 && is_tail(p[1]) && is_tail(p[2])) {
		uint32_t point = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
				 (p[2] & 0x3F);

		if (point < 0x800 || (point >= 0xD800 && point <= 0xDFFF))
			return UTF8_BAD;
		*at += 2;
		return point;
	}
	if ((p[0] & 0xF8) == 0xF0 && left > 3 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
		uint32_t point = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
				 (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);

		if (point < 0x10000 || point > 0x10FFFF)
			return UTF8_BAD;
		*at += 3;
		return point;
	}
	return UTF8_BAD;
}

void utf8_put(struct buf *buf, uint32_t point)
{
	char bytes[4];
	size_t n;

	if (point < 0x80) {
		bytes[0] = (char)point;
		n = 1;
	} else if (point < 0x800) {
		bytes[0] = (char)(0xC0 | point >> 6);
		bytes[1] = (char)(0x80 | (point & 0x3F));
		n = 2;
	} else if (point < 0x10000) {
		bytes[0] = (char)(0xE0 | point >> 12);
		bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
		bytes[2] = (char)(0x80 | (point & 0x3F));
		n = 3;
	} else {
		bytes[0] = (char)(0xF0 | point >> 18);
		bytes[1] = (char)(0x80 | (point >> 12 & 0x3F));
		bytes[2] = (char)(0x80 | (point >> 6 & 0x3F));
		bytes[3] = (char)(0x80 | (point & 0x3F));
		n = 4;
	}
	buf_add(buf, bytes, n);
}

bool utf8_valid(struct str text)
{
	size_t at = 0;

	while (at < text.len) {
		if ((unsigned char)text.ptr[at] < 0x80)
			at++;
		else if (utf8_next(text, &at) == UTF8_BAD)
			return false;
	}
	return true;
}

size_t utf8_count(struct str text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.len; count++)
		(void)utf8_next(text, &at);
	return count;
}

struct str utf8_head(struct str text, size_t bytes)
{
	if (bytes >= text.len)
		return text;
	while (bytes > 0 && is_tail((unsigned char)text.ptr[bytes]))
		bytes--;
	return str_head(text, bytes);
}

static bool is_invisible(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

static bool is_space(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_mark(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) ||
	       (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
	       (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
	       (c >= 0xFE20 && c <= 0xFE2F);
}

enum text_fault text_line_fault(struct str text)
{
	bool seen = false, edge = false;

	for (size_t at = 0; at < text.len;) {
		bool first = at == 0;
		uint32_t c = utf8_next(text, &at);

		if (c == UTF8_BAD)
			return TEXT_NOT_UTF8;
		if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
			return TEXT_CONTROL;
		if (is_invisible(c))
			return TEXT_INVISIBLE;
		if (is_space(c) && (first || at == text.len))
			edge = true;
		seen = seen || (!is_space(c) && !is_mark(c));
	}
	if (!seen)
		return TEXT_EMPTY;
	return edge ? TEXT_EDGE : TEXT_FINE;
}

enum text_fault text_body_fault(struct str text)
{
	for (size_t at = 0; at < text.len;) {
		unsigned char byte = (unsigned char)text.ptr[at];

		if (byte >= 0x80) {
			if (utf8_next(text, &at) == UTF8_BAD)
				return TEXT_NOT_UTF8;
			continue;
		}
		if (byte < 0x20 && byte != '\t' && byte != '\n')
			return TEXT_CONTROL;
		at++;
	}
	return TEXT_FINE;
}

const char *text_fault_words(enum text_fault fault)
{
	switch (fault) {
	case TEXT_FINE:
		return "";
	case TEXT_NOT_UTF8:
		return N_("This is not valid text.");
	case TEXT_CONTROL:
		return N_("Control characters are not allowed here.");
	case TEXT_INVISIBLE:
		return N_("Invisible characters are not allowed here.");
	case TEXT_EDGE:
		return N_("Take away the blanks at the beginning and at the end.");
	case TEXT_EMPTY:
		return N_("Write at least one letter or digit.");
	}
	return "";
}
