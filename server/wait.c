/* Waiting with an end. */
#include "server/wait.h"

enum { SECOND = 1000000 };

void wait_init(pthread_cond_t *change)
{
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(change, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

void wait_change(pthread_cond_t *change, pthread_mutex_t *lock, int64_t until)
{
	struct timespec at = {.tv_sec = (time_t)(until / SECOND),
			      .tv_nsec = (long)(until % SECOND) * 1000};

	if (until)
		(void)pthread_cond_timedwait(change, lock, &at);
	else
		(void)pthread_cond_wait(change, lock);
}
