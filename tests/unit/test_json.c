/* JSON: what the reader refuses (security.md 5.6), and that what is written is read back. */
#include "server/json.h"

#include "tests/support/check.h"

static void test_json_refuses(void **state)
{
	static const char *const cases[] = {
		"",
		" ",
		"{",
		"{}{}",
		"{} x",
		"{\"a\":1,\"a\":2}",
		"{\"a\":{\"b\":1,\"b\":1}}",
		"{a:1}",
		"{'a':1}",
		"{\"a\":NaN}",
		"{\"a\":Infinity}",
		"{\"a\":-}",
		"{\"a\":01}",
		"{\"a\":1.}",
		"{\"a\":99999999999999999999}",
		"{\"a\":\"\\u0000\"}",
		"{\"\\u0000\":1}",
		"{\"a\":\"\\ud800\"}",
		"{\"a\":\"\xff\"}",
		"{\"a\":\"\xc0\xaf\"}",
		"{\"a\":\"\n\"}",
		"{\"a\":1,}",
		"[1,]",
		"{\"a\":/* */1}",
		"\xef\xbb\xbf{}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(json_doc) struct json_doc doc = {0};

		if (json_parse(&doc, str_c(cases[i])) != ST_INVALID)
			fail_msg("accepted: %s", cases[i]);
	}
}

static void test_json_limits_depth_and_size(void **state)
{
	AUTO(json_doc) struct json_doc doc = {0};
	AUTO(buf) struct buf text = {0};

	(void)state;
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_byte(&text, '[');
	buf_c_add(&text, "\"[[[[\\\"[\"");
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_byte(&text, ']');
	assert_int_equal(json_parse(&doc, buf_str(&text)), ST_OK);
	json_doc_release(&doc);
	buf_reset(&text);
	for (int i = 0; i <= JSON_DEPTH; i++)
		buf_byte(&text, '[');
	for (int i = 0; i <= JSON_DEPTH; i++)
		buf_byte(&text, ']');
	assert_int_equal(json_parse(&doc, buf_str(&text)), ST_INVALID);
	buf_reset(&text);
	buf_byte(&text, '"');
	for (int i = 0; i < 1024 * 1024; i++)
		buf_byte(&text, 'a');
	buf_byte(&text, '"');
	assert_int_equal(json_parse(&doc, buf_str(&text)), ST_TOO_LARGE);
}

static void test_json_reads_kinds(void **state)
{
	AUTO(json_doc) struct json_doc doc = {0};
	struct str text = STR_NONE, name;
	int64_t number = 0, members = 0;
	double real = 0;
	bool yes = false;

	(void)state;
	assert_int_equal(json_parse(&doc, STR("{\"s\":\"\\u043e\",\"i\":-5,\"r\":1.5,\"b\":true,"
					      "\"n\":null,\"l\":[1,\"x\"]}")),
			 ST_OK);
	assert_true(json_to_str(json_get(doc.root, "s"), &text));
	assert_str(text, "о");
	assert_true(json_to_i64(json_get(doc.root, "i"), &number));
	assert_int_equal(number, -5);
	assert_false(json_to_i64(json_get(doc.root, "r"), &number));
	assert_true(json_to_real(json_get(doc.root, "r"), &real) && real > 1.4 && real < 1.6);
	assert_true(json_to_real(json_get(doc.root, "i"), &real));
	assert_true(json_to_bool(json_get(doc.root, "b"), &yes) && yes);
	assert_false(json_to_bool(json_get(doc.root, "i"), &yes));
	assert_int_equal(json_kind(json_get(doc.root, "n")), JSON_IS_NULL);
	assert_int_equal(json_kind(json_get(doc.root, "absent")), JSON_IS_NULL);
	assert_int_equal(json_count(json_get(doc.root, "l")), 2);
	assert_int_equal(json_count(json_get(doc.root, "s")), 0);
	assert_true(json_to_str(json_at(json_get(doc.root, "l"), 1), &text));
	assert_null(json_at(json_get(doc.root, "l"), 2));
	for (void *at = json_first(doc.root); at; at = json_next(doc.root, at)) {
		const struct json_value *member = json_member(at, &name);

		assert_ptr_equal(member, json_get(doc.root, name.ptr));
		members++;
	}
	assert_int_equal(members, 6);
}

static void test_json_writes(void **state)
{
	AUTO(json_out) struct json_out j = {0};
	struct str words[] = {STR("a"), STR("b")};

	(void)state;
	jo_object(&j, NULL);
	jo_str(&j, "s", STR("\"\\\n\t\x01/<\xd0\xb0"));
	jo_str(&j, "bad",
	       STR("a\xff"
		   "b\xc3"));
	jo_i64(&j, "i", INT64_MIN);
	jo_list(&j, "l");
	jo_object(&j, NULL);
	jo_end(&j);
	jo_i64(&j, NULL, 1);
	jo_list(&j, NULL);
	jo_end(&j);
	jo_end(&j);
	jo_bool(&j, "b", false);
	jo_null(&j, "n");
	jo_time(&j, "t", 1795305600);
	jo_time(&j, "t0", 0);
	jo_str_or_null(&j, "e", STR(""));
	jo_strs(&j, "w", words, 2);
	jo_raw(&j, "raw", STR("{\"k\":1}"));
	jo_end(&j);
	assert_str(buf_str(&j.buf),
		   "{\"s\":\"\\\"\\\\\\n\\u0009\\u0001/<а\",\"bad\":\"a\xef\xbf\xbd"
		   "b\xef\xbf\xbd\",\"i\":-9223372036854775808,\"l\":[{},1,[]],\"b\":false,"
		   "\"n\":null,\"t\":\"2026-11-22T00:00:00Z\",\"t0\":null,\"e\":null,"
		   "\"w\":[\"a\",\"b\"],\"raw\":{\"k\":1}}");
}

static void test_json_writes_what_it_reads(void **state)
{
	AUTO(json_doc) struct json_doc doc = {0};
	AUTO(json_out) struct json_out j = {0};
	AUTO(buf) struct buf again = {0};
	char bytes[255];
	struct str text = str_of(bytes, sizeof(bytes)), back = STR_NONE;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i + 1);
	text.len = 127;
	jo_object(&j, NULL);
	jo_str(&j, "b", text);
	jo_i64(&j, "a", 7);
	jo_end(&j);
	assert_int_equal(json_parse(&doc, buf_str(&j.buf)), ST_OK);
	assert_true(json_to_str(json_get(doc.root, "b"), &back));
	assert_true(str_eq(back, text));
	json_write(&again, doc.root);
	assert_true(str_starts(buf_str(&again), STR("{\"a\":7,\"b\":")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_refuses),
		cmocka_unit_test(test_json_limits_depth_and_size),
		cmocka_unit_test(test_json_reads_kinds),
		cmocka_unit_test(test_json_writes),
		cmocka_unit_test(test_json_writes_what_it_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
