/* A text that grows. Never NULL, always ends in NUL, remembers when it outgrew its cap. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "schema/base/arena.h"
#include "schema/base/str.h"

struct buf {
	char *ptr;   /* read it through buf_str() or buf_c() */
	size_t len;  /* bytes, without the final NUL */
	size_t room; /* bytes of memory behind ptr */
	size_t cap;  /* most bytes it may hold; 0 means no cap */
	bool over;   /* something did not fit under the cap; the rest was dropped */
};

/* `struct buf b = {0}` is an empty buffer without a cap. */
void buf_init(struct buf *buf, size_t cap) NONNULL;
void buf_release(struct buf *buf) NONNULL;
static inline void buf_cleanup(struct buf *buf)
{
	buf_release(buf);
}

/* Empty it and keep the memory. */
void buf_reset(struct buf *buf) NONNULL;

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str_add(struct buf *buf, struct str text) NONNULL;
void buf_c_add(struct buf *buf, const char *text) NONNULL;
void buf_byte(struct buf *buf, char byte) NONNULL;
void buf_printf(struct buf *buf, const char *format, ...) PRINTF(2, 3) NONNULL;
void buf_i64(struct buf *buf, int64_t number) NONNULL;

/* Cut it back to `len` bytes. */
void buf_cut(struct buf *buf, size_t len) NONNULL;

/* What it holds now; valid until the next change. */
struct str buf_str(const struct buf *buf) NONNULL;
const char *buf_c(const struct buf *buf) NONNULL;

/* A copy that lives in the arena. */
struct str buf_keep(const struct buf *buf, struct arena *arena) NONNULL MUST_USE;

#endif
