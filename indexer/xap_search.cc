/* The shim, second half: queries and their answers. */
#include "indexer/xap_inside.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

struct xap_pool {
	std::vector<Xapian::Query> queries; /* 0 is XAP_NOTHING */
	enum status outcome;
};

namespace
{
constexpr Xapian::Query::op OPS[] = {Xapian::Query::OP_AND, Xapian::Query::OP_OR,
				     Xapian::Query::OP_SYNONYM, Xapian::Query::OP_PHRASE};

template <typename Make> xap_query made(struct xap_pool *pool, Make make) noexcept
{
	xap_query number = XAP_NOTHING;
	enum status outcome = guard([&] {
		Xapian::Query query = make(pool->queries);

		if (query.empty())
			return;
		pool->queries.push_back(std::move(query));
		number = xap_query(pool->queries.size() - 1);
	});

	if (outcome != ST_OK)
		pool->outcome = outcome;
	return number;
}

/* The clock of clock_mono(). */
int64_t now()
{
	using namespace std::chrono;

	return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

/* Stands beside a query, agrees to every document and ends the search when time is up. */
class Gate final : public Xapian::PostingSource
{
	const int64_t deadline;
	bool *const late;
	Xapian::doccount size = 0;
	Xapian::docid at = 0, last = 0;
	unsigned steps = 0;

	void go(Xapian::docid to)
	{
		if (++steps % 64 == 0 && now() > deadline)
			*late = true;
		at = *late ? last + 1 : to;
	}

      public:
	Gate(int64_t when, bool *flag) : deadline(when), late(flag)
	{
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return size;
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return size;
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return size;
	}
	void next(double) override
	{
		go(at + 1);
	}
	void skip_to(Xapian::docid to, double) override
	{
		go(to > at ? to : at);
	}
	bool at_end() const override
	{
		return at > last;
	}
	Xapian::docid get_docid() const override
	{
		return at;
	}
	void init(const Xapian::Database &db) override
	{
		size = db.get_doccount();
		last = db.get_lastdocid();
		at = 0;
	}
	PostingSource *clone() const override
	{
		return new Gate(deadline, late);
	}
};

/* Counts what stands in a value over the matches. */
class Counts final : public Xapian::MatchSpy
{
	const unsigned slot;

      public:
	std::map<uint64_t, uint32_t> numbers;
	std::array<uint32_t, 256> bytes{};
	std::map<std::string, uint32_t, std::less<>> lines;

	explicit Counts(unsigned value_slot) : slot(value_slot)
	{
	}
	void operator()(const Xapian::Document &doc, double) override
	{
		const std::string value = doc.get_value(slot);
		struct str rest = borrow(value);

		numbers[xap_number_cut(&rest)]++;
		for (; rest.len && !(*rest.ptr >= 'a' && *rest.ptr <= 'z');
		     rest = str_from(rest, 1))
			bytes[static_cast<unsigned char>(*rest.ptr)]++;
		while (rest.len > 0) {
			struct str line = str_cut(&rest, '\n');
			auto found = lines.find(std::string_view(line.ptr, line.len));

			if (found != lines.end())
				found->second++;
			else
				lines.emplace(text(line), 1);
		}
	}
};

struct str keep(struct arena *mem, const std::string &s)
{
	return arena_str(mem, borrow(s));
}

void keep_hits(struct xap_answer *out, struct arena *mem, const Xapian::MSet &found, size_t shards)
{
	out->lower = found.get_matches_lower_bound();
	out->estimated = found.get_matches_estimated();
	out->upper = found.get_matches_upper_bound();
	out->hits = static_cast<xap_hit *>(arena_array(mem, found.size(), sizeof(xap_hit)));
	for (auto at = found.begin(); at != found.end(); ++at) {
		struct xap_hit *hit = &out->hits[out->n_hits++];

		hit->data = keep(mem, at.get_document().get_data());
		hit->shard = (*at - 1) % shards;
		hit->doc = *at;
		hit->weight = at.get_weight();
	}
}

void keep_counts(struct xap_answer *out, struct arena *mem, const Counts &counts)
{
	out->lines =
		static_cast<xap_line *>(arena_array(mem, counts.lines.size(), sizeof(xap_line)));
	for (const auto &line : counts.lines)
		out->lines[out->n_lines++] = {keep(mem, line.first), line.second};
	out->numbers = static_cast<xap_number *>(
		arena_array(mem, counts.numbers.size(), sizeof(xap_number)));
	for (const auto &number : counts.numbers)
		out->numbers[out->n_numbers++] = {number.first, number.second};
	std::copy(counts.bytes.begin(), counts.bytes.end(), out->bytes);
}
} // namespace

/* ---- queries --------------------------------------------------------------------------------- */
enum status xap_pool_new(struct xap_pool **out)
{
	return guard([&] { *out = new xap_pool{{Xapian::Query()}, ST_OK}; });
}

void xap_pool_free(struct xap_pool *pool)
{
	(void)guard([&] { delete pool; });
}

xap_query xap_query_term(struct xap_pool *pool, struct str term)
{
	return made(pool, [&](auto &) { return Xapian::Query(text(term)); });
}

xap_query xap_query_all(struct xap_pool *pool)
{
	return made(pool, [&](auto &) { return Xapian::Query::MatchAll; });
}

xap_query xap_query_group(struct xap_pool *pool, enum xap_group group, const xap_query *members,
			  size_t count)
{
	return made(pool, [&](auto &all) {
		std::vector<Xapian::Query> some;

		for (size_t i = 0; i < count; i++)
			if (members[i] != XAP_NOTHING)
				some.push_back(all[members[i]]);
		return some.size() == 1 && group != XAP_SYNONYM
			       ? some[0]
			       : Xapian::Query(
					 OPS[group], some.begin(), some.end(),
					 Xapian::termcount(group == XAP_PHRASE ? some.size() : 0));
	});
}

xap_query xap_query_scale(struct xap_pool *pool, double factor, xap_query query)
{
	return made(pool, [&](auto &all) { return Xapian::Query(factor, all[query]); });
}

xap_query xap_query_filter(struct xap_pool *pool, xap_query query, xap_query filter)
{
	return made(pool, [&](auto &all) {
		return Xapian::Query(Xapian::Query::OP_FILTER, all[query], all[filter]);
	});
}

xap_query xap_query_without(struct xap_pool *pool, xap_query query, xap_query without)
{
	return made(pool, [&](auto &all) {
		return Xapian::Query(Xapian::Query::OP_AND_NOT, all[query], all[without]);
	});
}

xap_query xap_query_maybe(struct xap_pool *pool, xap_query query, xap_query bonus)
{
	return made(pool, [&](auto &all) {
		return Xapian::Query(Xapian::Query::OP_AND_MAYBE, all[query], all[bonus]);
	});
}

xap_query xap_query_constant(struct xap_pool *pool, double weight, xap_query query)
{
	return made(pool, [&](auto &all) {
		auto source = new Xapian::FixedWeightPostingSource(weight);

		return Xapian::Query(Xapian::Query::OP_FILTER, Xapian::Query(source->release()),
				     all[query]);
	});
}

xap_query xap_query_prefix(struct xap_pool *pool, struct str prefix, uint32_t limit)
{
	return made(pool, [&](auto &) {
		return Xapian::Query(Xapian::Query::OP_WILDCARD, text(prefix), limit,
				     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);
	});
}

xap_query xap_query_range(struct xap_pool *pool, unsigned slot, int64_t low, int64_t high)
{
	return made(pool, [&](auto &) {
		return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
				     Xapian::sortable_serialise(double(low)),
				     Xapian::sortable_serialise(double(high)));
	});
}

enum status xap_search(struct xap_answer *out, struct arena *mem, struct xap_set *set,
		       const struct xap_pool *pool, const struct xap_question *question)
{
	*out = {};
	if (pool->outcome != ST_OK)
		return pool->outcome;
	return guard([&] {
		Xapian::Query query = pool->queries[question->query];
		Xapian::Enquire enquire(set->db);
		Counts counts(question->count_slot);

		if (question->deadline)
			query = Xapian::Query(
				Xapian::Query::OP_FILTER, query,
				Xapian::Query(
					(new Gate(question->deadline, &out->late))->release()));
		enquire.set_query(query);
		enquire.set_weighting_scheme(Xapian::BM25Weight(
			question->bm25_k1, 0, 1, question->bm25_b, question->bm25_min_length));
		if (question->by_number)
			enquire.set_sort_by_value_then_relevance(question->sort_slot, true);
		if (question->count)
			enquire.add_matchspy(&counts);
		keep_hits(out, mem, enquire.get_mset(0, question->limit, question->check_at_least),
			  set->shards);
		keep_counts(out, mem, counts);
	});
}
