/* What one word of a query is searched by: its stems, loans between languages, other spellings. */
#include "indexer/search_parts.h"

enum {
	STRICT_MAX = 16,
	FORMS_MAX = 20,
	FORMS_SEEN = 400, /* words with the same beginning that are looked at */
	FORM_HEAD = 4,    /* letters of a stem from which its last may have changed in a form */
	FORM_ENDING = 4,  /* letters of the longest usual Russian ending; shorter words have less */
	SHORT_ACRONYM = 2,
};

/* A small set of terms without double ones. */
struct term_list {
	struct str items[RELAX_MAX];
	size_t count;
};

static void list_term(struct term_list *list, struct arena *mem, size_t most, const char *letter,
		      struct str stem, const char *end)
{
	struct str term = arena_printf(mem, "%s%.*s%s", letter, STR_ARG(stem), end);

	if (stem.len == 0 || list->count >= most)
		return;
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], term))
			return;
	list->items[list->count++] = term;
}

static struct str *keep_terms(struct arena *mem, const struct term_list *list)
{
	struct str *terms = arena_array(mem, list->count, sizeof(*terms));

	if (list->count)
		memcpy(terms, list->items, list->count * sizeof(*terms));
	return terms;
}

static void stems_of(struct plan *plan, const struct query_word *word, struct str out[STEM_COUNT])
{
	struct token token = {.written = word->written,
			      .traits = word->traits,
			      .t1 = word->t1,
			      .cyrillic = word->cyrillic};
	struct stems stems;

	analyser_stems(plan->analyser, &token, &stems);
	for (size_t i = 0; i < STEM_COUNT; i++)
		out[i] = arena_str(plan->mem, stems.of[i]);
}

/* The stem of a folded word that nobody wrote, taken as Uzbek in Latin letters. */
static struct str uzbek_stem_of(struct plan *plan, struct str t1)
{
	struct query_word word = {.t1 = t1, .written = t1, .traits = TOKEN_LATIN | TOKEN_UZBEK};
	struct str stems[STEM_COUNT];

	stems_of(plan, &word, stems);
	return stems[STEM_UZ];
}

/* The first of the variants whose stem is each relaxed term. */
static struct str *spellings(struct plan *plan, const struct word_terms *terms,
			     const struct str *variants, size_t count)
{
	struct str *out = arena_array(plan->mem, terms->n_relaxed, sizeof(*out));

	for (size_t i = 0; i < count && terms->n_relaxed; i++) {
		struct str stem = uzbek_stem_of(plan, variants[i]);

		for (size_t k = 0; k < terms->n_relaxed; k++)
			if (!out[k].len && str_eq(terms->relaxed[k], stem))
				out[k] = variants[i];
	}
	return out;
}

static struct str without_end(struct str stem, size_t end)
{
	return str_head(stem, stem.len - end);
}

/* Loan words end differently in Russian and Uzbek: визы and viza, конвенции and konvensiya. */
static void bridge_loans(struct plan *plan, struct term_list *list,
			 const struct str stems[STEM_COUNT])
{
	struct str r = stems[STEM_RU], u = stems[STEM_UZ];

	if (r.len >= 3) {
		list_term(list, plan->mem, STRICT_MAX, "", r, "a");
		list_term(list, plan->mem, STRICT_MAX, "", r, "o");
	}
	if (r.len >= 5)
		list_term(list, plan->mem, STRICT_MAX, "", r, "iya");
	if (u.len >= 8 && str_ends(u, STR("iya")))
		list_term(list, plan->mem, STRICT_MAX, DOC_STEM_RUSSIAN, without_end(u, 3), "");
	else if (u.len >= 4 && (str_ends(u, STR("a")) || str_ends(u, STR("o"))))
		list_term(list, plan->mem, STRICT_MAX, DOC_STEM_RUSSIAN, without_end(u, 1), "");
}

/* The stem of ИНН is the "in" of every English text: what is left of an acronym may be anything. */
static bool is_little_rest(const struct query_word *word, struct str stem)
{
	return (word->traits & TOKEN_ACRONYM) && stem.len <= SHORT_ACRONYM &&
	       stem.len < word->t1.len;
}

static void own_stems(struct plan *plan, struct term_list *list, const struct query_word *word,
		      const struct str stems[STEM_COUNT])
{
	for (size_t i = 0; i < STEM_COUNT; i++)
		if (!is_little_rest(word, stems[i]))
			list_term(list, plan->mem, STRICT_MAX, "", stems[i], "");
}

