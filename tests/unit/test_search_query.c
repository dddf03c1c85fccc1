/* What a query finds: words in any script and form, phrases, operators, titles. */
#include "indexer/search.h"

#include "tests/support/check.h"
#include "tests/support/index_kit.h"

static void test_one_query_finds_both_scripts(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "Elchixona", "Elchixonalarimizda qabul kunlari"));
	kit_put(kit_doc(OPEN, "a2", "Элчихона", "Элчихонаси ҳақида"));
	kit_commit();
	assert_string_equal(kit_hits("elchixona"), kit_hits("ЭЛЧИХОНА"));
	assert_int_equal(kit_search("elchixonasi").n_hits, 2);
	assert_int_equal(kit_search("O‘zbek").n_hits, 0);
}

static void test_typed_without_apostrophe(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "Kim", "oʻzbek tili"));
	kit_commit();
	assert_hits("ozbek", "a1");
	assert_hits("узбек", "a1");
	assert_hits("o`zbekcha", "");
}

static void test_loans_between_languages(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "viza olish"));
	kit_put(kit_doc(OPEN, "a2", "y", "оформление визы"));
	kit_commit();
	assert_int_equal(kit_search("визы").n_hits, 2);
	assert_int_equal(kit_search("viza").n_hits, 2);
}

/* A headline is pasted with the quotes that are in it; what says the same in other words comes below. */
static void test_a_phrase_that_nobody_wrote_leaves_its_words(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "prezident qaror qabul qildi"));
	kit_put(kit_doc(OPEN, "a2", "y", "muhim xabar"));
	kit_commit();
	result = kit_search("xabar «yangi qaror e'lon qilindi»");
	assert_int_equal(result.total_all, 0);
	assert_int_equal(result.n_hits, 2);
	assert_int_equal(kit_search("«yangi qaror e'lon qilindi»").n_hits, 0);
}

static void test_words_are_joined_by_and(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "bir", "nota konvensiya"));
	kit_put(kit_doc(OPEN, "a2", "ikki", "nota"));
	kit_put(kit_doc(OPEN, "a3", "uch", "boshqa"));
	kit_commit();
	result = kit_search("konvensiya nota");
	assert_string_equal(kit_ids(&kit.mem, &result), "a1 a2"); /* some words: below */
	assert_int_equal(result.total_all, 1);
	assert_int_equal(result.total, 2);
	assert_true(result.exact);
}

static void test_five_with_all_words_leave_out_the_rest(void **state)
{
	struct search_result result;

	(void)state;
	for (int i = 0; i < 4; i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%d", i).ptr, "t",
				"nota konvensiya"));
	kit_put(kit_doc(OPEN, "f1", "t", "nota"));
	kit_commit();
	result = kit_search("nota konvensiya");
	assert_int_equal(result.total_all, 4);
	assert_int_equal(result.total, 5);
	kit_put(kit_doc(OPEN, "a4", "t", "nota konvensiya"));
	kit_commit();
	kit_reopen();
	result = kit_search("nota konvensiya");
	assert_int_equal(result.total, 5);
	assert_int_equal(result.n_hits, 5);
}

static void test_pages_go_on_from_all_to_some(void **state)
{
	struct search_request request = kit_request("nota konvensiya", 1);
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "nota konvensiya"));
	kit_put(kit_doc(OPEN, "a2", "t", "nota konvensiya"));
	kit_put(kit_doc(OPEN, "f1", "t", "konvensiya"));
	kit_put(kit_doc(OPEN, "f2", "t", "konvensiya"));
	kit_commit();
	request.limit = 1;
	for (uint32_t i = 0; i < 5; i++) {
		static const char *const EXPECTED[] = {"a1", "a2", "f1", "f2", ""};

		request.offset = i;
		result = kit_run(request);
		assert_string_equal(kit_ids(&kit.mem, &result), EXPECTED[i]);
		assert_int_equal(result.total, 4);
	}
}

static void test_or_binds_tighter(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		kit_put(kit_doc(OPEN, arena_printf(&kit.mem, "a%d", i).ptr, "t",
				i % 2 ? "nota bitim" : "shartnoma bitim"));
	kit_put(kit_doc(OPEN, "f1", "t", "nota"));
	kit_commit();
	assert_int_equal(kit_search("nota OR shartnoma bitim").total, 5);
	assert_int_equal(kit_search("nota OR shartnoma").total, 6);
}

