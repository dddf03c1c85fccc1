/* The page of results, and its JSON. */
#include "server/pages/pages.h"

#include "indexer/script.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/space.h"
#include "server/asked.h"
#include "server/pages/glossary.h"
#include "server/pages/search_extra.h"
#include "server/pages/search_help.h"
#include "server/search.h"
#include "views/search.h"

enum {
	TITLES_MOST = 10, /* offered when the index does not answer */
	LAG_WORTH_SAYING = 500,
	LAG_A_MINUTE = 2000,
};

/* ---- what was found ------------------------------------------------------------------------------ */

void search_hit_fill(struct search_hit_view *out, struct arena *mem, const struct search_found *hit)
{
	const struct article *a = &hit->article;

	*out = (struct search_hit_view){
		.type = index_kind_name(hit->kind),
		.id = hit->public_id,
		.key = hit->key,
		.title = hit->title,
		.lang = hit->lang,
		.url = hit->url,
		.space_key = a->space_key,
		.space_name = a->space_name,
		.title_marked = hit->title_marked,
		.snippet = hit->snippet,
		.modified = hit->modified_at,
		.author = {hit->author_login, hit->author_name},
		.tags = arena_array(mem, hit->n_tags + 1, sizeof(struct str)),
		.n_tags = hit->n_tags,
		.outdated =
			hit->kind == INDEX_ARTICLE && a->review_at && a->review_at <= clock_now(),
		.verified = hit->kind == INDEX_ARTICLE && a->review_at > clock_now(),
	};
	for (size_t i = 0; i < hit->n_tags; i++)
		out->tags[i] = hit->tags[i].name;
	out->also = arena_array(mem, hit->n_translations + 1, sizeof(*out->also));
	for (size_t i = 0; i < hit->n_translations; i++) {
		const struct article *t = &hit->translations[i];

		out->also[out->n_also++] =
			(struct article_ref){t->public_id, t->slug, t->title, t->lang};
	}
	if (hit->kind == INDEX_ARTICLE)
		out->parent_id = a->parent_id;
	else
		out->on = (struct article_ref){
			.id = a->public_id, .slug = a->slug, .title = a->title, .lang = a->lang};
}

/* Neighbours mostly stand below the same article: each is looked up once. */
static enum status fill_places(struct search_view *v, struct request *rq)
{
	for (size_t i = 0; i < v->n_hits; i++) {
		struct search_hit_view *hit = &v->hits[i];
		struct article parent;
		enum status outcome;
		size_t same = 0;

		while (v->hits[same].parent_id != hit->parent_id)
			same++;
		hit->below = v->hits[same].below;
		if (!hit->parent_id || same < i)
			continue;
		outcome = article_get_by_id(&parent, rq->db, rq->mem, rq->reader, hit->parent_id);
		if (outcome == ST_NOT_FOUND)
			continue;
		TRY(outcome);
		if (!parent.deleted)
			hit->below = (struct article_ref){parent.public_id, parent.slug,
							  parent.title, parent.lang};
	}
	return ST_OK;
}

/* Two spellings of one tag are one. */
static bool is_one(struct str facet, struct str a, struct str b)
{
	AUTO(buf) struct buf x = {0}, y = {0};

	if (str_eq(a, b) || !str_is(facet, "tag"))
		return str_eq(a, b);
	script_fold(&x, a);
	script_fold(&y, b);
	return str_eq(buf_str(&x), buf_str(&y));
}

/* The value as it was chosen, or NULL: by that spelling it is dropped again. */
static const struct str *chosen_as(struct str facet, const struct str_list *chosen,
				   struct str value)
{
	for (size_t i = 0; i < chosen->count; i++) {
		if (is_one(facet, chosen->items[i], value))
			return &chosen->items[i];
	}
	return NULL;
}

