/* From clauses to one Xapian query: which of them must be there, which may, and which may not. */
#include "indexer/search_parts.h"

static void plan_excluded(struct plan *plan)
{
	xap_query parts[QUERY_WORDS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < plan->query.n_clauses && count < QUERY_WORDS_MAX; i++)
		if (plan->query.clauses[i].excluded)
			parts[count++] = plan_excluded_atom(plan, &plan->query.clauses[i].atoms[0]);
	plan->without = xap_query_group(plan->pool, XAP_OR, parts, count);
}

/* A document whose whole title was typed comes first. */
static void plan_whole_title(struct plan *plan)
{
	AUTO(buf) struct buf words = {0}, term = {0};

	for (size_t i = 0; i < plan->query.n_clauses; i++) {
		const struct query_clause *clause = &plan->query.clauses[i];

		if (clause->excluded || clause->n_atoms > 1)
			return;
		for (size_t k = 0; k < clause->atoms[0].n_words; k++) {
			buf_str_add(&words, clause->atoms[0].words[k].t1);
			buf_byte(&words, ' ');
		}
	}
	doc_title_term(&term, buf_str(&words));
	if (words.len && plan_has(plan, buf_str(&term)))
		plan->bonus = xap_query_constant(plan->pool, SEARCH_WEIGHTS.whole_title,
						 xap_query_term(plan->pool, buf_str(&term)));
}

/* The words of a quoted phrase one by one: nobody may have written all of a headline. */
static xap_query loose_words(struct plan *plan, const struct query_clause *clause)
{
	const struct query_atom *atom = &clause->atoms[0];
	xap_query words[QUERY_WORDS_MAX];
	size_t count = 0;

	if (clause->n_atoms > 1 || atom->kind != QUERY_PHRASE || !atom->quoted)
		return XAP_NOTHING;
	for (size_t i = 0; i < atom->n_words && count < QUERY_WORDS_MAX; i++)
		if (!word_is_stop(&atom->words[i]))
			words[count++] = plan_word_weight(plan, &atom->words[i], atom->title);
	return xap_query_group(plan->pool, XAP_OR, words, count);
}

void plan_clauses(struct plan *plan)
{
	struct asked *asked;
	size_t count = plan_asked(plan, &asked);
	xap_query *queries = arena_array(plan->mem, count, sizeof(*queries));
	xap_query *loose = arena_array(plan->mem, count, sizeof(*loose)), some[3];
	size_t *places = arena_array(plan->mem, count, sizeof(*places));
	bool possible = count > 0;

	for (size_t i = 0; i < count; i++) {
		places[i] = asked[i].order;
		queries[i] = plan_clause(plan, asked[i].clause);
		loose[i] = loose_words(plan, asked[i].clause);
	}
	plan->n_asked = count;
	some[0] = xap_query_group(plan->pool, XAP_OR, queries, count);
	some[1] = xap_query_group(plan->pool, XAP_OR, loose, count);
	some[2] = plan_expand(plan, places, queries, &count);
	for (size_t i = 0; i < count; i++)
		possible = possible && queries[i] != XAP_NOTHING;
	plan->all = possible ? xap_query_group(plan->pool, XAP_AND, queries, count) : XAP_NOTHING;
	plan->some = xap_query_group(plan->pool, XAP_OR, some, COUNT(some));
	plan_excluded(plan);
	plan_whole_title(plan);
}
