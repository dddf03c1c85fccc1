/* The parts of a search, from the words that were typed to one Xapian query. Private to search*.c. */
#ifndef INDEXER_SEARCH_PARTS_H
#define INDEXER_SEARCH_PARTS_H

#include "indexer/query.h"
#include "indexer/relax.h"
#include "indexer/search.h"
#include "indexer/search_shards.h"
#include "indexer/xap.h"

/* How much each part of a match weighs; settled by tests/eval. */
struct search_weights {
	double k1, b;       /* BM25 */
	double min_length;  /* shorter documents, in parts of the average, count as this long */
	double exact;       /* the very word, beside its stems, which weigh 1 */
	double capitals;    /* an acronym that stands in capitals, as it was typed */
	double relaxed;     /* the word with likely misspelt letters put right */
	double glossary;    /* what the glossary adds to the words that were typed */
	double whole_title; /* the query is the title: always first */
	double reader_lang; /* the reader's language */
	double fresh;       /* what was changed not long ago */
	double verified;    /* what somebody answers for */
	double linked;      /* what others link to: so much for few, twice as much for many */
	double feedback;    /* words that the best documents share, beside those typed */
	double first;       /* what the typed words put first stays there */
};
extern const struct search_weights SEARCH_WEIGHTS;

/* One search under way. */
struct plan {
	struct arena *mem;
	struct analyser *analyser;
	/* The readable shards only, one by one and as a set: whatever is looked up, is looked up here. */
	const struct shards *open;
	struct shard **shards;
	size_t n_shards;
	struct xap_set *set;
	struct xap_pool *pool;
	const struct search_request *request;
	struct query query;
	struct str *marks;
	size_t n_marks, marks_room;
	struct str also; /* other spellings that were searched, for people; "a, b" */
	size_t n_also;
	bool excluding;      /* what is planned is to be left out: nothing is guessed */
	enum status outcome; /* the first failure of a look-up */

	uint64_t postings; /* of all terms that were looked up */

	size_t n_asked; /* clauses that are asked for */
	xap_query all;  /* has all of them */
	xap_query some; /* has one of them */
	xap_query filter, without, bonus;
	xap_query own
		[DOC_FILTER_COUNT]; /* the filters beside the query, of which `filter` is made ... */
	xap_query typed;            /* ... and those in it */
};

/* ---- search_clauses.c: the whole query --------------------------------------------------------- */
/* Fill in all but the filter from plan->query. */
void plan_clauses(struct plan *plan) NONNULL;

/* ---- search_query.c: one clause ---------------------------------------------------------------- */
/* What has one of its atoms; its words are marked. */
xap_query plan_clause(struct plan *plan, const struct query_clause *clause) NONNULL;

/* Exclusion acts on the word and its stems as they are: nothing is guessed, nothing is marked. */
xap_query plan_excluded_atom(struct plan *plan, const struct query_atom *atom) NONNULL;

/* What one word of a phrase weighs: as much as alone, whichever of its forms stands there. */
xap_query plan_word_weight(struct plan *plan, const struct query_word *word, bool title) NONNULL;

/* How many documents of the opened shards have the term, and whether any has. */
uint32_t plan_frequency(struct plan *plan, struct str term) NONNULL;
bool plan_has(struct plan *plan, struct str term) NONNULL;

/* Mark places where this term stands. */
void plan_mark(struct plan *plan, struct str term) NONNULL;

/* ---- search_asked.c: which clauses count ------------------------------------------------------ */
struct asked {
	const struct query_clause *clause;
	uint32_t count; /* documents with its first word, where that was looked up */
	size_t order;   /* among all clauses */
};
/* The clauses that are asked for, without stop words (unless there is nothing else). */
size_t plan_asked(struct plan *plan, struct asked **out) NONNULL;

/* WHO and IT, written so, are names. */
bool word_is_stop(const struct query_word *word) NONNULL;

/* ---- search_word.c: one word ----------------------------------------------------------------- */
/* What a word is searched by. */
struct word_terms {
	struct str *strict; /* terms without Z or ZS */
	size_t n_strict;
	struct str *relaxed;
	size_t n_relaxed;
	struct str *spelt; /* what each of the relaxed ones is the stem of */
};

/* Those terms of a word that the opened shards have. */
void word_terms(struct plan *plan, const struct query_word *word, struct word_terms *out) NONNULL;
/* The strict ones alone, without looking whether they exist. */
void word_strict_terms(struct plan *plan, const struct query_word *word, struct word_terms *out)
	NONNULL;

