/* The way on from a search that found nothing: how it was read, what it asks too much, who may know. */
#include "server/pages/search_help.h"

#include "indexer/query.h"
#include "indexer/relax.h"
#include "indexer/suggest.h"
#include "schema/base/utf8.h"
#include "schema/person.h"
#include "schema/space.h"
#include "server/pages/article_load.h"

enum {
	OTHERS = 3, /* spellings shown of those that were tried */
	FILTERS_MOST = 8 + DOC_FILTER_COUNT,
	NEAR = 20, /* articles whose authors may know */
	PEOPLE = 3,
	NEAR_LEAST = 4 /* letters by which words are near to one another */
};

/* ---- how it was read ----------------------------------------------------------------------------- */
static void add_other(struct buf *out, size_t *count, const struct query_word *word, struct str t1,
		      bool cyrillic)
{
	AUTO(buf) struct buf text = {0};

	if (*count == OTHERS)
		return;
	if (cyrillic)
		suggest_cyrillic(&text, t1);
	else
		buf_str_add(&text, t1);
	if (str_eq(buf_str(&text), word->written))
		return;
	buf_printf(out, "%s%.*s", out->len ? ", " : "", STR_ARG(buf_str(&text)));
	++*count;
}

/* The word in the other script, and the nearest of the other spellings. */
static struct str others_of(struct arena *mem, const struct query_word *word, bool as_typed)
{
	AUTO(buf) struct buf out = {0};
	bool cyrillic = (word->traits & TOKEN_CYRILLIC) != 0;
	struct str variants[RELAX_MAX];
	size_t count = 0, n = as_typed ? 0 : relax_word(variants, mem, word);

	if (!(word->traits & (TOKEN_CYRILLIC | TOKEN_LATIN)))
		return STR_NONE;
	add_other(&out, &count, word, word->t1, !cyrillic);
	for (size_t i = 0; i < n; i++)
		add_other(&out, &count, word, variants[i], cyrillic);
	return buf_keep(&out, mem);
}

static struct str atom_text(struct arena *mem, const struct query_atom *atom)
{
	const struct query_word *first = &atom->words[0], *last = &atom->words[atom->n_words - 1];
	size_t len = last->start + last->written.len - first->start;
	struct str text = str_of(first->written.ptr, len);

	if (atom->kind == QUERY_PREFIX)
		return arena_printf(mem, "%.*s*", STR_ARG(text));
	return atom->quoted ? arena_printf(mem, "“%.*s”", STR_ARG(text)) : text;
}

static void fill_words(struct search_nothing_view *out, struct arena *mem,
		       const struct query *query, bool as_typed)
{
	out->words = arena_array(mem, QUERY_WORDS_MAX, sizeof(*out->words));
	for (size_t i = 0; i < query->n_clauses; i++) {
		const struct query_clause *clause = &query->clauses[i];

		for (size_t k = 0; k < clause->n_atoms && out->n_words < QUERY_WORDS_MAX; k++) {
			const struct query_atom *atom = &clause->atoms[k];
			struct search_word_view *word = &out->words[out->n_words++];

			*word = (struct search_word_view){.written = atom_text(mem, atom),
							  .excluded = clause->excluded};
			if (atom->kind == QUERY_WORD && !atom->quoted && !clause->excluded)
				word->others = others_of(mem, &atom->words[0], as_typed);
		}
	}
}

/* ---- what it finds without a filter --------------------------------------------------------------- */
/* As many as the page that it leads to says: of all types, and translations as one, which facets tell. */
static enum status count_hits(int64_t *out, struct request *rq, struct search_request request)
{
	struct search_answer answer = {0};

	request.limit = 1;
	request.offset = 0;
	request.facets = true;
	TRY(search_run(&answer, rq->app, rq->reader, rq->db, rq->mem, &request));
	*out = answer.texts ? answer.texts : answer.total;
	return ST_OK;
}