void word_strict_terms(struct plan *plan, const struct query_word *word, struct word_terms *out)
{
	struct term_list list = {.count = 0};
	struct str stems[STEM_COUNT];

	*out = (struct word_terms){0};
	stems_of(plan, word, stems);
	own_stems(plan, &list, word, stems);
	out->strict = keep_terms(plan->mem, &list);
	out->n_strict = list.count;
}

/* Keep the terms that are found in the text of a readable document. */
static void keep_known(struct plan *plan, struct term_list *list, const struct word_terms *known)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct str term =
			arena_printf(plan->mem, DOC_PREFIX_STEM "%.*s", STR_ARG(list->items[i]));
		bool twice = false;

		for (size_t k = 0; k < known->n_strict; k++)
			twice = twice || str_eq(known->strict[k], list->items[i]);
		if (!twice && plan_has(plan, term))
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

void word_terms(struct plan *plan, const struct query_word *word, struct word_terms *out)
{
	struct term_list strict = {.count = 0}, relaxed = {.count = 0};
	struct str stems[STEM_COUNT], variants[RELAX_MAX];
	size_t n_variants = relax_word(variants, plan->mem, word);

	*out = (struct word_terms){0};
	stems_of(plan, word, stems);
	own_stems(plan, &strict, word, stems);
	bridge_loans(plan, &strict, stems);
	keep_known(plan, &strict, out);
	out->strict = keep_terms(plan->mem, &strict);
	out->n_strict = strict.count;
	for (size_t i = 0; i < n_variants; i++)
		list_term(&relaxed, plan->mem, RELAX_MAX, "", uzbek_stem_of(plan, variants[i]), "");
	keep_known(plan, &relaxed, out);
	out->relaxed = keep_terms(plan->mem, &relaxed);
	out->n_relaxed = relaxed.count;
	out->spelt = spellings(plan, out, variants, n_variants);
}

bool word_is_short_acronym(const struct query_word *word)
{
	return (word->traits & TOKEN_ACRONYM) && word->t1.len <= SHORT_ACRONYM;
}

struct str word_stem_term(struct plan *plan, const struct query_word *word, enum stem_kind kind)
{
	struct str stems[STEM_COUNT];

	stems_of(plan, word, stems);
	if (stems[kind].len == 0 || word_is_short_acronym(word))
		return word->t1;
	return arena_printf(plan->mem, DOC_PREFIX_STEM "%.*s", STR_ARG(stems[kind]));
}

/* ---- forms ----------------------------------------------------------------------------------- */
struct form {
	struct str word;
	uint32_t count;
};

struct forms {
	struct plan *plan;
	struct str stem;
	enum stem_kind kind;
	struct form found[FORMS_SEEN];
	size_t count, seen;
};

static bool is_form(struct forms *forms, struct str term)
{
	struct query_word word = {.t1 = term, .written = term, .traits = TOKEN_LATIN};
	struct str stems[STEM_COUNT];

	if (forms->kind == STEM_RU)
		return term.len < 2 * forms->stem.len && term.len <= forms->stem.len + FORM_ENDING;
	if (forms->kind == STEM_UZ)
		return str_eq(uzbek_stem_of(forms->plan, term), forms->stem);
	stems_of(forms->plan, &word, stems);
	return str_eq(stems[forms->kind], forms->stem);
}

static bool see_form(void *context, struct str term, uint32_t count)
{
	struct forms *forms = context;
	struct plan *plan = forms->plan;

	if (is_form(forms, term))
		forms->found[forms->count++] = (struct form){arena_str(plan->mem, term), count};
	return ++forms->seen < FORMS_SEEN;
}

static int compare_forms(const void *a, const void *b)
{
	const struct form *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return str_cmp(x->word, y->word);
}

struct str *word_forms(struct plan *plan, const struct query_word *word, enum stem_kind kind,
		       size_t *count)
{
	struct forms *forms = arena_alloc(plan->mem, sizeof(*forms));
	struct str *out = arena_array(plan->mem, FORMS_MAX + 1, sizeof(*out));
	struct str stems[STEM_COUNT], head;

	out[0] = word->t1;
	*count = 1;
	stems_of(plan, word, stems);
	head = stems[kind];
	if (head.len == 0)
		return out;
	if (head.len > FORM_HEAD && kind != STEM_RU)
		head = without_end(head, 1);
	*forms = (struct forms){.plan = plan, .stem = stems[kind], .kind = kind};
	if (plan->outcome == ST_OK)
		plan->outcome = xap_set_terms(plan->set, head, see_form, forms);
	if (forms->count)
		qsort(forms->found, forms->count, sizeof(*forms->found), compare_forms);
	for (size_t i = 0; i < forms->count && *count <= FORMS_MAX; i++)
		if (!str_eq(forms->found[i].word, word->t1))
			out[(*count)++] = forms->found[i].word;
	return out;
}
