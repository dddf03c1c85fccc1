/* Languages of the interface, and the reader of compiled catalogues (GNU .mo files). */
#include "server/i18n.h"

#include "server/words.h"

#include <assert.h>

static const struct {
	const char *tag, *catalogue, *name, *short_name;
} languages[LANG_COUNT] = {
	[LANG_EN] = {"en", NULL, "English", "En"},
	[LANG_RU] = {"ru", "ru", "Русский", "Ру"},
	[LANG_UZ_LATN] = {"uz-Latn", "uz_Latn", "Oʻzbekcha (lotin)", "Oʻz"},
	[LANG_UZ_CYRL] = {"uz-Cyrl", "uz_Cyrl", "Ўзбекча (кирилл)", "Ўз"},
};

struct str lang_tag(enum lang lang)
{
	return str_c(languages[lang].tag);
}

struct str lang_name(enum lang lang)
{
	return str_c(languages[lang].name);
}

struct str lang_short(enum lang lang)
{
	return str_c(languages[lang].short_name);
}

bool lang_from_tag(struct str tag, enum lang *out)
{
	for (unsigned i = 0; i < LANG_COUNT; i++) {
		if (!str_is(tag, languages[i].tag))
			continue;
		*out = (enum lang)i;
		return true;
	}
	return false;
}

struct str lang_name_of(struct str tag)
{
	enum lang lang;

	return lang_from_tag(tag, &lang) ? lang_name(lang) : tag;
}

/* ---- what the browser asks for ----------------------------------------------------------------- */

static bool same_letters(struct str a, const char *b)
{
	return a.len == strlen(b) && strncasecmp(a.ptr ? a.ptr : "", b, a.len) == 0;
}

/* Which of our languages a range of the header means: "uz-UZ", "ru", "uz-Cyrl-UZ". */
static bool range_lang(struct str range, enum lang *out)
{
	struct str rest = range;
	struct str first = str_cut(&rest, '-');
	struct str second = rest.ptr ? str_cut(&rest, '-') : STR_NONE;

	if (same_letters(first, "uz"))
		*out = same_letters(second, "Cyrl") ? LANG_UZ_CYRL : LANG_UZ_LATN;
	else if (same_letters(first, "ru"))
		*out = LANG_RU;
	else if (same_letters(first, "en"))
		*out = LANG_EN;
	else
		return false;
	return true;
}

/* "0.8" as 800; anything else as 0. */
static int weight_of(struct str text)
{
	int weight = 0, unit = 1000;

	for (size_t i = 0; i < text.len && i < 5; i++) {
		if (text.ptr[i] == '.' && i == 1)
			continue;
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return 0;
		weight += (text.ptr[i] - '0') * unit;
		unit /= 10;
	}
	return weight;
}

enum lang lang_accepted(struct str header)
{
	enum lang best = LANG_UZ_LATN, lang;
	int best_weight = 0;

	while (header.ptr) {
		struct str item = str_trim(str_cut(&header, ','));
		struct str range = str_trim(str_cut(&item, ';'));
		int weight = 1000;

		item = str_trim(item);
		if (str_starts(item, STR("q=")))
			weight = weight_of(str_from(item, 2));
		if (weight > best_weight && range_lang(range, &lang)) {
			best = lang;
			best_weight = weight;
		}
	}
	return best;
}

/* ---- catalogues -------------------------------------------------------------------------------- */

/* A .mo file: see "The Format of GNU MO Files" of gettext. Written by msgfmt on this machine. */
struct mo {
	const unsigned char *bytes;
	uint32_t count, originals, translations; /* offsets of tables of (length, offset) */
	uint32_t hash_size, hash;
};

static struct mo readers[LANG_COUNT]; /* filled by i18n_init(), before the first thread */

static uint32_t word_at(const unsigned char *bytes, size_t offset)
{
	uint32_t word;

	memcpy(&word, bytes + offset, sizeof(word));
	return word;
}

static bool table_fits(const struct catalogue *c, uint32_t offset, uint32_t count, size_t size)
{
	return offset <= c->len && count <= (c->len - offset) / size;
}

/* Every string of a table lies inside the file and ends in NUL. */
static bool strings_fit(const struct catalogue *c, uint32_t table, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t len = word_at(c->bytes, table + 8 * (size_t)i);
		uint32_t offset = word_at(c->bytes, table + 8 * (size_t)i + 4);

		if (offset >= c->len || len >= c->len - offset || c->bytes[offset + len] != 0)
			return false;
	}
	return true;
}

static bool mo_open(struct mo *mo, const struct catalogue *c)
{
	if (c->len < 28 || word_at(c->bytes, 0) != 0x950412de)
		return false;
	mo->bytes = c->bytes;
	mo->count = word_at(c->bytes, 8);
	mo->originals = word_at(c->bytes, 12);
	mo->translations = word_at(c->bytes, 16);
	mo->hash_size = word_at(c->bytes, 20);
	mo->hash = word_at(c->bytes, 24);
	return mo->hash_size > 2 && table_fits(c, mo->originals, mo->count, 8) &&
	       table_fits(c, mo->translations, mo->count, 8) &&
	       table_fits(c, mo->hash, mo->hash_size, 4) &&
	       strings_fit(c, mo->originals, mo->count) &&
	       strings_fit(c, mo->translations, mo->count);
}

