/* The rules that make one form of a word of two scripts and several alphabets. */
#include "indexer/fold.h"

#include "indexer/letter.h"

/* а-я, U+0430-044F; е and ц depend on what stands before them and are not here. */
static const char *const cyrillic_main[32] = {
	"a", "b", "v", "g", "d", "",  "j", "z",  "i",  "y",  "k", "l", "m", "n", "o",  "p",
	"r", "s", "t", "u", "f", "x", "",  "ch", "sh", "sh", "",  "i", "",  "e", "yu", "ya",
};

static const struct {
	uint16_t letter;
	char fold[3];
} cyrillic_more[] = {
	/* those in use first */
	{0x45E, "o'"}, {0x49B, "q"}, {0x4B3, "h"},  {0x493, "g'"}, {0x451, "yo"},
	{0x454, "e"},  {0x456, "i"}, {0x457, "i"},  {0x491, "g"},  {0x497, "j"},
	{0x4A3, "ng"}, {0x4AF, "u"}, {0x4B1, "u"},  {0x4B7, "ch"}, {0x4BB, "h"},
	{0x4D9, "a"},  {0x4E3, "i"}, {0x4E9, "o'"}, {0x4EF, "o'"},
};

/* Cyrillic letters that fold to Latin ones; others, of distant languages, stay as they are. */
static bool folds_to_latin(uint32_t form)
{
	if (form >= 0x430 && form <= 0x44F)
		return true;
	for (size_t i = 0; letter_is_cyrillic(form) && i < COUNT(cyrillic_more); i++)
		if (cyrillic_more[i].letter == form)
			return true;
	return false;
}

/* Latin letters and the Cyrillic ones for which they are mistaken. */
static const struct {
	uint16_t latin, cyrillic;
} alike[] = {
	{'a', 0x430}, {'c', 0x441}, {'e', 0x435}, {'i', 0x456}, {'k', 0x43A},
	{'m', 0x43C}, {'o', 0x43E}, {'p', 0x440}, {'t', 0x442}, {'x', 0x445},
	{'y', 0x443}, {'b', 0x432}, {'h', 0x43D},
};

/* The letter of the other script for which `c` is mistaken; 0 when there is none. */
static uint32_t look_alike(uint32_t c)
{
	for (size_t k = 0; k < COUNT(alike); k++) {
		if (alike[k].latin == c)
			return alike[k].cyrillic;
		if (alike[k].cyrillic == c)
			return alike[k].latin;
	}
	return 0;
}

/*
 * All letters of the lesser script must have a look-alike: a Latin name with a Cyrillic ending
 * (Class'нинг) was typed as it was meant.
 */
static void mend_minority(struct letters *word, bool (*is_minor)(uint32_t))
{
	for (size_t i = 0; i < word->count; i++)
		if (is_minor(word->at[i]) && !look_alike(word->at[i]))
			return;
	for (size_t i = 0; i < word->count; i++)
		if (is_minor(word->at[i]))
			word->at[i] = look_alike(word->at[i]);
}

unsigned fold_one_script(struct letters *word)
{
	size_t latin = 0, cyrillic = 0;

	for (size_t i = 0; i < word->count; i++) {
		latin += letter_is_latin(word->at[i]);
		cyrillic += folds_to_latin(word->at[i]);
	}
	if (latin && cyrillic)
		mend_minority(word, latin > cyrillic ? folds_to_latin : letter_is_latin);
	if (latin > cyrillic)
		return TOKEN_LATIN;
	return cyrillic ? TOKEN_CYRILLIC : 0;
}

/* A folded word; it may grow past T1_MAX by one letter, which is cut at the end. */
struct fold {
	char *out;
	size_t len;
};

/* One letter, or two. */
static inline void put(struct fold *f, const char *text)
{
	for (; *text; text++)
		f->out[f->len++] = *text;
}

