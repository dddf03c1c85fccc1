/* Types of files by name and bytes, and pictures without what was written about them. */
#include "server/file_type.h"

#include "tests/support/check.h"

static enum status judge(const char *name, struct str bytes)
{
	const struct file_type *type;

	return file_type_judge(&type, str_c(name), bytes);
}

#define ZIP_WITH(names) STR("PK\3\4....................[Content_Types].xml...." names)

static void test_name_and_bytes_must_agree(void **state)
{
	(void)state;
	assert_int_equal(judge("a.pdf", STR("%PDF-1.7\n...")), ST_OK);
	assert_int_equal(judge("a.PDF", STR("%PDF-1.7\n...")), ST_OK);
	assert_int_equal(judge("a.pdf", STR("MZ\x90 program")), ST_INVALID);
	assert_int_equal(judge("a.png", STR("\x89PNG\r\n\x1a\n")), ST_OK);
	assert_int_equal(judge("a.png", STR("<svg onload=x>")), ST_INVALID);
	assert_int_equal(judge("a.jpg", STR("GIF89a")), ST_INVALID);
	assert_int_equal(judge("a.webp", STR("RIFF....WEBPVP8 ")), ST_OK);
	assert_int_equal(judge("a.docx", ZIP_WITH("word/document.xml")), ST_OK);
	assert_int_equal(judge("a.docx", ZIP_WITH("xl/workbook.xml")), ST_INVALID);
	assert_int_equal(judge("a.odt", STR("PK\3\4..........................mimetype"
					    "application/vnd.oasis.opendocument.text")),
			 ST_OK);
	assert_int_equal(judge("a.txt", STR("<script>alert(1)</script> is text")), ST_OK);
	assert_int_equal(judge("a.txt", STR("\x7f"
					    "ELF\2\1")),
			 ST_INVALID);
	assert_int_equal(judge("a.csv", STR("a;b\0c")), ST_INVALID);
	assert_int_equal(judge("a.txt", STR("\xff\xfe"
					    "a\0b\0")),
			 ST_OK);
	assert_int_equal(judge("a.txt", STR("")), ST_INVALID);
}

static void test_what_could_run_is_refused_by_name(void **state)
{
	static const char *const bad[] = {"a.html", "a.svg",  "a.xml",  "a.js",  "a.exe", "a.docm",
					  "a.xlsm", "a.doc",  "a",      ".pdf.", "a.htm", "a.lnk",
					  "pdf",    "a.pdf.", "a.phar", "a.hta", "a.mht", "a.swf"};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(judge(bad[i], STR("%PDF-1.7")), ST_INVALID);
}

static void test_macros_are_refused(void **state)
{
	(void)state;
	assert_int_equal(judge("a.docx", ZIP_WITH("word/document.xml word/vbaProject.bin")),
			 ST_INVALID);
	assert_int_equal(judge("a.xlsx", ZIP_WITH("xl/workbook.xml xl/macrosheets/s.xml")),
			 ST_INVALID);
	assert_int_equal(judge("a.ods", STR("PK\3\4..META-INF/manifest.xml Basic/script-lc.xml")),
			 ST_INVALID);
}

static void test_every_accepted_extension_is_known(void **state)
{
	struct str rest = file_type_accept();
	size_t count = 0;

	(void)state;
	while (rest.ptr) {
		struct str one = str_cut(&rest, ',');

		assert_non_null(file_type_named(str_from(one, 1)));
		count++;
	}
	assert_int_equal(count, 17);
}

static enum status clean(struct buf *out, const char *type, struct str bytes)
{
	bool changed;

	return file_clean(out, &changed, file_type_named(str_c(type)), bytes);
}

#define PNG "\x89PNG\r\n\x1a\n"
#define PNG_TEXT "\0\0\0\x05tEXtsecreCRC4"
#define PNG_END "\0\0\0\0IENDCRC4"

