/*
 * From written text to folded words. Uzbek Latin and Cyrillic, Russian and English come out in one
 * form, "T1": lower-case ASCII Latin in which o' and g' are kept and other apostrophes dropped, so
 * that a word is the same whatever script, apostrophe or case its author used.
 * The same functions serve indexing, queries, snippets, titles, completion and slugs.
 */
#ifndef INDEXER_SCRIPT_H
#define INDEXER_SCRIPT_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"
#include "schema/base/str.h"

enum { T1_MAX = 64 }; /* bytes of one folded word; longer ones are cut */

enum token_trait {
	TOKEN_CYRILLIC = 1, /* most of its letters are Cyrillic */
	TOKEN_LATIN = 2,    /* most of its letters are Latin */
	TOKEN_UZBEK = 4,    /* holds a letter only Uzbek has: ў қ ғ ҳ, or o' g' in Latin */
	TOKEN_RUSSIAN = 8,  /* holds ы or щ */
	TOKEN_NUMBER = 16,  /* only digits */
	TOKEN_ACRONYM = 32, /* two or more letters, all upper case */
	TOKEN_CAPITALS =
		64, /* two or more upper case and others, as an acronym with an ending: BMTning */
};

struct token {
	size_t start, len;  /* bytes in the text it came from: the whole written word */
	uint32_t position;  /* 0, 1, 2 ...; neighbours are one apart */
	unsigned traits;    /* enum token_trait, or-ed */
	struct str written; /* the bytes as they stand in the text */
	struct str t1;      /* in the tokeniser's own memory, until the next call; never empty */
	struct str
		cyrillic; /* for Cyrillic words: lower case, normalised, for the Russian stemmer */
};

struct tokeniser {
	struct str text;
	size_t at;
	uint32_t position;
	char t1[T1_MAX + 8];
	char lower[4 * T1_MAX];
};

/* Begin a walk through `text`, which must outlive it. Any bytes are accepted. */
void tokeniser_init(struct tokeniser *t, struct str text) NONNULL;

/* The next word; false at the end. */
bool tokeniser_next(struct tokeniser *t, struct token *out) NONNULL;

/*
 * Pass over words whose folded form certainly begins with none of the bytes: a fifth of the cost of
 * reading them. Others may remain; places and positions are as if all had been read.
 */
void tokeniser_skip(struct tokeniser *t, const bool begins[256]) NONNULL;

/*
 * All words of `text` folded and joined by one space: the key under which titles are compared. Folding
 * what is folded changes nothing.
 */
void script_fold(struct buf *out, struct str text) NONNULL;

/* The same key in an arena. */
struct str script_key(struct arena *mem, struct str text) NONNULL MUST_USE;

/*
 * The folded words joined by "-", without apostrophes, [a-z0-9-] only, whole words up to 80 bytes: the
 * slug of a title. Empty when it has no letter of Latin or Cyrillic and no digit.
 */
void script_slug(struct buf *out, struct str text) NONNULL;

/*
 * The language of a text by its letters and commonest words: "uz-Latn", "uz-Cyrl", "ru", "en",
 * or "" when there is too little of it to tell. Reads at most the first 8 KiB.
 */
const char *script_language(struct str text);

/* True for one of the four tags above. */
bool script_is_language(struct str tag);

#endif
