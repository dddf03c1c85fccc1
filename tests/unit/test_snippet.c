/* Passages: which one is chosen, where it is cut, and what is marked in it. */
#include "indexer/snippet.h"

#include "schema/base/utf8.h"
#include "tests/support/check.h"

static struct analyser *analyser;

static int open_analyser(void **state)
{
	(void)state;
	return analyser_open(&analyser) == ST_OK ? 0 : -1;
}

static int close_analyser(void **state)
{
	(void)state;
	analyser_close(analyser);
	return 0;
}

/* The passage with its marks in square brackets, and "..." where something was cut off. */
static struct str show(struct arena *mem, const struct snippet *s)
{
	AUTO(buf) struct buf out = {0};
	size_t at = 0;

	if (s->cut_before)
		buf_c_add(&out, "...");
	for (size_t i = 0; i < s->n_marks; i++) {
		struct mark m = s->marks[i];

		buf_str_add(&out, str_of(s->passage.ptr + at, m.start - at));
		buf_printf(&out, "[%.*s]", (int)m.len, s->passage.ptr + m.start);
		at = m.start + m.len;
	}
	buf_str_add(&out, str_from(s->passage, at));
	if (s->cut_after)
		buf_c_add(&out, "...");
	return buf_keep(&out, mem);
}

/* `terms` are separated by a space. */
static struct str snippet(struct arena *mem, const char *terms, const char *text, size_t width)
{
	struct str list[16], rest = str_c(terms);
	struct snippet s;
	size_t count = 0;

	while (rest.ptr && count < COUNT(list))
		list[count++] = str_cut(&rest, ' ');
	snippet_make(&s, mem, analyser, mark_set_new(mem, list, count), str_c(text), width);
	return show(mem, &s);
}

static void test_words_are_marked_in_their_own_script(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(
		snippet(&mem, "elchixona Zelchixona", "Бу ЭЛЧИХОНАСИДА, «elchixonalarimiz»!", 200),
		"Бу [ЭЛЧИХОНАСИДА], «[elchixonalarimiz]»!");
	assert_str(snippet(&mem, "o'zbekiston Zo'zbekiston", "O‘zbekistonda O`ZBEKISTON", 200),
		   "[O‘zbekistonda] [O`ZBEKISTON]");
	assert_str(snippet(&mem, "ZRposolstv Zembassi", "посольства Embassies' embassy's", 200),
		   "[посольства] [Embassies]' [embassy's]");
}

static void test_exact_words_and_prefixes(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "viza", "viza vizalar VIZA", 200), "[viza] vizalar [VIZA]");
	assert_str(snippet(&mem, "viz*", "viza визалар virus", 200), "[viza] [визалар] virus");
	assert_str(snippet(&mem, "", "viza", 200), "viza");
	assert_str(snippet(&mem, "Z ZU *", "Z ZU *", 200), "Z ZU *");
}

static void test_the_window_with_most_words_is_chosen(void **state)
{
	static const char *text =
		"alpha one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
		"fifteen sixteen seventeen eighteen nineteen beta alpha gamma twenty";
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "alpha beta gamma", text, 60),
		   "...fifteen sixteen seventeen eighteen nineteen [beta] [alpha] [gamma]...");
	assert_str(snippet(&mem, "alpha", text, 26), "[alpha] one two three four...");
	assert_str(snippet(&mem, "gamma", text, 40), "...eighteen nineteen beta alpha [gamma]...");
}

/* Two forms of one query word are not worth more than one; two words are. */
static void test_forms_of_one_word_count_once(void **state)
{
	static const char *text =
		"viza vizalar vizaga bir ikki uch to'rt besh olti yetti sakkiz to'qqiz "
		"o'n o'nbir pasport viza";
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "viza Zviza pasport Zpasport", text, 34),
		   "...to'qqiz o'n o'nbir [pasport] [viza]");
	assert_str(snippet(&mem, "vizaga Zviza", text, 34),
		   "[viza] [vizalar] [vizaga] bir ikki uch...");
}

