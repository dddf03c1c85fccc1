/* News of saved searches: each is asked again when its time has come, with the rights of its owner. */
#ifndef SERVER_ALERTS_H
#define SERVER_ALERTS_H

#include "server/app.h"

/*
 * Ask the saved search that has waited longest, if one is due; `more` says whether there was one.
 * Where the index does not answer it stays due, and `more` is false. `app` must have its children.
 */
enum status alerts_run_one(bool *more, struct app *app) NONNULL MUST_USE;

#endif
