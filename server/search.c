/* Asking the search child, and asking the record whether its answer may be told. */
#include "server/search.h"

#include <pthread.h>

#include "indexer/query.h"
#include "indexer/snippet.h"
#include "schema/base/log.h"
#include "schema/journal.h"
#include "server/search_kind.h"

/*
 * A passage is about as long to the eye in every script: Cyrillic letters take two bytes. ROUNDS:
 * how often the search is asked anew without what the record refused.
 */
enum { PASSAGE_LATIN = 240, PASSAGE_CYRILLIC = 430, ROUNDS = 3 };

/* So many hits that hang on one article stand where they rank. */
enum { HANGING_TOGETHER = 2 };

/* Fewer changes than these wait for seconds only; nobody is told. */
enum { LAG_COUNTED = 500 };

struct work {
	struct app *app;
	const struct reader *who;
	struct db *db;
	struct arena *mem;
	struct search_request request;
	struct str *excluded; /* with room for what will be refused */
	struct analyser *analyser;
	const struct mark_set *marks;
	bool other_language; /* a hit may be shown in the reader's language instead of its own */
};

/* Each thread that searches keeps one analyser, because its cache of words is worth keeping. */
static pthread_key_t analyser_key;
static pthread_once_t analyser_once = PTHREAD_ONCE_INIT;

static void analyser_free(void *analyser)
{
	analyser_close(analyser);
}

static void analyser_key_make(void)
{
	if (pthread_key_create(&analyser_key, analyser_free) != 0)
		abort();
}

enum status search_analyser(struct analyser **out)
{
	(void)pthread_once(&analyser_once, analyser_key_make);
	*out = pthread_getspecific(analyser_key);
	if (*out)
		return ST_OK;
	TRY(analyser_open(out));
	if (pthread_setspecific(analyser_key, *out) != 0)
		abort();
	return ST_OK;
}

/* Load what may be told, and exclude what may not from the next round. */
static enum status load_hits(struct search_answer *out, struct work *w,
			     const struct search_result *result)
{
	out->hits = arena_array(w->mem, result->n_hits + 1, sizeof(*out->hits));
	out->n_hits = 0;
	for (size_t i = 0; i < result->n_hits; i++) {
		struct search_found *hit = &out->hits[out->n_hits];
		enum status outcome = search_load(hit, w->db, w->mem, w->who, result->hits[i].id);

		if (outcome == ST_OK) {
			hit->score = result->hits[i].score;
			out->n_hits++;
		} else if (outcome == ST_NOT_FOUND) {
			log_warn("search: document %.*s is not for its reader; dropped",
				 STR_ARG(result->hits[i].id));
			w->excluded[w->request.n_excluded++] = result->hits[i].id;
		} else {
			return outcome;
		}
	}
	return ST_OK;
}

static void take_result(struct search_answer *out, const struct search_result *result)
{
	out->total = result->total;
	out->exact = result->exact;
	out->total_all = result->total_all;
	out->texts = result->texts;
	out->facets = result->facets;
	out->n_facets = result->n_facets;
	out->suggestion = result->suggestion;
	out->hint = result->hint;
	out->also = result->also;
	out->partial = result->partial;
}

/*
 * Ask until everything that came back may be told. A refused hit would show in the total, the facets
 * and the length of the page, so the search is asked again as if it did not exist.
 */
static enum status ask(struct search_answer *out, struct search_result *result, struct work *w)
{
	size_t refused = 0;

	for (int round = 0; round < ROUNDS; round++) {
		size_t before = w->request.n_excluded;

		TRY(children_search(result, w->mem, w->app->children, &w->request));
		take_result(out, result);
		TRY(load_hits(out, w, result));
		refused = w->request.n_excluded - before;
		if (refused == 0)
			return ST_OK;
	}
	out->total -= out->total < (int64_t)refused ? out->total : (int64_t)refused;
	out->texts = 0;
	out->n_facets = 0;
	return ST_OK;
}

/* Terms of other languages, unless only what was typed is wanted. */
static enum status widen(struct work *w, struct search_answer *out)
{
	struct analyser *a;

	w->request.expansions = NULL;
	w->request.n_expansions = 0;
	if (w->request.as_typed)
		return ST_OK;
	TRY(search_analyser(&a));
	TRY(glossary_find(&out->terms, w->app->glossary, w->db, w->mem, a, w->request.query));
	w->request.expansions = out->terms.expansions;
	w->request.n_expansions = out->terms.n_expansions;
	return ST_OK;
}