static void test_minus_excludes(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "pasport olish"));
	kit_put(kit_doc(OPEN, "a2", "t", "pasportlar almashtirish"));
	kit_put(kit_doc(OPEN, "a3", "t", "pasport almashtirish muddati"));
	kit_commit();
	assert_hits("pasport -almashtirish", "a1");
	assert_hits("pasport -\"almashtirish muddati\"", "a1 a2");
	assert_hits("pasport -almash*", "a1");
	assert_hits("pasport -\"pasportlar\"", "a1 a3");
	assert_hits("-pasport", "");
	assert_hits("-tag:x", "");
	assert_int_equal(kit_search("-pasport").total, 0);
}

/* A document has one of the forms and not the others, so that none of them may be passed over. */
static void test_minus_excludes_a_phrase_in_any_form(void **state)
{
	static const char *const texts[] = {"hisobot: chora-tadbirlar", "hisobot: chora-tadbirning",
					    "hisobot: tadbirlar va choralar", "hisobot: choralar"};

	(void)state;
	for (int i = 0; i < 36; i++)
		kit_put(kit_doc(i % 3 + 1, arena_printf(&kit.mem, "a%d", 10 + i).ptr, "hisobot",
				texts[i / 3 % 4]));
	kit_commit();
	assert_int_equal(kit_run(kit_request("hisobot chora-tadbir", 3)).total_all, 18);
	assert_int_equal(kit_run(kit_request("hisobot -chora-tadbir", 3)).total, 18);
}

static void test_phrase_stands_together(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "Tashqi ishlar vazirligi binosi"));
	kit_put(kit_doc(OPEN, "a2", "t", "Ташқи ишлар вазирлиги биноси"));
	kit_put(kit_doc(OPEN, "a3", "t", "vazirligi tashqi ishlar"));
	kit_commit();
	assert_hits("\"ташқи ишлар вазирлиги\"", "a1 a2");
	assert_hits("\"vazirligi binosi\"", "a1 a2");
	assert_hits("\"binosi vazirligi\"", "");
}

static void test_phrase_does_not_reach_over_title_and_body(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "Tashqi ishlar", "vazirligi"));
	kit_commit();
	assert_hits("\"ishlar vazirligi\"", "");
	assert_hits("\"tashqi ishlar\"", "a1");
}

static void test_hyphenated_word_takes_endings(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "chora-tadbirlarni ko'rish"));
	kit_put(kit_doc(OPEN, "a2", "t", "tadbir va chora"));
	kit_commit();
	assert_hits("chora-tadbir", "a1");
}

/* In the language of the letters, not as Uzbek alone. */
static void test_hyphenated_word_of_each_language(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "встреча с премьер-министром в Алма-Ате"));
	kit_put(kit_doc(OPEN, "a2", "y", "the vice-presidents met"));
	kit_put(kit_doc(OPEN, "a3", "z", "министр и премьер там"));
	kit_commit();
	assert_hits("премьер-министр", "a1");
	assert_hits("премьер-министра", "a1");
	assert_hits("Алма-Ата", "a1");
	assert_hits("vice-president", "a2");
}

static void test_hyphenated_word_is_found_in_one(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "send an email to the USA"));
	kit_put(kit_doc(OPEN, "a2", "y", "send an e-mail to the U.S.A."));
	kit_commit();
	assert_int_equal(kit_search("e-mail").n_hits, 2);
	assert_int_equal(kit_search("U.S.A.").n_hits, 2);
	assert_hits("\"e-mail\"", "a2");
}

static void test_number_of_a_document_with_and_without_hyphen(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "Qaror PQ-5178"));
	kit_put(kit_doc(OPEN, "a2", "x", "Qaror PQ5178"));
	kit_put(kit_doc(OPEN, "a3", "x", "PQ 12, 5178 ta, 5178-PQ"));
	kit_put(kit_doc(OPEN, "a4", "x", "2021-yil, 20212022, 2021yil"));
	kit_commit();
	assert_hits("PQ-5178", "a1 a2");
	assert_hits("pq5178", "a1 a2");
	assert_hits("ПҚ5178", "a1 a2");
	assert_hits("ПК5178", "a1 a2");
	assert_hits("-ПК5178 qaror", "a1 a2");
	assert_hits("5178pq", "a3");
	assert_hits("\"pq5178\"", "a2");
	assert_hits("2021-yil", "a4");
	assert_hits("2021-2022", "");
	assert_hits("pq51x", "");
}

/* A Russian keyboard and letters without apostrophes, as in single words; exclusion guesses nothing. */
static void test_hyphenated_word_in_other_letters(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "OʻRQ-821-son qonun"));
	kit_put(kit_doc(OPEN, "a2", "x", "ПҚ-4262-сон қарор"));
	kit_put(kit_doc(OPEN, "a3", "x", "821 ta PQ, oʻrq"));
	kit_commit();
	assert_hits("УРК-821", "a1");
	assert_hits("orq-821", "a1");
	assert_hits("ПК-4262", "a2");
	assert_hits("\"УРК-821\"", "");
	assert_hits("son -УРК-821", "a1 a2");
}

