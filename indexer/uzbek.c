/* The order of work of the Uzbek stemmer, and the suffixes of nouns. */
#include "indexer/uzbek_word.h"

bool uzbek_word_read(struct uzbek_word *w, struct str t1)
{
	uint8_t ends[T1_MAX];

	if (t1.len > T1_MAX)
		return false;
	w->n = 0;
	w->first_vowel = T1_MAX;
	for (size_t at = 0; at < t1.len;) {
		char c = t1.ptr[at++];
		char next = (char)(at < t1.len ? t1.ptr[at] : '\0');

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '\'')
			return false;
		if ((next == '\'' && (c == 'o' || c == 'g')) ||
		    (next == 'h' && (c == 's' || c == 'c'))) {
			c = (char)(c - 'a' + 'A');
			at++;
		}
		if (uzbek_is_vowel(c) && w->first_vowel == T1_MAX)
			w->first_vowel = w->n;
		ends[w->n] = (uint8_t)at;
		w->s[w->n++] = c;
	}
	w->s[w->n] = '\0';
	if (w->n <= 2 || (w->s[0] >= '0' && w->s[0] <= '9'))
		return false;
	uzbek_lexicon_ask(w, t1, ends);
	return true;
}

size_t uzbek_write(char out[UZBEK_STEM_MAX], const char *symbols, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n && len + 2 <= UZBEK_STEM_MAX; i++) {
		switch (symbols[i]) {
		case 'O':
			out[len++] = 'o';
			out[len++] = '\'';
			break;
		case 'G':
			out[len++] = 'g';
			out[len++] = '\'';
			break;
		case 'S':
			out[len++] = 's';
			out[len++] = 'h';
			break;
		case 'C':
			out[len++] = 'c';
			out[len++] = 'h';
			break;
		default:
			out[len++] = symbols[i];
		}
	}
	return len;
}

static inline bool ends(const struct uzbek_word *w, const char *suffix)
{
	return uzbek_ends(w->s, w->n, suffix);
}

/* The length of the first of the suffixes with which the first `n` symbols end, or 0. */
static size_t length_of_one(const char *s, size_t n, const struct uzbek_suffix *suffixes,
			    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (uzbek_ends_with(s, n, suffixes[i].text, suffixes[i].len))
			return suffixes[i].len;
	return 0;
}

static bool ends_in_one(const char *s, size_t n, const struct uzbek_suffix *suffixes, size_t count)
{
	return length_of_one(s, n, suffixes, count) > 0;
}

static bool is_kept(const struct uzbek_word *w)
{
	return uzbek_in(w, LEXICON_KEEP, w->n);
}

/* The word minus i is a protected word, or one that lost a vowel: nothing else comes off first. */
static bool guards_i(const struct uzbek_word *w)
{
	return ends(w, "i") &&
	       (uzbek_in(w, LEXICON_KEEP, w->n - 1) || uzbek_in(w, LEXICON_DROP, w->n - 1));
}

/* Cut `suffix` when a stem of at least `least` symbols with a vowel is left. */
static inline bool cut(struct uzbek_word *w, const char *suffix, size_t least)
{
	size_t len = strlen(suffix);

	if (!ends(w, suffix) || !uzbek_can_stem(w, w->n - len, least))
		return false;
	w->n -= len;
	return true;
}

/* What has no vowel but those of its endings is an acronym: BMTning, OTMlarida, MFYsi. */
static bool cut_acronym(struct uzbek_word *w)
{
	/* From the end: case, possession, number; one of each at most. */
	static const struct uzbek_suffix cases[] = {
		UZBEK_SUFFIX("ning"), UZBEK_SUFFIX("ni"),   UZBEK_SUFFIX("ga"),
		UZBEK_SUFFIX("da"),   UZBEK_SUFFIX("dan"),  UZBEK_SUFFIX("dagi"),
		UZBEK_SUFFIX("gaCa"), UZBEK_SUFFIX("niki"), UZBEK_SUFFIX("dek"),
	};
	static const struct uzbek_suffix owned[] = {UZBEK_SUFFIX("imiz"), UZBEK_SUFFIX("si"),
						    UZBEK_SUFFIX("i")};
	static const struct uzbek_suffix plural[] = {UZBEK_SUFFIX("lar")};
	size_t n = w->n, bare = w->first_vowel;

	if (bare < 2 || bare >= n)
		return false;
	n -= length_of_one(w->s, n, cases, COUNT(cases));
	if (bare > 2) /* smi is a word */
		n -= length_of_one(w->s, n, owned, COUNT(owned));
	n -= length_of_one(w->s, n, plural, COUNT(plural));
	if (n == w->n || n < 2 || w->first_vowel < n)
		return false;
	w->n = n;
	return true;
}

