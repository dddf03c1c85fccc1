/*
 * Messages between the server and its children: one frame a message over a socket pair. A frame is
 * its length (4 bytes, little endian, without itself), one byte of kind, then fields:
 * u32, i64 (little endian) and text (u32 length, bytes). Every field is checked when read: a
 * message that is too long, too short or has anything left over is refused, and whoever sent it is
 * ended by the other side.
 *
 * A child says WIRE_READY once and then gives exactly one answer to every message, in order:
 * the kind named beside the message, or WIRE_OK where none is named, else WIRE_REFUSED or
 * WIRE_FAILED. So a sender may have several messages under way.
 */
#ifndef INDEXER_WIRE_H
#define INDEXER_WIRE_H

#include "schema/base/arena.h"
#include "schema/base/buf.h"
#include "schema/base/err.h"

enum { WIRE_MAX = 32 * 1024 * 1024 }; /* bytes of a frame, its length not counted */

/* What WIRE_READY carries; a child that says anything else is of another release. */
#define WIRE_VERSION "1"

enum wire_kind {
	/* any child */
	WIRE_READY = 1, /* child -> server, once: text version */
	WIRE_OK,        /* done, nothing to say */
	WIRE_REFUSED,   /* text: why, in words for people; the input was at fault */
	WIRE_FAILED,    /* text: what broke; for the log */
	WIRE_PING,      /* answered by WIRE_OK */

	/* convert child */
	WIRE_CONVERT = 16, /* text Markdown */
	WIRE_CONVERTED,    /* struct markdown_result, see convert_reply_read() */

	/* write child */
	WIRE_PUT = 32,  /* struct index_doc: add or replace in the shard of its audience */
	WIRE_DELETE,    /* i64 audience, text unique term */
	WIRE_COMMIT,    /* i64 cursor: make all before it durable, then remember the cursor */
	WIRE_COMMITTED, /* u32 n, then n times i64 audience, i64 version of the shard */
	WIRE_STATE,     /* ask; answered by WIRE_STATE_IS */
	/*
	 * i64 cursor, i64 documents, i64 bytes; u32 n; n times i64 audience, i64 version. A cursor
	 * of -1: the folder is damaged or of another format and must be built anew.
	 */
	WIRE_STATE_IS,
	WIRE_LIST,   /* ask for what is in a shard, for checking: i64 audience */
	WIRE_LISTED, /* u32 n; n times text unique term, i64 revision */

	/* search child */
	WIRE_SEARCH = 48, /* struct search_request */
	WIRE_FOUND,       /* struct search_result */

	/* extract child; the file is its standard input */
	WIRE_EXTRACT = 64, /* u32 enum extract_type */
	WIRE_EXTRACTED,    /* text */
};

struct wire_reader {
	struct str bytes;
	size_t at;
	bool bad; /* something was missing; all later reads give zeros */
};

/* Writing a message: begin, add fields, send. */
void wire_begin(struct buf *out, enum wire_kind kind) NONNULL;
void wire_u32(struct buf *out, uint32_t value) NONNULL;
void wire_i64(struct buf *out, int64_t value) NONNULL;
void wire_text(struct buf *out, struct str text) NONNULL;

uint32_t wire_get_u32(struct wire_reader *r) NONNULL;
int64_t wire_get_i64(struct wire_reader *r) NONNULL;
struct str wire_get_text(struct wire_reader *r) NONNULL; /* points into the message */
bool wire_get_end(const struct wire_reader *r) NONNULL;  /* nothing bad and nothing left over */

/* The number of items that follow, each of at least `least` bytes; more than fits is bad. */
uint32_t wire_get_count(struct wire_reader *r, size_t least) NONNULL;

/* A list of texts: u32 n, n times text. */
void wire_texts(struct buf *out, const struct str *texts, size_t count);
struct str *wire_get_texts(struct wire_reader *r, struct arena *mem, size_t *count) NONNULL;

/*
 * Fill in the length and send. TOO_LARGE for more than WIRE_MAX, BUSY when `deadline` (clock_mono) passes, NOT_FOUND when the
 * other side is gone. A deadline of 0 waits for ever.
 */
enum status wire_send(int fd, struct buf *message, int64_t deadline) NONNULL MUST_USE;

/*
 * Receive one message; `storage` keeps its bytes until the next receive. NOT_FOUND when the other side
 * is gone between messages, FAILED within one, INVALID for a length that no message has, otherwise as wire_send.
 * After any outcome but OK the two sides may be out of step: close the socket.
 */
enum status wire_receive(int fd, struct buf *storage, enum wire_kind *kind, struct wire_reader *out,
			 int64_t deadline) NONNULL MUST_USE;

#endif
