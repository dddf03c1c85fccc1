/* The headers that every answer carries (security.md 5.2), for pages and for the gate alike. */
#ifndef SERVER_HEADERS_H
#define SERVER_HEADERS_H

#include "server/http.h"

/*
 * The i-th header for an answer of this kind, false behind the last. `tls`: people come over https.
 * Content-Type, caching and whatever else depends on the answer itself are not among them.
 */
bool headers_common(size_t i, enum reply_kind kind, bool tls, const char **name, const char **value)
	NONNULL;

/* "Not Found" */
const char *headers_reason(int status);

#endif
