/* The gate's own answers: complete, with every header, before the library knows of the request. */
#ifndef SERVER_GATE_ANSWER_H
#define SERVER_GATE_ANSWER_H

#include "schema/base/buf.h"

/* Write a whole answer of plain text. `head`: the request was HEAD, so no body follows. */
void gate_answer_write(struct buf *out, int status, bool head, bool tls) NONNULL;

#endif
