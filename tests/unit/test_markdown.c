/*
 * Each tests/golden/markdown/NAME.md comes out as NAME.tree says, or is refused in the words of
 * NAME.bad. DEVON_GOLDEN_WRITE=1 writes these anew. Large hostile texts are made here.
 */
#include "indexer/markdown.h"

#include "indexer/markdown_parts.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "tests/support/check.h"
#include "tests/support/file_kit.h"
#include "tests/support/tree_dump.h"

#define FOLDER "tests/golden/markdown"

static const char *link_kinds[] = {"wiki", "article", "relative", "outside"};

static void describe_links(struct buf *out, const struct markdown_result *made)
{
	for (size_t i = 0; i < made->n_links; i++) {
		const struct markdown_link *l = &made->links[i];

		buf_printf(out, "= link %s \"%.*s\" # \"%.*s\" : \"%.*s\"\n", link_kinds[l->kind],
			   STR_ARG(l->target), STR_ARG(l->section), STR_ARG(l->text));
	}
}

/* Everything that markdown_convert() makes, as text. */
static void describe(struct buf *out, const struct markdown_result *made)
{
	struct str plain = made->plain;

	assert_true(tree_dump(out, made->tree));
	while (plain.len) {
		struct str line = str_cut(&plain, '\n');

		buf_printf(out, "| %.*s\n", STR_ARG(line));
	}
	for (size_t i = 0; i < made->n_headings; i++) {
		const struct markdown_heading *h = &made->headings[i];

		buf_printf(out, "= heading %d %.*s at %zu \"%.*s\"\n", h->level, STR_ARG(h->anchor),
			   h->offset, STR_ARG(h->text));
	}
	describe_links(out, made);
}

static bool check_one(struct str name)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf got = {0};
	struct str stem = str_head(name, name.len - 3), expected;
	struct str text =
		file_kit_read(&mem, arena_printf(&mem, FOLDER "/%.*s", STR_ARG(name)).ptr);
	const char *path = arena_printf(&mem, FOLDER "/%.*s.bad", STR_ARG(stem)).ptr;
	bool is_bad = file_kit_read(&mem, path).ptr != NULL;
	struct markdown_result made;
	enum status outcome = markdown_convert(&made, &mem, text);

	assert_true(outcome == ST_OK || outcome == ST_INVALID);
	if (outcome == ST_INVALID)
		buf_printf(&got, "%s\n", fail_message());
	else
		describe(&got, &made);
	if (!is_bad)
		path = arena_printf(&mem, FOLDER "/%.*s.tree", STR_ARG(stem)).ptr;
	if (getenv("DEVON_GOLDEN_WRITE"))
		file_kit_write(path, buf_str(&got));
	expected = file_kit_read(&mem, path);
	if (is_bad == (outcome == ST_INVALID) && str_eq(expected, buf_str(&got)))
		return true;
	print_error("%.*s\n-- expected\n%.*s-- got\n%s", STR_ARG(name), STR_ARG(expected),
		    buf_c(&got));
	return false;
}

static void test_golden(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str *names;
	size_t count = file_kit_list(&mem, FOLDER, STR(".md"), &names), wrong = 0;

	(void)state;
	assert_true(count >= 20);
	for (size_t i = 0; i < count; i++)
		wrong += !check_one(names[i]);
	assert_int_equal(wrong, 0);
}

/* `before`, then `unit` up to about `bytes`, then `after`. */
static struct str repeated(struct arena *mem, const char *before, const char *unit,
			   const char *after, size_t bytes)
{
	AUTO(buf) struct buf out = {0};

	buf_c_add(&out, before);
	while (out.len < bytes)
		buf_c_add(&out, unit);
	buf_c_add(&out, after);
	return buf_keep(&out, mem);
}

/* What would cost the parser seconds is refused without asking it. */
static void test_hostile_texts_are_refused_before_parsing(void **state)
{
	static const char *const texts[][3] = {
		{"", "<?", ""},
		{"", "<!A ", ""},
		{"", "<![CDATA[", ""},
		{"", "![[]() ", ""},
		{"www.a.b", ")", ""},
		{"", "www.a_b_", ""},
		{"", "http://a_b_", ""},
		{"", "a@b.c ", ""},
		{"", "*[^1]", ""},
		{"", "]\n", ":-"},
		{"", "|x", "\n|-|\n"},
		{"|a|\n|-|\n|", "x|", ""},
		{"|a|b|\n|-|-|\n", "|x|\n", ""},
		{"", ">", " a"},
		{"", "> ", "a"},
		{"", "- ", "a"},
		{"", "1. ", "a"},
		{"a|b\n", "|-|-|-|\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO(arena) struct arena mem = {0};
		struct str text = repeated(&mem, texts[i][0], texts[i][1], texts[i][2], 1 << 20);
		int64_t begin = clock_cpu(), spent;

		if (markdown_check(text) != ST_INVALID)
			print_error("not refused: %s%s...\n", texts[i][0], texts[i][1]);
		assert_int_equal(markdown_check(text), ST_INVALID);
		assert_true(fail_message()[0] != '\0');
		spent = (clock_cpu() - begin) / 2;
		if (spent > 50000)
			print_message("  %s took %d us to refuse\n", texts[i][1], (int)spent);
	}
}

static void test_repeated_definitions_are_refused(void **state)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf text = {0};

	(void)state;
	buf_c_add(&text, "- [x]: /");
	buf_str_add(&text, repeated(&mem, "", "u", "\n\n", 60000));
	buf_str_add(&text, repeated(&mem, "", "[x] ", "\n", 60000));
	assert_int_equal(markdown_check(buf_str(&text)), ST_INVALID);
	buf_reset(&text);
	buf_c_add(&text, "[x]: /");
	buf_str_add(&text, repeated(&mem, "", "u", "\n\n", 600));
	buf_str_add(&text, repeated(&mem, "", "[x] ", "\n", 60000));
	assert_int_equal(markdown_check(buf_str(&text)), ST_OK);
}