/* Fill in what the caller must not decide: shards, their versions, what is not yet re-indexed. */
static enum status prepare(struct work *w, struct search_answer *out)
{
	struct feed_view view;

	TRY(feed_view(&view, w->mem, w->app->feed, &w->who->audiences));
	out->rebuilding = view.rebuilding;
	if (view.lag >= LAG_COUNTED)
		TRY(journal_pending_for(&out->lag, w->db, w->who, view.cursor));
	w->excluded = arena_array(w->mem, view.n_excluded + (size_t)ROUNDS * w->request.limit + 1,
				  sizeof(*w->excluded));
	for (size_t i = 0; i < view.n_excluded; i++)
		w->excluded[i] = view.excluded[i];
	w->request.audiences = w->who->audiences;
	w->request.versions = view.versions;
	w->request.excluded = w->excluded;
	w->request.n_excluded = view.n_excluded;
	return widen(w, out);
}

/* What translations of one text share: the first of them gives its id. */
static struct str set_of(const struct article *article)
{
	return article->translation.len ? article->translation : article->public_id;
}

static bool is_told_already(const struct search_answer *out, size_t above,
			    const struct search_found *hit)
{
	for (size_t i = 0; i < above; i++) {
		if (out->hits[i].kind == INDEX_ARTICLE &&
		    str_eq(set_of(&out->hits[i].article), set_of(&hit->article)))
			return true;
	}
	return false;
}

/* The child joins translations, but for those that hold all words and those that hold some. */
static void join_translations(struct search_answer *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->n_hits; i++) {
		struct search_found hit = out->hits[i];

		if (hit.kind != INDEX_ARTICLE || !is_told_already(out, kept, &hit))
			out->hits[kept++] = hit;
	}
	out->n_hits = kept;
}

/* How many above it hang on the same article. */
static size_t hanging_above(const struct search_answer *out, size_t at)
{
	const struct search_found *hit = &out->hits[at];
	size_t count = 0;

	for (size_t i = 0; i < at && hit->kind != INDEX_ARTICLE; i++)
		count += out->hits[i].kind != INDEX_ARTICLE &&
			 out->hits[i].article.id == hit->article.id;
	return count;
}

/* What is said a third time about one article goes to the end of the page. */
static void spread(struct search_answer *out, struct arena *mem)
{
	struct search_found *late = arena_array(mem, out->n_hits + 1, sizeof(*late));
	struct search_found *hits = arena_array(mem, out->n_hits + 1, sizeof(*hits));
	size_t n_late = 0, kept = 0;

	for (size_t i = 0; i < out->n_hits; i++) {
		if (hanging_above(out, i) < HANGING_TOGETHER)
			hits[kept++] = out->hits[i];
		else
			late[n_late++] = out->hits[i];
	}
	for (size_t i = 0; i < n_late; i++)
		hits[kept++] = late[i];
	out->hits = hits;
}

static size_t passage_width(struct str lang)
{
	return str_is(lang, "ru") || str_is(lang, "uz-Cyrl") ? PASSAGE_CYRILLIC : PASSAGE_LATIN;
}

/* Title and passage with marks; `found` when a word of the query is in either. */
static enum status mark(struct search_found *hit, bool *found, const struct work *w)
{
	struct snippet snippet;
	struct str plain;

	snippet_mark_all(&snippet, w->mem, w->analyser, w->marks, hit->title);
	hit->title_marked = snippet.n_marks ? markup_snippet(w->mem, &snippet) : HTML_NONE;
	*found = snippet.n_marks > 0;
	hit->snippet = HTML_NONE;
	TRY(search_plain(&plain, w->db, w->mem, hit));
	if (!plain.len)
		return ST_OK;
	snippet_make(&snippet, w->mem, w->analyser, w->marks, plain, passage_width(hit->lang));
	hit->snippet = markup_snippet(w->mem, &snippet);
	*found = *found || snippet.n_marks > 0;
	return ST_OK;
}

/* False where the facets tell that nothing in this language was found. */
static bool is_language_found(const struct search_answer *out, struct str lang)
{
	bool counted = false;

	for (size_t i = 0; i < out->n_facets; i++) {
		const struct search_facet *facet = &out->facets[i];

		if (!str_is(facet->name, "lang"))
			continue;
		counted = true;
		for (size_t k = 0; k < facet->n_values; k++) {
			if (str_eq(facet->values[k].value, lang))
				return true;
		}
	}
	return !counted;
}

