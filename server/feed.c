/*
 * The thread that follows the journal: reads rows into a queue, puts what they name, commits in
 * batches. After any failure it asks the child what is committed and goes on from there; doing a
 * change twice is harmless.
 */
#include "server/feed.h"

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/feed_parts.h"
#include "server/wait.h"

enum { SCAN_LIMIT = 10000, RETRY = 100000, RETRY_DOUBLINGS = 7, FIRST_BUILD = 500 };

enum { STOP_PATIENCE = 3000000 }; /* microseconds */

bool feed_is_stopping(struct feed *feed)
{
	bool stopping;

	pthread_mutex_lock(&feed->lock);
	stopping = feed->stopping;
	pthread_mutex_unlock(&feed->lock);
	return stopping;
}

/* ---- the queue ----------------------------------------------------------------------------------- */

static void note_pending(struct feed *feed, const struct journal_change *change)
{
	feed->pending =
		xgrow(feed->pending, feed->n_pending, &feed->pending_room, sizeof(*feed->pending));
	feed->pending[feed->n_pending++] = (struct pending){change->seq, change->id};
}

/* Read further rows of the journal. Rights that change are known to searches at once. */
static enum status scan(struct feed *feed)
{
	struct journal_change *changes;
	size_t count;
	int64_t last;

	do {
		arena_reset(&feed->mem);
		TRY(journal_next_changes(&changes, &count, &last, feed->db, &feed->mem,
					 feed->scanned, SCAN_LIMIT));
		pthread_mutex_lock(&feed->lock);
		for (size_t i = 0; i < count; i++) {
			feed->queue =
				xgrow(feed->queue, feed->count, &feed->room, sizeof(*feed->queue));
			feed->queue[feed->count++] = changes[i];
			if (changes[i].audience_was)
				note_pending(feed, &changes[i]);
		}
		feed->scanned = last;
		pthread_mutex_unlock(&feed->lock);
	} while (count == SCAN_LIMIT);
	return ST_OK;
}

/* Search knows everything up to `cursor`. */
static void settle(struct feed *feed, int64_t cursor)
{
	size_t kept = 0;

	pthread_mutex_lock(&feed->lock);
	for (size_t i = 0; i < feed->n_pending; i++) {
		if (feed->pending[i].seq > cursor)
			feed->pending[kept++] = feed->pending[i];
	}
	feed->n_pending = kept;
	feed->committed = cursor;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
}

static enum status commit(struct feed *feed, int64_t cursor)
{
	TRY(feed_send_commit(feed, cursor, true));
	feed->uncommitted = 0;
	settle(feed, cursor);
	return ST_OK;
}

/* ---- one change ---------------------------------------------------------------------------------- */

/* Unless a later row of the queue touches it again: it is put once, then. */
static enum status put_now(struct feed *feed, const struct indexable *from, int64_t seq)
{
	return from->change > seq && from->change <= feed->scanned ? ST_OK : feed_put(feed, from);
}

/* Who reads the article has changed: it and all that hangs on it are put, whichever the shard. */
static enum status put_all_of(struct feed *feed, int64_t article_id, int64_t seq)
{
	AUTO(arena) struct arena mem = {0};
	struct index_id *ids;
	size_t count;

	TRY(index_feed_of(&ids, &count, feed->db, &mem, article_id));
	for (size_t i = 0; i < count; i++) {
		struct indexable one;

		TRY(feed_load(feed, &one, ids[i]));
		if (one.indexed)
			TRY(put_now(feed, &one, seq));
	}
	feed->uncommitted += (int64_t)count;
	return ST_OK;
}

static enum status take_change(struct feed *feed, const struct journal_change *change)
{
	struct indexable now;
	struct str id;

	TRY(feed_load(feed, &now, change->id));
	id = index_id_text(&feed->mem, change->id);
	if (change->audience_was && (!now.indexed || change->audience_was != now.audience_id))
		TRY(feed_send_delete(feed, change->audience_was, id));
	if (!now.indexed)
		return now.audience_id ? feed_send_delete(feed, now.audience_id, id) : ST_OK;
	if (change->audience_was)
		return put_all_of(feed, now.article_id, change->seq);
	return put_now(feed, &now, change->seq);
}

/*
 * Articles to which it links are found by its words. Where these were hidden they go out now, whatever
 * comes later; else what a later row touches again waits for that.
 */
