/* The sizes of pictures, from their first bytes. */
#include "server/picture.h"

#include "tests/support/check.h"

static void assert_size(struct str head, uint32_t width, uint32_t height)
{
	struct picture_size size = picture_size_read(head);

	assert_int_equal(size.width, width);
	assert_int_equal(size.height, height);
}

#define PNG_OF(sides) STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" sides "\x08\x06\0\0\0")
#define EXIF_OF(turn)                                                                              \
	"\xff\xe1\0\x22"                                                                           \
	"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" turn "\0\0\0\0\0\0"
#define TABLE "\xff\xdb\0\x05\1\2\3"
#define FRAME "\xff\xc2\0\x0b\x08\x01\xe0\x02\x80\1\1\1\1"

static void test_each_kind_says_its_size(void **state)
{
	(void)state;
	assert_size(PNG_OF("\0\0\x02\x80\0\0\x01\xe0"), 640, 480);
	assert_size(STR("GIF89a\x80\x02\xe0\x01\xf7\0\0"), 640, 480);
	assert_size(STR("RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), 640, 480);
	assert_size(STR("RIFF....WEBPVP8L\x20\0\0\0\x2f\x7f\xc2\x77\0"), 640, 480);
	assert_size(STR("RIFF....WEBPVP8 \x20\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"), 640, 480);
	assert_size(STR("\xff\xd8" TABLE FRAME), 640, 480);
}

static void test_what_lies_on_its_side_is_turned(void **state)
{
	(void)state;
	assert_size(STR("\xff\xd8" EXIF_OF("\x06") TABLE FRAME), 480, 640);
	assert_size(STR("\xff\xd8" EXIF_OF("\x03") TABLE FRAME), 640, 480);
}

static void test_what_says_nothing_has_no_size(void **state)
{
	(void)state;
	assert_size(STR(""), 0, 0);
	assert_size(STR("%PDF-1.7"), 0, 0);
	assert_size(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0"), 0, 0);
	assert_size(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT\0\0\0\x09\0\0\0\x09"), 0, 0);
	assert_size(PNG_OF("\0\0\x02\x80\0\0\0\0"), 0, 0);
	assert_size(PNG_OF("\xff\xff\xff\xff\0\0\x01\xe0"), 0, 0);
	assert_size(STR("RIFF....WEBPABCD......................"), 0, 0);
	assert_size(STR("\xff\xd8\xff\xdb\xff\xff\1\2\3"), 0, 0);
	assert_size(STR("\xff\xd8" TABLE "\xff\xda\0\x02...................."), 0, 0);
	assert_size(STR("\xff\xd8\xff\xe1\0\0\0\0\0\0\0\0\0\0"), 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_kind_says_its_size),
		cmocka_unit_test(test_what_lies_on_its_side_is_turned),
		cmocka_unit_test(test_what_says_nothing_has_no_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
