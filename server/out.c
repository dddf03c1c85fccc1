/* Writing pages: the escaping, and the holes for CSRF tokens. */
#include "server/out.h"

#include <assert.h>

/* Sixteen bytes at once; any compiler we use turns it into vector instructions. */
typedef unsigned char lane __attribute__((vector_size(16)));
typedef uint64_t pair __attribute__((vector_size(16)));

/* What a byte becomes; NULL for those that stay. */
static const char *escape_of(char byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* How many bytes from `ptr` on surely need no escape; may stop a little early. */
static size_t plain_run(const char *ptr, size_t len)
{
	size_t at = 0;

	for (; at + 16 <= len; at += 16) {
		lane v, hit;
		pair both;

		memcpy(&v, ptr + at, 16);
		hit = (lane)((v == '&') | (v == '<') | (v == '>') | (v == '"') | (v == '\''));
		both = (pair)hit;
		if (both[0] | both[1])
			break;
	}
	while (at < len && !escape_of(ptr[at]))
		at++;
	return at;
}

void out_escape(struct buf *buf, struct str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t run = plain_run(text.ptr + at, text.len - at);

		buf_add(buf, text.ptr + at, run);
		at += run;
		if (at < text.len)
			buf_c_add(buf, escape_of(text.ptr[at++]));
	}
}

void out_init(struct out *out, struct arena *mem, enum lang lang, int zone)
{
	memset(out, 0, offsetof(struct out, holes));
	out->n_holes = 0;
	out->mem = mem;
	out->lang = lang;
	out->zone = zone;
}

void out_release(struct out *out)
{
	buf_release(&out->buf);
}

struct html out_html_of(const struct out *out)
{
	return (struct html){buf_str(&out->buf)};
}

void out_csrf(struct out *out)
{
	static const char hole[OUT_CSRF_LEN];

	assert(out->n_holes < OUT_HOLES_MAX);
	OUT_LITERAL(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
	out->holes[out->n_holes++] = out->buf.len;
	buf_add(&out->buf, hole, sizeof(hole));
	OUT_LITERAL(out, "\">");
}

void out_fill_csrf(struct out *out, const char token[OUT_CSRF_LEN])
{
	for (size_t i = 0; i < out->n_holes; i++)
		memcpy(out->buf.ptr + out->holes[i], token, OUT_CSRF_LEN);
}

void out_str(struct out *out, struct str text)
{
	out_escape(&out->buf, text);
}

void out_c(struct out *out, const char *text)
{
	out_escape(&out->buf, str_c(text));
}

void out_i64(struct out *out, int64_t number)
{
	buf_i64(&out->buf, number);
}

void out_u64(struct out *out, uint64_t number)
{
	if (number > INT64_MAX)
		buf_printf(&out->buf, "%llu", (unsigned long long)number);
	else
		buf_i64(&out->buf, (int64_t)number);
}

void out_html(struct out *out, struct html html)
{
	buf_str_add(&out->buf, html.html_bytes);
}

void out_url(struct out *out, struct url url)
{
	out_escape(&out->buf, url.url_bytes);
}
