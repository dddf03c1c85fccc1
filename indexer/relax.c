/*
 * Other spellings of a word that people mean when they type it: Uzbek letters typed without their
 * apostrophe, x for h and k for q, a Russian keyboard, text without any Uzbek letter, names whose
 * y is left out.
 */
#include "indexer/relax.h"

enum {
	RELAX_TOGGLES = 7,
	STRIP_LETTERS = 5 /* shorter words would find too many others: o't, ot */
};

struct toggle {
	const char *from, *to;
};

static const struct toggle LATIN[] = {{"o", "o'"}, {"g", "g'"}, {"x", "h"}, {"h", "x"}, {"k", "q"}};
static const struct toggle CYRILLIC[] = {{"u", "o'"}, {"k", "q"}, {"g", "g'"}, {"x", "h"}};
static const struct toggle STRIP[] = {{"o'", "o"}, {"g'", "g"}};
static const struct toggle RUSSIAN[] = {{"o'", "u"}, {"g'", "g"}, {"q", "k"}, {"h", "x"}};

struct spot {
	size_t at;
	const struct toggle *toggle;
};

static bool holds(struct str word, const char *letters)
{
	return str_search(word, str_c(letters)) >= 0;
}

/* sh, ch, yu and the like are one letter; o' and g' are complete. */
static bool part_of_other(struct str word, size_t at)
{
	char before = at ? word.ptr[at - 1] : '\0';
	char after = at + 1 < word.len ? word.ptr[at + 1] : '\0';

	switch (word.ptr[at]) {
	case 'h':
		return before == 's' || before == 'c';
	case 'u':
		return before == 'y';
	case 'o':
	case 'g':
		return after == '\'';
	default:
		return false;
	}
}

static size_t find_spots(struct spot *out, struct str word, const struct toggle *toggles,
			 size_t count)
{
	size_t found = 0;

	for (size_t at = 0; at < word.len && found < RELAX_TOGGLES; at++)
		for (size_t i = 0; i < count && found < RELAX_TOGGLES; i++)
			if (word.ptr[at] == toggles[i].from[0] && !part_of_other(word, at))
				out[found++] = (struct spot){at, &toggles[i]};
	return found;
}

static struct str apply(struct arena *mem, struct str word, const struct spot *spots, size_t count,
			unsigned chosen)
{
	AUTO(buf) struct buf out = {0};
	size_t from = 0;

	for (size_t i = 0; i < count; i++) {
		if (!(chosen >> i & 1))
			continue;
		buf_add(&out, word.ptr + from, spots[i].at - from);
		buf_c_add(&out, spots[i].toggle->to);
		from = spots[i].at + 1;
	}
	buf_str_add(&out, str_from(word, from));
	return buf_keep(&out, mem);
}

/* Every subset of the spots, those with few changes first. */
static size_t toggle_spots(struct str *out, struct arena *mem, struct str word,
			   const struct spot *spots, size_t count)
{
	size_t made = 0;

	for (int changes = 1; changes <= (int)count; changes++)
		for (unsigned chosen = 1; chosen < 1U << count; chosen++)
			if (__builtin_popcount(chosen) == changes && made < RELAX_MAX)
				out[made++] = apply(mem, word, spots, count, chosen);
	return made;
}

/* All places at once. */
static struct str replace_all(struct arena *mem, struct str word, const struct toggle *toggles,
			      size_t count)
{
	AUTO(buf) struct buf out = {0};

	for (size_t at = 0; at < word.len;) {
		const struct toggle *found = NULL;

		for (size_t i = 0; i < count && !found; i++)
			if (str_starts(str_from(word, at), str_c(toggles[i].from)))
				found = &toggles[i];
		if (found && !(found->from[0] == 'h' && part_of_other(word, at))) {
			buf_c_add(&out, found->to);
			at += strlen(found->from);
		} else {
			buf_byte(&out, word.ptr[at++]);
		}
	}
	return buf_keep(&out, mem);
}

