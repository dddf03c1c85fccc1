/*
 * What a server does without being asked, on one thread: it writes the log of searches every few
 * seconds, asks the saved searches whose time has come, and forgets what is too old.
 */
#ifndef SERVER_CHORES_H
#define SERVER_CHORES_H

#include "server/app.h"

struct chores;

enum status chores_start(struct chores **out, struct app *app) NONNULL MUST_USE;

/* Write what waits and end the thread. */
void chores_stop(struct chores *chores);

/* Something is worth doing at once. `chores` may be NULL: nothing runs then. */
void chores_wake(struct chores *chores);

#endif
