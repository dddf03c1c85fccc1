/*
 * "Did you mean": asked only when nothing holds all words, and only of the shards that were
 * searched. The words of the index are its dictionary, in which near ones are looked for.
 * (Xapian's own spelling data made every document cost several times the time to index.)
 */
#include <limits.h>

#include "indexer/near.h"
#include "indexer/search_parts.h"
#include "indexer/suggest.h"

enum { SHORT_LETTERS = 6, LOOK_AT_MOST = 50000 };

/* The nearest word so far; among equals the one that most documents have, then by letters. */
struct nearest {
	struct plan *plan;
	struct near near;
	struct buf found;
	unsigned edits; /* twice their number, and one more for another first letter */
	uint32_t documents;
	size_t seen;
};

static void weigh(struct nearest *n, struct str term, unsigned edits)
{
	bool other = term.ptr[0] != n->near.word.ptr[0];
	uint32_t documents;

	edits = 2 * edits + other;
	if (edits > n->edits)
		return;
	documents = plan_frequency(n->plan, term);
	if (edits == n->edits &&
	    (documents < n->documents ||
	     (documents == n->documents && str_cmp(term, buf_str(&n->found)) >= 0)))
		return;
	n->edits = edits;
	n->documents = documents;
	buf_reset(&n->found);
	buf_str_add(&n->found, term);
}

static enum xap_step look(void *context, struct str term, struct buf *to)
{
	struct nearest *n = context;
	unsigned edits;

	if (++n->seen > LOOK_AT_MOST)
		return XAP_STOP;
	switch (near_look(&n->near, term, &edits, to)) {
	case NEAR_FOUND:
		weigh(n, term, edits);
		return XAP_NEXT;
	case NEAR_SEEK:
		return XAP_SEEK;
	case NEAR_END:
		return XAP_STOP;
	default:
		return XAP_NEXT;
	}
}

/*
 * The words that the index has near this one: whatever their first letter, if they are one edit away;
 * in long words two, behind the same letter.
 */
static struct str nearest_word(struct plan *plan, struct str word)
{
	struct nearest n = {.plan = plan, .edits = UINT_MAX};
	struct str found;

	for (unsigned most = 1; most <= NEAR_EDITS && !n.found.len; most++) {
		if (plan->outcome != ST_OK || (most > 1 && word.len <= SHORT_LETTERS))
			break;
		near_init(&n.near, word, most, most > 1);
		plan->outcome =
			xap_set_walk(plan->set, most > 1 ? str_head(word, 1) : STR("a"), look, &n);
	}
	found = buf_keep(&n.found, plan->mem);
	buf_release(&n.found);
	return found;
}

/* True when documents have the word or one of its stems. */
static bool is_known(struct plan *plan, const struct query_word *word)
{
	struct word_terms terms;

	word_terms(plan, word, &terms);
	return terms.n_strict || terms.n_relaxed || plan_has(plan, word->t1);
}

static struct str better_word(struct plan *plan, const struct query_word *word)
{
	AUTO(buf) struct buf cyrillic = {0};
	struct str found;

	if (word->t1.len < DOC_SPELL_LETTERS || (word->traits & TOKEN_NUMBER) ||
	    is_known(plan, word) || plan->outcome != ST_OK)
		return STR_NONE;
	found = nearest_word(plan, word->t1);
	if (!found.len || !(word->traits & TOKEN_CYRILLIC))
		return found;
	suggest_cyrillic(&cyrillic, found);
	return buf_keep(&cyrillic, plan->mem);
}

/* Copy the query up to the word, then the better word instead of it. */
static void mend_word(struct plan *plan, struct buf *out, size_t *from,
		      const struct query_word *word)
{
	struct str better = better_word(plan, word);

	if (better.len == 0 || word->start < *from)
		return;
	buf_add(out, plan->query.text.ptr + *from, word->start - *from);
	buf_str_add(out, better);
	*from = word->start + word->written.len;
}

struct str plan_suggestion(struct plan *plan)
{
	AUTO(buf) struct buf out = {0};
	size_t from = 0;

	for (size_t i = 0; i < plan->query.n_clauses; i++) {
		const struct query_clause *clause = &plan->query.clauses[i];

		for (size_t k = 0; k < clause->n_atoms && !clause->excluded; k++)
			for (size_t w = 0; w < clause->atoms[k].n_words; w++)
				mend_word(plan, &out, &from, &clause->atoms[k].words[w]);
	}
	if (out.len)
		buf_str_add(&out, str_from(plan->query.text, from));
	return buf_keep(&out, plan->mem);
}
