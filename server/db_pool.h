/* Connections that refuse writes, opened as they are needed and kept for the next request. */
#ifndef SERVER_DB_POOL_H
#define SERVER_DB_POOL_H

#include "schema/db.h"

struct db_pool;

/* `path` is copied; nothing is opened yet. */
struct db_pool *db_pool_new(const char *path) NONNULL MUST_USE __attribute__((returns_nonnull));
void db_pool_free(struct db_pool *pool);

/* The connection used last comes first: its cache is warm, and the others stay closed. */
enum status db_pool_take(struct db **out, struct db_pool *pool) NONNULL MUST_USE;
void db_pool_give(struct db_pool *pool, struct db *db) NONNULL;

#endif
