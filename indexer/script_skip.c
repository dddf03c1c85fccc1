/*
 * Passing over words without folding them. Of a long text few words begin like those that are looked
 * for, and in plain words the first written letter tells the first folded one.
 */
#include "indexer/script.h"

#include "schema/base/utf8.h"

/* The first byte of the fold for а-я, U+0430-044F; е and ц have two; ъ and ь may leave nothing. */
static const char first_of[32][3] = {
	"a", "b", "v", "g", "d", "ey", "j",  "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "x",  "ts", "c", "s", "s", "",  "i", "",  "e", "y", "y",
};

static bool is_plain_ascii(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* What stands between words and joins nothing. */
static bool is_gap(unsigned char c)
{
	switch (c) {
	case ' ':
	case '\n':
	case ',':
	case '.':
	case ';':
	case ':':
	case '(':
	case ')':
	case '"':
	case '!':
	case '?':
		return true;
	default:
		return false;
	}
}

/* The letter of а-я or А-Я at `at` as 0-31, or -1. */
static int russian_letter(struct str text, size_t at)
{
	unsigned char lead = (unsigned char)text.ptr[at], next;
	unsigned point;

	if ((lead != 0xD0 && lead != 0xD1) || at + 1 == text.len)
		return -1;
	next = (unsigned char)text.ptr[at + 1];
	point = (lead & 0x1Fu) << 6 | (next & 0x3Fu);
	if ((next & 0xC0) != 0x80 || point < 0x410 || point > 0x44F)
		return -1;
	return (int)((point - 0x410) & 31);
}

/* The end of the plain word at `at`; `at` itself where there is none, or more belongs to it. */
static size_t plain_end(struct str text, size_t at)
{
	size_t end = at;

	if (is_plain_ascii((unsigned char)text.ptr[at]))
		while (end < text.len && is_plain_ascii((unsigned char)text.ptr[end]))
			end++;
	else
		while (end < text.len && russian_letter(text, end) >= 0)
			end += 2;
	return end == text.len || is_gap((unsigned char)text.ptr[end]) ? end : at;
}

/* Whether the word at `at` may begin with one of the bytes. */
static bool may_begin(struct str text, size_t at, const bool begins[256])
{
	unsigned char c = (unsigned char)text.ptr[at];
	const char *first;

	if (is_plain_ascii(c))
		return begins[c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c];
	first = first_of[russian_letter(text, at)];
	if (!*first)
		return true;
	for (; *first; first++)
		if (begins[(unsigned char)*first])
			return true;
	return false;
}

void tokeniser_skip(struct tokeniser *t, const bool begins[256])
{
	for (;;) {
		size_t at = t->at, end;

		while (at < t->text.len && is_gap((unsigned char)t->text.ptr[at]))
			at++;
		if (at == t->text.len)
			return;
		end = plain_end(t->text, at);
		if (end == at || may_begin(t->text, at, begins))
			return;
		t->at = end;
		t->position++;
	}
}