static void test_a_stroke_stands_between_two_words(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "pasport yoki viza"));
	kit_put(kit_doc(OPEN, "a2", "x", "Исх. № 07/12-456"));
	kit_put(kit_doc(OPEN, "a3", "x", "07 va 12, 456"));
	kit_commit();
	assert_hits("viza/pasport", "a1");
	assert_hits("07/12-456", "a2");
}

/* By its stem it would be the little word of another language. */
static void test_short_acronym_is_its_letters(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "the UN met"));
	kit_put(kit_doc(OPEN, "a2", "y", "уни билмайди"));
	kit_commit();
	assert_hits("UN", "a1");
}

/* ИНН loses a letter to the Russian stemmer: what is left is a word of every text. */
static void test_an_acronym_is_not_what_its_stem_leaves(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "ИНН организации"));
	kit_put(kit_doc(OPEN, "a2", "y", "in the office"));
	kit_put(kit_doc(OPEN, "a3", "y", "Инннинг рақами: INN"));
	kit_commit();
	assert_hits("ИНН", "a1 a3");
	assert_hits("office -ИНН", "a2");
}

/* WHO and who are one term; which of them stands there decides the order, and only that. */
static void test_acronyms_come_first_where_they_are_in_capitals(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "who asks who"));
	kit_put(kit_doc(OPEN, "a2", "x", "a long report on what the WHO and others have asked"));
	kit_put(kit_doc(OPEN, "a3", "x", "it is what it is"));
	kit_put(kit_doc(OPEN, "a4", "x", "the office of IT answers in a day or two at most"));
	kit_put(kit_doc(OPEN, "a5", "x", "мид мид"));
	kit_put(kit_doc(OPEN, "a6", "x", "Ответ МИД России на запрос"));
	kit_commit();
	assert_string_equal(kit_hits("WHO"), "a2 a1");
	assert_string_equal(kit_hits("who"), "a1 a2");
	assert_string_equal(kit_hits("IT"), "a4 a3");
	assert_string_equal(kit_hits("it"), "a3 a4");
	assert_string_equal(kit_hits("МИД"), "a6 a5");
	assert_string_equal(kit_hits("MID"), "a6 a5");
	assert_string_equal(kit_hits("мид"), "a5 a6");
	assert_hits("\"WHO\"", "a1 a2");
	assert_hits("report -WHO", "");
}

static void test_names_with_several_spellings(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "Mirziyoyev nutqi"));
	kit_put(kit_doc(OPEN, "a2", "y", "Aliyeva keldi"));
	kit_commit();
	assert_hits("Мирзиеев", "a1");
	assert_hits("Mirziyoev", "a1");
	assert_hits("Alieva", "a2");
}

static void test_ts_and_s_are_one_sound(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "x", "Konstitutsiyaning moddasi"));
	kit_put(kit_doc(OPEN, "a2", "y", "deklarasiyani imzoladi"));
	kit_commit();
	assert_hits("konstitusiya", "a1");
	assert_hits("декларация", "a2");
}

static void test_quoted_word_is_exact(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixonasi"));
	kit_put(kit_doc(OPEN, "a2", "t", "элчихона"));
	kit_commit();
	assert_hits("\"elchixona\"", "a2");
}

static void test_prefix_needs_three_letters(void **state)
{
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "konsullik"));
	kit_put(kit_doc(OPEN, "a2", "t", "консерва"));
	kit_commit();
	assert_int_equal(kit_search("kons*").n_hits, 2);
	assert_hits("konsu*", "a1");
	result = kit_search("ko*");
	assert_int_equal(result.n_hits, 0);
	assert_true(result.hint.len > 0);
}

static void test_title_is_searched_alone_and_first(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "Boshqa", "nota nota nota nota"));
	kit_put(kit_doc(OPEN, "a2", "Diplomatik nota", "matn"));
	kit_put(kit_doc(OPEN, "a3", "Nota", "matn nima"));
	kit_commit();
	assert_string_equal(kit_hits("title:notalar"), "a3 a2");
	assert_true(str_starts(str_c(kit_hits("nota")), STR("a3")));
	assert_true(str_starts(str_c(kit_hits("НОТА")), STR("a3")));
	assert_hits("title:\"diplomatik nota\"", "a2");
}

