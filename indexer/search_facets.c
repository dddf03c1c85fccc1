/* Filters of a search, and the counts from which people choose them. */
#include "indexer/search_parts.h"

static xap_query filter_term(struct plan *plan, enum doc_filter_id id, struct str value)
{
	AUTO(buf) struct buf term = {0};

	doc_filter_term(&term, id, value);
	return xap_query_term(plan->pool, buf_str(&term));
}

/* Any of the values. */
static xap_query any_of(struct plan *plan, enum doc_filter_id id, const struct str *values,
			size_t count)
{
	xap_query *terms = arena_array(plan->mem, count, sizeof(*terms));

	for (size_t i = 0; i < count; i++)
		terms[i] = filter_term(plan, id, values[i]);
	return xap_query_group(plan->pool, XAP_OR, terms, count);
}

/* Any of the values that were typed for one filter. */
static xap_query typed_filter(struct plan *plan, enum doc_filter_id id, bool excluded)
{
	const struct query *query = &plan->query;
	struct str *values = arena_array(plan->mem, query->n_filters, sizeof(*values));
	size_t count = 0;

	for (size_t i = 0; i < query->n_filters; i++)
		if (query->filters[i].id == id && query->filters[i].excluded == excluded)
			values[count++] = query->filters[i].value;
	return any_of(plan, id, values, count);
}

static xap_query span_query(struct plan *plan, struct query_span span)
{
	if (span.from >= span.to)
		return xap_query_term(plan->pool, STR(DOC_PREFIX_ID)); /* nothing has it */
	return xap_query_range(plan->pool, SLOT_MODIFIED, span.from, span.to - 1);
}

static xap_query asked_span(struct plan *plan, const struct search_request *request)
{
	struct query_span span = plan->query.modified;

	if (request->after && request->after > span.from)
		span.from = request->after;
	if (request->before && request->before < span.to)
		span.to = request->before;
	if (span.from == INT64_MIN && span.to == INT64_MAX)
		return XAP_NOTHING;
	return span_query(plan, span);
}

static xap_query id_term(struct plan *plan, const char *prefix, struct str id)
{
	return xap_query_term(plan->pool, arena_printf(plan->mem, "%s%.*s", prefix, STR_ARG(id)));
}

static void plan_without(struct plan *plan, const struct search_request *request)
{
	const struct query *query = &plan->query;
	xap_query *ids = arena_array(plan->mem, 2 * request->n_excluded, sizeof(*ids));
	xap_query *spans = arena_array(plan->mem, query->n_excluded_spans, sizeof(*spans));
	xap_query parts[3 + DOC_FILTER_COUNT];

	for (size_t i = 0; i < request->n_excluded; i++) {
		ids[2 * i] = id_term(plan, DOC_PREFIX_ID, request->excluded[i]);
		ids[2 * i + 1] = id_term(plan, DOC_PREFIX_OF, request->excluded[i]);
	}
	for (size_t i = 0; i < query->n_excluded_spans; i++)
		spans[i] = span_query(plan, query->excluded_spans[i]);
	for (size_t i = 0; i < DOC_FILTER_COUNT; i++)
		parts[i] = typed_filter(plan, (enum doc_filter_id)i, true);
	parts[DOC_FILTER_COUNT] = plan->without;
	parts[DOC_FILTER_COUNT + 1] =
		xap_query_group(plan->pool, XAP_OR, ids, 2 * request->n_excluded);
	parts[DOC_FILTER_COUNT + 2] =
		xap_query_group(plan->pool, XAP_OR, spans, query->n_excluded_spans);
	plan->without = xap_query_group(plan->pool, XAP_OR, parts, COUNT(parts));
}

/* All filters but that one. */
static xap_query filters_but(struct plan *plan, size_t left_out)
{
	xap_query parts[DOC_FILTER_COUNT + 1];

	for (size_t i = 0; i < DOC_FILTER_COUNT; i++)
		parts[i] = i == left_out ? XAP_NOTHING : plan->own[i];
	parts[DOC_FILTER_COUNT] = plan->typed;
	return xap_query_group(plan->pool, XAP_AND, parts, COUNT(parts));
}

void plan_filters(struct plan *plan, const struct search_request *request)
{
	xap_query typed[DOC_FILTER_COUNT + 1];

	plan->own[DOC_SPACE] = any_of(plan, DOC_SPACE, request->spaces, request->n_spaces);
	plan->own[DOC_LANG] = any_of(plan, DOC_LANG, request->langs, request->n_langs);
	plan->own[DOC_TYPE] = any_of(plan, DOC_TYPE, request->types, request->n_types);
	plan->own[DOC_TAG] = any_of(plan, DOC_TAG, request->tags, request->n_tags);
	plan->own[DOC_AUTHOR] = any_of(plan, DOC_AUTHOR, request->authors, request->n_authors);
	plan->own[DOC_OFFICE] = any_of(plan, DOC_OFFICE, request->offices, request->n_offices);
	for (size_t i = 0; i < DOC_FILTER_COUNT; i++)
		typed[i] = typed_filter(plan, (enum doc_filter_id)i, false);
	typed[DOC_FILTER_COUNT] = asked_span(plan, request);
	plan->typed = xap_query_group(plan->pool, XAP_AND, typed, COUNT(typed));
	plan->filter = filters_but(plan, DOC_FILTER_COUNT);
	plan_without(plan, request);
}

