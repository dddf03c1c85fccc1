/* Secrets and hashes. The only place that knows libsodium. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "schema/base/arena.h"
#include "schema/base/err.h"

enum {
	SECRET_LEN = 32,      /* bytes of a session id, token or key */
	SECRET_TEXT_LEN = 43, /* the same in unpadded URL-safe base64 */
	DIGEST_LEN = 32,      /* BLAKE2b-256 */
	PUBLIC_ID_LEN = 13,   /* Crockford base32 in lower case, of 64 random bits */
	PASSWORD_HASH_MAX = 128,
};

struct digest {
	unsigned char bytes[DIGEST_LEN];
};

/* Once, before any other function here. */
enum status secret_init(void) MUST_USE;

void secret_random(void *out, size_t len) NONNULL;

/* A fresh public id; `out` gets PUBLIC_ID_LEN characters and a NUL. */
void secret_public_id(char out[PUBLIC_ID_LEN + 1]) NONNULL;

/* True for exactly PUBLIC_ID_LEN characters of the alphabet. */
bool secret_is_public_id(struct str text);

/* Fresh SECRET_LEN random bytes as text with a NUL. */
void secret_text(char out[SECRET_TEXT_LEN + 1]) NONNULL;

/* BLAKE2b-256, unkeyed. */
struct digest digest_of(struct str text);

bool digest_eq(const struct digest *a, const struct digest *b) NONNULL;

/* BLAKE2b-256 under a key. */
struct digest digest_keyed(const unsigned char key[SECRET_LEN], struct str text) NONNULL;

/* A short hash for tables in memory (SipHash-2-4): who does not know the key cannot choose texts that meet. */
enum { TABLE_KEY_LEN = 16 };
uint64_t secret_table_hash(const unsigned char key[TABLE_KEY_LEN], struct str text) NONNULL;

/* A BLAKE2b-256 over several pieces; each is preceded by its length, so pieces cannot slide. */
struct digester {
	alignas(64) unsigned char state[384];
};
void digester_init(struct digester *d) NONNULL;
void digester_piece(struct digester *d, struct str piece) NONNULL;
/* Bytes without their length: parts of one whole, whose hash digest_of() would give as well. */
void digester_bytes(struct digester *d, struct str bytes) NONNULL;
void digester_i64(struct digester *d, int64_t number) NONNULL;
struct digest digester_end(struct digester *d) NONNULL;

/* In constant time. */
bool secret_equal(const void *a, const void *b, size_t len) NONNULL;

void secret_wipe(void *memory, size_t len) NONNULL;

/* Keep it out of the swap space and of core files, as far as the limits of the process let that be; until secret_wipe(). */
void secret_lock(void *memory, size_t len) NONNULL;

/* Lower-case hexadecimal; `out` has room for 2 * len + 1. */
void secret_hex(char *out, const void *bytes, size_t len) NONNULL;

/* URL-safe base64 without padding, and back (false when `text` is not exactly `len` bytes). */
struct str secret_base64(struct arena *mem, const void *bytes, size_t len) NONNULL MUST_USE;
bool secret_from_base64(struct str text, void *out, size_t len) NONNULL MUST_USE;

/* What the ordinary base64 of HTTP says, as text in `mem`; false where it is none. */
bool secret_read_base64(struct str *out, struct arena *mem, struct str text) NONNULL MUST_USE;

/*
 * Argon2id, 64 MiB, two passes: about 60 ms. The caller sees to it that few run at once.
 * `out` gets the PHC string.
 */
enum status password_hash(char out[PASSWORD_HASH_MAX], struct str password) NONNULL MUST_USE;

/* `stored` may be empty: then a hash of the same cost is made and the answer is false. */
bool password_verify(struct str stored, struct str password) MUST_USE;

/* True for a hash made with other costs than password_hash() takes now: make it anew at the next sign-in. */
bool password_needs_rehash(struct str stored) MUST_USE;

/*
 * The key of this installation in `path` (SECRET_LEN bytes, mode 0600), made when absent.
 * CSRF tokens, entity tags and sealed values hang on it.
 */
enum status secret_key_file(unsigned char out[SECRET_LEN], const char *path) NONNULL MUST_USE;

#endif
