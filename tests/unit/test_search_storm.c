/*
 * Any bytes are a query: random and mutated ones, asked of a small index in every way that people can
 * ask, none with an odd answer, much time or much memory. DEVON_QUERIES says how many (3,000);
 * DEVON_TEST_DATA adds attack strings to what they are made of.
 */
#include "indexer/search.h"

#include <sys/resource.h>
#include <time.h>

#include "indexer/query.h"
#include "indexer/snippet.h"
#include "schema/base/utf8.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"
#include "tests/support/index_kit.h"

enum {
	AUDIENCES = 20,
	QUERIES = 3000,
	WARM = 500, /* until buffers have their size */
	SEEDS_MAX = 4000,
	WIDTH = 240,
	SECONDS_MOST = 2,
	KIB_MOST = 100 * 1024,
};

static const char *const TEXTS[][2] = {
	{"Elchixona viza", "Elchixonalarimizda qabul kunlari, oʻzbek tili va chora-tadbirlar 2021"},
	{"Ташқи ишлар вазирлиги", "Ўзбекистон Республикаси Ташқи ишлар вазирлигининг низоми"},
	{"Оформление визы", "Документы для получения визы в консульстве; №12-34/56 от 05.06.2024"},
	{"Embassy hours", "Opening hours of the embassies of the world: Mon-Fri, 9:00-17:30"},
	{"Конвенции", "Венская конвенция о дипломатических сношениях 1961 года, статья 41"},
	{"O‘zbekiston", "o`zbekcha o'zbekcha oʻzbekcha ozbekcha узбекча ўзбекча"},
	{"🙂 emoji", "été naïve Straße ﬁ ǆ İstanbul ΣΊΣΥΦΟΣ 漢字 עברית العربية"},
	{"a", "a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9"},
	{"C++ & <script>", "user@example.uz https://mfa.uz/uz/a?b=c#d C:\\temp ../../etc/passwd"},
	{"SMOE smoe", "smoeyerge yergesmoe ТИВ МИД WHO it XIV asr 1-son 2-modda"},
};

static const char *const PIECES[] = {
	"\"",
	"\"\"",
	"-",
	"--",
	"*",
	"viza*",
	"OR",
	" OR ",
	"title:",
	"lang:uz",
	"lang:",
	"space:",
	"tag:x y",
	"type:thread",
	"author:a",
	"-type:",
	"after:",
	"before:",
	"2021",
	"2021-13",
	"9999-12-31",
	"(",
	")",
	":",
	"::",
	"\\",
	"%s%n",
	"'",
	"ʻ",
	"’",
	"\xc3",
	"\xff\xfe",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xe2\x80\xae",
	"\xcc\x81\xcc\x81\xcc\x81",
	"\n",
	"\t",
	"виза",
	"визы",
	"elchi",
	"o'zbek",
	"ўзбек",
	"smoe",
	"the",
	"и",
	"va",
	"-viza",
	"\"ташқи ишлар\"",
	"chora-tadbirlar",
	"aaaaaaaaaaaaaaaaaaaaaaaa",
	"ь",
};

static char *folder;
static struct searcher *searcher;
static struct analyser *analyser;
static struct arena seed_mem;
static struct str seeds[SEEDS_MAX];
static size_t n_seeds;
static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

static uint32_t below(size_t most)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 16) % most);
}

static void read_seeds(const char *name)
{
	struct str rest = file_kit_data(&seed_mem, name);

	while (rest.len && n_seeds < SEEDS_MAX) {
		struct str line = str_cut(&rest, '\n');

		seeds[n_seeds++] = str_cut(&line, '\t');
	}
}

static int start(void **unused)
{
	static struct str tags[] = {STR("viza"), STR("uzoq muddat")}, links[] = {STR("havola")};
	AUTO(arena) struct arena mem = {0};
	struct shard_version *shards;
	struct writer *writer;
	size_t count;

	(void)unused;
	memory_is_odd();
	folder = folder_make();
	assert_int_equal(writer_open(&writer, folder), ST_OK);
	for (int i = 0; i < 2 * AUDIENCES; i++) {
		struct index_doc doc = kit_doc(i % AUDIENCES + 1, arena_printf(&mem, "a%d", i).ptr,
					       TEXTS[(size_t)i % COUNT(TEXTS)][0],
					       TEXTS[(size_t)i % COUNT(TEXTS)][1]);

		doc.type = i % 3 ? STR("article") : STR("thread");
		doc.tags = tags;
		doc.n_tags = 2;
		doc.link_texts = links;
		doc.n_link_texts = (size_t)i % 2;
		doc.translation = i % 4 ? STR_NONE : STR("one");
		doc.modified += i * INT64_C(10000000);
		assert_int_equal(writer_put(writer, &doc), ST_OK);
	}
	assert_int_equal(writer_commit(writer, &mem, 1, &shards, &count), ST_OK);
	writer_close(writer);
	assert_int_equal(analyser_open(&analyser), ST_OK);
	read_seeds("security/naughty-strings.jsonl");
	read_seeds("security/sql-injection.txt");
	read_seeds("security/command-injection.txt");
	read_seeds("uz-golden.tsv");
	return searcher_open(&searcher, folder) == ST_OK ? 0 : -1;
}

static int stop(void **unused)
{
	(void)unused;
	searcher_close(searcher);
	analyser_close(analyser);
	folder_remove(folder);
	arena_release(&seed_mem);
	return 0;
}

