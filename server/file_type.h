/*
 * Which files may be attached, by extension and by what they begin with, and what of each is sent and read.
 * Nothing is unpacked or decoded here; what could be run by who opens it is refused.
 */
#ifndef SERVER_FILE_TYPE_H
#define SERVER_FILE_TYPE_H

#include "schema/base/buf.h"
#include "schema/base/err.h"

struct file_type {
	const char *name;  /* the extension, in small letters: kept in the record */
	const char *media; /* what is said of it when it is sent, whatever the uploader said */
	bool shown;        /* a picture that browsers may show in a page */
	int reads_as;      /* enum extract_type, or FILE_TYPE_NO_TEXT */
};
enum { FILE_TYPE_NO_TEXT = -1 };

/* The type of that name in the record, or NULL. */
const struct file_type *file_type_named(struct str name);

/*
 * The type of a file from outside. INVALID, on the field "file", where the extension is not on the list, the
 * bytes are of another type, or macros are in it.
 */
enum status file_type_judge(const struct file_type **out, struct str file_name, struct str bytes)
	NONNULL MUST_USE;

/* ".pdf,.docx,...": for the picker of a form. */
struct str file_type_accept(void);

/*
 * The bytes of a picture without what cameras and programs have written about its maker, place and time; how it
 * is to be turned stays. True when `out` holds other bytes than `bytes`. INVALID when it is damaged.
 */
enum status file_clean(struct buf *out, bool *changed, const struct file_type *type,
		       struct str bytes) NONNULL MUST_USE;

/* How a JPEG is to be turned, by its piece "Exif": 2 to 8 (from 5 on it lies on its side), or 0. */
uint32_t file_orientation(struct str exif);

#endif
