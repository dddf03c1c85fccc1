/* Near words by rows of a table of edits that neighbours in the alphabet share. */
#include "indexer/near.h"

#include <assert.h>

void near_init(struct near *near, struct str word, unsigned most, size_t same)
{
	assert(most <= NEAR_EDITS && word.len <= T1_MAX);
	*near = (struct near){.word = word, .most = most, .same = same};
	for (size_t b = 0; b < NEAR_BAND; b++)
		near->rows[0][b] = b < NEAR_EDITS || b - NEAR_EDITS > most
					   ? (unsigned char)(most + 1)
					   : (unsigned char)(b - NEAR_EDITS);
}

/* A cell of the band, or more than is allowed. */
static unsigned cell(const struct near *near, size_t row, size_t b)
{
	return b < NEAR_BAND ? near->rows[row][b] : near->most + 1;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Fill in row i, whose last letter is `c`; false where nothing that begins so can be near. Source:
 * optimal string alignment (Damerau 1964) on the rows of Wagner and Fischer, of which only the
 * diagonal band that few edits reach is kept.
 */
static bool fill_row(struct near *near, size_t i, char c)
{
	const char *word = near->word.ptr;
	bool hope = false;

	if (i <= near->same && (i > near->word.len || word[i - 1] != c))
		return false;
	for (size_t b = 0; b < NEAR_BAND; b++) {
		size_t j = i + b - NEAR_EDITS; /* letters of the word */
		unsigned cost = near->most + 1;

		if (i + b >= NEAR_EDITS && j <= near->word.len) {
			cost = cell(near, i - 1, b + 1) + 1;
			if (b > 0)
				cost = least(cost, near->rows[i][b - 1] + 1U);
			if (j > 0)
				cost = least(cost, cell(near, i - 1, b) + (word[j - 1] != c));
			if (i > 1 && j > 1 && word[j - 2] == c && word[j - 1] == near->last[i - 2])
				cost = least(cost, cell(near, i - 2, b) + 1);
		}
		cost = least(cost, near->most + 1);
		near->rows[i][b] = (unsigned char)cost;
		hope = hope || cost <= near->most;
	}
	return hope;
}

/*
 * The next letter in the place of `c` with which there is hope, or NUL. All letters that do not stand
 * about there in the word are alike.
 */
static char next_letter(struct near *near, size_t i, char c)
{
	unsigned char best = 0, from = (unsigned char)c;

	if (from == 0xFF)
		return '\0';
	if (fill_row(near, i, (char)(from + 1)))
		return (char)(from + 1);
	for (size_t j = i > NEAR_EDITS ? i - NEAR_EDITS : 1;
	     j <= i + NEAR_EDITS && j <= near->word.len; j++) {
		unsigned char letter = (unsigned char)near->word.ptr[j - 1];

		if (letter > from && (!best || letter < best) && fill_row(near, i, (char)letter))
			best = letter;
	}
	return (char)best;
}

/* From a beginning of `depth` letters that is hopeless to the next one that is not. */
static enum near_found seek(struct near *near, struct str word, size_t depth, struct buf *to)
{
	for (size_t i = depth; i > 0; i--) {
		char c = next_letter(near, i, word.ptr[i - 1]);

		near->depth = i - 1;
		if (!c)
			continue;
		buf_reset(to);
		buf_str_add(to, str_head(word, i - 1));
		buf_byte(to, c);
		return NEAR_SEEK;
	}
	return NEAR_END;
}

enum near_found near_look(struct near *near, struct str word, unsigned *edits, struct buf *to)
{
	size_t i = 0, end = near->word.len + NEAR_EDITS;

	while (i < near->depth && i < word.len && near->last[i] == word.ptr[i])
		i++;
	near->depth = i;
	for (; i < word.len; i++) {
		if (i == T1_MAX || !fill_row(near, i + 1, word.ptr[i]))
			return seek(near, word, i + 1, to);
		near->last[i] = word.ptr[i];
		near->depth = i + 1;
	}
	*edits = near->most + 1;
	if (word.len <= end && word.len + NEAR_EDITS >= near->word.len)
		*edits = near->rows[word.len][near->word.len + NEAR_EDITS - word.len];
	return *edits <= near->most ? NEAR_FOUND : NEAR_NONE;
}
