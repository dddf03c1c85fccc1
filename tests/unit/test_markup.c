/* HTML from trees: what comes out of Markdown, what damaged trees and hostile texts cannot do. */
#include "tests/support/check.h"

#include "indexer/markdown.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "server/json.h"
#include "server/markup.h"
#include "tests/support/file_kit.h"
#include "tests/support/html_strict.h"

static bool resolve_title(void *context, struct str title, struct markup_target *out)
{
	struct arena *mem = context;

	if (!str_is(title, "Fees") && !str_is(title, "Boj"))
		return false;
	*out = (struct markup_target){.url = url_article(mem, STR("0123456789abc"), STR("fees"))};
	if (str_is(title, "Boj")) {
		out->lang = STR("uz-Cyrl");
		out->title_lang = STR("uz-Latn");
	}
	return true;
}

static bool resolve_relative(void *context, struct str address, struct url *out)
{
	struct arena *mem = context;

	if (!str_is(address, "../fees.md"))
		return false;
	*out = url_article(mem, STR("0123456789abc"), STR("fees"));
	return true;
}

static bool resolve_picture(void *context, struct str address, struct markup_picture *out)
{
	(void)context;
	if (!str_is(address, "/f/1/map.png") && !str_is(address, "/f/2/odd.png"))
		return false;
	*out = (struct markup_picture){.url = URL("f/1/map.png"), .size = INT64_C(240) * 1024};
	if (str_is(address, "/f/1/map.png"))
		out->pixels = (struct picture_size){640, 480};
	return true;
}

static struct markup_options options_of(struct arena *mem)
{
	return (struct markup_options){
		.lang = LANG_EN,
		.links = {mem, resolve_title, resolve_relative, resolve_picture, false},
		.space = STR("consular"),
	};
}

static struct markup_result render(struct arena *mem, const char *markdown)
{
	struct markup_options options = options_of(mem);
	struct markdown_result converted;
	struct markup_result out;

	assert_int_equal(markdown_convert(&converted, mem, str_c(markdown)), ST_OK);
	assert_int_equal(markup_render(&out, mem, converted.tree, &options), ST_OK);
	return out;
}

#define assert_html(markdown, expected)                                                            \
	do {                                                                                       \
		AUTO(arena) struct arena mem = {0};                                                \
		assert_str(render(&mem, markdown).html.html_bytes, expected);                      \
	} while (0)

static void test_blocks(void **state)
{
	(void)state;
	assert_html("One & *two* **three** ~~four~~ `<b>`",
		    "<p>One &amp; <em>two</em> <strong>three</strong> <del>four</del> "
		    "<code>&lt;b&gt;</code></p>\n");
	assert_html("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	assert_html("3. a\n\n4. b\n",
		    "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n");
	assert_html("> quote\n\n---\n", "<blockquote>\n<p>quote</p>\n</blockquote>\n<hr>\n");
	assert_html("```c\nint a<b;\n```\n",
		    "<pre tabindex=\"0\"><code>int a&lt;b;\n</code></pre>\n");
	assert_html("- [x] sealed\n",
		    "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked "
		    "aria-label=\"done\"> sealed</li>\n</ul>\n");
}

static void test_table_has_scope_and_alignment(void **state)
{
	(void)state;
	assert_html(
		"| a | b |\n|:--|--:|\n| 1 | 2 |\n| 3 | 4 |\n",
		"<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n"
		"<thead><tr><th scope=\"col\" class=\"is-left\">a</th><th scope=\"col\" "
		"class=\"is-right\">b</th></tr></thead>\n<tbody><tr><td class=\"is-left\">1</td>"
		"<td class=\"is-right\">2</td></tr>\n<tr><td class=\"is-left\">3</td><td "
		"class=\"is-right\">4</td></tr>\n</tbody></table></div>\n");
}

static void test_headings_have_prefixed_ids(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markup_result out = render(&mem, "# Oʻlchov\n\n### Sub *part*\n");

	(void)state;
	assert_str(out.html.html_bytes, "<h2 id=\"h-olchov\">Oʻlchov</h2>\n"
					"<h3 id=\"h-sub-part\">Sub <em>part</em></h3>\n");
	assert_int_equal(out.n_headings, 2);
	assert_str(out.headings[1].text, "Sub part");
	assert_str(out.headings[1].anchor, "h-sub-part");
	assert_int_equal(out.headings[0].level, 2);
}

