/* Passwords that many people choose, which therefore protect nobody. */
#ifndef SCHEMA_PASSWORD_H
#define SCHEMA_PASSWORD_H

#include "schema/base/str.h"

/* Lower-case words found in leaks, sorted by bytes, each ended by a line feed; made by the build. */
extern const char password_lines[];
extern const size_t password_bytes;

/*
 * True when the whole of it, whatever the case, is one of those words (also with digits and signs
 * around it, or several times over), or when fingers merely walk over neighbouring keys of a Latin,
 * Russian or Uzbek keyboard. UTF-8.
 */
bool password_is_common(struct str password) NONNULL MUST_USE;

#endif
