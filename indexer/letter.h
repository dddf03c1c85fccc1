/*
 * Single letters: what a code point is to the tokeniser, and the one form in which a word is folded.
 * In that form everything is small; Latin letters have lost the marks that mean nothing, and the
 * letters that differ in Uzbek alphabets are one: õ ō ö ... are LETTER_O. Letter and mark written
 * apart give the same as the letter composed.
 */
#ifndef INDEXER_LETTER_H
#define INDEXER_LETTER_H

#include "schema/base/macros.h"

enum letter_kind {
	LETTER_NONE,       /* separates words */
	LETTER_LETTER,     /* belongs to a word */
	LETTER_ALONE,      /* Han and kana: a word of its own */
	LETTER_DIGIT,      /* decimal */
	LETTER_NUMBER,     /* fractions, Roman numerals and the like */
	LETTER_MARK,       /* combining */
	LETTER_APOSTROPHE, /* any of those that stand for one in Uzbek */
	LETTER_IGNORED,    /* soft hyphen, zero width: as if it were not there */
};

/* Latin letters that are more than their base; named by their 2021 or 1993 form. */
enum {
	LETTER_O = 0xF5,   /* õ: o' */
	LETTER_G = 0x11F,  /* ğ: g' */
	LETTER_SH = 0x15F, /* ş */
	LETTER_CH = 0xE7,  /* ç */
	LETTER_NG = 0xF1,  /* ñ */
	LETTER_AE = 0xE6,
	LETTER_OE = 0x153,
	LETTER_SS = 0xDF,
	LETTER_TH = 0xFE,
};

enum letter_kind letter_kind(uint32_t point);

/* Unicode's simple lower case. */
uint32_t letter_lower(uint32_t point);

/* The capital of a small letter of Russian or Uzbek Cyrillic; any other as it is. */
static inline uint32_t letter_cyrillic_upper(uint32_t small)
{
	if (small >= 0x430 && small <= 0x44F)
		return small - 0x20;
	if (small >= 0x450 && small <= 0x45F)
		return small - 0x50;
	return small >= 0x490 && small <= 0x4FF && (small & 1) ? small - 1 : small;
}

/* The form of a letter or number in which words are folded; digits of any script become ASCII. */
uint32_t letter_form(uint32_t point);

/* The form of `form` followed by a combining mark; `form` itself where the mark means nothing. */
uint32_t letter_with_mark(uint32_t form, uint32_t mark);

/* True for marks that matter in no script known here, and for any mark on Latin or Cyrillic. */
bool letter_drops_mark(uint32_t form, uint32_t mark);

/* Latin beyond a-z: one of the enum above. */
bool letter_is_special(uint32_t form);

/* About forms. */
static inline bool letter_is_latin(uint32_t form)
{
	return form < 0x80 ? form >= 'a' && form <= 'z' : form < 0x160 && letter_is_special(form);
}

static inline bool letter_is_cyrillic(uint32_t form)
{
	return form >= 0x400 && form <= 0x52F;
}

#endif
