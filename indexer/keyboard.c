/* The other reading of what was typed, key by key. */
#include "indexer/keyboard.h"

#include "indexer/letter.h"
#include "schema/base/utf8.h"

enum { LETTERS_LEAST = 3 };

/* The small letter of each key; `uzbek` where its layout differs from the Russian one. */
static const struct key {
	char latin;
	uint32_t russian, uzbek;
} KEYS[] = {
	{'q', 0x439, 0}, {'w', 0x446, 0}, {'e', 0x443, 0},  {'r', 0x43A, 0},     {'t', 0x435, 0},
	{'y', 0x43D, 0}, {'u', 0x433, 0}, {'i', 0x448, 0},  {'o', 0x449, 0x45E}, {'p', 0x437, 0},
	{'[', 0x445, 0}, {']', 0x44A, 0}, {'a', 0x444, 0},  {'s', 0x44B, 0x49B}, {'d', 0x432, 0},
	{'f', 0x430, 0}, {'g', 0x43F, 0}, {'h', 0x440, 0},  {'j', 0x43E, 0},     {'k', 0x43B, 0},
	{'l', 0x434, 0}, {';', 0x436, 0}, {'\'', 0x44D, 0}, {'z', 0x44F, 0},     {'x', 0x447, 0},
	{'c', 0x441, 0}, {'v', 0x43C, 0}, {'b', 0x438, 0},  {'n', 0x442, 0},     {'m', 0x44C, 0},
	{',', 0x431, 0}, {'.', 0x44E, 0}, {'`', 0x451, 0},  {'-', 0, 0x493},     {'=', 0, 0x4B3},
	{'{', 0x425, 0}, {'}', 0x42A, 0}, {':', 0x416, 0},  {'<', 0x411, 0},     {'>', 0x42E, 0},
	{'~', 0x401, 0}, {'_', 0, 0x492}, {'+', 0, 0x4B2},
};

enum layout { LAYOUT_RUSSIAN, LAYOUT_UZBEK, LAYOUT_LATIN };

static bool is_latin(uint32_t point)
{
	return letter_is_latin(letter_form(point));
}

static bool is_cyrillic(uint32_t point)
{
	return letter_is_cyrillic(letter_form(point));
}

static uint32_t to_cyrillic(uint32_t point, enum layout layout)
{
	uint32_t small = letter_lower(point);

	for (size_t i = 0; i < COUNT(KEYS); i++) {
		uint32_t found = KEYS[i].russian;

		if ((unsigned char)KEYS[i].latin != small)
			continue;
		if (layout == LAYOUT_UZBEK && KEYS[i].uzbek)
			found = KEYS[i].uzbek;
		if (!found)
			return point;
		return small == point ? found : letter_cyrillic_upper(found);
	}
	return point;
}

static uint32_t to_latin(uint32_t point)
{
	uint32_t small = letter_lower(point);

	for (size_t i = 0; i < COUNT(KEYS); i++) {
		uint32_t latin = (unsigned char)KEYS[i].latin;

		if (KEYS[i].russian == small || KEYS[i].uzbek == small)
			return latin >= 'a' && small != point ? latin - 0x20 : latin;
	}
	return point;
}

/* A sign of the grammar of queries, which was meant as such in either layout. */
static bool is_operator(struct str chunk, size_t at)
{
	char c = chunk.ptr[at];

	return c == '"' || (c == '-' && at == 0) || (c == '*' && at + 1 == chunk.len);
}

/* One word; false where a letter within it becomes a sign: no Latin word has such. */
static bool read_chunk(struct buf *out, struct str chunk, enum layout layout)
{
	if (str_is(chunk, "OR")) {
		buf_str_add(out, chunk);
		return true;
	}
	for (size_t at = 0; at < chunk.len;) {
		bool is_sign = is_operator(chunk, at);
		uint32_t point = utf8_next(chunk, &at), other;

		if (point == UTF8_BAD)
			return false;
		other = layout == LAYOUT_LATIN ? to_latin(point) : to_cyrillic(point, layout);
		if (layout == LAYOUT_LATIN && is_cyrillic(point) && !is_latin(other) &&
		    other != '\'' && at < chunk.len)
			return false;
		utf8_put(out, is_sign ? point : other);
	}
	return true;
}

static bool read_all(struct buf *out, struct str text, enum layout layout)
{
	while (text.ptr) {
		struct str chunk = str_cut(&text, ' ');

		if (!read_chunk(out, chunk, layout))
			return false;
		if (text.ptr)
			buf_byte(out, ' ');
	}
	return true;
}

size_t keyboard_readings(struct str out[KEYBOARD_READINGS], struct arena *mem, struct str text)
{
	AUTO(buf) struct buf reading = {0};
	size_t latin = 0, cyrillic = 0, signs = 0, count = 0;

	for (size_t at = 0; at < text.len;) {
		uint32_t point = utf8_next(text, &at);

		latin += is_latin(point);
		cyrillic += is_cyrillic(point);
		signs += !is_latin(point) && to_cyrillic(point, LAYOUT_RUSSIAN) != point;
	}
	if (!latin == !cyrillic || latin + cyrillic + (latin ? signs : 0) < LETTERS_LEAST)
		return 0;
	for (enum layout layout = LAYOUT_RUSSIAN; layout <= LAYOUT_LATIN; layout++) {
		if ((layout == LAYOUT_LATIN) != (cyrillic > 0))
			continue;
		buf_reset(&reading);
		if (!read_all(&reading, text, layout) || str_eq(buf_str(&reading), text) ||
		    (count && str_eq(buf_str(&reading), out[0])))
			continue;
		out[count++] = buf_keep(&reading, mem);
	}
	return count;
}