/* The tree may not be much longer than the text. */
static void test_long_results_are_refused(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markdown_result made;
	struct str text;

	(void)state;
	text = repeated(&mem, "[x]: /", "uuuuuuuu", "\n\n", 5000);
	text = arena_printf(&mem, "%.*s%.*s", STR_ARG(text),
			    STR_ARG(repeated(&mem, "", "[x] ", "\n", 20000)));
	assert_int_equal(markdown_convert(&made, &mem, text), ST_INVALID);
}

static void test_usual_texts_are_not_refused(void **state)
{
	static const char *const texts[][3] = {
		{"", "word ", ""},
		{"", "* item with [link](/a/x) and *emphasis*[^1]\n\n", "[^1]: note"},
		{"", "Paragraph with <!-- comment --> and ![image](x.png).\n\n", ""},
		{"", "| a | b |\n|---|---|\n| 1 | 2 |\n\n", ""},
		{"```php\n", "<?php echo 1; ?>\n\n", "```"},
		{"", "---\n\n- - -\n\n", ""},
		{"", "> quoted line\n", ""},
		{"", "    if a[1:]: b|c||d\n\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO(arena) struct arena mem = {0};
		struct str text = repeated(&mem, texts[i][0], texts[i][1], texts[i][2], 60000);

		if (markdown_check(text) != ST_OK)
			print_error("%s: %s\n", texts[i][1], fail_message());
		assert_int_equal(markdown_check(text), ST_OK);
	}
}

static void test_headings_point_into_the_text(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct str text = STR("\\[\\[x]]\n\n# One\n\ntext\n\nTwo\n===\n");
	struct markdown_result made;

	(void)state;
	assert_int_equal(markdown_convert(&made, &mem, text), ST_OK);
	assert_int_equal(made.n_headings, 2);
	assert_true(str_starts(str_from(text, made.headings[0].offset), STR("# One")));
	assert_true(str_starts(str_from(text, made.headings[1].offset), STR("Two\n")));
}

static void test_thousands_of_equal_headings(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct markdown_result made;

	(void)state;
	assert_int_equal(markdown_convert(&made, &mem, repeated(&mem, "", "# a\n", "", 200000)),
			 ST_OK);
	assert_int_equal(made.n_headings, 50000);
	assert_str(made.headings[0].anchor, "a");
	assert_str(made.headings[49999].anchor, "a-50000");
}

/* Anchors that look like numbered ones do not collide with those that are. */
static void test_anchors_are_unique(void **state)
{
	AUTO(arena) struct arena mem = {0};
	struct anchors anchors = {0};

	(void)state;
	assert_str(anchor_make(&anchors, &mem, STR("A 2")), "a-2");
	assert_str(anchor_make(&anchors, &mem, STR("a")), "a");
	assert_str(anchor_make(&anchors, &mem, STR("A")), "a-3");
	assert_str(anchor_make(&anchors, &mem, STR("a-2")), "a-2-2");
	assert_str(anchor_make(&anchors, &mem, STR("!")), "section");
	assert_str(anchor_make(&anchors, &mem, STR("")), "section-2");
}

static void test_any_bytes(void **state)
{
	static const char *const pieces[] = {
		"[",    "]",       "(",     ")",           "!",      "*",    "_",    "~~",
		"`",    "\n",      "\n\n",  "> ",          "- ",     "1. ",  "|",    "|-|\n",
		"\\",   "[[",      "]]",    "[^1]",        "[^1]: ", "<b>",  "<!--", "&amp;",
		"# ",   "a",       "b",     "ў",           "\xFF",   "\x01", "\r",   "\t",
		"    ", "www.a.b", "a@b.c", "https://a.b", "```"};
	uint32_t seed = 22;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		AUTO(arena) struct arena mem = {0};
		AUTO(buf) struct buf text = {0}, dump = {0};
		struct markdown_result made;

		for (int i = 0; i < 60; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_c_add(&text, pieces[(seed >> 12) % COUNT(pieces)]);
		}
		assert_int_equal(markdown_convert(&made, &mem, buf_str(&text)), ST_OK);
		assert_true(tree_dump(&dump, made.tree));
		assert_true(utf8_valid(made.plain));
		assert_true(str_find(made.plain, '\x01') < 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_hostile_texts_are_refused_before_parsing),
		cmocka_unit_test(test_repeated_definitions_are_refused),
		cmocka_unit_test(test_long_results_are_refused),
		cmocka_unit_test(test_usual_texts_are_not_refused),
		cmocka_unit_test(test_headings_point_into_the_text),
		cmocka_unit_test(test_thousands_of_equal_headings),
		cmocka_unit_test(test_anchors_are_unique),
		cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