/*
 * -ni behind o and u is part of tomoni, qonuni, save for a list of nouns; -gani is gan and i, and
 * nearly all nouns in -me have an n behind it: fenomeni, biznesmeni.
 */
static bool cut_ni(struct uzbek_word *w)
{
	bool known, in_stem;

	if (!ends(w, "ni") || !uzbek_can_stem(w, w->n - 2, 2))
		return false;
	known = uzbek_in(w, LEXICON_O_FINAL, w->n - 2) || uzbek_in(w, LEXICON_KEEP, w->n - 2);
	in_stem = strchr("ouO", w->s[w->n - 3]) || ends(w, "gani") || ends(w, "kkani") ||
		  ends(w, "qqani") || ends(w, "uvCani") || (w->n > 4 && ends(w, "meni"));
	if (in_stem && !known)
		return false;
	w->n -= 2;
	return true;
}

/* kuning and insoning are "your day" and "your man", not ku-ning. */
static bool cut_ning(struct uzbek_word *w)
{
	if (!ends(w, "ning") || uzbek_in(w, LEXICON_KEEP, w->n - 3) || ends(w, "istoning"))
		return false;
	return cut(w, "ning", 2);
}

static bool cut_case(struct uzbek_word *w)
{
	if (guards_i(w))
		return false;
	if (ends(w, "iSiCa") || ends(w, "lariCa")) { /* aytishlaricha */
		w->n -= 2;
		return true;
	}
	if (cut(w, "gaCa", 2) || cut(w, "kaCa", 3) || cut(w, "qaCa", 3) || cut(w, "dek", 2) ||
	    cut(w, "day", 2) || cut(w, "dagi", 2) || cut(w, "niki", 2) || cut_ning(w) ||
	    cut(w, "dan", 2) || cut(w, "da", 2))
		return true;
	if (w->n >= 4 && cut(w, "ga", 2)) /* Bishkekga, for Bishkekka, is a frequent slip */
		return true;
	if ((ends(w, "kka") || ends(w, "qqa")) && uzbek_can_stem(w, w->n - 2, 2)) {
		w->n -= 2;
		return true;
	}
	return cut_ni(w);
}

/* Loans end in -us, native nouns in -u are listed: koronavirusi, but orzusi, menyusi. */
static bool ends_in_us(const struct uzbek_word *w)
{
	return w->n > 5 && ends(w, "usi") && !ends(w, "yusi") && !ends(w, "Gusi") &&
	       !uzbek_in(w, LEXICON_O_FINAL, w->n - 2) && !uzbek_in(w, LEXICON_KEEP, w->n - 2);
}

/* -si after a vowel, but only the i of majlisi. */
static bool cut_si(struct uzbek_word *w)
{
	bool is_s;

	if (!ends(w, "si") || w->n < 4 || !uzbek_is_vowel(w->s[w->n - 3]))
		return false;
	is_s = uzbek_in(w, LEXICON_VOWEL_S, w->n - 1) || ends(w, "Sunosi") || ends_in_us(w);
	w->n -= is_s ? 1 : 2;
	return true;
}

static bool cut_i(struct uzbek_word *w)
{
	if (!ends(w, "i") || !uzbek_can_stem(w, w->n - 1, 2) || uzbek_is_vowel(w->s[w->n - 2]))
		return false;
	if (w->n == 3 && !uzbek_is_vowel(w->s[0]))
		return false;
	w->n--;
	return true;
}

/* -im and -ing after a consonant, save where a noun is made of a verb: kirim, bilim. */
static bool cut_im_ing(struct uzbek_word *w)
{
	size_t len = ends(w, "im") ? 2 : ends(w, "ing") ? 3 : 0, left = w->n - len;

	if (len == 0 || left < 2 || uzbek_is_vowel(w->s[left - 1]))
		return false;
	if (uzbek_in(w, LEXICON_KEEP, left + 1)) { /* elchi-m */
		w->n = left + 1;
		return true;
	}
	if (w->s[left - 1] == 'y' && uzbek_in(w, LEXICON_O_FINAL, left - 1))
		left--; /* orzu-yim */
	if (uzbek_in(w, LEXICON_ROOT, left) && !uzbek_in(w, LEXICON_KEEP, left))
		return false;
	if (!uzbek_can_stem(w, left, uzbek_is_vowel(w->s[0]) ? 2 : 3))
		return false;
	w->n = left;
	return true;
}