static void test_png_keeps_the_picture_alone(void **state)
{
	AUTO(buf) struct buf out = {0};

	(void)state;
	assert_int_equal(clean(&out, "png",
			       STR(PNG "\0\0\0\2IDATxyCRC4" PNG_TEXT "\0\0\0\1gAMAzCRC4" PNG_END
				       "trailing secret")),
			 ST_OK);
	assert_true(str_eq(buf_str(&out), STR(PNG "\0\0\0\2IDATxyCRC4"
						  "\0\0\0\1gAMAzCRC4" PNG_END)));
}

static void test_damaged_pictures_are_refused(void **state)
{
	AUTO(buf) struct buf out = {0};

	(void)state;
	assert_int_equal(clean(&out, "png", STR(PNG "\xff\xff\xff\xffIDATxy")), ST_INVALID);
	assert_int_equal(clean(&out, "png", STR(PNG)), ST_INVALID);
	assert_int_equal(clean(&out, "jpg", STR("\xff\xd8\xff\xe1\xff\xff..")), ST_INVALID);
	assert_int_equal(clean(&out, "jpg", STR("\xff\xd8\xff")), ST_INVALID);
	assert_int_equal(clean(&out, "jpg", STR("\xff\xd8zz")), ST_INVALID);
	/* Found by fuzzing: a stuffed byte outside a scan, read as one the second time. */
	assert_int_equal(clean(&out, "jpg",
			       STR("\xff\xd8\xff\0\0\x04"
				   "ab\xff\xd9")),
			 ST_INVALID);
}

#define JPEG "\xff\xd8"
#define JFIF "\xff\xe0\0\x04hi"
#define COMMENT "\xff\xfe\0\x08secret"
#define SCAN                                                                                       \
	"\xff\xda\0\x03"                                                                           \
	"s"                                                                                        \
	"data\xff\0more\xff\xd0rest"
#define END "\xff\xd9"
/* Orientation 6 and a place, in small-endian order: two entries. */
#define EXIF                                                                                       \
	"\xff\xe1\0\x2e"                                                                           \
	"Exif\0\0"                                                                                 \
	"II\x2a\0\x08\0\0\0"                                                                       \
	"\x02\0"                                                                                   \
	"\x25\x88\x04\0\x01\0\0\0GPS!"                                                             \
	"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"                                                       \
	"\0\0\0\0"

static void test_jpeg_loses_who_when_and_where_and_stays_turned(void **state)
{
	AUTO(buf) struct buf out = {0};
	struct str got;

	(void)state;
	assert_int_equal(clean(&out, "jpg", STR(JPEG JFIF EXIF COMMENT SCAN END "secret behind")),
			 ST_OK);
	got = buf_str(&out);
	assert_true(str_search(got, STR("secret")) < 0);
	assert_true(str_search(got, STR("GPS!")) < 0);
	assert_true(str_starts(got, STR(JPEG JFIF "\xff\xe1\0\x22"
						  "Exif")));
	assert_true(str_search(got, STR("\x01\x12\0\x03\0\0\0\x01\0\x06\0\0")) > 0);
	assert_true(str_ends(got, STR(SCAN END)));
	/* What was written is read the same again. */
	{
		AUTO(buf) struct buf again = {0};

		assert_int_equal(clean(&again, "jpg", got), ST_OK);
		assert_true(str_eq(buf_str(&again), got));
	}
}

static void test_other_files_stay_as_they_are(void **state)
{
	AUTO(buf) struct buf out = {0};
	bool changed = true;

	(void)state;
	assert_int_equal(file_clean(&out, &changed, file_type_named(STR("gif")), STR("GIF89a")),
			 ST_OK);
	assert_false(changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name_and_bytes_must_agree),
		cmocka_unit_test(test_what_could_run_is_refused_by_name),
		cmocka_unit_test(test_macros_are_refused),
		cmocka_unit_test(test_every_accepted_extension_is_known),
		cmocka_unit_test(test_png_keeps_the_picture_alone),
		cmocka_unit_test(test_damaged_pictures_are_refused),
		cmocka_unit_test(test_jpeg_loses_who_when_and_where_and_stays_turned),
		cmocka_unit_test(test_other_files_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
