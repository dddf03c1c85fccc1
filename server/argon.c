/* A turnstile before password hashing: each hash takes 64 MiB and a core for 60 ms. */
#include "server/argon.h"

#include <pthread.h>
#include <unistd.h>

#include "schema/password.h"

enum { WAITING_MAX = 8 };

struct argon {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	int running, waiting, most;
};

struct argon *argon_new(void)
{
	struct argon *argon = xmalloc(sizeof(*argon));
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	*argon = (struct argon){.most = cores > 2 ? (int)cores / 2 : 1};
	pthread_mutex_init(&argon->lock, NULL);
	pthread_cond_init(&argon->turn, NULL);
	return argon;
}

void argon_free(struct argon *argon)
{
	if (!argon)
		return;
	pthread_cond_destroy(&argon->turn);
	pthread_mutex_destroy(&argon->lock);
	free(argon);
}

static enum status enter(struct argon *argon)
{
	enum status outcome = ST_OK;

	pthread_mutex_lock(&argon->lock);
	if (argon->running == argon->most && argon->waiting == WAITING_MAX) {
		outcome = fail(ST_BUSY, "too many passwords wait to be checked");
	} else {
		argon->waiting++;
		while (argon->running == argon->most)
			pthread_cond_wait(&argon->turn, &argon->lock);
		argon->waiting--;
		argon->running++;
	}
	pthread_mutex_unlock(&argon->lock);
	return outcome;
}

static void leave(struct argon *argon)
{
	pthread_mutex_lock(&argon->lock);
	argon->running--;
	pthread_cond_signal(&argon->turn);
	pthread_mutex_unlock(&argon->lock);
}

enum status argon_hash(struct argon *argon, char out[PASSWORD_HASH_MAX], struct str password)
{
	AUTO(arena) struct arena mem = {0};
	struct str typed = password_nfc(&mem, password);
	enum status outcome;

	TRY(enter(argon));
	outcome = password_hash(out, typed);
	leave(argon);
	return outcome;
}

enum status argon_verify(struct argon *argon, bool *good, struct str stored, struct str password)
{
	AUTO(arena) struct arena mem = {0};
	struct str typed = password_nfc(&mem, password);

	TRY(enter(argon));
	*good = password_verify(stored, typed);
	leave(argon);
	return ST_OK;
}
