/* Text into HTML: of a tree's nodes, of plain text as a fallback, of snippets with their marks. */
#include "server/markup_parts.h"

#include "schema/base/utf8.h"

/* UTF-8? The letters of our languages take one or two bytes. `controls`: holds control characters. */
static bool is_text(struct str text, bool *controls)
{
	const unsigned char *p = (const unsigned char *)text.ptr;

	for (size_t at = 0; at < text.len;) {
		if (p[at] < 0x80) {
			*controls |= p[at] < 0x20 && p[at] != '\t' && p[at] != '\n';
			at++;
		} else if (p[at] >= 0xc2 && p[at] < 0xe0 && at + 1 < text.len &&
			   (p[at + 1] & 0xc0) == 0x80) {
			at += 2;
		} else if (utf8_next(text, &at) == UTF8_BAD) {
			return false;
		}
	}
	return true;
}

/* Markdown can name control characters by number: readers get a visible sign in their place. */
static struct str without_controls(struct arena *mem, struct str text)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 && c != '\t' && c != '\n')
			buf_c_add(&out, "\ufffd");
		else
			buf_byte(&out, text.ptr[i]);
	}
	return buf_keep(&out, mem);
}

bool markup_read_text(struct markup_writer *w, struct str *out)
{
	bool controls = false;

	if (!tree_read_text(&w->r, out) || !is_text(*out, &controls))
		return false;
	if (controls)
		*out = without_controls(w->mem, *out);
	return true;
}

void markup_words(struct markup_writer *w, struct str text)
{
	if (w->in_heading)
		buf_str_add(&w->words, text);
	if (w->in_picture)
		buf_str_add(&w->description, text);
	else
		markup_escape(&w->html, &w->marker, text);
}

void markup_leave_title_out(struct markup_writer *w)
{
	struct tree_reader r = w->r;
	enum tree_node node;
	struct str text;
	uint32_t level;

	if (w->options->title.len && tree_read_node(&r, &node) && node == TREE_HEADING &&
	    tree_read_number(&r, &level) && level == 1 && tree_read_text(&r, &text) &&
	    tree_read_node(&r, &node) && node == TREE_TEXT && tree_read_text(&r, &text) &&
	    str_eq(text, w->options->title) && tree_read_node(&r, &node) && node == TREE_END) {
		w->r = r;
		w->n_left_out = 1;
	}
}

void markup_anchor(struct markup_writer *w, struct str anchor)
{
	buf_c_add(&w->html, "h-");
	out_escape(&w->html, w->options->prefix);
	out_escape(&w->html, anchor);
}

struct html markup_plain(struct arena *mem, struct str plain, const struct markup_marks *marks)
{
	AUTO(buf) struct buf html = {0};
	struct markup_marker marker;

	markup_marker_init(&marker, mem, marks);
	while (plain.ptr) {
		struct str line = str_trim(str_cut(&plain, '\n'));

		if (line.len == 0)
			continue;
		buf_c_add(&html, "<p>");
		markup_escape(&html, &marker, line);
		buf_c_add(&html, "</p>\n");
	}
	return markup_keep(mem, &html, &marker);
}

/* The dots of a cut are not dots of a sentence: a space keeps them apart. */
static bool ends_sentence(struct str text)
{
	return str_ends(text, STR(".")) || str_ends(text, STR("!")) || str_ends(text, STR("?"));
}

struct html markup_snippet(struct arena *mem, const struct snippet *snippet)
{
	AUTO(buf) struct buf html = {0};
	struct str text = snippet->passage;
	size_t at = 0;

	if (snippet->cut_before)
		buf_c_add(&html, "…");
	for (size_t i = 0; i < snippet->n_marks; i++) {
		struct mark mark = snippet->marks[i];

		/* Marks come from analysis of the same text; one that does not fit is left out. */
		if (mark.start < at || mark.len == 0 || mark.start > text.len ||
		    mark.len > text.len - mark.start)
			continue;
		out_escape(&html, str_of(text.ptr + at, mark.start - at));
		buf_c_add(&html, "<mark>");
		out_escape(&html, str_of(text.ptr + mark.start, mark.len));
		buf_c_add(&html, "</mark>");
		at = mark.start + mark.len;
	}
	out_escape(&html, str_from(text, at));
	if (snippet->cut_after)
		buf_c_add(&html, ends_sentence(text) ? " …" : "…");
	return (struct html){buf_keep(&html, mem)};
}
