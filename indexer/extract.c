/* From a file to its text, and the child that does it. */
#include "indexer/extract_parts.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/serve.h"
#include "schema/base/utf8.h"

typedef enum status extract_one(struct buf *out, struct arena *mem, struct str file);

static extract_one *const READERS[EXTRACT_TYPES] = {
	[EXTRACT_PDF] = extract_pdf,     [EXTRACT_DOCX] = extract_docx,
	[EXTRACT_XLSX] = extract_xlsx,   [EXTRACT_PPTX] = extract_pptx,
	[EXTRACT_ODF] = extract_odf,     [EXTRACT_RTF] = extract_rtf,
	[EXTRACT_PLAIN] = extract_plain,
};

enum status extract_prepare(void)
{
	TRY(extract_chars_prepare());
	return extract_pdf_prepare();
}

/* What stands between words: one space, TAB or LF, the strongest of a run. */
struct gap {
	char sign; /* NUL: none */
};

static void widen(struct gap *gap, char sign)
{
	if (gap->sign == '\0' || sign == '\n' || (sign == '\t' && gap->sign == ' '))
		gap->sign = sign;
}

/*
 * Valid UTF-8 in which runs of white space are one sign and control characters are white space: what
 * libraries give has both. Soft hyphens go, so that a word that was divided is one.
 */
static void tidy(struct buf *out, struct str text)
{
	struct gap gap = {'\0'};

	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);

		if (c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x2028 ||
		    c == 0x2029) {
			widen(&gap, '\n');
		} else if (c == '\t') {
			widen(&gap, '\t');
		} else if (c == UTF8_BAD || c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0xfeff) {
			widen(&gap, ' ');
		} else if (c != 0xad) {
			if (gap.sign && out->len)
				buf_byte(out, gap.sign);
			gap.sign = '\0';
			utf8_put(out, c);
		}
	}
}

enum status extract_text(struct buf *out, struct arena *mem, enum extract_type type,
			 struct str file)
{
	AUTO(buf) struct buf raw = {.cap = 2 * EXTRACT_TEXT_MAX};
	struct str kept;

	if (!file.len)
		return ST_OK;
	TRY(READERS[type](&raw, mem, file));
	tidy(out, buf_str(&raw));
	kept = utf8_head(buf_str(out), EXTRACT_TEXT_MAX);
	buf_cut(out, kept.len);
	return ST_OK;
}

/* ---- the child ------------------------------------------------------------------------------------ */

enum status extract_open(struct str *out, int file)
{
	struct stat info;
	void *bytes;

	if (fstat(file, &info) < 0 || !S_ISREG(info.st_mode))
		return fail(ST_FAILED, "the file cannot be looked at: %s", strerror(errno));
	*out = STR("");
	if (info.st_size == 0)
		return ST_OK;
	if (info.st_size > EXTRACT_FILE_MAX)
		return fail_on("", ST_INVALID, "The file is too large.");
	bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (bytes == MAP_FAILED)
		return fail(ST_FAILED, "the file cannot be read: %s", strerror(errno));
	*out = str_of(bytes, (size_t)info.st_size);
	return ST_OK;
}

static enum status extract_answer(void *context, struct buf *reply, enum wire_kind kind,
				  struct wire_reader *message, struct arena *mem)
{
	AUTO(buf) struct buf text = {0};
	const struct str *file = context;
	uint32_t type = wire_get_u32(message);

	if (kind != WIRE_EXTRACT || !wire_get_end(message) || type >= EXTRACT_TYPES)
		return serve_bad_message(kind);
	TRY(extract_text(&text, mem, (enum extract_type)type, *file));
	wire_begin(reply, WIRE_EXTRACTED);
	wire_text(reply, buf_str(&text));
	return ST_OK;
}

enum status extract_serve(int fd, struct str file)
{
	return serve(fd, extract_answer, &file);
}
