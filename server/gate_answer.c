/* Answers to what is not well-formed. */
#include "server/gate_answer.h"

#include "schema/base/clock.h"
#include "server/headers.h"

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

void gate_answer_write(struct buf *out, int status, bool head, bool tls)
{
	const char *name, *value;

	buf_printf(out, "HTTP/1.1 %d %s\r\n", status, headers_reason(status));
	add_date(out);
	for (size_t i = 0; headers_common(i, REPLY_DATA, tls, &name, &value); i++)
		buf_printf(out, "%s: %s\r\n", name, value);
	if (status == 405)
		buf_c_add(out, "Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n");
	if (status == 503)
		buf_printf(out, "Retry-After: %d\r\n", RETRY_AFTER);
	buf_printf(out,
		   "Cache-Control: no-store\r\nContent-Type: text/plain; charset=utf-8\r\n"
		   "Content-Length: %zu\r\n\r\n",
		   strlen(words(status)) + 1);
	if (!head)
		buf_printf(out, "%s\n", words(status));
}