static struct str_list chosen_of(const struct search_asked *asked, struct str facet)
{
	if (str_is(facet, "space"))
		return asked->spaces;
	if (str_is(facet, "lang"))
		return asked->langs;
	if (str_is(facet, "type"))
		return asked->types;
	return str_is(facet, "tag") ? asked->tags : (struct str_list){0};
}

struct space_names {
	struct space *items;
	size_t count;
};

static void label(struct search_facet_value *out, struct request *rq,
		  const struct space_names *spaces, struct str facet, struct str value)
{
	out->label = value;
	if (str_is(facet, "lang")) {
		out->label = lang_name_of(value);
		out->label_lang = value;
	} else if (str_is(facet, "type")) {
		out->label = search_kind_label(rq->lang, value);
	}
	for (size_t i = 0; str_is(facet, "space") && i < spaces->count; i++) {
		struct space_text name;

		if (!str_eq(spaces->items[i].key, value))
			continue;
		name = words_space(rq->mem, rq->lang, spaces->items[i].name);
		out->label = name.text;
		out->label_lang = name.lang;
	}
}

/* The counted values, then those that were chosen and count nothing, so that they can be dropped. */
static void fill_facet(struct search_facet_view *out, struct request *rq,
		       const struct space_names *spaces, const struct search_asked *asked,
		       const struct search_facet *facet)
{
	struct str_list chosen = chosen_of(asked, facet->name);
	size_t counted = facet->n_values;

	*out = (struct search_facet_view){.name = facet->name};
	out->values = arena_array(rq->mem, counted + chosen.count + 1, sizeof(*out->values));
	for (size_t i = 0; i < counted + chosen.count; i++) {
		struct search_facet_value value = {0};
		struct str name = i < counted ? facet->values[i].value : chosen.items[i - counted];
		const struct str *typed = chosen_as(facet->name, &chosen, name);
		bool known = false;

		value.value = i < counted && typed ? *typed : name;
		value.count = i < counted ? facet->values[i].count : 0;
		value.chosen = typed != NULL;
		label(&value, rq, spaces, facet->name, name);
		for (size_t k = 0; i >= counted && k < out->n_values; k++)
			known = known || str_eq(out->values[k].value, value.value);
		if (known)
			continue;
		out->opened = out->opened || (value.chosen && out->n_values >= FACET_SHOWN);
		out->values[out->n_values++] = value;
	}
}

static enum status fill_facets(struct search_view *out, struct request *rq,
			       const struct search_answer *answer)
{
	static const char *const names[] = {"space", "lang", "type", "tag", "year"};
	struct space_names spaces;

	TRY(space_list(&spaces.items, &spaces.count, rq->db, rq->mem, rq->reader,
		       lang_tag(rq->lang)));
	out->facets = arena_array(rq->mem, COUNT(names), sizeof(*out->facets));
	for (size_t i = 0; i < COUNT(names); i++) {
		struct search_facet facet = {.name = str_c(names[i])};

		for (size_t k = 0; k < answer->n_facets; k++) {
			if (str_eq(answer->facets[k].name, facet.name))
				facet = answer->facets[k];
		}
		fill_facet(&out->facets[out->n_facets++], rq, &spaces, &out->asked, &facet);
	}
	return ST_OK;
}