xap_query plan_others(struct plan *plan, xap_query query, enum doc_filter_id id)
{
	xap_query without[] = {plan->without, plan->own[id]};
	xap_query filter = filters_but(plan, id);

	if (!query || !plan->own[id])
		return XAP_NOTHING;
	if (filter)
		query = xap_query_filter(plan->pool, query, filter);
	return xap_query_without(plan->pool, query,
				 xap_query_group(plan->pool, XAP_OR, without, COUNT(without)));
}

/* ---- facets ---------------------------------------------------------------------------------- */
static const struct {
	const char *name;
	char letter;
} FACETS[] = {{"space", 's'}, {"lang", 'l'}, {"type", 't'}, {"tag", 'g'}, {"year", DOC_FACET_YEAR}};

char facet_letter(size_t number)
{
	return FACETS[number].letter;
}

static void facet_add(struct search_facet *facet, struct arena *mem, struct str value,
		      uint32_t count)
{
	struct facet_value *values;

	for (size_t i = 0; i < facet->n_values; i++) {
		if (str_eq(facet->values[i].value, value)) {
			facet->values[i].count += count;
			return;
		}
	}
	if ((facet->n_values & (facet->n_values - 1)) == 0) { /* full at powers of two */
		values = arena_array(mem, facet->n_values ? 2 * facet->n_values : 1,
				     sizeof(*values));
		if (facet->n_values)
			memcpy(values, facet->values, facet->n_values * sizeof(*values));
		facet->values = values;
	}
	facet->values[facet->n_values++] = (struct facet_value){value, count};
}

/* Where counts go: to all facets, or to that of one letter. */
struct tally {
	struct search_result *out;
	struct arena *mem;
	char only;
};

/* A facet as letter and value. */
static void line_add(const struct tally *tally, struct str line, uint32_t count)
{
	for (size_t k = 0; k < COUNT(FACETS); k++)
		if (line.len > 1 && line.ptr[0] == FACETS[k].letter &&
		    (!tally->only || tally->only == FACETS[k].letter))
			facet_add(&tally->out->facets[k], tally->mem, str_from(line, 1), count);
}

static void tally_add(const struct tally *tally, const struct xap_answer *answer,
		      const struct homes *homes)
{
	for (size_t i = 0; i < answer->n_numbers; i++)
		for (size_t k = 0; k < homes->count; k++)
			if ((uint64_t)homes->audiences[k] == answer->numbers[i].number)
				line_add(tally,
					 arena_printf(tally->mem, "%c%.*s",
						      DOC_FILTERS[DOC_SPACE].facet,
						      STR_ARG(homes->spaces[k])),
					 answer->numbers[i].count);
	for (unsigned byte = 0; byte < COUNT(answer->bytes); byte++)
		if (answer->bytes[byte])
			line_add(tally, doc_facet_of_byte(tally->mem, (unsigned char)byte),
				 answer->bytes[byte]);
	for (size_t i = 0; i < answer->n_lines; i++)
		line_add(tally, answer->lines[i].line, answer->lines[i].count);
}

void facets_add_others(struct search_result *out, struct arena *mem,
		       const struct xap_answer *answer, const struct homes *homes,
		       enum doc_filter_id id)
{
	tally_add(&(struct tally){out, mem, DOC_FILTERS[id].facet}, answer, homes);
}

void facets_add(struct search_result *out, struct arena *mem, const struct xap_answer *answer,
		const struct homes *homes)
{
	if (!out->facets) {
		out->facets = arena_array(mem, COUNT(FACETS), sizeof(*out->facets));
		out->n_facets = COUNT(FACETS);
		for (size_t i = 0; i < COUNT(FACETS); i++)
			out->facets[i].name = str_c(FACETS[i].name);
	}
	tally_add(&(struct tally){out, mem, '\0'}, answer, homes);
}

static int compare_values(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return str_cmp(x->value, y->value);
}

/* ---- one tag in several spellings --------------------------------------------------------------- */

struct spelling {
	struct str key; /* as the filter knows it: script and letter case do not count */
	struct facet_value as;
};

static int compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	int order = str_cmp(x->key, y->key);

	return order ? order : compare_values(&x->as, &y->as);
}

/* Documents have no tag twice, so the counts of its spellings add up; the most frequent one names it. */
static void join_spellings(struct search_facet *facet, struct arena *mem)
{
	AUTO(buf) struct buf key = {0};
	struct spelling *all = arena_array(mem, facet->n_values, sizeof(*all));
	size_t count = facet->n_values, kept = 0;

	for (size_t i = 0; i < count; i++) {
		doc_filter_term(&key, DOC_TAG, facet->values[i].value);
		all[i] = (struct spelling){buf_keep(&key, mem), facet->values[i]};
	}
	qsort(all, count, sizeof(*all), compare_spellings);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && str_eq(all[i].key, all[i - 1].key))
			facet->values[kept - 1].count += all[i].as.count;
		else
			facet->values[kept++] = all[i].as;
	}
	facet->n_values = kept;
}

void facets_join_spellings(struct search_result *out, struct arena *mem)
{
	for (size_t i = 0; i < out->n_facets; i++)
		if (out->facets[i].n_values &&
		    str_is(out->facets[i].name, DOC_FILTERS[DOC_TAG].name))
			join_spellings(&out->facets[i], mem);
}

void facets_sort(struct search_result *out)
{
	for (size_t i = 0; i < out->n_facets; i++) {
		struct search_facet *facet = &out->facets[i];

		if (facet->n_values)
			qsort(facet->values, facet->n_values, sizeof(*facet->values),
			      compare_values);
	}
}