static enum status put_linked(struct feed *feed, const struct journal_change *change)
{
	AUTO(arena) struct arena mem = {0};
	struct index_id *ids;
	size_t count;

	if (change->id.kind != INDEX_ARTICLE)
		return ST_OK;
	TRY(index_feed_linked(&ids, &count, feed->db, &mem, change->seq));
	for (size_t i = 0; i < count; i++) {
		struct indexable one;

		TRY(feed_load(feed, &one, ids[i]));
		if (one.indexed)
			TRY(change->audience_was ? feed_put(feed, &one)
						 : put_now(feed, &one, change->seq));
	}
	feed->uncommitted += (int64_t)count;
	return ST_OK;
}

static bool is_batch_full(const struct feed *feed)
{
	if (feed->count - feed->first > BULK_LAG)
		return feed->uncommitted >= BULK_DOCS;
	return feed->uncommitted >= BATCH_DOCS || clock_mono() - feed->since >= BATCH_TIME;
}

/* Put one change, and commit where it is time to. */
static enum status step(struct feed *feed)
{
	const struct journal_change *change = &feed->queue[feed->first];

	if (feed->uncommitted++ == 0)
		feed->since = clock_mono();
	TRY(take_change(feed, change));
	TRY(put_linked(feed, change));
	feed->taken = change->seq;
	feed->first++;
	if (feed->first < feed->count)
		return is_batch_full(feed) ? commit(feed, feed->taken) : ST_OK;
	feed->first = feed->count = 0;
	TRY(scan(feed));
	if (feed->count && !is_batch_full(feed))
		return ST_OK;
	return commit(feed, feed->count ? feed->taken : feed->scanned);
}

/* ---- knowing where we are -------------------------------------------------------------------------- */

static void start_from(struct feed *feed, int64_t cursor)
{
	pthread_mutex_lock(&feed->lock);
	feed->scanned = feed->committed = cursor;
	feed->n_pending = 0;
	pthread_mutex_unlock(&feed->lock);
	feed->first = feed->count = 0;
	feed->uncommitted = 0;
	feed->synced = true;
}

static void set_rebuilding(struct feed *feed, bool rebuilding)
{
	pthread_mutex_lock(&feed->lock);
	feed->rebuilding = rebuilding;
	feed->judged = true;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
}

/* What the child has committed; -1 when it cannot be used. */
static enum status ask_cursor(struct feed *feed, int64_t *cursor)
{
	enum status outcome = feed_send_state(feed, cursor);

	if (!feed->damaged)
		return outcome;
	*cursor = -1;
	return ST_OK;
}

static enum status build_first(struct feed *feed, const char *why, int64_t *cursor)
{
	log_warn("the index is %s; it is built anew", why);
	set_rebuilding(feed, true);
	feed->damaged = false;
	TRY(feed_build_anew(feed));
	return feed_send_state(feed, cursor);
}

/* Ask the child. Whatever cannot belong to this record is built anew. */
static enum status synchronise(struct feed *feed)
{
	int64_t cursor, head, waiting;

	TRY(ask_cursor(feed, &cursor));
	TRY(journal_head(&head, feed->db));
	TRY(journal_pending(&waiting, feed->db, cursor > 0 ? cursor : 0));
	if (cursor < 0)
		TRY(build_first(feed, "damaged or of another version", &cursor));
	else if (cursor > head)
		TRY(build_first(feed, "of another record", &cursor));
	else if (cursor == 0 && waiting > FIRST_BUILD)
		TRY(build_first(feed, "absent", &cursor));
	start_from(feed, cursor);
	TRY(scan(feed));
	if (feed->count == 0)
		settle(feed, feed->scanned);
	set_rebuilding(feed, false);
	return ST_OK;
}

static void rebuild_as_asked(struct feed *feed)
{
	enum status outcome = feed_build_anew(feed);

	if (outcome != ST_OK)
		log_failure("rebuilding the index");
	feed->synced = false;
	pthread_mutex_lock(&feed->lock);
	feed->rebuild_asked = false;
	feed->rebuilt = outcome;
	feed->rebuilds++;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
}

/* ---- the thread ------------------------------------------------------------------------------------ */

