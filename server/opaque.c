/* Numbers enciphered: half of the text is a keyed hash of the number, and masks the other half. */
#include "server/opaque.h"

enum { HALF = 8 };

/* `out` becomes the first bytes of a keyed hash of `purpose` and eight bytes. */
static void hash_half(unsigned char out[HALF], const unsigned char key[SECRET_LEN],
		      const char *purpose, const char *step, const unsigned char bytes[HALF])
{
	struct digester d;
	struct digest plain, keyed;

	digester_init(&d);
	digester_piece(&d, str_c(purpose));
	digester_piece(&d, str_c(step));
	digester_piece(&d, str_of((const char *)bytes, HALF));
	plain = digester_end(&d);
	keyed = digest_keyed(key, str_of((const char *)plain.bytes, DIGEST_LEN));
	memcpy(out, keyed.bytes, HALF);
}

struct str opaque_write(struct arena *mem, const unsigned char key[SECRET_LEN], const char *purpose,
			int64_t number)
{
	unsigned char bytes[2 * HALF], plain[HALF], mask[HALF];

	memcpy(plain, &number, HALF);
	hash_half(bytes, key, purpose, "tag", plain);
	hash_half(mask, key, purpose, "mask", bytes);
	for (int i = 0; i < HALF; i++)
		bytes[HALF + i] = plain[i] ^ mask[i];
	return secret_base64(mem, bytes, sizeof(bytes));
}

bool opaque_read(int64_t *out, const unsigned char key[SECRET_LEN], const char *purpose,
		 struct str text)
{
	unsigned char bytes[2 * HALF], plain[HALF], mask[HALF], tag[HALF];

	if (!secret_from_base64(text, bytes, sizeof(bytes)))
		return false;
	hash_half(mask, key, purpose, "mask", bytes);
	for (int i = 0; i < HALF; i++)
		plain[i] = bytes[HALF + i] ^ mask[i];
	hash_half(tag, key, purpose, "tag", plain);
	if (!secret_equal(tag, bytes, HALF))
		return false;
	memcpy(out, plain, HALF);
	return true;
}
