/*
 * Searches on their way into the log: kept in memory and written some seconds later, in one
 * transaction, so that no search waits for the disk. What is kept when the process dies is lost.
 * Everything here may be called from any thread.
 */
#ifndef SERVER_SEARCHED_H
#define SERVER_SEARCHED_H

#include "schema/base/secret.h"
#include "schema/search_log.h"

enum {
	SEARCHED_BATCH = 100,  /* so many are worth writing at once */
	SEARCHED_MOST = 10000, /* more wait only when nothing can be written: they are dropped */
};

struct searched;

struct searched *searched_new(void) MUST_USE __attribute__((returns_nonnull));
void searched_free(struct searched *s);

/* Texts are copied. True when enough are waiting to be written. */
bool searched_add(struct searched *s, const struct search_note *note) NONNULL;
bool searched_add_click(struct searched *s, const struct search_click *click) NONNULL;

/* Write what is waiting. What could not be written is dropped: the log is no record. */
enum status searched_write(struct searched *s, struct db *writer) NONNULL MUST_USE;

/*
 * The mark that the hits' addresses carry: of person, query and space under the key of the
 * installation, so that it tells nobody else anything and is the same when the page comes again.
 */
struct str searched_mark(struct arena *mem, const unsigned char key[SECRET_LEN], int64_t person_id,
			 struct str query_key, struct str space) NONNULL MUST_USE;

/* True for what could be a mark. */
bool searched_is_mark(struct str text);

#endif