/*
 * Only where nothing narrows the search may another language stand for a hit: it could be what was
 * filtered out.
 */
static bool may_change_language(const struct search_answer *out,
				const struct search_request *request)
{
	return request->reader_lang.len && is_language_found(out, request->reader_lang) &&
	       !request->n_langs && !request->n_tags && !request->n_authors &&
	       !request->n_offices && !request->after && !request->before &&
	       str_find(request->query, ':') < 0;
}

/* The published ones of them. */
static enum status load_translations(struct search_found *hit, const struct work *w)
{
	struct article *list;
	size_t count;

	TRY(article_translations(&list, &count, w->db, w->mem, w->who, &hit->article));
	hit->translations = list;
	for (size_t i = 0; i < count; i++) {
		if (list[i].status == ARTICLE_PUBLISHED)
			list[hit->n_translations++] = list[i];
	}
	return ST_OK;
}

/* The same text in the reader's language, where that is found by the query as well. */
static enum status prefer_language(struct search_found *hit, const struct work *w)
{
	struct search_found other = *hit;
	bool found = false;
	size_t i = 0;

	while (i < hit->n_translations &&
	       !str_eq(hit->translations[i].lang, w->request.reader_lang))
		i++;
	if (i == hit->n_translations)
		return ST_OK;
	search_found_article(&other, w->mem, &hit->translations[i]);
	other.score = hit->score;
	TRY(mark(&other, &found, w));
	if (!found)
		return ST_OK;
	other.translations = hit->translations;
	other.n_translations = hit->n_translations;
	other.translations[i] = hit->article;
	*hit = other;
	return ST_OK;
}

static enum status decorate(struct search_found *hit, const struct work *w)
{
	bool found;

	TRY(mark(hit, &found, w));
	if (hit->kind != INDEX_ARTICLE)
		return ST_OK;
	TRY(load_translations(hit, w));
	if (w->other_language && !str_eq(hit->article.lang, w->request.reader_lang))
		TRY(prefer_language(hit, w));
	return article_tags(&hit->tags, &hit->n_tags, w->db, w->mem, &hit->article);
}

enum status search_run(struct search_answer *out, struct app *app, const struct reader *who,
		       struct db *db, struct arena *mem, const struct search_request *asked)
{
	struct work w = {.app = app, .who = who, .db = db, .mem = mem, .request = *asked};
	struct search_result result = {0};

	*out = (struct search_answer){0};
	w.request.join_translations = true;
	TRY(prepare(&w, out));
	if (out->rebuilding)
		return ST_OK;
	TRY(ask(out, &result, &w));
	join_translations(out);
	if (asked->sort == SEARCH_BY_RELEVANCE && result.n_marks) /* without words it is by date */
		spread(out, mem);
	TRY(search_analyser(&w.analyser));
	w.marks = mark_set_new(mem, result.marks, result.n_marks);
	w.other_language = may_change_language(out, &w.request);
	for (size_t i = 0; i < out->n_hits; i++)
		TRY(decorate(&out->hits[i], &w));
	return ST_OK;
}

/* The type that is asked for below is no wish of the reader, who has named nothing to find. */
static bool asks_for_nothing(struct arena *mem, const struct search_request *asked)
{
	struct query query;

	query_parse(&query, mem, asked->query);
	return !query_asks(&query) && !asked->n_spaces && !asked->n_langs && !asked->n_tags &&
	       !asked->n_authors && !asked->n_offices && !asked->after && !asked->before;
}

enum status search_run_bare(struct search_answer *out, struct app *app, const struct reader *who,
			    struct db *db, struct arena *mem, const struct search_request *asked)
{
	struct work w = {.app = app, .who = who, .db = db, .mem = mem, .request = *asked};
	struct search_result result = {0};
	struct str articles = index_kind_name(INDEX_ARTICLE);

	*out = (struct search_answer){0};
	if (asks_for_nothing(mem, asked))
		return ST_OK;
	w.request.types = &articles;
	w.request.n_types = 1;
	TRY(prepare(&w, out));
	return out->rebuilding ? ST_OK : ask(out, &result, &w);
}