static inline void put_byte(struct fold *f, uint32_t byte)
{
	f->out[f->len++] = (char)byte;
}

/* A letter of some other script, as it is. */
static void put_other(struct fold *f, uint32_t c)
{
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	char *bytes = f->out + f->len;

	for (size_t i = n; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3F));
	bytes[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | c);
	f->len += n;
}

static bool is_cyrillic_vowel(uint32_t c)
{
	switch (c) {
	case 0x430: /* а */
	case 0x43E: /* о */
	case 0x443: /* у */
	case 0x44D: /* э */
	case 0x438: /* и */
	case 0x435: /* е */
	case 0x451: /* ё */
	case 0x44E: /* ю */
	case 0x44F: /* я */
	case 0x45E: /* ў */
	case 0x44B: /* ы */
		return true;
	default:
		return false;
	}
}

static bool is_latin_consonant(uint32_t c)
{
	return letter_is_latin(c) && c != 'a' && c != 'e' && c != 'i' && c != 'o' && c != 'u' &&
	       c != LETTER_O && c != LETTER_AE && c != LETTER_OE;
}

/* Where an е begins with the sound of y: a word's beginning, after a vowel, after ъ, ь or '. */
static bool opens_syllable(uint32_t before)
{
	return before == 0 || before == '\'' || before == 0x44A || before == 0x44C ||
	       is_cyrillic_vowel(before);
}

static void fold_cyrillic(struct fold *f, uint32_t c, uint32_t before, uint32_t after)
{
	if (c == 0x44C && after == 0x43E) { /* ьо, as in медальон */
		put(f, "y");
	} else if (c == 0x435) { /* е */
		put(f, opens_syllable(before) ? "ye" : "e");
	} else if (c == 0x446) { /* ц */
		put(f, is_cyrillic_vowel(before) || before == 0x439 ? "ts" : "s");
	} else if (c >= 0x430 && c <= 0x44F) {
		put(f, cyrillic_main[c - 0x430]);
	} else {
		for (size_t i = 0; i < COUNT(cyrillic_more); i++) {
			if (cyrillic_more[i].letter == c) {
				put(f, cyrillic_more[i].fold);
				return;
			}
		}
		put_other(f, c);
	}
}

/* o' and g' keep their apostrophe, ob'ekt becomes obyekt, any other apostrophe is dropped. */
static void fold_apostrophe(struct fold *f, uint32_t before, uint32_t after)
{
	if (before == 'o' || before == 'g')
		put(f, "'");
	else if (after == 'e' && is_latin_consonant(before))
		put(f, "y");
}

