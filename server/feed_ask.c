/* What others ask of the feed: searches, the command line, the health page. */
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/feed_parts.h"
#include "server/wait.h"

enum { TICK = 200000, VIEW_CHANGES = 1000, CHECK_TRIES = 50 };

void feed_wake(void *context)
{
	struct feed *feed = context;

	pthread_mutex_lock(&feed->lock);
	feed->woken = true;
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
}

static void wait_tick(struct feed *feed, int64_t most)
{
	int64_t until = clock_mono() + TICK;

	wait_change(&feed->change, &feed->lock, most && most < until ? most : until);
}

/* ---- for a search ---------------------------------------------------------------------------------- */

static void copy_versions(struct feed_view *out, struct arena *mem, const struct feed *feed,
			  const struct audience_set *set)
{
	int64_t *versions = arena_array(mem, set->count + 1, sizeof(*versions));
	size_t at = 0;

	for (size_t i = 0; i < set->count; i++) {
		while (at < feed->n_versions && feed->versions[at].audience < set->ids[i])
			at++;
		if (at < feed->n_versions && feed->versions[at].audience == set->ids[i])
			versions[i] = feed->versions[at].version;
	}
	out->versions = versions;
}

struct newest {
	struct journal_change *changes;
	struct index_id *hidden;
	size_t n_changes, n_hidden;
};

static enum status look_at_newest(struct newest *out, struct db *db, struct arena *mem,
				  int64_t scanned, int64_t committed)
{
	int64_t last;

	TRY(journal_next_changes(&out->changes, &out->n_changes, &last, db, mem, scanned,
				 VIEW_CHANGES));
	return index_feed_hidden(&out->hidden, &out->n_hidden, db, mem, committed);
}

/*
 * Rights may have changed a moment ago, before the thread has read of it: look for oneself. With an
 * article that was hidden go those that the index still finds by the words of its links.
 */
static enum status add_newest(struct feed_view *out, struct arena *mem, struct feed *feed,
			      int64_t scanned)
{
	struct newest newest = {0};
	struct str *excluded;
	struct db *db;
	enum status outcome;

	TRY(app_reader_begin(&db, feed->app));
	outcome = look_at_newest(&newest, db, mem, scanned, out->cursor);
	app_reader_end(feed->app, db);
	TRY(outcome);
	excluded = arena_array(mem, out->n_excluded + newest.n_changes + newest.n_hidden,
			       sizeof(*excluded));
	if (out->n_excluded)
		memcpy(excluded, out->excluded, out->n_excluded * sizeof(*excluded));
	out->excluded = excluded;
	for (size_t i = 0; i < newest.n_changes; i++)
		if (newest.changes[i].audience_was)
			excluded[out->n_excluded++] = index_id_text(mem, newest.changes[i].id);
	for (size_t i = 0; i < newest.n_hidden; i++)
		excluded[out->n_excluded++] = index_id_text(mem, newest.hidden[i]);
	out->lag += (int64_t)newest.n_changes;
	return ST_OK;
}

/* The last row of the journal that the thread has read comes along. */
static int64_t look_at_shards(struct feed_view *out, struct arena *mem, struct feed *feed,
			      const struct audience_set *set)
{
	int64_t scanned, deadline = clock_mono() + JUDGE_PATIENCE;

	*out = (struct feed_view){.rebuilding = false};
	pthread_mutex_lock(&feed->lock);
	/* Just after the start it is not known yet: that is no reason to send anybody away. */
	while (!feed->judged && !feed->stopping && clock_mono() < deadline)
		wait_tick(feed, deadline);
	out->rebuilding = feed->rebuilding;
	out->lag = __atomic_load_n(&feed->lag, __ATOMIC_RELAXED);
	out->cursor = feed->committed;
	scanned = feed->scanned;
	copy_versions(out, mem, feed, set);
	out->excluded = arena_array(mem, feed->n_pending, sizeof(*out->excluded));
	for (size_t i = 0; i < feed->n_pending; i++)
		out->excluded[out->n_excluded++] = index_id_text(mem, feed->pending[i].id);
	pthread_mutex_unlock(&feed->lock);
	return scanned;
}

void feed_view_shards(struct feed_view *out, struct arena *mem, struct feed *feed,
		      const struct audience_set *set)
{
	(void)look_at_shards(out, mem, feed, set);
}

