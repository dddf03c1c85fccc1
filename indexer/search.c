/* One search over the shards that the reader may read. */
#include "indexer/search.h"

#include "indexer/search_parts.h"
#include "indexer/writer_folder.h"
#include "schema/base/clock.h"

enum {
	LIMIT_MAX = 1000,
	OFFSET_MAX = 100 * 1000,
	FEW = 5,            /* fewer hits than this with all words: those with some words follow */
	FEEDBACK_WORDS = 3, /* a shorter query is no question */
	FEEDBACK_DOCS = 5,
	CHECK_AT_LEAST = 1000,
	BRIEF = 300 * 1000, /* postings that are read in some 30 ms */
	DEADLINE_MICROS = 2 * 1000 * 1000,
};

struct searcher {
	struct analyser *analyser;
	struct shards shards;
	bool damaged;
};

enum status searcher_open(struct searcher **out, const char *folder)
{
	struct searcher *s = xmalloc(sizeof(*s));
	int64_t cursor;

	*s = (struct searcher){0};
	shards_init(&s->shards, folder);
	s->damaged = writer_cursor(folder, &cursor) == ST_INVALID;
	if (analyser_open(&s->analyser) != ST_OK) {
		searcher_close(s);
		return ST_FAILED;
	}
	*out = s;
	return ST_OK;
}

void searcher_close(struct searcher *s)
{
	if (!s)
		return;
	analyser_close(s->analyser);
	shards_close(&s->shards);
	free(s);
}

/* What one search has open; released whole. */
struct session {
	struct plan plan;
	const struct search_request *request;
	struct homes homes;
	struct texts texts;
	xap_query told; /* the few documents that have all words */
	int64_t now;    /* seconds */
};

static void session_cleanup(struct session *session)
{
	xap_set_free(session->plan.set);
	xap_pool_free(session->plan.pool);
}

static enum status open_set(struct searcher *s, struct session *session)
{
	const struct search_request *request = session->request;
	size_t count = request->audiences.count;
	struct arena *mem = session->plan.mem;
	struct xap_shard **indexes = arena_array(mem, count, sizeof(struct xap_shard *));

