/* Secrets and hashes, by libsodium. */
#include "schema/base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

_Static_assert(sizeof(struct digester) >= sizeof(crypto_generichash_state), "room for the state");

enum status secret_init(void)
{
	if (sodium_init() < 0)
		return fail(ST_FAILED, "libsodium cannot start");
	return ST_OK;
}

void secret_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";

void secret_public_id(char out[PUBLIC_ID_LEN + 1])
{
	uint64_t bits;

	randombytes_buf(&bits, sizeof(bits));
	for (size_t i = 0; i < PUBLIC_ID_LEN; i++) {
		out[i] = crockford[bits & 31];
		bits >>= 5;
	}
	out[PUBLIC_ID_LEN] = '\0';
}

bool secret_is_public_id(struct str text)
{
	if (text.len != PUBLIC_ID_LEN)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || !strchr(crockford, text.ptr[i]))
			return false;
	}
	return true;
}

void secret_text(char out[SECRET_TEXT_LEN + 1])
{
	unsigned char bytes[SECRET_LEN];

	randombytes_buf(bytes, sizeof(bytes));
	(void)sodium_bin2base64(out, SECRET_TEXT_LEN + 1, bytes, sizeof(bytes),
				sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

struct digest digest_of(struct str text)
{
	struct digest out;

	(void)crypto_generichash(out.bytes, sizeof(out.bytes), (const unsigned char *)text.ptr,
				 text.len, NULL, 0);
	return out;
}

struct digest digest_keyed(const unsigned char key[SECRET_LEN], struct str text)
{
	struct digest out;

	(void)crypto_generichash(out.bytes, sizeof(out.bytes), (const unsigned char *)text.ptr,
				 text.len, key, SECRET_LEN);
	return out;
}

_Static_assert((int)TABLE_KEY_LEN == crypto_shorthash_KEYBYTES, "key of short hashes");

uint64_t secret_table_hash(const unsigned char key[TABLE_KEY_LEN], struct str text)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	uint64_t hash = 0;

	crypto_shorthash(bytes, (const unsigned char *)text.ptr, text.len, key);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}

void digester_init(struct digester *d)
{
	(void)crypto_generichash_init((crypto_generichash_state *)(void *)d->state, NULL, 0,
				      DIGEST_LEN);
}

void digester_i64(struct digester *d, int64_t number)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
	(void)crypto_generichash_update((crypto_generichash_state *)(void *)d->state, bytes,
					sizeof(bytes));
}

void digester_bytes(struct digester *d, struct str bytes)
{
	(void)crypto_generichash_update((crypto_generichash_state *)(void *)d->state,
					(const unsigned char *)bytes.ptr, bytes.len);
}

void digester_piece(struct digester *d, struct str piece)
{
	digester_i64(d, (int64_t)piece.len);
	digester_bytes(d, piece);
}

struct digest digester_end(struct digester *d)
{
	struct digest out;

	(void)crypto_generichash_final((crypto_generichash_state *)(void *)d->state, out.bytes,
				       sizeof(out.bytes));
	return out;
}

bool secret_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

bool digest_eq(const struct digest *a, const struct digest *b)
{
	return secret_equal(a->bytes, b->bytes, DIGEST_LEN);
}

void secret_wipe(void *memory, size_t len)
{
	sodium_memzero(memory, len);
}

void secret_lock(void *memory, size_t len)
{
	(void)sodium_mlock(memory, len);
}

void secret_hex(char *out, const void *bytes, size_t len)
{
	(void)sodium_bin2hex(out, len * 2 + 1, bytes, len);
}

struct str secret_base64(struct arena *mem, const void *bytes, size_t len)
{
	size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(mem, room);

	(void)sodium_bin2base64(text, room, bytes, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_c(text);
}

bool secret_from_base64(struct str text, void *out, size_t len)
{
	size_t got = 0;

	return text.len &&
	       sodium_base642bin(out, len, text.ptr, text.len, NULL, &got, NULL,
				 sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       got == len;
}

bool secret_read_base64(struct str *out, struct arena *mem, struct str text)
{
	char *bytes = arena_alloc(mem, text.len + 1);
	size_t got = 0;

	if (!text.len || sodium_base642bin((unsigned char *)bytes, text.len, text.ptr, text.len,
					   NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
		return false;
	*out = str_of(bytes, got);
	return true;
}

enum status password_hash(char out[PASSWORD_HASH_MAX], struct str password)
{
	_Static_assert(PASSWORD_HASH_MAX >= crypto_pwhash_STRBYTES, "room for the hash");

	if (crypto_pwhash_str(out, password.ptr ? password.ptr : "", password.len,
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return fail(ST_FAILED, "no memory to hash a password");
	return ST_OK;
}

bool password_verify(struct str stored, struct str password)
{
	char hash[PASSWORD_HASH_MAX] = {0};

	if (stored.len == 0 || stored.len >= sizeof(hash)) {
		enum status ignored = password_hash(hash, password);

		(void)ignored;
		return false;
	}
	memcpy(hash, stored.ptr, stored.len);
	return crypto_pwhash_str_verify(hash, password.ptr ? password.ptr : "", password.len) == 0;
}

bool password_needs_rehash(struct str stored)
{
	char hash[PASSWORD_HASH_MAX] = {0};

	if (stored.len == 0 || stored.len >= sizeof(hash))
		return false;
	memcpy(hash, stored.ptr, stored.len);
	return crypto_pwhash_str_needs_rehash(hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
					      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

/* Fill a new key file; it exists only once whole, so that a crash leaves none or a good one. */
static enum status key_file_make(unsigned char out[SECRET_LEN], const char *path)
{
	char temporary[4096];
	int fd;

	if (snprintf(temporary, sizeof(temporary), "%s.new", path) >= (int)sizeof(temporary))
		return fail(ST_INVALID, "the path %s is too long", path);
	fd = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return fail(ST_FAILED, "open %s: %s", temporary, strerror(errno));
	randombytes_buf(out, SECRET_LEN);
	if (write(fd, out, SECRET_LEN) != SECRET_LEN || fsync(fd) != 0) {
		(void)close(fd);
		return fail(ST_FAILED, "write %s: %s", temporary, strerror(errno));
	}
	(void)close(fd);
	if (rename(temporary, path) != 0)
		return fail(ST_FAILED, "rename %s: %s", temporary, strerror(errno));
	return ST_OK;
}

enum status secret_key_file(unsigned char out[SECRET_LEN], const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got;

	if (fd < 0 && errno == ENOENT)
		return key_file_make(out, path);
	if (fd < 0)
		return fail(ST_FAILED, "open %s: %s", path, strerror(errno));
	got = read(fd, out, SECRET_LEN);
	(void)close(fd);
	if (got != SECRET_LEN)
		return fail(ST_FAILED, "the key file %s is damaged", path);
	return ST_OK;
}
