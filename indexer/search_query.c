/* From the atoms of a clause to a Xapian query: what finds each, and what it weighs. */
#include "indexer/phone.h"
#include "indexer/search_parts.h"
#include "indexer/suggest.h"

enum {
	PREFIX_TERMS = 100,
	GROUP_MAX = QUERY_WORDS_MAX + 1,
	COMMON_PART = 20,
	MANY = 1000,      /* documents of a word that is dear to look for twice */
	JOINED_LEAST = 3, /* U.S. is not "us" */
	ALSO_MAX = 4,     /* other spellings that people are told of */
};

const struct search_weights SEARCH_WEIGHTS = {
	.k1 = 1.2,
	.b = 1.0,
	.min_length = 0.5,
	.exact = 0.2,
	.capitals = 2.0,
	.relaxed = 0.4,
	.glossary = 0.5,
	.whole_title = 1000.0,
	.reader_lang = 0.2,
	.fresh = 0.1,
	.verified = 0.1,
	.linked = 0.08,
	.feedback = 0.5,
	.first = 1000.0,
};

uint32_t plan_frequency(struct plan *plan, struct str term)
{
	uint32_t count = 0;

	if (plan->outcome == ST_OK)
		plan->outcome =
			shards_frequency(plan->open, plan->shards, plan->n_shards, term, &count);
	plan->postings += count;
	return count;
}

bool plan_has(struct plan *plan, struct str term)
{
	return plan_frequency(plan, term) > 0;
}