static void without(struct search_request *request, const char *name)
{
	struct str filter = str_c(name);

	if (str_is(filter, "space"))
		request->n_spaces = 0;
	else if (str_is(filter, "lang"))
		request->n_langs = 0;
	else if (str_is(filter, "type"))
		request->n_types = 0;
	else if (str_is(filter, "tag"))
		request->n_tags = 0;
	else if (str_is(filter, "author"))
		request->n_authors = 0;
	else if (str_is(filter, "office"))
		request->n_offices = 0;
	else
		request->after = request->before = 0;
}

static void without_any(struct search_request *request)
{
	static const char *const names[] = {"space",  "lang",   "type", "tag",
					    "author", "office", "date"};

	for (size_t i = 0; i < COUNT(names); i++)
		without(request, names[i]);
}

/* The values as people read them: the facets have their labels, chosen ones too. */
static struct str values_read(const struct search_view *v, struct arena *mem, const char *name,
			      const struct str_list *values)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < values->count; i++) {
		struct str label = values->items[i];

		for (size_t f = 0; f < v->n_facets; f++) {
			const struct search_facet_view *facet = &v->facets[f];

			for (size_t k = 0; str_is(facet->name, name) && k < facet->n_values; k++)
				if (str_eq(facet->values[k].value, values->items[i]))
					label = facet->values[k].label;
		}
		buf_printf(&out, "%s%.*s", i ? ", " : "", STR_ARG(label));
	}
	return buf_keep(&out, mem);
}

static enum status add_filter(struct search_view *out, struct request *rq,
			      const struct search_request *asked, const char *name,
			      struct str values)
{
	struct search_filter_view *filter = &out->nothing.filters[out->nothing.n_filters++];
	struct search_request request = *asked;

	*filter = (struct search_filter_view){.name = str_c(name), .values = values};
	without(&request, name);
	filter->without =
		search_url(rq->mem, &out->asked, (struct search_change){.drop_name = str_c(name)});
	return count_hits(&filter->count, rq, request);
}

/* All that were chosen, at once. */
static enum status add_all(struct search_view *out, struct request *rq,
			   const struct search_request *asked)
{
	struct search_filter_view *filter = &out->nothing.filters[out->nothing.n_filters++];
	struct search_request request = *asked;

	*filter = (struct search_filter_view){.name = STR_NONE};
	without_any(&request);
	filter->without =
		search_url(rq->mem, &out->asked, (struct search_change){.no_filters = true});
	return count_hits(&filter->count, rq, request);
}

/* Those chosen beside the query. */
static enum status fill_chosen(struct search_view *out, struct request *rq,
			       const struct search_request *request)
{
	const struct search_asked *asked = &out->asked;
	const struct {
		const char *name;
		const struct str_list *values;
	} lists[] = {
		{"space", &asked->spaces}, {"lang", &asked->langs},     {"type", &asked->types},
		{"tag", &asked->tags},     {"author", &asked->authors}, {"office", &asked->offices},
	};

	for (size_t i = 0; i < COUNT(lists); i++) {
		if (lists[i].values->count)
			TRY(add_filter(out, rq, request, lists[i].name,
				       values_read(out, rq->mem, lists[i].name, lists[i].values)));
	}
	if (asked->after.len || asked->before.len)
		TRY(add_filter(out, rq, request, "date",
			       arena_printf(rq->mem, "%.*s–%.*s", STR_ARG(asked->after),
					    STR_ARG(asked->before))));
	return out->nothing.n_filters > 1 ? add_all(out, rq, request) : ST_OK;
}

/* The text without one "name:value" whose value stands in it. */
static void cut_filter(struct buf *out, struct str text, struct str value)
{
	size_t from = (size_t)(value.ptr - text.ptr), to = from + value.len;

	if (from && text.ptr[from - 1] == '"') {
		from--;
		to += to < text.len && text.ptr[to] == '"';
	}
	while (from && text.ptr[from - 1] != ' ')
		from--;
	buf_str_add(out, str_trim(str_head(text, from)));
	if (out->len)
		buf_byte(out, ' ');
	buf_str_add(out, str_trim(str_from(text, to)));
}

