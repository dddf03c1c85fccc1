/* Forms of terms: cells, keys, alphabets. */
#include "server/terms.h"

#include "indexer/cyrillic.h"
#include "indexer/script.h"
#include "schema/base/utf8.h"

enum { ACRONYM_MAX = 12 };

/* ---- keys ---------------------------------------------------------------------------------------- */
/* The letters of the Uzbek alphabet that are written with two signs come after z, in this order. */
static struct str uzbek_sort(struct arena *mem, struct str key)
{
	static const char pairs[][3] = {"o'", "g'", "sh", "ch"};
	AUTO(buf) struct buf out = {0};

	for (size_t at = 0; at < key.len;) {
		size_t pair = 0;

		while (pair < COUNT(pairs) && !str_starts(str_from(key, at), str_c(pairs[pair])))
			pair++;
		buf_byte(&out, pair < COUNT(pairs) ? (char)('z' + 1 + (int)pair) : key.ptr[at]);
		at += pair < COUNT(pairs) ? 2 : 1;
	}
	return buf_keep(&out, mem);
}

/* Russian as it is written, small, ё as е. */
static struct str russian_sort(struct arena *mem, struct str written)
{
	AUTO(buf) struct buf out = {0};

	for (size_t at = 0; at < written.len;) {
		uint32_t point = utf8_next(written, &at);

		if (point >= 0x410 && point <= 0x42F)
			point += 0x20;
		else if (point == 0x401 || point == 0x451)
			point = 0x435;
		else if (point >= 'A' && point <= 'Z')
			point += 0x20;
		if (out.len || point >= 'a')
			utf8_put(&out, point);
	}
	return buf_keep(&out, mem);
}

static struct str sort_of(struct arena *mem, enum term_lang lang, struct str written,
			  struct str key)
{
	switch (lang) {
	case TERM_UZ:
		return uzbek_sort(mem, key);
	case TERM_RU:
		return russian_sort(mem, written);
	case TERM_EN:
	case TERM_LANGS:
		break;
	}
	return key;
}

/* One word with more large letters than small ones: UN, БМТ, YeI. */
static bool is_acronym(struct str written)
{
	size_t large = 0, small = 0;

	for (size_t at = 0; at < written.len;) {
		uint32_t point = utf8_next(written, &at);

		if (point == ' ')
			return false;
		large += (point >= 'A' && point <= 'Z') || (point >= 0x400 && point <= 0x42F);
		small += (point >= 'a' && point <= 'z') || (point >= 0x430 && point <= 0x45F);
	}
	return large > 1 && large > small && large + small <= ACRONYM_MAX;
}

/* ---- cells --------------------------------------------------------------------------------------- */
struct term_forms terms_read(struct arena *mem, enum term_lang lang, struct str cell,
			     struct str cyrillic)
{
	struct term_forms out = {0};
	size_t room = 0;

	while (cell.len) {
		struct str written = str_trim(str_cut(&cell, ';'));
		struct str other = cyrillic.len ? str_trim(str_cut(&cyrillic, ';')) : STR_NONE;
		struct term_form form = {.written = written, .cyrillic = STR("")};

		if (!written.len)
			continue;
		if (lang == TERM_UZ && other.len)
			form.cyrillic = other;
		form.key = script_key(mem, written);
		form.sort = sort_of(mem, lang, written, form.key);
		form.acronym = is_acronym(written);
		out.items = arena_grow(mem, out.items, out.count, &room, sizeof(form));
		out.items[out.count++] = form;
	}
	return out;
}

struct str terms_cell(struct arena *mem, const struct term_forms *forms)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < forms->count; i++)
		buf_printf(&out, "%s%.*s", i ? "; " : "", STR_ARG(forms->items[i].written));
	return buf_keep(&out, mem);
}

struct str terms_cyrillic_cell(struct arena *mem, const struct term_forms *forms)
{
	AUTO(buf) struct buf out = {0};
	size_t given = 0;

	for (size_t i = 0; i < forms->count; i++) {
		if (forms->items[i].cyrillic.len)
			given = i + 1;
	}
	for (size_t i = 0; i < given; i++)
		buf_printf(&out, "%s%.*s", i ? "; " : "", STR_ARG(forms->items[i].cyrillic));
	return buf_keep(&out, mem);
}

struct str terms_cyrillic(struct arena *mem, const struct term_form *form)
{
	AUTO(buf) struct buf out = {0};

	if (form->cyrillic.len)
		return form->cyrillic;
	cyrillic_from_latin(&out, form->written);
	return buf_keep(&out, mem);
}

/* ---- alphabets ----------------------------------------------------------------------------------- */
static const char *const UZBEK[] = {"A", "B", "D", "E", "F",  "G",  "H",  "I", "J", "K",
				    "L", "M", "N", "O", "P",  "Q",  "R",  "S", "T", "U",
				    "V", "X", "Y", "Z", "Oʻ", "Gʻ", "Sh", "Ch"};
static const char *const RUSSIAN[] = {"А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "Й",
				      "К", "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У",
				      "Ф", "Х", "Ц", "Ч", "Ш", "Щ", "Э", "Ю", "Я"};
static const char *const ENGLISH[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I",
				      "J", "K", "L", "M", "N", "O", "P", "Q", "R",
				      "S", "T", "U", "V", "W", "X", "Y", "Z"};

/* Uzbek in Cyrillic; no word begins with ъ or ь. */
static const char *const CYRILLIC[] = {"А", "Б", "В", "Г", "Д", "Е", "Ё", "Ж", "З", "И", "Й",
				       "К", "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф",
				       "Х", "Ц", "Ч", "Ш", "Э", "Ю", "Я", "Ў", "Қ", "Ғ", "Ҳ"};

static const struct {
	const char *const *letters;
	size_t count;
} ALPHABETS[] = {
	[ALPHABET_UZ] = {UZBEK, COUNT(UZBEK)},
	[ALPHABET_RU] = {RUSSIAN, COUNT(RUSSIAN)},
	[ALPHABET_EN] = {ENGLISH, COUNT(ENGLISH)},
	[ALPHABET_UZ_CYRL] = {CYRILLIC, COUNT(CYRILLIC)},
};

const char *const *terms_alphabet(enum term_alphabet which, size_t *count)
{
	*count = ALPHABETS[which].count;
	return ALPHABETS[which].letters;
}

/* Whoever changes the letters of the page while one is chosen stays at it. */
static struct str other_letter(struct arena *mem, enum term_alphabet which, struct str typed)
{
	AUTO(buf) struct buf cyrillic = {0};
	struct str key = script_key(mem, typed);

	if (which == ALPHABET_UZ_CYRL) {
		cyrillic_from_latin(&cyrillic, typed);
		return buf_keep(&cyrillic, mem);
	}
	for (size_t i = 0; which == ALPHABET_UZ && key.len && i < COUNT(UZBEK); i++) {
		if (str_eq(script_key(mem, str_c(UZBEK[i])), key))
			return str_c(UZBEK[i]);
	}
	return typed;
}

struct str terms_letter(struct arena *mem, enum term_alphabet which, struct str typed)
{
	struct str letter = other_letter(mem, which, typed);

	for (size_t i = 0; i < ALPHABETS[which].count; i++) {
		if (str_is(letter, ALPHABETS[which].letters[i]))
			return letter;
	}
	return STR("");
}

struct str terms_initial(struct arena *mem, enum term_lang lang, struct str letter)
{
	struct str known = terms_letter(mem, (enum term_alphabet)lang, letter);

	return known.len ? sort_of(mem, lang, known, script_key(mem, known)) : known;
}
