/* Words out of any text. */
#include "indexer/script.h"

#include "indexer/fold.h"
#include "indexer/letter.h"
#include "schema/base/utf8.h"

enum { SLUG_MAX = 80 };

void tokeniser_init(struct tokeniser *t, struct str text)
{
	*t = (struct tokeniser){.text = text};
}

/* Decode with a short way for ASCII and for the two-byte letters of Latin and Cyrillic. */
static inline uint32_t next_point(struct str text, size_t *at)
{
	const unsigned char *p = (const unsigned char *)text.ptr + *at;

	if (p[0] < 0x80) {
		*at += 1;
		return p[0];
	}
	if (p[0] >= 0xC2 && p[0] <= 0xDF && text.len - *at > 1 && (p[1] & 0xC0) == 0x80) {
		*at += 2;
		return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	return utf8_next(text, at);
}

static bool begins_word(enum letter_kind kind)
{
	return kind == LETTER_LETTER || kind == LETTER_DIGIT || kind == LETTER_NUMBER ||
	       kind == LETTER_ALONE;
}

/* A word while it is gathered. */
struct gather {
	struct letters word;
	size_t end;     /* behind the last byte that belongs to it */
	size_t letters; /* letters and capitals among them, past LETTERS_MAX too */
	size_t capitals;
	bool only_digits;
	bool after_letter; /* its last point is a letter, marks aside */
};

/* Field by field: the letters need no zeros. */
static void gather_begin(struct gather *g, size_t start)
{
	g->word.count = 0;
	g->end = start;
	g->letters = 0;
	g->capitals = 0;
	g->only_digits = true;
	g->after_letter = false;
}

/* The Latin ligatures that texts of PDF files are full of, U+FB00-FB06. */
static void gather_ligature(struct gather *g, uint32_t point)
{
	static const char letters[7][4] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

	for (const char *l = letters[point - 0xFB00]; *l && g->word.count < LETTERS_MAX; l++)
		g->word.at[g->word.count++] = (unsigned char)*l;
}

static void gather_point(struct gather *g, uint32_t point, enum letter_kind kind)
{
	uint32_t form = letter_form(point);

	g->after_letter = kind == LETTER_LETTER;
	if (g->after_letter) {
		g->letters++;
		g->capitals += letter_lower(point) != point;
	}
	g->only_digits = g->only_digits && kind == LETTER_DIGIT;
	if (point >= 0xFB00 && point <= 0xFB06)
		gather_ligature(g, point);
	else if (g->word.count < LETTERS_MAX)
		g->word.at[g->word.count++] = form;
}

/* Marks on Latin and Cyrillic join their letter or go; those of other scripts stay. */
static void gather_mark(struct gather *g, uint32_t mark)
{
	uint32_t *last;

	if (g->word.count == 0 || g->word.count == LETTERS_MAX)
		return;
	last = &g->word.at[g->word.count - 1];
	*last = letter_with_mark(*last, mark);
	if (!letter_drops_mark(*last, mark))
		g->word.at[g->word.count++] = mark;
}

/* What follows at `at`, past what is ignored; its kind, and where it ends. */
static enum letter_kind peek(struct str text, size_t at)
{
	while (at < text.len) {
		enum letter_kind kind = letter_kind(next_point(text, &at));

		if (kind != LETTER_IGNORED)
			return kind;
	}
	return LETTER_NONE;
}

/* True where `quote` closes what `opening` opened: then it is no part of the word between them. */
static bool closes(uint32_t opening, uint32_t quote)
{
	switch (opening) {
	case 0x2018:
	case 0x201B:
		return quote == 0x2019;
	case '`':
		return quote == '`' || quote == '\'' || quote == 0xB4;
	default:
		return opening == quote;
	}
}

/*
 * An apostrophe behind `g`: true when it belongs to the word. Between letters it does; behind o and
 * g also at the end, unless it closes a quotation that was opened right before the word.
 */
static bool gather_apostrophe(struct gather *g, struct str text, size_t behind, uint32_t quote,
			      uint32_t opening)
{
	enum letter_kind after = peek(text, behind);
	uint32_t last = g->word.count ? g->word.at[g->word.count - 1] : 0;
	bool joins = g->after_letter && after == LETTER_LETTER;

	if (last == 'o' || last == 'g')
		joins = joins || after == LETTER_DIGIT || after == LETTER_NUMBER ||
			!closes(opening, quote);
	if (!joins)
		return false;
	if (g->word.count < LETTERS_MAX)
		g->word.at[g->word.count++] = '\'';
	g->after_letter = false;
	g->end = behind;
	return after == LETTER_LETTER || after == LETTER_DIGIT || after == LETTER_NUMBER;
}

/* The form of a two-byte Cyrillic letter of Uzbek or Russian; 0 for any other. */
static inline uint32_t plain_cyrillic(uint32_t point)
{
	if (point >= 0x410 && point <= 0x44F)
		return point < 0x430 ? point + 32 : point;
	switch (point) {
	case 0x401: /* Ё */
	case 0x40E: /* Ў */
		return point + 80;
	case 0x492: /* Ғ */
	case 0x49A: /* Қ */
	case 0x4B2: /* Ҳ */
		return point + 1;
	case 0x451:
	case 0x45E:
	case 0x493:
	case 0x49B:
	case 0x4B3:
		return point;
	default:
		return 0;
	}
}

/*
 * The short way for the letters of nearly all text: ASCII and the Cyrillic alphabets of Uzbek and
 * Russian. Takes as many as follow and returns where it stopped.
 */
static size_t gather_plain(struct gather *g, struct str text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t start = at;

	while (at < text.len && g->word.count < LETTERS_MAX) {
		uint32_t point = p[at], form;
		size_t bytes = 1;

		if (point < 0x80) {
			form = point | 0x20;
			if (form < 'a' || form > 'z')
				break;
		} else {
			if (point < 0xD0 || point > 0xD2 || text.len - at < 2 ||
			    (p[at + 1] & 0xC0) != 0x80)
				break;
			point = (point & 0x1F) << 6 | (p[at + 1] & 0x3F);
			form = plain_cyrillic(point);
			if (form == 0)
				break;
			bytes = 2;
		}
		g->capitals += form != point;
		g->letters++;
		g->word.at[g->word.count++] = form;
		at += bytes;
	}
	if (at > start) {
		g->after_letter = true;
		g->only_digits = false;
		g->end = at;
	}
	return at;
}

/* Two apostrophes behind o and g inside a word are one, struck twice: O''zbekiston. */
static size_t pass_second(const struct gather *g, struct str text, size_t behind)
{
	uint32_t last = g->word.count ? g->word.at[g->word.count - 1] : 0;
	size_t at = behind;

	if ((last == 'o' || last == 'g') && at < text.len &&
	    letter_kind(next_point(text, &at)) == LETTER_APOSTROPHE &&
	    peek(text, at) == LETTER_LETTER)
		return at;
	return behind;
}

/* Gather the word that begins at `start`; `opening` is the point before it. */
static void gather_word(struct gather *g, struct str text, size_t start, uint32_t opening)
{
	size_t at = gather_plain(g, text, start);

	while (at < text.len) {
		uint32_t point = next_point(text, &at);
		enum letter_kind kind = letter_kind(point);

		if (kind == LETTER_IGNORED)
			continue;
		if (kind == LETTER_APOSTROPHE) {
			at = pass_second(g, text, at);
			if (!gather_apostrophe(g, text, at, point, opening))
				return;
			at = gather_plain(g, text, at);
			continue;
		}
		if (kind == LETTER_NONE || (kind == LETTER_ALONE && g->end != start))
			return;
		if (kind == LETTER_MARK)
			gather_mark(g, point);
		else
			gather_point(g, point, kind);
		g->end = at;
		if (kind == LETTER_ALONE)
			return;
		at = gather_plain(g, text, at);
	}
}

/* Cut the 's of English; after o and g that waits for the folded word, see fold.c. */
static void cut_possessive(struct letters *word)
{
	size_t n = word->count;

	if (n < 3 || word->at[n - 1] != 's' || word->at[n - 2] != '\'')
		return;
	if (letter_is_latin(word->at[n - 3]) && word->at[n - 3] != 'o' && word->at[n - 3] != 'g')
		word->count = n - 2;
}

/* ў қ ғ ҳ are Uzbek, ы and щ Russian. */
static unsigned letter_trait(uint32_t form)
{
	switch (form) {
	case 0x45E:
	case 0x49B:
	case 0x493:
	case 0x4B3:
		return TOKEN_UZBEK;
	case 0x44B:
	case 0x449:
		return TOKEN_RUSSIAN;
	default:
		return 0;
	}
}

/* Write the Cyrillic form and gather the traits of its letters. */
static struct str write_cyrillic(struct tokeniser *t, const struct letters *word, unsigned *traits)
{
	size_t len = 0;

	for (size_t i = 0; i < word->count && len + 2 <= sizeof(t->lower); i++) {
		uint32_t c = word->at[i];

		if (letter_is_cyrillic(c)) {
			t->lower[len++] = (char)(0xC0 | c >> 6);
			t->lower[len++] = (char)(0x80 | (c & 0x3F));
			*traits |= letter_trait(c);
		} else if (c < 0x80 && c != '\'') {
			t->lower[len++] = (char)c;
		}
	}
	return str_of(t->lower, len);
}

/* Fold what was gathered into `out`; false when nothing is left of it. */
static bool finish(struct tokeniser *t, struct gather *g, size_t start, struct token *out)
{
	size_t len;

	cut_possessive(&g->word);
	*out = (struct token){.start = start, .len = g->end - start, .position = t->position};
	out->traits = g->only_digits ? TOKEN_NUMBER : fold_one_script(&g->word);
	len = fold_t1(t->t1, &g->word);
	if (len == 0)
		return false;
	if (out->traits & TOKEN_CYRILLIC) {
		out->cyrillic = write_cyrillic(t, &g->word, &out->traits);
	} else if ((out->traits & TOKEN_LATIN) && memchr(t->t1, '\'', len)) {
		out->traits |= TOKEN_UZBEK;
	}
	if (g->letters >= 2 && g->capitals == g->letters)
		out->traits |= TOKEN_ACRONYM;
	else if (g->capitals >= 2)
		out->traits |= TOKEN_CAPITALS;
	out->written = str_of(t->text.ptr + start, out->len);
	out->t1 = str_of(t->t1, len);
	t->position++;
	return true;
}

bool tokeniser_next(struct tokeniser *t, struct token *out)
{
	uint32_t before = 0; /* the point right before the word */
	struct gather g;

	while (t->at < t->text.len) {
		size_t start = t->at;
		uint32_t point = next_point(t->text, &t->at);

		if (!begins_word(letter_kind(point))) {
			before = point;
			continue;
		}
		gather_begin(&g, start);
		gather_word(&g, t->text, start, before);
		t->at = g.end;
		before = 0;
		if (finish(t, &g, start, out))
			return true;
	}
	return false;
}

void script_fold(struct buf *out, struct str text)
{
	struct tokeniser t;
	struct token word;

	tokeniser_init(&t, text);
	while (tokeniser_next(&t, &word)) {
		if (word.position)
			buf_byte(out, ' ');
		buf_str_add(out, word.t1);
	}
}

struct str script_key(struct arena *mem, struct str text)
{
	AUTO(buf) struct buf key = {0};

	script_fold(&key, text);
	return buf_keep(&key, mem);
}

void script_slug(struct buf *out, struct str text)
{
	struct tokeniser t;
	struct token word;
	size_t len = 0;

	tokeniser_init(&t, text);
	while (tokeniser_next(&t, &word)) {
		char kept[T1_MAX];
		size_t n = 0;

		for (size_t i = 0; i < word.t1.len; i++) {
			char c = word.t1.ptr[i];

			if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
				kept[n++] = c;
		}
		if (n == 0)
			continue;
		if (len + (len > 0) + n > SLUG_MAX)
			return;
		if (len)
			buf_byte(out, '-');
		buf_add(out, kept, n);
		len += (len > 0) + n;
	}
}