/* Those written in the query, one at a time. */
static enum status fill_written(struct search_view *out, struct request *rq,
				const struct search_request *asked, const struct query *query)
{
	for (size_t i = 0; i < query->n_filters; i++) {
		AUTO(buf) struct buf text = {0};
		struct search_filter_view *filter = &out->nothing.filters[out->nothing.n_filters];
		struct search_request request = *asked;

		if (query->filters[i].excluded || out->nothing.n_filters == FILTERS_MOST)
			continue;
		cut_filter(&text, query->text, query->filters[i].value);
		request.query = str_trim(buf_keep(&text, rq->mem));
		if (!request.query.len)
			continue;
		*filter = (struct search_filter_view){
			.name = str_c(DOC_FILTERS[query->filters[i].id].name),
			.values = query->filters[i].value,
			.without = search_url(rq->mem, &out->asked,
					      (struct search_change){.query = request.query}),
		};
		TRY(count_hits(&filter->count, rq, request));
		out->nothing.n_filters++;
	}
	return ST_OK;
}

/* ---- what it finds without quotation marks --------------------------------------------------------- */
/* Where the sign before `at` begins. */
static size_t sign_before(struct str text, size_t at)
{
	do
		at--;
	while (at && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
	return at;
}

/* What was typed, without the marks around words that must be there. */
static struct str without_marks(struct arena *mem, const struct query *query)
{
	AUTO(buf) struct buf out = {0};
	struct str text = query->text;
	size_t done = 0;

	for (size_t i = 0; i < query->n_clauses; i++) {
		for (size_t k = 0; k < query->clauses[i].n_atoms; k++) {
			const struct query_atom *atom = &query->clauses[i].atoms[k];
			size_t from, to;

			if (!atom->quoted || atom->title || query->clauses[i].excluded)
				continue;
			from = (size_t)(atom->between.ptr - text.ptr);
			to = from + atom->between.len;
			buf_str_add(&out, str_of(text.ptr + done, sign_before(text, from) - done));
			buf_str_add(&out, atom->between);
			(void)utf8_next(text, &to);
			done = to;
		}
	}
	if (done)
		buf_str_add(&out, str_from(text, done));
	return buf_keep(&out, mem);
}

/* Nobody has written the words in quotes so: what they find in any order and form. */
static enum status fill_unquoted(struct search_view *out, struct request *rq,
				 const struct search_request *asked, const struct query *query)
{
	struct search_filter_view *unquoted = &out->nothing.unquoted;
	struct search_request request = *asked;

	unquoted->values = request.query = without_marks(rq->mem, query);
	if (!request.query.len)
		return ST_OK;
	unquoted->without =
		search_url(rq->mem, &out->asked, (struct search_change){.query = request.query});
	return count_hits(&unquoted->count, rq, request);
}

/* ---- who may know -------------------------------------------------------------------------------- */
/* "legal* OR muddat*": the words, loosely. Empty where they are too short for that. */
static struct str near_query(struct arena *mem, const struct query *query)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < query->n_clauses; i++) {
		const struct query_clause *clause = &query->clauses[i];

		for (size_t k = 0; k < clause->n_atoms && !clause->excluded; k++) {
			const struct query_word *word = &clause->atoms[k].words[0];
			size_t keep = word->t1.len * 2 / 3;

			if (word->t1.len < NEAR_LEAST || (word->traits & TOKEN_NUMBER))
				continue;
			keep = keep < NEAR_LEAST ? NEAR_LEAST : keep;
			buf_printf(&out, "%s%.*s*", out.len ? " OR " : "",
				   STR_ARG(str_head(word->t1, keep)));
		}
	}
	return buf_keep(&out, mem);
}

static enum status is_colleague(bool *out, struct request *rq, struct str login)
{
	struct person person;
	enum status outcome;

