/* The loops of the children: receive a message, answer it, until the other side closes. */
#ifndef INDEXER_SERVE_H
#define INDEXER_SERVE_H

#include "indexer/wire.h"

/* Write the answer to one message into `reply`; any other outcome than OK becomes REFUSED or FAILED. */
typedef enum status serve_answer(void *context, struct buf *reply, enum wire_kind kind,
				 struct wire_reader *message, struct arena *mem);

/*
 * Say WIRE_READY, then answer every message. PING is answered here. An outcome of INVALID or
 * TOO_LARGE is told as WIRE_REFUSED, any other as WIRE_FAILED; the message of the failure goes with
 * it. OK when the other side closed between messages.
 */
enum status serve(int fd, serve_answer *answer, void *context) MUST_USE __attribute__((nonnull(2)));

/* For messages that the child's role does not know, or that are damaged: always INVALID. */
enum status serve_bad_message(enum wire_kind kind) MUST_USE;

/* The convert child. `job_begins` and `job_ends` set and lift the limit of one conversion. */
enum status markdown_serve(int fd, void (*job_begins)(void), void (*job_ends)(void))
	MUST_USE NONNULL;

/* The search child. */
enum status search_serve(int fd, const char *folder) NONNULL MUST_USE;

#endif
