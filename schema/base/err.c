/* The per-thread record of the last failure. */
#include "schema/base/err.h"

#include <stdarg.h>

static _Thread_local struct {
	char message[512];
	char place[96];
	char field[48];
} last;

enum status fail_at(const char *file, int line, const char *field, enum status outcome,
		    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(last.message, sizeof(last.message), format, args);
	va_end(args);
	(void)snprintf(last.place, sizeof(last.place), "%s:%d", file, line);
	(void)snprintf(last.field, sizeof(last.field), "%s", field);
	return outcome;
}

const char *fail_message(void)
{
	return last.message;
}

const char *fail_place(void)
{
	return last.place;
}

const char *fail_field(void)
{
	return last.field;
}

const char *status_name(enum status outcome)
{
	switch (outcome) {
	case ST_OK:
		return "ok";
	case ST_NOT_FOUND:
		return "not_found";
	case ST_DENIED:
		return "denied";
	case ST_INVALID:
		return "invalid";
	case ST_CONFLICT:
		return "conflict";
	case ST_TOO_LARGE:
		return "too_large";
	case ST_BUSY:
		return "busy";
	case ST_FAILED:
		return "failed";
	}
	return "failed";
}