static void test_former_titles_tags_and_link_texts_are_found(void **state)
{
	struct str former[] = {STR("Eski nom")}, tags[] = {STR("Muzokara")},
		   links[] = {STR("havola matni")};
	struct index_doc doc = kit_doc(OPEN, "a1", "Yangi", "matn");

	(void)state;
	doc.former_titles = former;
	doc.tags = tags;
	doc.link_texts = links;
	doc.n_former_titles = doc.n_tags = doc.n_link_texts = 1;
	kit_put(doc);
	kit_commit();
	assert_hits("eski", "a1");
	assert_hits("title:eski", "a1");
	assert_hits("muzokaralar", "a1");
	assert_hits("havola", "a1");
	assert_hits("title:havola", "");
}

static void test_stop_words_do_not_hide_hits(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "embassy hours"));
	kit_put(kit_doc(OPEN, "a2", "t", "the"));
	kit_commit();
	assert_int_equal(kit_search("the embassy").total_all, 1);
	assert_hits("the embassy", "a1");
	assert_hits("the", "a2");
}

/* All in capitals, as headings are pasted, or AND between words: no little word is a name then. */
static void test_stop_words_in_capitals(void **state)
{
	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "embassy passport"));
	kit_put(kit_doc(OPEN, "a2", "t", "what WHO said"));
	kit_put(kit_doc(OPEN, "a3", "t", "паспорт виза"));
	kit_commit();
	assert_int_equal(kit_search("PASSPORT OF THE EMBASSY").total_all, 1);
	assert_int_equal(kit_search("ПАСПОРТ И ДЛЯ ВИЗЫ").total_all, 1);
	assert_int_equal(kit_search("passport AND embassy").total_all, 1);
	assert_int_equal(kit_search("embassy WHO passport").total_all, 0);
	assert_int_equal(kit_search("WHO").total_all, 1);
}

static void test_many_words_are_no_error(void **state)
{
	AUTO(buf) struct buf query = {0};
	struct search_result result;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "nodir so'z"));
	kit_commit();
	for (int i = 0; i < 300; i++)
		buf_printf(&query, "soz%d ", i);
	buf_c_add(&query, "nodir");
	result = kit_search(buf_c(&query));
	assert_string_equal(kit_ids(&kit.mem, &result), "a1");
}

static void test_marks_say_what_was_searched(void **state)
{
	struct search_result result;
	bool stem = false, exact = false, begun = false, excluded = false;

	(void)state;
	kit_put(kit_doc(OPEN, "a1", "t", "elchixonalar nota"));
	kit_commit();
	result = kit_search("elchixona not* -pasport");
	for (size_t i = 0; i < result.n_marks; i++) {
		stem = stem || str_is(result.marks[i], "Zelchixona");
		exact = exact || str_is(result.marks[i], "elchixona");
		begun = begun || str_is(result.marks[i], "not*");
		excluded = excluded || str_search(result.marks[i], STR("pasport")) >= 0;
	}
	assert_true(stem && exact && begun && !excluded);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(test_one_query_finds_both_scripts),
		ON_INDEX(test_typed_without_apostrophe),
		ON_INDEX(test_loans_between_languages),
		ON_INDEX(test_a_phrase_that_nobody_wrote_leaves_its_words),
		ON_INDEX(test_words_are_joined_by_and),
		ON_INDEX(test_five_with_all_words_leave_out_the_rest),
		ON_INDEX(test_pages_go_on_from_all_to_some),
		ON_INDEX(test_or_binds_tighter),
		ON_INDEX(test_minus_excludes),
		ON_INDEX(test_minus_excludes_a_phrase_in_any_form),
		ON_INDEX(test_phrase_stands_together),
		ON_INDEX(test_phrase_does_not_reach_over_title_and_body),
		ON_INDEX(test_hyphenated_word_takes_endings),
		ON_INDEX(test_hyphenated_word_of_each_language),
		ON_INDEX(test_hyphenated_word_is_found_in_one),
		ON_INDEX(test_number_of_a_document_with_and_without_hyphen),
		ON_INDEX(test_hyphenated_word_in_other_letters),
		ON_INDEX(test_a_stroke_stands_between_two_words),
		ON_INDEX(test_short_acronym_is_its_letters),
		ON_INDEX(test_an_acronym_is_not_what_its_stem_leaves),
		ON_INDEX(test_acronyms_come_first_where_they_are_in_capitals),
		ON_INDEX(test_names_with_several_spellings),
		ON_INDEX(test_ts_and_s_are_one_sound),
		ON_INDEX(test_quoted_word_is_exact),
		ON_INDEX(test_prefix_needs_three_letters),
		ON_INDEX(test_title_is_searched_alone_and_first),
		ON_INDEX(test_former_titles_tags_and_link_texts_are_found),
		ON_INDEX(test_stop_words_do_not_hide_hits),
		ON_INDEX(test_stop_words_in_capitals),
		ON_INDEX(test_many_words_are_no_error),
		ON_INDEX(test_marks_say_what_was_searched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
