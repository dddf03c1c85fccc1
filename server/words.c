/* Dates, numbers and sizes in the words of each language. */
#include "server/words.h"

#include "indexer/cyrillic.h"
#include "schema/base/clock.h"

#define NO_BREAK_SPACE "\u00a0"

static const char *const months[LANG_COUNT][12] = {
	[LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
		     "September", "October", "November", "December"},
	[LANG_RU] = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
		     "сентября", "октября", "ноября", "декабря"},
	[LANG_UZ_LATN] = {"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust",
			  "sentabr", "oktabr", "noyabr", "dekabr"},
	[LANG_UZ_CYRL] = {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август",
			  "сентябрь", "октябрь", "ноябрь", "декабрь"},
};

static struct clock_date local(int64_t seconds, int zone)
{
	return clock_date(seconds + (int64_t)zone * 60);
}

struct str words_date(struct arena *mem, enum lang lang, int64_t seconds, int zone)
{
	struct clock_date d = local(seconds, zone);
	const char *month = months[lang][d.month - 1];

	switch (lang) {
	case LANG_UZ_LATN:
		return arena_printf(mem, "%d-yil %d-%s", d.year, d.day, month);
	case LANG_UZ_CYRL:
		return arena_printf(mem, "%d йил %d %s", d.year, d.day, month);
	case LANG_RU:
		return arena_printf(mem, "%d %s %d" NO_BREAK_SPACE "г.", d.day, month, d.year);
	case LANG_EN:
	case LANG_COUNT:
		break;
	}
	return arena_printf(mem, "%d %s %d", d.day, month, d.year);
}

struct str words_day(struct arena *mem, enum lang lang, int64_t seconds, int zone)
{
	struct clock_date d = local(seconds, zone);

	if (lang == LANG_EN)
		return arena_printf(mem, "%d %.3s %d", d.day, months[lang][d.month - 1], d.year);
	return arena_printf(mem, "%02d.%02d.%04d", d.day, d.month, d.year);
}

struct str words_time(struct arena *mem, enum lang lang, int64_t seconds, int zone)
{
	struct clock_date d = local(seconds, zone);
	struct str day = words_day(mem, lang, seconds, zone);

	return arena_printf(mem, "%.*s%s %02d:%02d", STR_ARG(day), lang == LANG_EN ? "," : "",
			    d.hour, d.minute);
}

struct str words_clock(struct arena *mem, int64_t seconds, int zone)
{
	struct clock_date d = local(seconds, zone);

	return arena_printf(mem, "%02d:%02d", d.hour, d.minute);
}

void words_number_add(struct buf *out, enum lang lang, int64_t number)
{
	const char *between = lang == LANG_EN ? "," : NO_BREAK_SPACE;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	unsigned groups[8], n = 0;

	do {
		groups[n++] = (unsigned)(left % 1000);
		left /= 1000;
	} while (left);
	if (number < 0)
		buf_c_add(out, "−");
	buf_i64(out, groups[--n]);
	while (n > 0) {
		buf_c_add(out, between);
		buf_printf(out, "%03u", groups[--n]);
	}
}

struct str words_number(struct arena *mem, enum lang lang, int64_t number)
{
	AUTO(buf) struct buf out = {0};

	words_number_add(&out, lang, number);
	return buf_keep(&out, mem);
}

struct str words_size(struct arena *mem, enum lang lang, int64_t bytes)
{
	static const char *const units[][4] = {
		{"bytes", "KB", "MB", "GB"}, {"Б", "КБ", "МБ", "ГБ"}, {"B", "KB", "MB", "GB"}};
	bool cyrillic = lang == LANG_RU || lang == LANG_UZ_CYRL;
	const char *const *names = units[cyrillic ? 1 : lang == LANG_EN ? 0 : 2];
	bool large = bytes >= (int64_t)1000 * 1048576;
	int64_t unit = large ? 1073741824 : 1048576;
	int64_t tenths = (bytes * 10 + unit / 2) / unit;
	char comma = lang == LANG_EN ? '.' : ',';

	if (bytes < 1024)
		return arena_printf(mem, "%d" NO_BREAK_SPACE "%s", (int)bytes, names[0]);
	if (bytes < 1048576)
		return arena_printf(mem, "%d" NO_BREAK_SPACE "%s", (int)((bytes + 512) / 1024),
				    names[1]);
	return arena_printf(mem, "%lld%c%d" NO_BREAK_SPACE "%s", (long long)(tenths / 10), comma,
			    (int)(tenths % 10), names[large ? 3 : 2]);
}

struct str words_change(struct arena *mem, enum lang lang, int64_t difference)
{
	AUTO(buf) struct buf out = {0};

	if (difference >= 0)
		buf_c_add(&out, difference ? "+" : "±");
	words_number_add(&out, lang, difference);
	return buf_keep(&out, mem);
}

struct space_text words_space(struct arena *mem, enum lang lang, struct space_text text)
{
	AUTO(buf) struct buf out = {0};

	if (lang != LANG_UZ_CYRL || !str_eq(text.lang, lang_tag(LANG_UZ_LATN)))
		return text;
	cyrillic_from_latin(&out, text.text);
	return (struct space_text){buf_keep(&out, mem), lang_tag(LANG_UZ_CYRL)};
}
