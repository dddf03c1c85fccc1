/* Words and their one form: the rules one by one, properties over any bytes, and real text. */
#include "indexer/script.h"

#include "indexer/letter.h"
#include "schema/base/utf8.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"

static const char *folded(struct arena *mem, const char *text)
{
	AUTO(buf) struct buf out = {0};

	script_fold(&out, str_c(text));
	return buf_keep(&out, mem).ptr;
}

/* Pairs of a text and what it folds to. */
static void check_folds(const char *const (*pairs)[2], size_t count)
{
	AUTO(arena) struct arena mem = {0};

	for (size_t i = 0; i < count; i++)
		assert_string_equal(folded(&mem, pairs[i][0]), pairs[i][1]);
}

static void test_one_word_in_all_alphabets(void **state)
{
	static const char *const pairs[][2] = {
		{"o'zbek", "o'zbek"},     {"oʻzbek", "o'zbek"},       {"O‘ZBEK", "o'zbek"},
		{"õzbek", "o'zbek"},      {"özbek", "o'zbek"},        {"o\u0303zbek", "o'zbek"},
		{"ўзбек", "o'zbek"},      {"у\u0306збек", "o'zbek"},  {"узбек", "uzbek"},
		{"g‘isht", "g'isht"},     {"ғишт", "g'isht"},         {"ğişt", "g'isht"},
		{"Çoʻl", "cho'l"},        {"чўл", "cho'l"},           {"toñ", "tong"},
		{"тонг", "tong"},         {"ELCHIXONA", "elchixona"}, {"Элчихона", "elchixona"},
		{"İstanbul", "istanbul"}, {"Köln", "ko'ln"},          {"Ångström", "angstro'm"},
	};

	(void)state;
	check_folds(pairs, COUNT(pairs));
}

static void test_cyrillic_rules(void **state)
{
	static const char *const pairs[][2] = {
		{"ер", "yer"},
		{"поезд", "poyezd"},
		{"объект", "obyekt"},
		{"бер", "ber"},
		{"цирк", "sirk"},
		{"конституция", "konstitutsiya"},
		{"Франция", "fransiya"},
		{"Швейцария", "shveytsariya"},
		{"щётка", "shyotka"},
		{"съезд", "syezd"},
		{"Москва\u0301", "moskva"},
		{"мўъжиза", "mo'jiza"},
		{"маъно", "mano"},
		{"медальон", "medalyon"},
		{"ҷ", "ch"},
		{"ң", "ng"},
	};

	(void)state;
	check_folds(pairs, COUNT(pairs));
}

static void test_apostrophes_and_variants(void **state)
{
	static const char *const pairs[][2] = {
		{"ob'ekt", "obyekt"},
		{"s’ezd", "syezd"},
		{"ma’no", "mano"},
		{"san'at", "sanat"},
		{"Is’hoq", "ishoq"},
		{"mo‘jiza", "mo'jiza"},
		{"frantsuz", "fransuz"},
		{"printsip", "prinsip"},
		{"tsirk", "sirk"},
		{"ketsa", "ketsa"},
		{"aytsa", "aytsa"},
		{"sentyabr", "sentabr"},
		{"Октябрь", "oktabr"},
		{"byudjet", "budjet"},
		{"бюллетень", "bulleten"},
		{"валюта", "valuta"},
		{"изоляция", "izolatsiya"},
		{"калькулятор", "kalkulator"},
		{"stsenariy", "ssenariy"},
		{"Финляндия", "finlandiya"},
		{"Alekseyevna", "alekseevna"},
	};

	(void)state;
	check_folds(pairs, COUNT(pairs));
}

static void test_words_are_found(void **state)
{
	static const char *const pairs[][2] = {
		{"2021-yil, 1/2_x.y", "2021 yil 1 2 x y"},
		{"bog‘ tog' (g`)", "bog' tog' g'"},
		{"'embargo' ‘tog’ ‘bog‘’", "embargo tog bog'"},
		{"Embassy's NATO's to‘s do's", "embassy nato to's do's"},
		{"so\u00ADlut maʼ\u200Blum", "solut malum"},
		{"o'go's bo'go's", "o'go's bo'go"},
		{"хiх Aбдулла Class'нинг", "xix abdulla classning"},
		{"Franсe Оʻzbekiston", "france o'zbekiston"}, /* с and О are Cyrillic */
		{"٣٤ Ⅷ ½ m²", "34 ⅷ ½ m²"},
		{"中国 русь", "中 国 rus"},
		{"Ελλάδα ΟΔΟΣ", "ελλαδα οδοσ"},
		{"a\xFFz \xC3", "a z"},
		{"ﬁnal oﬃce", "final office"},
		{"ъ ь - ' \u0301", ""},
		{"don''t rock 'n' roll", "don t rock n roll"},
	};

	(void)state;
	check_folds(pairs, COUNT(pairs));
}