static void fold_latin(struct fold *f, uint32_t c)
{
	switch (c) {
	case LETTER_O:
		put(f, "o'");
		break;
	case LETTER_G:
		put(f, "g'");
		break;
	case LETTER_SH:
		put(f, "sh");
		break;
	case LETTER_CH:
		put(f, "ch");
		break;
	case LETTER_NG:
		put(f, "ng");
		break;
	case LETTER_AE:
		put(f, "ae");
		break;
	case LETTER_OE:
		put(f, "oe");
		break;
	case LETTER_SS:
		put(f, "ss");
		break;
	case LETTER_TH:
		put(f, "th");
		break;
	default:
		put_byte(f, c);
	}
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Take `count` bytes at `at` out of the folded word. */
static void take_out(struct fold *f, size_t at, size_t count)
{
	memmove(f->out + at, f->out + at + count, f->len - at - count);
	f->len -= count;
}

static bool has(const struct fold *f, size_t at, const char *text)
{
	size_t len = strlen(text);

	return at <= f->len && f->len - at >= len && memcmp(f->out + at, text, len) == 0;
}

/* Words that are spelt in two ways; at the beginning of a word the letter at `drop` goes. */
static const struct {
	char text[10];
	uint8_t len, drop;
} beginnings[] = {
#define BEGINNING(text, drop)                                                                      \
	{                                                                                          \
		text, sizeof(text) - 1, drop                                                       \
	}
	BEGINNING("sentyabr", 4),  BEGINNING("oktyabr", 3),   BEGINNING("byudjet", 1),
	BEGINNING("byulleten", 1), BEGINNING("valyuta", 3),   BEGINNING("finlyand", 4),
	BEGINNING("sellyulo", 4),  BEGINNING("evolyuts", 4),  BEGINNING("kastryul", 5),
	BEGINNING("shprits", 5),   BEGINNING("platsdarm", 3), BEGINNING("platskart", 3),
	BEGINNING("yevgeni", 0),   BEGINNING("stsenari", 1),
#undef BEGINNING
};

static void fold_beginning(struct fold *f)
{
	for (size_t i = 0; i < COUNT(beginnings); i++)
		if (beginnings[i].text[0] == f->out[0] && f->len >= beginnings[i].len &&
		    memcmp(f->out, beginnings[i].text, beginnings[i].len) == 0)
			take_out(f, beginnings[i].drop, 1);
}

/* frantsuz, printsip; but not ketsa, which is a verb. */
static bool has_spare_t(const struct fold *f, size_t at)
{
	char before = f->out[at - 1], after;

	if (f->out[at] != 't' || f->out[at + 1] != 's')
		return false;
	after = f->out[at + 2];
	return (before == 'n' || before == 'k' || before == 'p' || before == 'l') &&
	       (is_vowel(after) || after == 'y');
}

/* izolyatsiya and kalkulyator; Alekseyevna, Alekseevna. */
static bool has_spare_y(const struct fold *f, size_t at)
{
	char before = f->out[at - 1];

	if (f->out[at] != 'y')
		return false;
	return (before == 'l' && (has(f, at + 1, "atsi") || has(f, at + 1, "ator"))) ||
	       (before == 'e' && has(f, at + 1, "ev"));
}

static void fold_variants(struct fold *f)
{
	if (f->len > 2 && f->out[0] == 't' && f->out[1] == 's' && is_vowel(f->out[2]))
		take_out(f, 0, 1);
	for (size_t i = 1; i + 2 < f->len; i++)
		if (has_spare_t(f, i) || has_spare_y(f, i))
			take_out(f, i, 1);
	if (f->len > 5)
		fold_beginning(f);
}

/* Cut the English 's from o and g where four letters stand before it: nato's, but not do's. */
static void fold_possessive(struct fold *f)
{
	size_t letters = 0;

	if (f->len < 6 || !(has(f, f->len - 3, "o's") || has(f, f->len - 3, "g's")))
		return;
	for (size_t i = 0; i < f->len - 2; i++)
		letters += f->out[i] >= 'a' && f->out[i] <= 'z';
	if (letters >= 4)
		f->len -= 2;
}

/* Back to T1_MAX, without half a letter of another script. */
static void cut_to_most(struct fold *f)
{
	if (f->len <= T1_MAX)
		return;
	f->len = T1_MAX;
	while (f->len && ((unsigned char)f->out[f->len] & 0xC0) == 0x80)
		f->len--;
}

size_t fold_t1(char out[T1_ROOM], const struct letters *word)
{
	struct fold f = {.out = out};
	uint32_t before = 0;

	for (size_t i = 0; i < word->count && f.len < T1_MAX; i++) {
		uint32_t c = word->at[i];
		uint32_t after = i + 1 < word->count ? word->at[i + 1] : 0;

		if (c == '\'')
			fold_apostrophe(&f, before, after);
		else if (c < 0x80)
			put_byte(&f, c);
		else if (letter_is_cyrillic(c))
			fold_cyrillic(&f, c, before, after);
		else if (letter_is_latin(c))
			fold_latin(&f, c);
		else
			put_other(&f, c);
		before = c;
	}
	cut_to_most(&f);
	fold_variants(&f);
	fold_possessive(&f);
	return f.len;
}
