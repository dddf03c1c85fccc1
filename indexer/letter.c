/* What single letters are, from the tables of Unicode. */
#include "indexer/letter.h"

#include "indexer/letter_table.h"

static const uint16_t apostrophes[] = {
	0x27,  0x60,  0xB4,   0x2B9,  0x2BB,  0x2BC,  0x2BD,  0x2BE,  0x2BF,  0x2C8,
	0x2CA, 0x2CB, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xA78C, 0xFF07,
};

static bool is_apostrophe(uint32_t point)
{
	for (size_t i = 0; i < COUNT(apostrophes); i++)
		if (apostrophes[i] == point)
			return true;
	return false;
}

static bool is_ignored(uint32_t point)
{
	return point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0xFEFF;
}

static const struct letter_range *range_of(uint32_t point)
{
	size_t low = 0, high = letter_range_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (letter_ranges[middle].to < point)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == letter_range_count || letter_ranges[low].from > point)
		return NULL;
	return &letter_ranges[low];
}

enum letter_kind letter_kind(uint32_t point)
{
	const struct letter_range *range;

	if (point < 0x80) {
		if ((point | 0x20) >= 'a' && (point | 0x20) <= 'z')
			return LETTER_LETTER;
		if (point >= '0' && point <= '9')
			return LETTER_DIGIT;
		return point == '\'' || point == '`' ? LETTER_APOSTROPHE : LETTER_NONE;
	}
	if (point >= 0x410 && point <= 0x45F) /* nearly all of Cyrillic, without a search */
		return LETTER_LETTER;
	if (is_apostrophe(point))
		return LETTER_APOSTROPHE;
	if (is_ignored(point))
		return LETTER_IGNORED;
	range = range_of(point);
	return range ? range->kind : LETTER_NONE;
}

uint32_t letter_lower(uint32_t point)
{
	size_t low = 0, high = letter_lower_range_count;

	if (point < 0x80)
		return point >= 'A' && point <= 'Z' ? point + 32 : point;
	if (point >= 0x410 && point <= 0x44F)
		return point < 0x430 ? point + 32 : point;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (letter_lower_ranges[middle].to < point)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < letter_lower_range_count) {
		const struct letter_lower_range *r = &letter_lower_ranges[low];

		if (point >= r->from && (point - r->from) % r->step == 0)
			return (uint32_t)((int32_t)point + r->distance);
	}
	return point;
}

/* What a character of the Latin tables stands for; 0 for none. */
static uint32_t latin_of(char name)
{
	switch (name) {
	case '.':
		return 0;
	case 'O':
		return LETTER_O;
	case 'G':
		return LETTER_G;
	case 'S':
		return LETTER_SH;
	case 'C':
		return LETTER_CH;
	case 'N':
		return LETTER_NG;
	case 'A':
		return LETTER_AE;
	case 'E':
		return LETTER_OE;
	case 'Z':
		return LETTER_SS;
	case 'T':
		return LETTER_TH;
	default:
		return (uint32_t)(unsigned char)name;
	}
}

/* Letters with a mark, beyond Latin, that are written without it: final sigma and Greek accents. */
static uint32_t plain_greek(uint32_t point)
{
	static const struct {
		uint16_t from, to;
	} pairs[] = {
		{0x390, 0x3B9}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7},
		{0x3AF, 0x3B9}, {0x3B0, 0x3C5}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9},
		{0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9},
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].from == point)
			return pairs[i].to;
	return point;
}

/* Cyrillic letters with marks that Uzbek, Russian and their neighbours do not use. */
static uint32_t plain_cyrillic(uint32_t point)
{
	static const struct {
		uint16_t from, to;
	} pairs[] = {
		{0x450, 0x435}, {0x453, 0x433}, {0x45C, 0x43A}, {0x45D, 0x438}, {0x477, 0x475},
		{0x4C2, 0x436}, {0x4D1, 0x430}, {0x4D3, 0x430}, {0x4D7, 0x435}, {0x4DB, 0x4D9},
		{0x4DD, 0x436}, {0x4DF, 0x437}, {0x4E5, 0x438}, {0x4E7, 0x43E}, {0x4EB, 0x4E9},
		{0x4ED, 0x44D}, {0x4F1, 0x443}, {0x4F3, 0x443}, {0x4F5, 0x447}, {0x4F9, 0x44B},
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].from == point)
			return pairs[i].to;
	return point;
}