/* ye and e, ts and s at the beginning. */
static size_t toggle_beginning(struct str *out, struct arena *mem, struct str word)
{
	if (str_starts(word, STR("ye")) || str_starts(word, STR("ts"))) {
		out[0] = arena_str(mem, str_from(word, 1));
		return 1;
	}
	if (str_starts(word, STR("e"))) {
		out[0] = arena_printf(mem, "y%.*s", STR_ARG(word));
		return 1;
	}
	if (str_starts(word, STR("s")) && !str_starts(word, STR("sh"))) {
		out[0] = arena_printf(mem, "t%.*s", STR_ARG(word));
		return 1;
	}
	return 0;
}

static bool is_vowel(char letter)
{
	return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

/*
 * The first e behind a vowel, inside the word: Mirziyoev and Alieva lack its y (mirziyoyev, aliyeva);
 * in Cyrillic, where the fold has put it, it may be meant as yo, of which the dots are left out.
 */
static size_t mend_vowels(struct str *out, struct arena *mem, const struct query_word *word)
{
	bool cyrillic = (word->traits & TOKEN_CYRILLIC) != 0;
	struct str t1 = word->t1;

	for (size_t at = 1; at + 1 < t1.len; at++) {
		bool folded = t1.ptr[at - 1] == 'y' && at > 1 && is_vowel(t1.ptr[at - 2]);
		const char *yo = t1.ptr[at + 1] == 'e' ? "oy" : "o"; /* -eev is folded -eyev */

		if (t1.ptr[at] != 'e' || !(cyrillic ? folded : is_vowel(t1.ptr[at - 1])))
			continue;
		out[0] = arena_printf(mem, "%.*s%s%.*s", STR_ARG(str_head(t1, at)),
				      cyrillic ? yo : "ye", STR_ARG(str_from(t1, at + 1)));
		return 1;
	}
	return 0;
}

/* The Russian ц inside a word: konstitutsiya is also written konstitusiya. */
static size_t mend_ts(struct str *out, struct arena *mem, struct str word)
{
	for (size_t at = 1; at + 2 < word.len; at++) {
		struct str rest = str_from(word, at);
		bool ts = str_starts(rest, STR("tsi"));

		if (!is_vowel(word.ptr[at - 1]) || !(ts || str_starts(rest, STR("si"))))
			continue;
		out[0] = arena_printf(mem, "%.*s%s%.*s", STR_ARG(str_head(word, at)), ts ? "" : "t",
				      STR_ARG(str_from(rest, ts)));
		return 1;
	}
	return 0;
}

static size_t letters_of(struct str word)
{
	size_t letters = 0;

	for (size_t at = 0; at < word.len; at++)
		letters +=
			word.ptr[at] != '\'' && !(word.ptr[at] == 'h' && part_of_other(word, at));
	return letters;
}

static size_t relax_letters(struct str *out, struct arena *mem, const struct query_word *word)
{
	struct spot spots[RELAX_TOGGLES];
	bool uzbek =
		holds(word->t1, "o'") || holds(word->t1, "g'") || (word->traits & TOKEN_UZBEK) != 0;
	size_t count;

	if (uzbek && letters_of(word->t1) < STRIP_LETTERS)
		return 0;
	if (uzbek) {
		out[0] = replace_all(mem, word->t1, STRIP, COUNT(STRIP));
		out[1] = replace_all(mem, word->t1, RUSSIAN, COUNT(RUSSIAN));
		return 2;
	}
	if (word->traits & TOKEN_CYRILLIC)
		count = find_spots(spots, word->t1, CYRILLIC, COUNT(CYRILLIC));
	else
		count = find_spots(spots, word->t1, LATIN, COUNT(LATIN));
	return toggle_spots(out, mem, word->t1, spots, count);
}

size_t relax_word(struct str *out, struct arena *mem, const struct query_word *word)
{
	struct str rest[RELAX_MAX];
	size_t count, more;

	if (!(word->traits & (TOKEN_LATIN | TOKEN_CYRILLIC)))
		return 0;
	count = toggle_beginning(out, mem, word->t1);
	count += mend_vowels(out + count, mem, word);
	count += mend_ts(out + count, mem, word->t1);
	more = relax_letters(rest, mem, word);
	for (size_t i = 0; i < more && count < RELAX_MAX; i++)
		out[count++] = rest[i];
	return count;
}
