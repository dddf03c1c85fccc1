/* Words of a search, marked in snippets and in whole articles. */
#include "tests/support/check.h"

#include "indexer/markdown.h"
#include "server/markup.h"

static bool resolve_title(void *context, struct str title, struct markup_target *out)
{
	(void)title;
	*out = (struct markup_target){
		.url = url_article(context, STR("0123456789abc"), STR("fees"))};
	return true;
}

static bool resolve_relative(void *context, struct str address, struct url *out)
{
	(void)context;
	(void)address;
	(void)out;
	return false;
}

static bool resolve_picture(void *context, struct str address, struct markup_picture *out)
{
	(void)context;
	(void)address;
	*out = (struct markup_picture){.url = URL("f/1/map.png"), .pixels = {640, 480}};
	return true;
}

static void test_snippet_marks(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct mark marks[] = {{4, 5}, {6, 2}, {90, 4}, {11, 1}};
	struct snippet snippet = {.passage = STR("<b> words & x"),
				  .cut_before = true,
				  .cut_after = true,
				  .marks = marks,
				  .n_marks = COUNT(marks)};

	(void)state;
	assert_str(markup_snippet(&mem, &snippet).html_bytes,
		   "…&lt;b&gt; <mark>words</mark> &amp;<mark> </mark>x…");
	snippet = (struct snippet){.passage = STR("A whole one."), .cut_after = true};
	assert_str(markup_snippet(&mem, &snippet).html_bytes, "A whole one. …");
	assert_str(markup_plain(&mem, STR("a<b\n\n  c "), NULL).html_bytes,
		   "<p>a&lt;b</p>\n<p>c</p>\n");
}

/* HTML of a text whose words "viza" and "b" are marked. */
static struct str marked(struct arena *mem, const char *markdown)
{
	const struct str terms[] = {STR("viza"), STR("Zviza"), STR("b")};
	struct markup_options options = {
		.lang = LANG_EN,
		.links = {mem, resolve_title, resolve_relative, resolve_picture, false},
	};
	struct markup_marks marks = {0};
	struct markdown_result converted;
	struct markup_result out;

	assert_int_equal(analyser_open(&marks.analyser), ST_OK);
	marks.set = mark_set_new(mem, terms, COUNT(terms));
	options.marks = &marks;
	assert_int_equal(markdown_convert(&converted, mem, str_c(markdown)), ST_OK);
	assert_int_equal(markup_render(&out, mem, converted.tree, &options), ST_OK);
	analyser_close(marks.analyser);
	return out.html.html_bytes;
}

static void test_words_of_a_search_are_marked(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(
		marked(&mem, "No <b> **Vizalar** & виза"),
		"<p>No &lt;<mark id=\"passage\">b</mark>&gt; <strong><mark>Vizalar</mark></strong>"
		" &amp; <mark>виза</mark></p>\n");
	assert_str(marked(&mem, "[[Fees|viza]] `b` c"),
		   "<p><a href=\"/a/0123456789abc-fees\"><mark id=\"passage\">viza</mark></a>"
		   " <code><mark>b</mark></code> c</p>\n");
	assert_str(
		marked(&mem, "![viza](/f/1/map.png \"viza\") c"),
		"<p><img loading=\"lazy\" width=\"640\" height=\"480\" src=\"/f/1/map.png\" title=\"viza\" alt=\"viza\">"
		" c</p>\n");
	assert_str(marked(&mem, "```\nb\n```\n"),
		   "<pre tabindex=\"0\"><code><mark id=\"passage\">b</mark>\n</code></pre>\n");
	assert_str(marked(&mem, "nothing"), "<p>nothing</p>\n");
}

static void test_marks_are_no_part_of_headings_elsewhere(void **state)
{
	AUTO(arena) struct arena mem = {0};

	(void)state;
	assert_str(marked(&mem, "## Viza b\n"),
		   "<h2 id=\"h-viza-b\"><mark id=\"passage\">Viza</mark> <mark>b</mark></h2>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snippet_marks),
		cmocka_unit_test(test_words_of_a_search_are_marked),
		cmocka_unit_test(test_marks_are_no_part_of_headings_elsewhere),
	};

	return i18n_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