/* One word of the text that is found under two words of the query shows that they are forms of one. */
static void test_words_that_turn_out_to_be_one(void **state)
{
	static const char *text =
		"vizalar viza bir ikki uch to'rt besh olti yetti sakkiz pasport viza";
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "viza Zviza vizalar pasport", text, 22),
		   "...sakkiz [pasport] [viza]");
}

static void test_the_beginning_where_nothing_matches(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "zzz", "One two three.\nFour five", 16), "One two three....");
	assert_str(snippet(&mem, "zzz", "", 16), "");
	assert_str(snippet(&mem, "zzz", "ўўўўўўўўўў", 7), "ўўў...");
	assert_str(snippet(&mem, "zzz", "  \n ", 16), "");
}

static void test_a_passage_does_not_begin_in_the_block_before(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "visa", "Title of all\nThe (visa) costs", 100),
		   "...The ([visa]) costs");
}

static void test_a_telephone_number_is_marked_whole(void **state)
{
	AUTO(arena) struct arena mem = {0};
	static const char TEXT[] = "Tel. +998 (71) 233-28-28, (71) 233-28-28, 2332828 va 28-28";

	(void)state;
	assert_str(snippet(&mem, "998712332828 712332828", TEXT, 200),
		   "Tel. [+998 (71) 233-28-28], [(71) 233-28-28], 2332828 va 28-28");
	assert_str(snippet(&mem, "2332828", TEXT, 200),
		   "Tel. [+998 (71) 233-28-28], [(71) 233-28-28], [2332828] va 28-28");
	assert_str(snippet(&mem, "998712332828 28", TEXT, 200),
		   "Tel. [+998 (71) 233-28-28], (71) 233-[28]-[28], 2332828 va [28]-[28]");
}

static void test_titles_are_marked_whole(void **state)
{
	AUTO(arena) struct arena mem = {0};
	const struct str terms[] = {STR("viza"), STR("Zviza"), STR("Zvisa")};
	struct mark_set *set = mark_set_new(&mem, terms, COUNT(terms));
	struct snippet s;

	(void)state;
	snippet_mark_all(&s, &mem, analyser, set, STR("Visa, виза va vizalar"));
	assert_str(show(&mem, &s), "[Visa], [виза] va [vizalar]");
	snippet_mark_all(&s, &mem, analyser, set, STR_NONE);
	assert_int_equal(s.n_marks, 0);
}

/* The texts in square brackets, the mark that begins the best passage in braces. */
static struct str walk(struct arena *mem, const char *terms, const char *const *texts, size_t n)
{
	AUTO(buf) struct buf out = {0};
	struct str list[16], rest = str_c(terms);
	size_t count = 0, best = 0, seen = 0;

	while (rest.ptr && count < COUNT(list))
		list[count++] = str_cut(&rest, ' ');
	for (int round = 0; round < 2; round++) {
		struct marker *m = marker_new(mem, analyser, mark_set_new(mem, list, count));

		buf_reset(&out);
		seen = 0;
		for (size_t i = 0; i < n; i++) {
			struct mark mark;

			marker_begin(m, str_c(texts[i]));
			while (marker_next(m, &mark))
				buf_printf(&out, seen++ == best && round ? "{%.*s}" : "[%.*s]",
					   (int)mark.len, texts[i] + mark.start);
		}
		if (!marker_best(m, &best))
			return STR("nothing");
	}
	return buf_keep(&out, mem);
}

static void test_a_walk_finds_the_best_passage_over_many_texts(void **state)
{
	AUTO(arena) struct arena mem = {0};
	static const char *const near[] = {"Viza va ", "pasport", " виза"};
	static const char *far[] = {"viza", NULL, "viza", " pasport"};
	AUTO(buf) struct buf between = {0};

	(void)state;
	assert_str(walk(&mem, "viza pasport", near, COUNT(near)), "{Viza}[pasport][виза]");
	for (int i = 0; i < 60; i++)
		buf_c_add(&between, "word ");
	far[1] = buf_c(&between);
	assert_str(walk(&mem, "viza pasport", far, COUNT(far)), "[viza]{viza}[pasport]");
	assert_str(walk(&mem, "zzz", near, COUNT(near)), "nothing");
	assert_str(walk(&mem, "", near, COUNT(near)), "nothing");
}

