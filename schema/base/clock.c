/* Clocks and the calendar. */
#include "schema/base/clock.h"

static int64_t read_micros(clockid_t id)
{
	struct timespec now;

	(void)clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_micros(void)
{
	return read_micros(CLOCK_REALTIME);
}

int64_t clock_now(void)
{
	return clock_micros() / 1000000;
}

int64_t clock_mono(void)
{
	return read_micros(CLOCK_MONOTONIC);
}

int64_t clock_cpu(void)
{
	return read_micros(CLOCK_PROCESS_CPUTIME_ID);
}

/* Days since 1970-01-01. Source: Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
	int64_t era, year_of_era, day_of_year;

	year += (month - 1) / 12;
	month = (month - 1) % 12 + 1;
	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

struct clock_date clock_date(int64_t seconds)
{
	int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
	int64_t rest = seconds - days * 86400;
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	return (struct clock_date){
		.year = (int)(yoe + era * 400 + (month <= 2)),
		.month = (int)month,
		.day = (int)(doy - (153 * mp + 2) / 5 + 1),
		.hour = (int)(rest / 3600),
		.minute = (int)(rest / 60 % 60),
		.second = (int)(rest % 60),
	};
}

int64_t clock_from_date(int year, int month, int day)
{
	return days_from_civil(year, month, day) * 86400;
}

struct str clock_rfc3339(struct arena *mem, int64_t seconds)
{
	struct clock_date d = clock_date(seconds);

	return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, d.hour,
			    d.minute, d.second);
}

static bool read_digits(struct str text, int *out)
{
	int64_t value;

	if (!text.len || text.ptr[0] == '-' || !str_to_i64(text, &value))
		return false;
	*out = (int)value;
	return true;
}

enum status clock_parse_span(struct str text, int64_t *from, int64_t *to)
{
	int year, month = 0, day = 0;

	if ((text.len != 4 && text.len != 7 && text.len != 10) ||
	    !read_digits(str_head(text, 4), &year) ||
	    (text.len >= 7 &&
	     (text.ptr[4] != '-' || !read_digits(str_of(text.ptr + 5, 2), &month))) ||
	    (text.len == 10 && (text.ptr[7] != '-' || !read_digits(str_of(text.ptr + 8, 2), &day))))
		return fail(ST_INVALID, "a date is written YYYY, YYYY-MM or YYYY-MM-DD");
	if ((text.len >= 7 && (month < 1 || month > 12)) || (text.len == 10 && day < 1))
		return fail(ST_INVALID, "there is no such date");
	*from = clock_from_date(year, month ? month : 1, day ? day : 1);
	if (text.len == 4)
		*to = clock_from_date(year + 1, 1, 1);
	else if (text.len == 7)
		*to = clock_from_date(year, month + 1, 1);
	else
		*to = *from + 86400;
	if (text.len == 10 && clock_date(*from).month != month)
		return fail(ST_INVALID, "there is no such date");
	return ST_OK;
}
