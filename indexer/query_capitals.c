/* Which words in capitals are names in a query: WHO, but not the AND of PASSPORT AND VISA. */
#include "indexer/analyse.h"
#include "indexer/query.h"

/* What capitals tell of a whole query. */
struct capitals {
	bool all;       /* no word has a small letter */
	bool long_word; /* one is longer than an acronym: somebody types or pastes all so */
};

static bool has_small_letters(const struct query_word *word)
{
	bool one_letter = word->t1.len == 1; /* the Russian words for in, and, with */

	return !(word->traits & (TOKEN_ACRONYM | TOKEN_NUMBER)) && !one_letter;
}

static void look_at(struct capitals *c, const struct query_atom *atom)
{
	for (size_t i = 0; i < atom->n_words; i++) {
		const struct query_word *word = &atom->words[i];

		if (has_small_letters(word))
			c->all = false;
		else if ((word->traits & TOKEN_ACRONYM) && word->t1.len > DOC_ACRONYM_LETTERS)
			c->long_word = true;
	}
}

/* From now on these are the little words that they are in small letters. */
static void take_as_words(struct query_atom *atom)
{
	for (size_t i = 0; i < atom->n_words; i++)
		if (analyse_is_stop_word(atom->words[i].t1))
			atom->words[i].traits &= ~(unsigned)TOKEN_ACRONYM;
}

static bool is_and(const struct query_clause *clause)
{
	const struct query_atom *atom = &clause->atoms[0];

	return clause->n_atoms == 1 && atom->kind == QUERY_WORD && !atom->quoted &&
	       str_is(atom->words[0].written, "AND");
}

void query_read_capitals(struct query *query)
{
	struct capitals c = {.all = true};

	for (size_t i = 0; i < query->n_clauses; i++)
		for (size_t k = 0; k < query->clauses[i].n_atoms; k++)
			look_at(&c, &query->clauses[i].atoms[k]);
	for (size_t i = 0; i < query->n_clauses; i++) {
		const struct query_clause *clause = &query->clauses[i];
		bool between = i > 0 && i + 1 < query->n_clauses;

		for (size_t k = 0; k < clause->n_atoms; k++)
			if ((c.all && c.long_word) || (between && is_and(clause)))
				take_as_words(&clause->atoms[k]);
	}
}
