/* Dates, numbers and sizes as each language writes them (ui.md 6). */
#ifndef SERVER_WORDS_H
#define SERVER_WORDS_H

#include "schema/base/buf.h"
#include "schema/space_text.h"
#include "server/i18n.h"

/* Minutes east of UTC that Tashkent keeps all year: the zone where nothing else is known. */
enum { WORDS_TASHKENT = 300 };

/* "2026-yil 19-noyabr", "19 ноября 2026 г.", "19 November 2026". `zone` is minutes east of UTC. */
struct str words_date(struct arena *mem, enum lang lang, int64_t seconds, int zone)
	NONNULL MUST_USE;

/* "19.11.2026 14:05", in English "19 Nov 2026, 14:05". */
struct str words_time(struct arena *mem, enum lang lang, int64_t seconds, int zone)
	NONNULL MUST_USE;

/* "19.11.2026", in English "19 Nov 2026": for tables. */
struct str words_day(struct arena *mem, enum lang lang, int64_t seconds, int zone) NONNULL MUST_USE;

/* "14:05" */
struct str words_clock(struct arena *mem, int64_t seconds, int zone) NONNULL MUST_USE;

/* "1 240" with a no-break space, in English "1,240". */
struct str words_number(struct arena *mem, enum lang lang, int64_t number) NONNULL MUST_USE;
void words_number_add(struct buf *out, enum lang lang, int64_t number) NONNULL;

/* "12 bytes", "41 KB", "2,5 MB", "120,3 GB" in the language's own signs. */
struct str words_size(struct arena *mem, enum lang lang, int64_t bytes) NONNULL MUST_USE;

/* "+1 240", "−16" (a true minus sign), "±0": the change of a text's size. */
struct str words_change(struct arena *mem, enum lang lang, int64_t difference) NONNULL MUST_USE;

/* The name or description of a space as it is shown: Uzbek in Latin is converted for readers of Cyrillic. */
struct space_text words_space(struct arena *mem, enum lang lang, struct space_text text)
	NONNULL MUST_USE;

#endif