	session->plan.shards = arena_array(mem, count, sizeof(struct shard *));
	session->plan.open = &s->shards;
	session->homes.audiences = arena_array(mem, count, sizeof(int64_t));
	session->homes.spaces = arena_array(mem, count, sizeof(struct str));
	for (size_t i = 0; i < count; i++) {
		int64_t audience = request->audiences.ids[i];
		struct shard *shard;

		TRY(shards_find(&s->shards, audience, request->versions ? request->versions[i] : 0,
				&shard));
		if (!shard)
			continue;
		indexes[session->plan.n_shards] = shard->index;
		session->plan.shards[session->plan.n_shards] = shard;
		session->homes.spaces[session->plan.n_shards] =
			arena_str(mem, buf_str(&shard->space));
		session->homes.audiences[session->plan.n_shards++] = audience;
	}
	session->homes.count = session->plan.n_shards;
	return session->plan.n_shards
		       ? xap_set_new(&session->plan.set, indexes, session->plan.n_shards)
		       : ST_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */
static xap_query narrowed(struct plan *plan, xap_query query)
{
	if (plan->filter)
		query = xap_query_filter(plan->pool, query, plan->filter);
	if (plan->without)
		query = xap_query_without(plan->pool, query, plan->without);
	if (plan->bonus)
		query = xap_query_maybe(plan->pool, query, plan->bonus);
	return query;
}

static bool is_by_relevance(const struct session *session)
{
	return session->request->sort == SEARCH_BY_RELEVANCE && session->plan.n_asked > 0;
}

/* What to count over the matches beside them. */
enum counting { COUNT_NOTHING, COUNT_FACETS };

static enum status ask(struct session *session, struct xap_answer *out, xap_query query,
		       uint32_t limit, enum counting counting)
{
	const struct search_request *request = session->request;
	struct xap_question question = {
		.query = query,
		.limit = limit,
		.check_at_least = counting == COUNT_FACETS ? CHECK_AT_LEAST : 0,
		.by_number = !is_by_relevance(session),
		.sort_slot = SLOT_MODIFIED,
		.count = request->facets && counting == COUNT_FACETS,
		.count_slot = SLOT_FACETS,
		.bm25_k1 = SEARCH_WEIGHTS.k1,
		.bm25_b = SEARCH_WEIGHTS.b,
		.bm25_min_length = SEARCH_WEIGHTS.min_length,
		.brief = session->plan.n_asked > 0 && session->plan.postings <= BRIEF,
	};

	return xap_search(out, session->plan.mem, session->plan.set, session->plan.pool, &question);
}

static bool is_told(const struct xap_answer *above, size_t count, const struct xap_hit *hit)
{
	struct str key = doc_data_read(hit->data).translation;

	for (size_t i = 0; i < count && key.len; i++)
		if (str_eq(key, doc_data_read(above->hits[i].data).translation))
			return true;
	return false;
}

/* Leave only the first of each set of translations. */
static void join_translations(struct xap_answer *answer)
{
	size_t kept = 0;

	for (size_t i = 0; i < answer->n_hits; i++)
		if (!is_told(answer, kept, &answer->hits[i]))
			answer->hits[kept++] = answer->hits[i];
	answer->n_hits = kept;
}

/* The same between two answers. */
static void leave_out(struct xap_answer *answer, const struct xap_answer *above)
{
	size_t kept = 0;

	for (size_t i = 0; i < answer->n_hits; i++)
		if (!is_told(above, above->n_hits, &answer->hits[i]))
			answer->hits[kept++] = answer->hits[i];
	answer->n_hits = kept;
}

static xap_query id_query(struct plan *plan, const struct xap_hit *hit)
{
	struct str id = doc_data_read(hit->data).id;

	return xap_query_term(plan->pool,
			      arena_printf(plan->mem, DOC_PREFIX_ID "%.*s", STR_ARG(id)));
}

static xap_query those(struct plan *plan, const struct xap_answer *answer)
{
	xap_query *ids = arena_array(plan->mem, answer->n_hits, sizeof(*ids));

	for (size_t i = 0; i < answer->n_hits; i++)
		ids[i] = id_query(plan, &answer->hits[i]);
	return xap_query_group(plan->pool, XAP_OR, ids, answer->n_hits);
}

/*
 * The first `wanted` hits and the rest of their step, each text once where translations are joined;
 * `all`: there are no more. Xapian's own collapsing reads a value of every match, which costs as much
 * as the search: here only hits are looked at, and more of them are fetched where too few remain.
 */
static enum status ask_first(struct session *session, struct xap_answer *out, bool *all,
			     xap_query query, uint32_t wanted)
{
	bool join = session->request->join_translations;
	uint32_t fetched;

	wanted = wanted ? wanted : 1;
	wanted += (STANDING_STEP - wanted % STANDING_STEP) % STANDING_STEP;
	fetched = join ? wanted + wanted / 2 + 2 : wanted;
	while (true) {
		TRY(ask(session, out, query, fetched, COUNT_FACETS));
		*all = out->n_hits < fetched && !out->late;
		if (*all && out->n_hits < FEW)
			session->told = those(&session->plan, out);
		if (join)
			join_translations(out);
		if (!join || *all || out->late || out->n_hits >= wanted)
			break;
		fetched = (uint32_t)((uint64_t)fetched * wanted / out->n_hits) + 2;
	}
	if (join)
		texts_add(&session->texts, session->plan.mem, out, TEXTS_OF_ALL);
	if (is_by_relevance(session))
		standing_order(out, session->request->reader_lang, session->now);
	return ST_OK;
}

static void add_hits(struct session *session, struct search_result *out,
		     const struct xap_answer *answer, size_t from)
{
	for (size_t i = from; i < answer->n_hits && out->n_hits < session->request->limit; i++) {
		struct search_hit *hit = &out->hits[out->n_hits++];

		*hit = (struct search_hit){
			.id = doc_data_read(answer->hits[i].data).id,
			.audience = session->homes.audiences[answer->hits[i].shard],
			.score = answer->hits[i].weight,
		};
	}
}

static void add_counts(struct session *session, struct search_result *out,
		       const struct xap_answer *answer)
{
	out->total += answer->estimated;
	out->exact = out->exact && answer->lower == answer->upper;
	out->partial = out->partial || answer->late;
	if (session->request->facets)
		facets_add(out, session->plan.mem, answer, &session->homes);
}

/*
 * Order by what the best documents share as well. It must not change what is found, nor what the typed
 * words alone put first: there it did more harm than good (docs/PERFORMANCE.md).
 */
static enum status with_feedback(struct session *session, xap_query *query)
{
	struct plan *plan = &session->plan;
	struct xap_answer best;
	xap_query shared;

