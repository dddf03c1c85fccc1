/* Looking into borrowed text. */
#include "schema/base/str.h"

int str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (order)
		return order < 0 ? -1 : 1;
	return a.len < b.len ? -1 : a.len > b.len;
}

ptrdiff_t str_find(struct str s, char byte)
{
	const char *found = s.len ? memchr(s.ptr, byte, s.len) : NULL;

	return found ? found - s.ptr : -1;
}

ptrdiff_t str_search(struct str s, struct str text)
{
	const char *found;

	if (text.len == 0)
		return 0;
	if (s.len < text.len)
		return -1;
	found = memmem(s.ptr, s.len, text.ptr, text.len);
	return found ? found - s.ptr : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct str str_cut(struct str *rest, char separator)
{
	ptrdiff_t at = str_find(*rest, separator);
	struct str part = *rest;

	if (at < 0) {
		*rest = STR_NONE;
		return part;
	}
	part.len = (size_t)at;
	rest->ptr += at + 1;
	rest->len -= (size_t)at + 1;
	return part;
}

bool str_to_i64(struct str s, int64_t *out)
{
	bool minus = s.len && s.ptr[0] == '-';
	int64_t value = 0;

	if (minus)
		s = str_from(s, 1);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		int digit = s.ptr[i] - '0';

		if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!minus && value == INT64_MIN)
		return false;
	*out = minus ? value : -value;
	return true;
}