static void test_tokens_know_where_they_stand(void **state)
{
	const char *text = "«O‘zbekiston» МФА, NATO's 15";
	struct tokeniser t;
	struct token word;

	(void)state;
	tokeniser_init(&t, str_c(text));
	assert_true(tokeniser_next(&t, &word));
	assert_str(word.written, "O‘zbekiston");
	assert_int_equal(word.position, 0);
	assert_int_equal(word.start, 2);
	assert_int_equal(word.traits, TOKEN_LATIN | TOKEN_UZBEK);
	assert_true(tokeniser_next(&t, &word));
	assert_str(word.cyrillic, "мфа");
	assert_int_equal(word.traits, TOKEN_CYRILLIC | TOKEN_ACRONYM);
	assert_true(tokeniser_next(&t, &word));
	assert_str(word.written, "NATO's");
	assert_str(word.t1, "nato");
	assert_true(tokeniser_next(&t, &word));
	assert_int_equal(word.traits, TOKEN_NUMBER);
	assert_int_equal(word.position, 3);
	assert_false(tokeniser_next(&t, &word));
	assert_false(tokeniser_next(&t, &word));
}

static void test_traits_of_letters(void **state)
{
	struct tokeniser t;
	struct token word;

	(void)state;
	tokeniser_init(&t, STR("қиш щи ЁЛКА"));
	assert_true(tokeniser_next(&t, &word));
	assert_int_equal(word.traits, TOKEN_CYRILLIC | TOKEN_UZBEK);
	assert_true(tokeniser_next(&t, &word));
	assert_int_equal(word.traits, TOKEN_CYRILLIC | TOKEN_RUSSIAN);
	assert_true(tokeniser_next(&t, &word));
	assert_str(word.cyrillic, "ёлка");
}

static void test_every_apostrophe_is_one(void **state)
{
	static const uint32_t apostrophes[] = {
		0x27,  0x60,  0xB4,   0x2B9,  0x2BB,  0x2BC,  0x2BD,  0x2BE,  0x2BF, 0x2C8,
		0x2CA, 0x2CB, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xA78C, 0xFF07};
	AUTO(arena) struct arena mem = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(apostrophes); i++) {
		AUTO(buf) struct buf text = {0};

		buf_c_add(&text, "o");
		utf8_put(&text, apostrophes[i]);
		buf_c_add(&text, "g");
		utf8_put(&text, apostrophes[i]);
		buf_c_add(&text, " ma");
		utf8_put(&text, apostrophes[i]);
		buf_c_add(&text, "no");
		assert_string_equal(folded(&mem, buf_c(&text)), "o'g' mano");
	}
}

static void test_two_apostrophes_behind_o_and_g_are_one(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_string_equal(folded(&mem, "O''zbekiston"), "o'zbekiston");
	assert_string_equal(folded(&mem, "O‘‘zbek tog``i"), "o'zbek tog'i");
	assert_string_equal(folded(&mem, "''ism'' ''qism''da"), "ism qism da");
	assert_string_equal(folded(&mem, "so'''z"), "so' z");
}

