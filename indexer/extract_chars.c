/*
 * Old character sets, through iconv: its tables are opened before the process gives its rights up. And
 * plain text, whose character set has to be guessed.
 */
#include "indexer/extract_parts.h"

#include <errno.h>
#include <iconv.h>

#include "schema/base/utf8.h"

struct charset {
	int page;
	const char *name;
};
static const struct charset CHARSETS[] = {
	{1252, "CP1252"},   {1250, "CP1250"},   {1251, "CP1251"},        {1253, "CP1253"},
	{1254, "CP1254"},   {1255, "CP1255"},   {1256, "CP1256"},        {1257, "CP1257"},
	{1258, "CP1258"},   {866, "CP866"},     {932, "CP932"},          {936, "GBK"},
	{949, "UHC"},       {950, "BIG5"},      {10007, "MAC-CYRILLIC"}, {20866, "KOI8-R"},
	{1200, "UTF-16LE"}, {1201, "UTF-16BE"},
};

/* Filled by extract_chars_prepare(), before anything is read. */
static iconv_t converters[COUNT(CHARSETS)];

enum status extract_chars_prepare(void)
{
	for (size_t i = 0; i < COUNT(CHARSETS); i++) {
		converters[i] = iconv_open("UTF-8", CHARSETS[i].name);
		if (converters[i] == (iconv_t)-1 && i == 0)
			return fail(ST_FAILED, "iconv: %s", strerror(errno));
	}
	return ST_OK;
}

static iconv_t find(int page)
{
	for (size_t i = 0; i < COUNT(CHARSETS); i++) {
		if (CHARSETS[i].page == page && converters[i] != (iconv_t)-1)
			return converters[i];
	}
	return converters[0];
}

static void convert(struct buf *out, iconv_t converter, struct str bytes, size_t unit)
{
	char *from = (char *)(uintptr_t)bytes.ptr;
	size_t left = bytes.len;

	(void)iconv(converter, NULL, NULL, NULL, NULL);
	while (left && !out->over) {
		char piece[4096], *to = piece;
		size_t room = sizeof(piece);
		size_t made = iconv(converter, &from, &left, &to, &room);

		buf_add(out, piece, sizeof(piece) - room);
		if (made != (size_t)-1 || errno == E2BIG)
			continue;
		/* A byte that stands for nothing there, or one that was cut off. */
		buf_c_add(out, "\xef\xbf\xbd");
		from += left < unit ? left : unit;
		left -= left < unit ? left : unit;
	}
}

void extract_decode(struct buf *out, int page, struct str bytes)
{
	convert(out, find(page), bytes, 1);
}

void extract_decode_utf16(struct buf *out, bool big_endian, struct str bytes)
{
	convert(out, find(big_endian ? 1201 : 1200), bytes, 2);
}

/* ---- plain text ---------------------------------------------------------------------------------- */

/*
 * How much a decoded text looks like words: letters of one script in a row, capitals only where words
 * begin, frequent Russian letters more than rare ones.
 */
static int64_t likeness(struct str text)
{
	static const char frequent[] = "оеаинтсрвлкм";
	int64_t score = 0;
	uint32_t before = ' ';

	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		bool small = (c >= 0x430 && c <= 0x44f) || c == 0x451;
		bool capital = c >= 0x410 && c <= 0x42f;
		bool was_small = before >= 0x430 && before <= 0x44f;
		bool was_latin = (before | 0x20) >= 'a' && (before | 0x20) <= 'z';

		if (was_latin && (small || capital)) {
			score -= 4; /* nobody mixes alphabets inside a word */
		} else if (small) {
			char letter[3] = {(char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f)), 0};

			score += strstr(frequent, letter) ? 3 : 1;
		} else if (capital) {
			score += was_small ? -4 : 0;
		} else if (c >= 0x80) {
			score -= c == 0xfffd || (c >= 0x2500 && c <= 0x25ff) || c < 0xa0 ? 6 : 2;
		}
		before = c;
	}
	return score;
}

/* Cyrillic in one of its three old sets, or Western. */
static int guess_page(struct str bytes)
{
	static const int pages[] = {1251, 20866, 866};
	struct str sample = str_head(bytes, 64 * 1024);
	int64_t best = 0;
	int page = 1252;

	for (size_t i = 0; i < COUNT(pages); i++) {
		AUTO(buf) struct buf text = {0};
		int64_t score;

		extract_decode(&text, pages[i], sample);
		score = likeness(buf_str(&text));
		if (score > best) {
			best = score;
			page = pages[i];
		}
	}
	return page;
}

/* Without a mark at its beginning UTF-16 shows by zeros at every second byte. */
static bool looks_utf16(struct str text, bool *big_endian)
{
	size_t zeros[2] = {0}, len = text.len < 4096 ? text.len : 4096;

	if (str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"))) {
		*big_endian = text.ptr[0] == '\xfe';
		return true;
	}
	for (size_t i = 0; i < len; i++)
		zeros[i % 2] += text.ptr[i] == '\0';
	*big_endian = zeros[0] > zeros[1];
	return zeros[0] + zeros[1] > len / 4;
}

enum status extract_plain(struct buf *out, struct arena *mem, struct str file)
{
	bool big_endian;

	(void)mem;
	if (looks_utf16(file, &big_endian)) {
		bool marked = (file.ptr[0] & '\xfe') == '\xfe';

		extract_decode_utf16(out, big_endian, str_from(file, marked ? 2 : 0));
	} else if (utf8_valid(file)) {
		file = utf8_head(file, EXTRACT_TEXT_MAX + 3);
		buf_str_add(out, str_starts(file, STR("\xef\xbb\xbf")) ? str_from(file, 3) : file);
	} else {
		extract_decode(out, guess_page(file), file);
	}
	return ST_OK;
}
