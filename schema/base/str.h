/* A borrowed piece of text: pointer and length, never owned, not necessarily ended by a NUL. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "schema/base/macros.h"

struct str {
	const char *ptr; /* may be NULL when len is 0 */
	size_t len;      /* bytes */
};

#define STR(literal) ((struct str){"" literal "", sizeof("" literal "") - 1})
#define STR_NONE ((struct str){NULL, 0})

/* For printf("%.*s", STR_ARG(s)); texts longer than 2 GiB do not exist here. */
#define STR_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

static inline struct str str_of(const char *ptr, size_t len)
{
	return (struct str){ptr, len};
}

/* The text of a C string; NULL gives the empty text. */
static inline struct str str_c(const char *text)
{
	return (struct str){text, text ? strlen(text) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(struct str a, const char *b)
{
	return str_eq(a, str_c(b));
}

static inline bool str_starts(struct str s, struct str with)
{
	return s.len >= with.len && (with.len == 0 || memcmp(s.ptr, with.ptr, with.len) == 0);
}

static inline bool str_ends(struct str s, struct str with)
{
	return s.len >= with.len &&
	       (with.len == 0 || memcmp(s.ptr + s.len - with.len, with.ptr, with.len) == 0);
}

/* From byte `from` (clamped) to the end. */
static inline struct str str_from(struct str s, size_t from)
{
	return from >= s.len ? STR_NONE : (struct str){s.ptr + from, s.len - from};
}

/* The first `len` bytes (clamped). */
static inline struct str str_head(struct str s, size_t len)
{
	return (struct str){s.ptr, len < s.len ? len : s.len};
}

/* Order of bytes, shorter first where one begins the other: -1, 0, 1. */
int str_cmp(struct str a, struct str b);

/* Position of the byte, or -1. */
ptrdiff_t str_find(struct str s, char byte);

/* Position of the text, or -1; the empty text is found at 0. */
ptrdiff_t str_search(struct str s, struct str text);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/*
 * Cut off what stands before `separator`; `rest` keeps what follows it. At the end of the text the
 * whole rest is returned and `rest->ptr` becomes NULL, which ends the usual loop:
 * while (rest.ptr) { part = str_cut(&rest, ','); ... }
 */
struct str str_cut(struct str *rest, char separator) NONNULL;

/* Decimal digits only, with an optional minus; false when anything else is in it or it overflows. */
bool str_to_i64(struct str s, int64_t *out) NONNULL MUST_USE;

#endif
