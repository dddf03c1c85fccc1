/* Passwords that many people choose, which therefore protect nobody. */
#ifndef SCHEMA_PASSWORD_H
#define SCHEMA_PASSWORD_H

#include "schema/base/arena.h"

/* Lower-case words found in leaks, sorted by bytes, each ended by a line feed; made by the build. */
extern const char password_lines[];
extern const size_t password_bytes;

/*
 * True when the whole of it, whatever the case, is one of those words (also with digits and signs
 * around it, or several times over), or when fingers merely walk over neighbouring keys of a Latin,
 * Russian or Uzbek keyboard. UTF-8.
 */
bool password_is_common(struct str password) NONNULL MUST_USE;

/*
 * The form in which a password is judged, hashed and compared: composed letters (NFC), because
 * keyboards and systems differ in how they send the same letter. What is no UTF-8 stays as it is.
 */
struct str password_nfc(struct arena *mem, struct str typed) NONNULL MUST_USE;

#endif
