/* One password, whatever keyboard typed it. The only place that knows libunistring. */
#include "schema/password.h"

#include <uninorm.h>

#include "schema/base/utf8.h"

struct str password_nfc(struct arena *mem, struct str typed)
{
	struct str out;
	size_t len = 0;
	uint8_t *made;

	if (!typed.len || !utf8_valid(typed))
		return typed;
	made = u8_normalize(UNINORM_NFC, (const uint8_t *)typed.ptr, typed.len, NULL, &len);
	if (!made)
		abort(); /* out of memory: the text itself is fine */
	out = arena_str(mem, str_of((const char *)made, len));
	explicit_bzero(made, len);
	free(made);
	return out;
}
