/* Text documents and slides of both Office families: paragraphs in the order in which they stand. */
#include "indexer/extract_parts.h"

/* One table serves all: the names do not clash, apart from "s", which is ODF's run of spaces. */
struct office {
	struct buf *out;
	bool odf;
	int inside;  /* depth of elements whose characters are text */
	int skipped; /* depth below an element that is left out; 0: none */
};

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* A second telling of what stands beside it, and what was struck out. */
static bool is_skipped(const struct office *office, const char *name)
{
	static const char *const ooxml[] = {"Fallback", "delText", "instrText"};
	static const char *const odf[] = {"tracked-changes", "forms", "binary-data", "script"};

	return office->odf ? is_one_of(name, odf, COUNT(odf))
			   : is_one_of(name, ooxml, COUNT(ooxml));
}

static bool holds_text(const struct office *office, const char *name)
{
	if (office->odf)
		return strcmp(name, "p") == 0 || strcmp(name, "h") == 0 ||
		       strcmp(name, "title") == 0 || strcmp(name, "desc") == 0;
	return strcmp(name, "t") == 0;
}

static void spaces(struct buf *out, struct str count)
{
	int64_t n = 1;

	if (count.len && !str_to_i64(count, &n))
		n = 1;
	for (int64_t i = 0; i < n && i < 100; i++)
		buf_byte(out, ' ');
}

static void office_opens(void *context, const char *name, const char **attributes)
{
	struct office *office = context;

	if (office->skipped || is_skipped(office, name)) {
		office->skipped++;
		return;
	}
	if (holds_text(office, name))
		office->inside++;
	if (strcmp(name, "tab") == 0)
		buf_byte(office->out, '\t');
	else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0 ||
		 strcmp(name, "line-break") == 0)
		buf_byte(office->out, '\n');
	else if (strcmp(name, "noBreakHyphen") == 0)
		buf_byte(office->out, '-');
	else if (office->odf && office->inside && strcmp(name, "s") == 0)
		spaces(office->out, xml_attribute(attributes, "c"));
}

static void office_closes(void *context, const char *name)
{
	static const char *const lines[] = {"p", "h", "title", "desc"};
	struct office *office = context;

	if (office->skipped) {
		office->skipped--;
		return;
	}
	if (holds_text(office, name))
		office->inside--;
	if (is_one_of(name, lines, COUNT(lines)))
		buf_byte(office->out, '\n');
}

static void office_text(void *context, struct str text)
{
	struct office *office = context;

	if (office->inside && !office->skipped)
		buf_str_add(office->out, text);
}

static enum status read_member(struct buf *out, struct zip *zip, const struct zip_entry *entry,
			       bool odf)
{
	struct office office = {.out = out, .odf = odf};
	struct xml_reader reader = {&office, office_opens, office_closes, office_text, out};

	if (!entry || out->over)
		return ST_OK;
	TRY(xml_read(zip, entry, &reader));
	buf_byte(out, '\n');
	return ST_OK;
}

/* ---- members by pattern ------------------------------------------------------------------------- */

struct numbered {
	const struct zip_entry *entry;
	int64_t number;
};

static int by_number(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

size_t extract_members(const struct zip_entry ***out, struct arena *mem, const struct zip *zip,
		       const char *begins)
{
	static const char ends[] = ".xml";
	struct numbered *found = arena_array(mem, zip->count + 1, sizeof(*found));
	size_t n = 0, fixed = strlen(begins) + strlen(ends);

	for (size_t i = 0; i < zip->count; i++) {
		struct str name = zip->entries[i].name, between;

		if (name.len < fixed || !str_starts(name, str_c(begins)) ||
		    !str_ends(name, str_c(ends)))
			continue;
		between = str_of(name.ptr + strlen(begins), name.len - fixed);
		if (str_find(between, '/') >= 0)
			continue;
		found[n] = (struct numbered){.entry = &zip->entries[i]};
		if (!str_to_i64(between, &found[n].number))
			found[n].number = 0;
		n++;
	}
	qsort(found, n, sizeof(*found), by_number);
	*out = arena_array(mem, n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = found[i].entry;
	return n;
}

/* All members of each pattern; those of the first are the main part. */
static enum status read_all(struct buf *out, struct arena *mem, struct zip *zip,
			    const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct zip_entry **members;
		size_t count = extract_members(&members, mem, zip, patterns[i]);

		if (i == 0 && count == 0)
			return fail_on("", ST_INVALID, "The file lacks its main part.");
		for (size_t k = 0; k < count; k++)
			TRY(read_member(out, zip, members[k], false));
	}
	return ST_OK;
}

enum status extract_docx(struct buf *out, struct arena *mem, struct str file)
{
	static const char *const parts[] = {"word/document",     "word/footnotes", "word/endnotes",
					    "word/comments",     "word/header",    "word/footer",
					    "word/diagrams/data"};
	struct zip zip;

	TRY(zip_open(&zip, mem, file));
	return read_all(out, mem, &zip, parts, COUNT(parts));
}

enum status extract_pptx(struct buf *out, struct arena *mem, struct str file)
{
	static const char *const parts[] = {"ppt/slides/slide", "ppt/notesSlides/notesSlide",
					    "ppt/comments/comment", "ppt/diagrams/data"};
	struct zip zip;

	TRY(zip_open(&zip, mem, file));
	return read_all(out, mem, &zip, parts, COUNT(parts));
}

/* ---- ODF ----------------------------------------------------------------------------------------- */

static enum status gather(void *context, struct str bytes, bool last, bool *enough)
{
	struct buf *gathered = context;

	(void)last;
	buf_str_add(gathered, bytes);
	*enough = gathered->over;
	return ST_OK;
}

/* The list of members says which are encrypted; their bytes look like damage. */
static enum status check_open(struct zip *zip)
{
	AUTO(buf) struct buf list = {.cap = 1024 * 1024};
	const struct zip_entry *entry = zip_find(zip, "META-INF/manifest.xml");

	if (!entry)
		return ST_OK;
	TRY(zip_read(zip, entry, gather, &list));
	if (str_search(buf_str(&list), STR("encryption-data")) >= 0)
		return fail_on("", ST_INVALID, "The file is protected by a password.");
	return ST_OK;
}

enum status extract_odf(struct buf *out, struct arena *mem, struct str file)
{
	const struct zip_entry *content;
	struct zip zip;

	TRY(zip_open(&zip, mem, file));
	TRY(check_open(&zip));
	content = zip_find(&zip, "content.xml");
	if (!content)
		return fail_on("", ST_INVALID, "The file lacks its main part.");
	TRY(read_member(out, &zip, content, true));
	/* Heads and feet of pages. */
	return read_member(out, &zip, zip_find(&zip, "styles.xml"), true);
}
