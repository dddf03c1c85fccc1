/* Waiting for another thread with an end by clock_mono(): a wall clock that is set cannot prolong it. */
#ifndef SERVER_WAIT_H
#define SERVER_WAIT_H

#include <pthread.h>

#include "schema/base/clock.h"

/* In place of pthread_cond_init(), for what wait_change() waits on. */
void wait_init(pthread_cond_t *change) NONNULL;

/*
 * Until the change is signalled or the time is `until` (clock_mono; 0: no end). It may wake for no
 * reason: the caller looks again at what it waits for.
 */
void wait_change(pthread_cond_t *change, pthread_mutex_t *lock, int64_t until) NONNULL;

#endif
