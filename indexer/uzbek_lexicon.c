/* The word lists of the Uzbek stemmer, and the walk that looks up all beginnings of a word at once. */
#include "indexer/uzbek_word.h"

struct entry {
	const char *word;
	const char *value; /* NULL in the lists of one column */
};

#define ROOT(word)
#define KEEP(word)
#define VOWEL_S(word)
#define O_FINAL(word)
#define DROP(word, value)
#define IRREGULAR(word, value)

#undef ROOT
#define ROOT(word) {word, NULL},
static const struct entry roots[] = {
#include "indexer/uzbek_lexicon.def"
};
#undef ROOT
#define ROOT(word)

#undef KEEP
#define KEEP(word) {word, NULL},
static const struct entry kept[] = {
#include "indexer/uzbek_lexicon.def"
};
#undef KEEP
#define KEEP(word)

#undef VOWEL_S
#define VOWEL_S(word) {word, NULL},
static const struct entry vowel_s[] = {
#include "indexer/uzbek_lexicon.def"
};
#undef VOWEL_S
#define VOWEL_S(word)

#undef O_FINAL
#define O_FINAL(word) {word, NULL},
static const struct entry o_final[] = {
#include "indexer/uzbek_lexicon.def"
};
#undef O_FINAL
#define O_FINAL(word)

#undef DROP
#define DROP(word, value) {word, value},
static const struct entry drops[] = {
#include "indexer/uzbek_lexicon.def"
};
#undef DROP
#define DROP(word, value)

#undef IRREGULAR
#define IRREGULAR(word, value) {word, value},
static const struct entry irregular[] = {
#include "indexer/uzbek_lexicon.def"
};

static const struct {
	const struct entry *entries;
	size_t count;
} lists[LEXICON_LISTS] = {
	[LEXICON_ROOT] = {roots, COUNT(roots)},
	[LEXICON_KEEP] = {kept, COUNT(kept)},
	[LEXICON_VOWEL_S] = {vowel_s, COUNT(vowel_s)},
	[LEXICON_O_FINAL] = {o_final, COUNT(o_final)},
	[LEXICON_DROP] = {drops, COUNT(drops)},
	[LEXICON_IRREGULAR] = {irregular, COUNT(irregular)},
};

/* The entries [low, high) of one list that begin with the bytes read so far. */
struct span {
	const struct entry *entries;
	size_t low, high;
};

/* Keep the entries whose byte at `at` is `c`; those before it are equal already. */
static void narrow(struct span *s, size_t at, char c)
{
	size_t low = s->low, high = s->high, end = s->high;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((unsigned char)s->entries[middle].word[at] < (unsigned char)c)
			low = middle + 1;
		else
			high = middle;
	}
	s->low = low;
	high = end;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((unsigned char)s->entries[middle].word[at] <= (unsigned char)c)
			low = middle + 1;
		else
			high = middle;
	}
	s->high = low;
}

/* Is the text read so far a whole entry? It would be the first of those that begin with it. */
static bool is_whole(const struct span *s, size_t len)
{
	return s->low < s->high && s->entries[s->low].word[len] == '\0';
}

static void ask(struct uzbek_word *w, enum lexicon_list list, struct str t1, const uint8_t *ends)
{
	struct span s = {lists[list].entries, 0, lists[list].count};
	size_t at = 0;

	for (size_t k = 0; k < w->n && s.low < s.high; k++) {
		for (; at < ends[k] && s.low < s.high; at++)
			narrow(&s, at, t1.ptr[at]);
		if (is_whole(&s, at)) {
			w->in[list] |= UINT64_C(1) << k;
			if (list >= LEXICON_DROP)
				w->place[list - LEXICON_DROP][k] = (uint16_t)s.low;
		}
		if (list == LEXICON_ROOT && s.low < s.high) {
			struct span with_a = s;

			narrow(&with_a, at, 'a');
			if (is_whole(&with_a, at + 1))
				w->root_a |= UINT64_C(1) << k;
		}
	}
}

void uzbek_lexicon_ask(struct uzbek_word *w, struct str t1, const uint8_t *ends)
{
	memset(w->in, 0, sizeof(w->in));
	w->root_a = 0;
	for (size_t list = 0; list < LEXICON_LISTS; list++)
		ask(w, (enum lexicon_list)list, t1, ends);
}

struct str uzbek_lexicon_value(const struct uzbek_word *w, enum lexicon_list list, size_t n)
{
	size_t i = w->place[list - LEXICON_DROP][n - 1];

	return str_c(lists[list].entries[i].value);
}

size_t uzbek_lexicon_count(enum lexicon_list list)
{
	return lists[list].count;
}

const char *uzbek_lexicon_word(enum lexicon_list list, size_t i)
{
	return lists[list].entries[i].word;
}
