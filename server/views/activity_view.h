/* How much is done in Devon: charts, each with the table of its numbers. */
#ifndef SERVER_VIEWS_ACTIVITY_VIEW_H
#define SERVER_VIEWS_ACTIVITY_VIEW_H

#include "server/chart.h"
#include "server/views/page.h"

/* One drawing with its words, all in the reader's language. */
struct chart_view {
	const char *id; /* of its heading; parts of the drawing are named after it */
	struct str heading, words;
	struct str label, value; /* heads of the table */
	struct str hidden;       /* stands where a number is not told */
	struct chart chart;
};

/* What was saved and said in a space, beside the bar that adds both up. */
struct activity_row {
	struct str key;
	struct space_text name;
	int64_t saves, posts;
};

/* /admin/activity */
struct activity_view {
	bool whole;    /* the sums leave nothing out */
	bool searches; /* the reader is told of searches: */
	struct chart_view asked, nothing;
	struct chart_view saves, growth;
	struct chart_view spaces;
	const struct activity_row *rows; /* as many as bars in `spaces` */
};

#endif
