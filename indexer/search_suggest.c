/*
 * "Did you mean": asked only when nothing holds all words, and only of the shards that were
 * searched. The words of the index are its dictionary: those with the same first letter are compared
 * by edits.
 * (Xapian's own spelling data made every document cost several times the time to index.)
 */
#include "indexer/search_parts.h"
#include "indexer/suggest.h"

enum { EDITS = 2, EDITS_SHORT = 1, SHORT_LETTERS = 6, LOOK_AT_MOST = 50000 };

/*
 * Insertions, deletions, replacements and swaps of neighbours between two words, or `most` + 1 where
 * there are more. Source: optimal string alignment (Damerau 1964), on three rows of Wagner and Fischer.
 */
static unsigned distance(struct str a, struct str b, unsigned most)
{
	unsigned rows[3][T1_MAX + 1];

	if (a.len > T1_MAX || b.len > T1_MAX || a.len > b.len + most || b.len > a.len + most)
		return most + 1;
	for (size_t k = 0; k <= b.len; k++)
		rows[0][k] = (unsigned)k;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned *row = rows[i % 3], *up = rows[(i + 2) % 3], *over = rows[(i + 1) % 3];
		unsigned best = row[0] = (unsigned)i;

		for (size_t k = 1; k <= b.len; k++) {
			unsigned cost = up[k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]);

			cost = up[k] + 1 < cost ? up[k] + 1 : cost;
			cost = row[k - 1] + 1 < cost ? row[k - 1] + 1 : cost;
			if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] &&
			    a.ptr[i - 2] == b.ptr[k - 1] && over[k - 2] + 1 < cost)
				cost = over[k - 2] + 1;
			row[k] = cost;
			best = cost < best ? cost : best;
		}
		if (best > most)
			return most + 1;
	}
	return rows[a.len % 3][b.len];
}

/* The nearest word so far; among equals the one that most documents have. */
struct nearest {
	struct str word;
	struct buf found;
	unsigned edits;
	uint32_t documents;
	size_t seen;
};

static bool compare(void *context, struct str term, uint32_t documents)
{
	struct nearest *n = context;
	unsigned edits = distance(n->word, term, n->edits);

	if (edits <= n->edits && (edits < n->edits || documents > n->documents)) {
		n->edits = edits;
		n->documents = documents;
		buf_reset(&n->found);
		buf_str_add(&n->found, term);
	}
	return ++n->seen < LOOK_AT_MOST;
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
	struct nearest nearest = {.word = word->t1,
				  .edits = word->t1.len <= SHORT_LETTERS ? EDITS_SHORT : EDITS};
	struct str found;

	if (word->t1.len < DOC_SPELL_LETTERS || (word->traits & TOKEN_NUMBER) ||
	    is_known(plan, word) || plan->outcome != ST_OK)
		return STR_NONE;
	plan->outcome = xap_set_terms(plan->set, str_head(word->t1, 1), compare, &nearest);
	found = buf_keep(&nearest.found, plan->mem);
	buf_release(&nearest.found);
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
