/* The glossary as a CSV file. */
#include "server/csv.h"
#include "server/terms.h"

enum { COLUMNS_MAX = 32 };

enum column {
	COLUMN_ID,
	COLUMN_DOMAIN,
	COLUMN_UZ,
	COLUMN_UZ_CYRL,
	COLUMN_RU,
	COLUMN_EN,
	COLUMN_MEANING_UZ,
	COLUMN_MEANING_RU,
	COLUMN_MEANING_EN,
	COLUMN_SOURCE,
	COLUMN_STATE,
	COLUMN_REPLACEMENT,
	COLUMN_ARTICLE,
	COLUMN_COUNT,
};

static const char *const NAMES[COLUMN_COUNT] = {
	"id",         "domain",     "uz",     "uz_cyrl", "ru",          "en",      "meaning_uz",
	"meaning_ru", "meaning_en", "source", "state",   "replacement", "article",
};

/* ---- reading ------------------------------------------------------------------------------------- */
struct csv {
	struct str text;
	size_t at;
	int64_t line; /* of the row that is read */
	int64_t next; /* of what follows it */
	struct arena *mem;
	struct str cells[COLUMNS_MAX];
	size_t count;
};

static bool at_end_of_line(const struct csv *csv)
{
	return csv->at >= csv->text.len || csv->text.ptr[csv->at] == '\n' ||
	       csv->text.ptr[csv->at] == '\r';
}

/* The cell in quotes at `at`, where "" is one quote. */
static enum status read_quoted(struct csv *csv, struct str *out)
{
	AUTO(buf) struct buf cell = {0};

	for (csv->at++; csv->at < csv->text.len; csv->at++) {
		char byte = csv->text.ptr[csv->at];

		if (byte == '"') {
			csv->at++;
			if (csv->at >= csv->text.len || csv->text.ptr[csv->at] != '"') {
				*out = buf_keep(&cell, csv->mem);
				return ST_OK;
			}
		}
		csv->next += byte == '\n';
		buf_byte(&cell, byte);
	}
	return fail_on("file", ST_INVALID, "Line %lld: A quotation mark is not closed.",
		       (long long)csv->line);
}

static enum status read_cell(struct csv *csv)
{
	struct str cell = str_of(csv->text.ptr + csv->at, 0);

	if (csv->count == COLUMNS_MAX)
		return fail_on("file", ST_INVALID, "Line %lld: There are too many columns.",
			       (long long)csv->line);
	if (!at_end_of_line(csv) && csv->text.ptr[csv->at] == '"') {
		TRY(read_quoted(csv, &cell));
		if (!at_end_of_line(csv) && csv->text.ptr[csv->at] != ',')
			return fail_on("file", ST_INVALID,
				       "Line %lld: There is text behind a closing quotation mark.",
				       (long long)csv->line);
	} else {
		while (!at_end_of_line(csv) && csv->text.ptr[csv->at] != ',') {
			csv->at++;
			cell.len++;
		}
	}
	csv->cells[csv->count++] = csv_plain(str_trim(cell));
	return ST_OK;
}

/* The next row that is not empty; NOT_FOUND at the end. */
static enum status read_row(struct csv *csv)
{
	do {
		if (csv->at >= csv->text.len)
			return fail(ST_NOT_FOUND, "the end of the file");
		csv->line = csv->next;
		csv->count = 0;
		TRY(read_cell(csv));
		while (csv->at < csv->text.len && csv->text.ptr[csv->at] == ',') {
			csv->at++;
			TRY(read_cell(csv));
		}
		if (csv->at < csv->text.len && csv->text.ptr[csv->at] == '\r')
			csv->at++;
		if (csv->at < csv->text.len && csv->text.ptr[csv->at] == '\n')
			csv->at++;
		csv->next++;
	} while (csv->count == 1 && !csv->cells[0].len);
	return ST_OK;
}

/* Which of our columns each of the file's is. */
struct head {
	enum column of[COLUMNS_MAX];
	size_t count;
};

static enum status read_head(struct head *out, struct csv *csv)
{
	unsigned seen = 0;

