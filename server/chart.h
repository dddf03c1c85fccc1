/*
 * Where the bars of a chart stand. Charts are drawn by views/chart.html as SVG without script or
 * style; here are only the sizes, in units of a drawing CHART_WIDTH wide. The same numbers always
 * stand in a table beside the drawing, so a chart needs no sign that only eyes can read.
 */
#ifndef SERVER_CHART_H
#define SERVER_CHART_H

#include "schema/base/arena.h"
#include "schema/base/str.h"

enum {
	CHART_WIDTH = 400,
	CHART_LEFT = 44, /* room for the numbers of the scale */
	CHART_TOP = 10,
	CHART_BASE = 150,   /* where columns stand */
	CHART_HEIGHT = 172, /* of a drawing of columns */
	CHART_ROW = 34,     /* height of a row with its label */
	CHART_STEPS = 4,    /* lines of the scale above the base */
	CHART_LABEL = 52,   /* characters of a row's label */
};

struct chart_bar {
	struct str label, shown; /* whole; as it fits into the drawing */
	int64_t value;           /* negative: not told, and not drawn */
	int x, y, width, height;
	bool marked; /* its label stands below the column: there is no room for all of them */
};

struct chart_line {
	int y;
	int64_t value;
};

struct chart {
	struct chart_bar *bars;
	size_t n_bars;
	struct chart_line lines[CHART_STEPS + 1]; /* of columns, from the base upwards */
	int height;
	bool empty; /* there is nothing to draw: no value above zero */
};

/*
 * The end of a scale that holds `most`: 4, 8, 12, 16, 20, 40, 80, 120, ...; every one of them
 * is divided by CHART_STEPS into whole numbers.
 */
int64_t chart_top(int64_t most);

/* Columns from left to right. `bars` have label and value; the rest is filled in. */
void chart_columns(struct chart *out, struct chart_bar *bars, size_t n) NONNULL;

/* Bars below each other, each under its label; labels that are too long are cut in `mem`. */
void chart_rows(struct chart *out, struct arena *mem, struct chart_bar *bars, size_t n) NONNULL;

#endif
