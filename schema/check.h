/* Rules for short texts that people give: one place, one wording. */
#ifndef SCHEMA_CHECK_H
#define SCHEMA_CHECK_H

#include "schema/base/err.h"
#include "schema/base/str.h"

enum { NAME_MAX_POINTS = 200, TITLE_MAX_POINTS = 400, TAG_MAX_BYTES = 64 };

/* A login: 2 to 64 of a-z 0-9 . _ -, but not "new". INVALID, naming the form's field, otherwise. */
enum status check_login(const char *field, struct str login) NONNULL MUST_USE;

/* The key of a group, space or office: 1 to 64 of the same characters, but not "new". */
enum status check_key(const char *field, struct str key) NONNULL MUST_USE;

/* One line of text by security.md 6.2, of at most `points` code points. INVALID, naming the field, otherwise. */
enum status check_line(const char *field, struct str text, size_t points) NONNULL MUST_USE;

/* A text of several lines, at most `bytes` long: TOO_LARGE, INVALID, naming the field. */
enum status check_body(const char *field, struct str text, size_t bytes) NONNULL MUST_USE;

#endif
