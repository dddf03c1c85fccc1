/* One table of the types of files. */
#include "server/file_type.h"

#include "indexer/extract.h"

enum { PDF_SEARCH = 1024 };

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

static const struct file_type types[] = {
	{"pdf", "application/pdf", false, EXTRACT_PDF},
	{"docx", OOXML "wordprocessingml.document", false, EXTRACT_DOCX},
	{"xlsx", OOXML "spreadsheetml.sheet", false, EXTRACT_XLSX},
	{"pptx", OOXML "presentationml.presentation", false, EXTRACT_PPTX},
	{"odt", ODF "text", false, EXTRACT_ODF},
	{"ods", ODF "spreadsheet", false, EXTRACT_ODF},
	{"odp", ODF "presentation", false, EXTRACT_ODF},
	{"rtf", "application/rtf", false, EXTRACT_RTF},
	{"txt", "text/plain; charset=utf-8", false, EXTRACT_PLAIN},
	{"csv", "text/csv; charset=utf-8", false, EXTRACT_PLAIN},
	{"md", "text/markdown; charset=utf-8", false, EXTRACT_PLAIN},
	{"png", "image/png", true, FILE_TYPE_NO_TEXT},
	{"jpg", "image/jpeg", true, FILE_TYPE_NO_TEXT},
	{"jpeg", "image/jpeg", true, FILE_TYPE_NO_TEXT},
	{"gif", "image/gif", true, FILE_TYPE_NO_TEXT},
	{"webp", "image/webp", true, FILE_TYPE_NO_TEXT},
	{"zip", "application/zip", false, FILE_TYPE_NO_TEXT},
};

const struct file_type *file_type_named(struct str name)
{
	for (size_t i = 0; i < COUNT(types); i++) {
		if (str_is(name, types[i].name))
			return &types[i];
	}
	return NULL;
}

static const struct file_type *by_extension(struct str file_name)
{
	char small[8];
	size_t len = 0;

	while (len < file_name.len && file_name.ptr[file_name.len - 1 - len] != '.')
		len++;
	if (len == file_name.len || len >= sizeof(small))
		return NULL;
	for (size_t i = 0; i < len; i++) {
		char c = file_name.ptr[file_name.len - len + i];

		small[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	return file_type_named(str_of(small, len));
}

static bool has(struct str bytes, struct str what)
{
	return str_search(bytes, what) >= 0;
}

/* The names of an archive's members stand in it unpacked. */
static bool is_ooxml(struct str bytes, struct str main_folder)
{
	return str_starts(bytes, STR("PK\3\4")) && has(bytes, STR("[Content_Types].xml")) &&
	       has(bytes, main_folder);
}

/* ODF says its type in its first member, stored as it is. */
static bool is_odf(struct str bytes, const struct file_type *type)
{
	struct str media = str_c(type->media);

	if (!str_starts(bytes, STR("PK\3\4")))
		return false;
	return has(str_head(bytes, 256), media) || has(bytes, STR("META-INF/manifest.xml"));
}

/* Neither a program nor a document of another kind under a harmless name; UTF-16 has zeros, others none. */
static bool is_text(struct str bytes)
{
	static const char *const others[] = {"MZ",    "\177ELF",          "PK\3\4",
					     "%PDF-", "\xd0\xcf\x11\xe0", "\xca\xfe\xba\xbe"};
	bool utf16 = str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff"));

	for (size_t i = 0; i < COUNT(others); i++) {
		if (str_starts(bytes, str_c(others[i])))
			return false;
	}
	return utf16 || str_find(bytes, '\0') < 0;
}

static bool begins_right(const struct file_type *type, struct str bytes)
{
	struct str name = str_c(type->name);

	if (type->reads_as == EXTRACT_PLAIN)
		return is_text(bytes);
	if (type->reads_as == EXTRACT_ODF)
		return is_odf(bytes, type);
	if (type->reads_as == EXTRACT_RTF)
		return str_starts(bytes, STR("{\\rtf"));
	if (type->reads_as == EXTRACT_PDF)
		return has(str_head(bytes, PDF_SEARCH), STR("%PDF-"));
	if (type->reads_as != FILE_TYPE_NO_TEXT)
		return is_ooxml(bytes, type->reads_as == EXTRACT_DOCX   ? STR("word/")
				       : type->reads_as == EXTRACT_XLSX ? STR("xl/")
									: STR("ppt/"));
	if (str_is(name, "png"))
		return str_starts(bytes, STR("\x89PNG\r\n\x1a\n"));
	if (str_is(name, "gif"))
		return str_starts(bytes, STR("GIF87a")) || str_starts(bytes, STR("GIF89a"));
	if (str_is(name, "webp"))
		return str_starts(bytes, STR("RIFF")) &&
		       str_starts(str_from(bytes, 8), STR("WEBP"));
	if (str_is(name, "zip"))
		return str_starts(bytes, STR("PK\3\4")) || str_starts(bytes, STR("PK\5\6"));
	return str_starts(bytes, STR("\xff\xd8\xff"));
}

/* Programs inside documents, by the names under which both families of Office keep them. */
static bool has_macros(const struct file_type *type, struct str bytes)
{
	bool office = type->reads_as == EXTRACT_DOCX || type->reads_as == EXTRACT_XLSX ||
		      type->reads_as == EXTRACT_PPTX;

	if (office)
		return has(bytes, STR("vbaProject.bin")) || has(bytes, STR("macrosheets/"));
	if (type->reads_as == EXTRACT_ODF)
		return has(bytes, STR("Basic/script-lc.xml")) || has(bytes, STR("Scripts/python/"));
	return false;
}

enum status file_type_judge(const struct file_type **out, struct str file_name, struct str bytes)
{
	const struct file_type *type = by_extension(file_name);

	*out = type;
	if (!bytes.len)
		return fail_on("file", ST_INVALID, "The file is empty.");
	if (!type)
		return fail_on("file", ST_INVALID, "Files of this type cannot be attached.");
	if (!begins_right(type, bytes))
		return fail_on("file", ST_INVALID, "The file is not what its name says.");
	if (has_macros(type, bytes))
		return fail_on("file", ST_INVALID,
			       "The file holds macros; save it without them and try again.");
	return ST_OK;
}

struct str file_type_accept(void)
{
	return STR(".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.rtf,.txt,.csv,.md,.png,.jpg,.jpeg,"
		   ".gif,.webp,.zip");
}
