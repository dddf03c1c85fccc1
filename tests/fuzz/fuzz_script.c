/* Words, folding, stems, slugs and language of any bytes: what script.h and uzbek.h promise holds. */
#include "indexer/analyse.h"
#include "indexer/uzbek.h"
#include "schema/base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct analyser *analyser;

static void check_stems(const struct token *word)
{
	struct stems first, second;
	char uzbek[UZBEK_STEM_MAX];
	size_t len[STEM_COUNT];

	analyser_stems(analyser, word, &first);
	for (size_t k = 0; k < STEM_COUNT; k++)
		len[k] = first.of[k].len;
	analyser_stems(analyser, word, &second); /* now from the cache */
	for (size_t k = 0; k < STEM_COUNT; k++)
		must(second.of[k].len == len[k] && len[k] <= UZBEK_STEM_MAX);
	len[0] = uzbek_stem(uzbek, word->t1);
	must(len[0] > 0 && len[0] <= UZBEK_STEM_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf) struct buf once = {0}, twice = {0}, slug = {0};
	struct str text = str_of((const char *)data, size);
	struct tokeniser t;
	struct token word;
	size_t end = 0;

	if (!analyser)
		must(analyser_open(&analyser) == ST_OK);
	tokeniser_init(&t, text);
	while (tokeniser_next(&t, &word)) {
		must(word.t1.len > 0 && word.t1.len <= T1_MAX && word.t1.len <= 2 * word.len + 2);
		must(word.start >= end && word.len > 0 && word.start + word.len <= size);
		must(utf8_valid(word.t1) && utf8_valid(word.cyrillic));
		end = word.start + word.len;
		check_stems(&word);
	}
	script_fold(&once, text);
	script_fold(&twice, buf_str(&once));
	must(str_eq(buf_str(&once), buf_str(&twice)));
	script_slug(&slug, text);
	must(slug.len <= 80);
	must(script_language(text) != NULL);
	return 0;
}