static void test_composed_and_apart_are_one(void **state)
{
	static const uint32_t bases[] = {'o', 'g', 's', 'c', 'n',   'z',   'e',   'a',
					 'u', 'i', 'G', 'O', 0x438, 0x435, 0x443, 0x413};
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_string_equal(folded(&mem, "й"), folded(&mem, "и\u0306"));
	assert_string_equal(folded(&mem, "ё ї ѓ ӣ"),
			    folded(&mem, "е\u0308 і\u0308 г\u0301 и\u0304"));
	assert_string_equal(folded(&mem, "ộ ş č ñ ž ǧ"),
			    folded(&mem, "o\u0323\u0302 s\u0327 c\u030C n\u0303 z\u030C g\u030C"));
	for (size_t i = 0; i < COUNT(bases); i++)
		for (uint32_t mark = 0x300; mark < 0x330; mark++)
			assert_true(letter_drops_mark(letter_form(bases[i]), mark));
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static void test_uzbek_and_russian_are_ascii(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_true(is_ascii(folded(&mem, "абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ"
					  "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЎҚҒҲ")));
	assert_true(is_ascii(folded(&mem, "õğşçñōḡöÕĞŞÇÑ oʻ gʻ")));
}

/* Random bytes, more often than not pieces that mean something to the rules. */
static struct str random_text(struct arena *mem, uint32_t *seed)
{
	static const char *const pieces[] = {
		"o", "g", "'",      "‘", "’",  "s",       "ts",     "ya",     "ў",    "ғ",    "е",
		"ц", "ъ", "ь",      "x", "a",  "е\u0308", "\u0301", "\u200B", "\xAD", "\xFF", " ",
		"-", "l", "lyatsi", "n", "中", "ß",       "İ",      "५",      "ा",    "क",    "ç",
		"i", "1", "E",      "А", "с",  "р",       "õ",      "Ω"};
	AUTO(buf) struct buf text = {0};
	size_t count;

	*seed = *seed * 1664525 + 1013904223;
	count = (*seed >> 16) % 40;
	for (size_t i = 0; i < count; i++) {
		*seed = *seed * 1664525 + 1013904223;
		if (*seed >> 29 == 0)
			buf_byte(&text, (char)(*seed >> 16));
		else
			buf_c_add(&text, pieces[(*seed >> 12) % COUNT(pieces)]);
	}
	return buf_keep(&text, mem);
}

static void test_any_bytes(void **state)
{
	uint32_t seed = 20261122;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO(arena) struct arena mem = {0};
		AUTO(buf) struct buf once = {0}, twice = {0};
		struct str text = random_text(&mem, &seed);
		struct tokeniser t;
		struct token word;
		size_t end = 0;

		tokeniser_init(&t, text);
		while (tokeniser_next(&t, &word)) {
			assert_true(word.t1.len > 0 && word.t1.len <= T1_MAX);
			assert_true(word.t1.len <= 2 * word.len + 2);
			assert_true(word.start >= end && word.len > 0);
			end = word.start + word.len;
			assert_true(end <= text.len);
			assert_true(utf8_valid(word.t1));
		}
		script_fold(&once, text);
		script_fold(&twice, buf_str(&once));
		if (!str_eq(buf_str(&once), buf_str(&twice)))
			print_error("\"%.*s\" folds to \"%s\", and that to \"%s\"\n", STR_ARG(text),
				    buf_c(&once), buf_c(&twice));
		assert_true(str_eq(buf_str(&once), buf_str(&twice)));
	}
}

static void test_long_words_are_cut_between_letters(void **state)
{
	AUTO(buf) struct buf text = {0};
	struct tokeniser t;
	struct token word;

	(void)state;
	buf_c_add(&text, "ab");
	for (int i = 0; i < 1000; i++)
		buf_c_add(&text, "ა");
	tokeniser_init(&t, buf_str(&text));
	assert_true(tokeniser_next(&t, &word));
	assert_int_equal(word.len, text.len);
	assert_int_equal(word.t1.len, 62);
	assert_true(utf8_valid(word.t1));
	buf_reset(&text);
	for (int i = 0; i < 100; i++)
		buf_c_add(&text, "a");
	tokeniser_init(&t, buf_str(&text));
	assert_true(tokeniser_next(&t, &word));
	assert_int_equal(word.t1.len, T1_MAX);
	assert_int_equal(word.len, 100);
}

static void test_slug(void **state)
{
	AUTO(buf) struct buf slug = {0};

	(void)state;
	script_slug(&slug, STR("Oʻzbekiston–Франция муносабатлари: 2021-yil!"));
	assert_str(buf_str(&slug), "ozbekiston-fransiya-munosabatlari-2021-yil");
	buf_reset(&slug);
	script_slug(&slug, STR("中国 Ελλάδα"));
	assert_str(buf_str(&slug), "");
	for (int i = 0; i < 30; i++)
		script_slug(&slug, STR(""));
	buf_reset(&slug);
	script_slug(&slug, STR("aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc "
			       "ddddddddddddddddd eee"));
	assert_str(buf_str(&slug), "aaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb-cccccccccccccccccccc-"
				   "ddddddddddddddddd");
	assert_true(slug.len <= 80);
}

static void test_language(void **state)
{
	(void)state;
	assert_string_equal(script_language(STR("Посольство выдаёт визы гражданам")), "ru");
	assert_string_equal(script_language(STR("Элчихона фуқароларга виза беради")), "uz-Cyrl");
	assert_string_equal(script_language(STR("Elchixona fuqarolarga viza beradi")), "uz-Latn");
	assert_string_equal(script_language(STR("The embassy issues visas to citizens")), "en");
	assert_string_equal(script_language(STR("и в на не что")), "ru");
	assert_string_equal(script_language(STR("bu esa men")), "uz-Latn");
	assert_string_equal(script_language(STR("")), "");
	assert_string_equal(script_language(STR("12 345 – 中")), "");
	assert_true(script_is_language(STR("uz-Cyrl")));
	assert_false(script_is_language(STR("uz")));
}

