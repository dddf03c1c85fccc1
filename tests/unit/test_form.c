/* Queries, forms, uploads: decoding, and the table that fills a page's struct. */
#include "server/form.h"

#include "schema/base/buf.h"
#include "tests/support/check.h"

struct input {
	struct str title, body, id, word, secret;
	int64_t base, day;
	bool minor;
	struct str_list tags, lines;
	struct form_pair file;
	const struct json_value *extra;
};

static const struct form_field fields[] = {
	{"title", FORM_LINE, offsetof(struct input, title), 10, FORM_REQUIRED},
	{"body", FORM_TEXT, offsetof(struct input, body), 40, 0},
	{"id", FORM_ID, offsetof(struct input, id), 0, 0},
	{"word", FORM_WORD, offsetof(struct input, word), 8, FORM_MANY},
	{"secret", FORM_SECRET, offsetof(struct input, secret), 0, FORM_FORM_ONLY},
	{"base", FORM_NUMBER, offsetof(struct input, base), 100, 0},
	{"day", FORM_DATE, offsetof(struct input, day), 0, 0},
	{"minor", FORM_FLAG, offsetof(struct input, minor), 0, 0},
	{"tags", FORM_TAGS, offsetof(struct input, tags), 5, 0},
	{"lines", FORM_LINES, offsetof(struct input, lines), 0, 0},
	{"file", FORM_FILE, offsetof(struct input, file), 10, 0},
	{"extra", FORM_OBJECT, offsetof(struct input, extra), 0, 0},
};

struct reading {
	struct arena mem;
	struct form form;
	struct form_faults faults;
	struct input in;
};

static enum status read_form(struct reading *r, const char *raw)
{
	r->faults.count = 0;
	assert_int_equal(form_decode(&r->form, &r->mem, str_c(raw)), ST_OK);
	return form_read(&r->in, &r->faults, &r->mem, &r->form, fields, COUNT(fields));
}

static void test_form_decodes_once(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct form form;

	(void)state;
	assert_int_equal(form_decode(&form, &mem, STR("a=1&b=%2541+x&&c&=e&d=a=b&a=2")), ST_OK);
	assert_int_equal(form.count, 6);
	assert_str(form_value(&form, "a"), "1");
	assert_str(form_value(&form, "b"), "%41 x");
	assert_str(form_value(&form, "c"), "");
	assert_str(form_value(&form, ""), "e");
	assert_str(form_value(&form, "d"), "a=b");
	assert_null(form_find(&form, "x"));
	assert_int_equal(form_decode(&form, &mem, STR("")), ST_OK);
	assert_int_equal(form.count, 0);
	assert_int_equal(form_decode(&form, &mem, STR("a=%")), ST_INVALID);
	assert_int_equal(form_decode(&form, &mem, STR("a=%0")), ST_INVALID);
	assert_int_equal(form_decode(&form, &mem, STR("%zz=1")), ST_INVALID);
	assert_int_equal(form_decode(&form, &mem, STR("a=%00")), ST_INVALID);
	assert_int_equal(form_decode(&form, &mem, STR("a=%ff")), ST_INVALID);
	assert_int_equal(form_decode(&form, &mem, STR("a=\xc0\xaf")), ST_INVALID);
}

static void test_form_counts_fields(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf raw = {0};
	struct form form;

	(void)state;
	for (int i = 0; i < FORM_FIELDS_MAX; i++)
		buf_c_add(&raw, "a=b&");
	assert_int_equal(form_decode(&form, &mem, buf_str(&raw)), ST_OK);
	buf_c_add(&raw, "a=b");
	assert_int_equal(form_decode(&form, &mem, buf_str(&raw)), ST_INVALID);
}

static void test_form_fills_the_struct(void **state)
{
	struct reading r = {0};

	(void)state;
	assert_int_equal(read_form(&r,
				   "title=+Men+&body=a%0D%0Ab%0Dc%0A&id=0123456789abc&word=x&word=y"
				   "&base=7&day=2026-11-22&minor=on&tags=a,+b+,,c&lines=p&lines=q"
				   "&secret=+s+&unknown=1"),
			 ST_OK);
	assert_str(r.in.title, "Men");
	assert_str(r.in.body, "a\nb\nc\n");
	assert_str(r.in.id, "0123456789abc");
	assert_str(r.in.word, "y");
	assert_str(r.in.secret, " s ");
	assert_int_equal(r.in.base, 7);
	assert_int_equal(r.in.day, 1795305600);
	assert_true(r.in.minor);
	assert_int_equal(r.in.tags.count, 3);
	assert_str(r.in.tags.items[1], "b");
	assert_int_equal(r.in.lines.count, 2);
	assert_false(r.in.file.is_file);
	arena_release(&r.mem);
}

