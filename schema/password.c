/* Common passwords: a table of words, and walks over the keyboard. */
#include "schema/password.h"

#include "schema/base/buf.h"
#include "schema/base/utf8.h"

enum { ROWS = 4, COLUMNS = 12, PASSWORD_BYTES = 1024, STEPS_A_RUN = 4 };

/* ---- words --------------------------------------------------------------------------------------- */

/* The line that begins at or before `at`. */
static struct str line_at(size_t at)
{
	size_t start = at, end = at;

	while (start > 0 && password_lines[start - 1] != '\n')
		start--;
	while (end < password_bytes && password_lines[end] != '\n')
		end++;
	return str_of(password_lines + start, end - start);
}

static bool is_listed(struct str word)
{
	size_t low = 0, high = password_bytes;

	while (low < high) {
		struct str line = line_at(low + (high - low) / 2);
		size_t start = (size_t)(line.ptr - password_lines);
		int order = str_cmp(word, line);

		if (order == 0)
			return true;
		if (order < 0)
			high = start;
		else
			low = start + line.len + 1;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Without the digits and signs at both ends. */
static struct str core_of(struct str word)
{
	while (word.len && !is_letter(word.ptr[0]))
		word = str_from(word, 1);
	while (word.len && !is_letter(word.ptr[word.len - 1]))
		word.len--;
	return word;
}

/* The shortest beginning of which the whole is made by repeating it. */
static struct str period_of(struct str word)
{
	for (size_t len = 1; len <= word.len / 2; len++) {
		if (word.len % len == 0 && memcmp(word.ptr, word.ptr + len, word.len - len) == 0)
			return str_head(word, len);
	}
	return word;
}

/* ---- walks --------------------------------------------------------------------------------------- */

typedef const char *const keyboard[ROWS];

static keyboard keyboards[] = {
	{"1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"},
	{"1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."},
	{"1234567890-=", "йцукенгшўзхъ", "фқвапролджэ", "ячсмитьбю."},
};

struct key {
	int row, column; /* row -1: not on this keyboard */
};

static struct key find_key(const keyboard *board, uint32_t point)
{
	for (int row = 0; row < ROWS; row++) {
		struct str keys = str_c((*board)[row]);
		int column = 0;

		for (size_t at = 0; at < keys.len; column++) {
			if (utf8_next(keys, &at) == point)
				return (struct key){row, column};
		}
	}
	return (struct key){.row = -1};
}

static bool is_step(struct key a, struct key b)
{
	return a.row >= 0 && b.row >= 0 && abs(a.row - b.row) <= 1 && abs(a.column - b.column) <= 1;
}

/* Words jump at nearly every letter; a walk goes on for several keys before it begins elsewhere. */
static bool is_walk(const keyboard *board, const uint32_t *points, size_t count)
{
	struct key before = find_key(board, points[0]);
	size_t runs = 1;

	for (size_t i = 1; i < count; i++) {
		struct key key = find_key(board, points[i]);

		runs += !is_step(before, key);
		before = key;
	}
	return count >= runs * STEPS_A_RUN;
}

static bool is_any_walk(struct str lower)
{
	uint32_t points[PASSWORD_BYTES];
	size_t count = 0;

	for (size_t at = 0; at < lower.len && count < COUNT(points);)
		points[count++] = utf8_next(lower, &at);
	for (size_t i = 0; i < COUNT(keyboards) && count; i++) {
		if (is_walk(&keyboards[i], points, count))
			return true;
	}
	return false;
}

/* ---- both ---------------------------------------------------------------------------------------- */

/* Small letters, for the alphabets of the keyboards above. */
static uint32_t lower_point(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	return c >= 0x490 && c <= 0x4FF && c % 2 == 0 ? c + 1 : c;
}

bool password_is_common(struct str password)
{
	AUTO(buf) struct buf lower = {0};
	struct str word, core;

	if (password.len > PASSWORD_BYTES)
		return false;
	for (size_t at = 0; at < password.len;)
		utf8_put(&lower, lower_point(utf8_next(password, &at)));
	word = buf_str(&lower);
	core = core_of(word);
	return is_listed(word) || is_listed(core) || is_listed(period_of(word)) ||
	       is_listed(period_of(core)) || is_any_walk(word);
}
