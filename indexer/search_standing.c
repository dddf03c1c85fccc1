/*
 * What helps a hit besides words: the reader's language, that it is new, that somebody answers for it,
 * that others link to it. As terms of the query these cost half of a search; the hits' own data costs
 * nothing.
 */
#include "indexer/search_parts.h"

enum { LINKED_FEW = 2, LINKED_MANY = 8 };

/* All of it weighs less than one more word that is found. */
static double standing(const struct xap_hit *hit, struct str reader_lang, int64_t now)
{
	struct doc_data data = doc_data_read(hit->data);
	double bonus = 0;

	bonus += reader_lang.len && str_eq(data.lang, reader_lang) ? SEARCH_WEIGHTS.reader_lang : 0;
	bonus += data.fresh_until > now ? SEARCH_WEIGHTS.fresh : 0;
	bonus += data.verified_until > now ? SEARCH_WEIGHTS.verified : 0;
	bonus += data.linkers >= LINKED_FEW ? SEARCH_WEIGHTS.linked : 0;
	bonus += data.linkers >= LINKED_MANY ? SEARCH_WEIGHTS.linked : 0;
	return bonus;
}

/* Hits of equal weight stay as they stand. */
static void insert(struct xap_hit *hits, size_t at)
{
	struct xap_hit hit = hits[at];

	while (at > 0 && hits[at - 1].weight < hit.weight) {
		hits[at] = hits[at - 1];
		at--;
	}
	hits[at] = hit;
}

void standing_order(struct xap_answer *answer, struct str reader_lang, int64_t now)
{
	for (size_t i = 0; i < answer->n_hits; i++) {
		size_t step = i - i % STANDING_STEP;

		answer->hits[i].weight += standing(&answer->hits[i], reader_lang, now);
		insert(answer->hits + step, i - step);
	}
}