void plan_mark(struct plan *plan, struct str term)
{
	for (size_t i = 0; i < plan->n_marks; i++)
		if (str_eq(plan->marks[i], term))
			return;
	plan->marks = arena_grow(plan->mem, plan->marks, plan->n_marks, &plan->marks_room,
				 sizeof(*plan->marks));
	plan->marks[plan->n_marks++] = term;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static xap_query prefixed_term(struct plan *plan, const char *prefix, struct str rest)
{
	return xap_query_term(plan->pool, arena_printf(plan->mem, "%s%.*s", prefix, STR_ARG(rest)));
}

/* ---- one word -------------------------------------------------------------------------------- */
/* Terms that count as one, behind a prefix. */
static xap_query synonym(struct plan *plan, const char *prefix, const struct str *terms,
			 size_t count)
{
	xap_query members[RELAX_MAX];

	for (size_t i = 0; i < count; i++)
		members[i] = prefixed_term(plan, prefix, terms[i]);
	if (count == 1)
		return members[0];
	return xap_query_group(plan->pool, XAP_SYNONYM, members, count);
}

static xap_query scaled(struct plan *plan, double factor, xap_query query)
{
	if (query == XAP_NOTHING || factor <= 0)
		return XAP_NOTHING;
	return xap_query_scale(plan->pool, factor, query);
}

/* True when every twentieth document has the very word: it hardly orders them then. */
static bool is_common(const struct plan *plan, uint32_t count)
{
	return count > xap_set_count(plan->set) / COMMON_PART;
}

/* True when one of the stems is of no other word: nothing is left that the very word could add. */
static bool has_own_stem(struct plan *plan, const struct word_terms *terms, uint32_t count)
{
	for (size_t i = 0; i < terms->n_strict; i++)
		if (plan_frequency(plan, arena_printf(plan->mem, DOC_PREFIX_STEM "%.*s",
						      STR_ARG(terms->strict[i]))) == count)
			return true;
	return false;
}

/*
 * What the stems find is all that the very word finds: that only adds to the order (2 % of MAP), and
 * costs as much again. It is left out where it adds least or costs most.
 */
static xap_query with_exact(struct plan *plan, const struct query_word *word,
			    const struct word_terms *terms, xap_query strict, xap_query exact)
{
	uint32_t count;

	if (!strict)
		return exact;
	if (!xap_set_is_cheap(plan->set))
		return strict;
	count = plan_frequency(plan, word->t1);
	if (is_common(plan, count))
		return strict;
	if ((terms->n_strict == 1 || count > MANY) && has_own_stem(plan, terms, count))
		return scaled(plan, 1.0 + SEARCH_WEIGHTS.exact, strict);
	return xap_query_maybe(plan->pool, strict, scaled(plan, SEARCH_WEIGHTS.exact, exact));
}

/*
 * The word anywhere, or in titles alone. Words of titles count more because documents say so
 * (DOC_WORDS): asking for them once more here gave worse order on Cranfield and doubled the cost.
 */
static xap_query word_in(struct plan *plan, const struct query_word *word,
			 const struct word_terms *terms, bool title)
{
	const char *stems = title ? DOC_PREFIX_TITLE_STEM : DOC_PREFIX_STEM;
	xap_query strict = synonym(plan, stems, terms->strict, terms->n_strict);
	xap_query exact = prefixed_term(plan, title ? DOC_PREFIX_TITLE : "", word->t1);
	xap_query parts[] = {
		with_exact(plan, word, terms, strict, exact),
		scaled(plan, SEARCH_WEIGHTS.relaxed,
		       synonym(plan, stems, terms->relaxed, terms->n_relaxed)),
	};

	return xap_query_group(plan->pool, XAP_OR, parts, COUNT(parts));
}

static void mark_terms(struct plan *plan, const struct str *terms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		plan_mark(plan, arena_printf(plan->mem, DOC_PREFIX_STEM "%.*s", STR_ARG(terms[i])));
}

/* Other spellings are told in the script that was typed. */
static void tell_spellings(struct plan *plan, const struct query_word *word,
			   const struct word_terms *terms)
{
	for (size_t i = 0; i < terms->n_relaxed && plan->n_also < ALSO_MAX; i++) {
		AUTO(buf) struct buf text = {0};

		if (word->traits & TOKEN_CYRILLIC)
			suggest_cyrillic(&text, terms->spelt[i]);
		else
			buf_str_add(&text, terms->spelt[i]);
		plan->also = arena_printf(plan->mem, "%.*s%s%.*s", STR_ARG(plan->also),
					  plan->n_also++ ? ", " : "", STR_ARG(buf_str(&text)));
	}
}

/* The word in exactly these letters. */
static xap_query quoted_word(struct plan *plan, const struct query_word *word, bool title)
{
	plan_mark(plan, word->t1);
	return prefixed_term(plan, title ? DOC_PREFIX_TITLE : "", word->t1);
}

/* WHO: texts with "who" stay, behind those that have it in capitals. */
static xap_query with_capitals(struct plan *plan, const struct query_word *word, xap_query query)
{
	struct str term = arena_printf(plan->mem, DOC_PREFIX_CAPITALS "%.*s", STR_ARG(word->t1));

	if (!query || !doc_is_acronym(word->traits, word->t1) || !plan_has(plan, term))
		return query;
	return xap_query_maybe(plan->pool, query,
			       xap_query_constant(plan->pool, SEARCH_WEIGHTS.capitals,
						  xap_query_term(plan->pool, term)));
}

static xap_query word_query(struct plan *plan, const struct query_word *word, bool title)
{
	struct word_terms terms;

	if (word_is_short_acronym(word))
		return quoted_word(plan, word, title);
	word_terms(plan, word, &terms);
	if (plan->request->as_typed)
		terms.n_relaxed = 0;
	plan_mark(plan, word->t1);
	mark_terms(plan, terms.strict, terms.n_strict);
	mark_terms(plan, terms.relaxed, terms.n_relaxed);
	tell_spellings(plan, word, &terms);
	if (terms.n_strict == 0 && terms.n_relaxed == 0 && !plan_has(plan, word->t1))
		return XAP_NOTHING;
	return word_in(plan, word, &terms, title);
}

static xap_query prefix_query(struct plan *plan, const struct query_word *word, bool title)
{
	struct str prefix =
		arena_printf(plan->mem, "%s%.*s", title ? DOC_PREFIX_TITLE : "", STR_ARG(word->t1));

	plan_mark(plan, arena_printf(plan->mem, "%.*s*", STR_ARG(word->t1)));
	return xap_query_prefix(plan->pool, prefix, PREFIX_TERMS);
}

/* ---- phrases --------------------------------------------------------------------------------- */
/* Adds the indexed words that have a stem of this kind in common with the word; gives how many there are. */
static size_t add_forms(struct plan *plan, xap_query forms[GROUP_MAX], size_t n_forms,
			const struct query_word *word, enum stem_kind kind, const char *prefix)
{
	size_t count;
	struct str *words = word_forms(plan, word, kind, &count);

	for (size_t i = 0; i < count && n_forms < GROUP_MAX; i++) {
		plan_mark(plan, words[i]);
		forms[n_forms++] = prefixed_term(plan, prefix, words[i]);
	}
	return n_forms;
}

/* The same for its other spellings: УРК-821 is ЎРҚ-821 on a Russian keyboard. */
static size_t add_spellings(struct plan *plan, xap_query forms[GROUP_MAX], size_t n_forms,
			    const struct query_word *word, const char *prefix)
{
	struct word_terms terms;

	if (plan->request->as_typed || plan->excluding)
		return n_forms;
	word_terms(plan, word, &terms);
	for (size_t i = 0; i < terms.n_relaxed; i++) {
		struct query_word other = {.t1 = terms.spelt[i],
					   .written = terms.spelt[i],
					   .traits = TOKEN_LATIN | TOKEN_UZBEK};

		n_forms = add_forms(plan, forms, n_forms, &other, STEM_UZ, prefix);
	}
	tell_spellings(plan, word, &terms);
	return n_forms;
}

/* One place of a phrase: the very word in quotes, else any form of it. */
static xap_query place_query(struct plan *plan, const struct query_atom *atom, size_t at)
{
	const char *prefix = atom->title ? DOC_PREFIX_TITLE : "";
	const struct query_word *word = &atom->words[at];
	enum stem_kind kinds[] = {STEM_UZ, word->traits & TOKEN_CYRILLIC ? STEM_RU : STEM_EN};
	xap_query forms[GROUP_MAX];
	size_t n_forms = 0;

	if (atom->quoted)
		return quoted_word(plan, word, atom->title);
	for (size_t k = 0; k < COUNT(kinds); k++)
		n_forms = add_forms(plan, forms, n_forms, word, kinds[k], prefix);
	n_forms = add_spellings(plan, forms, n_forms, word, prefix);
	return xap_query_group(plan->pool, XAP_OR, forms, n_forms);
}

/*
 * e-mail, U.S.A. and PQ-5178 written as one word, where somebody has written them so. Of numbers only
 * one beside letters is meant so: 2021-2022 is two.
 */
static xap_query joined_query(struct plan *plan, const struct query_atom *atom)
{
	AUTO(buf) struct buf joined = {0};
	struct query_word word = atom->words[0];
	size_t numbers = 0;

	for (size_t i = 0; i < atom->n_words; i++) {
		numbers += (atom->words[i].traits & TOKEN_NUMBER) != 0;
		buf_str_add(&joined, atom->words[i].t1);
	}
	if (numbers && (numbers > 1 || atom->n_words > 2))
		return XAP_NOTHING;
	word.t1 = buf_keep(&joined, plan->mem);
	if (word.t1.len < JOINED_LEAST || word.t1.len > T1_MAX || !plan_has(plan, word.t1))
		return XAP_NOTHING;
	return quoted_word(plan, &word, atom->title);
}

/* The letters and the digits of a word that is one of each; false where it is not. */
static bool part_word(struct query_word parts[2], const struct query_word *word)
{
	struct str t1 = word->t1, cyrillic = word->cyrillic;
	bool begins_so = is_digit(t1.ptr[0]);
	size_t at = 1;

	while (at < t1.len && is_digit(t1.ptr[at]) == begins_so)
		at++;
	for (size_t i = at; i < t1.len; i++)
		if (is_digit(t1.ptr[i]) == begins_so)
			return false;
	if (at == t1.len)
		return false;
	parts[0] = parts[1] = *word;
	parts[0].t1 = parts[0].written = str_head(t1, at);
	parts[1].t1 = parts[1].written = str_from(t1, at);
	if (cyrillic.len) { /* where digits are bytes as well */
		size_t split = begins_so ? at : cyrillic.len - (t1.len - at);

		parts[0].cyrillic = str_head(cyrillic, split);
		parts[1].cyrillic = str_from(cyrillic, split);
	}
	parts[begins_so ? 0 : 1].traits = TOKEN_NUMBER;
	return true;
}

/* The other way round: PQ5178 where PQ-5178 stands. */
static xap_query parted_query(struct plan *plan, const struct query_atom *atom)
{
	struct query_word parts[2];
	struct query_atom parted = {
		.kind = QUERY_PHRASE, .title = atom->title, .words = parts, .n_words = 2};
	xap_query places[2];

	if (!part_word(parts, &atom->words[0]))
		return XAP_NOTHING;
	for (size_t i = 0; i < COUNT(places); i++)
		places[i] = place_query(plan, &parted, i);
	return xap_query_group(plan->pool, XAP_PHRASE, places, COUNT(places));
}

xap_query plan_word_weight(struct plan *plan, const struct query_word *word, bool title)
{
	const char *stems = title ? DOC_PREFIX_TITLE_STEM : DOC_PREFIX_STEM;
	struct word_terms terms;
	xap_query parts[2];

	word_terms(plan, word, &terms);
	if (plan->request->as_typed || plan->excluding)
		terms.n_relaxed = 0;
	parts[0] = terms.n_strict ? synonym(plan, stems, terms.strict, terms.n_strict)
				  : prefixed_term(plan, title ? DOC_PREFIX_TITLE : "", word->t1);
	parts[1] = scaled(plan, SEARCH_WEIGHTS.relaxed,
			  synonym(plan, stems, terms.relaxed, terms.n_relaxed));
	return xap_query_group(plan->pool, XAP_OR, parts, COUNT(parts));
}

/*
 * Words behind one another. Xapian would let a rare form of a word weigh more than its common ones, so
 * the words are weighed by their stems, and the phrase only says where they stand.
 */
static xap_query phrase_query(struct plan *plan, const struct query_atom *atom)
{
	xap_query places[QUERY_WORDS_MAX], weights[QUERY_WORDS_MAX], either[2], phrase;
	size_t count = atom->n_words < QUERY_WORDS_MAX ? atom->n_words : QUERY_WORDS_MAX;

	for (size_t i = 0; i < count; i++) {
		places[i] = place_query(plan, atom, i);
		weights[i] = plan_word_weight(plan, &atom->words[i], atom->title);
	}
	phrase = xap_query_group(plan->pool, XAP_PHRASE, places, count);
	if (atom->quoted || phrase == XAP_NOTHING)
		return phrase;
	either[0] = xap_query_filter(plan->pool,
				     xap_query_group(plan->pool, XAP_AND, weights, count), phrase);
	either[1] = plan->request->as_typed ? XAP_NOTHING : joined_query(plan, atom);
	return xap_query_group(plan->pool, XAP_OR, either, COUNT(either));
}

/* Its digits together, as the index has them of a telephone number; and those without the country. */
static xap_query phone_query(struct plan *plan, const struct query_atom *atom, xap_query groups)
{
	struct str digits = atom->phone;
	struct str national =
		str_from(digits, digits.len > PHONE_NATIONAL ? digits.len - PHONE_NATIONAL : 0);
	xap_query ways[3] = {groups};

	plan_mark(plan, digits);
	if (atom->kind != QUERY_WORD && plan_has(plan, digits))
		ways[1] = prefixed_term(plan, atom->title ? DOC_PREFIX_TITLE : "", digits);
	if (digits.len > PHONE_NATIONAL && plan_has(plan, national)) {
		plan_mark(plan, national);
		ways[2] = prefixed_term(plan, atom->title ? DOC_PREFIX_TITLE : "", national);
	}
	return xap_query_group(plan->pool, XAP_OR, ways, COUNT(ways));
}

static xap_query loose_word(struct plan *plan, const struct query_atom *atom)
{
	const struct query_word *word = &atom->words[0];
	xap_query either[] = {
		with_capitals(plan, word, word_query(plan, word, atom->title)),
		plan->request->as_typed ? XAP_NOTHING : parted_query(plan, atom),
	};

	return xap_query_group(plan->pool, XAP_OR, either, COUNT(either));
}

static xap_query kind_query(struct plan *plan, const struct query_atom *atom)
{
	switch (atom->kind) {
	case QUERY_WORD:
		return atom->quoted ? quoted_word(plan, &atom->words[0], atom->title)
				    : loose_word(plan, atom);
	case QUERY_PREFIX:
		return prefix_query(plan, &atom->words[0], atom->title);
	case QUERY_PHRASE:
		return phrase_query(plan, atom);
	}
	return XAP_NOTHING;
}

static xap_query atom_query(struct plan *plan, const struct query_atom *atom)
{
	size_t n_marks = plan->n_marks;
	xap_query query = kind_query(plan, atom);

	if (!atom->phone.len || atom->quoted || plan->request->as_typed)
		return query;
	if (atom->kind == QUERY_PHRASE)
		plan->n_marks = n_marks; /* its groups are small numbers that stand everywhere */
	return phone_query(plan, atom, query);
}

xap_query plan_clause(struct plan *plan, const struct query_clause *clause)
{
	xap_query *atoms = arena_array(plan->mem, clause->n_atoms, sizeof(*atoms));

	for (size_t i = 0; i < clause->n_atoms; i++)
		atoms[i] = atom_query(plan, &clause->atoms[i]);
	return xap_query_group(plan->pool, XAP_OR, atoms, clause->n_atoms);
}

xap_query plan_excluded_atom(struct plan *plan, const struct query_atom *atom)
{
	const char *prefix = atom->title ? DOC_PREFIX_TITLE : "";
	xap_query parts[STEM_COUNT + 1];
	struct word_terms terms;
	struct plan unmarked = *plan;

	unmarked.excluding = true;
	if (atom->kind != QUERY_WORD || atom->phone.len) {
		xap_query query = atom_query(&unmarked, atom);

		plan->outcome = unmarked.outcome;
		return query;
	}
	parts[0] = prefixed_term(plan, prefix, atom->words[0].t1);
	if (atom->quoted)
		return parts[0];
	word_strict_terms(plan, &atom->words[0], &terms);
	for (size_t i = 0; i < terms.n_strict; i++)
		parts[i + 1] =
			prefixed_term(plan, atom->title ? DOC_PREFIX_TITLE_STEM : DOC_PREFIX_STEM,
				      terms.strict[i]);
	return xap_query_group(plan->pool, XAP_OR, parts, terms.n_strict + 1);
}
