/* A fixed number of threads that work on a queue of fixed length. */
#ifndef SERVER_POOL_H
#define SERVER_POOL_H

#include "schema/base/err.h"

struct pool;

struct pool_options {
	int threads, queue;
	/* Called in a thread of the pool; `number` is that of the thread, from 0. */
	void (*work)(void *context, int number, void *job);
	void *context;
};

enum status pool_start(struct pool **out, const struct pool_options *options) NONNULL MUST_USE;

/* False when the queue is full: say so to the client instead of letting it wait. */
bool pool_add(struct pool *pool, void *job) NONNULL MUST_USE;

/* Finish what is queued and end the threads. */
void pool_stop(struct pool *pool);

#endif
