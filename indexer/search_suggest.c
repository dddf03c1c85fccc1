/*
 * "Did you mean": asked only when nothing holds all words, and only of the shards that were
 * searched. The words of the index are its dictionary, in which near ones are looked for.
 * (Xapian's own spelling data made every document cost several times the time to index.)
 */
#include <limits.h>

#include "indexer/near.h"
#include "indexer/search_parts.h"
#include "indexer/suggest.h"

enum {
	SHORT_LETTERS = 6,
	PART_LETTERS = 3,
	LOOK_AT_MOST = 50000,
	TYPED_MOST = 16, /* words; who pastes more does not want to read them again */
};

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

static void walk(struct nearest *n, struct str word, unsigned most, size_t same)
{
	struct plan *plan = n->plan;

	if (n->found.len || plan->outcome != ST_OK)
		return;
	near_init(&n->near, word, most, same);
	plan->outcome = xap_set_walk(plan->set, same ? str_head(word, 1) : STR("a"), look, n);
}

/* The other of two letters that are taken for one another, or the same. */
static char twin_of(char letter)
{
	static const char TWINS[] = "kqxh";
	const char *found = letter ? strchr(TWINS, letter) : NULL;

	return found ? TWINS[(found - TWINS) ^ 1] : letter;
}

/*
 * The word that the index has near this one: whatever its first letter, if it is one edit away; in long
 * words two, behind the same letter or, with one of them, behind its twin.
 */
static struct str nearest_word(struct plan *plan, struct str word)
{
	struct nearest n = {.plan = plan, .edits = UINT_MAX};
	struct str twin =
		arena_printf(plan->mem, "%c%.*s", twin_of(word.ptr[0]), STR_ARG(str_from(word, 1)));
	struct str found;

	walk(&n, word, 1, 0);
	if (word.len > SHORT_LETTERS) {
		walk(&n, twin, 1, 1);
		walk(&n, word, 2, 1);
	}
	found = buf_keep(&n.found, plan->mem);
	buf_release(&n.found);
	return found;
}

/*
 * The word as two that were written without the space between them: of all places the one whose rarer
 * half most documents have, then the other half.
 */
static struct str parted_word(struct plan *plan, struct str word)
{
	struct str found = STR_NONE;
	uint64_t most = 0;

	for (size_t at = PART_LETTERS; at + PART_LETTERS <= word.len; at++) {
		struct str parts[] = {str_head(word, at), str_from(word, at)};
		uint32_t first = plan_frequency(plan, parts[0]), second;
		uint64_t both;

		if (first == 0 || word.ptr[at] == '\'')
			continue;
		second = plan_frequency(plan, parts[1]);
		both = first < second ? (uint64_t)first << 32 | second
				      : (uint64_t)second << 32 | first;
		if (second == 0 || both <= most)
			continue;
		most = both;
		found = arena_printf(plan->mem, "%.*s %.*s", STR_ARG(parts[0]), STR_ARG(parts[1]));
	}
	return found;
}

/* True when documents have the word or one of its stems. */
static bool is_known(struct plan *plan, const struct query_word *word)
{
	struct word_terms terms;

	word_terms(plan, word, &terms);
	return terms.n_strict || terms.n_relaxed || plan_has(plan, word->t1);
}

/* Folded letters in the script that was typed. */
static struct str as_typed(struct plan *plan, struct str t1, const struct query_word *word)
{
	AUTO(buf) struct buf cyrillic = {0};

	if (!t1.len || !(word->traits & TOKEN_CYRILLIC))
		return t1;
	suggest_cyrillic(&cyrillic, t1);
	return buf_keep(&cyrillic, plan->mem);
}

static struct str better_word(struct plan *plan, const struct query_word *word)
{
	struct str found;

	if (word->t1.len < DOC_SPELL_LETTERS || (word->traits & TOKEN_NUMBER) ||
	    is_known(plan, word) || plan->outcome != ST_OK)
		return STR_NONE;
	found = nearest_word(plan, word->t1);
	if (!found.len)
		found = parted_word(plan, word->t1);
	return as_typed(plan, found, word);
}

/* A word and the next one, of which nobody wrote one, as the one word that somebody wrote. */
static struct str joined_word(struct plan *plan, const struct query_word *word,
			      const struct query_word *next)
{
	struct str joined =
		arena_printf(plan->mem, "%.*s%.*s", STR_ARG(word->t1), STR_ARG(next->t1));

	if (((word->traits | next->traits) & TOKEN_NUMBER) || joined.len > T1_MAX ||
	    !plan_has(plan, joined) || (is_known(plan, word) && is_known(plan, next)))
		return STR_NONE;
	return as_typed(plan, joined, word);
}

/* ---- the query ------------------------------------------------------------------------------- */
/* The query, as far as it is mended. */
struct mended {
	struct plan *plan;
	struct buf text;
	size_t from; /* in the query */
};

/* Copy the query up to a word, then better ones instead of it and all up to `last`. */
static void mend(struct mended *mended, const struct query_word *word,
		 const struct query_word *last, struct str better)
{
	if (better.len == 0 || word->start < mended->from)
		return;
	buf_add(&mended->text, mended->plan->query.text.ptr + mended->from,
		word->start - mended->from);
	buf_str_add(&mended->text, better);
	mended->from = last->start + last->written.len;
}

/* The one word of a clause that is nothing else, or NULL. */
static const struct query_word *word_of(const struct query *query, size_t clause)
{
	const struct query_clause *c = &query->clauses[clause];

	return clause < query->n_clauses && !c->excluded && c->n_atoms == 1 &&
			       c->atoms[0].kind == QUERY_WORD && !c->atoms[0].quoted &&
			       !c->atoms[0].title
		       ? &c->atoms[0].words[0]
		       : NULL;
}

static void mend_clause(struct mended *mended, size_t at)
{
	const struct query *query = &mended->plan->query;
	const struct query_clause *clause = &query->clauses[at];
	const struct query_word *word = word_of(query, at), *next = word_of(query, at + 1);

	if (word && next)
		mend(mended, word, next, joined_word(mended->plan, word, next));
	for (size_t k = 0; k < clause->n_atoms && !clause->excluded; k++) {
		for (size_t w = 0; w < clause->atoms[k].n_words; w++) {
			word = &clause->atoms[k].words[w];
			if (word->start >= mended->from)
				mend(mended, word, word, better_word(mended->plan, word));
		}
	}
}

struct str plan_suggestion(struct plan *plan)
{
	struct mended mended = {.plan = plan};
	struct str out;

	if (plan->query.n_clauses > TYPED_MOST)
		return STR_NONE;
	for (size_t i = 0; i < plan->query.n_clauses; i++)
		mend_clause(&mended, i);
	if (mended.text.len)
		buf_str_add(&mended.text, str_from(plan->query.text, mended.from));
	out = buf_keep(&mended.text, plan->mem);
	buf_release(&mended.text);
	return out;
}