static void test_form_tells_absent_from_empty(void **state)
{
	struct reading r = {0};

	(void)state;
	assert_int_equal(read_form(&r, "title=a&body=&tags=&base="), ST_OK);
	assert_non_null(r.in.body.ptr);
	assert_int_equal(r.in.body.len, 0);
	assert_non_null(r.in.tags.items);
	assert_int_equal(r.in.tags.count, 0);
	assert_null(r.in.lines.items);
	assert_null(r.in.id.ptr);
	assert_true(r.in.base == FORM_ABSENT && r.in.day == FORM_ABSENT);
	arena_release(&r.mem);
}

static void test_form_names_every_fault(void **state)
{
	static const struct {
		const char *raw, *field;
	} cases[] = {
		{"title=", "title"},
		{"body=x", "title"},
		{"title=12345678901", "title"},
		{"title=a%0Ab", "title"},
		{"title=a%E2%80%8Bb", "title"},
		{"title=%21", NULL},
		{"title=a&body=%01", "body"},
		{"title=a&body=12345678901234567890123456789012345678901", "body"},
		{"title=a&id=0123456789abl", "id"},
		{"title=a&id=0123456789ab", "id"},
		{"title=a&word=a/b", "word"},
		{"title=a&word=123456789", "word"},
		{"title=a&base=101", "base"},
		{"title=a&base=-1", "base"},
		{"title=a&base=1x", "base"},
		{"title=a&base=99999999999999999999", "base"},
		{"title=a&day=2026-13-01", "day"},
		{"title=a&day=2026", "day"},
		{"title=a&tags=123456", "tags"},
		{"title=a&file=x", "file"},
	};
	struct reading r = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum status got = read_form(&r, cases[i].raw);

		if (!cases[i].field) {
			assert_int_equal(got, ST_OK);
			continue;
		}
		if (got != ST_INVALID || !form_fault_of(&r.faults, cases[i].field))
			fail_msg("%s: no fault of %s", cases[i].raw, cases[i].field);
		assert_string_equal(fail_field(), cases[i].field);
	}
	assert_int_equal(read_form(&r, "base=x&day=y"), ST_INVALID);
	assert_int_equal(r.faults.count, 3);
	arena_release(&r.mem);
}

static void test_form_refuses_duplicates(void **state)
{
	struct reading r = {0};

	(void)state;
	assert_int_equal(read_form(&r, "title=a&title=a"), ST_INVALID);
	assert_int_equal(r.faults.count, 0);
	assert_int_equal(read_form(&r, "title=a&base=1&base=2"), ST_INVALID);
	assert_int_equal(r.faults.count, 0);
	arena_release(&r.mem);
}

static enum status read_json(struct reading *r, struct json_doc *doc, const char *text)
{
	json_doc_release(doc);
	r->faults.count = 0;
	assert_int_equal(json_parse(doc, str_c(text)), ST_OK);
	return form_read_json(&r->in, &r->faults, &r->mem, doc->root, fields, COUNT(fields));
}

static void test_form_reads_json_by_the_same_table(void **state)
{
	AUTO(json_doc) struct json_doc doc = {0};
	struct reading r = {0};

	(void)state;
	assert_int_equal(read_json(&r, &doc,
				   "{\"title\":\"a\",\"body\":null,\"base\":3,\"minor\":true,"
				   "\"tags\":[\"x, y\",\"z\"],\"extra\":{\"k\":1}}"),
			 ST_OK);
	assert_null(r.in.body.ptr);
	assert_int_equal(r.in.base, 3);
	assert_true(r.in.minor);
	assert_int_equal(r.in.tags.count, 2);
	assert_str(r.in.tags.items[0], "x, y");
	assert_int_equal(json_kind(r.in.extra), JSON_IS_OBJECT);
	arena_release(&r.mem);
}

static void test_form_refuses_json_of_wrong_kinds(void **state)
{
	static const char *const cases[] = {
		"{\"title\":1}",
		"{\"title\":[\"a\"]}",
		"{\"title\":\"a\",\"base\":\"3\"}",
		"{\"title\":\"a\",\"base\":3.0}",
		"{\"title\":\"a\",\"base\":-3}",
		"{\"title\":\"a\",\"minor\":1}",
		"{\"title\":\"a\",\"tags\":\"x\"}",
		"{\"title\":\"a\",\"tags\":[1]}",
		"{\"title\":\"a\",\"extra\":[]}",
		"{\"title\":\"a\",\"unknown\":1}",
		"{\"title\":\"a\",\"secret\":\"form only\"}",
		"{}",
	};
	AUTO(json_doc) struct json_doc doc = {0};
	struct reading r = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (read_json(&r, &doc, cases[i]) != ST_INVALID || r.faults.count != 1)
			fail_msg("accepted: %s", cases[i]);
	}
	assert_int_equal(read_json(&r, &doc, "[]"), ST_INVALID);
	assert_int_equal(r.faults.count, 0);
	arena_release(&r.mem);
}

