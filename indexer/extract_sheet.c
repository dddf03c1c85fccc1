/* Spreadsheets of OOXML: texts stand in one list, cells name them by number. */
#include "indexer/extract_parts.h"

enum { STRINGS_MAX = 2 * 1000 * 1000 };

struct sheet {
	struct buf *out;
	struct buf shared; /* all texts of the list, one after the other */
	size_t *ends;      /* where each ends */
	size_t n_ends, room;
	bool in_text;   /* characters count */
	bool in_value;  /* they are gathered in `value` */
	bool is_shared; /* the value of this cell is a number of the list */
	int phonetic;   /* depth below a reading aid, which repeats the text in another script */
	struct buf value;
};

static void sheet_cleanup(struct sheet *sheet)
{
	buf_release(&sheet->shared);
	buf_release(&sheet->value);
	free(sheet->ends);
}

/* ---- the list ------------------------------------------------------------------------------------ */

static void list_opens(void *context, const char *name, const char **attributes)
{
	struct sheet *sheet = context;

	(void)attributes;
	if (sheet->phonetic || strcmp(name, "rPh") == 0)
		sheet->phonetic++;
	else if (strcmp(name, "t") == 0)
		sheet->in_text = true;
}

static void list_closes(void *context, const char *name)
{
	struct sheet *sheet = context;

	if (sheet->phonetic) {
		sheet->phonetic--;
	} else if (strcmp(name, "t") == 0) {
		sheet->in_text = false;
	} else if (strcmp(name, "si") == 0 && sheet->n_ends < STRINGS_MAX) {
		sheet->ends = xgrow(sheet->ends, sheet->n_ends, &sheet->room, sizeof(*sheet->ends));
		sheet->ends[sheet->n_ends++] = sheet->shared.len;
	}
}

static void list_text(void *context, struct str text)
{
	struct sheet *sheet = context;

	if (sheet->in_text && !sheet->phonetic)
		buf_str_add(&sheet->shared, text);
}

static struct str shared_text(const struct sheet *sheet, struct str number)
{
	int64_t at;
	size_t begin;

	if (!str_to_i64(number, &at) || at < 0 || (size_t)at >= sheet->n_ends)
		return STR_NONE;
	begin = at ? sheet->ends[at - 1] : 0;
	return str_of(sheet->shared.ptr + begin, sheet->ends[at] - begin);
}

/* ---- the cells ----------------------------------------------------------------------------------- */

static void cell_opens(void *context, const char *name, const char **attributes)
{
	struct sheet *sheet = context;

	if (strcmp(name, "c") == 0)
		sheet->is_shared = str_is(xml_attribute(attributes, "t"), "s");
	else if (strcmp(name, "v") == 0)
		sheet->in_value = true;
	else if (strcmp(name, "t") == 0)
		sheet->in_text = true;
}

static void cell_closes(void *context, const char *name)
{
	struct sheet *sheet = context;

	if (strcmp(name, "v") == 0) {
		struct str value = buf_str(&sheet->value);

		buf_str_add(sheet->out, sheet->is_shared ? shared_text(sheet, value) : value);
		buf_reset(&sheet->value);
		sheet->in_value = false;
	} else if (strcmp(name, "t") == 0) {
		sheet->in_text = false;
	} else if (strcmp(name, "c") == 0) {
		buf_byte(sheet->out, '\t');
	} else if (strcmp(name, "row") == 0 || strcmp(name, "p") == 0 ||
		   strcmp(name, "comment") == 0) {
		buf_byte(sheet->out, '\n');
	}
}

static void cell_text(void *context, struct str text)
{
	struct sheet *sheet = context;

	if (sheet->in_value)
		buf_str_add(&sheet->value, text);
	else if (sheet->in_text)
		buf_str_add(sheet->out, text);
}

/* Names of the sheets. */
static void book_opens(void *context, const char *name, const char **attributes)
{
	struct sheet *sheet = context;

	if (strcmp(name, "sheet") != 0)
		return;
	buf_str_add(sheet->out, xml_attribute(attributes, "name"));
	buf_byte(sheet->out, '\n');
}

static void nothing_closes(void *context, const char *name)
{
	(void)context;
	(void)name;
}

static void nothing_text(void *context, struct str text)
{
	(void)context;
	(void)text;
}

static enum status read_cells(struct sheet *sheet, struct arena *mem, struct zip *zip,
			      const char *begins)
{
	struct xml_reader reader = {sheet, cell_opens, cell_closes, cell_text, sheet->out};
	const struct zip_entry **members;
	size_t count = extract_members(&members, mem, zip, begins);

	for (size_t i = 0; i < count && !sheet->out->over; i++)
		TRY(xml_read(zip, members[i], &reader));
	return ST_OK;
}

enum status extract_xlsx(struct buf *out, struct arena *mem, struct str file)
{
	AUTO(sheet) struct sheet sheet = {.out = out, .shared = {.cap = ZIP_BYTES_MAX}};
	struct xml_reader list = {&sheet, list_opens, list_closes, list_text, &sheet.shared};
	struct xml_reader book = {&sheet, book_opens, nothing_closes, nothing_text, out};
	const struct zip_entry *entry;
	struct zip zip;

	sheet.value.cap = 64 * 1024;
	TRY(zip_open(&zip, mem, file));
	entry = zip_find(&zip, "xl/workbook.xml");
	if (!entry)
		return fail_on("", ST_INVALID, "The file lacks its main part.");
	TRY(xml_read(&zip, entry, &book));
	entry = zip_find(&zip, "xl/sharedStrings.xml");
	if (entry)
		TRY(xml_read(&zip, entry, &list));
	TRY(read_cells(&sheet, mem, &zip, "xl/worksheets/sheet"));
	TRY(read_cells(&sheet, mem, &zip, "xl/comments"));
	return read_cells(&sheet, mem, &zip, "xl/drawings/drawing");
}
