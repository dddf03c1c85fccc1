/* Asking one saved search again. */
#include "server/alerts.h"

#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/saved_search.h"
#include "server/asked.h"
#include "server/search.h"

/* The index knows a change some time after it was made: what was changed so lately is looked at again. */
enum { OVERLAP = 3600 };

/* Changes of others since the search began to be watched, or was asked last. */
static bool is_news(const struct saved_search *saved, const struct reader *who,
		    const struct article *article)
{
	return article->modified_at > saved->since && article->status == ARTICLE_PUBLISHED &&
	       !str_eq(article->author_login, who->login);
}

static enum status make_request(struct search_request *out, struct arena *mem,
				const struct saved_search *saved)
{
	int64_t after =
		saved->ran_at - OVERLAP > saved->since ? saved->ran_at - OVERLAP : saved->since;
	struct search_asked asked;
	struct form query;

	TRY(form_decode(&query, mem, saved->address));
	asked_read(&asked, mem, &query);
	TRY(asked_request(out, &asked, LANG_EN));
	if (out->after < after)
		out->after = after;
	out->sort = SEARCH_BY_DATE;
	out->offset = 0;
	out->limit = SAVED_HITS;
	out->facets = false;
	return ST_OK;
}

/* `hits` has room for SAVED_HITS. BUSY while the index is built anew. */
static enum status ask(struct saved_hit *hits, size_t *count, struct app *app, struct db *db,
		       struct arena *mem, const struct saved_search *saved)
{
	AUTO(snapshot) struct snapshot snapshot = {0};
	struct search_request request;
	struct search_answer answer;
	struct reader who;
	enum status outcome;

	*count = 0;
	TRY(snapshot_begin(&snapshot, db));
	outcome = reader_load(&who, db, mem, saved->person_id);
	if (outcome == ST_NOT_FOUND)
		return ST_OK; /* disabled this moment */
	TRY(outcome);
	if (make_request(&request, mem, saved) != ST_OK)
		return ST_OK; /* a date that is none: the page says so */
	TRY(search_run_bare(&answer, app, &who, db, mem, &request));
	if (answer.rebuilding)
		return fail(ST_BUSY, "the index is being rebuilt");
	for (size_t i = 0; i < answer.n_hits; i++) {
		const struct article *a = &answer.hits[i].article;

		if (is_news(saved, &who, a))
			hits[(*count)++] = (struct saved_hit){a->id, a->modified_at};
	}
	return ST_OK;
}

static enum status run_one(bool *more, struct app *app, struct db *db, struct arena *mem)
{
	struct saved_hit *hits = arena_array(mem, SAVED_HITS, sizeof(*hits));
	struct saved_search *saved;
	int64_t now = clock_now();
	size_t due, count;
	enum status outcome;

	TRY(saved_search_due(&saved, &due, db, mem, now, 1));
	*more = due > 0;
	if (!due)
		return ST_OK;
	outcome = ask(hits, &count, app, db, mem, saved);
	if (outcome == ST_BUSY) {
		*more = false;
		return ST_OK;
	}
	if (outcome != ST_OK) {
		log_failure("a saved search"); /* it must not keep the others waiting */
		count = 0;
	}
	return saved_search_ran(app->writer, saved, hits, count, now);
}

enum status alerts_run_one(bool *more, struct app *app)
{
	AUTO(arena) struct arena mem = {0};
	struct db *db;
	enum status outcome;

	*more = false;
	TRY(app_reader_begin(&db, app));
	outcome = run_one(more, app, db, &mem);
	app_reader_end(app, db);
	return outcome;
}