static uint32_t form_of_letter(uint32_t point)
{
	uint32_t small = letter_lower(point), latin = 0;

	if (small < 0x80)
		return small;
	if (small >= 0xC0 && small <= 0x24F)
		latin = latin_of(letter_latin_low[small - 0xC0]);
	else if (small >= 0x1E00 && small <= 0x1EFF)
		latin = latin_of(letter_latin_high[small - 0x1E00]);
	else if (small == 0x259) /* ə */
		latin = 'a';
	else if (small == 0x275) /* ɵ */
		latin = LETTER_O;
	else if (small >= 0xFF41 && small <= 0xFF5A) /* full width */
		latin = small - 0xFF41 + 'a';
	if (latin)
		return latin;
	if (small >= 0x370 && small <= 0x3FF)
		return plain_greek(small);
	return small >= 0x450 && small <= 0x4F9 ? plain_cyrillic(small) : small;
}

uint32_t letter_form(uint32_t point)
{
	const struct letter_range *range;

	if (point < 0x80)
		return letter_lower(point);
	if (point >= 0x410 && point <= 0x44F)
		return point < 0x430 ? point + 32 : point;
	range = range_of(point);
	if (range && range->kind == LETTER_DIGIT) /* ranges of digits begin with a zero */
		return '0' + (point - range->from) % 10;
	return form_of_letter(point);
}

uint32_t letter_with_mark(uint32_t form, uint32_t mark)
{
	static const struct {
		uint16_t form, mark, out;
	} pairs[] = {
		/* Cyrillic: й ё ў ӯ ӣ ї */
		{0x438, 0x306, 0x439},
		{0x435, 0x308, 0x451},
		{0x443, 0x306, 0x45E},
		{0x443, 0x304, 0x4EF},
		{0x438, 0x304, 0x4E3},
		{0x456, 0x308, 0x457},
		/* Latin, as in tools/ucd.py */
		{'o', 0x300, LETTER_O},
		{'o', 0x301, LETTER_O},
		{'o', 0x302, LETTER_O},
		{'o', 0x303, LETTER_O},
		{'o', 0x304, LETTER_O},
		{'o', 0x306, LETTER_O},
		{'o', 0x308, LETTER_O},
		{'g', 0x301, LETTER_G},
		{'g', 0x302, LETTER_G},
		{'g', 0x304, LETTER_G},
		{'g', 0x306, LETTER_G},
		{'g', 0x307, LETTER_G},
		{'g', 0x327, LETTER_G},
		{'s', 0x30C, LETTER_SH},
		{'s', 0x326, LETTER_SH},
		{'s', 0x327, LETTER_SH},
		{'c', 0x301, LETTER_CH},
		{'c', 0x30C, LETTER_CH},
		{'c', 0x327, LETTER_CH},
		{'n', 0x303, LETTER_NG},
		{'z', 0x30C, 'j'},
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].form == form && pairs[i].mark == mark)
			return pairs[i].out;
	return form;
}

bool letter_drops_mark(uint32_t form, uint32_t mark)
{
	if (form < 0x530) /* Latin, Greek, Cyrillic, digits */
		return true;
	return (mark >= 0x300 && mark <= 0x36F) ||                    /* accents */
	       (mark >= 0x591 && mark <= 0x5C7) ||                    /* Hebrew points */
	       (mark >= 0x64B && mark <= 0x65F) || mark == 0x670 ||   /* Arabic vowels */
	       (mark >= 0xFE00 && mark <= 0xFE0F) || mark >= 0xE0100; /* variants of shape */
}

bool letter_is_special(uint32_t form)
{
	switch (form) {
	case LETTER_O:
	case LETTER_G:
	case LETTER_SH:
	case LETTER_CH:
	case LETTER_NG:
	case LETTER_AE:
	case LETTER_OE:
	case LETTER_SS:
	case LETTER_TH:
		return true;
	default:
		return false;
	}
}
