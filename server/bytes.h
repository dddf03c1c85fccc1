/* Whole numbers as files hold them. What lies behind the end counts as nothing. */
#ifndef SERVER_BYTES_H
#define SERVER_BYTES_H

#include "schema/base/str.h"

/* `len` bytes at `at`, the most significant one first; at most four. */
static inline uint32_t bytes_big(struct str bytes, size_t at, size_t len)
{
	uint32_t value = 0;

	for (size_t i = 0; i < len && at + i < bytes.len; i++)
		value = value << 8 | (unsigned char)bytes.ptr[at + i];
	return value;
}

/* The same, the least significant one first. */
static inline uint32_t bytes_little(struct str bytes, size_t at, size_t len)
{
	uint32_t value = 0;

	for (size_t i = len; i-- > 0;) {
		if (at + i < bytes.len)
			value |= (uint32_t)(unsigned char)bytes.ptr[at + i] << (8 * i);
	}
	return value;
}

#endif
