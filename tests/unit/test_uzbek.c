/*
 * How well the Uzbek stemmer brings the forms of a word together, on real lists of forms and lemmas.
 * A pair of forms is right when they share a lemma, found when they share a stem. A figure may not
 * fall by more than 0.005; tools/stemscore.c shows which words are to blame.
 */
#include "indexer/uzbek.h"

#include "tests/support/check.h"
#include "tests/support/file_kit.h"

struct row {
	struct str form, lemma, stem;
};

static int by_form_and_lemma(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = str_cmp(x->form, y->form);

	return order ? order : str_cmp(x->lemma, y->lemma);
}

static struct str fold(struct arena *mem, struct str text)
{
	AUTO(buf) struct buf out = {0};

	script_fold(&out, text);
	return buf_keep(&out, mem);
}

/* The lines whose form is one word, by form. */
static size_t read_rows(struct row *rows, struct arena *mem, struct str text)
{
	size_t count = 0;

	while (text.ptr) {
		struct str rest = str_cut(&text, '\n'), form = str_cut(&rest, '\t');
		struct row *r = &rows[count];
		char stem[UZBEK_STEM_MAX];

		r->form = fold(mem, form);
		r->lemma = rest.ptr ? fold(mem, str_cut(&rest, '\t')) : STR_NONE;
		if (r->form.len == 0 || r->lemma.len == 0 || str_find(r->form, ' ') >= 0)
			continue;
		r->stem = arena_str(mem, str_of(stem, uzbek_stem(stem, r->form)));
		count++;
	}
	qsort(rows, count, sizeof(*rows), by_form_and_lemma);
	return count;
}

/* The rows of one form stand together: [from, to). */
struct form {
	size_t from, to;
};

static bool share_lemma(const struct row *rows, struct form a, struct form b)
{
	for (size_t i = a.from; i < a.to; i++)
		for (size_t k = b.from; k < b.to; k++)
			if (str_eq(rows[i].lemma, rows[k].lemma))
				return true;
	return false;
}

static double f1(const struct row *rows, const struct form *forms, size_t count)
{
	size_t right = 0, found = 0, both = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < i; k++) {
			bool is_right = share_lemma(rows, forms[i], forms[k]);
			bool is_found = str_eq(rows[forms[i].from].stem, rows[forms[k].from].stem);

			right += is_right;
			found += is_found;
			both += is_right && is_found;
		}
	return 2 * (double)both / (double)(right + found);
}

static void check_score(const char *file, double least)
{
	enum { ROWS_MAX = 20000 };
	AUTO(arena) struct arena mem = {0};
	struct row *rows = arena_array(&mem, ROWS_MAX, sizeof(*rows));
	struct form *forms = arena_array(&mem, ROWS_MAX, sizeof(*forms));
	struct str text = file_kit_data(&mem, file);
	size_t count, n_forms = 0;
	double score;

	if (!text.ptr)
		skip();
	count = read_rows(rows, &mem, text);
	for (size_t i = 0; i < count; i++) {
		if (n_forms && str_eq(rows[forms[n_forms - 1].from].form, rows[i].form))
			forms[n_forms - 1].to = i + 1;
		else
			forms[n_forms++] = (struct form){i, i + 1};
	}
	score = f1(rows, forms, n_forms);
	print_message("  %s: %zu forms, F1 %.3f\n", file, n_forms, score);
	assert_true(score >= least - 0.005);
}

static void test_ud_ut(void **state)
{
	(void)state;
	check_score("lemmas/uz/ud-ut.tsv", 0.965);
}

static void test_ud_tuecl(void **state)
{
	(void)state;
	check_score("lemmas/uz/ud-tuecl.tsv", 0.961);
}

static void test_ud_uzudt(void **state)
{
	(void)state;
	check_score("lemmas/uz/ud-uzudt.tsv", 0.599);
}

static void test_unimorph_nouns(void **state)
{
	(void)state;
	check_score("lemmas/uz/unimorph-nouns.tsv", 1.000);
}

static void test_unimorph_verbs(void **state)
{
	(void)state;
	check_score("lemmas/uz/unimorph-verbs.tsv", 0.973);
}

static void test_news_words(void **state)
{
	(void)state;
	check_score("lemmas/uz/uzmorph-checked.tsv", 0.884);
}

/* A noun that the stemmer knows is not taken apart where its end and i look like the question mi. */
static void test_known_nouns_with_i(void **state)
{
	static const char *const nouns[] = {"bitim", "taqdim", "qadim", "talim", "bo'lim"};

	(void)state;
	for (size_t i = 0; i < COUNT(nouns); i++) {
		AUTO(buf) struct buf word = {0};
		char stem[UZBEK_STEM_MAX];

		buf_printf(&word, "%si", nouns[i]);
		assert_str(str_of(stem, uzbek_stem(stem, buf_str(&word))), nouns[i]);
	}
}

/* Words of any letters: no stem is empty, longer than allowed, or not T1. */
static void test_any_letters(void **state)
{
	static const char *const pieces[] = {"o'", "g'",   "sh", "ch",  "a",   "lar",
					     "ni", "yap",  "ti", "gan", "lig", "i",
					     "q",  "dagi", "x",  "9",   "mi",  "si"};
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 50000; round++) {
		AUTO(buf) struct buf word = {0};
		char stem[UZBEK_STEM_MAX];
		size_t len;

		for (size_t pieces_left = 1 + (size_t)round % 9; pieces_left; pieces_left--) {
			seed = seed * 1664525 + 1013904223;
			buf_c_add(&word, pieces[(seed >> 12) % COUNT(pieces)]);
		}
		len = uzbek_stem(stem, buf_str(&word));
		assert_true(len > 0 && len <= UZBEK_STEM_MAX && len <= word.len + 3);
		for (size_t i = 0; i < len; i++)
			assert_true(stem[i] == '\'' || (stem[i] >= 'a' && stem[i] <= 'z') ||
				    stem[i] == '9');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ud_ut),
		cmocka_unit_test(test_ud_tuecl),
		cmocka_unit_test(test_ud_uzudt),
		cmocka_unit_test(test_unimorph_nouns),
		cmocka_unit_test(test_unimorph_verbs),
		cmocka_unit_test(test_news_words),
		cmocka_unit_test(test_known_nouns_with_i),
		cmocka_unit_test(test_any_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
