/* One child process of the indexer and our end of its socket; children.c keeps them. */
#ifndef SERVER_CHILD_H
#define SERVER_CHILD_H

#include <sys/types.h>

#include "server/children.h"

enum child_phase {
	PHASE_DOWN, /* to be started at `due` */
	PHASE_BORN, /* has not said that it is ready */
	PHASE_IDLE,
	PHASE_BUSY,
	PHASE_LOST, /* given up; to be killed and started again */
};

struct child {
	enum child_role role;
	enum child_phase phase; /* kept by children.c, under its lock */
	pid_t pid;
	int fd;
	int64_t born, due, backoff;
	int64_t births, deaths;
	int64_t losses;     /* deaths while it worked */
	int generation;     /* of the index folder that it was started with */
	struct buf in, out; /* for messages, kept from one to the next */
};

const char *child_role_name(enum child_role role);

/* Only from a thread that lives as long as the child is wanted: the child ends with it. */
enum status child_start(struct child *child, const char *program, const char *index)
	NONNULL MUST_USE;

/* A child of the role CHILD_EXTRACT, with an open file as its standard input. */
enum status child_start_over(struct child *child, const char *program, int input) NONNULL MUST_USE;

/* Kill it if it still lives, and set when it may be started again. */
void child_bury(struct child *child) NONNULL;

/* False when it has closed its end. */
bool child_is_alive(const struct child *child) NONNULL;

/* Wait for its first message, which says that it is ready and of our release. */
enum status child_greet(struct child *child) NONNULL MUST_USE;

/* Send and receive. Any outcome but OK and TOO_LARGE means that the child is lost. */
enum status child_ask(struct child *child, struct buf *message, struct buf *reply,
		      enum wire_kind *kind, struct wire_reader *fields, int64_t deadline)
	NONNULL MUST_USE;

#endif
