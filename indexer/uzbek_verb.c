/* The endings of Uzbek verbs: tense, person, participles, verbal nouns, and what stands before them. */
#include "indexer/uzbek_word.h"

/* What may follow the core of an ending, most often a person. */
/* clang-format off */
#define TAILS(X) \
	X(NONE, "") X(I, "i") X(LAR, "lar") X(LARI, "lari") X(LIK, "lik") X(LIG, "lig") \
	X(LIGI, "ligi") X(MAN, "man") X(SAN, "san") X(MIZ, "miz") X(SIZ, "siz") \
	X(SIZLAR, "sizlar") X(DIR, "dir") X(DIRLAR, "dirlar") X(DI, "di") X(DIM, "dim") \
	X(DING, "ding") X(DIK, "dik") X(DINGIZ, "dingiz") X(DILAR, "dilar") X(DAY, "day") \
	X(DEK, "dek") X(IMIZ, "imiz") X(IM, "im") X(INGIZ, "ingiz") X(ING, "ing") \
	X(KI, "ki") X(CHA, "Ca") X(TI, "ti") X(TILAR, "tilar") X(DAN, "dan") X(M, "m") \
	X(NG, "ng") X(K, "k") X(NGIZ, "ngiz") X(NGLAR, "nglar") X(NGIZLAR, "ngizlar") \
	X(YDI, "ydi") X(YDIM, "ydim") X(EDI, "edi") X(MISIZ, "misiz") X(MISAN, "misan") \
	X(ICHA, "iCa") X(IDI, "idi") X(IDIM, "idim") X(IDING, "iding") X(IDIK, "idik") \
	X(IDINGIZ, "idingiz") X(IDILAR, "idilar")
/* clang-format on */
#define AS_SUFFIX(name, text) UZBEK_SUFFIX(text),
#define AS_NAME(name, text) T_##name,
static const struct uzbek_suffix tails[] = {TAILS(AS_SUFFIX)};
enum tail { TAILS(AS_NAME) TAIL_COUNT };

#define T(name) (UINT64_C(1) << T_##name)
#define T_ANY_PERSON (T(MAN) | T(SAN) | T(MIZ) | T(SIZ) | T(SIZLAR))
#define T_PARTICIPLE                                                                               \
	(T(NONE) | T(I) | T(LAR) | T(LARI) | T(LIK) | T(LIG) | T(LIGI) | T(MAN) | T(SAN) |         \
	 T(MIZ) | T(SIZ) | T(DIR) | T(DI) | T(DIM) | T(DAY) | T(DEK) | T(IMIZ) | T(INGIZ))
/* kelganidi is kelgan edi */
#define T_PLUPERFECT (T(IDI) | T(IDIM) | T(IDING) | T(IDIK) | T(IDINGIZ) | T(IDILAR))
#define T_GAN                                                                                      \
	(T_PARTICIPLE | T_PLUPERFECT | T(SIZLAR) | T(MISIZ) | T(MISAN) | T(DING) | T(DIK) |        \
	 T(DINGIZ) | T(DILAR) | T(IM) | T(ING) | T(KI) | T(CHA) | T(ICHA))
#define T_FUTURE                                                                                   \
	(T(NONE) | T(I) | T(LAR) | T(LARI) | T(LIK) | T(LIG) | T(MAN) | T(SAN) | T(MIZ) | T(SIZ) | \
	 T(IMIZ) | T(INGIZ) | T(DIR) | T(DI) | T(DAY) | T(DEK))
#define T_INTENT (T_ANY_PERSON | T(NONE) | T(LAR) | T(DIR) | T(EDI) | T(LIK) | T(LIG) | T(LIGI))

