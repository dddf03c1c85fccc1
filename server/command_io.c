/* Printing for commands, whichever side the person sits at. */
#include "server/command_io.h"

#include <stdarg.h>

static PRINTF(2, 0) void format(struct buf *out, const char *text, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, text, again);
	va_end(again);
	if (len < 0)
		return;
	out->room = (size_t)len + 1;
	out->ptr = xmalloc(out->room);
	(void)vsnprintf(out->ptr, out->room, text, args);
	out->len = (size_t)len;
}

enum status command_print(struct command_io *io, const char *text, ...)
{
	AUTO(buf) struct buf line = {0};
	va_list args;

	va_start(args, text);
	format(&line, text, args);
	va_end(args);
	return io->out(io, buf_str(&line));
}

enum status command_error(struct command_io *io, const char *text, ...)
{
	AUTO(buf) struct buf line = {0};
	va_list args;

	va_start(args, text);
	format(&line, text, args);
	va_end(args);
	return io->err(io, buf_str(&line));
}

int command_outcome(struct command_io *io, enum status outcome)
{
	if (outcome == ST_OK)
		return COMMAND_GOOD;
	if (command_error(io, "devon: %s\n", fail_message()) != ST_OK)
		return COMMAND_FAILED;
	return COMMAND_FAILED;
}