/* The other languages' preferred forms of a concept, and what was added to the query. */
static enum status fill_terms(struct search_view *out, struct request *rq,
			      const struct glossary_found *terms)
{
	AUTO(buf) struct buf also = {0}, others = {0};
	enum status outcome;
	struct term_line line;
	struct term term;

	if (rq->json || !terms->n_matches)
		return ST_OK;
	buf_str_add(&also, out->also);
	for (size_t i = 0; i < terms->n_expansions; i++) {
		for (size_t k = 0; k < terms->expansions[i].n_forms; k++)
			buf_printf(&also, "%s%.*s", also.len ? ", " : "",
				   STR_ARG(terms->expansions[i].forms[k].text));
	}
	out->also = buf_keep(&also, rq->mem);
	outcome = term_get(&term, rq->db, rq->mem, rq->reader, terms->matches[0].public_id);
	if (outcome == ST_NOT_FOUND)
		return ST_OK; /* another search has seen a newer glossary */
	TRY(outcome);
	out->term.name = glossary_name(rq, &term);
	out->term.url = glossary_url(rq->mem, term.public_id);
	line = glossary_line(rq, &term);
	out->term.meaning = line.meaning;
	out->term.meaning_lang = line.meaning_lang;
	for (unsigned i = 0; i < TERM_LANGS; i++) {
		const struct term_forms *forms = &term.forms[i];

		if (forms->count && !str_eq(forms->items[0].written, out->term.name))
			buf_printf(&others, "%s%.*s", others.len ? " · " : "",
				   STR_ARG(forms->items[0].written));
	}
	out->term.others = buf_keep(&others, rq->mem);
	return ST_OK;
}

static enum status fill_answer(struct search_view *out, struct request *rq,
			       const struct search_answer *answer)
{
	out->total = answer->total;
	out->exact = answer->exact;
	out->reach = answer->texts ? answer->texts
		     : (int64_t)answer->n_hits < out->asked.limit
			     ? out->asked.offset + (int64_t)answer->n_hits
			     : answer->total;
	out->partial = answer->partial;
	out->some_words = answer->total_all == 0 && answer->total > 0;
	out->suggestion = answer->suggestion;
	out->also = answer->also;
	if (answer->hint.len && !out->hint)
		out->hint = arena_c(rq->mem, answer->hint);
	if (answer->lag >= LAG_WORTH_SAYING)
		out->behind_minutes = 1 + answer->lag / LAG_A_MINUTE;
	out->hits = arena_array(rq->mem, answer->n_hits + 1, sizeof(*out->hits));
	out->n_hits = answer->n_hits;
	for (size_t i = 0; i < answer->n_hits; i++)
		search_hit_fill(&out->hits[i], rq->mem, &answer->hits[i]);
	TRY(fill_terms(out, rq, &answer->terms));
	return fill_facets(out, rq, answer);
}

/* Titles from the record, for as long as the index does not answer. */
static enum status fill_titles(struct search_view *out, struct request *rq)
{
	struct str key = script_key(rq->mem, out->asked.query);
	struct article_list list;

	out->down = true;
	out->n_hits = 0;
	TRY(article_complete(&list, rq->db, rq->mem, rq->reader, key, TITLES_MOST));
	out->hits = arena_array(rq->mem, list.count + 1, sizeof(*out->hits));
	for (size_t i = 0; i < list.count; i++) {
		struct search_found hit;

		search_found_article(&hit, rq->mem, &list.items[i]);
		search_hit_fill(&out->hits[i], rq->mem, &hit);
	}
	out->n_hits = list.count;
	out->total = (int64_t)list.count;
	out->exact = true;
	return ST_OK;
}

/* ---- asking --------------------------------------------------------------------------------------- */

/* `*answered` is false while there is no index, or no child to ask. */
static enum status search(struct search_view *out, bool *answered, struct request *rq,
			  const struct search_request *request)
{
	struct search_answer answer;
	enum status outcome = search_run(&answer, rq->app, rq->reader, rq->db, rq->mem, request);

	*answered = false;
	out->rebuilding = outcome == ST_OK && answer.rebuilding;
	if (outcome != ST_OK)
		log_failure("search");
	if (outcome == ST_INVALID)
		return outcome;
	if (outcome != ST_OK || answer.rebuilding)
		return ST_OK;
	*answered = true;
	if (answer.total == 0)
		TRY(search_otherwise(out, &answer, rq, request));
	TRY(fill_answer(out, rq, &answer));
	TRY(search_recommend(out, rq));
	search_note(out, rq, &answer);
	return ST_OK;
}

/* ---- JSON ---------------------------------------------------------------------------------------- */

