/* Uzbek Latin to Cyrillic, letter by letter and loan by loan. */
#include "indexer/cyrillic.h"

#include "indexer/letter.h"
#include "schema/base/utf8.h"

enum { WORD_MAX = 64 }; /* letters; longer runs are taken in pieces */

/* A word in Latin: apostrophes are ', letters small, and which of them were large. */
struct word {
	char letters[WORD_MAX + 1];
	bool upper[WORD_MAX];
	size_t len;
};

struct pair {
	const char *latin, *cyrillic;
};

/* Beginnings of words that are not spelt letter by letter; "$": the whole word. */
static const struct pair BEGINNINGS[] = {
	{"sotsial", "социал"},
	{"ofitser", "офицер"},
	{"ofitsial", "официал"},
	{"litsenz", "лиценз"},
	{"retsept", "рецепт"},
	{"mototsikl", "мотоцикл"},
	{"publitsist", "публицист"},
	{"prinsip", "принцип"},
	{"printsip", "принцип"},
	{"protsess", "процесс"},
	{"protsent", "процент"},
	{"konsept", "концепт"},
	{"konsepsiya", "концепция"},
	{"konsert", "концерт"},
	{"konsern", "концерн"},
	{"konsentr", "концентр"},
	{"konsession", "концессион"},
	{"konsessiya", "концессия"},
	{"kansler", "канцлер"},
	{"kanselyariya", "канцелярия"},
	{"vitse", "вице"},
	{"fransuz", "француз"},
	{"frantsuz", "француз"},
	{"shveytsariya", "швейцария"},
	{"shvetsiya", "швеция"},
	{"sirk", "цирк"},
	{"sex$", "цех"},
	{"sexi", "цехи"},
	{"sement", "цемент"},
	{"senzura", "цензура"},
	{"tsenzura", "цензура"},
	{"sentner", "центнер"},
	{"sivilizatsiya", "цивилизация"},
	{"tsivilizatsiya", "цивилизация"},
	{"silindr", "цилиндр"},
	{"sikl$", "цикл"},
	{"sitata", "цитата"},
	{"sunami", "цунами"},
	{"ssenariy", "сценарий"},
	{"stsenariy", "сценарий"},
	{"dotsent", "доцент"},
	{"insident", "инцидент"},
	{"aksent", "акцент"},
	{"aksioner", "акционер"},
	{"aksiz", "акциз"},
	{"vaksina", "вакцина"},
	{"direksiya", "дирекция"},
	{"kassatsion", "кассацион"},
	{"pensiya", "пенсия"},
	{"dispersiya", "дисперсия"},
	{"pretenziya", "претензия"},
	{"anneksiya", "аннексия"},
	{"kompensatsiya", "компенсация"},
	{"yanvar$", "январь"},
	{"fevral$", "февраль"},
	{"fevral", "феврал"},
	{"aprel$", "апрель"},
	{"iyun$", "июнь"},
	{"iyun", "июн"},
	{"iyul$", "июль"},
	{"iyul", "июл"},
	{"sentabr$", "сентябрь"},
	{"sentyabr$", "сентябрь"},
	{"sentabr", "сентябр"},
	{"oktabr$", "октябрь"},
	{"oktyabr$", "октябрь"},
	{"oktabr", "октябр"},
	{"noyabr$", "ноябрь"},
	{"dekabr$", "декабрь"},
	{"budjet", "бюджет"},
	{"byudjet", "бюджет"},
	{"valuta", "валюта"},
	{"bulleten", "бюллетень"},
	{"byulleten", "бюллетень"},
	{"kalkulator", "калькулятор"},
	{"kompyuter", "компьютер"},
	{"intervyu", "интервью"},
	{"interyer", "интерьер"},
	{"premyer", "премьер"},
	{"pyesa", "пьеса"},
	{"fakultet", "факультет"},
	{"kultur", "культур"},
	{"konsultativ", "консультатив"},
	{"konsultatsiya", "консультация"},
	{"konsultant", "консультант"},
	{"film", "фильм"},
	{"albom", "альбом"},
	{"alternativ", "альтернатив"},
	{"alyans", "альянс"},
	{"kreml", "кремль"},
	{"rubl", "рубль"},
	{"veksel", "вексель"},
	{"kalendar$", "календарь"},
	{"kalendar", "календар"},
	{"festival", "фестиваль"},
	{"spektakl", "спектакль"},
	{"detal$", "деталь"},
	{"avtomobil", "автомобиль"},
	{"medal", "медаль"},
	{"model", "модель"},
	{"nol$", "ноль"},
	{"rol$", "роль"},
	{"neft", "нефть"},
	{"ultimatum", "ультиматум"},
	{"multi", "мульти"},
	{"puls", "пульс"},
	{"relyef", "рельеф"},
	{"milyard", "миллиард"},
	{"rayon", "район"},
	{"mayor", "майор"},
	{"mo'jiza", "мўъжиза"},
	{"mo'tabar", "мўътабар"},
	{"mo'tadil", "мўътадил"},
	{"bryussel", "брюссель"},
	{"statya", "статья"},
};

/* Parts that stand anywhere but at the beginning of a word. */
static const struct pair PARTS[] = {
	{"tsiya", "ция"},  {"tsion", "цион"},  {"tsial", "циал"},  {"tsept", "цепт"},
	{"tsikl", "цикл"}, {"tsent", "цент"},  {"nsiya", "нция"},  {"ksiya", "кция"},
	{"psiya", "пция"}, {"ksion", "кцион"}, {"psion", "пцион"}, {"nsion", "нцион"},
};

