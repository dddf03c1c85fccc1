/* Searches and their results as messages; linked by both sides. */
#include "indexer/search.h"

enum {
	HIT_LEAST = 4 + 8 + 8,
	FACET_LEAST = 4 + 4,
	VALUE_LEAST = 4 + 4,
	FORM_LEAST = 4 + 4,
	EXPANSION_LEAST = 4 + 4 + 4,
	LIMIT_MAX = 1000,
};

static void put_bool(struct buf *message, bool value)
{
	wire_u32(message, value ? 1 : 0);
}

static bool get_bool(struct wire_reader *r)
{
	uint32_t value = wire_get_u32(r);

	if (value > 1)
		r->bad = true;
	return value == 1;
}

static void put_expansions(struct buf *message, const struct search_request *request)
{
	wire_u32(message, (uint32_t)request->n_expansions);
	for (size_t i = 0; i < request->n_expansions; i++) {
		const struct search_expansion *e = &request->expansions[i];

		wire_u32(message, e->first);
		wire_u32(message, e->count);
		wire_u32(message, (uint32_t)e->n_forms);
		for (size_t k = 0; k < e->n_forms; k++) {
			wire_text(message, e->forms[k].text);
			wire_u32(message, (uint32_t)e->forms[k].lang);
		}
	}
}

void search_request_write(struct buf *message, const struct search_request *request)
{
	wire_begin(message, WIRE_SEARCH);
	wire_u32(message, (uint32_t)request->audiences.count);
	for (size_t i = 0; i < request->audiences.count; i++) {
		wire_i64(message, request->audiences.ids[i]);
		wire_i64(message, request->versions ? request->versions[i] : 0);
	}
	wire_text(message, request->query);
	wire_texts(message, request->spaces, request->n_spaces);
	wire_texts(message, request->langs, request->n_langs);
	wire_texts(message, request->types, request->n_types);
	wire_texts(message, request->tags, request->n_tags);
	wire_texts(message, request->authors, request->n_authors);
	wire_texts(message, request->offices, request->n_offices);
	wire_i64(message, request->after);
	wire_i64(message, request->before);
	wire_u32(message, (uint32_t)request->sort);
	wire_u32(message, request->offset);
	wire_u32(message, request->limit);
	put_bool(message, request->facets);
	put_bool(message, request->join_translations);
	wire_text(message, request->reader_lang);
	wire_texts(message, request->excluded, request->n_excluded);
	put_bool(message, request->as_typed);
	put_bool(message, request->all_words);
	put_bool(message, request->tags_only);
	put_bool(message, request->marks_only);
	put_expansions(message, request);
}

static void read_audiences(struct search_request *out, struct arena *mem, struct wire_reader *r)
{
	size_t count = wire_get_count(r, 16);
	int64_t *ids = arena_array(mem, count, sizeof(*ids));
	int64_t *versions = arena_array(mem, count, sizeof(*versions));

	if (count > AUDIENCE_MAX)
		r->bad = true;
	for (size_t i = 0; i < count && !r->bad; i++) {
		ids[i] = wire_get_i64(r);
		versions[i] = wire_get_i64(r);
		if (ids[i] <= 0 || (i > 0 && ids[i] <= ids[i - 1]))
			r->bad = true; /* audience_set_has() relies on the order */
	}
	out->audiences = (struct audience_set){.ids = ids, .count = count};
	out->versions = versions;
}

static void read_forms(struct search_expansion *out, struct arena *mem, struct wire_reader *r)
{
	out->n_forms = wire_get_count(r, FORM_LEAST);
	if (out->n_forms == 0 || out->n_forms > EXPANSION_FORMS_MAX)
		r->bad = true;
	out->forms = arena_array(mem, r->bad ? 0 : out->n_forms, sizeof(*out->forms));
	for (size_t i = 0; i < out->n_forms && !r->bad; i++) {
		uint32_t lang;

		out->forms[i].text = wire_get_text(r);
		lang = wire_get_u32(r);
		if (lang >= STEM_COUNT)
			r->bad = true;
		else
			out->forms[i].lang = (enum stem_kind)lang;
	}
}

static void read_expansions(struct search_request *out, struct arena *mem, struct wire_reader *r)
{
	out->n_expansions = wire_get_count(r, EXPANSION_LEAST);
	if (out->n_expansions > EXPANSIONS_MAX)
		r->bad = true;
	out->expansions =
		arena_array(mem, r->bad ? 0 : out->n_expansions, sizeof(*out->expansions));
	for (size_t i = 0; i < out->n_expansions && !r->bad; i++) {
		struct search_expansion *e = &out->expansions[i];

		e->first = wire_get_u32(r);
		e->count = wire_get_u32(r);
		if (e->count == 0)
			r->bad = true;
		read_forms(e, mem, r);
	}
}