static void json_hit(struct json_out *j, const struct search_hit_view *hit)
{
	jo_object(j, NULL);
	jo_str(j, "type", hit->type);
	jo_str(j, "id", hit->id);
	jo_str(j, "key", hit->key);
	jo_str(j, "url", hit->url.url_bytes);
	jo_str(j, "title", hit->title);
	jo_str(j, "lang", hit->lang);
	jo_str(j, "space", hit->space_key);
	jo_str(j, "snippet", hit->snippet.html_bytes);
	jo_time(j, "modified", hit->modified);
	jo_str(j, "author", hit->author.login);
	jo_strs(j, "tags", hit->tags, hit->n_tags);
	jo_bool(j, "pinned", hit->pinned);
	jo_end(j);
}

static void json_facet(struct json_out *j, const struct search_facet_view *facet)
{
	char name[16];

	(void)snprintf(name, sizeof(name), "%.*s", STR_ARG(facet->name));
	jo_list(j, name);
	for (size_t i = 0; i < facet->n_values; i++) {
		jo_object(j, NULL);
		jo_str(j, "value", facet->values[i].value);
		jo_str(j, "label", facet->values[i].label);
		jo_i64(j, "count", facet->values[i].count);
		jo_end(j);
	}
	jo_end(j);
}

static void json_search_show(struct json_out *j, struct request *rq, const struct search_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_str(j, "query", v->asked.query);
	jo_i64(j, "total", v->total);
	jo_bool(j, "exact", v->exact);
	jo_aside_i64(j, "took_ms", v->took_ms);
	jo_str_or_null(j, "suggestion", v->suggestion);
	search_json_people(j, v);
	jo_list(j, "hits");
	for (size_t i = 0; i < v->n_hits; i++)
		json_hit(j, &v->hits[i]);
	jo_end(j);
	jo_object(j, "facets");
	for (size_t i = 0; i < v->n_facets; i++)
		json_facet(j, &v->facets[i]);
	jo_end(j);
	jo_end(j);
}

/* ---- the page ------------------------------------------------------------------------------------ */

/* From a place behind the end. */
static struct url last_page(struct arena *mem, const struct search_view *v)
{
	struct url first = search_url(mem, &v->asked, (struct search_change){.query = STR_NONE});
	int64_t last = (v->reach - 1) / v->asked.limit * v->asked.limit;

	if (last <= 0 || last >= v->asked.offset)
		return first;
	return url_with_i64(mem, first, "offset", last);
}

enum status page_search_show(struct request *rq)
{
	struct search_view view = {.exact = true, .may_create = access_may_create(rq->reader)};
	struct search_request request;
	int64_t began = clock_mono();
	bool answered = true;

	asked_read(&view.asked, rq->mem, &rq->query);
	if (asked_request(&request, &view.asked, rq->lang) != ST_OK) {
		if (rq->json)
			return fail_on(
				"after", ST_INVALID,
				"A date is a year, a month or a day: 2026, 2026-03, 2026-03-31.");
		view.hint = N_("A date is a year, a month or a day: 2026, 2026-03, 2026-03-31.");
	}
	if (view.asked.query.len)
		TRY(search(&view, &answered, rq, &request));
	else
		TRY(fill_facets(&view, rq, &(struct search_answer){0}));
	if (!answered && rq->json)
		return fail(ST_BUSY, "the index does not answer");
	if (!answered)
		TRY(fill_titles(&view, rq));
	view.shown = view.asked;
	if (view.corrected)
		view.shown.query = view.suggestion;
	if (view.n_hits == 0 && view.total > 0 && view.asked.offset > 0 && !rq->json)
		return reply_redirect(rq, last_page(rq->mem, &view));
	if (!rq->json)
		TRY(fill_places(&view, rq));
	TRY(search_help(&view, rq, &request, answered));
	view.took_ms = (clock_mono() - began) / 1000;
	return REPLY(rq, 200, search_show, &view);
}
