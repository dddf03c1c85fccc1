/* Which concepts a query names, and what they add to it. */
#include "server/glossary.h"

#include "schema/base/clock.h"
#include "server/terms.h"
#include "tests/support/check.h"
#include "tests/support/record_kit.h"

static struct kit kit;
static struct glossary *glossary;
static struct analyser *analyser;

static const char TERMS[] =
	"domain,uz,uz_cyrl,ru,en,meaning_en\n"
	"a,elchixona,,посольство,embassy,\n"
	"a,Birlashgan Millatlar Tashkiloti; BMT,,Организация Объединённых Наций; ООН,"
	"United Nations; UN,\n"
	"a,millat,,нация,nation,\n"
	"a,ishonch yorligʻi,,верительная грамота,letter of credence; credentials,\n"
	"a,yorliq,,грамота,charter,\n"
	"a,Amerika Qoʻshma Shtatlari; AQSH,,Соединённые Штаты Америки; США,"
	"United States of America; USA,\n"
	"a,Yevropa Ittifoqi; YeI,,Европейский союз; ЕС,European Union; EU,\n"
	"a,Jahon sogʻliqni saqlash tashkiloti; JSST,,Всемирная организация здравоохранения; ВОЗ,"
	"World Health Organization; WHO,\n"
	"a,Oʻzbekiston,,Узбекистан,Uzbekistan,\n"
	"a,oʻzbek,,узбек,Uzbek,\n"
	"b,Jorjiya,,Грузия,Georgia,a state\n"
	"c,Jorjiya,,Джорджия,Georgia,another\n";

static void import(const char *csv)
{
	struct term_counts counts;
	struct term_row *rows;
	size_t n;

	assert_int_equal(terms_read_csv(&rows, &n, &kit.mem, str_c(csv)), ST_OK);
	assert_int_equal(term_import(&counts, kit.db, &kit.mem, &kit.op, rows, n, TERM_IMPORT),
			 ST_OK);
}

static int set_up(void **state)
{
	(void)state;
	kit_open(&kit);
	glossary = glossary_new();
	assert_int_equal(analyser_open(&analyser), ST_OK);
	import(TERMS);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	analyser_close(analyser);
	glossary_free(glossary);
	kit_close(&kit);
	return 0;
}

static struct glossary_found find(const char *query)
{
	struct glossary_found found;

	assert_int_equal(glossary_find(&found, glossary, kit.db, &kit.mem, analyser, str_c(query)),
			 ST_OK);
	return found;
}

/* "0+2: embassy, elchixona | 3+1: ..." */
static const char *added(const char *query)
{
	AUTO(buf) struct buf out = {0};
	struct glossary_found found = find(query);

	for (size_t i = 0; i < found.n_expansions; i++) {
		const struct search_expansion *e = &found.expansions[i];

		buf_printf(&out, "%s%u+%u:", i ? " | " : "", e->first, e->count);
		for (size_t k = 0; k < e->n_forms; k++)
			buf_printf(&out, "%s %.*s", k ? "," : "", STR_ARG(e->forms[k].text));
	}
	return buf_keep(&out, &kit.mem).ptr;
}

static void test_words_match_in_any_form_and_script(void **state)
{
	(void)state;
	assert_string_equal(added("embassies"), "0+1: elchixona, посольство");
	assert_string_equal(added("в посольстве"), "1+1: elchixona, embassy");
	assert_string_equal(added("элчихоналаримизда"), "0+1: посольство, embassy");
	assert_string_equal(added("Elchixonasi"), "0+1: посольство, embassy");
	assert_string_equal(added("embargo"), "");
}

/* Without apostrophes, x for h, on a Russian keyboard; but not a short word, which is another. */
static void test_words_match_in_other_letters(void **state)
{
	(void)state;
	assert_string_equal(added("elchihona"), "0+1: посольство, embassy");
	assert_string_equal(added("элчиҳонада"), "0+1: посольство, embassy");
	assert_string_equal(added("ozbekistonda"), "0+1: Узбекистан, Uzbekistan");
	assert_string_equal(added("узбекистоннинг"), "0+1: Узбекистан, Uzbekistan");
	assert_string_equal(added("ozbek"), "");
	assert_string_equal(added("\"ozbekiston\""), "");
}

