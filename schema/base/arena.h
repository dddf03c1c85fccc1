/* Memory of one request or one document: taken piece by piece, given back whole. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "schema/base/str.h"

struct arena_block;

struct arena {
	struct arena_block *head; /* the block that is being filled */
	size_t used;              /* bytes taken from it */
};

void arena_init(struct arena *arena) NONNULL;
void arena_release(struct arena *arena) NONNULL;
static inline void arena_cleanup(struct arena *arena)
{
	arena_release(arena);
}

/* Give everything back but keep one block, for the next request of the same thread. */
void arena_reset(struct arena *arena) NONNULL;

/* Zeroed memory aligned for any type. Never NULL: out of memory aborts the process. */
void *arena_alloc(struct arena *arena, size_t size) NONNULL MUST_USE
	__attribute__((malloc, returns_nonnull));

/* Zeroed memory for `count` items; an overflow of the product aborts. */
void *arena_array(struct arena *arena, size_t count, size_t size) NONNULL MUST_USE
	__attribute__((malloc, returns_nonnull));

/* A copy that ends in NUL. */
struct str arena_str(struct arena *arena, struct str text) NONNULL MUST_USE;
char *arena_c(struct arena *arena, struct str text) NONNULL MUST_USE
	__attribute__((returns_nonnull));

/*
 * Make room for one more item in an array of the arena that doubles as it grows; the former one stays behind:
 * list = arena_grow(mem, list, count, &room, sizeof(*list));
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size) MUST_USE
	__attribute__((nonnull(1, 4), returns_nonnull));

struct str arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3) NONNULL MUST_USE;

/* Heap memory outside an arena; both abort when memory is out. */
void *xmalloc(size_t size) MUST_USE __attribute__((malloc, returns_nonnull));
void *xrealloc(void *old, size_t size) MUST_USE __attribute__((returns_nonnull));

/*
 * Make room for one more item in an array on the heap that doubles as it grows:
 * list->items = xgrow(list->items, list->count, &list->room, sizeof(*list->items));
 */
void *xgrow(void *items, size_t count, size_t *room, size_t size) MUST_USE
	__attribute__((returns_nonnull));

#endif
