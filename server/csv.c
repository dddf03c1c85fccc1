/* Tables for spreadsheets. */
#include "server/csv.h"

#include <string.h>

void csv_begin(struct buf *out, const char *names)
{
	buf_c_add(out, "\xEF\xBB\xBF");
	buf_c_add(out, names);
	buf_byte(out, '\n');
}

void csv_cell(struct buf *out, struct str cell)
{
	bool formula = cell.len && memchr("=+-@\t\r\n", cell.ptr[0], 7);

	buf_byte(out, '"');
	if (formula)
		buf_byte(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, cell.ptr[i]);
	}
	buf_byte(out, '"');
}

void csv_line(struct buf *out, const struct str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_byte(out, ',');
		csv_cell(out, cells[i]);
	}
	buf_byte(out, '\n');
}
