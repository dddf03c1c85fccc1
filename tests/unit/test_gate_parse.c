/* Every rule of security.md 5.1 about the head of a request: what is refused, and with what. */
#include "server/gate_parse.h"

#include "schema/base/buf.h"
#include "server/gate_chunks.h"
#include "tests/support/check.h"

#define GET(rest) "GET " rest " HTTP/1.1\r\nHost: a\r\n\r\n"
#define WITH(fields) "GET / HTTP/1.1\r\nHost: a\r\n" fields "\r\n"
#define POST(fields) "POST / HTTP/1.1\r\nHost: a\r\n" fields "\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define PARTS(path, length)                                                                        \
	"POST " path " HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"   \
	"Content-Length: " length "\r\n\r\n"

struct head_case {
	int expected;
	const char *head;
};

static void check(const struct head_case *cases, size_t count)
{
	static struct http_head head;

	for (size_t i = 0; i < count; i++) {
		int got = gate_parse(&head, str_c(cases[i].head));

		if (got != cases[i].expected)
			fail_msg("case %zu: got %d, expected %d: %s", i, got, cases[i].expected,
				 cases[i].head);
	}
}

static void test_request_line(void **state)
{
	static const struct head_case cases[] = {
		{0, GET("/")},
		{0, "HEAD / HTTP/1.0\r\nHost: a\r\n\r\n"},
		{0, "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{0, "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{405, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"},
		{405, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
		{405, "get / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{405, "GETS / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "G\x01T / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"},
		{400, "GET /\r\nHost: a\r\n\r\n"},
		{400, "GET\r\nHost: a\r\n\r\n"},
		{400, "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET / http/1.1\r\nHost: a\r\n\r\n"},
		{400, "GET / HTTP/1.1x\r\nHost: a\r\n\r\n"},
		{400, "GET / HTTP/11\r\nHost: a\r\n\r\n"},
		{505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
		{505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
		{505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
	};

	(void)state;
	check(cases, COUNT(cases));
}

static void test_target(void **state)
{
	static const struct head_case cases[] = {
		{0, GET("/a/b-c_d.e~f")},  {0, GET("/a/?x=1&y=%20+%0A")},
		{0, GET("/w/%D0%90%2FB")}, /* an escaped slash is part of a name */
		{0, GET("/?q=a\\b&//..")}, {0, GET("/a/...")},
		{0, GET("/a/")},           {400, GET("http://a/")},
		{400, GET("*")},           {400, GET("a")},
		{400, GET("/a%00b")},      {400, GET("/?q=%00")},
		{400, GET("/a%0")},        {400, GET("/a%")},
		{400, GET("/a%zz")},       {400, GET("/?q=%2")},
		{400, GET("/%c0%af")},    /* overlong slash */
		{400, GET("/%ed%a0%80")}, /* surrogate */
		{400, GET("/?q=%ff")},     {400, GET("/a\\b")},
		{400, GET("/a%5cb")},      {400, GET("//a")},
		{400, GET("/a//b")},       {400, GET("/a/%2Fb")},
		{400, GET("/.")},          {400, GET("/a/./b")},
		{400, GET("/a/../b")},     {400, GET("/a/..")},
		{400, GET("/a/%2e%2e/b")}, {400, GET("/a/%2e")},
		{400, GET("/a%2f..%2fb")}, {400, GET("/a%01")},
		{400, GET("/a%7f")},       {400, GET("/a#b")},
		{400, GET("/a\x80")},      {400, GET("/a\x7f")},
	};

	(void)state;
	check(cases, COUNT(cases));
}

static void test_fields(void **state)
{
	static const struct head_case cases[] = {
		{0, WITH("X:\r\n")},
		{0, WITH("X: a\tb \xd0\x90\r\n")},
		{0, WITH("Accept: a\r\nAccept: b\r\n")},
		{400, WITH("X : a\r\n")},
		{400, WITH(" X: a\r\n")},
		{400, WITH("X: a\r\n b\r\n")}, /* obs-fold */
		{400, WITH("X: a\r\n\tb\r\n")},
		{400, WITH("X\r\n")},
		{400, WITH(": a\r\n")},
		{400, WITH("X(: a\r\n")},
		{400, WITH("X: a\x01\r\n")},
		{400, WITH("X: a\x7f\r\n")},
		{400, WITH("X: a\rb\r\n")},
		{400, WITH("X: a\n")},
		{400, "GET / HTTP/1.1\nHost: a\n\n"},
		{400, "GET / HTTP/1.1\r\nHost: a\r\n\n"},
		{400, "GET / HTTP/1.1\r\n\r\n"}, /* no Host */
		{400, WITH("Host: a\r\n")},
		{400, WITH("hOST: b\r\n")},
		{400, WITH("Cookie: a=1\r\nCookie: b=2\r\n")},
		{400, WITH("Authorization: x\r\nAuthorization: x\r\n")},
		{400, WITH("Origin: x\r\nOrigin: x\r\n")},
		{400, WITH("Content-Type: x\r\nContent-Type: x\r\n")},
		{400, WITH("Referer: x\r\nReferer: x\r\n")},
		{417, WITH("Expect: something\r\n")},
		{0, WITH("Expect: 100-Continue\r\n")},
	};

	(void)state;
	check(cases, COUNT(cases));
}

static void test_nul_in_a_value(void **state)
{
	static const char head[] = "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n";
	static struct http_head out;

	(void)state;
	assert_int_equal(gate_parse(&out, str_of(head, sizeof(head) - 1)), 400);
}

static void test_framing(void **state)
{
	static const struct head_case cases[] = {
		{0, POST("")},
		{0, POST("Content-Length: 0\r\n")},
		{0, POST(FORM "Content-Length: 5\r\n")},
		{0, POST(FORM "Transfer-Encoding: Chunked\r\n")},
		{400, POST(FORM "Content-Length: 5\r\nContent-Length: 5\r\n")},
		{400, POST(FORM "Content-Length: 5\r\nContent-Length: 6\r\n")},
		{400, POST(FORM "Content-Length: 5, 5\r\n")},
		{400, POST(FORM "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
		{400, POST(FORM "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
		{400, POST(FORM "Transfer-Encoding: xchunked\r\n")},
		{400, POST(FORM "Transfer-Encoding: gzip, chunked\r\n")},
		{400, POST(FORM "Transfer-Encoding: identity\r\n")},
		{400, POST(FORM "Transfer-Encoding:\r\n")},
		{400, POST(FORM "Transfer-Encoding: chunked, \r\n")},
		{400, "POST / HTTP/1.0\r\nHost: a\r\n" FORM "Transfer-Encoding: chunked\r\n\r\n"},
		{400, POST(FORM "Content-Length: -5\r\n")},
		{400, POST(FORM "Content-Length: +5\r\n")},
		{400, POST(FORM "Content-Length: 0x5\r\n")},
		{400, POST(FORM "Content-Length: 5 5\r\n")},
		{400, POST(FORM "Content-Length:\r\n")},
		{400, POST(FORM "Content-Length: 99999999999999999999\r\n")},
		{413, POST(FORM "Content-Length: 2097153\r\n")},
		{0, POST(FORM "Content-Length: 2097152\r\n")},
		{0, PARTS("/a/b/edit", "4194304")},
		{413, PARTS("/a/b/edit", "4194305")},
		{0, PARTS("/new/draft", "4194304")},
		{0, PARTS("/settings", "2097152")},
		{413, PARTS("/settings", "2097153")},
		{0, PARTS("/a/b/files", "27262976")},
		{413, PARTS("/a/b/files", "27262977")},
		{413, POST("Content-Type: application/json\r\nContent-Length: 1048577\r\n")},
		{400, WITH(FORM "Content-Length: 5\r\n")}, /* a body of GET */
		{400, WITH(FORM "Transfer-Encoding: chunked\r\n")},
	};

	(void)state;
	check(cases, COUNT(cases));
}

static void test_types(void **state)
{
	static const struct head_case cases[] = {
		{415, POST("Content-Length: 5\r\n")},
		{415, POST("Content-Type: text/plain\r\nContent-Length: 5\r\n")},
		{415, POST("Content-Type: application/jsonx\r\nContent-Length: 5\r\n")},
		{415,
		 POST("Content-Type: application/json; charset=latin1\r\nContent-Length: 5\r\n")},
		{0, POST("Content-Type: Application/JSON ;charset=UTF-8\r\nContent-Length: 5\r\n")},
		{0,
		 POST("Content-Type: multipart/form-data; boundary=\"x y\"\r\nContent-Length: 0\r\n")},
		{0,
		 POST("Content-Type: multipart/form-data; boundary=xy\r\nContent-Length: 5\r\n")},
		{400, POST("Content-Type: multipart/form-data\r\nContent-Length: 5\r\n")},
		{400,
		 POST("Content-Type: multipart/form-data; boundary=\r\nContent-Length: 5\r\n")},
		{400, POST("Content-Type: multipart/form-data; boundary=a; boundary=b\r\n"
			   "Content-Length: 5\r\n")},
		{400,
		 POST("Content-Type: multipart/form-data; boundary=a\x80\r\nContent-Length: 5\r\n")},
	};

	(void)state;
	check(cases, COUNT(cases));
}

static void test_sizes(void **state)
{
	static struct http_head out;
	static char text[TARGET_MAX * 2];

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text, "GET /", 5);
	memcpy(text + 4 + TARGET_MAX, " HTTP/1.1\r\nHost: a\r\n\r\n", 22);
	assert_int_equal(gate_parse(&out, str_of(text, 4 + TARGET_MAX + 22)), 0);
	memset(text + 4 + TARGET_MAX, 'a', 32);
	memcpy(text + 5 + TARGET_MAX, " HTTP/1.1\r\nHost: a\r\n\r\n", 22);
	assert_int_equal(gate_parse(&out, str_of(text, 5 + TARGET_MAX + 22)), 414);
}

static void test_number_of_fields(void **state)
{
	AUTO(buf) struct buf text = {0};
	static struct http_head out;

	(void)state;
	buf_c_add(&text, "GET / HTTP/1.1\r\nHost: a\r\n");
	for (int i = 1; i < HEAD_FIELDS_MAX; i++)
		buf_printf(&text, "X-%d: y\r\n", i);
	buf_c_add(&text, "\r\n");
	assert_int_equal(gate_parse(&out, buf_str(&text)), 0);
	assert_int_equal(out.n_fields, HEAD_FIELDS_MAX);
	buf_cut(&text, text.len - 2);
	buf_c_add(&text, "One-More: z\r\n\r\n");
	assert_int_equal(gate_parse(&out, buf_str(&text)), 431);
}

static void test_what_was_read(void **state)
{
	static struct http_head out;

	(void)state;
	assert_int_equal(
		gate_parse(&out, STR("POST /a%20b?x=1 HTTP/1.1\r\nhost:  H \r\n"
				     "Content-Type: multipart/form-data; boundary=\"b=1\"\r\n"
				     "Content-Length: 7\r\nEXPECT: 100-continue\r\n\r\n")),
		0);
	assert_int_equal(out.method, HTTP_POST);
	assert_str(out.path, "/a%20b");
	assert_str(out.query, "x=1");
	assert_str(out.host, "H");
	assert_str(out.boundary, "b=1");
	assert_str(head_value(&out, "content-LENGTH"), "7");
	assert_int_equal(out.length, 7);
	assert_int_equal(out.type, BODY_UPLOAD);
	assert_true(out.expects);
	assert_false(head_has(&out, "X"));
}

/* The end of a head is found wherever the bytes were cut. */
static void test_end_of_head(void **state)
{
	static const char text[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
	size_t end = sizeof(text) - 1 - 4;

	(void)state;
	for (size_t cut = 0; cut < sizeof(text); cut++) {
		size_t got = gate_head_end(str_of(text, cut), 0);

		assert_int_equal(got, cut < end ? 0 : end);
		if (cut >= end)
			continue;
		assert_int_equal(gate_head_end(str_of(text, sizeof(text) - 1), cut), end);
	}
	assert_int_equal(gate_head_end(STR("GET / HTTP/1.1\nHost"), 0), 15);
}

static int feed_chunks(const char *text, size_t step, struct str *body)
{
	static struct gate_chunks *last;
	static struct http_head head;
	struct str block = STR(POST(FORM "Transfer-Encoding: chunked\r\n"));
	struct str rest = str_c(text);
	int status = GATE_CHUNKS_MORE;

	gate_chunks_free(last);
	assert_int_equal(gate_parse(&head, block), 0);
	last = gate_chunks_new(&head, block);
	while (status == GATE_CHUNKS_MORE && rest.len) {
		status = gate_chunks_feed(last, str_head(rest, step));
		rest = str_from(rest, step);
	}
	*body = gate_chunks_body(last);
	if (!text[0]) {
		gate_chunks_free(last);
		last = NULL;
	}
	return status;
}

static void test_chunks(void **state)
{
	static const struct {
		int expected;
		const char *text, *body;
	} cases[] = {
		{GATE_CHUNKS_WHOLE, "0\r\n\r\n", ""},
		{GATE_CHUNKS_WHOLE, "3\r\nabc\r\n0A\r\n0123456789\r\n000\r\n\r\n", "abc0123456789"},
		{GATE_CHUNKS_MORE, "3\r\nabc\r\n0\r\n", "abc"},
		{400, "\r\n", ""},
		{400, "x\r\n", ""},
		{400, "3 \r\nabc\r\n", ""},
		{400, "3;a=b\r\nabc\r\n", ""},
		{400, "3\nabc\r\n", ""},
		{400, "3\r\nabcd\r\n", "abc"},
		{400, "3\r\nabc\n0\r\n\r\n", "abc"},
		{400, "0\r\nTrailer: x\r\n\r\n", ""},
		{400, "-1\r\n", ""},
		{413, "00000003\r\nabc\r\n", ""},
		{413, "ffffffffff", ""},
	};
	struct str body;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t step = 1; step < 64; step *= 3) {
			int got = feed_chunks(cases[i].text, step, &body);

			if (got != cases[i].expected)
				fail_msg("case %zu in steps of %zu: %d", i, step, got);
			assert_str(body, cases[i].body);
		}
	}
	assert_int_equal(feed_chunks("", 1, &body), GATE_CHUNKS_MORE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request_line),  cmocka_unit_test(test_target),
		cmocka_unit_test(test_fields),        cmocka_unit_test(test_nul_in_a_value),
		cmocka_unit_test(test_framing),       cmocka_unit_test(test_types),
		cmocka_unit_test(test_sizes),         cmocka_unit_test(test_number_of_fields),
		cmocka_unit_test(test_what_was_read), cmocka_unit_test(test_end_of_head),
		cmocka_unit_test(test_chunks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
