/* Words of a text marked while it is written, and the place where reading may begin. */
#include "server/markup_parts.h"

#define MARK "<mark"
#define PASSAGE " id=\"passage\""

void markup_marker_init(struct markup_marker *m, struct arena *mem,
			const struct markup_marks *marks)
{
	*m = (struct markup_marker){0};
	if (!marks)
		return;
	m->walk = marker_new(mem, marks->analyser, marks->set);
	m->places = arena_array(mem, MARKER_MOST, sizeof(*m->places));
}

void markup_escape(struct buf *html, struct markup_marker *m, struct str text)
{
	struct mark mark;
	size_t at = 0;

	if (!m->walk) {
		out_escape(html, text);
		return;
	}
	marker_begin(m->walk, text);
	while (marker_next(m->walk, &mark)) {
		out_escape(html, str_of(text.ptr + at, mark.start - at));
		m->places[m->count++] = html->len;
		buf_c_add(html, MARK ">");
		out_escape(html, str_of(text.ptr + mark.start, mark.len));
		buf_c_add(html, "</mark>");
		at = mark.start + mark.len;
	}
	out_escape(html, str_from(text, at));
}

struct html markup_keep(struct arena *mem, const struct buf *html, const struct markup_marker *m)
{
	AUTO(buf) struct buf named = {0};
	struct str all = buf_str(html);
	size_t best, at;

	if (!m->walk || !marker_best(m->walk, &best))
		return (struct html){buf_keep(html, mem)};
	at = m->places[best] + STR(MARK).len;
	buf_str_add(&named, str_head(all, at));
	buf_c_add(&named, PASSAGE);
	buf_str_add(&named, str_from(all, at));
	return (struct html){buf_keep(&named, mem)};
}
