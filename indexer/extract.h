/*
 * The text of files that people attach: PDF, Office documents of both families, RTF and plain text. Works
 * in the extract child alone, one process a file: nothing of one file can reach another, and
 * none of this stays in memory. The file comes as an open descriptor; after extract_prepare() nothing is
 * opened any more (indexer/sandbox.h).
 */
#ifndef INDEXER_EXTRACT_H
#define INDEXER_EXTRACT_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"
#include "schema/base/err.h"

/* What a file is read as; its number stands in WIRE_EXTRACT. */
enum extract_type {
	EXTRACT_PDF,
	EXTRACT_DOCX,
	EXTRACT_XLSX,
	EXTRACT_PPTX,
	EXTRACT_ODF, /* text, sheet and slides alike */
	EXTRACT_RTF,
	EXTRACT_PLAIN,
	EXTRACT_TYPES,
};

enum {
	EXTRACT_TEXT_MAX = 4 * 1024 * 1024, /* bytes of text; what is more is left out */
	EXTRACT_FILE_MAX = 64 * 1024 * 1024,
	EXTRACT_SECONDS = 20, /* of processor time */
};

/* Load what reading will need, before the process gives its rights up. */
enum status extract_prepare(void) MUST_USE;

/*
 * The text of a file: valid UTF-8 with LF and TAB as its only control characters. INVALID with a sentence
 * for people when it cannot be read.
 */
enum status extract_text(struct buf *out, struct arena *mem, enum extract_type type,
			 struct str file) NONNULL MUST_USE;

/* The bytes of the file behind a descriptor, as long as the process lives. */
enum status extract_open(struct str *out, int file) NONNULL MUST_USE;

/* The child: answer messages about this one file. */
enum status extract_serve(int fd, struct str file) MUST_USE;

#endif