/* UN, US: their stems are those of little words in other languages, so only the letters are meant. */
bool word_is_short_acronym(const struct query_word *word) NONNULL;

/*
 * The indexed words that have the same stem of this kind: at most 20, the word itself first. Of
 * Russian ones only the letters are left in the index, so there it is the stem and a short ending.
 */
struct str *word_forms(struct plan *plan, const struct query_word *word, enum stem_kind kind,
		       size_t *count) NONNULL;

/* The term of one stem of the word, with its prefix; of the very word where it has none. */
struct str word_stem_term(struct plan *plan, const struct query_word *word, enum stem_kind kind)
	NONNULL;

/* ---- search_expand.c: the glossary ----------------------------------------------------------- */
/*
 * Join what the glossary adds to the queries that it stands for; `places` are their clauses,
 * ascending. Queries that one expansion stands for become one, so that `count` may shrink. Gives all
 * that was added, for a search by some of the words.
 */
xap_query plan_expand(struct plan *plan, size_t *places, xap_query *queries, size_t *count) NONNULL;

/* ---- search_feedback.c ----------------------------------------------------------------------- */
/* Words that the best documents share, as a query to order by; XAP_NOTHING where they share none. */
enum status plan_feedback(struct plan *plan, xap_query *out, const struct xap_answer *best)
	NONNULL MUST_USE;

/* ---- search_facets.c: filters and facets ----------------------------------------------------- */
void plan_filters(struct plan *plan, const struct search_request *request) NONNULL;

/*
 * The query, where every filter lets it pass but the one beside the query with this number: what
 * choosing another value of it as well would add. XAP_NOTHING where there is no such filter.
 */
xap_query plan_others(struct plan *plan, xap_query query, enum doc_filter_id id) NONNULL;

/* The audience and the space of each shard of the set. */
struct homes {
	int64_t *audiences;
	struct str *spaces;
	size_t count;
};

/* Add what was counted in SLOT_FACETS to what the result has already. */
void facets_add(struct search_result *out, struct arena *mem, const struct xap_answer *answer,
		const struct homes *homes) NONNULL;
/* The same for one facet alone. */
void facets_add_others(struct search_result *out, struct arena *mem,
		       const struct xap_answer *answer, const struct homes *homes,
		       enum doc_filter_id id) NONNULL;
/* With which the values of a facet begin in SLOT_FACETS; the number is that in the result. */
char facet_letter(size_t number);
/* Make one of the spellings of a tag, before texts_count_once(). */
void facets_join_spellings(struct search_result *out, struct arena *mem) NONNULL;
/* Order them for people. */
void facets_sort(struct search_result *out) NONNULL;

/* ---- search_tags.c ---------------------------------------------------------------------------- */
/*
 * For the first tags, as they are sorted, that begin with the request's query: a document that has it
 * and is not excluded, and the tag folded as its mark.
 */
enum status plan_tags(struct search_result *out, struct plan *plan, const struct homes *homes)
	NONNULL MUST_USE;

/* ---- search_texts.c: translations in the facets ----------------------------------------------- */
/*
 * Matches that have translations, as they were counted, so that a text with several languages can be
 * counted once, as it is one hit. Others cost nothing.
 */
struct texts {
	struct version *items;
	size_t count;
	bool too_many; /* some are not here */
};
/* Those of one facet alone have its number, others TEXTS_OF_ALL. */
enum { TEXTS_OF_ALL = DOC_FILTER_COUNT };
void texts_add(struct texts *texts, struct arena *mem, const struct xap_answer *answer,
	       unsigned facet) NONNULL;
/*
 * Take away what was counted of a text that was counted already. Gives how many matches are not the
 * first of their text.
 */
uint32_t texts_count_once(struct search_result *out, struct arena *mem, struct texts *texts,
			  const struct homes *homes) NONNULL MUST_USE;

/* ---- search_standing.c: what helps besides words ---------------------------------------------- */
/*
 * Order hits that weigh much the same by language and by what is new, verified and linked to. They
 * change places only within their step, counted from the first hit, so that it is the same on whichever
 * page they stand: `answer` begins with the first hit and holds whole steps, or all hits.
 */
enum { STANDING_STEP = 10 };
void standing_order(struct xap_answer *answer, struct str reader_lang, int64_t now) NONNULL;

/* ---- search_suggest.c ------------------------------------------------------------------------ */
/* A spelling of the query whose words the opened shards know, or the empty text. */
struct str plan_suggestion(struct plan *plan) NONNULL;

#endif
