/* Percent escapes. */
#include "server/percent.h"

#include "schema/base/utf8.h"

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return -1;
}

int percent_next(struct str raw, size_t *at, bool plus)
{
	char byte = raw.ptr[(*at)++];
	int high, low;

	if (byte == '+' && plus)
		return ' ';
	if (byte != '%')
		return (unsigned char)byte;
	if (raw.len - *at < 2)
		return -1;
	high = hex_digit(raw.ptr[*at]);
	low = hex_digit(raw.ptr[*at + 1]);
	*at += 2;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool percent_decode(struct str *out, struct arena *mem, struct str raw, bool plus)
{
	char *decoded = arena_alloc(mem, raw.len + 1);
	size_t len = 0;

	for (size_t at = 0; at < raw.len;) {
		int byte = percent_next(raw, &at, plus);

		if (byte <= 0)
			return false;
		decoded[len++] = (char)byte;
	}
	*out = str_of(decoded, len);
	return utf8_valid(*out);
}

void percent_encode(struct buf *out, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];

		if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
		    (byte >= 'a' && byte <= 'z') || (byte && strchr("-._~", byte))) {
			buf_byte(out, (char)byte);
		} else {
			buf_byte(out, '%');
			buf_byte(out, digits[byte >> 4]);
			buf_byte(out, digits[byte & 15]);
		}
	}
}
