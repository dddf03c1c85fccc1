/* The text of files: RTF, plain text in old character sets, and archives that are no documents. */
#include "indexer/extract.h"

#include "schema/base/utf8.h"
#include "tests/support/check.h"

static struct arena mem;
static struct buf out;

static int begin(void **state)
{
	(void)state;
	return extract_prepare() == ST_OK ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_release(&mem);
	buf_release(&out);
	return 0;
}

static enum status extract(enum extract_type type, struct str file)
{
	buf_reset(&out);
	return extract_text(&out, &mem, type, file);
}

static void expect(enum extract_type type, struct str file, const char *text)
{
	assert_int_equal(extract(type, file), ST_OK);
	assert_str(buf_str(&out), text);
}

static void test_rtf_words_lines_and_signs(void **state)
{
	(void)state;
	expect(EXTRACT_RTF, STR("{\\rtf1\\ansi Hello {\\b bold} world\\par Second\\tab tab}"),
	       "Hello bold world\nSecond\ttab");
	expect(EXTRACT_RTF, STR("{\\rtf1 a\\emdash b\\~c \\{x\\} \\\\}"),
	       "a\xe2\x80\x94"
	       "b c {x} \\");
}

static void test_rtf_cyrillic_by_font_and_by_number(void **state)
{
	(void)state;
	expect(EXTRACT_RTF,
	       STR("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}"
		   "{\\f1 \\'e2\\'e8\\'e7\\'e0}\\f0  caf\\'e9}"),
	       "виза café");
	expect(EXTRACT_RTF, STR("{\\rtf1\\uc1 \\u1074?\\u1080?\\u1079?\\u1072?}"), "виза");
	expect(EXTRACT_RTF, STR("{\\rtf1\\uc2 \\u1074 ab\\u1080\\'e8\\'e8!}"), "ви!");
	expect(EXTRACT_RTF, STR("{\\rtf1\\uc0 \\u-10179 \\u-8704 }"), "\xf0\x9f\x98\x80");
}

static void test_rtf_leaves_out_what_is_no_text(void **state)
{
	(void)state;
	expect(EXTRACT_RTF,
	       STR("{\\rtf1{\\info{\\author Secret}}{\\*\\unknown gone}{\\pict 00ff}"
		   "{\\stylesheet{\\s0 Normal;}}text{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt "
		   "link}}\\bin5 {{}}{ end}"),
	       "textlink end");
}

static void test_rtf_nesting_ends(void **state)
{
	AUTO(buf) struct buf deep = {0};

	(void)state;
	buf_c_add(&deep, "{\\rtf1 ");
	for (int i = 0; i < 100000; i++)
		buf_byte(&deep, '{');
	assert_int_equal(extract(EXTRACT_RTF, buf_str(&deep)), ST_INVALID);
	expect(EXTRACT_RTF, STR("{\\rtf1 a}}}}}}}} b"), "a b");
	assert_int_equal(extract(EXTRACT_RTF, STR("no rtf")), ST_INVALID);
}

static void test_plain_text_in_its_character_set(void **state)
{
	(void)state;
	expect(EXTRACT_PLAIN, STR("Ўзбекистон\r\nикки"), "Ўзбекистон\nикки");
	expect(EXTRACT_PLAIN,
	       STR("\xef\xbb\xbf"
		   "mark"),
	       "mark");
	expect(EXTRACT_PLAIN, STR("\xff\xfe\x32\x04\x38\x04"), "ви");
	expect(EXTRACT_PLAIN, STR("\xfe\xff\x04\x32\x04\x38"), "ви");
	expect(EXTRACT_PLAIN, STR("h\0e\0l\0l\0o\0"), "hello");
	/* "посольство Республики" in Windows-1251, KOI8-R and 866 */
	expect(EXTRACT_PLAIN,
	       STR("\xef\xee\xf1\xee\xeb\xfc\xf1\xf2\xe2\xee \xd0\xe5\xf1\xef\xf3\xe1\xeb\xe8\xea\xe8"),
	       "посольство Республики");
	expect(EXTRACT_PLAIN,
	       STR("\xd0\xcf\xd3\xcf\xcc\xd8\xd3\xd4\xd7\xcf \xf2\xc5\xd3\xd0\xd5\xc2\xcc\xc9\xcb\xc9"),
	       "посольство Республики");
	expect(EXTRACT_PLAIN,
	       STR("\xaf\xae\xe1\xae\xab\xec\xe1\xe2\xa2\xae \x90\xa5\xe1\xaf\xe3\xa1\xab\xa8\xaa\xa8"),
	       "посольство Республики");
	expect(EXTRACT_PLAIN, STR("caf\xe9"), "café");
}

static void test_text_comes_out_clean(void **state)
{
	(void)state;
	expect(EXTRACT_PLAIN,
	       STR("  a \x01\x02 b\f\n\n\n c\xc2\xad"
		   "d\t \te \x7f "),
	       "a b\ncd\te");
	assert_int_equal(extract(EXTRACT_PLAIN, STR("bad \xff\xfe\xfd utf")), ST_OK);
	assert_true(utf8_valid(buf_str(&out)));
	expect(EXTRACT_PLAIN, STR(""), "");
}

static void test_text_ends_at_its_limit_between_letters(void **state)
{
	AUTO(buf) struct buf large = {0};

	(void)state;
	buf_byte(&large, 'x');
	while (large.len < 3 * (size_t)EXTRACT_TEXT_MAX)
		buf_c_add(&large, "ў");
	assert_int_equal(extract(EXTRACT_PLAIN, buf_str(&large)), ST_OK);
	assert_int_equal(out.len, EXTRACT_TEXT_MAX - 1);
	assert_true(utf8_valid(buf_str(&out)));
}

static void test_archives_that_lie_are_refused(void **state)
{
	static const char end_record[] = "PK\5\6\0\0\0\0\1\0\1\0\x2e\0\0\0\0\0\0\0\0\0";
	AUTO(buf) struct buf zip = {0};

	(void)state;
	assert_int_equal(extract(EXTRACT_DOCX, STR("PK\3\4 but nothing else")), ST_INVALID);
	/* A directory that begins behind the end, and one whose member does. */
	buf_add(&zip, end_record, sizeof(end_record) - 1);
	assert_int_equal(extract(EXTRACT_DOCX, buf_str(&zip)), ST_INVALID);
	zip.ptr[16] = zip.ptr[17] = zip.ptr[18] = zip.ptr[19] = '\xff';
	assert_int_equal(extract(EXTRACT_ODF, buf_str(&zip)), ST_INVALID);
	assert_int_equal(extract(EXTRACT_XLSX, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
			 ST_INVALID);
	assert_int_equal(extract(EXTRACT_PDF, STR("%PDF-1.4\nnothing")), ST_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rtf_words_lines_and_signs),
		cmocka_unit_test(test_rtf_cyrillic_by_font_and_by_number),
		cmocka_unit_test(test_rtf_leaves_out_what_is_no_text),
		cmocka_unit_test(test_rtf_nesting_ends),
		cmocka_unit_test(test_plain_text_in_its_character_set),
		cmocka_unit_test(test_text_comes_out_clean),
		cmocka_unit_test(test_text_ends_at_its_limit_between_letters),
		cmocka_unit_test(test_archives_that_lie_are_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
