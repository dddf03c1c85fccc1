/*
 * What command line and server say to each other over the control socket: frames of indexer/wire.h with
 * kinds of their own. The client sends CONTROL_RUN and then answers what the server asks of it.
 */
#ifndef SERVER_CONTROL_WIRE_H
#define SERVER_CONTROL_WIRE_H

#include "indexer/wire.h"

enum control_kind {
	CONTROL_RUN = 96,  /* client: texts argv */
	CONTROL_EXIT,      /* server, last: u32 exit code */
	CONTROL_OUT,       /* server: text for standard output; no answer */
	CONTROL_ERR,       /* server: text for standard error; no answer */
	CONTROL_PROGRESS,  /* server: i64 done, i64 all; no answer */
	CONTROL_NEXT_FILE, /* server asks; answered by CONTROL_FILE or CONTROL_DONE */
	CONTROL_FILE,      /* client: u32 argument, text name, i64 size; then pieces */
	CONTROL_PUT_FILE, /* server: u32 argument, text name, i64 size; then pieces; CONTROL_DONE */
	CONTROL_PIECE,    /* text: the next bytes of a file */
	CONTROL_SECRET,   /* server asks; answered by CONTROL_SECRET_IS or CONTROL_DONE */
	CONTROL_SECRET_IS, /* client: text */
	CONTROL_DONE,      /* client: u32 outcome (enum status), text message */
};

enum { CONTROL_PIECE_MAX = 4 * 1024 * 1024 };

/* One message there and perhaps back. `in` keeps the bytes of what was received. */
struct control_wire {
	int fd;
	struct buf in, out;
};
void control_wire_release(struct control_wire *w) NONNULL; /* closes the socket too */

void control_begin(struct control_wire *w, enum control_kind kind) NONNULL;
enum status control_send(struct control_wire *w) NONNULL MUST_USE;
enum status control_receive(struct control_wire *w, enum control_kind *kind,
			    struct wire_reader *fields) NONNULL MUST_USE;

/* A file's content in pieces behind the message that announced its size. */
enum status control_send_content(struct control_wire *w, struct str content) NONNULL MUST_USE;
enum status control_receive_content(struct control_wire *w, struct buf *out, int64_t size)
	NONNULL MUST_USE;

/* The outcome that CONTROL_DONE carries, as a failure of this thread where it is one. */
enum status control_outcome(struct wire_reader *fields) NONNULL MUST_USE;

/*
 * A socket address below a folder, however long the folder's name: through /proc/self/fd. The folder's
 * descriptor must stay open until bind() or connect().
 */
struct sockaddr_un;
enum status control_address(struct sockaddr_un *out, int *folder_fd, const char *path)
	NONNULL MUST_USE;

#endif
