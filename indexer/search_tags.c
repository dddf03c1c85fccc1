/* Tags that begin with what was typed, from the terms of the shards: nothing is searched. */
#include "indexer/search_parts.h"

struct walk {
	const struct search_request *request;
	const struct homes *homes;
	struct plan *plan;
	struct search_result *out;
	size_t prefix; /* letters of a term before the tag */
	enum status outcome;
};

static bool is_excluded(const struct search_request *request, struct str id)
{
	for (size_t i = 0; i < request->n_excluded; i++)
		if (str_eq(request->excluded[i], id))
			return true;
	return false;
}

/* Takes the first document that may be told. */
static bool take_document(void *context, struct str data, size_t shard)
{
	struct walk *walk = context;
	struct str id = doc_data_read(data).id;

	if (is_excluded(walk->request, id))
		return true;
	walk->out->hits[walk->out->n_hits++] = (struct search_hit){
		.id = arena_str(walk->plan->mem, id),
		.audience = walk->homes->audiences[shard],
	};
	return false;
}

static bool take_term(void *context, struct str term, uint32_t count)
{
	struct walk *walk = context;
	struct search_result *out = walk->out;

	(void)count;
	walk->outcome = xap_set_having(walk->plan->set, term, take_document, walk);
	if (walk->outcome != ST_OK)
		return false;
	if (out->n_hits > out->n_marks)
		out->marks[out->n_marks++] =
			arena_str(walk->plan->mem, str_from(term, walk->prefix));
	return out->n_hits < walk->request->limit;
}

enum status plan_tags(struct search_result *out, struct plan *plan, const struct homes *homes)
{
	AUTO(buf) struct buf prefix = {0};
	struct walk walk = {.request = plan->request,
			    .homes = homes,
			    .plan = plan,
			    .out = out,
			    .prefix = strlen(DOC_FILTERS[DOC_TAG].prefix)};

	doc_filter_term(&prefix, DOC_TAG, plan->request->query);
	if (prefix.len == walk.prefix || plan->request->limit == 0)
		return ST_OK;
	out->hits = arena_array(plan->mem, plan->request->limit, sizeof(*out->hits));
	out->marks = arena_array(plan->mem, plan->request->limit, sizeof(*out->marks));
	TRY(xap_set_terms(plan->set, buf_str(&prefix), take_term, &walk));
	return walk.outcome;
}
