/* Time: wall time for people and records, monotonic time for deadlines. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "schema/base/arena.h"
#include "schema/base/err.h"

/* Seconds since 1970, UTC. */
int64_t clock_now(void);

/* Microseconds since 1970, UTC. */
int64_t clock_micros(void);

/* Microseconds of a clock that never jumps; only differences mean anything. */
int64_t clock_mono(void);

/* CPU time of this process so far, in microseconds. */
int64_t clock_cpu(void);

/* "2026-11-22T14:05:00Z" from seconds; lives in the arena. */
struct str clock_rfc3339(struct arena *mem, int64_t seconds) NONNULL MUST_USE;

struct clock_date {
	int year, month, day; /* month 1-12, day 1-31 */
	int hour, minute, second;
};
/* The calendar of `seconds` in UTC (proleptic Gregorian). */
struct clock_date clock_date(int64_t seconds);

/* Seconds at the beginning of a UTC day. `month` and `day` may be out of range and carry over. */
int64_t clock_from_date(int year, int month, int day);

/*
 * Read YYYY, YYYY-MM or YYYY-MM-DD as the half-open span [from, to) of seconds that it names.
 * INVALID for anything else.
 */
enum status clock_parse_span(struct str text, int64_t *from, int64_t *to) NONNULL MUST_USE;

#endif