/*
 * -m and -ng after a, and after the o and u of nouns that are known: oilam, orzum. A noun in -am
 * loses it in all its forms, so they stay together.
 */
static bool cut_m_ng(struct uzbek_word *w)
{
	size_t len = ends(w, "m") ? 1 : ends(w, "ng") ? 2 : 0, left = w->n - len;

	if (len == 0 || left < 3 || !uzbek_is_vowel(w->s[left - 1]) || w->first_vowel + 1 == left)
		return false;
	if (w->s[left - 1] != 'a' && !uzbek_in(w, LEXICON_O_FINAL, left))
		return false;
	w->n = left;
	return true;
}

static bool cut_possessive(struct uzbek_word *w)
{
	bool in_i = (ends(w, "imiz") && uzbek_in(w, LEXICON_KEEP, w->n - 3)) || /* elchi-miz */
		    (ends(w, "ingiz") && uzbek_in(w, LEXICON_KEEP, w->n - 4));

	if (!in_i && (cut(w, "imiz", 2) || cut(w, "ingiz", 2))) {
		if (ends(w, "y") && uzbek_in(w, LEXICON_O_FINAL, w->n - 1)) /* orzu-yimiz */
			w->n--;
		return true;
	}
	if (w->n > 4 && uzbek_is_vowel(w->s[w->n - 4]) && cut(w, "miz", 3))
		return true;
	if (w->n > 5 && uzbek_is_vowel(w->s[w->n - 5]) && cut(w, "ngiz", 3))
		return true;
	if (ends(w, "lari") && uzbek_can_stem(w, w->n - 1, 5)) {
		w->n--;
		return true;
	}
	if (cut_si(w))
		return true;
	if (ends(w, "yi") && uzbek_in(w, LEXICON_O_FINAL, w->n - 2)) { /* mavqeyi, not saroyi */
		w->n -= 2;
		return true;
	}
	return cut_i(w) || cut_im_ing(w) || cut_m_ng(w);
}

/*
 * A number that is counted, ranked or grouped: ikkita, ikkinchisi, minglab; whatever follows. Its
 * stem is the number. False when it is none, or the beginning of another word: birov.
 */
static bool cut_number(struct uzbek_word *w)
{
	static const struct uzbek_suffix of_number[] = {
		UZBEK_SUFFIX("ta"),  UZBEK_SUFFIX("inCi"), UZBEK_SUFFIX("nCi"),
		UZBEK_SUFFIX("lab"), UZBEK_SUFFIX("ala"),  UZBEK_SUFFIX("ov"),
	};
	uint64_t numbers = w->in[LEXICON_NUMBER];
	size_t n;

	if (numbers == 0)
		return false;
	n = (size_t)(64 - __builtin_clzll(numbers));
	if (w->in[LEXICON_KEEP] >> n)
		return false;
	for (size_t i = 0; i < COUNT(of_number); i++) {
		const struct uzbek_suffix *suffix = &of_number[i];

		if (w->n >= n + suffix->len && memcmp(w->s + n, suffix->text, suffix->len) == 0) {
			w->n = n;
			return true;
		}
	}
	return false;
}

/*
 * Take off the endings of nouns, outermost first, in at most four rounds. Returns true when
 * something came off.
 */
static bool cut_nominal(struct uzbek_word *w)
{
	size_t before = w->n;

	for (int round = 0; round < 4 && !is_kept(w); round++) {
		size_t round_begin = w->n;

		if (cut_case(w)) {
			if (is_kept(w))
				break;
			if (ends(w, "dagi") || ends(w, "niki")) /* no possessive i */
				continue;
		}
		if (cut_possessive(w) && (is_kept(w) || uzbek_in(w, LEXICON_DROP, w->n)))
			break;
		(void)cut(w, "lar", 2);
		if (!is_kept(w)) /* a little more: yaxshiroq */
			(void)(cut(w, "roq", 3) || cut(w, "roG", 3));
		if (w->n == round_begin || uzbek_in(w, LEXICON_IRREGULAR, w->n))
			break;
	}
	return w->n < before;
}

/* Words that are written together with the one before them. */
static const struct clitic {
	struct uzbek_suffix word;
	uint8_t least;    /* symbols that must stay */
	bool wants_clear; /* only behind an ending that leaves no doubt; mi also behind known words */
} clitics[] = {
	{UZBEK_SUFFIX("mikan"), 4, false}, {UZBEK_SUFFIX("mikin"), 4, false},
	{UZBEK_SUFFIX("midi"), 4, false},  {UZBEK_SUFFIX("mi"), 4, true},
	{UZBEK_SUFFIX("gina"), 3, false},  {UZBEK_SUFFIX("kina"), 3, false},
	{UZBEK_SUFFIX("qina"), 3, false},  {UZBEK_SUFFIX("Ci"), 4, true},
	{UZBEK_SUFFIX("ku"), 4, true},     {UZBEK_SUFFIX("ki"), 4, true},
	{UZBEK_SUFFIX("dir"), 3, false},
};

