/* The log of searches as pages feed it, and recommended articles. */
#include "server/pages/search_extra.h"

#include "indexer/query.h"
#include "indexer/script.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/bet.h"
#include "server/chores.h"
#include "server/searched.h"

/* Of a longer query, which is rather a pasted text, the beginning is enough. */
enum { QUERY_KEPT = 400 };

static struct str key_of(struct arena *mem, struct str query)
{
	return script_key(mem, utf8_head(query, QUERY_KEPT));
}

/* The one space that was asked for, as a filter or in the words; empty for none or several. */
static struct str asked_space(struct arena *mem, const struct search_asked *asked)
{
	struct str space = asked->spaces.count == 1 ? asked->spaces.items[0] : STR("");
	struct query query;

	query_parse(&query, mem, asked->query);
	for (size_t i = 0; i < query.n_filters; i++) {
		const struct query_filter *filter = &query.filters[i];

		if (filter->id != DOC_SPACE || filter->excluded)
			continue;
		if (space.len && !str_eq(space, filter->value))
			return STR("");
		space = filter->value;
	}
	return asked->spaces.count > 1 ? STR("") : space;
}

/* ---- the log ------------------------------------------------------------------------------------- */

static bool is_space_asked(const struct search_asked *asked, struct str space)
{
	for (size_t i = 0; i < asked->spaces.count; i++) {
		if (str_eq(asked->spaces.items[i], space))
			return true;
	}
	return asked->spaces.count == 0;
}

/* The spaces that something was found in, by the facet that counts them and others that were not asked for. */
static void fill_found(struct search_note *out, struct arena *mem, const struct search_asked *asked,
		       const struct search_answer *answer)
{
	for (size_t i = 0; i < answer->n_facets; i++) {
		const struct search_facet *facet = &answer->facets[i];

		if (!str_is(facet->name, "space"))
			continue;
		out->found = arena_array(mem, facet->n_values + 1, sizeof(struct str));
		for (size_t k = 0; k < facet->n_values; k++) {
			if (is_space_asked(asked, facet->values[k].value))
				out->found[out->n_found++] = facet->values[k].value;
		}
	}
}

void search_note(struct search_view *v, struct request *rq, const struct search_answer *answer)
{
	struct str key = key_of(rq->mem, v->asked.query);
	struct search_note note = {
		.at = clock_now(),
		.person_id = rq->reader->person_id,
		.query = utf8_head(v->asked.query, QUERY_KEPT),
		.key = key,
		.asked = asked_space(rq->mem, &v->asked),
	};

	if (!note.person_id || !key.len)
		return;
	note.mark = v->mark = searched_mark(rq->mem, rq->app->key, note.person_id, key, note.asked);
	if (v->asked.offset)
		return;
	if (!v->corrected) { /* else what was typed found nothing */
		note.hits = answer->total;
		fill_found(&note, rq->mem, &v->asked, answer);
	}
	if (searched_add(rq->app->searched, &note))
		chores_wake(rq->app->chores);
}

void search_note_click(struct request *rq)
{
	struct str mark = request_query(rq, "s");
	struct search_click click = {.at = clock_now(),
				     .person_id = rq->reader->person_id,
				     .mark = mark,
				     .article_id = rq->article->id,
				     .space_id = rq->article->space_id};

	if (rq->json || !click.person_id || !searched_is_mark(mark))
		return;
	if (searched_add_click(rq->app->searched, &click))
		chores_wake(rq->app->chores);
}

/* ---- recommended articles ------------------------------------------------------------------------ */

/* Whether what is recommended could have been found: filters are not to be passed by. */
static bool is_narrowed(const struct search_asked *asked)
{
	return asked->langs.count || asked->types.count || asked->tags.count ||
	       asked->authors.count || asked->offices.count || asked->after.len ||
	       asked->before.len || str_is(asked->sort, "date") || asked->offset;
}

/* Its place among the hits from `first` on, or -1. */
static ptrdiff_t place_of(const struct search_view *v, size_t first, struct str id)
{
	for (size_t i = first; i < v->n_hits; i++) {
		if (str_is(v->hits[i].type, "article") && str_eq(v->hits[i].id, id))
			return (ptrdiff_t)i;
	}
	return -1;
}

/* Bring the hit at `from` to the place `to`, and move what is between. */
static void bring(struct search_view *v, size_t from, size_t to)
{
	struct search_hit_view hit = v->hits[from];

	memmove(&v->hits[to + 1], &v->hits[to], (from - to) * sizeof(hit));
	v->hits[to] = hit;
}

/* The text in the reader's language, where there is one. */
static const struct article *in_language(const struct article *article,
					 const struct article *translations, size_t count,
					 enum lang lang)
{
	for (size_t i = 0; i < count && !str_eq(article->lang, lang_tag(lang)); i++) {
		if (str_eq(translations[i].lang, lang_tag(lang)) &&
		    translations[i].status == ARTICLE_PUBLISHED)
			return &translations[i];
	}
	return article;
}

/* A translation among the hits stands for it: the search has chosen the reader's language. */
static enum status recommend_one(struct search_view *v, struct request *rq,
				 const struct article *article)
{
	size_t to = v->n_pinned, count;
	ptrdiff_t at = place_of(v, 0, article->public_id);
	struct article *translations;
	struct search_found found;

	TRY(article_translations(&translations, &count, rq->db, rq->mem, rq->reader, article));
	for (size_t i = 0; i < count && at < 0; i++)
		at = place_of(v, 0, translations[i].public_id);
	if (at >= 0 && (size_t)at < to)
		return ST_OK; /* a translation of it is recommended, too */
	if (at >= 0) {
		bring(v, (size_t)at, to);
	} else {
		search_found_article(&found, rq->mem,
				     in_language(article, translations, count, rq->lang));
		search_hit_fill(&v->hits[v->n_hits], rq->mem, &found);
		bring(v, v->n_hits, to);
		v->n_hits++;
		v->n_added++;
	}
	v->hits[to].pinned = true;
	v->n_pinned++;
	return ST_OK;
}

enum status search_recommend(struct search_view *v, struct request *rq)
{
	struct str key = key_of(rq->mem, v->corrected ? v->suggestion : v->asked.query);
	struct search_hit_view *hits;
	struct article *list;
	size_t count;

	if (!key.len || is_narrowed(&v->asked))
		return ST_OK;
	TRY(bet_find(&list, &count, rq->db, rq->mem, rq->reader, key));
	hits = arena_array(rq->mem, v->n_hits + count + 1, sizeof(*hits));
	if (v->n_hits)
		memcpy(hits, v->hits, v->n_hits * sizeof(*hits));
	v->hits = hits;
	for (size_t i = 0; i < count; i++) {
		if (is_space_asked(&v->asked, list[i].space_key))
			TRY(recommend_one(v, rq, &list[i]));
	}
	if (v->total == 0 && v->n_added) { /* nothing else was found: they are all there is */
		v->total = v->reach = (int64_t)v->n_hits;
		v->n_added = 0;
	}
	return ST_OK;
}
