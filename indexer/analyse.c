/* Stems of a word in each language that it may belong to, with a cache: text repeats its words. */
#include "indexer/analyse.h"

#include <libstemmer.h>

#include "indexer/fold.h"
#include "indexer/letter.h"
#include "indexer/stop_words.h"
#include "indexer/uzbek.h"
#include "schema/base/arena.h"
#include "schema/base/utf8.h"

enum {
	CACHE_SLOTS = 1 << 14, /* times 128 bytes: 2 MiB */
	SLOT_BYTES = 115,
};

/* The folded word, its Cyrillic form and its stems, one behind the other. */
struct slot {
	uint64_t key; /* of folded word and Cyrillic form; 0 for an empty slot */
	uint8_t t1_len, cyrillic_len;
	uint8_t stem_len[STEM_COUNT];
	char bytes[SLOT_BYTES];
};

struct analyser {
	struct sb_stemmer *russian, *english;
	struct slot *slots;
	char stem[STEM_COUNT][UZBEK_STEM_MAX]; /* of the last word that was not in the cache */
};

enum status analyser_open(struct analyser **out)
{
	struct analyser *a = xmalloc(sizeof(*a));

	*a = (struct analyser){
		.russian = sb_stemmer_new("russian", "UTF_8"),
		.english = sb_stemmer_new("english", "UTF_8"),
		.slots = xmalloc(CACHE_SLOTS * sizeof(struct slot)),
	};
	memset(a->slots, 0, CACHE_SLOTS * sizeof(struct slot));
	if (!a->russian || !a->english) {
		analyser_close(a);
		return fail(ST_FAILED, "libstemmer lacks Russian or English");
	}
	*out = a;
	return ST_OK;
}

void analyser_close(struct analyser *a)
{
	if (!a)
		return;
	sb_stemmer_delete(a->russian);
	sb_stemmer_delete(a->english);
	free(a->slots);
	free(a);
}

static struct str snowball(struct sb_stemmer *stemmer, struct str word)
{
	const sb_symbol *stem =
		sb_stemmer_stem(stemmer, (const sb_symbol *)word.ptr, (int)word.len);
	int len = stem ? sb_stemmer_length(stemmer) : 0;

	return str_of((const char *)stem, len > 0 ? (size_t)len : 0);
}

/* The stem of the Cyrillic word, with ё as е, folded. */
static size_t russian_stem(struct analyser *a, struct str cyrillic, char out[UZBEK_STEM_MAX])
{
	_Static_assert((int)UZBEK_STEM_MAX >= (int)T1_ROOM, "a Russian stem is folded in place");
	char plain[4 * T1_MAX];
	struct letters letters = {.count = 0};
	struct str stem;
	size_t len = cyrillic.len < sizeof(plain) ? cyrillic.len : sizeof(plain);

	memcpy(plain, cyrillic.ptr, len);
	for (size_t i = 0; i + 1 < len; i++) {
		if (plain[i] != '\xD1' || plain[i + 1] != '\x91')
			continue;
		plain[i] = '\xD0';
		plain[i + 1] = '\xB5';
	}
	stem = snowball(a->russian, str_of(plain, len));
	for (size_t at = 0; at < stem.len && letters.count < LETTERS_MAX;)
		letters.at[letters.count++] = utf8_next(stem, &at);
	return fold_t1(out, &letters);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

static size_t english_stem(struct analyser *a, struct str t1, char out[UZBEK_STEM_MAX])
{
	struct str stem = str_head(snowball(a->english, t1), UZBEK_STEM_MAX);

	if (stem.len)
		memcpy(out, stem.ptr, stem.len);
	return stem.len;
}

/* Which stems a word gets is decided by its letters alone: no language needs to be known. */
static void stem_word(struct analyser *a, const struct token *word, size_t len[STEM_COUNT])
{
	bool uzbek_only = (word->traits & TOKEN_UZBEK) != 0;

	memset(len, 0, STEM_COUNT * sizeof(*len));
	if (!(word->traits & (TOKEN_CYRILLIC | TOKEN_LATIN)))
		return;
	len[STEM_UZ] = uzbek_stem(a->stem[STEM_UZ], word->t1);
	if ((word->traits & TOKEN_CYRILLIC) && !uzbek_only)
		len[STEM_RU] = russian_stem(a, word->cyrillic, a->stem[STEM_RU]);
	if ((word->traits & TOKEN_LATIN) && !uzbek_only && is_ascii(word->t1))
		len[STEM_EN] = english_stem(a, word->t1, a->stem[STEM_EN]);
}

/* Eight bytes at a time; only the cache depends on it. Never 0. */
static uint64_t mix(uint64_t hash, struct str s)
{
	for (size_t at = 0; at < s.len; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, s.ptr + at, s.len - at < 8 ? s.len - at : 8);
		hash = (hash ^ piece) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	return (hash ^ s.len) | 1;
}

static bool slot_holds(const struct slot *s, uint64_t key, const struct token *word)
{
	return s->key == key && s->t1_len == word->t1.len &&
	       s->cyrillic_len == word->cyrillic.len &&
	       memcmp(s->bytes, word->t1.ptr, s->t1_len) == 0 &&
	       (s->cyrillic_len == 0 ||
		memcmp(s->bytes + s->t1_len, word->cyrillic.ptr, s->cyrillic_len) == 0);
}

static void slot_keep(struct slot *s, uint64_t key, const struct token *word,
		      const struct stems *stems)
{
	const struct str parts[] = {word->t1, word->cyrillic, stems->of[STEM_UZ],
				    stems->of[STEM_RU], stems->of[STEM_EN]};
	size_t sum = 0, at = 0;

	for (size_t i = 0; i < COUNT(parts); i++)
		sum += parts[i].len;
	if (sum > SLOT_BYTES)
		return;
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (parts[i].len)
			memcpy(s->bytes + at, parts[i].ptr, parts[i].len);
		at += parts[i].len;
	}
	s->key = key;
	s->t1_len = (uint8_t)word->t1.len;
	s->cyrillic_len = (uint8_t)word->cyrillic.len;
	for (size_t k = 0; k < STEM_COUNT; k++)
		s->stem_len[k] = (uint8_t)stems->of[k].len;
}

void analyser_stems(struct analyser *a, const struct token *word, struct stems *out)
{
	const unsigned telling = TOKEN_CYRILLIC | TOKEN_LATIN | TOKEN_UZBEK;
	uint64_t key = mix(mix(word->traits & telling, word->t1), word->cyrillic);
	struct slot *slot = &a->slots[(key >> 32) % CACHE_SLOTS];
	size_t len[STEM_COUNT];

	if (slot_holds(slot, key, word)) {
		size_t at = (size_t)slot->t1_len + slot->cyrillic_len;

		for (size_t k = 0; k < STEM_COUNT; at += slot->stem_len[k++])
			out->of[k] = str_of(slot->bytes + at, slot->stem_len[k]);
		return;
	}
	stem_word(a, word, len);
	for (size_t k = 0; k < STEM_COUNT; k++)
		out->of[k] = str_of(a->stem[k], len[k]);
	slot_keep(slot, key, word, out);
}

bool analyse_is_stop_word(struct str t1)
{
	return stop_word_languages(t1) != 0;
}