static const struct uzbek_suffix clear_ends[] = {
	UZBEK_SUFFIX("di"),  UZBEK_SUFFIX("gan"), UZBEK_SUFFIX("man"),  UZBEK_SUFFIX("san"),
	UZBEK_SUFFIX("miz"), UZBEK_SUFFIX("siz"), UZBEK_SUFFIX("dim"),  UZBEK_SUFFIX("ding"),
	UZBEK_SUFFIX("kan"), UZBEK_SUFFIX("qan"), UZBEK_SUFFIX("mas"),  UZBEK_SUFFIX("da"),
	UZBEK_SUFFIX("ti"),  UZBEK_SUFFIX("dik"), UZBEK_SUFFIX("ngiz"), UZBEK_SUFFIX("lar"),
};

static void cut_clitic(struct uzbek_word *w)
{
	for (size_t i = 0; i < COUNT(clitics); i++) {
		const struct clitic *c = &clitics[i];
		size_t left = w->n - c->word.len;
		bool known;

		if (!uzbek_ends_with(w->s, w->n, c->word.text, c->word.len))
			continue;
		known = uzbek_in(w, LEXICON_ROOT, left) || uzbek_in(w, LEXICON_KEEP, left);
		if (!known && !uzbek_can_stem(w, left, c->least))
			continue;
		if (c->wants_clear && !(known && strcmp(c->word.text, "mi") == 0) &&
		    !ends_in_one(w->s, left, clear_ends, COUNT(clear_ends)))
			continue;
		w->n = left;
		return;
	}
}

static size_t syllables(const struct uzbek_word *w)
{
	size_t count = 0;

	for (size_t i = 0; i < w->n; i++)
		count += uzbek_is_vowel(w->s[i]);
	return count;
}

/* Write what is left, with the vowel that it lost, and with q and k for g' and g at its end. */
static size_t write_stem(char out[UZBEK_STEM_MAX], struct uzbek_word *w)
{
	if (uzbek_in(w, LEXICON_DROP, w->n)) {
		struct str noun = uzbek_lexicon_value(w, w->n);

		memcpy(out, noun.ptr, noun.len);
		return noun.len;
	}
	if (syllables(w) >= 2) {
		if (ends(w, "G"))
			w->s[w->n - 1] = 'q';
		else if (ends(w, "g") && !ends(w, "ng"))
			w->s[w->n - 1] = 'k';
	}
	return uzbek_write(out, w->s, w->n);
}

static size_t write_irregular(char out[UZBEK_STEM_MAX], const struct uzbek_word *w)
{
	struct str stem = uzbek_lexicon_value(w, w->n);

	memcpy(out, stem.ptr, stem.len);
	return stem.len;
}

/* Words that are taken as they are; 0 when the word is none of them. */
static size_t write_known(char out[UZBEK_STEM_MAX], struct uzbek_word *w)
{
	if (is_kept(w))
		return write_stem(out, w);
	return uzbek_in(w, LEXICON_ROOT, w->n) ? uzbek_write(out, w->s, w->n) : 0;
}

