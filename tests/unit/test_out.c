/* Output: escaping at every position, holes for tokens. */
#include "tests/support/check.h"

#include "server/out.h"

/* The obvious way, to compare with. */
static struct str slow_escape(struct arena *mem, struct str text)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '&')
			buf_c_add(&out, "&amp;");
		else if (c == '<')
			buf_c_add(&out, "&lt;");
		else if (c == '>')
			buf_c_add(&out, "&gt;");
		else if (c == '"')
			buf_c_add(&out, "&quot;");
		else if (c == '\'')
			buf_c_add(&out, "&#39;");
		else
			buf_byte(&out, c);
	}
	return buf_keep(&out, mem);
}

static void test_escapes_at_every_position(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	for (size_t len = 0; len < 70; len++)
		for (size_t at = 0; at < len; at++) {
			AUTO(buf) struct buf out = {0};
			char text[80];

			memset(text, 'x', sizeof(text));
			text[at] = "&<>\"'"[at % 5];
			text[len - 1 - at / 2] = "<&\"'>"[len % 5];
			out_escape(&out, str_of(text, len));
			assert_true(str_eq(buf_str(&out), slow_escape(&mem, str_of(text, len))));
		}
}

static void test_every_byte(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf out = {0};
	char text[256 * 3];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7);
	out_escape(&out, str_of(text, sizeof(text)));
	assert_true(str_eq(buf_str(&out), slow_escape(&mem, str_of(text, sizeof(text)))));
}

static void test_values(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(out) struct out out = {0};

	(void)state;
	out_init(&out, &mem, LANG_EN, 0);
	OUT_BETWEEN_TAGS(&out, INT64_MIN);
	OUT_BETWEEN_TAGS(&out, UINT64_MAX);
	OUT_BETWEEN_TAGS(&out, "<");
	OUT_BETWEEN_TAGS(&out, ((struct html){STR("<b>")}));
	OUT_IN_ADDRESS(&out,
		       url_with(&mem, url_with(&mem, URL("x"), "a", STR("1")), "b", STR("2")));
	assert_str(buf_str(&out.buf),
		   "-922337203685477580818446744073709551615&lt;<b>/x?a=1&amp;b=2");
}

static void test_tokens_go_into_every_hole(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(out) struct out out = {0};
	char token[OUT_CSRF_LEN];
	size_t len;

	(void)state;
	memset(token, 'T', sizeof(token));
	out_init(&out, &mem, LANG_EN, 0);
	out_csrf(&out);
	out_str(&out, STR("-"));
	out_csrf(&out);
	len = out.buf.len;
	assert_int_equal(out.n_holes, 2);
	out_fill_csrf(&out, token);
	assert_int_equal(out.buf.len, len);
	assert_true(str_starts(buf_str(&out.buf),
			       STR("<input type=\"hidden\" name=\"csrf\" value=\"TTT")));
	assert_true(str_ends(buf_str(&out.buf), STR("TTT\">")));
	assert_true(str_search(buf_str(&out.buf), STR("TTT\">-<input")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escapes_at_every_position),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_tokens_go_into_every_hole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