bool search_request_read(struct search_request *out, struct arena *mem, struct wire_reader *r)
{
	uint32_t sort;

	*out = (struct search_request){0};
	read_audiences(out, mem, r);
	out->query = wire_get_text(r);
	out->spaces = wire_get_texts(r, mem, &out->n_spaces);
	out->langs = wire_get_texts(r, mem, &out->n_langs);
	out->types = wire_get_texts(r, mem, &out->n_types);
	out->tags = wire_get_texts(r, mem, &out->n_tags);
	out->authors = wire_get_texts(r, mem, &out->n_authors);
	out->offices = wire_get_texts(r, mem, &out->n_offices);
	out->after = wire_get_i64(r);
	out->before = wire_get_i64(r);
	sort = wire_get_u32(r);
	out->sort = sort == SEARCH_BY_DATE ? SEARCH_BY_DATE : SEARCH_BY_RELEVANCE;
	out->offset = wire_get_u32(r);
	out->limit = wire_get_u32(r);
	out->facets = get_bool(r);
	out->join_translations = get_bool(r);
	out->reader_lang = wire_get_text(r);
	out->excluded = wire_get_texts(r, mem, &out->n_excluded);
	out->as_typed = get_bool(r);
	out->all_words = get_bool(r);
	out->tags_only = get_bool(r);
	out->marks_only = get_bool(r);
	read_expansions(out, mem, r);
	return sort <= SEARCH_BY_DATE && out->limit <= LIMIT_MAX && wire_get_end(r);
}

void search_result_write(struct buf *message, const struct search_result *result)
{
	wire_begin(message, WIRE_FOUND);
	wire_u32(message, (uint32_t)result->n_hits);
	for (size_t i = 0; i < result->n_hits; i++) {
		int64_t score;

		memcpy(&score, &result->hits[i].score, sizeof(score));
		wire_text(message, result->hits[i].id);
		wire_i64(message, result->hits[i].audience);
		wire_i64(message, score);
	}
	wire_u32(message, result->total);
	put_bool(message, result->exact);
	wire_u32(message, result->total_all);
	wire_u32(message, result->texts);
	wire_u32(message, (uint32_t)result->n_facets);
	for (size_t i = 0; i < result->n_facets; i++) {
		const struct search_facet *facet = &result->facets[i];

		wire_text(message, facet->name);
		wire_u32(message, (uint32_t)facet->n_values);
		for (size_t k = 0; k < facet->n_values; k++) {
			wire_text(message, facet->values[k].value);
			wire_u32(message, facet->values[k].count);
		}
	}
	wire_texts(message, result->marks, result->n_marks);
	wire_text(message, result->suggestion);
	wire_text(message, result->also);
	wire_text(message, result->hint);
	put_bool(message, result->partial);
}

static void read_hits(struct search_result *out, struct arena *mem, struct wire_reader *r)
{
	out->n_hits = wire_get_count(r, HIT_LEAST);
	out->hits = arena_array(mem, out->n_hits, sizeof(*out->hits));
	for (size_t i = 0; i < out->n_hits && !r->bad; i++) {
		int64_t score;

		out->hits[i].id = arena_str(mem, wire_get_text(r));
		out->hits[i].audience = wire_get_i64(r);
		score = wire_get_i64(r);
		memcpy(&out->hits[i].score, &score, sizeof(score));
	}
}

static void read_facets(struct search_result *out, struct arena *mem, struct wire_reader *r)
{
	out->n_facets = wire_get_count(r, FACET_LEAST);
	out->facets = arena_array(mem, out->n_facets, sizeof(*out->facets));
	for (size_t i = 0; i < out->n_facets && !r->bad; i++) {
		struct search_facet *facet = &out->facets[i];

		facet->name = arena_str(mem, wire_get_text(r));
		facet->n_values = wire_get_count(r, VALUE_LEAST);
		facet->values = arena_array(mem, facet->n_values, sizeof(*facet->values));
		for (size_t k = 0; k < facet->n_values && !r->bad; k++) {
			facet->values[k].value = arena_str(mem, wire_get_text(r));
			facet->values[k].count = wire_get_u32(r);
		}
	}
}

bool search_result_read(struct search_result *out, struct arena *mem, struct wire_reader *r)
{
	*out = (struct search_result){0};
	read_hits(out, mem, r);
	out->total = wire_get_u32(r);
	out->exact = get_bool(r);
	out->total_all = wire_get_u32(r);
	out->texts = wire_get_u32(r);
	read_facets(out, mem, r);
	out->marks = wire_get_texts(r, mem, &out->n_marks);
	for (size_t i = 0; i < out->n_marks; i++)
		out->marks[i] = arena_str(mem, out->marks[i]);
	out->suggestion = arena_str(mem, wire_get_text(r));
	out->also = arena_str(mem, wire_get_text(r));
	out->hint = arena_str(mem, wire_get_text(r));
	out->partial = get_bool(r);
	return wire_get_end(r);
}
