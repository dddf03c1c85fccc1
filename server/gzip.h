/* Compression of pages on their way out. */
#ifndef SERVER_GZIP_H
#define SERVER_GZIP_H

#include "server/http.h"

enum { GZIP_LEAST = 1400 }; /* bytes; a smaller answer fits into one packet anyway */

/*
 * Compress the bytes in place of themselves. Only for answers whose secrets are masked afresh each
 * time (CSRF tokens are), since the length of the result tells about the content.
 */
void gzip_body(struct worker *worker, struct buf *body) NONNULL;

/* Whether Accept-Encoding names this coding with a weight above zero. */
bool gzip_accepts(struct str accept_encoding, const char *coding) NONNULL;

void gzip_release(struct worker *worker) NONNULL;

#endif
