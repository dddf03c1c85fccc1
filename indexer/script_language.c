/* Which of four languages a text is in: its letters, its commonest words, the ends of its words. */
#include "indexer/script.h"
#include "indexer/stop_words.h"
#include "schema/base/utf8.h"

enum { LANGUAGE_READ_MAX = 8192 };

/* Points for each language; Uzbek in both scripts is one. */
struct points {
	int uzbek, russian, english;
};

/* How much a sign says: a letter that the other language lacks, a common word, an ending. */
enum { BY_LETTER = 3, BY_WORD = 2, BY_ENDING = 1 };

static const char *const uzbek_ends[] = {
	"lar", "lari",  "ning", "dan", "ga",  "gan",  "lik",   "ligi", "moq", "moqda", "ib", "adi",
	"ydi", "ilgan", "ni",   "siz", "chi", "dagi", "yapti", "miz",  "iga", "ini",   NULL,
};
static const char *const russian_ends[] = {
	"ogo", "yego", "iy", "aya",    "oye",  "iye", "ix",  "im",  "ost", "iya",  "iyu", "ov",
	"yev", "at",   "it", "yetsya", "tsya", "il",  "ali", "omu", "nno", "yami", "ami", NULL,
};
static const char *const english_ends[] = {
	"ing", "ed", "tion", "ly",  "ment", "ness", "ity",
	"ies", "ss", "ous",  "ive", "ent",  "th",   NULL,
};

static bool ends_in(struct str word, const char *const *ends)
{
	for (; *ends; ends++)
		if (word.len > strlen(*ends) + 1 && str_ends(word, str_c(*ends)))
			return true;
	return false;
}

static void count_cyrillic(struct points *p, const struct token *word, unsigned common)
{
	if (word->traits & TOKEN_UZBEK)
		p->uzbek += BY_LETTER;
	if (word->traits & TOKEN_RUSSIAN)
		p->russian += BY_LETTER;
	p->uzbek += common & STOP_UZ ? BY_WORD : 0;
	p->russian += common & STOP_RU ? BY_WORD : 0;
	p->uzbek += ends_in(word->t1, uzbek_ends) ? BY_ENDING : 0;
	p->russian += ends_in(word->t1, russian_ends) ? BY_ENDING : 0;
}

/* A q without u is Uzbek, a w is English. */
static void count_latin(struct points *p, const struct token *word, unsigned common)
{
	ptrdiff_t q = str_find(word->t1, 'q');

	if (word->traits & TOKEN_UZBEK)
		p->uzbek += BY_LETTER;
	if (q >= 0 && !str_starts(str_from(word->t1, (size_t)q), STR("qu")))
		p->uzbek += BY_ENDING;
	if (str_find(word->t1, 'w') >= 0)
		p->english += BY_ENDING;
	p->uzbek += common & STOP_UZ ? BY_WORD : 0;
	p->english += common & STOP_EN ? BY_WORD : 0;
	p->uzbek += ends_in(word->t1, uzbek_ends) ? BY_ENDING : 0;
	p->english += ends_in(word->t1, english_ends) ? BY_ENDING : 0;
}

const char *script_language(struct str text)
{
	struct points cyrillic = {0}, latin = {0};
	size_t n_cyrillic = 0, n_latin = 0;
	struct tokeniser t;
	struct token word;

	tokeniser_init(&t, utf8_head(text, LANGUAGE_READ_MAX));
	while (tokeniser_next(&t, &word)) {
		unsigned common = stop_word_languages(word.t1);

		if (word.traits & TOKEN_CYRILLIC) {
			n_cyrillic++;
			count_cyrillic(&cyrillic, &word, common);
		} else if (word.traits & TOKEN_LATIN) {
			n_latin++;
			count_latin(&latin, &word, common);
		}
	}
	if (n_cyrillic >= n_latin) {
		if (cyrillic.uzbek == cyrillic.russian)
			return "";
		return cyrillic.uzbek > cyrillic.russian ? "uz-Cyrl" : "ru";
	}
	if (latin.uzbek == latin.english)
		return "";
	return latin.uzbek > latin.english ? "uz-Latn" : "en";
}

bool script_is_language(struct str tag)
{
	return str_is(tag, "uz-Latn") || str_is(tag, "uz-Cyrl") || str_is(tag, "ru") ||
	       str_is(tag, "en");
}
