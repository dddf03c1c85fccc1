/* The lexicon of the Uzbek stemmer, and the walk that looks up all beginnings of a word at once. */
#include "indexer/uzbek_word.h"

struct entry {
	char word[16];
	uint8_t list;
	const char *value; /* NULL in the lists of one column */
};

#define ROOT(word) {word, LEXICON_ROOT, NULL},
#define KEEP(word) {word, LEXICON_KEEP, NULL},
#define VOWEL_S(word) {word, LEXICON_VOWEL_S, NULL},
#define O_FINAL(word) {word, LEXICON_O_FINAL, NULL},
#define NUMBER(word) {word, LEXICON_NUMBER, NULL},
#define DROP(word, value) {word, LEXICON_DROP, value},
#define IRREGULAR(word, value) {word, LEXICON_IRREGULAR, value},

static const struct entry entries[] = {
#include "indexer/uzbek_lexicon.def"
};

/* The entries [low, high) that begin with the bytes read so far. */
struct span {
	size_t low, high;
};

/* The first entry of the span whose byte at `at` is at least `c`; the bytes before it are equal. */
static size_t first_from(struct span span, size_t at, unsigned c)
{
	while (span.low < span.high) {
		size_t middle = span.low + (span.high - span.low) / 2;

		if ((unsigned char)entries[middle].word[at] < c)
			span.low = middle + 1;
		else
			span.high = middle;
	}
	return span.low;
}

static struct span narrow(struct span span, size_t at, char c)
{
	span.low = first_from(span, at, (unsigned char)c);
	span.high = first_from(span, at, (unsigned char)c + 1u);
	return span;
}

/* The lists in which the first `len` bytes, which all of the span begin with, are a word. */
static unsigned lists_of(struct span span, size_t len, uint16_t *place)
{
	unsigned lists = 0;

	for (; span.low < span.high && entries[span.low].word[len] == '\0'; span.low++) {
		lists |= 1u << entries[span.low].list;
		if (entries[span.low].value)
			*place = (uint16_t)span.low;
	}
	return lists;
}

void uzbek_lexicon_ask(struct uzbek_word *w, struct str t1, const uint8_t *ends)
{
	struct span span = {0, COUNT(entries)};
	size_t at = 0;

	memset(w->in, 0, sizeof(w->in));
	w->root_a = 0;
	for (size_t k = 0; k < w->n && span.low < span.high; k++) {
		uint16_t unused;
		unsigned lists;

		for (; at < ends[k] && span.low < span.high; at++)
			span = narrow(span, at, t1.ptr[at]);
		if (span.low == span.high)
			return;
		lists = lists_of(span, at, &w->place[k]);
		for (size_t list = 0; list < LEXICON_LISTS; list++)
			w->in[list] |= (uint64_t)(lists >> list & 1) << k;
		lists = lists_of(narrow(span, at, 'a'), at + 1, &unused);
		w->root_a |= (uint64_t)(lists >> LEXICON_ROOT & 1) << k;
	}
}

struct str uzbek_lexicon_value(const struct uzbek_word *w, size_t n)
{
	return str_c(entries[w->place[n - 1]].value);
}

size_t uzbek_lexicon_count(void)
{
	return COUNT(entries);
}

const char *uzbek_lexicon_word(size_t i)
{
	return entries[i].word;
}
