/*
 * Reads the texts of files, one after the other, in a thread of its own: each in a child that is started for
 * it and ends with it. What was read goes to the record, from where the feed takes it to the index.
 */
#ifndef SERVER_EXTRACTOR_H
#define SERVER_EXTRACTOR_H

#include "schema/base/err.h"

struct app;
struct extractor;

/* Begins with what waits already; contents that no file needs any more are swept away first. */
enum status extractor_start(struct extractor **out, struct app *app) NONNULL MUST_USE;

/* A file that is being read is read anew after the next start. */
void extractor_stop(struct extractor *e);

/* A file was added. */
void extractor_wake(struct extractor *e);

/* Wait until no text waits to be read. BUSY when `deadline` (clock_mono; 0: none) passes. */
enum status extractor_wait_idle(struct extractor *e, int64_t deadline) MUST_USE;

#endif
