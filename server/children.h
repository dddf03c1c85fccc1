/*
 * The indexer's children (design.md 2): started, asked, timed and started again. They know nothing
 * of record, rights or network, and may die at any moment. All functions may be called from several
 * threads; each call has one child for itself while it lasts.
 */
#ifndef SERVER_CHILDREN_H
#define SERVER_CHILDREN_H

#include "indexer/markdown.h"
#include "indexer/search.h"

enum child_role { CHILD_CONVERT, CHILD_WRITE, CHILD_SEARCH, CHILD_EXTRACT, CHILD_ROLES };

struct children_options {
	const char *program; /* NULL: DEVON_INDEXER, else devon-indexer beside this program */
	const char *index;   /* folder of the index, given to write and search; may change later */
	int convert, search; /* how many: 1 and 2 */
	int convert_ms, search_ms; /* deadlines: 2,000 each */
};

struct children;

/* Spawn all of them and return at once; calls wait until theirs is ready. */
enum status children_start(struct children **out, const struct children_options *options)
	NONNULL MUST_USE;

/* End all of them. Nothing that was acknowledged is lost by it. */
void children_stop(struct children *c);

/* End those of a role, also one that is being asked: who waits for its answer learns that it was lost. */
void children_kill(struct children *c, enum child_role role) NONNULL;

/* From now on the children of this role (write or search) work in another folder. */
enum status children_set_index(struct children *c, enum child_role role, const char *folder)
	NONNULL MUST_USE;

/*
 * Markdown to tree, plain text, headings and links. INVALID with words for the author when the text is
 * refused, or too complex for the child to finish. BUSY when no child became free in time.
 */
enum status children_convert(struct markdown_result *out, struct arena *mem, struct children *c,
			     struct str markdown) NONNULL MUST_USE;

/* A search. BUSY while no child can answer: the page says so and goes on without. */
enum status children_search(struct search_result *out, struct arena *mem, struct children *c,
			    const struct search_request *request) NONNULL MUST_USE;

/*
 * One message to the write child and its answer, for feed.c only. `reply` keeps the bytes. `birth` says
 * which child it must be, 0 for any, and is set to the one that was asked. FAILED when the child died,
 * ran over or is another: it is started again, and what was not committed is gone.
 */
enum status children_write(struct children *c, int64_t *birth, struct buf *message,
			   struct buf *reply, enum wire_kind *kind, struct wire_reader *fields,
			   int64_t deadline) NONNULL MUST_USE;

/* The path of devon-indexer. */
const char *children_program(const struct children *c) NONNULL;

struct child_state {
	enum child_role role;
	int64_t pid; /* 0: waiting to be started again */
	int64_t births, deaths;
	int64_t losses; /* of the deaths: it died or was ended while it worked */
};
/* For status and health; returns the number filled, at most `room`. */
size_t children_states(struct children *c, struct child_state *out, size_t room) NONNULL;

#endif
