/* Our cookies (security.md 4.5): the session, the visit before signing in, language and theme. */
#ifndef SERVER_COOKIE_H
#define SERVER_COOKIE_H

#include "schema/base/arena.h"

enum cookie {
	COOKIE_SESSION,
	COOKIE_VISIT,
	COOKIE_LANGUAGE, /* of the interface, for who has not signed in */
	COOKIE_THEME,    /* "light" or "dark" */
};

/*
 * The value in a Cookie header; the empty text where there is none. False when it is there more
 * than once. `tls` decides about the name: __Host-devon, or devon on plain loopback.
 */
bool cookie_find(struct str *out, struct str header, enum cookie cookie, bool tls) NONNULL MUST_USE;

/* The value of Set-Cookie; an empty secret takes the cookie back. */
struct str cookie_make(struct arena *mem, enum cookie cookie, struct str secret, bool tls) NONNULL;

#endif
