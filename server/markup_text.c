/* Text into HTML: of a tree's nodes, of plain text as a fallback, of snippets with their marks. */
#include "server/markup_parts.h"

#include "schema/base/utf8.h"

/* ASCII at a stride, so that the full check is only made where other letters begin. */
static bool is_utf8(struct str text)
{
	size_t at = 0;

	for (; at + 8 <= text.len; at += 8) {
		uint64_t word;

		memcpy(&word, text.ptr + at, 8);
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	return utf8_valid(str_from(text, at));
}

bool markup_read_text(struct markup_writer *w, struct str *out)
{
	return tree_read_text(&w->r, out) && is_utf8(*out);
}

void markup_words(struct markup_writer *w, struct str text)
{
	if (w->in_heading)
		buf_str_add(&w->words, text);
	if (w->in_picture)
		buf_str_add(&w->description, text);
	else
		out_escape(&w->html, text);
}

void markup_anchor(struct markup_writer *w, struct str anchor)
{
	buf_c_add(&w->html, "h-");
	out_escape(&w->html, w->options->prefix);
	out_escape(&w->html, anchor);
}

struct html markup_plain(struct arena *mem, struct str plain)
{
	AUTO(buf) struct buf html = {0};

	while (plain.ptr) {
		struct str line = str_trim(str_cut(&plain, '\n'));

		if (line.len == 0)
			continue;
		buf_c_add(&html, "<p>");
		out_escape(&html, line);
		buf_c_add(&html, "</p>\n");
	}
	return (struct html){buf_keep(&html, mem)};
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
		buf_c_add(&html, "…");
	return (struct html){buf_keep(&html, mem)};
}
