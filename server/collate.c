/* The order of four alphabets. */
#include "server/collate.h"

#include <stdlib.h>

#include "schema/base/utf8.h"

/* First bytes of a key: gap, digit, own alphabet, the other one, all other letters. */
enum { GAP = 0x01, DIGIT = 0x10, OWN = 0x20, OTHER = 0x80, FOREIGN = 0xF0 };

/* Russian and Uzbek letters in one row: the letters that only one of them has stand apart anyway. */
static const uint16_t CYRILLIC[] = {
	0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x451, 0x436, 0x437, 0x438, 0x439, 0x43A, 0x43B,
	0x43C, 0x43D, 0x43E, 0x43F, 0x440, 0x441, 0x442, 0x443, 0x444, 0x445, 0x446, 0x447, 0x448,
	0x449, 0x44A, 0x44B, 0x44C, 0x44D, 0x44E, 0x44F, 0x45E, 0x49B, 0x493, 0x4B3,
};
enum { LATIN_SIGNS = 26, IO = 0x451, IE = 0x435 };

static bool is_apostrophe(uint32_t point)
{
	return point == '\'' || point == '`' || point == 0x2BB || point == 0x2BC ||
	       point == 0x2018 || point == 0x2019;
}

static uint32_t lower(uint32_t point)
{
	if ((point >= 'A' && point <= 'Z') || (point >= 0x410 && point <= 0x42F))
		return point + 0x20;
	if (point >= 0x400 && point < 0x410)
		return point + 0x50;
	if (point == 0x40E || (point >= 0x490 && point < 0x4C0 && point % 2 == 0))
		return point + (point == 0x40E ? 0x50 : 1);
	return point;
}

/* Place of a Cyrillic letter, counted from 0, or -1. */
static int cyrillic_place(uint32_t point, enum lang lang)
{
	if (point == IO && lang == LANG_RU)
		point = IE;
	for (size_t i = 0; i < COUNT(CYRILLIC); i++)
		if (CYRILLIC[i] == point)
			return (int)i;
	return -1;
}

/* Oʻ, Gʻ, Sh and Ch are letters behind z; `*at` moves over their second sign. */
static int latin_place(uint32_t point, enum lang lang, struct str text, size_t *at)
{
	size_t next = *at;
	uint32_t second = next < text.len ? lower(utf8_next(text, &next)) : 0;
	int pair = 0;

	if (lang == LANG_UZ_LATN && (point == 'o' || point == 'g') && is_apostrophe(second))
		pair = point == 'o' ? 1 : 2;
	else if (lang == LANG_UZ_LATN && (point == 's' || point == 'c') && second == 'h')
		pair = point == 's' ? 3 : 4;
	if (!pair)
		return (int)(point - 'a');
	*at = next;
	return LATIN_SIGNS - 1 + pair;
}

static void add_letter(struct buf *key, int place, bool own)
{
	buf_byte(key, (char)((own ? OWN : OTHER) + place));
}

/* One letter, or what stands for it; apostrophes inside words count for nothing. */
static void add_point(struct buf *key, uint32_t point, enum lang lang, struct str text, size_t *at)
{
	bool reads_cyrillic = lang == LANG_RU || lang == LANG_UZ_CYRL;
	int place = cyrillic_place(point, lang);

	if (place >= 0) {
		add_letter(key, place, reads_cyrillic);
	} else if (point >= 'a' && point <= 'z') {
		add_letter(key, latin_place(point, lang, text, at), !reads_cyrillic);
	} else if (point >= '0' && point <= '9') {
		buf_byte(key, (char)(DIGIT + (int)(point - '0')));
	} else if (point >= 0xC0 && point < 0x2000 && !is_apostrophe(point)) {
		buf_byte(key, (char)FOREIGN);
		utf8_put(key, point);
	} else if (!is_apostrophe(point) && key->len && key->ptr[key->len - 1] != GAP) {
		buf_byte(key, GAP);
	}
}

struct str collate_key(struct arena *mem, enum lang lang, struct str text)
{
	AUTO(buf) struct buf key = {0};

	for (size_t at = 0; at < text.len;)
		add_point(&key, lower(utf8_next(text, &at)), lang, text, &at);
	return buf_keep(&key, mem);
}

struct placed {
	struct str key;
	size_t place;
};

static int by_key(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	int order = str_cmp(a->key, b->key);

	return order ? order : a->place < b->place ? -1 : 1;
}

size_t *collate(struct arena *mem, enum lang lang, const struct str *texts, size_t count)
{
	struct placed *placed = arena_array(mem, count + 1, sizeof(*placed));
	size_t *order = arena_array(mem, count + 1, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		placed[i] = (struct placed){collate_key(mem, lang, texts[i]), i};
	if (count)
		qsort(placed, count, sizeof(*placed), by_key);
	for (size_t i = 0; i < count; i++)
		order[i] = placed[i].place;
	return order;
}
