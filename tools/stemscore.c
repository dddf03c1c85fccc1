/*
 * How well the stems bring the forms of a word together: stemscore [uz|ru|en] <FILE
 * The file holds "form<TAB>lemma" lines (more columns are not read). Distinct forms of one word are
 * compared in pairs: a pair is right when the forms share a lemma, and found when they share a stem.
 * Prints forms, right pairs, precision, recall, F1, then the stems that bring most wrong pairs
 * together and the lemmas that are torn apart most.
 */
#include "indexer/analyse.h"

struct form {
	struct str t1, stem;
	size_t *lemmas; /* numbers, ascending as they came */
	size_t n_lemmas, room;
};

struct group {
	struct str name;
	size_t *forms;
	size_t count, room;
	size_t faults; /* pairs that are wrong or missing */
};

struct table {
	struct group *groups;
	size_t count, room;
};

enum { WORST = 12 };

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct group *)a)->name, ((const struct group *)b)->name);
}

static int by_faults(const void *a, const void *b)
{
	size_t x = ((const struct group *)a)->faults, y = ((const struct group *)b)->faults;

	return x < y ? 1 : x > y ? -1 : 0;
}

static int by_form(const void *a, const void *b)
{
	return str_cmp(((const struct form *)a)->t1, ((const struct form *)b)->t1);
}

static void add_to(struct table *t, struct str name, size_t form)
{
	struct group *g;

	t->groups = xgrow(t->groups, t->count, &t->room, sizeof(*t->groups));
	g = &t->groups[t->count++];
	*g = (struct group){.name = name};
	g->forms = xgrow(NULL, 0, &g->room, sizeof(*g->forms));
	g->forms[g->count++] = form;
}

/* One group for each name. */
static void merge(struct table *t)
{
	size_t kept = 0;

	qsort(t->groups, t->count, sizeof(*t->groups), by_name);
	for (size_t i = 0; i < t->count; i++) {
		struct group *g = &t->groups[i], *last = &t->groups[kept ? kept - 1 : 0];

		if (kept == 0 || !str_eq(last->name, g->name)) {
			t->groups[kept++] = *g;
			continue;
		}
		last->forms = xgrow(last->forms, last->count, &last->room, sizeof(size_t));
		last->forms[last->count++] = g->forms[0];
		free(g->forms);
	}
	t->count = kept;
}

/* The first lemma that both forms have, or SIZE_MAX. */
static size_t shared_lemma(const struct form *a, const struct form *b)
{
	for (size_t i = 0; i < a->n_lemmas; i++)
		for (size_t k = 0; k < b->n_lemmas; k++)
			if (a->lemmas[i] == b->lemmas[k])
				return a->lemmas[i];
	return SIZE_MAX;
}

/* The only word of `text` with its stem; false for several words. */
static bool read_form(struct analyser *a, struct arena *mem, enum stem_kind kind, struct str text,
		      struct form *out)
{
	struct tokeniser t;
	struct token word, second;
	struct stems stems;

	tokeniser_init(&t, text);
	if (!tokeniser_next(&t, &word))
		return false;
	analyser_stems(a, &word, &stems);
	*out = (struct form){.t1 = arena_str(mem, word.t1)};
	out->stem = stems.of[kind].len ? arena_str(mem, stems.of[kind]) : out->t1;
	return !tokeniser_next(&t, &second);
}

struct score {
	struct arena mem;
	struct analyser *analyser;
	enum stem_kind kind;
	struct form *forms;
	size_t n_forms, room;
	struct table lemmas, stems;
};

static void read_lines(struct score *s)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		struct str rest = str_trim(str_c(line)), form = str_cut(&rest, '\t');
		struct str lemma = rest.ptr ? str_cut(&rest, '\t') : STR_NONE;

		s->forms = xgrow(s->forms, s->n_forms, &s->room, sizeof(*s->forms));
		if (lemma.len &&
		    read_form(s->analyser, &s->mem, s->kind, form, &s->forms[s->n_forms])) {
			AUTO(buf) struct buf folded = {0};

			script_fold(&folded, lemma);
			add_to(&s->lemmas, buf_keep(&folded, &s->mem), s->n_forms++);
		}
	}
}

