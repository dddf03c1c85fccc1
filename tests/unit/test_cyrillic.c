/* Uzbek Latin in Cyrillic letters. */
#include "indexer/cyrillic.h"

#include "indexer/script.h"
#include "schema/base/utf8.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"

static struct arena mem;

static const char *cyrillic(const char *latin)
{
	AUTO(buf) struct buf out = {0};

	cyrillic_from_latin(&out, str_c(latin));
	return buf_keep(&out, &mem).ptr;
}

static void test_letters(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("elchixona"), "элчихона");
	assert_string_equal(cyrillic("oʻzbekcha gʻoya"), "ўзбекча ғоя");
	assert_string_equal(cyrillic("yoʻl yozuv yangi yuz yer"), "йўл ёзув янги юз ер");
	assert_string_equal(cyrillic("qahramon xalq huquq"), "қаҳрамон халқ ҳуқуқ");
	assert_string_equal(cyrillic("eʼlon maʼno poeziya"), "эълон маъно поэзия");
}

static void test_every_apostrophe_is_one(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("o'zbek o‘zbek oʻzbek o`zbek o’zbek"),
			    "ўзбек ўзбек ўзбек ўзбек ўзбек");
	assert_string_equal(cyrillic("bogʻ, tog'"), "боғ, тоғ");
	assert_string_equal(cyrillic("oʹzbek o´zbek oʽzbek o′zbek o＇zbek"),
			    "ўзбек ўзбек ўзбек ўзбек ўзбек");
	assert_string_equal(cyrillic("'embargo'"), "'эмбарго'");
}

static void test_s_and_h_that_are_two(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("Isʼhoq shahar choy"), "Исҳоқ шаҳар чой");
}

static void test_case_is_kept(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("Oʻzbekiston SHARTNOMA Shartnoma"),
			    "Ўзбекистон ШАРТНОМА Шартнома");
	assert_string_equal(cyrillic("AQSH BMT YeI OʻZBEKISTON"), "АҚШ БМТ ЕИ ЎЗБЕКИСТОН");
	assert_string_equal(cyrillic("Yoʻldosh YOʻL Yevropa"), "Йўлдош ЙЎЛ Европа");
	assert_string_equal(cyrillic("Obyekt OBYEKT Elchi ELCHI"), "Объект ОБЪЕКТ Элчи ЭЛЧИ");
}

static void test_loans_are_spelt_as_loans(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("konvensiya konstitutsiya litsenziya aksiya"),
			    "конвенция конституция лицензия акция");
	assert_string_equal(cyrillic("sirk sentabr oktabrda aprel budjet"),
			    "цирк сентябрь октябрда апрель бюджет");
	assert_string_equal(cyrillic("Sentabr PENSIYA pensiya anneksiya"),
			    "Сентябрь ПЕНСИЯ пенсия аннексия");
	assert_string_equal(cyrillic("premyer-ministr rayon"), "премьер-министр район");
	assert_string_equal(cyrillic("ketsa aytsin"), "кетса айтсин");
}

static void test_the_rest_passes_through(void **state)
{
	(void)state;
	assert_string_equal(cyrillic("2026-yil, 5 % (Ўзбек) — №7"), "2026-йил, 5 % (Ўзбек) — №7");
	assert_string_equal(cyrillic(""), "");
	assert_string_equal(cyrillic("a\xFF"
				     "b"),
			    "а\xFF"
			    "б");
}

/* Long runs of letters are no words, but nothing is lost. */
static void test_any_length(void **state)
{
	AUTO(buf) struct buf in = {0}, out = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_c_add(&in, "b");
	cyrillic_from_latin(&out, buf_str(&in));
	assert_int_equal(utf8_count(buf_str(&out)), 1000);
}

/* Of 30,000 words of real text that are there in both scripts, nearly all are spelt as their authors did. */
static void test_real_words(void **state)
{
	struct str text = file_kit_data(&mem, "uzbek/script-pairs-words.tsv");
	size_t all = 0, right = 0;

	(void)state;
	if (!text.ptr)
		skip();
	while (text.ptr) {
		struct str latin = str_cut(&text, '\n'), written = str_cut(&latin, '\t');

		if (!latin.len)
			continue;
		all++;
		right += str_is(written, cyrillic(arena_c(&mem, latin)));
	}
	assert_true(right * 1000 >= all * 985);
}

/* The fold brings both scripts of a word together again. */
static void test_the_fold_undoes_it(void **state)
{
	static const char *const words[] = {"elchixonalarimizda", "oʻzbekistonlik", "konvensiya",
					    "ishonch yorligʻi",   "obyekt",         "moʻjiza"};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		AUTO(buf) struct buf a = {0}, b = {0};

		script_fold(&a, str_c(words[i]));
		script_fold(&b, str_c(cyrillic(words[i])));
		assert_string_equal(buf_c(&a), buf_c(&b));
	}
}

static int clean(void **state)
{
	(void)state;
	arena_release(&mem);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_every_apostrophe_is_one),
		cmocka_unit_test(test_s_and_h_that_are_two),
		cmocka_unit_test(test_case_is_kept),
		cmocka_unit_test(test_loans_are_spelt_as_loans),
		cmocka_unit_test(test_the_rest_passes_through),
		cmocka_unit_test(test_any_length),
		cmocka_unit_test(test_real_words),
		cmocka_unit_test(test_the_fold_undoes_it),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}
