/* The pool of threads: a ring of jobs behind one lock. */
#include "server/pool.h"

#include <pthread.h>

#include "schema/base/arena.h"

struct pool {
	struct pool_options options;
	pthread_mutex_t lock;
	pthread_cond_t more;
	pthread_t *threads;
	int n_threads; /* started */
	void **ring;
	int first, count;
	bool stopping;
};

struct start {
	struct pool *pool;
	int number;
};

static void *take(struct pool *pool)
{
	void *job = NULL;

	pthread_mutex_lock(&pool->lock);
	while (pool->count == 0 && !pool->stopping)
		pthread_cond_wait(&pool->more, &pool->lock);
	if (pool->count > 0) {
		job = pool->ring[pool->first];
		pool->first = (pool->first + 1) % pool->options.queue;
		pool->count--;
	}
	pthread_mutex_unlock(&pool->lock);
	return job;
}

static void *run(void *argument)
{
	struct start start = *(struct start *)argument;
	void *job;

	free(argument);
	while ((job = take(start.pool)))
		start.pool->options.work(start.pool->options.context, start.number, job);
	return NULL;
}

enum status pool_start(struct pool **out, const struct pool_options *options)
{
	struct pool *pool = xmalloc(sizeof(*pool));

	*pool = (struct pool){.options = *options};
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->more, NULL);
	pool->threads = xmalloc((size_t)options->threads * sizeof(*pool->threads));
	pool->ring = xmalloc((size_t)options->queue * sizeof(*pool->ring));
	*out = pool;
	for (int i = 0; i < options->threads; i++) {
		struct start *start = xmalloc(sizeof(*start));

		*start = (struct start){pool, i};
		if (pthread_create(&pool->threads[i], NULL, run, start) != 0) {
			free(start);
			return fail(ST_FAILED, "cannot start a thread of the pool");
		}
		pool->n_threads++;
	}
	return ST_OK;
}

bool pool_add(struct pool *pool, void *job)
{
	bool room;

	pthread_mutex_lock(&pool->lock);
	room = pool->count < pool->options.queue && !pool->stopping;
	if (room) {
		pool->ring[(pool->first + pool->count) % pool->options.queue] = job;
		pool->count++;
		pthread_cond_signal(&pool->more);
	}
	pthread_mutex_unlock(&pool->lock);
	return room;
}

void pool_stop(struct pool *pool)
{
	if (!pool)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pthread_cond_broadcast(&pool->more);
	pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->n_threads; i++)
		pthread_join(pool->threads[i], NULL);
	pthread_cond_destroy(&pool->more);
	pthread_mutex_destroy(&pool->lock);
	free(pool->threads);
	free(pool->ring);
	free(pool);
}
