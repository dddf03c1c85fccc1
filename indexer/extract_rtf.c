/* RTF: groups, control words and bytes of the character set of the current font. */
#include "indexer/extract_parts.h"

#include "schema/base/utf8.h"

enum { GROUPS_MAX = 1000, FONTS_MAX = 4096, WORD_MAX = 32 };

struct group {
	int page;      /* code page of its bytes */
	int after_u;   /* how many bytes follow \uN for readers that do not know it */
	bool skipped;  /* its text is none of the document's */
	bool in_fonts; /* inside the table of fonts */
	bool is_note;  /* a note inside the text: its words are not joined to those around it */
};

struct font {
	int number, page;
};

struct rtf {
	struct buf *out;
	struct str rest;
	struct group groups[GROUPS_MAX];
	int depth;
	struct font fonts[FONTS_MAX];
	size_t n_fonts;
	int ansi_page;    /* of the whole document */
	int ignore;       /* bytes still to be left out behind \uN */
	struct buf bytes; /* of the character set, not yet decoded */
	uint32_t high;    /* first half of a pair of \u numbers */
	bool star;        /* \* was read: an unknown destination is left out */
};

/* Too large for the stack, so it lies in the arena, and what it holds is released through this. */
struct rtf_hold {
	struct rtf *rtf;
};

static void rtf_hold_cleanup(struct rtf_hold *hold)
{
	buf_release(&hold->rtf->bytes);
}

static struct group *now(struct rtf *rtf)
{
	return &rtf->groups[rtf->depth];
}

static void flush(struct rtf *rtf)
{
	if (rtf->bytes.len)
		extract_decode(rtf->out, now(rtf)->page, buf_str(&rtf->bytes));
	buf_reset(&rtf->bytes);
}

static void add_point(struct rtf *rtf, uint32_t point)
{
	if (now(rtf)->skipped)
		return;
	flush(rtf);
	utf8_put(rtf->out, point);
}

/* \uN: 16 bits, negative above 32767; two of them make a character beyond. */
static void add_unicode(struct rtf *rtf, int64_t number)
{
	uint32_t unit = (uint32_t)(number < 0 ? number + 65536 : number) & 0xffff;

	rtf->ignore = now(rtf)->after_u;
	if (unit >= 0xd800 && unit < 0xdc00) {
		rtf->high = unit;
		return;
	}
	if (unit >= 0xdc00 && unit < 0xe000) {
		if (rtf->high)
			add_point(rtf, 0x10000 + ((rtf->high - 0xd800) << 10) + (unit - 0xdc00));
	} else if (unit >= 0x20) {
		/* Symbol fonts use F0xx for bytes that mean nothing elsewhere. */
		add_point(rtf, unit >= 0xf000 && unit <= 0xf0ff ? ' ' : unit);
	}
	rtf->high = 0;
}

static void add_byte(struct rtf *rtf, char byte)
{
	if (rtf->ignore > 0) {
		rtf->ignore--;
		return;
	}
	if (!now(rtf)->skipped)
		buf_byte(&rtf->bytes, byte);
}

/* The character sets that \fcharset names. */
static int page_of_charset(const struct rtf *rtf, int64_t charset)
{
	static const struct {
		int charset, page;
	} known[] = {
		{0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {134, 936},
		{136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
		{178, 1256}, {186, 1257}, {204, 1251}, {238, 1250},
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		if (known[i].charset == charset)
			return known[i].page;
	}
	return rtf->ansi_page;
}

static int page_of_font(const struct rtf *rtf, int number)
{
	for (size_t i = rtf->n_fonts; i-- > 0;) {
		if (rtf->fonts[i].number == number)
			return rtf->fonts[i].page;
	}
	return rtf->ansi_page;
}

static void set_font(struct rtf *rtf, int64_t number)
{
	struct group *group = now(rtf);
	int font = (int)number;

	flush(rtf);
	if (!group->in_fonts)
		group->page = page_of_font(rtf, font);
	else if (rtf->n_fonts < FONTS_MAX)
		rtf->fonts[rtf->n_fonts++] = (struct font){font, rtf->ansi_page};
}

static bool word_is(struct str word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(word, words[i]))
			return true;
	}
	return false;
}

/* Words that set something; true when this was one. */
static bool setting(struct rtf *rtf, struct str word, int64_t number, bool numbered)
{
	struct group *group = now(rtf);

	if (str_is(word, "u") && numbered)
		add_unicode(rtf, number);
	else if (str_is(word, "uc") && numbered)
		group->after_u = number >= 0 && number < 100 ? (int)number : 1;
	else if (str_is(word, "f") && numbered)
		set_font(rtf, number);
	else if (str_is(word, "ansicpg") && numbered)
		rtf->ansi_page = group->page = number > 0 && number < 65536 ? (int)number : 1252;
	else if (str_is(word, "fcharset") && numbered && group->in_fonts && rtf->n_fonts)
		rtf->fonts[rtf->n_fonts - 1].page = page_of_charset(rtf, number);
	else if (str_is(word, "plain"))
		group->page = (flush(rtf), rtf->ansi_page);
	else if (str_is(word, "fonttbl"))
		group->in_fonts = group->skipped = true;
	else if (str_is(word, "bin") && numbered && number > 0)
		rtf->rest = str_from(rtf->rest, (size_t)number);
	else
		return false;
	return true;
}