enum status feed_view(struct feed_view *out, struct arena *mem, struct feed *feed,
		      const struct audience_set *set)
{
	int64_t scanned = look_at_shards(out, mem, feed, set);

	return add_newest(out, mem, feed, scanned);
}

/* ---- for the command line -------------------------------------------------------------------------- */

static enum status head_now(struct feed *feed, int64_t *out)
{
	struct db *db;
	enum status outcome;

	TRY(app_reader_begin(&db, feed->app));
	outcome = journal_head(out, db);
	app_reader_end(feed->app, db);
	return outcome;
}

enum status feed_wait_idle(struct feed *feed, int64_t deadline)
{
	enum status outcome = ST_OK;
	int64_t head;

	TRY(head_now(feed, &head));
	feed_wake(feed);
	pthread_mutex_lock(&feed->lock);
	while ((feed->rebuilding || feed->committed < head) && outcome == ST_OK) {
		if (feed->stopping || (deadline && clock_mono() >= deadline))
			outcome = fail(ST_BUSY, "the index is still behind");
		else
			wait_tick(feed, deadline);
	}
	pthread_mutex_unlock(&feed->lock);
	return outcome;
}

enum status feed_rebuild(struct feed *feed,
			 enum status (*progress)(void *context, int64_t done, int64_t all),
			 void *context)
{
	enum status outcome = ST_OK;
	int64_t before;

	pthread_mutex_lock(&feed->lock);
	before = feed->rebuilds;
	feed->rebuild_asked = true;
	pthread_cond_broadcast(&feed->change);
	while (feed->rebuilds == before && !feed->stopping && outcome == ST_OK) {
		int64_t done = feed->done, all = feed->all;

		wait_tick(feed, 0);
		pthread_mutex_unlock(&feed->lock);
		if (progress)
			outcome = progress(context, done, all);
		pthread_mutex_lock(&feed->lock);
	}
	if (outcome == ST_OK && feed->rebuilds != before)
		outcome = feed->rebuilt;
	pthread_mutex_unlock(&feed->lock);
	TRY(outcome);
	return feed_wait_idle(feed, 0);
}

void feed_recount(struct feed *feed)
{
	int64_t until = clock_mono() + COUNT_PATIENCE;

	pthread_mutex_lock(&feed->lock);
	if (feed->counts_old && !feed->rebuilding && !feed->paused) {
		feed->count_asked = true;
		pthread_cond_broadcast(&feed->change);
	}
	while (feed->count_asked && !feed->stopping && !feed->ended && clock_mono() < until)
		wait_change(&feed->change, &feed->lock, until);
	pthread_mutex_unlock(&feed->lock);
}

void feed_status(struct feed *feed, struct feed_status *out)
{
	pthread_mutex_lock(&feed->lock);
	*out = (struct feed_status){
		.cursor = feed->committed,
		.lag = __atomic_load_n(&feed->lag, __ATOMIC_RELAXED),
		.documents = feed->documents,
		.bytes = feed->bytes,
		.rebuilding = feed->rebuilding,
	};
	for (size_t i = 0; i < feed->n_suspects; i++)
		out->quarantined += feed->suspects[i].deaths >= DEATHS_TITLE_ONLY;
	pthread_mutex_unlock(&feed->lock);
}

/* ---- comparing index and record --------------------------------------------------------------------- */

struct comparison {
	struct feed *feed;
	struct db *db; /* in one snapshot */
	struct arena *mem;
	enum status (*difference)(void *context, struct str line);
	void *context;
	int64_t differences;
};

static enum status differ(struct comparison *c, const char *what, struct str id, int64_t audience)
{
	struct str line = arena_printf(c->mem, "%s: %.*s in audience %lld", what, STR_ARG(id),
				       (long long)audience);

	c->differences++;
	return c->difference ? c->difference(c->context, line) : ST_OK;
}

/* What must be in the index, grouped by audience: sorted once. */
static int by_audience(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;

	if (x->audience_id != y->audience_id)
		return x->audience_id < y->audience_id ? -1 : 1;
	if (x->id.kind != y->id.kind)
		return x->id.kind < y->id.kind ? -1 : 1;
	return x->id.number < y->id.number ? -1 : x->id.number > y->id.number;
}

static enum status load_entries(struct comparison *c, struct index_entry **out, size_t *count)
{
	size_t room = 0;
	struct index_id after = {0};