#define PART(name, more, value)                                                                    \
	"--B\r\nContent-Disposition: form-data; name=\"" name "\"" more "\r\n\r\n" value "\r\n"

static void test_multipart_reads_parts(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct form form;
	struct str body = STR(PART("a", "", "1") PART(
		"f%22", "; filename=\"x y.pdf\"\r\nContent-Type: application/pdf", "\0\r\n--Cx\xff")
				      PART("e", "", "") "--B--\r\n");

	(void)state;
	assert_int_equal(form_decode_multipart(&form, &mem, body, STR("B"), FORM_PARTS_MAX), ST_OK);
	assert_int_equal(form.count, 3);
	assert_str(form_value(&form, "a"), "1");
	assert_true(form.pairs[1].is_file);
	assert_str(form.pairs[1].name, "f\"");
	assert_str(form.pairs[1].file_name, "x y.pdf");
	assert_str(form.pairs[1].file_type, "application/pdf");
	assert_int_equal(form.pairs[1].value.len, 8);
	assert_str(form.pairs[2].value, "");
	assert_int_equal(form_decode_multipart(&form, &mem, STR("--B--"), STR("B"), FORM_PARTS_MAX),
			 ST_OK);
	assert_int_equal(form.count, 0);
}

static void test_multipart_refuses(void **state)
{
	static const char *const cases[] = {
		"",
		"--B",
		"--C--",
		"x--B--",
		"--B--x",
		PART("a", "", "1"),
		PART("a", "", "1") "--B",
		"--B\r\n\r\nno head\r\n--B--",
		"--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--",
		"--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--",
		"--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--",
		PART("a", "; name=\"b\"", "1") "--B--",
		PART("a", "; x=\"b\"", "1") "--B--",
		PART("a", "; filename=\"b", "1") "--B--",
		PART("a", "\r\nContent-Disposition: form-data; name=\"b\"", "1") "--B--",
		PART("a", "\r\nContent-Transfer-Encoding: base64", "1") "--B--",
		PART("a", "\r\nno colon and no end", "1") "--B",
		PART("a", "", "\xff") "--B--",
		PART("\xff", "", "1") "--B--",
		"--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--",
	};
	struct form form;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena) struct arena mem = {0};

		if (form_decode_multipart(&form, &mem, str_c(cases[i]), STR("B"), FORM_PARTS_MAX) !=
		    ST_INVALID)
			fail_msg("accepted: %s", cases[i]);
	}
}

static void test_multipart_counts_parts(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf body = {0};
	struct form form;

	const struct {
		size_t most;
		int fields, files;
		enum status outcome;
	} cases[] = {
		{FORM_FIELDS_MAX, FORM_FIELDS_MAX, 0, ST_OK},
		{FORM_FIELDS_MAX, FORM_FIELDS_MAX + 1, 0, ST_INVALID},
		{FORM_FIELDS_MAX, FORM_FIELDS_MAX - FORM_PARTS_MAX, FORM_PARTS_MAX, ST_OK},
		{FORM_FIELDS_MAX, 0, FORM_PARTS_MAX + 1, ST_INVALID},
		{FORM_PARTS_MAX, FORM_PARTS_MAX, 0, ST_OK},
		{FORM_PARTS_MAX, FORM_PARTS_MAX, 1, ST_INVALID},
	};

	(void)state;
	for (size_t n = 0; n < COUNT(cases); n++) {
		buf_cut(&body, 0);
		for (int i = 0; i < cases[n].fields; i++)
			buf_c_add(&body, PART("a", "", "1"));
		for (int i = 0; i < cases[n].files; i++)
			buf_c_add(&body, PART("f", "; filename=\"f\"", "1"));
		buf_c_add(&body, "--B--");
		assert_int_equal(
			form_decode_multipart(&form, &mem, buf_str(&body), STR("B"), cases[n].most),
			cases[n].outcome);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form_decodes_once),
		cmocka_unit_test(test_form_counts_fields),
		cmocka_unit_test(test_form_fills_the_struct),
		cmocka_unit_test(test_form_tells_absent_from_empty),
		cmocka_unit_test(test_form_names_every_fault),
		cmocka_unit_test(test_form_refuses_duplicates),
		cmocka_unit_test(test_form_reads_json_by_the_same_table),
		cmocka_unit_test(test_form_refuses_json_of_wrong_kinds),
		cmocka_unit_test(test_multipart_reads_parts),
		cmocka_unit_test(test_multipart_refuses),
		cmocka_unit_test(test_multipart_counts_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