static void test_edit_links_and_prefix(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markup_options options = options_of(&mem);
	struct markdown_result converted;
	struct markup_result out;

	(void)state;
	options.edit_id = STR("0123456789abc");
	options.prefix = STR("p7-");
	assert_int_equal(markdown_convert(&converted, &mem, STR("### A\n\n## B\n")), ST_OK);
	assert_int_equal(markup_render(&out, &mem, converted.tree, &options), ST_OK);
	assert_str(out.html.html_bytes,
		   "<h3 id=\"h-p7-a\">A</h3>\n<h2 id=\"h-p7-b\">B <a class=\"h-edit\" "
		   "lang=\"en\" href=\"/a/0123456789abc/edit?section=2\">edit</a></h2>\n");
}

static void test_the_title_stands_once(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markup_options options = options_of(&mem);
	struct markdown_result converted;
	struct markup_result out;

	(void)state;
	options.title = STR("Fees");
	options.edit_id = STR("0123456789abc");
	assert_int_equal(markdown_convert(&converted, &mem, STR("# Fees\n\n## More\n\n# Fees\n")),
			 ST_OK);
	assert_int_equal(markup_render(&out, &mem, converted.tree, &options), ST_OK);
	assert_int_equal(out.n_headings, 2);
	assert_str(out.headings[0].text, "More");
	assert_true(str_search(out.html.html_bytes, STR("section=2")) >= 0);
	assert_int_equal(str_search(out.html.html_bytes, STR("section=1")), -1);
}

static void test_links(void **state)
{
	(void)state;
	assert_html("[law](https://lex.uz/docs?a=1&b=2 \"t\")",
		    "<p><a class=\"is-outside\" rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://lex.uz/docs?a=1&amp;b=2\" title=\"t\">law</a> <span "
		    "class=\"host\">(lex.uz)</span></p>\n");
	assert_html("<https://lex.uz/>", "<p><a rel=\"noopener noreferrer nofollow\" "
					 "href=\"https://lex.uz/\">https://lex.uz/</a></p>\n");
	assert_html("[lex.uz/%D0%B0](https://lex.uz/%D0%B0/)",
		    "<p><a rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://lex.uz/%D0%B0/\">lex.uz/%D0%B0</a></p>\n");
	assert_html("[lex.uz/а](https://lex.uz/%D0%B0)",
		    "<p><a rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://lex.uz/%D0%B0\">lex.uz/а</a></p>\n");
	assert_html("[https://lex.uz](https://lex.uz/b)",
		    "<p><a class=\"is-outside\" rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://lex.uz/b\">https://lex.uz</a></p>\n");
	assert_html("[https://lex.uz](https://evil.example)",
		    "<p><a class=\"is-outside\" rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://evil.example\">https://lex.uz</a> <span "
		    "class=\"host\">(evil.example)</span></p>\n");
	assert_html("[a](/a/0123456789abc-x) [b](#Ikkinchi qism) [c](#ikkinchi)",
		    "<p><a href=\"/a/0123456789abc-x\">a</a> [b](#Ikkinchi qism) <a "
		    "href=\"#h-ikkinchi\">c</a></p>\n");
	assert_html("[f](../fees.md) [g](other.md)",
		    "<p><a href=\"/a/0123456789abc-fees\">f</a> <span "
		    "class=\"is-missing\">g</span></p>\n");
	assert_html("[x](javascript:alert(1)) [y](data:text/html,1) [z](//evil.example)",
		    "<p>x y z</p>\n");
	assert_html("[m](mailto:a@b.uz?bcc=x@y.z&subject=hi)",
		    "<p><a href=\"mailto:a@b.uz?subject=hi\">m</a></p>\n");
}

static void test_wiki_links(void **state)
{
	(void)state;
	assert_html(
		"[[Fees#Oʻrta]] [[Fees|these]] [[Hidden & co]]",
		"<p><a href=\"/a/0123456789abc-fees#h-orta\">Fees</a> <a "
		"href=\"/a/0123456789abc-fees\">these</a> <a class=\"is-missing\" "
		"href=\"/new?space=consular&amp;title=Hidden%20%26%20co\" title=\"There is no such "
		"article yet\">Hidden &amp; co</a></p>\n");
}

static void test_wiki_links_name_their_language(void **state)
{
	(void)state;
	assert_html("[[Boj]] [[Boj#a|these]]",
		    "<p><a lang=\"uz-Latn\" hreflang=\"uz-Cyrl\" "
		    "href=\"/a/0123456789abc-fees\">Boj</a> <a hreflang=\"uz-Cyrl\" "
		    "href=\"/a/0123456789abc-fees#h-a\">these</a></p>\n");
}

