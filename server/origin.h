/* Our own names: which Host we answer to, and which Origin may act (design.md 5). */
#ifndef SERVER_ORIGIN_H
#define SERVER_ORIGIN_H

#include "schema/base/arena.h"
#include "schema/base/err.h"

enum { ORIGIN_HOSTS_MAX = 6 };

struct origin {
	bool tls;                           /* https */
	struct str url;                     /* "https://devon.example" without a slash at its end */
	struct str hosts[ORIGIN_HOSTS_MAX]; /* as they stand in Host, in lower case */
	size_t n_hosts;
};

/*
 * From `public_url` (may be empty) and the listener's own address and port. INVALID when public_url
 * is no address of the form http(s)://host[:port][/].
 */
enum status origin_init(struct origin *out, struct arena *mem, struct str public_url,
			struct str address, int port) NONNULL MUST_USE;

/* Host of a request, compared without case. */
bool origin_is_host(const struct origin *origin, struct str host) NONNULL;

/* The value of Origin, or the beginning of a Referer, is one of ours. */
bool origin_is_ours(const struct origin *origin, struct str value) NONNULL;
bool origin_of_referer(const struct origin *origin, struct str referer) NONNULL;

#endif
