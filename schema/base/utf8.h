/* Reading and checking UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "schema/base/buf.h"
#include "schema/base/str.h"

#define UTF8_BAD UINT32_MAX

/*
 * Decode the code point at `*at` and move `*at` behind it. An invalid byte (overlong form,
 * surrogate, beyond U+10FFFF, cut off) gives UTF8_BAD and moves one byte. `*at` < text.len.
 */
uint32_t utf8_next(struct str text, size_t *at) NONNULL;

/* Append one code point. */
void utf8_put(struct buf *buf, uint32_t point) NONNULL;

bool utf8_valid(struct str text);

/* Code points; every invalid byte counts as one. */
size_t utf8_count(struct str text);

/* The longest beginning of at most `bytes` bytes that cuts no code point. */
struct str utf8_head(struct str text, size_t bytes);

/* What security.md 6.2 refuses in a line such as a title, a name, a tag, a file name. */
enum text_fault {
	TEXT_FINE,
	TEXT_NOT_UTF8,
	TEXT_CONTROL,   /* NUL, C0, DEL or C1 */
	TEXT_INVISIBLE, /* zero-width, bidirectional and tag characters */
	TEXT_EDGE,      /* white space at an end */
	TEXT_EMPTY,     /* no letter, digit or sign in it */
};
enum text_fault text_line_fault(struct str text);

/* Valid UTF-8 without NUL and C0 other than TAB and LF. */
enum text_fault text_body_fault(struct str text);

/* A sentence for people about a fault, marked with N_(); "" for TEXT_FINE. */
const char *text_fault_words(enum text_fault fault);

#endif