/* Letters, longer ones first. */
static const struct pair LETTERS[] = {
	{"yo'", "йў"}, {"s'h", "сҳ"}, {"o'", "ў"}, {"g'", "ғ"}, {"sh", "ш"}, {"ch", "ч"},
	{"yo", "ё"},   {"yu", "ю"},   {"ya", "я"}, {"ye", "е"}, {"a", "а"},  {"b", "б"},
	{"c", "к"},    {"d", "д"},    {"e", "е"},  {"f", "ф"},  {"g", "г"},  {"h", "ҳ"},
	{"i", "и"},    {"j", "ж"},    {"k", "к"},  {"l", "л"},  {"m", "м"},  {"n", "н"},
	{"o", "о"},    {"p", "п"},    {"q", "қ"},  {"r", "р"},  {"s", "с"},  {"t", "т"},
	{"u", "у"},    {"v", "в"},    {"w", "в"},  {"x", "х"},  {"y", "й"},  {"z", "з"},
	{"'", "ъ"},
};

/* ---- case ---------------------------------------------------------------------------------------- */
/*
 * What `count` Latin letters at `at` become, in their case: all large where all of several are
 * large, or the word around is; else the first.
 */
static void put(struct buf *out, const struct word *w, size_t at, size_t count, struct str cyrillic)
{
	bool first = w->upper[at], all = first;
	size_t from = 0;

	for (size_t i = at; i < at + count; i++)
		all = all && (w->upper[i] || w->letters[i] == '\'');
	if (count == 1 || (w->letters[at + count - 1] == '\'' && count == 2))
		all = first && ((at + count < w->len && w->upper[at + count]) ||
				(at > 0 && w->upper[at - 1]));
	while (from < cyrillic.len) {
		bool begins = from == 0;
		uint32_t point = utf8_next(cyrillic, &from);

		utf8_put(out, all || (begins && first) ? letter_cyrillic_upper(point) : point);
	}
}

/* ---- one word ------------------------------------------------------------------------------------ */
static struct str rest_of(const struct word *w, size_t at)
{
	return str_of(w->letters + at, w->len - at);
}

/* A loan at the beginning; the number of its Latin letters, or 0. */
static size_t put_beginning(struct buf *out, const struct word *w)
{
	const struct pair *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < COUNT(BEGINNINGS); i++) {
		struct str latin = str_c(BEGINNINGS[i].latin);
		bool whole = str_ends(latin, STR("$"));

		latin.len -= whole;
		if (!str_starts(rest_of(w, 0), latin) || (whole && latin.len != w->len) ||
		    latin.len + whole <= longest)
			continue;
		best = &BEGINNINGS[i];
		longest = latin.len + whole;
	}
	if (!best)
		return 0;
	longest -= str_ends(str_c(best->latin), STR("$"));
	put(out, w, 0, longest, str_c(best->cyrillic));
	return longest;
}

static size_t put_pair(struct buf *out, const struct word *w, size_t at, const struct pair *pairs,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str latin = str_c(pairs[i].latin);

		if (!str_starts(rest_of(w, at), latin))
			continue;
		put(out, w, at, latin.len, str_c(pairs[i].cyrillic));
		return latin.len;
	}
	return 0;
}

static bool is_vowel(char letter)
{
	return letter && strchr("aeiou", letter);
}

/* One letter, or what a letter becomes by its neighbours. */
static size_t put_letter(struct buf *out, const struct word *w, size_t at)
{
	char before = at ? w->letters[at - 1] : '\0', letter = w->letters[at];

	if (letter == 'e' && (at == 0 || is_vowel(before))) {
		put(out, w, at, 1, STR("э"));
		return 1;
	}
	/* obyekt: a hard sign parts a consonant from ye */
	if (letter == 'y' && at + 1 < w->len && w->letters[at + 1] == 'e' && before &&
	    before != '\'' && !is_vowel(before))
		put(out, w, at, 1, STR("ъ"));
	return put_pair(out, w, at, LETTERS, COUNT(LETTERS));
}

static void put_word(struct buf *out, const struct word *w)
{
	size_t at = w->len ? put_beginning(out, w) : 0;

	while (at < w->len) {
		size_t taken = at ? put_pair(out, w, at, PARTS, COUNT(PARTS)) : 0;

		at += taken ? taken : put_letter(out, w, at);
	}
}

/* ---- the text ------------------------------------------------------------------------------------ */
static bool is_apostrophe(uint32_t point)
{
	return letter_kind(point) == LETTER_APOSTROPHE;
}

static bool is_latin(uint32_t point)
{
	return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

/* An apostrophe belongs to the word between letters, and behind o and g unless it closes quotes. */
static bool joins(const struct word *w, bool quoted, struct str text, size_t behind)
{
	char before = w->len ? w->letters[w->len - 1] : '\0';
	uint32_t next = behind < text.len ? utf8_next(text, &behind) : 0;

	if (!before || before == '\'')
		return false;
	return is_latin(next) || (!quoted && (before == 'o' || before == 'g'));
}

void cyrillic_from_latin(struct buf *out, struct str text)
{
	struct word w = {.len = 0};
	bool quoted = false;
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;
		uint32_t point = utf8_next(text, &at);
		bool mark = is_apostrophe(point) && joins(&w, quoted, text, at);

		if (is_latin(point) || mark) {
			w.upper[w.len] = point >= 'A' && point <= 'Z';
			w.letters[w.len++] = mark ? '\'' : (char)(point | 0x20);
			if (w.len < WORD_MAX)
				continue;
			from = at;
		}
		put_word(out, &w);
		w.len = 0;
		quoted = from < at && is_apostrophe(point);
		buf_add(out, text.ptr + from, at - from);
	}
	put_word(out, &w);
}