static void test_a_walk_ends_after_many_marks(void **state)
{
	AUTO(arena) struct arena mem = {0};
	const struct str term = STR("viza");
	struct marker *m = marker_new(&mem, analyser, mark_set_new(&mem, &term, 1));
	struct mark mark;
	size_t found = 0;

	(void)state;
	for (int i = 0; i < 2 * MARKER_MOST; i++) {
		marker_begin(m, STR("viza"));
		while (marker_next(m, &mark))
			found++;
	}
	assert_int_equal(found, MARKER_MOST);
}

/* Whatever the text, the passage is a piece of it, of whole letters, not wider than asked. */
static void test_any_text(void **state)
{
	static const char *const pieces[] = {" ",  "\n", "viza", "pasport", "ў",
					     "о'", "a",  "—",    "\"",      "б"};
	uint32_t seed = 5;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		AUTO(arena) struct arena mem = {0};
		AUTO(buf) struct buf text = {0};
		const struct str terms[] = {STR("viza"), STR("Zpasport"), STR("a*")};
		size_t width = 1 + (size_t)round % 70;
		struct snippet s;

		for (int i = 0; i < 30; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_c_add(&text, pieces[(seed >> 12) % COUNT(pieces)]);
		}
		snippet_make(&s, &mem, analyser, mark_set_new(&mem, terms, COUNT(terms)),
			     buf_str(&text), width);
		assert_true(s.passage.len <= width && utf8_valid(s.passage));
		for (size_t i = 0; i < s.n_marks; i++) {
			assert_true(s.marks[i].start + s.marks[i].len <= s.passage.len);
			assert_true(i == 0 ||
				    s.marks[i].start >= s.marks[i - 1].start + s.marks[i - 1].len);
		}
	}
}

/* Of a term that the glossary added: "national" alone is not the United Nations. */
static void test_a_word_of_a_phrase_counts_beside_another(void **state)
{
	AUTO(arena) struct arena mem = {0};
	const char *terms = "un \"united \"nations \"national";

	(void)state;
	assert_str(snippet(&mem, terms, "national security, the United Nations", 200),
		   "national security, the [United] [Nations]");
	assert_str(snippet(&mem, terms, "the UN: nations of the united-nations", 200),
		   "the [UN]: nations of the [united]-[nations]");
	assert_str(snippet(&mem, terms, "united we stand, nations", 200),
		   "united we stand, nations");
	assert_str(snippet(&mem, "united \"united \"nations", "united we stand", 200),
		   "[united] we stand");
}

static void test_an_acronym_counts_in_capitals(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(snippet(&mem, "XCmid XCbmt", "mid-year, МИД, МИДом, Mid; BMTning", 200),
		   "mid-year, [МИД], [МИДом], Mid; [BMTning]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_marked_in_their_own_script),
		cmocka_unit_test(test_exact_words_and_prefixes),
		cmocka_unit_test(test_the_window_with_most_words_is_chosen),
		cmocka_unit_test(test_forms_of_one_word_count_once),
		cmocka_unit_test(test_words_that_turn_out_to_be_one),
		cmocka_unit_test(test_the_beginning_where_nothing_matches),
		cmocka_unit_test(test_a_passage_does_not_begin_in_the_block_before),
		cmocka_unit_test(test_a_telephone_number_is_marked_whole),
		cmocka_unit_test(test_titles_are_marked_whole),
		cmocka_unit_test(test_a_walk_finds_the_best_passage_over_many_texts),
		cmocka_unit_test(test_a_walk_ends_after_many_marks),
		cmocka_unit_test(test_any_text),
		cmocka_unit_test(test_a_word_of_a_phrase_counts_beside_another),
		cmocka_unit_test(test_an_acronym_counts_in_capitals),
	};

	return cmocka_run_group_tests(tests, open_analyser, close_analyser);
}
