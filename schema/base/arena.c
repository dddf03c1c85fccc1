/* Arenas and the allocator that never returns NULL. */
#include "schema/base/arena.h"

#include <stdarg.h>

enum { BLOCK_SIZE = 16384 };

struct arena_block {
	struct arena_block *next;
	size_t size; /* of data */
	alignas(max_align_t) char data[];
};

static NORETURN void out_of_memory(void)
{
	(void)fputs("out of memory\n", stderr);
	abort();
}

void *xmalloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *xrealloc(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *xgrow(void *items, size_t count, size_t *room, size_t size)
{
	size_t bytes;

	if (items && count < *room)
		return items;
	*room = *room ? *room * 2 : 8;
	if (__builtin_mul_overflow(*room, size, &bytes))
		out_of_memory();
	return xrealloc(items, bytes);
}

void arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

void arena_release(struct arena *arena)
{
	while (arena->head) {
		struct arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
	arena->used = 0;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->head;

	if (keep && keep->size == BLOCK_SIZE) {
		arena->head = keep->next;
		arena_release(arena);
		keep->next = NULL;
		arena->head = keep;
	} else {
		arena_release(arena);
	}
	arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t aligned;
	char *memory;

	if (__builtin_add_overflow(size, alignof(max_align_t) - 1, &aligned))
		out_of_memory();
	aligned &= ~(alignof(max_align_t) - 1);
	if (!arena->head || arena->head->size - arena->used < aligned) {
		size_t room = aligned > BLOCK_SIZE ? aligned : BLOCK_SIZE;
		struct arena_block *block = xmalloc(sizeof(*block) + room);

		block->next = arena->head;
		block->size = room;
		arena->head = block;
		arena->used = 0;
	}
	memory = arena->head->data + arena->used;
	arena->used += aligned;
	memset(memory, 0, size);
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		out_of_memory();
	return arena_alloc(arena, bytes);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *grown;

	if (items && count < *room)
		return items;
	*room = *room ? *room * 2 : 16;
	grown = arena_array(arena, *room, size);
	if (items)
		memcpy(grown, items, count * size);
	return grown;
}

char *arena_c(struct arena *arena, struct str text)
{
	char *copy = arena_alloc(arena, text.len + 1);

	if (text.len)
		memcpy(copy, text.ptr, text.len);
	return copy;
}

struct str arena_str(struct arena *arena, struct str text)
{
	return str_of(arena_c(arena, text), text.len);
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		return STR_NONE;
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(args, format);
	(void)vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return str_of(text, (size_t)len);
}