/* Rest until there is something to do; false when the thread is to end. */
static bool rest(struct feed *feed)
{
	int doublings = feed->failures < RETRY_DOUBLINGS ? feed->failures : RETRY_DOUBLINGS;
	int64_t retry = clock_mono() + ((int64_t)RETRY << doublings);
	bool go_on;

	pthread_mutex_lock(&feed->lock);
	while (feed->failures && !feed->stopping && clock_mono() < retry)
		wait_change(&feed->change, &feed->lock, retry);
	for (;;) {
		bool idle = feed->synced && feed->first == feed->count && !feed->woken &&
			    !feed->rebuild_asked && !feed->count_asked;

		feed->still = feed->paused > 0;
		if (feed->still)
			pthread_cond_broadcast(&feed->change);
		if (feed->stopping || (!feed->paused && !idle))
			break;
		wait_change(&feed->change, &feed->lock, 0);
	}
	feed->still = false;
	feed->woken = false;
	go_on = !feed->stopping;
	pthread_mutex_unlock(&feed->lock);
	return go_on;
}

static enum status work(struct feed *feed)
{
	bool asked, count_asked;
	int64_t cursor;

	pthread_mutex_lock(&feed->lock);
	asked = feed->rebuild_asked;
	count_asked = feed->count_asked;
	pthread_mutex_unlock(&feed->lock);
	if (asked)
		rebuild_as_asked(feed);
	if (!feed->synced)
		return synchronise(feed);
	if (feed->first < feed->count)
		return step(feed);
	if (count_asked && feed->uncommitted == 0)
		TRY(feed_send_state(feed, &cursor));
	TRY(scan(feed));
	if (feed->count == 0 && feed->uncommitted == 0)
		settle(feed, feed->scanned);
	return ST_OK;
}

static void *run(void *argument)
{
	struct feed *feed = argument;

	feed_sweep(feed);
	while (rest(feed)) {
		if (work(feed) == ST_OK) {
			feed->failures = 0;
		} else {
			if (!feed_is_stopping(feed))
				log_failure("following the journal into the index");
			feed->synced = false;
			feed->failures++;
		}
		__atomic_store_n(&feed->lag, (int64_t)(feed->count - feed->first),
				 __ATOMIC_RELAXED);
	}
	if (feed->synced && feed->uncommitted && commit(feed, feed->taken) != ST_OK)
		log_failure("the last commit of the index");
	pthread_mutex_lock(&feed->lock);
	feed->ended = true;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
	return NULL;
}

/* ---- starting and stopping -------------------------------------------------------------------------- */

enum status feed_start(struct feed **out, struct app *app)
{
	struct feed *feed = xmalloc(sizeof(*feed));

	memset(feed, 0, sizeof(*feed));
	feed->app = app;
	feed->rebuilding = true; /* until the child says otherwise */
	pthread_mutex_init(&feed->lock, NULL);
	wait_init(&feed->change);
	TRY(app_reader_begin(&feed->db, app));
	if (pthread_create(&feed->thread, NULL, run, feed) != 0)
		return fail(ST_FAILED, "cannot start the thread of the feed");
	*out = feed;
	return ST_OK;
}

/* What it has begun may end in good order; a child that hangs must not keep the server from stopping. */
static bool ends_in_time(struct feed *feed)
{
	int64_t until = clock_mono() + STOP_PATIENCE;
	bool ended;

	pthread_mutex_lock(&feed->lock);
	feed->stopping = true;
	pthread_cond_broadcast(&feed->change);
	while (!feed->ended && clock_mono() < until)
		wait_change(&feed->change, &feed->lock, until);
	ended = feed->ended;
	pthread_mutex_unlock(&feed->lock);
	return ended;
}

void feed_stop(struct feed *feed)
{
	if (!feed)
		return;
	if (!ends_in_time(feed)) {
		log_warn(
			"the write child does not answer; what it was given will be indexed again");
		children_kill(feed->app->children, CHILD_WRITE);
	}
	pthread_join(feed->thread, NULL);
	app_reader_end(feed->app, feed->db);
	buf_release(&feed->message);
	buf_release(&feed->reply);
	arena_release(&feed->mem);
	pthread_cond_destroy(&feed->change);
	pthread_mutex_destroy(&feed->lock);
	free(feed->versions);
	free(feed->pending);
	free(feed->queue);
	free(feed);
}
