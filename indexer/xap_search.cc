/* The shim, second part: queries and their answers. */
#include "indexer/xap_counts.h"
#include "indexer/xap_small.h"
#include "indexer/xap_sources.h"

namespace
{
constexpr Xapian::Query::op OPS[] = {Xapian::Query::OP_AND, Xapian::Query::OP_OR,
				     Xapian::Query::OP_SYNONYM, Xapian::Query::OP_PHRASE};
constexpr decltype(node::kind) KINDS[] = {node::AND, node::OR, node::SYNONYM, node::OTHER};
const node OTHER{node::OTHER, {}, 0, {}};

template <typename Make> xap_query made(struct xap_pool *pool, node of, Make make) noexcept
{
	xap_query number = XAP_NOTHING;
	enum status outcome = guard([&] {
		Xapian::Query query = make(pool->queries);

		if (query.empty())
			return;
		pool->queries.push_back(std::move(query));
		pool->nodes.push_back(std::move(of));
		number = xap_query(pool->queries.size() - 1);
	});

	if (outcome != ST_OK)
		pool->outcome = outcome;
	return number;
}

/* Sees every match. */
class Spy final : public Xapian::MatchSpy
{
	const unsigned slot;

      public:
	Counts counts;

	explicit Spy(unsigned value_slot) : slot(value_slot)
	{
	}
	void operator()(const Xapian::Document &doc, double) override
	{
		counts.add(doc.get_value(slot));
	}
};

void keep_hits(struct xap_answer *out, struct arena *mem, const Xapian::MSet &found, size_t shards)
{
	out->lower = found.get_matches_lower_bound();
	out->estimated = found.get_matches_estimated();
	out->upper = found.get_matches_upper_bound();
	out->hits = static_cast<xap_hit *>(arena_array(mem, found.size(), sizeof(xap_hit)));
	for (auto at = found.begin(); at != found.end(); ++at) {
		struct xap_hit *hit = &out->hits[out->n_hits++];

		hit->data = arena_str(mem, borrow(at.get_document().get_data()));
		hit->shard = (*at - 1) % shards;
		hit->doc = *at;
		hit->weight = at.get_weight();
	}
}
} // namespace

/* ---- queries --------------------------------------------------------------------------------- */
enum status xap_pool_new(struct xap_pool **out, int64_t deadline)
{
	return guard([&] {
		*out = new xap_pool{{Xapian::Query()}, {OTHER}, ST_OK, {deadline, false}};
	});
}

void xap_pool_free(struct xap_pool *pool)
{
	(void)guard([&] { delete pool; });
}

xap_query xap_query_term(struct xap_pool *pool, struct str term)
{
	return made(pool, {node::TERM, {}, 0, text(term)},
		    [&](auto &) { return Xapian::Query(text(term)); });
}

xap_query xap_query_all(struct xap_pool *pool)
{
	return made(pool, OTHER, [&](auto &) { return Xapian::Query::MatchAll; });
}

xap_query xap_query_group(struct xap_pool *pool, enum xap_group group, const xap_query *members,
			  size_t count)
{
	std::vector<xap_query> some;

	std::copy_if(members, members + count, std::back_inserter(some),
		     [](xap_query member) { return member != XAP_NOTHING; });
	if (some.size() == 1 && group != XAP_SYNONYM)
		return some[0];
	return made(pool, {KINDS[group], some, 0, {}}, [&](auto &all) {
		std::vector<Xapian::Query> queries;

		for (xap_query member : some)
			queries.push_back(all[member]);
		return Xapian::Query(OPS[group], queries.begin(), queries.end(),
				     Xapian::termcount(group == XAP_PHRASE ? some.size() : 0));
	});
}

xap_query xap_query_scale(struct xap_pool *pool, double factor, xap_query query)
{
	return made(pool, {node::SCALE, {query}, factor, {}},
		    [&](auto &all) { return Xapian::Query(factor, all[query]); });
}

xap_query xap_query_filter(struct xap_pool *pool, xap_query query, xap_query filter)
{
	return made(pool, {node::FILTER, {query, filter}, 0, {}}, [&](auto &all) {
		return Xapian::Query(Xapian::Query::OP_FILTER, all[query], all[filter]);
	});
}

xap_query xap_query_without(struct xap_pool *pool, xap_query query, xap_query without)
{
	return made(pool, {node::WITHOUT, {query, without}, 0, {}}, [&](auto &all) {
		const bool is_term = pool->nodes[without].kind == node::TERM;

		return Xapian::Query(Xapian::Query::OP_AND_NOT, all[query],
				     is_term ? all[without]
					     : found_first(all[without], pool->time));
	});
}

xap_query xap_query_maybe(struct xap_pool *pool, xap_query query, xap_query bonus)
{
	if (bonus == XAP_NOTHING)
		return query;
	return made(pool, {node::MAYBE, {query, bonus}, 0, {}}, [&](auto &all) {
		return Xapian::Query(Xapian::Query::OP_AND_MAYBE, all[query], all[bonus]);
	});
}

xap_query xap_query_constant(struct xap_pool *pool, double weight, xap_query query)
{
	return made(pool, {node::CONSTANT, {query}, weight, {}}, [&](auto &all) {
		auto source = new Xapian::FixedWeightPostingSource(weight);

		return Xapian::Query(Xapian::Query::OP_FILTER, Xapian::Query(source->release()),
				     all[query]);
	});
}

xap_query xap_query_prefix(struct xap_pool *pool, struct str prefix, uint32_t limit)
{
	return made(pool, OTHER, [&](auto &) {
		return Xapian::Query(Xapian::Query::OP_WILDCARD, text(prefix), limit,
				     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);
	});
}

xap_query xap_query_range(struct xap_pool *pool, unsigned slot, int64_t low, int64_t high)
{
	return made(pool, OTHER, [&](auto &) {
		return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
				     Xapian::sortable_serialise(double(low)),
				     Xapian::sortable_serialise(double(high)));
	});
}

enum status xap_search(struct xap_answer *out, struct arena *mem, struct xap_set *set,
		       struct xap_pool *pool, const struct xap_question *question)
{
	*out = {};
	if (pool->outcome != ST_OK)
		return pool->outcome;
	if (small_suits(set, pool, question->query))
		return guard([&] { small_search(out, mem, set, pool, question); });
	return guard([&] {
		Xapian::Enquire enquire(set->db);
		Spy spy(question->count_slot);

		enquire.set_query(question->brief && query_is_plain(pool, question->query)
					  ? pool->queries[question->query]
					  : gated(pool->queries[question->query], pool->time));
		enquire.set_weighting_scheme(Xapian::BM25Weight(
			question->bm25_k1, 0, 1, question->bm25_b, question->bm25_min_length));
		if (question->by_number)
			enquire.set_sort_by_value_then_relevance(question->sort_slot, true);
		if (question->count)
			enquire.add_matchspy(&spy);
		keep_hits(out, mem, enquire.get_mset(0, question->limit, question->check_at_least),
			  set->members.size());
		spy.counts.keep(out, mem);
		out->late = pool->time.late;
	});
}
