/*
 * Differences and merges of any bytes. The input is cut at 0xFF into base, mine and theirs. What is
 * checked: the rows lead from one text to the other, and a merge with an unchanged side is the other.
 */
#include "server/diff.h"
#include "server/lines.h"
#include "server/merge.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* The rows of one side, with the lines of gaps taken from it, are that side's lines. */
static void check_side(const struct diff_rows *rows, struct str text, enum diff_kind other)
{
	AUTO(arena) struct arena mem = {0};
	struct lines lines;
	size_t at = 0;

	lines_split(&lines, &mem, text);
	for (size_t i = 0; i < rows->n_rows; i++) {
		const struct diff_row *row = &rows->rows[i];
		AUTO(buf) struct buf line = {0};

		if (row->kind == other)
			continue;
		if (row->kind == DIFF_GAP) {
			at += (size_t)row->skipped;
			continue;
		}
		for (size_t p = 0; p < row->n_parts; p++)
			buf_str_add(&line, row->parts[p].text);
		must(at < lines.count && str_eq(lines.items[at++], buf_str(&line)));
	}
	must(rows->n_rows == 0 || at == lines.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) struct arena mem = {0};
	struct str rest = arena_str(&mem, str_of((const char *)data, size)), base, mine, theirs;
	struct merge_result merged;
	struct diff_rows rows;

	base = str_cut(&rest, '\xff');
	mine = rest.ptr ? str_cut(&rest, '\xff') : base;
	theirs = rest.ptr ? rest : base;
	diff_make(&rows, &mem, base, mine);
	if (!rows.too_large) {
		check_side(&rows, base, DIFF_ADDED);
		check_side(&rows, mine, DIFF_REMOVED);
	}
	merge_make(&merged, &mem, base, mine, theirs, NULL, 0);
	must(merged.clean == (merged.n_pieces == 0));
	merge_make(&merged, &mem, base, mine, base, NULL, 0);
	must(merged.clean && str_eq(merged.text, mine));
	merge_make(&merged, &mem, base, base, theirs, NULL, 0);
	must(merged.clean && str_eq(merged.text, theirs));
	return 0;
}
