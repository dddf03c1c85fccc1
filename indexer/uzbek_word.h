/*
 * A word while the Uzbek stemmer works on it. The letters o' g' sh ch are one symbol each, written
 * O G S C, so that a length counts letters. Suffixes only ever come off the end: every question to
 * the lexicon is about the first so many symbols, and all are answered by one walk through it.
 */
#ifndef INDEXER_UZBEK_WORD_H
#define INDEXER_UZBEK_WORD_H

#include "indexer/uzbek.h"

enum lexicon_list {
	LEXICON_ROOT,      /* verb roots */
	LEXICON_KEEP,      /* words that end like a suffix, and those most in use */
	LEXICON_VOWEL_S,   /* nouns in vowel and s: majlisi loses i, not si */
	LEXICON_O_FINAL,   /* nouns in o and u that take -ni: dunyoni */
	LEXICON_NUMBER,    /* ikkita, ikkinchi, minglab lose what follows it */
	LEXICON_DROP,      /* stems that lost a vowel, and the noun: burn, burun */
	LEXICON_IRREGULAR, /* forms and their stem: menga, men */
	LEXICON_LISTS
};

struct uzbek_word {
	char s[T1_MAX + 1];         /* symbols */
	size_t n;                   /* how many of them are left */
	size_t first_vowel;         /* its index; T1_MAX when there is none */
	uint64_t in[LEXICON_LISTS]; /* bit k: the first k + 1 symbols are in the list */
	uint64_t root_a;            /* bit k: the first k + 1 symbols and an a are a root */
	uint16_t place[T1_MAX];     /* where in the lexicon the first k + 1 symbols stand */
};

/* A stem that is not merely the beginning of its word. */
struct uzbek_stem {
	char s[UZBEK_STEM_MAX];
	size_t n;
};

/* Read T1. False for what has no Uzbek stem: other letters, too long, too short, digits first. */
bool uzbek_word_read(struct uzbek_word *w, struct str t1) NONNULL;

/* Write symbols as T1 again; returns bytes. */
size_t uzbek_write(char out[UZBEK_STEM_MAX], const char *symbols, size_t n) NONNULL;

/* Ask the lexicon about every beginning of `t1`; `ends[k]` is where symbol k ends in it. */
void uzbek_lexicon_ask(struct uzbek_word *w, struct str t1, const uint8_t *ends) NONNULL;

/* The second column for the first `n` symbols, which are in DROP or IRREGULAR (never in both). */
struct str uzbek_lexicon_value(const struct uzbek_word *w, size_t n) NONNULL;

/* The number of entries, and the word of one of them, for a test of their order. */
size_t uzbek_lexicon_count(void);
const char *uzbek_lexicon_word(size_t i);

static inline bool uzbek_is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'O';
}

static inline bool uzbek_in(const struct uzbek_word *w, enum lexicon_list list, size_t n)
{
	return n > 0 && (w->in[list] >> (n - 1) & 1);
}

/* May the first `n` symbols be a stem: enough of them, and a vowel among them? */
static inline bool uzbek_can_stem(const struct uzbek_word *w, size_t n, size_t least)
{
	return n >= least && n > w->first_vowel;
}

/* A suffix with its length, so that a list of them is searched fast. */
struct uzbek_suffix {
	char text[11];
	uint8_t len;
};
#define UZBEK_SUFFIX(text)                                                                         \
	{                                                                                          \
		text, sizeof("" text "") - 1                                                       \
	}

/* Most words end otherwise, which the last symbol tells. */
static inline bool uzbek_ends_with(const char *s, size_t n, const char *suffix, size_t len)
{
	if (len == 0)
		return true;
	if (n < len || s[n - 1] != suffix[len - 1])
		return false;
	for (size_t i = 0; i + 1 < len; i++)
		if (s[n - len + i] != suffix[i])
			return false;
	return true;
}

static inline bool uzbek_ends(const char *s, size_t n, const char *suffix)
{
	return uzbek_ends_with(s, n, suffix, strlen(suffix));
}

/*
 * Take the word as a verb form. `known_only` accepts known roots only, otherwise a root may be
 * guessed from the ending. False when it is no verb form.
 */
bool uzbek_verb(const struct uzbek_word *w, bool known_only, struct uzbek_stem *out) NONNULL;

#endif
