/*
 * PDF through Poppler. It brings fifty libraries along, so it is loaded by name, in this child alone and
 * before the child gives its rights up; the others never pay for it. The only file that knows it.
 */
#include "indexer/extract_parts.h"

#include <dlfcn.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <poppler.h>
#pragma GCC diagnostic pop

enum { PAGES_MAX = 5000 };

#define LIBRARY "libpoppler-glib.so.8"

/* What is used of it, under its own names and types. */
#define FUNCTIONS(F)                                                                               \
	F(poppler_document_new_from_bytes)                                                         \
	F(poppler_document_get_n_pages)                                                            \
	F(poppler_document_get_page)                                                               \
	F(poppler_page_get_text)                                                                   \
	F(poppler_error_quark)                                                                     \
	F(g_bytes_new_static)                                                                      \
	F(g_bytes_unref)                                                                           \
	F(g_object_unref)                                                                          \
	F(g_error_free)                                                                            \
	F(g_free)

#undef g_object_unref
#define DECLARE(name) __typeof__(name) *name##_;
/* Filled by extract_pdf_prepare(), before anything is read. */
static struct {
	bool loaded;
	FUNCTIONS(DECLARE)
} lib;

static bool load(void *library, void **function, const char *name)
{
	*function = dlsym(library, name);
	return *function != NULL;
}

#define LOAD(name) good = good && load(library, (void **)(void *)&lib.name##_, #name);

enum status extract_pdf_prepare(void)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	bool good = library != NULL;
	GBytes *bytes;
	GError *error = NULL;

	FUNCTIONS(LOAD)
	lib.loaded = good;
	if (!good)
		return ST_OK; /* other files can be read all the same */
	/* No document: but its own tables are opened by the first one. */
	bytes = lib.g_bytes_new_static_("%PDF-", 5);
	if (!lib.poppler_document_new_from_bytes_(bytes, NULL, &error) && error)
		lib.g_error_free_(error);
	lib.g_bytes_unref_(bytes);
	return ST_OK;
}

struct pdf {
	GBytes *bytes;
	PopplerDocument *document;
	GError *error;
};

static void pdf_cleanup(struct pdf *pdf)
{
	if (pdf->document)
		lib.g_object_unref_(pdf->document);
	if (pdf->bytes)
		lib.g_bytes_unref_(pdf->bytes);
	if (pdf->error)
		lib.g_error_free_(pdf->error);
}

static void add_page(struct buf *out, PopplerDocument *document, int number)
{
	PopplerPage *page = lib.poppler_document_get_page_(document, number);
	char *text;

	if (!page)
		return;
	text = lib.poppler_page_get_text_(page);
	if (text) {
		buf_c_add(out, text);
		buf_byte(out, '\n');
		lib.g_free_(text);
	}
	lib.g_object_unref_(page);
}

enum status extract_pdf(struct buf *out, struct arena *mem, struct str file)
{
	AUTO(pdf) struct pdf pdf = {NULL, NULL, NULL};
	int pages;

	(void)mem;
	if (!lib.loaded)
		return fail(ST_FAILED, "%s cannot be loaded", LIBRARY);
	pdf.bytes = lib.g_bytes_new_static_(file.ptr, file.len);
	pdf.document = lib.poppler_document_new_from_bytes_(pdf.bytes, NULL, &pdf.error);
	if (!pdf.document && pdf.error && pdf.error->domain == lib.poppler_error_quark_() &&
	    pdf.error->code == POPPLER_ERROR_ENCRYPTED)
		return fail_on("", ST_INVALID, "The file is protected by a password.");
	if (!pdf.document)
		return fail_on("", ST_INVALID, "The file is damaged.");
	pages = lib.poppler_document_get_n_pages_(pdf.document);
	for (int i = 0; i < pages && i < PAGES_MAX && !out->over; i++)
		add_page(out, pdf.document, i);
	return ST_OK;
}