static void test_the_longest_term_counts(void **state)
{
	(void)state;
	assert_string_equal(added("вручение верительных грамот"),
			    "1+2: ishonch yorligʻi, letter of credence, credentials");
	assert_string_equal(added("почётная грамота"), "1+1: yorliq, charter");
	assert_string_equal(added("letters of credence"),
			    "0+3: ishonch yorligʻi, верительная грамота, credentials");
	assert_string_equal(added("nations"), "0+1: millat, нация");
}

static void test_acronyms_are_entries(void **state)
{
	(void)state;
	assert_string_equal(added("оон"),
			    "0+1: Birlashgan Millatlar Tashkiloti, BMT, Организация Объединённых "
			    "Наций, United Nations, UN");
	assert_int_equal(find("UN").n_matches, 1);
	assert_int_equal(find("un").n_matches, 0);
	assert_int_equal(find("YeI").n_matches, 1);
	assert_int_equal(find("США").n_matches, 1);
	assert_int_equal(find("United States of America").n_matches, 1);
}

/* ЕС folds to "yes", and WHO to "who": they are not found by these words, nor added as them. */
static void test_acronyms_are_not_common_words(void **state)
{
	(void)state;
	assert_int_equal(find("yes").n_matches, 0);
	assert_int_equal(find("who is who").n_matches, 0);
	assert_int_equal(find("WHO").n_matches, 1);
	assert_null(strstr(added("ВОЗ"), "WHO"));
	assert_non_null(strstr(added("ВОЗ"), "World Health Organization"));
}

static void test_homonyms_add_all_that_they_mean(void **state)
{
	struct glossary_found found = find("Georgia");

	(void)state;
	assert_int_equal(found.n_matches, 2);
	assert_string_equal(added("Georgia"), "0+1: Jorjiya, Грузия, Джорджия");
}

static void test_what_is_quoted_excluded_or_begun_stays(void **state)
{
	(void)state;
	assert_string_equal(added("\"embassy\""), "");
	assert_string_equal(added("-embassy visa"), "");
	assert_string_equal(added("embass*"), "");
	assert_string_equal(added("title:embassy"), "");
	assert_string_equal(added("embassy OR nation"), "");
	assert_string_equal(added("United -x Nations"), "2+1: millat, нация");
	assert_string_equal(added("embassy space:t"), "0+1: elchixona, посольство");
}

static void test_at_most_so_many(void **state)
{
	AUTO(buf) struct buf csv = {0}, query = {0};
	struct glossary_found found;

	(void)state;
	buf_c_add(&csv, "domain,uz,en\n");
	for (int i = 0; i < 20; i++) {
		buf_printf(&csv, "z,soʻz%dka,word%dly\n", i, i);
		buf_printf(&query, "word%dly ", i);
	}
	import(buf_c(&csv));
	found = find(buf_c(&query));
	assert_int_equal(found.n_matches, EXPANSIONS_MAX);
	assert_int_equal(found.n_expansions, EXPANSIONS_MAX);
}

static void test_a_change_is_seen_at_once(void **state)
{
	struct term *list;
	size_t count;
	struct term_filter filter = {.lang = TERM_EN, .key = STR("embassy")};

	(void)state;
	assert_int_equal(find("embassy").n_matches, 1);
	assert_int_equal(term_list(&list, &count, kit.db, &kit.mem, &kit.op, &filter, 10), ST_OK);
	assert_int_equal(count, 1);
	assert_int_equal(term_retire(kit.db, &kit.mem, &kit.op, list[0].public_id, STR("")), ST_OK);
	assert_int_equal(find("embassy").n_matches, 0);
}

static void test_any_bytes(void **state)
{
	static const char *const queries[] = {
		"", "\"", "-", "\xFF\xFE", "OR OR", "a:b", "* * *", "embassy-embassy", "'''"};

	(void)state;
	for (size_t i = 0; i < COUNT(queries); i++)
		(void)find(queries[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_match_in_any_form_and_script),
		cmocka_unit_test(test_words_match_in_other_letters),
		cmocka_unit_test(test_the_longest_term_counts),
		cmocka_unit_test(test_acronyms_are_entries),
		cmocka_unit_test(test_acronyms_are_not_common_words),
		cmocka_unit_test(test_homonyms_add_all_that_they_mean),
		cmocka_unit_test(test_what_is_quoted_excluded_or_begun_stays),
		cmocka_unit_test(test_at_most_so_many),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_a_change_is_seen_at_once),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
