/*
 * Relevance feedback: words that the best documents share help to order the documents below them.
 * A question rarely has the words of all its answers. The weights are Rocchio's over the first few
 * documents (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 9.1).
 */
#include <math.h>

#include "indexer/search_parts.h"

enum {
	SHARED_BY = 2,   /* documents that must have a word: in one it may be chance */
	CANDIDATES = 60, /* whose frequency is looked up */
	WORDS_ADDED = 20,
	COMMON_PART = 5, /* a word that every fifth document has tells nothing */
	COMMON_FEW = 5,  /* in so few documents anything is frequent */
};

struct shared {
	struct str term;
	double weight;
	uint32_t docs;
};

struct gathering {
	struct arena *mem;
	struct shared *terms;
	size_t count, room;
	uint32_t length; /* words of the document under way */
};

static bool gather_term(void *context, struct str term, uint32_t wdf)
{
	struct gathering *g = context;

	if (str_starts(term, STR(DOC_PREFIX_TITLE_STEM)))
		return true; /* titles are part of the text */
	g->terms = xgrow(g->terms, g->count, &g->room, sizeof(*g->terms));
	g->terms[g->count++] = (struct shared){arena_str(g->mem, term), wdf, 1};
	g->length += wdf;
	return true;
}

/* The words of one document; together they weigh what the document does. */
static enum status gather_doc(struct gathering *g, struct plan *plan, const struct xap_hit *hit)
{
	size_t from = g->count;

	g->length = 0;
	TRY(xap_set_doc_terms(plan->set, hit->doc, STR(DOC_PREFIX_STEM), gather_term, g));
	for (size_t i = from; i < g->count; i++)
		g->terms[i].weight *= hit->weight / g->length;
	return ST_OK;
}

static int compare_terms(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	return str_cmp(x->term, y->term);
}

static int compare_weights(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return str_cmp(x->term, y->term);
}

/* Words of several documents, each once, heaviest first. */
static void keep_shared(struct gathering *g)
{
	size_t kept = 0, next;

	if (g->count)
		qsort(g->terms, g->count, sizeof(*g->terms), compare_terms);
	for (size_t i = 0; i < g->count; i = next) {
		struct shared sum = g->terms[i];

		for (next = i + 1; next < g->count && str_eq(g->terms[next].term, sum.term);
		     next++) {
			sum.weight += g->terms[next].weight;
			sum.docs++;
		}
		if (sum.docs >= SHARED_BY)
			g->terms[kept++] = sum;
	}
	g->count = kept;
	if (kept)
		qsort(g->terms, kept, sizeof(*g->terms), compare_weights);
}

/* What is rare tells more; what is everywhere tells nothing. */
static void weigh_rarity(struct gathering *g, struct plan *plan)
{
	const uint32_t docs = xap_set_count(plan->set);

	g->count = g->count < CANDIDATES ? g->count : CANDIDATES;
	for (size_t i = 0; i < g->count; i++) {
		uint32_t having = plan_frequency(plan, g->terms[i].term);

		g->terms[i].weight *= having > COMMON_FEW && having > docs / COMMON_PART
					      ? 0
					      : log((docs + 1.0) / (having + 0.5));
	}
	if (g->count)
		qsort(g->terms, g->count, sizeof(*g->terms), compare_weights);
}

/* The words as a query that weighs a part of what the typed words weigh. */
static xap_query shared_query(struct plan *plan, const struct gathering *g)
{
	xap_query parts[WORDS_ADDED];
	size_t count = g->count < WORDS_ADDED ? g->count : WORDS_ADDED;
	double sum = 0, share = SEARCH_WEIGHTS.feedback * (double)plan->n_asked;

	for (size_t i = 0; i < count; i++)
		sum += g->terms[i].weight;
	for (size_t i = 0; i < count; i++)
		parts[i] = g->terms[i].weight > 0
				   ? xap_query_scale(plan->pool, share * g->terms[i].weight / sum,
						     xap_query_term(plan->pool, g->terms[i].term))
				   : XAP_NOTHING;
	return xap_query_group(plan->pool, XAP_OR, parts, count);
}

enum status plan_feedback(struct plan *plan, xap_query *out, const struct xap_answer *best)
{
	struct gathering g = {.mem = plan->mem};
	enum status outcome = ST_OK;

	*out = XAP_NOTHING;
	for (size_t i = 0; i < best->n_hits && outcome == ST_OK; i++)
		outcome = gather_doc(&g, plan, &best->hits[i]);
	keep_shared(&g);
	if (outcome == ST_OK)
		weigh_rarity(&g, plan);
	if (outcome == ST_OK)
		*out = shared_query(plan, &g);
	free(g.terms);
	return outcome;
}
