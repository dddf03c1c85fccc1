/*
 * Chunked bodies. The library reads them too leniently and answers bad ones with headers of its own,
 * so the gate takes such a request off the socket itself, and gives the library one end of a socket
 * pair to answer into. Rare: browsers never send them. The same way goes what people see as a page
 * though the gate has refused it.
 */
#ifndef SERVER_GATE_CHUNKS_H
#define SERVER_GATE_CHUNKS_H

#include "server/gate_parse.h"

struct gate_chunks;

enum {
	GATE_CHUNKS_MORE = -1, /* wait for the socket */
	GATE_CHUNKS_WHOLE = 0, /* done */
	GATE_CHUNKS_GONE = 1,  /* the client is gone */
			       /* anything else: the status to refuse with */
};

/* Copies `block`, whose bytes are still to be taken off the socket. */
struct gate_chunks *gate_chunks_new(const struct http_head *head, struct str block) NONNULL
	__attribute__((returns_nonnull));

/* A request that is refused whatever its body: without it, to be answered as a page. */
struct gate_chunks *gate_chunks_refused(const struct http_head *head, struct str block, int status)
	NONNULL __attribute__((returns_nonnull));
void gate_chunks_free(struct gate_chunks *c);

/* Take what is there. Refuses (400) chunk extensions and trailers too: nobody needs them. */
int gate_chunks_read(struct gate_chunks *c, int fd) NONNULL MUST_USE;

/* The decoder alone, for the fuzzer: feed any pieces of what follows the head. */
int gate_chunks_feed(struct gate_chunks *c, struct str piece) NONNULL MUST_USE;

/* The end of a new pair for the library, with a request in it to answer; -1 when there is none. */
int gate_chunks_pair(struct gate_chunks *c) NONNULL MUST_USE;
int gate_chunks_outer(const struct gate_chunks *c) NONNULL; /* our end of it */

/* Copy what the library has answered so far. */
int gate_chunks_copy(struct gate_chunks *c, int fd) NONNULL MUST_USE;

/* The request, as if it had come with a length. */
const struct http_head *gate_chunks_head(const struct gate_chunks *c) NONNULL;
struct str gate_chunks_block(const struct gate_chunks *c) NONNULL;
struct str gate_chunks_body(const struct gate_chunks *c) NONNULL;

#endif
