/* Two versions of a text as the rows of a page: lines with marked words and a little around them. */
#ifndef SERVER_DIFF_H
#define SERVER_DIFF_H

#include "server/views/diff_view.h"

enum {
	DIFF_LINES_MAX = 5000,        /* of either version */
	DIFF_BYTES_MAX = 1024 * 1024, /* of either version */
	DIFF_CONTEXT = 3,             /* unchanged lines around a change */
};

/*
 * No rows where nothing differs. A version past the limits is not compared line by line: `too_large`,
 * with the numbers of lines that only one of the two has. Parts point into the two texts.
 */
void diff_make(struct diff_rows *out, struct arena *mem, struct str old, struct str new) NONNULL;

#endif