static void test_pictures_are_own_or_links(void **state)
{
	(void)state;
	assert_html("![A *map*](/f/1/map.png)",
		    "<p><img loading=\"lazy\" width=\"640\" height=\"480\" src=\"/f/1/map.png\" "
		    "alt=\"A map\"></p>\n");
	assert_html("![](/f/2/odd.png)",
		    "<p><img loading=\"lazy\" src=\"/f/1/map.png\" alt=\"\"></p>\n");
	assert_html("![spy](https://evil.example/p.png)",
		    "<p><a class=\"is-outside\" rel=\"noopener noreferrer nofollow\" "
		    "href=\"https://evil.example/p.png\">spy</a> <span "
		    "class=\"host\">(evil.example)</span></p>\n");
	assert_html(
		"[![in](https://a.example/p)](https://b.example)",
		"<p><a class=\"is-outside\" rel=\"noopener noreferrer nofollow\" "
		"href=\"https://b.example\">in</a> <span class=\"host\">(b.example)</span></p>\n");
}

static void test_who_saves_data_asks_for_pictures(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markup_options options = options_of(&mem);
	struct markdown_result converted;
	struct markup_result out;

	(void)state;
	options.links.pictures_asked = true;
	assert_int_equal(
		markdown_convert(
			&converted, &mem,
			STR("![A *map*](/f/1/map.png) ![](/f/1/map.png) ![*x*](/f/2/no.png)\n\n"
			    "[![in](/f/1/map.png) text](/b) ![a ![b](/f/1/map.png)](/f/1/map.png)")),
		ST_OK);
	assert_int_equal(markup_render(&out, &mem, converted.tree, &options), ST_OK);
	assert_str(out.html.html_bytes,
		   "<p><a href=\"/f/1/map.png\">Show image (240\u00a0KB): A map</a> "
		   "<a href=\"/f/1/map.png\">Show image (240\u00a0KB)</a> "
		   "<a href=\"/f/2/no.png\">x</a></p>\n"
		   "<p><a href=\"/b\">in text</a> "
		   "<a href=\"/f/1/map.png\">Show image (240\u00a0KB)</a> "
		   "<a href=\"/f/1/map.png\">Show image (240\u00a0KB): a b</a></p>\n");
}

static void test_footnotes(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str html = render(&mem, "a[^x]\n\n[^x]: note\n").html.html_bytes;
	size_t at = 0;

	(void)state;
	assert_null(html_strict(html, &at));
	assert_true(str_search(html, STR("<a id=\"h-mark-1-1\" href=\"#h-note-1\">1</a>")) >= 0);
	assert_true(str_search(html, STR("<li id=\"h-note-1\">")) >= 0);
	assert_true(str_search(html, STR("href=\"#h-mark-1-1\"")) >= 0);
}

/* ---- hostile trees ------------------------------------------------------------------------------ */

static enum status render_bytes(struct arena *mem, struct markup_result *out, struct str tree)
{
	struct markup_options options = options_of(mem);

	return markup_render(out, mem, tree, &options);
}

static void test_damaged_trees_are_refused(void **state)
{
	static const struct str bad[] = {
		STR("\x04"),             /* a paragraph that does not end */
		STR("\x00"),             /* an end too many */
		STR("\x01\x01x"),        /* words outside of a block */
		STR("\x04\x04\x00\x00"), /* a paragraph in a paragraph */
		STR("\x05\x07\x01"
		    "a\x00"), /* a heading of level 7 */
		STR("\x05\x01\x03"
		    "a\"b\x00"),     /* an anchor that is none */
		STR("\x08\x00\x00"), /* an item outside of a list */
		STR("\x04\x01\x05"
		    "ab\x00"),                   /* a text longer than the tree */
		STR("\x04\x01\x02\xff\xfe\x00"), /* no UTF-8 */
		STR("\x11\x41"),                 /* 65 columns */
		STR("\x11\x01\x00\x12\x00\x13\x00\x13\x00\x00\x00"), /* a second cell in one column */
		STR("\x11\x01\x00\x12\x00\x00\x12\x01\x00\x00"),     /* a head below the body */
		STR("\x7f"),                                         /* no node */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		AUTO(arena) struct arena mem = {0};
		struct markup_result out;

		if (render_bytes(&mem, &out, bad[i]) != ST_INVALID)
			print_error("tree %zu was let through\n", i);
		assert_int_equal(render_bytes(&mem, &out, bad[i]), ST_INVALID);
		assert_int_equal(out.html.html_bytes.len, 0);
	}
}

