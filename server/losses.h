/* Children that died or were ended while they worked, in the journal (security.md 7.1). */
#ifndef SERVER_LOSSES_H
#define SERVER_LOSSES_H

#include "server/app.h"
#include "server/children.h"

struct losses {
	int64_t told[CHILD_ROLES]; /* so many of each role stand in the journal */
	int64_t next_at;           /* clock_mono() from which rows may be written again */
};

/* One row for each role that lost children since the last; at most once a minute, however many. */
void losses_note(struct losses *losses, struct app *app) NONNULL;

#endif