	out->count = csv->count;
	for (size_t i = 0; i < csv->count; i++) {
		unsigned known = 0;

		while (known < COLUMN_COUNT && !str_is(csv->cells[i], NAMES[known]))
			known++;
		if (known == COLUMN_COUNT)
			return fail_on("file", ST_INVALID,
				       "Line %lld: The column “%.*s” is not known.",
				       (long long)csv->line, STR_ARG(csv->cells[i]));
		if (seen >> known & 1)
			return fail_on("file", ST_INVALID,
				       "Line %lld: The column “%.*s” is there twice.",
				       (long long)csv->line, STR_ARG(csv->cells[i]));
		out->of[i] = (enum column)known;
		seen |= 1U << known;
	}
	if (!(seen & (1U << COLUMN_UZ | 1U << COLUMN_RU | 1U << COLUMN_EN)))
		return fail_on("file", ST_INVALID,
			       "Line %lld: None of the columns uz, ru and en is there.",
			       (long long)csv->line);
	return ST_OK;
}

static enum status make_row(struct term_row *out, struct csv *csv, const struct head *head)
{
	struct str cells[COLUMN_COUNT];

	if (csv->count != head->count)
		return fail_on("file", ST_INVALID,
			       "Line %lld: There are %zu columns instead of %zu.",
			       (long long)csv->line, csv->count, head->count);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		cells[i] = STR("");
	for (size_t i = 0; i < csv->count; i++)
		cells[head->of[i]] = csv->cells[i].len ? csv->cells[i] : STR("");
	*out = (struct term_row){
		.line = csv->line,
		.id = cells[COLUMN_ID],
		.input = {.domain = cells[COLUMN_DOMAIN],
			  .source = cells[COLUMN_SOURCE],
			  .article = cells[COLUMN_ARTICLE],
			  .meaning = {cells[COLUMN_MEANING_UZ], cells[COLUMN_MEANING_RU],
				      cells[COLUMN_MEANING_EN]}},
		.state = TERM_APPROVED,
		.replacement = cells[COLUMN_REPLACEMENT],
	};
	out->input.forms[TERM_UZ] =
		terms_read(csv->mem, TERM_UZ, cells[COLUMN_UZ], cells[COLUMN_UZ_CYRL]);
	out->input.forms[TERM_RU] = terms_read(csv->mem, TERM_RU, cells[COLUMN_RU], STR(""));
	out->input.forms[TERM_EN] = terms_read(csv->mem, TERM_EN, cells[COLUMN_EN], STR(""));
	if (cells[COLUMN_STATE].len && !term_state_from(cells[COLUMN_STATE], &out->state))
		return fail_on("file", ST_INVALID, "Line %lld: “%.*s” is no state.",
			       (long long)csv->line, STR_ARG(cells[COLUMN_STATE]));
	return ST_OK;
}

enum status terms_read_csv(struct term_row **out, size_t *count, struct arena *mem, struct str text)
{
	struct csv csv = {.text = text, .next = 1, .mem = mem};
	struct head head;
	enum status outcome;
	size_t room = 0;

	*out = NULL;
	*count = 0;
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		csv.at = 3;
	outcome = read_row(&csv);
	if (outcome == ST_NOT_FOUND)
		return fail_on("file", ST_INVALID, "The file is empty.");
	TRY(outcome);
	TRY(read_head(&head, &csv));
	while ((outcome = read_row(&csv)) == ST_OK) {
		*out = arena_grow(mem, *out, *count, &room, sizeof(**out));
		TRY(make_row(&(*out)[*count], &csv, &head));
		++*count;
	}
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

/* ---- writing ------------------------------------------------------------------------------------- */
void terms_csv_head(struct buf *out)
{
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		buf_printf(out, "%s%s", i ? "," : "", NAMES[i]);
	buf_byte(out, '\n');
}

void terms_csv_row(struct buf *out, struct arena *mem, const struct term *term)
{
	struct str cells[COLUMN_COUNT] = {
		[COLUMN_ID] = term->public_id,
		[COLUMN_DOMAIN] = term->domain,
		[COLUMN_UZ] = terms_cell(mem, &term->forms[TERM_UZ]),
		[COLUMN_UZ_CYRL] = terms_cyrillic_cell(mem, &term->forms[TERM_UZ]),
		[COLUMN_RU] = terms_cell(mem, &term->forms[TERM_RU]),
		[COLUMN_EN] = terms_cell(mem, &term->forms[TERM_EN]),
		[COLUMN_MEANING_UZ] = term->meaning[TERM_UZ],
		[COLUMN_MEANING_RU] = term->meaning[TERM_RU],
		[COLUMN_MEANING_EN] = term->meaning[TERM_EN],
		[COLUMN_SOURCE] = term->source,
		[COLUMN_STATE] = str_c(term_state_name(term->state)),
		[COLUMN_REPLACEMENT] = term->replacement,
		[COLUMN_ARTICLE] = term->article,
	};

	csv_line(out, cells, COLUMN_COUNT);
}