bool i18n_init(void)
{
	for (size_t i = 0; i < n_catalogues; i++)
		for (unsigned lang = 0; lang < LANG_COUNT; lang++) {
			const char *name = languages[lang].catalogue;

			if (name && strcmp(name, catalogues[i].name) == 0 &&
			    !mo_open(&readers[lang], &catalogues[i]))
				return false;
		}
	return true;
}

/* The hash of P. J. Weinberger, as msgfmt uses it for the table in the file. */
static uint32_t hash_of(const char *text)
{
	uint32_t hash = 0;

	for (; *text; text++) {
		uint32_t high;

		hash = (hash << 4) + (unsigned char)*text;
		high = hash & 0xf0000000u;
		if (high) {
			hash ^= high >> 24;
			hash ^= high;
		}
	}
	return hash;
}

static const char *text_at(const struct mo *mo, uint32_t table, uint32_t index)
{
	return (const char *)mo->bytes + word_at(mo->bytes, table + 8 * (size_t)index + 4);
}

/* The translation with its length, all plural forms behind each other; false when there is none. */
static bool mo_find(const struct mo *mo, const char *id, struct str *out)
{
	uint32_t hash, slot, step;

	if (!mo->bytes || !id[0]) /* the empty id is the header of the file */
		return false;
	hash = hash_of(id);
	slot = hash % mo->hash_size;
	step = 1 + hash % (mo->hash_size - 2);
	for (;;) {
		uint32_t index = word_at(mo->bytes, mo->hash + 4 * (size_t)slot);

		if (index == 0 || index > mo->count)
			return false;
		index--;
		if (strcmp(text_at(mo, mo->originals, index), id) == 0) {
			*out = str_of(text_at(mo, mo->translations, index),
				      word_at(mo->bytes, mo->translations + 8 * (size_t)index));
			return out->len > 0;
		}
		slot = (slot + step) % mo->hash_size;
	}
}

struct str i18n(enum lang lang, const char *english)
{
	struct str found;

	return mo_find(&readers[lang], english, &found) ? found : str_c(english);
}

/* Which form a number takes; the formulas of ui.md 6, as the catalogues' headers say them. */
static unsigned plural_form(enum lang lang, int64_t n)
{
	uint64_t value = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	unsigned ten = (unsigned)(value % 10), hundred = (unsigned)(value % 100);

	switch (lang) {
	case LANG_RU:
		if (ten == 1 && hundred != 11)
			return 0;
		return ten >= 2 && ten <= 4 && (hundred < 10 || hundred >= 20) ? 1 : 2;
	case LANG_EN:
		return value != 1;
	case LANG_UZ_LATN:
	case LANG_UZ_CYRL:
	case LANG_COUNT:
		return 0;
	}
	return 0;
}

struct str i18n_plural(enum lang lang, const char *one, const char *many, int64_t n)
{
	struct str forms;
	unsigned form = plural_form(lang, n);

	if (!mo_find(&readers[lang], one, &forms))
		return str_c(n == 1 || n == -1 ? one : many);
	while (form-- > 0 && forms.ptr)
		(void)str_cut(&forms, '\0');
	return forms.ptr ? str_cut(&forms, '\0') : str_c(many);
}

/* ---- places ------------------------------------------------------------------------------------ */

struct i18n_value i18n_value_str(struct str text)
{
	return (struct i18n_value){.kind = I18N_STR, .str = text};
}

struct i18n_value i18n_value_spoken(struct spoken text)
{
	return (struct i18n_value){.kind = I18N_SPOKEN, .str = text.text, .lang = text.lang};
}

struct i18n_value i18n_value_c(const char *text)
{
	return i18n_value_str(str_c(text));
}

struct i18n_value i18n_value_i64(int64_t number)
{
	return (struct i18n_value){.kind = I18N_NUMBER, .number = number};
}

struct i18n_value i18n_value_u64(uint64_t number)
{
	return i18n_value_i64(number > INT64_MAX ? INT64_MAX : (int64_t)number);
}

bool i18n_place(size_t *place, struct str text, size_t at)
{
	if (at + 3 >= text.len || text.ptr[at] != '%' || text.ptr[at + 2] != '$' ||
	    text.ptr[at + 3] != 's')
		return false;
	*place = (size_t)(text.ptr[at + 1] - '1');
	return true;
}

struct str i18n_fill(struct arena *mem, enum lang lang, struct str text,
		     const struct i18n_value *values, size_t count)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0, place; i < text.len; i++) {
		if (!i18n_place(&place, text, i) || place >= count) {
			buf_byte(&out, text.ptr[i]);
			continue;
		}
		if (values[place].kind != I18N_NUMBER)
			buf_str_add(&out, values[place].str);
		else
			words_number_add(&out, lang, values[place].number);
		i += I18N_PLACE_LEN - 1;
	}
	return buf_keep(&out, mem);
}
