/* Few passwords are hashed at once, few wait, and the rest is told to come again (security.md 4.2). */
#include "server/argon.h"

#include <pthread.h>
#include <unistd.h>

#include "tests/support/check.h"

enum { PEOPLE = 60 };

static struct argon *argon;
static pthread_barrier_t start;
static enum status outcomes[PEOPLE];

static void *try_one(void *which)
{
	bool good = true;

	(void)pthread_barrier_wait(&start);
	outcomes[(size_t)(uintptr_t)which] =
		argon_verify(argon, &good, STR(""), STR("a password that nobody has"));
	return good ? which : NULL;
}

static void test_a_crowd_is_told_to_come_again(void **state)
{
	pthread_t threads[PEOPLE];
	size_t done = 0, busy = 0;

	(void)state;
	assert_int_equal(secret_init(), ST_OK);
	argon = argon_new();
	assert_int_equal(pthread_barrier_init(&start, NULL, PEOPLE), 0);
	for (size_t i = 0; i < PEOPLE; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, try_one, (void *)(uintptr_t)i),
				 0);
	for (size_t i = 0; i < PEOPLE; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < PEOPLE; i++) {
		done += outcomes[i] == ST_OK;
		busy += outcomes[i] == ST_BUSY;
	}
	assert_int_equal(done + busy, PEOPLE);
	assert_true(done >= 9); /* one at work, eight waiting */
	assert_true(busy > 0);
	pthread_barrier_destroy(&start);
	argon_free(argon);
}

static void test_hashes_of_cheaper_times_are_known(void **state)
{
	char hash[PASSWORD_HASH_MAX];

	(void)state;
	assert_int_equal(password_hash(hash, STR("a password that somebody has")), ST_OK);
	assert_false(password_needs_rehash(str_c(hash)));
	assert_true(password_verify(str_c(hash), STR("a password that somebody has")));
	assert_non_null(strstr(hash, "$argon2id$"));
	assert_non_null(strstr(hash, "m=65536,t=2"));
	memcpy(strstr(hash, "t=2"), "t=1", 3);
	assert_true(password_needs_rehash(str_c(hash)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_crowd_is_told_to_come_again),
		cmocka_unit_test(test_hashes_of_cheaper_times_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
