/* Inside the extract child: what its files share. Nobody else includes this. */
#ifndef INDEXER_EXTRACT_PARTS_H
#define INDEXER_EXTRACT_PARTS_H

#include "indexer/extract.h"

/* ---- extract_zip.c: reading members of a ZIP archive in memory ---- */
enum {
	ZIP_ENTRIES_MAX = 10000,
	ZIP_BYTES_MAX = 128 * 1024 * 1024, /* unpacked, of all members that are read together */
	ZIP_RATIO_MAX = 100,               /* of those past ZIP_RATIO_FROM bytes */
	ZIP_RATIO_FROM = 16 * 1024 * 1024,
};

struct zip_entry {
	struct str name;   /* as it stands in the archive: only compared, never opened */
	struct str packed; /* its bytes in the archive */
	int method;        /* 0 stored, 8 deflated */
	bool locked;       /* by a password */
};

struct zip {
	struct str file;
	struct zip_entry *entries; /* in the order of the directory */
	size_t count;
	int64_t unpacked; /* so far */
};

/* Read the directory. INVALID when it is damaged or too large. */
enum status zip_open(struct zip *out, struct arena *mem, struct str file) NONNULL MUST_USE;

/* The member of exactly this name, or NULL. */
const struct zip_entry *zip_find(const struct zip *zip, const char *name) NONNULL;

/*
 * Unpack a member piece by piece. The walk ends early, with ST_OK, when `piece` sets *enough. INVALID when
 * the member is damaged, locked, or past the limits.
 */
typedef enum status zip_piece(void *context, struct str bytes, bool last, bool *enough);
enum status zip_read(struct zip *zip, const struct zip_entry *entry, zip_piece *piece,
		     void *context) NONNULL MUST_USE;

/* ---- extract_xml.c: the elements and texts of one member ---- */
enum { XML_DEPTH_MAX = 1000 };

/* Names come without their prefix: "t" for <w:t>. */
struct xml_reader {
	void *context;
	/* `attributes` are names (with prefix) and values in turn, NULL behind the last. */
	void (*opens)(void *context, const char *name, const char **attributes);
	void (*closes)(void *context, const char *name);
	void (*text)(void *context, struct str text);
	const struct buf *out; /* the walk ends when it is full */
};

/* Without entities of its own, without a document type, without anything from elsewhere. */
enum status xml_read(struct zip *zip, const struct zip_entry *entry,
		     const struct xml_reader *reader) NONNULL MUST_USE;

/* The value of an attribute by its name without prefix, or the empty text. */
struct str xml_attribute(const char **attributes, const char *name) NONNULL;

/* ---- one file each ---- */
enum status extract_docx(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_pptx(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_odf(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_xlsx(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_rtf(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_pdf(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;
enum status extract_plain(struct buf *out, struct arena *mem, struct str file) NONNULL MUST_USE;

enum status extract_pdf_prepare(void) MUST_USE;

/* The members "<begins>...xml" of that folder, ordered by the number between ("slide2" before "slide10"). */
size_t extract_members(const struct zip_entry ***out, struct arena *mem, const struct zip *zip,
		       const char *begins) NONNULL;

/* ---- extract_chars.c: bytes of old character sets ---- */
enum status extract_chars_prepare(void) MUST_USE;

/* Decode with a Windows code page (1251), 866, 10007, 20866 (KOI8-R); unknown ones count as 1252. */
void extract_decode(struct buf *out, int page, struct str bytes) NONNULL;
void extract_decode_utf16(struct buf *out, bool big_endian, struct str bytes) NONNULL;

#endif
