/* Answers to what is not well-formed. */
#include "server/gate_answer.h"

#include <strings.h>

#include "schema/base/clock.h"
#include "server/headers.h"
#include "server/out.h"
#include "views/gate.h"

/* Only the client's own input is spoken of: security.md 5.5. */
static const char *words(int status)
{
	switch (status) {
	case 401:
		return "Sign in.";
	case 405:
		return "The method is not supported.";
	case 408:
		return "The request did not arrive in time.";
	case 413:
		return "The request is too large.";
	case 414:
		return "The address is too long.";
	case 415:
		return "The type of the body is not supported.";
	case 421:
		return "This host is not served here.";
	case 431:
		return "The head of the request is too large.";
	case 503:
		return "The server is busy; try again shortly.";
	case 505:
		return "This version of HTTP is not supported.";
	default:
		return "The request is not well-formed.";
	}
}

/* "Sun, 22 Nov 2026 14:34:31 GMT" */
static void add_date(struct buf *out)
{
	static const char days[] = "ThuFriSatSunMonTueWed"; /* 1970 began on a Thursday */
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t now = clock_now();
	struct clock_date d = clock_date(now);

	buf_printf(out, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d GMT\r\n",
		   days + 3 * (now / 86400 % 7), d.day, months + (size_t)(3 * (d.month - 1)),
		   d.year, d.hour, d.minute, d.second);
}

/* The value of a field, its name compared without case; anything else is empty. */
static struct str value_of(struct str line, const char *name)
{
	struct str field = str_cut(&line, ':');

	if (field.len != strlen(name) || strncasecmp(field.ptr, name, field.len) != 0)
		return STR_NONE;
	return str_trim(line);
}

struct gate_asked gate_asked_of(struct str seen, enum lang otherwise)
{
	struct gate_asked asked = {.lang = otherwise, .head = str_starts(seen, STR("HEAD "))};
	struct str line = str_cut(&seen, '\n');
	bool api;

	(void)str_cut(&line, ' ');
	api = str_starts(line, STR("/api/"));
	while (seen.ptr) {
		struct str accepts, langs;

		line = str_cut(&seen, '\n');
		accepts = value_of(line, "Accept");
		langs = value_of(line, "Accept-Language");
		asked.page = asked.page || (!api && str_search(accepts, STR("text/html")) >= 0);
		if (langs.len)
			asked.lang = lang_accepted(langs);
	}
	return asked;
}

/* Of a host that is not ours nothing more can be asked, not even the style of the page. */
static void add_page(struct buf *to, int status, enum lang lang)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(out) struct out page = {0};
	struct gate_view view = {.status = status, .is_ours = status != 421};

	out_init(&page, &mem, lang, 0);
	view_gate_show(&page, &view);
	buf_str_add(to, buf_str(&page.buf));
}

void gate_answer_body(struct buf *out, int status, struct gate_asked asked)
{
	if (asked.page)
		add_page(out, status, asked.lang);
	else
		buf_printf(out, "%s\n", words(status));
}

struct str gate_answer_type(struct gate_asked asked)
{
	return asked.page ? STR("text/html; charset=utf-8") : STR("text/plain; charset=utf-8");
}

void gate_answer_write(struct buf *out, int status, struct gate_asked asked, bool tls)
{
	enum reply_kind kind = asked.page ? REPLY_PAGE : REPLY_DATA;
	AUTO(buf) struct buf body = {0};
	const char *name, *value;

	buf_printf(out, "HTTP/1.1 %d %s\r\n", status, headers_reason(status));
	add_date(out);
	for (size_t i = 0; headers_common(i, kind, tls, &name, &value); i++)
		buf_printf(out, "%s: %s\r\n", name, value);
	if (status == 405)
		buf_c_add(out, "Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n");
	if (status == 503)
		buf_printf(out, "Retry-After: %d\r\n", RETRY_AFTER);
	gate_answer_body(&body, status, asked);
	buf_printf(out,
		   "Cache-Control: no-store\r\nContent-Type: %.*s\r\nContent-Length: %zu\r\n\r\n",
		   STR_ARG(gate_answer_type(asked)), body.len);
	if (!asked.head)
		buf_str_add(out, buf_str(&body));
}
