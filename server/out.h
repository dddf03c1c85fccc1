/*
 * What views write into. Everything that is not HTML already is escaped on its way; which types may
 * stand where is decided when the views are compiled (style.md 8), by the OUT_ macros below.
 */
#ifndef SERVER_OUT_H
#define SERVER_OUT_H

#include "schema/base/buf.h"
#include "server/i18n.h"
#include "server/spoken.h"
#include "server/url.h"

/* HTML made by markup.c or by a view; nobody else fills this in. */
struct html {
	struct str html_bytes;
};
#define HTML_NONE ((struct html){STR_NONE})

static inline bool html_is(struct html html)
{
	return html.html_bytes.len > 0;
}

enum {
	OUT_CSRF_LEN = 86,   /* 64 bytes, pad and masked token, in base64 without padding */
	OUT_HOLES_MAX = 512, /* forms in one page */
};

/*
 * A page that is being written. out_init() before, out_release() after; views cannot fail. The
 * values of CSRF tokens are left as holes of OUT_CSRF_LEN bytes at `holes`, so that the body can be
 * hashed for its entity tag before reply.c fills them in.
 */
struct out {
	struct buf buf;
	struct arena *mem; /* of the request: for what views format on the way */
	enum lang lang;
	int zone; /* of the reader, minutes east of UTC */
	size_t holes[OUT_HOLES_MAX];
	size_t n_holes;
};

void out_init(struct out *out, struct arena *mem, enum lang lang, int zone) NONNULL;
void out_release(struct out *out) NONNULL;
static inline void out_cleanup(struct out *out)
{
	out_release(out);
}

/* What was written so far, as HTML for another view; valid until more is written. */
struct html out_html_of(const struct out *out) NONNULL;

/* A hidden input whose value is a hole. Views write {{csrf}}. */
void out_csrf(struct out *out) NONNULL;

/* Put a token of OUT_CSRF_LEN characters into every hole. */
void out_fill_csrf(struct out *out, const char token[OUT_CSRF_LEN]) NONNULL;

/* Text with & < > " ' escaped. */
void out_str(struct out *out, struct str text) NONNULL;
void out_c(struct out *out, const char *text) NONNULL;
void out_i64(struct out *out, int64_t number) NONNULL;
void out_u64(struct out *out, uint64_t number) NONNULL;
void out_html(struct out *out, struct html html) NONNULL;
void out_url(struct out *out, struct url url) NONNULL;

/* The same escaping into any buffer, for markup.c. */
void out_escape(struct buf *buf, struct str text) NONNULL;

/* ---- what compiled views call -------------------------------------------------------------- */

/* A literal of the view itself; a variable does not compile. */
#define OUT_LITERAL(o, text) buf_add(&(o)->buf, "" text "", sizeof("" text "") - 1)

/* clang-format off */
#define OUT_TEXT_TYPES                                                                             \
	struct str: out_str, char *: out_c, const char *: out_c,                                   \
	int: out_i64, long: out_i64, long long: out_i64,                                           \
	unsigned: out_u64, unsigned long: out_u64, unsigned long long: out_u64
/* clang-format on */

/* Between tags: text escaped, HTML as it is, what people wrote in its language; addresses refused. */
#define OUT_BETWEEN_TAGS(o, x)                                                                     \
	_Generic((x), OUT_TEXT_TYPES, struct html : out_html, struct spoken : out_spoken)(o, x)

/* In a quoted attribute, <title>, <textarea>: text escaped, all else refused. */
#define OUT_IN_ATTRIBUTE(o, x) _Generic((x), OUT_TEXT_TYPES)(o, x)

/* In href, src, action: addresses only. */
#define OUT_IN_ADDRESS(o, x) _Generic((x), struct url : out_url)(o, x)

/* ---- what may stand in the expressions of views ---------------------------------------------- */

#ifdef DEVON_VIEW
#include "server/words.h"
#define _(text) i18n(o->lang, "" text "")
#define _f(text, ...) i18n_format(o->mem, o->lang, "" text "", __VA_ARGS__)
#define _n(one, many, ...) i18n_format_n(o->mem, o->lang, "" one "", "" many "", __VA_ARGS__)
#define NUMBER(n) words_number(o->mem, o->lang, (int64_t)(n))
#define DATE(at) words_date(o->mem, o->lang, (at), o->zone)
#define TIME(at) words_time(o->mem, o->lang, (at), o->zone)
#endif

#endif
