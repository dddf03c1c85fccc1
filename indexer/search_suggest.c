/* "Did you mean": asked only when nothing was found, and only of the shards that were searched. */
#include "indexer/search_parts.h"
#include "indexer/suggest.h"

enum { EDITS = 2, EDITS_SHORT = 1, SHORT_LETTERS = 6 };

/* True when documents have the word or one of its stems. */
static bool is_known(struct plan *plan, const struct query_word *word)
{
	struct word_terms terms;

	word_terms(plan, word, &terms);
	return terms.n_strict || terms.n_relaxed || plan_has(plan, word->t1);
}

static struct str better_word(struct plan *plan, const struct query_word *word)
{
	AUTO(buf) struct buf found = {0}, cyrillic = {0};
	unsigned edits = word->t1.len <= SHORT_LETTERS ? EDITS_SHORT : EDITS;

	if (word->t1.len < DOC_SPELL_LETTERS || (word->traits & TOKEN_NUMBER) ||
	    is_known(plan, word) || plan->outcome != ST_OK)
		return STR_NONE;
	plan->outcome = xap_set_suggest(plan->set, word->t1, edits, &found);
	if (!plan_has(plan, buf_str(&found)))
		return STR_NONE;
	if (!(word->traits & TOKEN_CYRILLIC))
		return buf_keep(&found, plan->mem);
	suggest_cyrillic(&cyrillic, buf_str(&found));
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