/* How an ending joins its base; decides what an unknown base must look like. */
enum joint {
	JOINT_PLAIN, /* moqda, gan: after anything */
	JOINT_A,     /* after a consonant, with a */
	JOINT_Y,     /* after a vowel, with y */
	JOINT_I,     /* ib: after a consonant */
	JOINT_B,     /* b: after a vowel */
	JOINT_AR,    /* ardi */
	JOINT_R,     /* rdi: after a vowel */
	JOINT_PAST,  /* di sa */
	JOINT_WISH,  /* sin, aylik */
	JOINT_ISH,   /* verbal noun after a consonant */
	JOINT_SH,    /* after a vowel */
	JOINT_RARE,  /* too short to be trusted without a known root */
	JOINT_MADE,  /* the same, or behind what makes verbs: lan, lash, tir */
	JOINT_DONT,  /* mang: the same, or behind la */
};

static const struct ending {
	struct uzbek_suffix core;
	enum joint joint;
	uint64_t tails;
	const char *after; /* the base must end in one of them; NULL for anything */
} endings[] = {
	{UZBEK_SUFFIX("moqCi"), JOINT_PLAIN, T_INTENT, NULL},
	{UZBEK_SUFFIX("moqda"), JOINT_PLAIN, T_INTENT, NULL},
	{UZBEK_SUFFIX("ayap"), JOINT_MADE, T_ANY_PERSON | T(TI) | T(TILAR), NULL},
	{UZBEK_SUFFIX("yap"), JOINT_PLAIN, T_ANY_PERSON | T(TI) | T(TILAR), NULL},
	{UZBEK_SUFFIX("ayotgan"), JOINT_A, T_GAN, NULL},
	{UZBEK_SUFFIX("yotgan"), JOINT_Y, T_GAN, NULL},
	{UZBEK_SUFFIX("ayotir"), JOINT_A, T_ANY_PERSON | T(NONE) | T(LAR) | T(DI) | T(TI), NULL},
	{UZBEK_SUFFIX("ayotib"), JOINT_A, T_ANY_PERSON | T(NONE) | T(LAR) | T(DI) | T(TI), NULL},
	{UZBEK_SUFFIX("yotir"), JOINT_Y, T_ANY_PERSON | T(NONE) | T(LAR) | T(DI) | T(TI), NULL},
	{UZBEK_SUFFIX("yotib"), JOINT_Y, T_ANY_PERSON | T(NONE) | T(LAR) | T(DI) | T(TI), NULL},
	{UZBEK_SUFFIX("adigan"), JOINT_A, T_FUTURE, NULL},
	{UZBEK_SUFFIX("ydigan"), JOINT_Y, T_FUTURE, NULL},
	{UZBEK_SUFFIX("gunCa"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("kunCa"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("qunCa"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("gunga"), JOINT_PLAIN, T(NONE) | T(CHA), NULL},
	{UZBEK_SUFFIX("kunga"), JOINT_PLAIN, T(NONE) | T(CHA), NULL},
	{UZBEK_SUFFIX("qunga"), JOINT_PLAIN, T(NONE) | T(CHA), NULL},
	{UZBEK_SUFFIX("gudek"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("kudek"), JOINT_PLAIN, T(NONE), "k"},
	{UZBEK_SUFFIX("qudek"), JOINT_PLAIN, T(NONE), "q"},
	{UZBEK_SUFFIX("guday"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("gaC"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("kaC"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("qaC"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("gan"), JOINT_PLAIN, T_GAN, NULL},
	{UZBEK_SUFFIX("kan"), JOINT_PLAIN, T_GAN, "k"},
	{UZBEK_SUFFIX("qan"), JOINT_PLAIN, T_GAN, "q"},
	/* As it is spoken: tushkan, yetkan. */
	{UZBEK_SUFFIX("kan"), JOINT_RARE, T_GAN, "tSCps"},
	{UZBEK_SUFFIX("mas"), JOINT_PLAIN,
	 T_ANY_PERSON | T(NONE) | T(LIK) | T(LIG) | T(DAN) | T(DI) | T(DIM) | T(DIK) | T(LAR),
	 NULL},
	{UZBEK_SUFFIX("may"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("ib"), JOINT_I, T_ANY_PERSON | T(NONE) | T(DI) | T(DILAR) | T(TI) | T(TILAR),
	 NULL},
	{UZBEK_SUFFIX("b"), JOINT_B, T_ANY_PERSON | T(NONE) | T(DI) | T(DILAR) | T(TI), NULL},
	{UZBEK_SUFFIX("a"), JOINT_A, T_ANY_PERSON | T(DI) | T(DILAR), NULL},
	{UZBEK_SUFFIX("y"), JOINT_Y, T_ANY_PERSON | T(DI) | T(DILAR), NULL},
	{UZBEK_SUFFIX("ar"), JOINT_AR, T(DI) | T(DIM) | T(DING) | T(DIK) | T(DINGIZ) | T(DILAR),
	 NULL},
	{UZBEK_SUFFIX("armiS"), JOINT_AR, T(NONE), NULL},
	{UZBEK_SUFFIX("arkan"), JOINT_AR, T(NONE), NULL},
	{UZBEK_SUFFIX("r"), JOINT_R, T(DI) | T(DIM) | T(DING) | T(DIK) | T(DINGIZ) | T(DILAR),
	 NULL},
	{UZBEK_SUFFIX("rmiS"), JOINT_R, T(NONE), NULL},
	{UZBEK_SUFFIX("rkan"), JOINT_R, T(NONE), NULL},
	{UZBEK_SUFFIX("di"), JOINT_PAST,
	 T(NONE) | T(M) | T(NG) | T(K) | T(NGIZ) | T(LAR) | T(NGLAR) | T(NGIZLAR), NULL},
	{UZBEK_SUFFIX("sa"), JOINT_PAST,
	 T(NONE) | T(M) | T(NG) | T(K) | T(NGIZ) | T(LAR) | T(NGLAR) | T(NGIZLAR) | T(YDI) |
		 T(YDIM),
	 NULL},
	{UZBEK_SUFFIX("sin"), JOINT_WISH, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("ylik"), JOINT_WISH, T(NONE), NULL},
	{UZBEK_SUFFIX("aylik"), JOINT_WISH, T(NONE), NULL},
	{UZBEK_SUFFIX("ayik"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("ay"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("ayin"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("y"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("yin"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("ing"), JOINT_RARE, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("ng"), JOINT_RARE, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("ingiz"), JOINT_RARE, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("ngiz"), JOINT_RARE, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("ar"), JOINT_MADE, T_ANY_PERSON | T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("r"), JOINT_RARE, T_ANY_PERSON | T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("gi"), JOINT_RARE, T(M) | T(NG), NULL},
	{UZBEK_SUFFIX("qi"), JOINT_RARE, T(M) | T(NG), "q"},
	{UZBEK_SUFFIX("a"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("gin"), JOINT_RARE, T(NONE), NULL},
	{UZBEK_SUFFIX("mang"), JOINT_DONT, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("mangiz"), JOINT_DONT, T(NONE) | T(LAR), NULL},
	{UZBEK_SUFFIX("moq"), JOINT_PLAIN, T(NONE), NULL},
	{UZBEK_SUFFIX("iS"), JOINT_ISH, T(NONE) | T(IM) | T(ING), NULL},
	{UZBEK_SUFFIX("S"), JOINT_SH, T(NONE) | T(IM) | T(ING), NULL},
};

/* What may stand between a root and an ending: negation first, ability, reciprocal, passive. */
static const struct between {
	struct uzbek_suffix suffix;
	bool after_a_i; /* only behind these two vowels */
	bool after_consonant;
} betweens[] = {
	{UZBEK_SUFFIX("ma"), false, false},   {UZBEK_SUFFIX("iS"), false, false},
	{UZBEK_SUFFIX("S"), true, false},     {UZBEK_SUFFIX("il"), false, false},
	{UZBEK_SUFFIX("in"), false, false},   {UZBEK_SUFFIX("l"), true, false},
	{UZBEK_SUFFIX("n"), true, false},     {UZBEK_SUFFIX("aol"), false, false},
	{UZBEK_SUFFIX("yol"), true, false},   {UZBEK_SUFFIX("ol"), false, true},
	{UZBEK_SUFFIX("avor"), false, false}, {UZBEK_SUFFIX("vor"), true, false},
	{UZBEK_SUFFIX("iver"), false, false}, {UZBEK_SUFFIX("aver"), false, true},
	{UZBEK_SUFFIX("yver"), true, false},
};

/* What is left of the first `n` symbols without `b`, 0 when it does not stand there. */
static size_t peel(const struct uzbek_word *w, size_t n, const struct between *b)
{
	size_t left = n - b->suffix.len;
	char last;

	if (!uzbek_ends_with(w->s, n, b->suffix.text, b->suffix.len) || !uzbek_can_stem(w, left, 2))
		return 0;
	last = w->s[left - 1];
	if (b->after_a_i && last != 'a' && last != 'i')
		return 0;
	return b->after_consonant && uzbek_is_vowel(last) ? 0 : left;
}

/*
 * The length of the known root in the first `n` symbols, or 0. Negation stands behind all others:
 * boshqarmaning is of boshqarma, not "be not led".
 */
static size_t root_within(const struct uzbek_word *w, size_t n, bool inner)
{
	if (uzbek_in(w, LEXICON_ROOT, n))
		return n;
	if (n == 5 && memcmp(w->s, "ettir", n) == 0)
		return 2; /* davom ettirish is davom etish */
	for (size_t i = inner; i < COUNT(betweens); i++) {
		size_t left = peel(w, n, &betweens[i]);
		size_t root = left ? root_within(w, left, true) : 0;

		if (root)
			return root;
	}
	return 0;
}

static size_t known_root(const struct uzbek_word *w, size_t n)
{
	return root_within(w, n, false);
}

/* The same for the first `n` symbols and an a; `*with_a` when the root holds that a. */
static size_t known_root_a(const struct uzbek_word *w, size_t n, bool *with_a)
{
	size_t root = 0;

	*with_a = w->root_a >> (n - 1) & 1;
	if (*with_a)
		return n;
	if (w->s[n - 1] == 'm' && uzbek_can_stem(w, n - 1, 2))
		root = known_root(w, n - 1);
	return root;
}

static bool is_eat_or_say(const struct uzbek_word *w, size_t n)
{
	return n == 2 && (memcmp(w->s, "de", 2) == 0 || memcmp(w->s, "ye", 2) == 0);
}

static bool ending_is(const struct uzbek_word *w, size_t n, const char *ending)
{
	return w->n - n == strlen(ending) && memcmp(w->s + n, ending, w->n - n) == 0;
}

/* Short endings need a known root, and are not trusted where a noun is as likely. */
static bool rare_fits(const struct uzbek_word *w, size_t n)
{
	if (uzbek_ends(w->s, w->n, "lar") && !uzbek_ends(w->s, w->n, "nglar") &&
	    !uzbek_ends(w->s, w->n, "ngizlar") &&
	    !(ending_is(w, n, "ar") && uzbek_in(w, LEXICON_ROOT, n)))
		return false;
	if ((ending_is(w, n, "gim") || ending_is(w, n, "ging")) && uzbek_is_vowel(w->s[n - 1]))
		return false; /* istagim is of istak */
	if (is_eat_or_say(w, n) && !ending_is(w, n, "y") && !ending_is(w, n, "yin") &&
	    !ending_is(w, n, "r") && !ending_is(w, n, "ng"))
		return false;
	return !(n == 2 && ending_is(w, n, "a"));
}

/* Where each ending of the table may begin in this word. */
struct places {
	uint64_t tails_at[T1_MAX + 1]; /* tails that make up the rest of the word from here */
	size_t from;                   /* the first index with any */
};

static void find_tails(struct places *p, const struct uzbek_word *w)
{
	memset(p->tails_at, 0, (w->n + 1) * sizeof(p->tails_at[0]));
	p->from = w->n;
	for (size_t t = 0; t < TAIL_COUNT; t++) {
		size_t at = w->n - tails[t].len;

		if (!uzbek_ends_with(w->s, w->n, tails[t].text, tails[t].len))
			continue;
		p->tails_at[at] |= UINT64_C(1) << t;
		if (at < p->from)
			p->from = at;
	}
}

/*
 * The next base, from `*at` on, that ending `e` leaves; its length, or 0 when there is none.
 * `*at` is where the search goes on.
 */
static size_t next_base(const struct places *p, const struct uzbek_word *w, const struct ending *e,
			size_t *at)
{
	for (; *at <= w->n; ++*at) {
		size_t base;

		if (!(p->tails_at[*at] & e->tails) || *at <= e->core.len ||
		    !uzbek_ends_with(w->s, *at, e->core.text, e->core.len))
			continue;
		base = *at - e->core.len;
		if (e->after && !strchr(e->after, w->s[base - 1]))
			continue;
		++*at;
		return base;
	}
	return 0;
}

/* The longest base that holds a known root, over all endings. */
static bool find_known(const struct places *p, const struct uzbek_word *w, struct uzbek_stem *out)
{
	size_t longest = 0;

	for (size_t i = 0; i < COUNT(endings); i++) {
		const struct ending *e = &endings[i];
		size_t at = p->from, base;

		while ((base = next_base(p, w, e, &at)) != 0) {
			bool with_a = false;
			size_t root;

			if (base <= longest ||
			    (!uzbek_can_stem(w, base, 2) && !is_eat_or_say(w, base)) ||
			    ((e->joint == JOINT_RARE || e->joint == JOINT_MADE) &&
			     !rare_fits(w, base)))
				continue;
			root = known_root(w, base);
			if (!root && (e->joint == JOINT_A || e->joint == JOINT_AR))
				root = known_root_a(w, base, &with_a);
			if (!root)
				continue;
			longest = base;
			memcpy(out->s, w->s, root);
			out->n = root;
			if (with_a)
				out->s[out->n++] = 'a';
		}
	}
	return longest > 0;
}

static bool stem_ends(const struct uzbek_stem *s, const char *suffix)
{
	return uzbek_ends(s->s, s->n, suffix);
}

/* Take negation, ability and passive off a base that is no known root. */
static void mend_guess(struct uzbek_stem *s, size_t first_vowel)
{
	bool has_stem = s->n >= 5 && s->n - 2 > first_vowel;

	if ((stem_ends(s, "ma") && has_stem && s->s[s->n - 3] != 'l') ||
	    (stem_ends(s, "lama") && s->n > 5))
		s->n -= 2;
	if ((stem_ends(s, "aol") || stem_ends(s, "yol")) && s->n > 5)
		s->n -= 3;
	if ((stem_ends(s, "il") || stem_ends(s, "in")) && s->n >= 5 &&
	    !uzbek_is_vowel(s->s[s->n - 3]))
		s->n -= 2;
	else if ((stem_ends(s, "lan") && s->n >= 5) || (stem_ends(s, "laS") && s->n >= 6))
		s->n -= 1;
}

/* A base that ends in a and one of these letters before it may be a verb. */
static bool ends_in_a_after(const struct uzbek_word *w, size_t n, const char *letters)
{
	return n >= 4 && w->s[n - 1] == 'a' && strchr(letters, w->s[n - 2]) != NULL;
}

/* Endings that make verbs from nouns and adjectives, or from other verbs. */
static bool is_made(const struct uzbek_word *w, size_t n)
{
	static const char *const made[] = {"lan", "laS", "tir", "dir"};

	for (size_t i = 0; i < COUNT(made); i++)
		if (n >= 5 && uzbek_ends(w->s, n, made[i]))
			return true;
	return false;
}

/* May the first `n` symbols, not a known root, be the base of an ending that joins in this way? */
static bool guess_fits(const struct uzbek_word *w, size_t n, enum joint joint)
{
	bool after_vowel = uzbek_is_vowel(w->s[n - 1]);

	switch (joint) {
	case JOINT_PLAIN:
	case JOINT_A:
	case JOINT_AR:
	case JOINT_WISH:
		return true;
	case JOINT_Y:
		return after_vowel;
	case JOINT_R:
		return ends_in_a_after(w, n, "lr");
	case JOINT_I:
	case JOINT_ISH:
		return !after_vowel;
	case JOINT_B:
		return ends_in_a_after(w, n, "lrSntxG");
	case JOINT_PAST:
		return !after_vowel || ends_in_a_after(w, n, "lrSnm");
	case JOINT_SH:
		return ends_in_a_after(w, n, "lrntxGyk");
	case JOINT_RARE:
		return false;
	case JOINT_MADE:
		return is_made(w, n);
	case JOINT_DONT:
		return is_made(w, n) || ends_in_a_after(w, n, "l");
	}
	return false;
}

/* A past behind n, r or m: of verbs mostly -landi, -tirdi; of nouns fondi, farzandim, rekording. */
static bool is_possessed(const struct uzbek_word *w, size_t n)
{
	return (ending_is(w, n, "di") || ending_is(w, n, "dim") || ending_is(w, n, "ding")) &&
	       strchr("nrm", w->s[n - 1]) && !is_made(w, n);
}

/* Without a known root respublikamiz is "our republic", and kassalar are several. */
static bool is_rather_noun(const struct uzbek_word *w, size_t n)
{
	if (ending_is(w, n, "ylik") && is_made(w, n - 1))
		return true; /* gaplash-aylik */
	return (ending_is(w, n, "amiz") && !is_made(w, n)) || is_possessed(w, n) ||
	       (w->s[n - 1] == 's' && w->s[n] == 's') ||
	       (ending_is(w, n, "ylik") && w->s[n - 1] != 'a');
}

/* borma-di and borma-yotgan, not borm-adi and borm-ayotgan. */
static bool is_negative(const struct uzbek_word *w, size_t n)
{
	if (w->s[n - 1] != 'm')
		return false;
	return ending_is(w, n, "adi") || ending_is(w, n, "adilar") ||
	       (w->n - n > 4 && memcmp(w->s + n, "ayot", 4) == 0);
}

/* imzol-ayotgan comes from imzola, tuzil-adi from tuzil. */
static bool wants_a(const struct uzbek_stem *s, enum joint joint)
{
	return (joint == JOINT_A || joint == JOINT_AR) && stem_ends(s, "l") &&
	       !stem_ends(s, "il") && s->n >= 3;
}

static bool guess(const struct places *p, const struct uzbek_word *w, struct uzbek_stem *out)
{
	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t at = p->from, base = next_base(p, w, &endings[i], &at);

		if (!base || !uzbek_can_stem(w, base, 3) ||
		    !guess_fits(w, base, endings[i].joint) || is_rather_noun(w, base) ||
		    is_negative(w, base))
			continue;
		memcpy(out->s, w->s, base);
		out->n = base;
		if (wants_a(out, endings[i].joint))
			out->s[out->n++] = 'a';
		mend_guess(out, w->first_vowel);
		return true;
	}
	return false;
}

bool uzbek_verb(const struct uzbek_word *w, bool known_only, struct uzbek_stem *out)
{
	struct places p;

	find_tails(&p, w);
	if (find_known(&p, w, out))
		return true;
	return !known_only && guess(&p, w, out);
}