/* Make one of the lines with the same form; `lemmas` refers to forms afterwards. */
static void join_forms(struct score *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_forms; i++) {
		struct form *f = &s->forms[i];

		f->lemmas = xgrow(NULL, 0, &f->room, sizeof(*f->lemmas));
		f->lemmas[f->n_lemmas++] = i;
	}
	qsort(s->forms, s->n_forms, sizeof(*s->forms), by_form);
	for (size_t i = 0; i < s->n_forms; i++) {
		struct form *f = &s->forms[i], *last = &s->forms[kept ? kept - 1 : 0];

		if (kept == 0 || !str_eq(last->t1, f->t1)) {
			s->forms[kept++] = *f;
			continue;
		}
		last->lemmas = xgrow(last->lemmas, last->n_lemmas, &last->room, sizeof(size_t));
		last->lemmas[last->n_lemmas++] = f->lemmas[0];
		free(f->lemmas);
	}
	s->n_forms = kept;
}

/* Replace numbers of lines by numbers of lemmas, and list the forms of each lemma and stem. */
static void number_lemmas(struct score *s)
{
	size_t *lemma_of;

	lemma_of = xmalloc((s->lemmas.count + 1) * sizeof(*lemma_of));
	merge(&s->lemmas);
	for (size_t l = 0; l < s->lemmas.count; l++) {
		struct group *g = &s->lemmas.groups[l];

		for (size_t i = 0; i < g->count; i++)
			lemma_of[g->forms[i]] = l;
		g->count = 0;
	}
	for (size_t f = 0; f < s->n_forms; f++) {
		struct form *form = &s->forms[f];

		add_to(&s->stems, form->stem, f);
		for (size_t i = 0; i < form->n_lemmas; i++) {
			struct group *g = &s->lemmas.groups[lemma_of[form->lemmas[i]]];

			form->lemmas[i] = lemma_of[form->lemmas[i]];
			if (g->count && g->forms[g->count - 1] == f)
				continue;
			g->forms = xgrow(g->forms, g->count, &g->room, sizeof(size_t));
			g->forms[g->count++] = f;
		}
	}
	merge(&s->stems);
	free(lemma_of);
}

static void print_worst(const struct score *s, struct table *t, const char *what)
{
	qsort(t->groups, t->count, sizeof(*t->groups), by_faults);
	for (size_t i = 0; i < t->count && i < WORST && t->groups[i].faults; i++) {
		const struct group *g = &t->groups[i];

		printf("%s %.*s (%zu):", what, STR_ARG(g->name), g->faults);
		for (size_t k = 0; k < g->count && k < WORST; k++)
			printf(" %.*s", STR_ARG(s->forms[g->forms[k]].t1));
		printf("\n");
	}
}

static void score_print(struct score *s)
{
	size_t right = 0, found = 0, both = 0;
	double p, r;

	for (size_t l = 0; l < s->lemmas.count; l++) {
		struct group *g = &s->lemmas.groups[l];

		for (size_t i = 0; i < g->count; i++)
			for (size_t k = 0; k < i; k++) {
				const struct form *a = &s->forms[g->forms[i]];
				const struct form *b = &s->forms[g->forms[k]];

				if (shared_lemma(a, b) != l)
					continue;
				right++;
				both += str_eq(a->stem, b->stem);
				g->faults += !str_eq(a->stem, b->stem);
			}
	}
	for (size_t n = 0; n < s->stems.count; n++) {
		struct group *g = &s->stems.groups[n];

		found += g->count * (g->count - 1) / 2;
		for (size_t i = 0; i < g->count; i++)
			for (size_t k = 0; k < i; k++)
				g->faults += shared_lemma(&s->forms[g->forms[i]],
							  &s->forms[g->forms[k]]) == SIZE_MAX;
	}
	p = found ? (double)both / (double)found : 1;
	r = right ? (double)both / (double)right : 1;
	printf("forms %zu pairs %zu P %.3f R %.3f F1 %.3f\n", s->n_forms, right, p, r,
	       p + r > 0 ? 2 * p * r / (p + r) : 0);
	print_worst(s, &s->stems, "wrong together");
	print_worst(s, &s->lemmas, "torn apart");
}

int main(int argc, char **argv)
{
	struct score s = {.kind = STEM_UZ};

	if (argc > 1)
		s.kind = strcmp(argv[1], "ru") == 0   ? STEM_RU
			 : strcmp(argv[1], "en") == 0 ? STEM_EN
						      : STEM_UZ;
	if (analyser_open(&s.analyser) != ST_OK) {
		(void)fprintf(stderr, "stemscore: %s\n", fail_message());
		return 1;
	}
	read_lines(&s);
	join_forms(&s);
	number_lemmas(&s);
	score_print(&s);
	return 0; /* the process ends here: its memory goes with it */
}