	*out = false;
	if (!login.len || str_eq(login, rq->reader->login))
		return ST_OK;
	outcome = person_get(&person, rq->db, rq->mem, rq->reader, login);
	*out = outcome == ST_OK && person.state == PERSON_ACTIVE;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

/* Their authors, those of more articles first, else in order of the hits. */
static enum status take_authors(struct search_nothing_view *out, struct request *rq,
				const struct search_answer *answer)
{
	struct search_person_view *list = arena_array(rq->mem, answer->n_hits + 1, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < answer->n_hits; i++) {
		const struct article *a = &answer->hits[i].article;
		bool known = true;
		size_t at = 0;

		while (at < count && !str_eq(list[at].person.login, a->author_login))
			at++;
		if (at == count)
			TRY(is_colleague(&known, rq, a->author_login));
		if (!known)
			continue;
		if (at == count)
			list[count++].person = (struct person_ref){a->author_login, a->author_name};
		list[at].articles++;
		for (; at && list[at - 1].articles < list[at].articles; at--) {
			struct search_person_view swap = list[at];

			list[at] = list[at - 1];
			list[at - 1] = swap;
		}
	}
	out->people = list;
	out->n_people = count < PEOPLE ? count : PEOPLE;
	return ST_OK;
}

static void take_article(struct search_nothing_view *out, struct request *rq,
			 const struct search_answer *answer)
{
	for (size_t i = 0; i < answer->n_hits && !out->ask.id.len; i++) {
		if (article_allows(rq, &answer->hits[i].article, ACT_DISCUSS))
			out->ask = article_ref_of(&answer->hits[i].article);
	}
}

/* The same words without filters; where even that finds nothing, words that begin alike. */
static enum status fill_people(struct search_view *out, struct request *rq,
			       const struct search_request *asked, const struct query *query)
{
	static struct str articles = {"article", 7};
	struct search_request request = *asked;
	struct search_answer answer = {0};

	without_any(&request);
	request.types = &articles;
	request.n_types = 1;
	request.sort = SEARCH_BY_RELEVANCE;
	request.limit = NEAR;
	request.offset = 0;
	request.facets = false;
	if (out->nothing.n_filters)
		TRY(search_run_bare(&answer, rq->app, rq->reader, rq->db, rq->mem, &request));
	request.query = near_query(rq->mem, query);
	if (!answer.n_hits && request.query.len)
		TRY(search_run_bare(&answer, rq->app, rq->reader, rq->db, rq->mem, &request));
	TRY(take_authors(&out->nothing, rq, &answer));
	take_article(&out->nothing, rq, &answer);
	return ST_OK;
}

/* The only space that was filtered by, where the reader may write there. */
static enum status fill_space(struct search_view *out, struct request *rq)
{
	struct space space;
	enum status outcome;

	if (!out->may_create || out->asked.spaces.count != 1)
		return ST_OK;
	outcome = space_get(&space, rq->db, rq->mem, rq->reader, out->asked.spaces.items[0],
			    STR_NONE);
	if (outcome == ST_OK && access_space_level(rq->reader, space.id) >= LEVEL_WRITE)
		out->nothing.space = space.key;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

/* The title that an article would have: the words without filters and signs. */
static struct str title_of(struct arena *mem, const struct query *query)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < query->n_clauses; i++) {
		const struct query_clause *clause = &query->clauses[i];

		for (size_t k = 0; k < clause->n_atoms && !clause->excluded; k++) {
			const struct query_atom *atom = &clause->atoms[k];

			for (size_t w = 0; w < atom->n_words; w++)
				buf_printf(&out, "%s%.*s", out.len ? " " : "",
					   STR_ARG(atom->words[w].written));
		}
	}
	return buf_keep(&out, mem);
}

enum status search_nothing_fill(struct search_view *out, struct request *rq,
				const struct search_request *request)
{
	struct query query;

	query_parse(&query, rq->mem, request->query);
	out->nothing.filters =
		arena_array(rq->mem, FILTERS_MOST + 1, sizeof(*out->nothing.filters));
	fill_words(&out->nothing, rq->mem, &query, request->as_typed);
	out->nothing.title = title_of(rq->mem, &query);
	TRY(fill_chosen(out, rq, request));
	TRY(fill_written(out, rq, request, &query));
	TRY(fill_unquoted(out, rq, request, &query));
	TRY(fill_people(out, rq, request, &query));
	return fill_space(out, rq);
}
