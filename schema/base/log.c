/* The log of the programs. */
#include "schema/base/log.h"

#include <stdarg.h>
#include <unistd.h>

#include "schema/base/clock.h"

static struct {
	const char *who;
	enum log_level least;
} logger = {"devon", LOG_INFO};

void log_init(const char *who, enum log_level least)
{
	logger.who = who;
	logger.least = least;
}

void log_line(enum log_level level, const char *format, ...)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	struct clock_date d = clock_date(clock_now());
	char line[1200];
	va_list args;
	int head, len;

	if (level < logger.least)
		return;
	head = snprintf(line, sizeof(line), "%04d-%02d-%02dT%02d:%02d:%02dZ %s %s: ", d.year,
			d.month, d.day, d.hour, d.minute, d.second, logger.who, names[level]);
	va_start(args, format);
	len = vsnprintf(line + head, sizeof(line) - 1 - (size_t)head, format, args);
	va_end(args);
	if (len < 0)
		return;
	len += head;
	if ((size_t)len > sizeof(line) - 2)
		len = (int)sizeof(line) - 2;
	for (int i = 0; i < len; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = '?';
	}
	line[len++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	if (write(STDERR_FILENO, line, (size_t)len) < 0)
		return;
}

void log_failure(const char *doing)
{
	log_line(LOG_ERROR, "%s: %s (%s)", doing, fail_message(), fail_place());
}