/* Endings with which a word whose root is unknown may still be taken for a verb form. */
static const struct uzbek_suffix verbal[] = {
	UZBEK_SUFFIX("di"),        UZBEK_SUFFIX("dim"),      UZBEK_SUFFIX("ding"),
	UZBEK_SUFFIX("dik"),       UZBEK_SUFFIX("dilar"),    UZBEK_SUFFIX("dingiz"),
	UZBEK_SUFFIX("dingizlar"), UZBEK_SUFFIX("man"),      UZBEK_SUFFIX("miz"),
	UZBEK_SUFFIX("siz"),       UZBEK_SUFFIX("sizlar"),   UZBEK_SUFFIX("san"),
	UZBEK_SUFFIX("ti"),        UZBEK_SUFFIX("tilar"),    UZBEK_SUFFIX("sa"),
	UZBEK_SUFFIX("sak"),       UZBEK_SUFFIX("sam"),      UZBEK_SUFFIX("sang"),
	UZBEK_SUFFIX("sangiz"),    UZBEK_SUFFIX("salar"),    UZBEK_SUFFIX("sin"),
	UZBEK_SUFFIX("sinlar"),    UZBEK_SUFFIX("moq"),      UZBEK_SUFFIX("ib"),
	UZBEK_SUFFIX("ab"),        UZBEK_SUFFIX("iS"),       UZBEK_SUFFIX("aS"),
	UZBEK_SUFFIX("gan"),       UZBEK_SUFFIX("kkan"),     UZBEK_SUFFIX("qqan"),
	UZBEK_SUFFIX("aC"),        UZBEK_SUFFIX("unCa"),     UZBEK_SUFFIX("may"),
	UZBEK_SUFFIX("mas"),       UZBEK_SUFFIX("masdan"),   UZBEK_SUFFIX("moqda"),
	UZBEK_SUFFIX("moqCi"),     UZBEK_SUFFIX("ylik"),     UZBEK_SUFFIX("rkan"),
	UZBEK_SUFFIX("anar"),      UZBEK_SUFFIX("aSar"),     UZBEK_SUFFIX("tirar"),
	UZBEK_SUFFIX("ganCa"),     UZBEK_SUFFIX("moqCilar"), UZBEK_SUFFIX("mang"),
	UZBEK_SUFFIX("mangiz"),    UZBEK_SUFFIX("manglar"),  UZBEK_SUFFIX("yotir"),
	UZBEK_SUFFIX("anarlar"),   UZBEK_SUFFIX("aSarlar"),  UZBEK_SUFFIX("tirarlar"),
};

/* The same for participles and verbal nouns that came out from under the endings of nouns. */
static const struct uzbek_suffix verbal_noun[] = {
	UZBEK_SUFFIX("gan"),    UZBEK_SUFFIX("kkan"),     UZBEK_SUFFIX("qqan"),
	UZBEK_SUFFIX("ganlik"), UZBEK_SUFFIX("ganlig"),   UZBEK_SUFFIX("kanlik"),
	UZBEK_SUFFIX("kanlig"), UZBEK_SUFFIX("qanlik"),   UZBEK_SUFFIX("qanlig"),
	UZBEK_SUFFIX("iS"),     UZBEK_SUFFIX("aS"),       UZBEK_SUFFIX("maslik"),
	UZBEK_SUFFIX("maslig"), UZBEK_SUFFIX("moqCilik"), UZBEK_SUFFIX("moqCilig"),
	UZBEK_SUFFIX("mas"),    UZBEK_SUFFIX("moq"),      UZBEK_SUFFIX("moqCi"),
};

/* A protected word with the endings of nouns, unless the verb has the longer root: boshqarmaning. */
static bool is_kept_noun(const struct uzbek_word *w, const struct uzbek_stem *verb)
{
	struct uzbek_word noun = *w;

	if (!cut_nominal(&noun) || !is_kept(&noun))
		return false;
	if (noun.s[noun.n - 1] == 'i' && w->s[noun.n] == 'n' && w->s[noun.n + 1] == 'g')
		return false;                                  /* ber-ingiz, not beri-ngiz */
	return noun.n > verb->n + (noun.s[noun.n - 1] == 'a'); /* qaytamiz is qayt, not qayta */
}

size_t uzbek_stem(char out[UZBEK_STEM_MAX], struct str t1)
{
	struct uzbek_word w;
	struct uzbek_stem verb;
	size_t len;

	if (!uzbek_word_read(&w, t1)) {
		memcpy(out, t1.ptr, t1.len);
		return t1.len;
	}
	if (uzbek_in(&w, LEXICON_IRREGULAR, w.n))
		return write_irregular(out, &w);
	if (cut_number(&w) || cut_acronym(&w))
		return uzbek_write(out, w.s, w.n);
	len = write_known(out, &w);
	if (len)
		return len;
	if (!guards_i(&w)) { /* bitimi is bitim and i, not biti and mi */
		cut_clitic(&w);
		len = write_known(out, &w);
		if (len)
			return len;
	}
	if (!guards_i(&w) && uzbek_verb(&w, !ends_in_one(w.s, w.n, verbal, COUNT(verbal)), &verb) &&
	    !is_kept_noun(&w, &verb))
		return uzbek_write(out, verb.s, verb.n);
	(void)cut_nominal(&w);
	if (uzbek_in(&w, LEXICON_IRREGULAR, w.n))
		return write_irregular(out, &w);
	len = write_known(out, &w);
	if (len)
		return len;
	if (ends_in_one(w.s, w.n, verbal_noun, COUNT(verbal_noun)) && uzbek_verb(&w, false, &verb))
		return uzbek_write(out, verb.s, verb.n);
	return write_stem(out, &w);
}
