/* Tables for spreadsheets. A cell never runs as a formula there (security.md 6.9). */
#ifndef SERVER_CSV_H
#define SERVER_CSV_H

#include "schema/base/buf.h"

/* The mark by which spreadsheets know UTF-8, then the line of names: "space,group,level". */
void csv_begin(struct buf *out, const char *names) NONNULL;

/* In quotes, with an apostrophe before what a spreadsheet would take for a formula. */
void csv_cell(struct buf *out, struct str cell) NONNULL;

/* What csv_cell() was given, from what it wrote between the quotes: for tables that are read back. */
struct str csv_plain(struct str cell) MUST_USE;

/* One line of `n` such cells. */
void csv_line(struct buf *out, const struct str *cells, size_t n) NONNULL;

#endif
