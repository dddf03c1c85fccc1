/* The stack of idle connections. */
#include "server/db_pool.h"

#include <pthread.h>

struct db_pool {
	pthread_mutex_t lock;
	char *path;
	struct db **idle;
	size_t count, room;
};

struct db_pool *db_pool_new(const char *path)
{
	struct db_pool *pool = xmalloc(sizeof(*pool));
	size_t size = strlen(path) + 1;

	*pool = (struct db_pool){.path = xmalloc(size)};
	memcpy(pool->path, path, size);
	pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

void db_pool_free(struct db_pool *pool)
{
	if (!pool)
		return;
	for (size_t i = 0; i < pool->count; i++)
		db_close(pool->idle[i]);
	pthread_mutex_destroy(&pool->lock);
	free(pool->idle);
	free(pool->path);
	free(pool);
}

enum status db_pool_take(struct db **out, struct db_pool *pool)
{
	struct db *db = NULL;

	pthread_mutex_lock(&pool->lock);
	if (pool->count)
		db = pool->idle[--pool->count];
	pthread_mutex_unlock(&pool->lock);
	if (!db)
		return db_open(out, pool->path, DB_READ);
	*out = db;
	return ST_OK;
}

void db_pool_give(struct db_pool *pool, struct db *db)
{
	pthread_mutex_lock(&pool->lock);
	pool->idle = xgrow(pool->idle, pool->count, &pool->room, sizeof(*pool->idle));
	pool->idle[pool->count++] = db;
	pthread_mutex_unlock(&pool->lock);
}
