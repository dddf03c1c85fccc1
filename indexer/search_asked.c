/* Which clauses of a query are asked for: not its little words, and the rarest of a long one. */
#include "indexer/search_parts.h"

static bool is_plain_word(const struct query_atom *atom)
{
	return atom->kind == QUERY_WORD && !atom->quoted && !atom->title;
}

bool word_is_stop(const struct query_word *word)
{
	return !(word->traits & TOKEN_ACRONYM) && analyse_is_stop_word(word->t1);
}

static bool is_stop_clause(const struct query_clause *clause)
{
	for (size_t i = 0; i < clause->n_atoms; i++)
		if (!is_plain_word(&clause->atoms[i]) || !word_is_stop(&clause->atoms[i].words[0]))
			return false;
	return true;
}

static size_t clause_words(const struct query_clause *clause)
{
	size_t words = 0;

	for (size_t i = 0; i < clause->n_atoms; i++)
		words += clause->atoms[i].n_words;
	return words;
}

/* Rarest first; what is nowhere comes last, for it tells nothing. */
static int compare_rarity(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	if (x->count != y->count) {
		if (!x->count || !y->count)
			return x->count ? -1 : 1;
		return x->count < y->count ? -1 : 1;
	}
	return (x->order > y->order) - (x->order < y->order);
}

static int compare_order(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

/* Keep the clauses with the rarest words, as many as fit the limit; order stays. */
static size_t keep_rarest(struct plan *plan, struct asked *asked, size_t count)
{
	size_t words = 0, kept = 0;

	for (size_t i = 0; i < count; i++)
		words += clause_words(asked[i].clause);
	if (words <= QUERY_WORDS_MAX)
		return count;
	for (size_t i = 0; i < count; i++)
		asked[i].count = plan_frequency(plan, asked[i].clause->atoms[0].words[0].t1);
	qsort(asked, count, sizeof(*asked), compare_rarity);
	words = 0;
	while (kept < count &&
	       (kept == 0 || words + clause_words(asked[kept].clause) <= QUERY_WORDS_MAX))
		words += clause_words(asked[kept++].clause);
	qsort(asked, kept, sizeof(*asked), compare_order);
	return kept;
}

static bool same_clause(const struct query_clause *a, const struct query_clause *b)
{
	return a->n_atoms == 1 && b->n_atoms == 1 && is_plain_word(&a->atoms[0]) &&
	       is_plain_word(&b->atoms[0]) &&
	       str_eq(a->atoms[0].words[0].t1, b->atoms[0].words[0].t1);
}

size_t plan_asked(struct plan *plan, struct asked **out)
{
	const struct query *query = &plan->query;
	struct asked *asked = arena_array(plan->mem, query->n_clauses, sizeof(*asked));
	size_t count = 0, telling = 0;

	for (size_t i = 0; i < query->n_clauses; i++)
		telling += !query->clauses[i].excluded && !is_stop_clause(&query->clauses[i]);
	for (size_t i = 0; i < query->n_clauses; i++) {
		const struct query_clause *clause = &query->clauses[i];
		bool skip = clause->excluded || (telling && is_stop_clause(clause));

		for (size_t k = 0; k < count && !skip; k++)
			skip = same_clause(asked[k].clause, clause);
		if (!skip)
			asked[count++] = (struct asked){.clause = clause, .order = i};
	}
	*out = asked;
	return keep_rarest(plan, asked, count);
}