/* Any bytes give either INVALID or HTML of the list. */
static void test_random_trees_stay_on_the_list(void **state)
{
	uint32_t seed = 2026;
	size_t let_through = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO(arena) struct arena mem = {0};
		struct markdown_result converted;
		struct markup_result out;
		const char *why;
		size_t at = 0;
		char *bytes;

		assert_int_equal(
			markdown_convert(&converted, &mem,
					 STR("# a\n\n- [x] *b* [c](/d \"e\")\n\n|f|g|\n|-|-|\n"
					     "|[[h#i\\|j]]|![k](l)|\n\n> m[^n]\n\n[^n]: `o`\n")),
			ST_OK);
		bytes = arena_c(&mem, converted.tree);
		for (int changes = 0; changes <= round % 2; changes++) {
			seed = seed * 1664525 + 1013904223;
			bytes[(seed >> 8) % converted.tree.len] =
				(char)(round % 3 ? (seed >> 24) % TREE_NODE_COUNT : seed >> 24);
		}
		if (render_bytes(&mem, &out, str_of(bytes, converted.tree.len)) != ST_OK)
			continue;
		let_through++;
		why = html_strict(out.html.html_bytes, &at);
		if (why)
			print_error("%s at %zu in\n%s\n", why, at,
				    arena_c(&mem, out.html.html_bytes));
		assert_null(why);
	}
	print_message("%zu of 20000 let through\n", let_through);
	assert_true(let_through > 100); /* otherwise this tests nothing */
}

/* ---- hostile texts ------------------------------------------------------------------------------ */

static void check_payload(struct str payload, const char *before, const char *behind)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct markdown_result converted;
	struct markup_result out;
	const char *why;
	size_t at = 0;

	buf_c_add(&text, before);
	buf_str_add(&text, payload);
	buf_c_add(&text, behind);
	if (markdown_convert(&converted, &mem, buf_str(&text)) != ST_OK)
		return;
	if (render_bytes(&mem, &out, converted.tree) != ST_OK)
		print_error("%s: %s\n", buf_c(&text), fail_message());
	assert_int_equal(render_bytes(&mem, &out, converted.tree), ST_OK);
	why = html_strict(out.html.html_bytes, &at);
	if (why)
		print_error("%s\n%s in\n%s\nat %zu\n", buf_c(&text), why,
			    arena_c(&mem, out.html.html_bytes), at);
	assert_null(why);
}

static size_t check_file(const char *name, const char *member)
{
	AUTO(arena) struct arena mem = {0};
	struct str rest = file_kit_data(&mem, name);
	size_t count = 0;

	while (rest.len) {
		AUTO(json_doc) struct json_doc doc = {0};
		struct str payload;

		if (json_parse(&doc, str_trim(str_cut(&rest, '\n'))) != ST_OK ||
		    !json_to_str(json_get(doc.root, member), &payload) || !utf8_valid(payload))
			continue;
		check_payload(payload, "", "");
		check_payload(payload, "[a](", ")");
		check_payload(payload, "[a](<", ">)");
		check_payload(payload, "![a](/x \"", "\")");
		check_payload(payload, "[[", "]]");
		check_payload(payload, "# ", "\n\n`x`");
		check_payload(payload, "|a|\n|-|\n|", "|\n");
		check_payload(payload, "```", "\n```\n");
		count++;
	}
	return count;
}

static void test_payloads_stay_text(void **state)
{
	size_t count = check_file("security/xss.jsonl", "payload");

	(void)state;
	count += check_file("security/sanitizer-fixtures.jsonl", "payload");
	count += check_file("security/naughty-strings.jsonl", "s");
	if (count == 0)
		skip();
	print_message("%zu payloads in 8 places each\n", count);
	assert_true(count > 1000);
}

static void test_speed(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};
	struct markup_options options = options_of(&mem);
	struct markdown_result converted;
	int64_t best = INT64_MAX;

	(void)state;
	while (text.len < 5000)
		buf_c_add(&text, "## Muddat\n\nKonsullik *xizmatlari* [[Fees|yigʻimi]] haqida "
				 "maʼlumot, qarang [lex](https://lex.uz). Сроки легализации "
				 "зависят от страны назначения документа.\n\n- bir\n- ikki\n\n");
	assert_int_equal(markdown_convert(&converted, &mem, buf_str(&text)), ST_OK);
	for (int i = 0; i < 200; i++) {
		AUTO(arena) struct arena each = {0};
		struct markup_result out;
		int64_t begin = clock_mono();

		options.links.context = &each;
		assert_int_equal(markup_render(&out, &each, converted.tree, &options), ST_OK);
		if (clock_mono() - begin < best)
			best = clock_mono() - begin;
	}
	print_message("5 KB article: %lld us\n", (long long)best);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_table_has_scope_and_alignment),
		cmocka_unit_test(test_headings_have_prefixed_ids),
		cmocka_unit_test(test_edit_links_and_prefix),
		cmocka_unit_test(test_the_title_stands_once),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_wiki_links),
		cmocka_unit_test(test_wiki_links_name_their_language),
		cmocka_unit_test(test_pictures_are_own_or_links),
		cmocka_unit_test(test_who_saves_data_asks_for_pictures),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_damaged_trees_are_refused),
		cmocka_unit_test(test_random_trees_stay_on_the_list),
		cmocka_unit_test(test_payloads_stay_text),
		cmocka_unit_test(test_speed),
	};

	return i18n_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
