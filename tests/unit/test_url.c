/* Addresses: our own are encoded, those of authors are judged by the allow-list. */
#include "tests/support/check.h"

#include "schema/base/err.h"
#include "server/assets.h"
#include "server/json.h"
#include "server/url.h"
#include "tests/support/file_kit.h"

#define assert_url(url, expected) assert_str((url).url_bytes, expected)

static void test_own_addresses_are_encoded(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_url(url_article(&mem, STR("0123456789abc"), STR("konsul")),
		   "/a/0123456789abc-konsul");
	assert_url(url_article(&mem, STR("0123456789abc"), STR_NONE), "/a/0123456789abc");
	assert_url(url_title(&mem, STR("A/b?c#d\"<ў")), "/w/A%2Fb%3Fc%23d%22%3C%D1%9E");
	assert_url(url_diff(&mem, STR("x"), 2, 3), "/a/x/diff/2..3");
	assert_url(
		url_with(&mem, url_with(&mem, URL("search"), "q", STR("a&b=c")), "tag", STR("d e")),
		"/search?q=a%26b%3Dc&tag=d%20e");
	assert_url(url_with(&mem, URL("search"), "q", STR_NONE), "/search");
	assert_url(url_here(&mem, STR("a b")), "#a%20b");
	assert_url(url_mail(&mem, STR("a@b.uz?cc=x")), "mailto:a@b.uz%3Fcc%3Dx");
}

static enum url_kind kind(const char *address)
{
	AUTO(arena) struct arena mem = {0};

	return url_judge(&mem, str_c(address)).kind;
}

static void test_schemes_off_the_list_are_refused(void **state)
{
	static const char *const bad[] = {
		"javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		" javascript:alert(1)",
		"java\tscript:alert(1)",
		"java\nscript:alert(1)",
		"\x01javascript:alert(1)",
		"javascript&colon;alert(1)",
		"javascript&#58;alert(1)",
		"&#x6A;avascript:alert(1)",
		"&#0000106avascript:x",
		"java&Tab;script:alert(1)",
		"data:text/html,x",
		"vbscript:x",
		"file:///etc/passwd",
		"blob:https://x/y",
		"filesystem:x",
		"view-source:https://x",
		"feed:https://x",
		"intent://x",
		"ms-word:ofe|u|https://x",
		"search-ms:query=x",
		"//evil.example",
		"\\\\evil\\share",
		"/\\evil.example",
		"\t//evil.example",
		"http:evil.example",
		"http:/evil.example",
		"http:///x",
		"https://user@evil.example/",
		"https://lex.uz\\@evil.example/",
		"https://a b/",
		"https://[x]/",
		"https://a:999999/",
		"java\xc2\xadscript:alert(1)",
		"\xe2\x80\xaejavascript:x",
		"",
		"tel:javascript",
		"about:blank",
		"x:y",
		":x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		if (kind(bad[i]) != URL_REFUSED)
			print_error("let through: %s\n", bad[i]);
		assert_int_equal(kind(bad[i]), URL_REFUSED);
	}
}

static void test_kinds(void **state)
{
	(void)state;
	assert_int_equal(kind("https://lex.uz/docs/1"), URL_OUTSIDE);
	assert_int_equal(kind("HTTP://LEX.UZ"), URL_OUTSIDE);
	assert_int_equal(kind("http://[::1]:8080/"), URL_OUTSIDE);
	assert_int_equal(kind("mailto:a@b.uz"), URL_OTHER);
	assert_int_equal(kind("tel:+998-71-2330000"), URL_OTHER);
	assert_int_equal(kind("/a/0123456789abc"), URL_OWN);
	assert_int_equal(kind("../x y.md"), URL_RELATIVE);
	assert_int_equal(kind("#part"), URL_PART);
}

static void test_outside_shows_the_true_host(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct url_written to = url_judge(&mem, STR("https://Пример.РФ:8443/путь?a=\"b\""));

	(void)state;
	assert_str(to.host, "xn--e1afmkfd.xn--p1ai");
	assert_url(to.url, "https://xn--e1afmkfd.xn--p1ai:8443/%D0%BF%D1%83%D1%82%D1%8C?a=%22b%22");
	to = url_judge(&mem, STR("https://b\xc3\xbc"
				 "cher.example/"));
	assert_str(to.host, "xn--bcher-kva.example");
	to = url_judge(&mem, STR("https://lex.uz&sol;a&amp;b"));
	assert_url(to.url, "https://lex.uz/a&b");
	to = url_judge(&mem, STR("mailto:a@b.uz?bcc=c@d.e&SUBJECT=x y&body=z"));
	assert_url(to.url, "mailto:a@b.uz?subject=x%20y");
}

static void test_next_stays_here(void **state)
{
	static const char *const bad[] = {"",       "x",     "//x",   "/\\x",      "https://x",
					  "/%2f/x", "/%5cx", "/a%00", "/a%0d%0aX", "/a%",
					  "/a%zz",  "/\xff", "\\x"};
	AUTO(arena) struct arena mem = {0};
	struct url out;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(url_from_next(&out, &mem, str_c(bad[i])));
	assert_false(url_from_next(&out, &mem, STR("/%2fevil.example")));
	assert_true(url_from_next(&out, &mem, STR("/search?q=a%20b&c=\"d\"")));
	assert_url(out, "/search?q=a%20b&c=%22d%22");
}

/* Every line of a public list of tricks for open redirects. */
static void test_known_redirect_tricks(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str rest = file_kit_data(&mem, "security/open-redirect.txt");
	size_t count = 0;

	(void)state;
	if (!rest.ptr)
		skip();
	while (rest.len) {
		struct url out;

		count++;
		if (!url_from_next(&out, &mem, str_trim(str_cut(&rest, '\n'))))
			continue;
		assert_true(str_starts(out.url_bytes, STR("/")));
		assert_false(str_starts(out.url_bytes, STR("//")));
		assert_int_equal(str_find(out.url_bytes, '\\'), -1);
	}
	print_message("%zu tricks\n", count);
	assert_true(count > 50);
}

static void test_static_files_are_found_by_path_only(void **state)
{
	const struct asset *css = asset_find(asset_url("app.css").url_bytes);

	(void)state;
	assert_non_null(css);
	assert_string_equal(css->name, "app.css");
	assert_true(css->gzip.len > 0 && css->gzip.len < 13500);
	assert_true(css->brotli.len > 0 && css->brotli.len < css->gzip.len);
	assert_true(asset_find(asset_url("app.js").url_bytes)->gzip.len < 6 * 1024);
	assert_null(asset_find(STR("/static/app.css")));
	assert_null(asset_find(STR("/static/../app.css")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own_addresses_are_encoded),
		cmocka_unit_test(test_schemes_off_the_list_are_refused),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_outside_shows_the_true_host),
		cmocka_unit_test(test_next_stays_here),
		cmocka_unit_test(test_known_redirect_tricks),
		cmocka_unit_test(test_static_files_are_found_by_path_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
