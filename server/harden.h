/* What the process gives up before it does anything else (security.md 8.2, 8.3). */
#ifndef SERVER_HARDEN_H
#define SERVER_HARDEN_H

#include "schema/base/err.h"

/*
 * No core file, nobody of the same account may look into its memory, and neither it nor any child
 * can win rights by starting a program.
 */
enum status harden(void) MUST_USE;

#endif