	if (plan->n_asked < FEEDBACK_WORDS || !xap_set_is_cheap(plan->set) ||
	    session->request->as_typed || !is_by_relevance(session))
		return ST_OK;
	TRY(ask(session, &best, narrowed(plan, *query), FEEDBACK_DOCS, COUNT_NOTHING));
	TRY(plan_feedback(plan, &shared, &best));
	if (!shared)
		return ST_OK;
	*query = xap_query_maybe(plan->pool, *query, shared);
	*query = xap_query_maybe(plan->pool, *query,
				 xap_query_constant(plan->pool, SEARCH_WEIGHTS.first,
						    id_query(plan, &best.hits[0])));
	return ST_OK;
}

/* Below `full`, the few documents with all words: those that have some. */
static enum status ask_some(struct session *session, struct search_result *out,
			    const struct xap_answer *full)
{
	struct plan *plan = &session->plan;
	const struct search_request *request = session->request;
	struct xap_answer answer;
	xap_query query = plan->some;
	uint32_t first;
	bool all;

	TRY(with_feedback(session, &query));
	if (session->told)
		query = xap_query_without(plan->pool, query, session->told);
	add_hits(session, out, full, request->offset);
	first = request->offset > full->n_hits ? request->offset - (uint32_t)full->n_hits : 0;
	TRY(ask_first(session, &answer, &all, narrowed(plan, query),
		      first + request->limit - (uint32_t)out->n_hits + (uint32_t)full->n_hits));
	if (request->join_translations)
		leave_out(&answer, full);
	out->texts = all ? (uint32_t)(full->n_hits + answer.n_hits) : 0;
	add_hits(session, out, &answer, first);
	add_counts(session, out, &answer);
	return ST_OK;
}

static enum status ask_all(struct session *session, struct search_result *out)
{
	struct plan *plan = &session->plan;
	const struct search_request *request = session->request;
	xap_query query = plan->n_asked ? plan->all : xap_query_all(plan->pool);
	struct xap_answer answer = {0};
	bool all = true;

	out->hits = arena_array(plan->mem, request->limit, sizeof(*out->hits));
	if (query)
		TRY(ask_first(session, &answer, &all, narrowed(plan, query),
			      request->offset + request->limit));
	out->texts = all ? (uint32_t)answer.n_hits : 0;
	add_counts(session, out, &answer);
	out->total_all = out->total;
	if (plan->n_asked > 1 && plan->some && out->total_all < FEW && !out->partial &&
	    !request->all_words)
		return ask_some(session, out, &answer);
	add_hits(session, out, &answer, request->offset);
	return ST_OK;
}

/*
 * What other values of a chosen facet would find. What was chosen stands counted already, so only the
 * rest is looked for.
 */
static enum status ask_others(struct session *session, struct search_result *out, uint32_t *matches,
			      xap_query query, enum doc_filter_id id)
{
	struct plan *plan = &session->plan;
	struct xap_answer answer = {0};
	xap_query others = plan_others(plan, query, id);

	if (!others)
		return ST_OK;
	TRY(ask(session, &answer, others, STANDING_STEP, COUNT_FACETS));
	*matches = answer.estimated;
	out->partial = out->partial || answer.late;
	facets_add_others(out, plan->mem, &answer, &session->homes, id);
	if (session->request->join_translations)
		texts_add(&session->texts, plan->mem, &answer, id);
	return ST_OK;
}

/* Each facet is counted with all filters but its own, so that a second value can be chosen. */
static enum status count_others(struct session *session, struct search_result *out)
{
	struct plan *plan = &session->plan;
	xap_query all = plan->n_asked ? plan->all : xap_query_all(plan->pool), some = plan->some;