static void control(struct rtf *rtf, struct str word, int64_t number, bool numbered)
{
	static const char *const dropped[] = {
		"colortbl", "stylesheet",        "info",       "pict",      "objdata",
		"fldinst",  "filetbl",           "listtable",  "datafield", "xe",
		"tc",       "themedata",         "nonshppict", "private",   "bkmkstart",
		"bkmkend",  "listtext",          "pntext",     "leveltext", "levelnumbers",
		"listname", "listoverridetable", "generator"};
	/* Destinations with \* before them that hold text of the document all the same. */
	static const char *const kept[] = {"shptxt", "shpinst", "shppict"};
	static const char *const lines[] = {"par", "line", "sect", "page", "row", "column"};
	bool star = rtf->star;

	rtf->star = false;
	if (setting(rtf, word, number, numbered))
		return;
	if (str_is(word, "annotation") || str_is(word, "footnote")) {
		now(rtf)->is_note = true;
		add_point(rtf, ' ');
		return;
	}
	if (word_is(word, dropped, COUNT(dropped)) || (star && !word_is(word, kept, COUNT(kept))))
		now(rtf)->skipped = true;
	else if (word_is(word, lines, COUNT(lines)))
		add_point(rtf, '\n');
	else if (str_is(word, "tab") || str_is(word, "cell") || str_is(word, "nestcell"))
		add_point(rtf, '\t');
	else if (str_is(word, "emdash") || str_is(word, "endash"))
		add_point(rtf, str_is(word, "emdash") ? 0x2014 : 0x2013);
	else if (str_is(word, "lquote") || str_is(word, "rquote"))
		add_point(rtf, str_is(word, "lquote") ? 0x2018 : 0x2019);
	else if (str_is(word, "ldblquote") || str_is(word, "rdblquote"))
		add_point(rtf, str_is(word, "ldblquote") ? 0x201c : 0x201d);
	else if (str_is(word, "emspace") || str_is(word, "enspace"))
		add_point(rtf, ' ');
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* \'e4 and the control signs of one character. */
static void control_sign(struct rtf *rtf)
{
	struct str rest = rtf->rest;
	char sign = rest.ptr[0];

	rtf->rest = str_from(rest, 1);
	if (sign == '\'' && rest.len >= 3) {
		int high = hex_digit(rest.ptr[1]), low = hex_digit(rest.ptr[2]);

		rtf->rest = str_from(rest, 3);
		if (high >= 0 && low >= 0)
			add_byte(rtf, (char)(high << 4 | low));
	} else if (sign == '*') {
		rtf->star = true;
	} else if (sign == '~') {
		add_point(rtf, 0xa0);
	} else if (sign == '_') {
		add_point(rtf, '-');
	} else if (sign == '\n' || sign == '\r') {
		add_point(rtf, '\n');
	} else if (sign == '\\' || sign == '{' || sign == '}') {
		add_byte(rtf, sign);
	}
}

/* Behind a backslash: letters, a number, and one space that belongs to them. */
static void control_word(struct rtf *rtf)
{
	struct str rest = rtf->rest, word;
	size_t len = 0, end;
	int64_t number = 0;
	bool numbered;

	while (len < rest.len && len < WORD_MAX &&
	       ((rest.ptr[len] >= 'a' && rest.ptr[len] <= 'z') ||
		(rest.ptr[len] >= 'A' && rest.ptr[len] <= 'Z')))
		len++;
	if (len == 0) {
		if (rest.len)
			control_sign(rtf);
		return;
	}
	word = str_head(rest, len);
	end = len + (len < rest.len && rest.ptr[len] == '-');
	while (end < rest.len && end < len + 12 && rest.ptr[end] >= '0' && rest.ptr[end] <= '9')
		end++;
	numbered = str_to_i64(str_of(rest.ptr + len, end - len), &number);
	if (!numbered)
		end = len;
	rtf->rest = str_from(rest, end + (end < rest.len && rest.ptr[end] == ' '));
	control(rtf, word, number, numbered);
}

static enum status open_group(struct rtf *rtf)
{
	flush(rtf);
	if (rtf->depth + 1 == GROUPS_MAX)
		return fail_on("", ST_INVALID, "The file is nested too deeply.");
	rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
	rtf->depth++;
	now(rtf)->is_note = false;
	rtf->ignore = 0;
	return ST_OK;
}

static void close_group(struct rtf *rtf)
{
	flush(rtf);
	if (now(rtf)->is_note)
		add_point(rtf, ' ');
	if (rtf->depth > 0)
		rtf->depth--;
	rtf->ignore = 0;
	rtf->star = false;
}

enum status extract_rtf(struct buf *out, struct arena *mem, struct str file)
{
	struct rtf *rtf = arena_alloc(mem, sizeof(*rtf));
	AUTO(rtf_hold) UNUSED struct rtf_hold hold = {rtf};

	*rtf = (struct rtf){.out = out, .rest = file, .ansi_page = 1252};
	rtf->groups[0] = (struct group){.page = 1252, .after_u = 1};
	if (!str_starts(file, STR("{\\rtf")))
		return fail_on("", ST_INVALID, "The file is damaged.");
	while (rtf->rest.len && !out->over) {
		char c = rtf->rest.ptr[0];

		rtf->rest = str_from(rtf->rest, 1);
		if (c == '{')
			TRY(open_group(rtf));
		else if (c == '}')
			close_group(rtf);
		else if (c == '\\')
			control_word(rtf);
		else if (c != '\n' && c != '\r')
			add_byte(rtf, c);
	}
	flush(rtf);
	return ST_OK;
}
