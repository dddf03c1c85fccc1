/* CSRF tokens: a random pad, and the keyed hash of the secret hidden under it. */
#include "server/csrf.h"

#include <assert.h>

static struct digest expected(const unsigned char key[SECRET_LEN], struct str secret)
{
	struct digester d;
	struct digest both;

	digester_init(&d);
	digester_piece(&d, STR("csrf"));
	digester_piece(&d, secret);
	both = digester_end(&d);
	return digest_keyed(key, str_of((const char *)both.bytes, sizeof(both.bytes)));
}

void csrf_token(char out[OUT_CSRF_LEN], struct arena *mem, const unsigned char key[SECRET_LEN],
		struct str secret)
{
	struct digest want = expected(key, secret);
	unsigned char bytes[2 * DIGEST_LEN];
	struct str text;

	secret_random(bytes, DIGEST_LEN);
	for (size_t i = 0; i < DIGEST_LEN; i++)
		bytes[DIGEST_LEN + i] = bytes[i] ^ want.bytes[i];
	text = secret_base64(mem, bytes, sizeof(bytes));
	assert(text.len == OUT_CSRF_LEN);
	memcpy(out, text.ptr, OUT_CSRF_LEN);
}

bool csrf_check(struct str token, const unsigned char key[SECRET_LEN], struct str secret)
{
	struct digest want = expected(key, secret);
	unsigned char bytes[2 * DIGEST_LEN];

	if (!secret_from_base64(token, bytes, sizeof(bytes)))
		return false;
	for (size_t i = 0; i < DIGEST_LEN; i++)
		bytes[DIGEST_LEN + i] ^= bytes[i];
	return secret_equal(bytes + DIGEST_LEN, want.bytes, DIGEST_LEN);
}
