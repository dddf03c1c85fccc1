/* Messages to the write child, and what its answers change. */
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "server/feed_parts.h"

/* A put, too, may have to write all that waits: a slow disk must not look like a child that hangs. */
enum { WRITE_SECONDS = 300, ASK_SECONDS = 120 };

static enum status ask(struct feed *feed, enum wire_kind *kind, struct wire_reader *fields,
		       int seconds)
{
	int64_t deadline = clock_mono() + (int64_t)seconds * 1000000;
	enum status outcome = children_write(feed->app->children, &feed->birth, &feed->message,
					     &feed->reply, kind, fields, deadline);

	return outcome == ST_BUSY ? fail(ST_FAILED, "the write child does not come up") : outcome;
}

/* Anything but the expected kind. What Xapian cannot read it will not be able to read later. */
static enum status broken(struct feed *feed, enum wire_kind kind, struct wire_reader *fields)
{
	struct str words = kind == WIRE_FAILED || kind == WIRE_REFUSED ? wire_get_text(fields)
								       : STR("an odd answer");

	feed->damaged |= str_search(words, STR("DatabaseCorrupt")) >= 0 ||
			 str_search(words, STR("DatabaseVersion")) >= 0;
	return fail(ST_FAILED, "write child: %.*s", STR_ARG(words));
}

enum status feed_send_put(struct feed *feed, const struct index_doc *doc, enum feed_answer *answer)
{
	struct wire_reader fields;
	enum wire_kind kind = WIRE_OK;
	enum status outcome;

	doc_write(&feed->message, doc);
	outcome = ask(feed, &kind, &fields, WRITE_SECONDS);
	*answer = outcome == ST_TOO_LARGE || kind == WIRE_REFUSED ? FEED_REFUSED : FEED_DONE;
	if (outcome == ST_TOO_LARGE)
		return ST_OK;
	TRY(outcome);
	return kind == WIRE_OK || kind == WIRE_REFUSED ? ST_OK : broken(feed, kind, &fields);
}

enum status feed_send_delete(struct feed *feed, int64_t audience, struct str id)
{
	struct wire_reader fields;
	enum wire_kind kind = WIRE_OK;

	wire_begin(&feed->message, WIRE_DELETE);
	wire_i64(&feed->message, audience);
	wire_text(&feed->message, id);
	TRY(ask(feed, &kind, &fields, WRITE_SECONDS));
	return kind == WIRE_OK ? ST_OK : broken(feed, kind, &fields);
}

/* Called with the lock. */
static void set_version(struct feed *feed, int64_t audience, int64_t version)
{
	size_t at = feed->n_versions;

	while (at > 0 && feed->versions[at - 1].audience > audience)
		at--;
	if (at > 0 && feed->versions[at - 1].audience == audience) {
		feed->versions[at - 1].version = version;
		return;
	}
	feed->versions = xgrow(feed->versions, feed->n_versions, &feed->version_room,
			       sizeof(*feed->versions));
	memmove(feed->versions + at + 1, feed->versions + at,
		(feed->n_versions - at) * sizeof(*feed->versions));
	feed->versions[at] = (struct shard_version){audience, version};
	feed->n_versions++;
}

/* u32 n, n times audience and version. */
static bool take_versions(struct feed *feed, struct wire_reader *fields, bool live)
{
	uint32_t count = wire_get_count(fields, 16);

	for (uint32_t i = 0; i < count; i++) {
		int64_t audience = wire_get_i64(fields);
		int64_t version = wire_get_i64(fields);

		if (live)
			set_version(feed, audience, version);
	}
	return wire_get_end(fields);
}

enum status feed_send_commit(struct feed *feed, int64_t cursor, bool live)
{
	struct wire_reader fields;
	enum wire_kind kind = WIRE_OK;
	bool whole;

	wire_begin(&feed->message, WIRE_COMMIT);
	wire_i64(&feed->message, cursor);
	TRY(ask(feed, &kind, &fields, WRITE_SECONDS));
	if (kind != WIRE_COMMITTED)
		return broken(feed, kind, &fields);
	pthread_mutex_lock(&feed->lock);
	feed->counts_old = true;
	whole = take_versions(feed, &fields, live);
	pthread_mutex_unlock(&feed->lock);
	return whole ? ST_OK : fail(ST_FAILED, "the write child sent a damaged answer");
}

enum status feed_send_state(struct feed *feed, int64_t *cursor)
{
	struct wire_reader fields;
	enum wire_kind kind = WIRE_OK;
	bool whole;

	feed->birth = 0;
	wire_begin(&feed->message, WIRE_STATE);
	TRY(ask(feed, &kind, &fields, ASK_SECONDS));
	if (kind != WIRE_STATE_IS)
		return broken(feed, kind, &fields);
	*cursor = wire_get_i64(&fields);
	pthread_mutex_lock(&feed->lock);
	feed->documents = wire_get_i64(&fields);
	feed->bytes = wire_get_i64(&fields);
	feed->counts_old = feed->count_asked = false;
	feed->n_versions = 0;
	whole = take_versions(feed, &fields, true);
	pthread_cond_broadcast(&feed->change);
	pthread_mutex_unlock(&feed->lock);
	return whole ? ST_OK : fail(ST_FAILED, "the write child sent a damaged answer");
}

enum status feed_send_list(struct feed *feed, struct arena *mem, int64_t audience,
			   struct feed_listed **out, size_t *count)
{
	AUTO(buf) struct buf message = {0};
	AUTO(buf) struct buf reply = {0};
	struct wire_reader fields;
	enum wire_kind kind = WIRE_OK;
	int64_t birth = 0;

	/* Not the thread's own buffers: feed_check() runs beside it. */
	wire_begin(&message, WIRE_LIST);
	wire_i64(&message, audience);
	TRY(children_write(feed->app->children, &birth, &message, &reply, &kind, &fields,
			   clock_mono() + ASK_SECONDS * INT64_C(1000000)));
	if (kind != WIRE_LISTED)
		return broken(feed, kind, &fields);
	*count = wire_get_count(&fields, 12);
	*out = arena_array(mem, *count + 1, sizeof(**out));
	for (size_t i = 0; i < *count; i++) {
		(*out)[i].id = arena_str(mem, wire_get_text(&fields));
		(*out)[i].change = wire_get_i64(&fields);
	}
	return wire_get_end(&fields) ? ST_OK
				     : fail(ST_FAILED, "the write child sent a damaged answer");
}