	*out = NULL;
	*count = 0;
	for (;;) {
		AUTO(arena) struct arena mem = {0};
		struct index_entry *step;
		size_t n;

		TRY(index_feed_list(&step, &n, c->db, &mem, after, LIST_STEP));
		if (n == 0)
			break;
		for (size_t i = 0; i < n; i++) {
			*out = xgrow(*out, *count, &room, sizeof(**out));
			(*out)[(*count)++] = step[i];
		}
		after = step[n - 1].id;
	}
	if (*count)
		qsort(*out, *count, sizeof(**out), by_audience);
	return ST_OK;
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct feed_listed *)a)->id, ((const struct feed_listed *)b)->id);
}

/* One shard against the entries of its audience. */
static enum status compare_shard(struct comparison *c, int64_t audience,
				 const struct index_entry *entries, size_t n)
{
	AUTO(arena) struct arena mem = {0};
	struct feed_listed *listed;
	size_t count, matched = 0;

	TRY(feed_send_list(c->feed, &mem, audience, &listed, &count));
	qsort(listed, count, sizeof(*listed), by_id);
	for (size_t i = 0; i < n; i++) {
		struct feed_listed key = {.id = index_id_text(&mem, entries[i].id)};
		struct feed_listed *found = bsearch(&key, listed, count, sizeof(*listed), by_id);

		if (!found)
			TRY(differ(c, "missing in the index", key.id, audience));
		else if (found->change != entries[i].change)
			TRY(differ(c, "old in the index", key.id, audience));
		matched += found != NULL;
		if (found)
			found->change = -1;
	}
	for (size_t i = 0; i < count && matched < count; i++) {
		if (listed[i].change != -1)
			TRY(differ(c, "not in the record", listed[i].id, audience));
	}
	return ST_OK;
}

static enum status compare(struct comparison *c)
{
	int64_t *audiences;
	size_t n_audiences, count, at = 0;
	struct index_entry *entries;
	enum status outcome = load_entries(c, &entries, &count);

	if (outcome == ST_OK)
		outcome = index_feed_audiences(&audiences, &n_audiences, c->db, c->mem);
	for (size_t i = 0; outcome == ST_OK && i < n_audiences; i++) {
		size_t from;

		while (at < count && entries[at].audience_id < audiences[i])
			at++;
		from = at;
		while (at < count && entries[at].audience_id == audiences[i])
			at++;
		outcome = compare_shard(c, audiences[i], entries + from, at - from);
	}
	free(entries);
	return outcome;
}

static void pause_thread(struct feed *feed, bool on)
{
	pthread_mutex_lock(&feed->lock);
	feed->paused += on ? 1 : -1;
	pthread_cond_broadcast(&feed->change);
	while (on && !feed->still && !feed->stopping)
		wait_tick(feed, 0);
	pthread_mutex_unlock(&feed->lock);
}

/* One try; `*moved` when the record went on before the thread stood still. */
static enum status check_once(struct comparison *c, bool *moved)
{
	AUTO(snapshot) struct snapshot snapshot = {0};
	int64_t head, committed;

	TRY(feed_wait_idle(c->feed, 0));
	pause_thread(c->feed, true);
	TRY(snapshot_begin(&snapshot, c->db));
	TRY(journal_head(&head, c->db));
	pthread_mutex_lock(&c->feed->lock);
	committed = c->feed->committed;
	pthread_mutex_unlock(&c->feed->lock);
	*moved = head != committed;
	return *moved ? ST_OK : compare(c);
}

enum status feed_check(struct feed *feed, enum status (*difference)(void *context, struct str line),
		       void *context)
{
	AUTO(arena) struct arena mem = {0};
	struct comparison c = {
		.feed = feed, .mem = &mem, .difference = difference, .context = context};
	enum status outcome = ST_OK;
	bool moved = true;

	TRY(app_reader_begin(&c.db, feed->app));
	for (int i = 0; moved && outcome == ST_OK && i < CHECK_TRIES; i++) {
		outcome = check_once(&c, &moved);
		pause_thread(feed, false);
	}
	app_reader_end(feed->app, c.db);
	TRY(outcome);
	if (moved)
		return fail(ST_BUSY, "the record changes too quickly to be compared");
	if (c.differences)
		return fail(ST_INVALID, "index and record differ in %lld places",
			    (long long)c.differences);
	return ST_OK;
}
