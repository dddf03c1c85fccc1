/* The thread of the chores. */
#include "server/chores.h"

#include <pthread.h>

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/held_form.h"
#include "schema/session.h"
#include "server/alerts.h"
#include "server/losses.h"
#include "server/searched.h"
#include "server/wait.h"

enum { SECOND = 1000000, WRITE_EVERY = 3 * SECOND, MINUTE = 60 * SECOND };

/* In microseconds as well, but more than an int holds. */
#define FORGET_EVERY ((int64_t)3600 * SECOND)

struct chores {
	struct app *app;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool stopping, woken;
	struct losses losses;
	int64_t minute_at, forget_at; /* clock_mono() when it is due again */
};

/* False when the thread is to end. */
static bool rest(struct chores *c)
{
	int64_t until = clock_mono() + WRITE_EVERY;
	bool go_on;

	pthread_mutex_lock(&c->lock);
	while (!c->stopping && !c->woken && clock_mono() < until)
		wait_change(&c->change, &c->lock, until);
	c->woken = false;
	go_on = !c->stopping;
	pthread_mutex_unlock(&c->lock);
	return go_on;
}

static bool is_stopping(struct chores *c)
{
	bool stopping;

	pthread_mutex_lock(&c->lock);
	stopping = c->stopping;
	pthread_mutex_unlock(&c->lock);
	return stopping;
}

static void write_log(struct chores *c)
{
	if (searched_write(c->app->searched, c->app->writer) != ST_OK)
		log_failure("writing the log of searches");
}

/* One after another, so that people's own searches always find a child free. */
static void ask_saved(struct chores *c)
{
	bool more = true;

	while (more && !is_stopping(c)) {
		if (alerts_run_one(&more, c->app) != ST_OK) {
			log_failure("a saved search");
			return;
		}
		write_log(c);
	}
}

static void work(struct chores *c)
{
	int64_t now = clock_mono();

	write_log(c);
	losses_note(&c->losses, c->app);
	if (now >= c->minute_at) {
		c->minute_at = now + MINUTE;
		if (login_end_over(c->app->writer) != ST_OK)
			log_failure("ending sessions whose time is over");
		ask_saved(c);
	}
	if (now >= c->forget_at) {
		c->forget_at = now + FORGET_EVERY;
		if (search_log_forget(c->app->writer, clock_now(), c->app->config->search_days) !=
		    ST_OK)
			log_failure("forgetting old searches");
		if (held_form_forget(c->app->writer) != ST_OK)
			log_failure("forgetting old forms");
	}
}

static void *run(void *argument)
{
	struct chores *c = argument;

	do {
		if (app_has_room(c->app))
			work(c);
	} while (rest(c));
	write_log(c);
	return NULL;
}

enum status chores_start(struct chores **out, struct app *app)
{
	struct chores *c = xmalloc(sizeof(*c));

	*c = (struct chores){.app = app};
	pthread_mutex_init(&c->lock, NULL);
	wait_init(&c->change);
	if (pthread_create(&c->thread, NULL, run, c) != 0) {
		free(c);
		return fail(ST_FAILED, "cannot start the thread of the chores");
	}
	*out = c;
	return ST_OK;
}

void chores_stop(struct chores *c)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	c->stopping = true;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->thread, NULL);
	pthread_cond_destroy(&c->change);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void chores_wake(struct chores *c)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	c->woken = true;
	pthread_cond_broadcast(&c->change);
	pthread_mutex_unlock(&c->lock);
}
