/* The gate's own answers: complete, with every header, before the library knows of the request. */
#ifndef SERVER_GATE_ANSWER_H
#define SERVER_GATE_ANSWER_H

#include "schema/base/buf.h"
#include "server/i18n.h"

/* How an answer is to look: guessed from whatever of a request has come, and good for nothing else. */
struct gate_asked {
	bool head; /* no body follows */
	bool page; /* a browser asked, and a person looks; programs get one plain line */
	enum lang lang;
};

/* `otherwise`: the language where none is asked for. */
struct gate_asked gate_asked_of(struct str seen, enum lang otherwise);

/* The body alone, and its type. */
void gate_answer_body(struct buf *out, int status, struct gate_asked asked) NONNULL;
struct str gate_answer_type(struct gate_asked asked);

/* Write a whole answer. It fits into any send buffer. */
void gate_answer_write(struct buf *out, int status, struct gate_asked asked, bool tls) NONNULL;

#endif