/* The share of lines "a<TAB>b" (columns counted from 0) that fold alike. */
static double alike(struct str text, int column_a, int column_b, bool (*counts)(struct str))
{
	size_t same = 0, all = 0;

	while (text.ptr) {
		AUTO(buf) struct buf a = {0}, b = {0};
		struct str line = str_cut(&text, '\n'), rest = line;
		int column = 0;

		for (; rest.ptr; column++) {
			struct str cell = str_cut(&rest, '\t');

			if (column == column_a)
				script_fold(&a, cell);
			if (column == column_b)
				script_fold(&b, cell);
		}
		if (a.len == 0 || b.len == 0 || (counts && !counts(line)))
			continue;
		all++;
		same += str_eq(buf_str(&a), buf_str(&b));
	}
	print_message("  %zu of %zu alike, %.2f %%\n", same, all,
		      100.0 * (double)same / (double)all);
	return (double)same / (double)all;
}

/* Codes of two letters are countries; "code" is the head of the table. */
static bool is_country(struct str line)
{
	return line.len > 2 && line.ptr[2] == '\t';
}

static void test_word_pairs(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str pairs = file_kit_data(&mem, "uzbek/script-pairs-words.tsv");
	struct str odd = file_kit_data(&mem, "uzbek/script-exceptions.tsv");
	struct str countries = file_kit_data(&mem, "uzbek/cldr-territories.tsv");

	(void)state;
	if (!pairs.ptr || !odd.ptr || !countries.ptr)
		skip();
	assert_true(alike(pairs, 0, 1, NULL) >= 0.996);
	assert_true(alike(odd, 0, 1, NULL) >= 0.95);
	assert_true(alike(countries, 4, 3, is_country) >= 242.0 / 258);
}

/* Count the words of two texts that go word by word, and those that fold alike. */
static void count_aligned(struct str cyrillic, struct str latin, size_t *same, size_t *all)
{
	struct tokeniser c, l;
	struct token a, b;

	tokeniser_init(&c, cyrillic);
	tokeniser_init(&l, latin);
	while (tokeniser_next(&c, &a) && tokeniser_next(&l, &b)) {
		++*all;
		*same += str_eq(a.t1, b.t1);
	}
}

static size_t count_words(struct str text)
{
	struct tokeniser t;
	struct token word;
	size_t count = 0;

	for (tokeniser_init(&t, text); tokeniser_next(&t, &word);)
		count++;
	return count;
}

static void test_stories_in_both_scripts(void **state)
{
	AUTO(arena) struct arena mem = {0};
	size_t same = 0, all = 0, files = 0;

	(void)state;
	for (int i = 0; i <= 105; i++) {
		const char *name = arena_printf(&mem, "uzbek/script-pairs/%03d.cyr.txt", i).ptr;
		struct str cyrillic = file_kit_read(&mem, file_kit_path(&mem, name)), latin;

		if (!cyrillic.ptr)
			continue;
		name = arena_printf(&mem, "uzbek/script-pairs/%03d.lat.txt", i).ptr;
		latin = file_kit_data(&mem, name);
		if (count_words(cyrillic) != count_words(latin))
			continue;
		files++;
		count_aligned(cyrillic, latin, &same, &all);
	}
	if (files == 0)
		skip();
	print_message("  %zu of %zu words of %zu stories alike, %.3f %%\n", same, all, files,
		      100.0 * (double)same / (double)all);
	assert_true((double)same >= 0.999 * (double)all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_word_in_all_alphabets),
		cmocka_unit_test(test_cyrillic_rules),
		cmocka_unit_test(test_apostrophes_and_variants),
		cmocka_unit_test(test_words_are_found),
		cmocka_unit_test(test_tokens_know_where_they_stand),
		cmocka_unit_test(test_traits_of_letters),
		cmocka_unit_test(test_every_apostrophe_is_one),
		cmocka_unit_test(test_two_apostrophes_behind_o_and_g_are_one),
		cmocka_unit_test(test_composed_and_apart_are_one),
		cmocka_unit_test(test_uzbek_and_russian_are_ascii),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_long_words_are_cut_between_letters),
		cmocka_unit_test(test_slug),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_word_pairs),
		cmocka_unit_test(test_stories_in_both_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
