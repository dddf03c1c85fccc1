/* The per-thread record of the last failure. */
#include "schema/base/err.h"

#include <stdarg.h>

#include "schema/base/utf8.h"

static _Thread_local struct {
	char message[512];
	char words[1024]; /* a text in Cyrillic takes twice the bytes */
	char place[96];
	char field[48];
} last;

static _Thread_local struct {
	const char *(*words)(void *context, const char *format);
	void *context;
} speech;

void fail_set_words(const char *(*words)(void *context, const char *format), void *context)
{
	speech.words = words;
	speech.context = context;
}

FORMAT_OF(1) static const char *looked_up(const char *format)
{
	return speech.words ? speech.words(speech.context, format) : format;
}

const char *fail_translated(const char *sentence)
{
	return looked_up(sentence);
}

/* What was cut off at the end of the room ends with a whole character. */
static void end_whole(char *text, size_t room)
{
	struct str all = str_c(text);

	if (all.len == room - 1)
		text[utf8_head(all, room - 4).len] = '\0';
}

static size_t begin(const char *file, int line, const char *field)
{
	(void)snprintf(last.place, sizeof(last.place), "%s:%d", file, line);
	(void)snprintf(last.field, sizeof(last.field), "%s", field);
	if (!last.field[0])
		return 0;
	(void)snprintf(last.message, sizeof(last.message), "%s: ", last.field);
	return strlen(last.message);
}

enum status fail_at(const char *file, int line, const char *field, enum status outcome,
		    const char *format, ...)
{
	size_t at = begin(file, line, field);
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	(void)vsnprintf(last.message + at, sizeof(last.message) - at, format, args);
	(void)vsnprintf(last.words, sizeof(last.words), looked_up(format), again);
	va_end(again);
	va_end(args);
	end_whole(last.message, sizeof(last.message));
	end_whole(last.words, sizeof(last.words));
	return outcome;
}

enum status fail_whole_at(const char *file, int line, const char *field, enum status outcome,
			  const char *sentence)
{
	size_t at = begin(file, line, field);

	(void)snprintf(last.message + at, sizeof(last.message) - at, "%s", sentence);
	(void)snprintf(last.words, sizeof(last.words), "%s", looked_up(sentence));
	end_whole(last.message, sizeof(last.message));
	end_whole(last.words, sizeof(last.words));
	return outcome;
}

const char *fail_words(void)
{
	return last.words;
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
