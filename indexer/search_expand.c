/* What the glossary adds to a query: terms of other languages beside the words that were typed. */
#include "indexer/search_parts.h"
#include "indexer/snippet.h"

enum { PHRASES_MAX = 8 }; /* each of their words walks through a part of the index */

/* The words of a term, at most as many as a query may have. */
static size_t words_of(struct query_word *out, struct plan *plan, struct str text)
{
	struct tokeniser tokeniser;
	struct token token;
	size_t count = 0;

	tokeniser_init(&tokeniser, text);
	while (count < QUERY_WORDS_MAX && tokeniser_next(&tokeniser, &token))
		out[count++] = (struct query_word){
			.t1 = arena_str(plan->mem, token.t1),
			.cyrillic = arena_str(plan->mem, token.cyrillic),
			.written = token.written,
			.traits = token.traits,
		};
	return count;
}

/* One place of a phrase: any form of the word in its language. "Nations" alone is not United Nations. */
static xap_query place_query(struct plan *plan, const struct query_word *word, enum stem_kind kind)
{
	size_t count;
	struct str *words = word_forms(plan, word, kind, &count);
	xap_query *forms = arena_array(plan->mem, count, sizeof(*forms));

	for (size_t i = 0; i < count; i++) {
		plan_mark(plan, arena_printf(plan->mem, MARK_IN_PHRASE "%.*s", STR_ARG(words[i])));
		forms[i] = xap_query_term(plan->pool, words[i]);
	}
	return xap_query_group(plan->pool, XAP_OR, forms, count);
}

/*
 * Acronyms only where they stand in capitals: МИД is not the "mid" of mid-year, nor ВОЗ the voz of
 * voz kechish. That term counts for nothing, so the word is asked for beside it.
 */
static xap_query acronym_query(struct plan *plan, const struct query_word *word, struct str term)
{
	struct str capitals =
		arena_printf(plan->mem, DOC_PREFIX_CAPITALS "%.*s", STR_ARG(word->t1));
	xap_query both[2];

	if (!plan_has(plan, capitals))
		return XAP_NOTHING;
	plan_mark(plan, capitals);
	both[0] = xap_query_term(plan->pool, term);
	both[1] = xap_query_term(plan->pool, capitals);
	return xap_query_group(plan->pool, XAP_AND, both, COUNT(both));
}

/* One word by its stem. */
static xap_query single_query(struct plan *plan, const struct query_word *word, enum stem_kind lang)
{
	struct str term = word_stem_term(plan, word, lang);

	if (!plan_has(plan, term))
		return XAP_NOTHING;
	if (doc_is_acronym(word->traits, word->t1))
		return acronym_query(plan, word, term);
	plan_mark(plan, term);
	return xap_query_term(plan->pool, term);
}

/* A term of the glossary: several words are a phrase. */
static xap_query form_query(struct plan *plan, const struct search_form *form, size_t *phrases)
{
	struct query_word words[QUERY_WORDS_MAX];
	xap_query places[QUERY_WORDS_MAX];
	size_t count = words_of(words, plan, form->text);

	if (count == 1)
		return single_query(plan, &words[0], form->lang);
	if (count == 0 || *phrases == PHRASES_MAX)
		return XAP_NOTHING;
	++*phrases;
	for (size_t i = 0; i < count; i++)
		places[i] = place_query(plan, &words[i], form->lang);
	return xap_query_group(plan->pool, XAP_PHRASE, places, count);
}

static xap_query added_query(struct plan *plan, const struct search_expansion *e, size_t *phrases)
{
	xap_query forms[EXPANSION_FORMS_MAX], all;
	size_t count = e->n_forms < EXPANSION_FORMS_MAX ? e->n_forms : EXPANSION_FORMS_MAX;

	for (size_t i = 0; i < count; i++)
		forms[i] = form_query(plan, &e->forms[i], phrases);
	all = xap_query_group(plan->pool, XAP_SYNONYM, forms, count);
	return all == XAP_NOTHING ? XAP_NOTHING
				  : xap_query_scale(plan->pool, SEARCH_WEIGHTS.glossary, all);
}

/* All of the words that were typed, or nothing where one of them is nowhere. */
static xap_query own_words(struct plan *plan, const xap_query *queries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (queries[i] == XAP_NOTHING)
			return XAP_NOTHING;
	return xap_query_group(plan->pool, XAP_AND, queries, count);
}

xap_query plan_expand(struct plan *plan, size_t *places, xap_query *queries, size_t *count)
{
	const struct search_request *request = plan->request;
	xap_query added[EXPANSIONS_MAX];
	size_t n_added = 0, phrases = 0;

	for (size_t i = 0; i < request->n_expansions && n_added < EXPANSIONS_MAX; i++) {
		const struct search_expansion *e = &request->expansions[i];
		size_t from = 0, to;
		xap_query pair[2];

		while (from < *count && places[from] < e->first)
			from++;
		for (to = from; to < *count && places[to] - e->first < e->count;)
			to++;
		if (from == to)
			continue; /* all its words were left out */
		pair[1] = added[n_added++] = added_query(plan, e, &phrases);
		if (pair[1] == XAP_NOTHING)
			continue;
		/* Beside the typed words it adds nothing: a list of translations would stand first. */
		pair[0] = own_words(plan, queries + from, to - from);
		if (pair[0] != XAP_NOTHING)
			pair[1] = xap_query_without(plan->pool, pair[1], pair[0]);
		queries[from] = xap_query_group(plan->pool, XAP_OR, pair, COUNT(pair));
		memmove(queries + from + 1, queries + to, (*count - to) * sizeof(*queries));
		memmove(places + from + 1, places + to, (*count - to) * sizeof(*places));
		*count -= to - from - 1;
	}
	return xap_query_group(plan->pool, XAP_OR, added, n_added);
}
