/* What the convert child answers: the result of markdown_convert() as a message. */
#ifndef INDEXER_CONVERT_WIRE_H
#define INDEXER_CONVERT_WIRE_H

#include "indexer/markdown.h"
#include "indexer/wire.h"

/* Write the whole message, WIRE_CONVERTED. */
void convert_reply_write(struct buf *message, const struct markdown_result *result) NONNULL;

/*
 * Read the fields of WIRE_CONVERTED; false when anything is missing, left over or out of range.
 * Everything in `out` is copied to `mem`. The tree is not checked here: server/markup.c trusts
 * nothing in it.
 */
bool convert_reply_read(struct markdown_result *out, struct arena *mem, struct wire_reader *r)
	NONNULL MUST_USE;

#endif