	if (!session->request->facets || out->partial)
		return ST_OK;
	if (all && some)
		some = xap_query_without(plan->pool, some, all);
	for (size_t i = 0; i < DOC_FILTER_COUNT && !out->partial; i++) {
		enum doc_filter_id id = (enum doc_filter_id)i;
		uint32_t found = 0, more;

		if (!DOC_FILTERS[i].facet)
			continue;
		TRY(ask_others(session, out, &found, all, id));
		if (plan->n_asked > 1 && out->total_all + found < FEW &&
		    !session->request->all_words)
			TRY(ask_others(session, out, &more, some, id));
	}
	return ST_OK;
}

/* Where all matches were counted it is known how many hits they are. */
static void join_texts(struct session *session, struct search_result *out)
{
	struct texts *texts = &session->texts;
	uint32_t more = texts_count_once(out, session->plan.mem, texts, &session->homes);

	if (session->request->facets && out->exact && !out->partial && !texts->too_many &&
	    out->total > more)
		out->texts = out->total - more;
}

/* Nothing is left to look for once the words are read. */
static bool request_is_answered(const struct session *session)
{
	return session->request->marks_only ||
	       (session->plan.n_asked == 0 && !session->plan.filter);
}

static enum status search(struct searcher *s, struct session *session, struct search_result *out)
{
	struct plan *plan = &session->plan;

	if (session->request->tags_only) {
		TRY(open_set(s, session));
		return plan->set ? plan_tags(out, plan, &session->homes) : ST_OK;
	}
	query_parse(&plan->query, plan->mem, session->request->query);
	out->hint = plan->query.hint;
	if (query_only_excludes(&plan->query))
		return ST_OK;
	TRY(open_set(s, session));
	if (!plan->set)
		return ST_OK;
	TRY(xap_pool_new(&plan->pool, session->request->deadline ? session->request->deadline
								 : clock_mono() + DEADLINE_MICROS));
	plan_clauses(plan);
	plan_filters(plan, session->request);
	TRY(plan->outcome);
	out->marks = plan->marks;
	out->n_marks = plan->n_marks;
	out->also = plan->also;
	if (request_is_answered(session))
		return ST_OK;
	TRY(ask_all(session, out));
	TRY(count_others(session, out));
	facets_join_spellings(out, plan->mem);
	join_texts(session, out);
	facets_sort(out);
	if (out->total_all == 0 && !out->partial)
		out->suggestion = plan_suggestion(plan);
	return plan->outcome;
}

static enum status search_once(struct searcher *s, struct search_result *out, struct arena *mem,
			       const struct search_request *request)
{
	AUTO(session)
	struct session session = {
		.plan = {.mem = mem, .analyser = s->analyser, .request = request},
		.request = request,
		.now = clock_now(),
	};

	*out = (struct search_result){.exact = true};
	return search(s, &session, out);
}

enum status searcher_run(struct searcher *s, struct search_result *out, struct arena *mem,
			 const struct search_request *request)
{
	enum status outcome;

	*out = (struct search_result){.exact = true};
	if (request->limit > LIMIT_MAX || request->offset > OFFSET_MAX ||
	    request->audiences.count > AUDIENCE_MAX)
		return fail(ST_INVALID, "a search past its limits");
	if (request->audiences.count == 0)
		return ST_OK;
	if (s->damaged)
		return fail(ST_FAILED, "the index must be built anew");
	outcome = search_once(s, out, mem, request);
	if (outcome != ST_CONFLICT)
		return outcome;
	TRY(shards_refresh(&s->shards)); /* the writer was two commits ahead */
	return search_once(s, out, mem, request);
}
