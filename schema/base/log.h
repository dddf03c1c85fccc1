/* The log of the programs: one line an event on standard error, nothing of people's texts in it. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "schema/base/macros.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Set once, before the first thread: lines below `least` are dropped; `who` heads every line. */
void log_init(const char *who, enum log_level least) NONNULL;

/* Control characters are escaped, so that a line stays one line. */
void log_line(enum log_level level, const char *format, ...) PRINTF(2, 3) NONNULL;

#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)

/* The message and place of the last fail() of this thread, headed by what was being done. */
void log_failure(const char *doing) NONNULL;

#endif
