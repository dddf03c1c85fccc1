/* The sizes of charts. */
#include "server/chart.h"

#include "schema/base/macros.h"
#include "schema/base/utf8.h"

enum { MARKS = 3, BAR_BELOW = 16, BAR_HEIGHT = 12 };

int64_t chart_top(int64_t most)
{
	static const int64_t steps[] = {4, 8, 12, 16, 20};
	int64_t scale = 1;

	for (; scale < INT64_MAX / 1000; scale *= 10)
		for (size_t i = 0; i < COUNT(steps); i++)
			if (most <= steps[i] * scale)
				return steps[i] * scale;
	return steps[0] * scale;
}

static int64_t highest(const struct chart_bar *bars, size_t n)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = bars[i].value > most ? bars[i].value : most;
	return most;
}

/* What there is can be seen: one of ten thousand is not rounded to nothing. */
static int share(int64_t value, int64_t top, int whole)
{
	double part = (double)value / (double)top * whole;

	if (value <= 0)
		return 0;
	return part < 1 ? 1 : (int)(part + 0.5);
}

void chart_columns(struct chart *out, struct chart_bar *bars, size_t n)
{
	int64_t most = highest(bars, n), top = chart_top(most);
	int place = n ? (CHART_WIDTH - CHART_LEFT) / (int)n : 0;
	size_t every = (n + MARKS - 1) / MARKS;

	*out = (struct chart){
		.bars = bars, .n_bars = n, .height = CHART_HEIGHT, .empty = most == 0};
	for (int i = 0; i <= CHART_STEPS; i++)
		out->lines[i] =
			(struct chart_line){CHART_BASE - i * (CHART_BASE - CHART_TOP) / CHART_STEPS,
					    top / CHART_STEPS * i};
	for (size_t i = 0; i < n; i++) {
		bars[i].shown = bars[i].label;
		bars[i].height = share(bars[i].value, top, CHART_BASE - CHART_TOP);
		bars[i].y = CHART_BASE - bars[i].height;
		bars[i].width = place - place / 4;
		bars[i].x = CHART_LEFT + (int)i * place + place / 8;
		bars[i].marked = (n - 1 - i) % every == 0;
	}
}

static struct str cut(struct arena *mem, struct str label)
{
	size_t end = 0;

	for (int i = 0; i < CHART_LABEL && end < label.len; i++)
		(void)utf8_next(label, &end);
	if (end == label.len)
		return label;
	return arena_printf(mem, "%.*s…", (int)end, label.ptr);
}

void chart_rows(struct chart *out, struct arena *mem, struct chart_bar *bars, size_t n)
{
	int64_t most = highest(bars, n);

	*out = (struct chart){
		.bars = bars, .n_bars = n, .height = (int)n * CHART_ROW, .empty = most == 0};
	for (size_t i = 0; i < n; i++) {
		bars[i].shown = cut(mem, bars[i].label);
		bars[i].x = 0;
		bars[i].y = (int)i * CHART_ROW + BAR_BELOW;
		bars[i].height = BAR_HEIGHT;
		bars[i].width = share(bars[i].value, most ? most : 1, CHART_WIDTH - CHART_LEFT);
	}
}