/* ---- queries --------------------------------------------------------------------------------- */

static void add_part(struct buf *out)
{
	const char *const *text = TEXTS[below(COUNT(TEXTS))];
	size_t from, count = 1 + below(40);

	switch (below(6)) {
	case 0:
		for (size_t i = 0; i < count; i++)
			buf_byte(out, (char)below(256));
		break;
	case 1:
		if (n_seeds)
			buf_str_add(out, seeds[below(n_seeds)]);
		break;
	case 2:
		from = below(strlen(text[1]));
		buf_add(out, text[1] + from, below(strlen(text[1]) - from) + 1);
		break;
	case 3:
		buf_c_add(out, text[0]);
		break;
	default:
		buf_c_add(out, PIECES[below(COUNT(PIECES))]);
	}
}

/* Change a few bytes, or write the whole again and again up to the limit of a query and past it. */
static void mutate(struct buf *out)
{
	size_t len = out->len;

	for (size_t i = below(8); i > 0 && len; i--)
		out->ptr[below(len)] = (char)below(256);
	if (below(50) != 0 || !len)
		return;
	while (out->len < QUERY_BYTES_MAX + 100) {
		AUTO(buf) struct buf copy = {0};

		buf_add(&copy, out->ptr, len);
		buf_str_add(out, buf_str(&copy));
	}
}

static void make_query(struct buf *out)
{
	buf_reset(out);
	for (size_t i = below(8); i > 0; i--) {
		add_part(out);
		if (below(3))
			buf_byte(out, ' ');
	}
	if (below(3) == 0)
		mutate(out);
}

static struct search_request make_request(struct str query)
{
	static const int64_t IDS[AUDIENCES + 1] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
						   12, 13, 14, 15, 16, 17, 18, 19, 20, 99};
	static struct search_form forms[] = {{STR("diplomatik vakolatxona"), STEM_UZ},
					     {STR("mission"), STEM_EN}};
	static struct search_expansion expansions[] = {{0, 1, forms, 2}, {1, 2, forms, 1}};
	static struct str langs[] = {STR("uz-Latn")}, excluded[] = {STR("a3")};

	return (struct search_request){
		.audiences = {IDS, below(4) ? 1 + below(3) : COUNT(IDS)},
		.query = query,
		.langs = langs,
		.n_langs = below(8) == 0,
		.excluded = excluded,
		.n_excluded = below(4) == 0,
		.sort = below(4) ? SEARCH_BY_RELEVANCE : SEARCH_BY_DATE,
		.offset = below(4) ? 0 : below(20),
		.limit = below(20),
		.facets = below(2),
		.join_translations = below(2),
		.reader_lang = below(2) ? STR("ru") : STR_NONE,
		.as_typed = below(8) == 0,
		.expansions = expansions,
		.n_expansions = below(3),
	};
}

/* ---- answers --------------------------------------------------------------------------------- */

static void check_snippets(struct arena *mem, const struct search_result *result)
{
	const struct str none = STR_NONE;
	struct mark_set *set =
		mark_set_new(mem, result->n_marks ? result->marks : &none, result->n_marks);

	for (size_t i = 0; i < 2; i++) {
		struct str text = str_c(TEXTS[below(COUNT(TEXTS))][1]);
		struct snippet s;

		snippet_make(&s, mem, analyser, set, text, WIDTH);
		assert_true(s.passage.len <= WIDTH && utf8_valid(s.passage));
		snippet_mark_all(&s, mem, analyser, set, text);
		for (size_t k = 0; k < s.n_marks; k++)
			assert_true(s.marks[k].start + s.marks[k].len <= s.passage.len);
	}
}

static void ask(struct str text)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf described = {0};
	struct search_request request = make_request(text);
	struct search_result result;
	struct query query;

	query_parse(&query, &mem, text);
	query_describe(&described, &query);
	assert_int_equal(searcher_run(searcher, &result, &mem, &request), ST_OK);
	assert_true(result.n_hits <= request.limit);
	assert_true(result.total <= 2 * AUDIENCES && result.total_all <= result.total);
	assert_false(result.partial);
	for (size_t i = 0; i < result.n_hits; i++)
		assert_false(request.n_excluded && str_is(result.hits[i].id, "a3"));
	check_snippets(&mem, &result);
}

/* Of this process alone: what else the machine does must not count. */
static double cpu_seconds(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_kib(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

static void test_any_bytes_are_a_query(void **unused)
{
	AUTO(buf) struct buf query = {0};
	const char *asked = getenv("DEVON_QUERIES");
	long count = asked ? strtol(asked, NULL, 10) : QUERIES, kib = 0;
	double longest = 0;

	(void)unused;
	for (long i = 0; i < count; i++) {
		double before = cpu_seconds(), took;

		make_query(&query);
		ask(buf_str(&query));
		took = cpu_seconds() - before;
		longest = took > longest ? took : longest;
		if (took > SECONDS_MOST)
			fail_msg("query %ld took %.1f s: %.*s", i, took, STR_ARG(buf_str(&query)));
		if (i <= WARM)
			kib = peak_kib();
	}
	kib = peak_kib() - kib;
	print_message("%ld queries, the longest %.0f ms, %ld KiB more than at the beginning\n",
		      count, longest * 1000, kib);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed */
	assert_true(kib < KIB_MOST);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_bytes_are_a_query)};

	return cmocka_run_group_tests(tests, start, stop);
}
