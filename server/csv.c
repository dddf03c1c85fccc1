/* Tables for spreadsheets. */
#include "server/csv.h"

#include <string.h>

void csv_begin(struct buf *out, const char *names)
{
	buf_c_add(out, "\xEF\xBB\xBF");
	buf_c_add(out, names);
	buf_byte(out, '\n');
}

/* Apostrophes before it count as nothing, so that csv_plain() gives back exactly what was written. */
static bool is_formula(struct str cell)
{
	static const char signs[] = {'=', '+', '-', '@', '\t', '\r', '\n'};
	size_t at = 0;

	while (at < cell.len && cell.ptr[at] == '\'')
		at++;
	return at < cell.len && memchr(signs, cell.ptr[at], sizeof(signs));
}

void csv_cell(struct buf *out, struct str cell)
{
	buf_byte(out, '"');
	if (is_formula(cell))
		buf_byte(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, cell.ptr[i]);
	}
	buf_byte(out, '"');
}

struct str csv_plain(struct str cell)
{
	return str_starts(cell, STR("'")) && is_formula(cell) ? str_from(cell, 1) : cell;
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
