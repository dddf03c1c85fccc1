/*
 * The shim, third part: many small shards. Xapian looks every term up twice in every shard and builds a
 * tree of lists for each: over a hundred shards of two hundred documents that cost eight times as much as
 * the same documents in one. Here what is read of a shard is remembered until it changes, and the same
 * queries, with the same weights, are worked out over those lists.
 */
#include "indexer/xap_small.h"

#include "indexer/xap_counts.h"

#include <cmath>
#include <functional>
#include <queue>

namespace
{
constexpr size_t MANY = 16;          /* shards: with fewer Xapian is as fast */
constexpr size_t FEW_DOCS = 1000;    /* in the mean shard */
constexpr size_t FOR_A_DOC = 32;     /* postings that a shard remembers for each of its documents */
constexpr size_t FOR_A_SHARD = 2048; /* and besides */
constexpr size_t ENTRY = 8;          /* what a term takes beside its postings, in postings */

/* ---- what is remembered ------------------------------------------------------------------------ */
postings read_postings(const Xapian::Database &db, const std::string &term)
{
	auto list = std::make_shared<std::vector<posting>>();
	const auto end = db.postlist_end(term);

	for (auto at = db.postlist_begin(term); at != end; ++at)
		list->push_back({*at, at.get_wdf(), at.get_doclength()});
	list->shrink_to_fit();
	return list;
}

postings postings_of(struct xap_shard &shard, const std::string &term)
{
	const size_t room = FOR_A_DOC * shard.db.get_doccount() + FOR_A_SHARD;
	auto found = shard.known.find(term);

	if (found != shard.known.end())
		return found->second;
	postings list = read_postings(shard.db, term);
	if (shard.n_known + list->size() + ENTRY > room) {
		shard.known.clear();
		shard.n_known = 0;
	}
	shard.n_known += list->size() + ENTRY;
	shard.known.emplace(term, list);
	return list;
}

/* What stands in a slot, by document. */
const slot_values &values_of(struct xap_shard &shard, unsigned slot)
{
	auto found = shard.values.find(slot);

	if (found != shard.values.end())
		return found->second;
	slot_values values; /* remembered whole or not at all: reading may fail half-way */
	const auto end = shard.db.valuestream_end(slot);

	for (auto at = shard.db.valuestream_begin(slot); at != end; ++at)
		values.emplace_back(at.get_docid(), *at);
	return shard.values.emplace(slot, std::move(values)).first->second;
}

/* ---- lists of matches -------------------------------------------------------------------------- */
struct match {
	Xapian::docid doc;
	double weight;
};
using matches = std::vector<match>;

enum class keep { BOTH, EITHER, FIRST, ONLY_FIRST };

/* Which documents of two lists stay; weights add up. */
matches joined(const matches &a, const matches &b, keep what)
{
	const bool alone = what != keep::BOTH;
	const bool all = what == keep::EITHER;
	auto y = b.begin();
	matches out;

	out.reserve(all ? a.size() + b.size() : a.size());
	for (const match &x : a) {
		for (; y != b.end() && y->doc < x.doc; ++y)
			if (all)
				out.push_back(*y);
		const bool both = y != b.end() && y->doc == x.doc;

		if (!both && alone)
			out.push_back(x);
		else if (both && what != keep::ONLY_FIRST)
			out.push_back({x.doc, x.weight + y->weight});
		if (both)
			++y;
	}
	if (all)
		out.insert(out.end(), y, b.end());
	return out;
}

/* The postings of both terms as of one. */
std::vector<posting> merged(const std::vector<posting> &a, const std::vector<posting> &b)
{
	std::vector<posting> out;
	auto y = b.begin();

	out.reserve(a.size() + b.size());
	for (const posting &x : a) {
		for (; y != b.end() && y->doc < x.doc; ++y)
			out.push_back(*y);
		out.push_back(x);
		if (y != b.end() && y->doc == x.doc)
			out.back().wdf = std::min(x.wdf + y++->wdf, x.length);
	}
	out.insert(out.end(), y, b.end());
	return out;
}

/* ---- one search -------------------------------------------------------------------------------- */
/* A term, or several that count as one: its lists in all shards, and what it weighs. */
struct leaf {
	std::vector<std::vector<postings>> lists; /* by shard, by term */
	double weight;
};

struct hit {
	match found;
	size_t shard;
	Xapian::docid doc; /* in the set */
	std::string by;    /* what orders before the weight does */

	bool operator<(const hit &other) const
	{
		if (by != other.by)
			return by > other.by;
		if (found.weight > other.found.weight || found.weight < other.found.weight)
			return found.weight > other.found.weight;
		return doc < other.doc;
	}
};

class Small
{
	const struct xap_set *const set;
	const struct xap_pool *const pool;
	const struct xap_question *const question;
	const double docs, mean_length;
	bool late = false;
	std::map<xap_query, leaf> leaves;

	/* As Xapian::BM25Weight has it for a term that was typed once. */
	double weight_of(double frequency) const
	{
		const double odds = (docs - frequency + 0.5) / (frequency + 0.5);

		return std::log(odds < 2 ? odds * 0.5 + 1 : odds) * (question->bm25_k1 + 1);
	}
	double part(const posting &p) const
	{
		const double length = std::max(p.length / mean_length, question->bm25_min_length);
		const double b = question->bm25_b;

		return p.wdf / (p.wdf + question->bm25_k1 * (1 - b + b * length));
	}
	/* Documents with one of the terms, if each came by chance; the rarest two first, as Xapian does. */
	double either(const std::vector<double> &counts) const
	{
		std::priority_queue<double, std::vector<double>, std::greater<double>> rarest(
			counts.begin(), counts.end());
		double first = rarest.top();

		while (rarest.pop(), !rarest.empty()) {
			const double second = rarest.top();

			rarest.pop();
			rarest.push(std::floor(first + second - first * second / docs + 0.5));
			first = rarest.top();
		}
		return first;
	}
	/* Shards that were not looked at in time have none; what was read is known the next time. */
	leaf leaf_of(const std::vector<std::string> &terms)
	{
		static const postings none = std::make_shared<std::vector<posting>>();
		std::vector<double> counts(terms.size());
		leaf out{};

		for (struct xap_shard *shard : set->members) {
			out.lists.emplace_back();
			late = late || (pool->time.deadline && now() > pool->time.deadline);
			for (size_t i = 0; i < terms.size(); i++) {
				out.lists.back().push_back(late ? none
								: postings_of(*shard, terms[i]));
				counts[i] += double(out.lists.back().back()->size());
			}
		}
		out.weight = weight_of(either(counts));
		return out;
	}
	void look_up(xap_query number)
	{
		const node &n = pool->nodes[number];
		std::vector<std::string> terms{n.term};

		if (n.kind == node::SYNONYM) {
			terms.clear();
			for (xap_query member : n.members)
				terms.push_back(pool->nodes[member].term);
		}
		if (n.kind == node::TERM || n.kind == node::SYNONYM) {
			if (leaves.find(number) == leaves.end())
				leaves.emplace(number, leaf_of(terms));
			return;
		}
		for (xap_query member : n.members)
			look_up(member);
	}
	/* A factor of 0: it only says which documents. */
	matches weighed(const leaf &of, size_t shard, double factor) const
	{
		const std::vector<postings> &lists = of.lists[shard];
		std::vector<posting> more;
		matches out;

		for (size_t i = 1; i < lists.size(); i++)
			if (!lists[i]->empty())
				more = merged(more.empty() ? *lists[0] : more, *lists[i]);
		const std::vector<posting> &all = more.empty() ? *lists[0] : more;
		out.reserve(all.size());
		for (const posting &p : all)
			out.push_back({p.doc, factor > 0 ? factor * of.weight * part(p) : 0});
		return out;
	}
	matches group(const node &n, size_t shard, double factor, keep what) const
	{
		matches out = matching(n.members[0], shard, factor);

		for (size_t i = 1; i < n.members.size(); i++)
			out = joined(out, matching(n.members[i], shard, factor), what);
		return out;
	}
	matches constant(const node &n, size_t shard, double factor) const
	{
		matches out = matching(n.members[0], shard, 0);

		for (match &m : out)
			m.weight = factor * n.factor;
		return out;
	}
	matches matching(xap_query number, size_t shard, double factor) const
	{
		const node &n = pool->nodes[number];

		switch (n.kind) {
		case node::TERM:
		case node::SYNONYM:
			return weighed(leaves.at(number), shard, factor);
		case node::AND:
			return group(n, shard, factor, keep::BOTH);
		case node::OR:
			return group(n, shard, factor, keep::EITHER);
		case node::SCALE:
			return matching(n.members[0], shard, factor * n.factor);
		case node::CONSTANT:
			return constant(n, shard, factor);
		case node::FILTER:
			return joined(matching(n.members[0], shard, factor),
				      matching(n.members[1], shard, 0), keep::BOTH);
		case node::WITHOUT:
			return joined(matching(n.members[0], shard, factor),
				      matching(n.members[1], shard, 0), keep::ONLY_FIRST);
		case node::MAYBE:
			return joined(matching(n.members[0], shard, factor),
				      matching(n.members[1], shard, factor), keep::FIRST);
		case node::OTHER:
			break;
		}
		return {};
	}

      public:
	Small(const struct xap_set *of, const struct xap_pool *queries,
	      const struct xap_question *what)
	    : set(of), pool(queries), question(what), docs(double(of->docs)),
	      mean_length(of->db.get_avlength())
	{
		look_up(what->query);
	}
	bool is_late() const
	{
		return late;
	}
	matches in(size_t shard) const
	{
		return matching(question->query, shard, 1);
	}
};

/* The values of matches, both in the order of their documents. */
template <typename See> void each_value(const slot_values &values, const matches &found, See see)
{
	static const std::string none;
	auto at = values.begin();

	for (const match &m : found) {
		while (at != values.end() && at->first < m.doc)
			++at;
		see(at != values.end() && at->first == m.doc ? at->second : none);
	}
}

void add_hits(std::vector<hit> &hits, const struct xap_set *set, size_t shard, const matches &found)
{
	const size_t shards = set->members.size();

	for (const match &m : found)
		hits.push_back(
			{m, shard, Xapian::docid((m.doc - 1) * shards + shard + 1), std::string()});
}

/* The first of all hits in order; `hits` loses the others. */
void keep_first(std::vector<hit> &hits, size_t limit)
{
	if (hits.size() > limit) {
		std::nth_element(hits.begin(), hits.begin() + ptrdiff_t(limit), hits.end());
		hits.resize(limit);
	}
	std::sort(hits.begin(), hits.end());
}

void keep_hits(struct xap_answer *out, struct arena *mem, const struct xap_set *set,
	       const std::vector<hit> &hits)
{
	out->hits = static_cast<xap_hit *>(arena_array(mem, hits.size(), sizeof(xap_hit)));
	for (const hit &h : hits) {
		const std::string data =
			set->members[h.shard]->db.get_document(h.found.doc).get_data();

		out->hits[out->n_hits++] = {arena_str(mem, borrow(data)), h.shard, h.doc,
					    h.found.weight};
	}
}
} // namespace

bool query_is_plain(const struct xap_pool *pool, xap_query query)
{
	const node &n = pool->nodes[query];
	bool plain = n.kind != node::OTHER;

	for (xap_query member : n.members)
		plain = plain && query_is_plain(pool, member) &&
			(n.kind != node::SYNONYM || pool->nodes[member].kind == node::TERM);
	return plain;
}

bool xap_set_is_cheap(const struct xap_set *set)
{
	return set->members.size() <= MANY || set->docs <= FEW_DOCS * set->members.size();
}

bool small_suits(const struct xap_set *set, const struct xap_pool *pool, xap_query query)
{
	return set->members.size() > MANY && xap_set_is_cheap(set) && query_is_plain(pool, query);
}

void small_search(struct xap_answer *out, struct arena *mem, const struct xap_set *set,
		  const struct xap_pool *pool, const struct xap_question *question)
{
	const Small search(set, pool, question);
	std::vector<hit> hits;
	Counts counts;

	out->late = search.is_late();
	for (size_t i = 0; i < set->members.size() && !out->late; i++) {
		struct xap_shard &shard = *set->members[i];
		const matches found = search.in(i);

		out->lower += uint32_t(found.size());
		add_hits(hits, set, i, found);
		if (question->by_number)
			each_value(values_of(shard, question->sort_slot), found,
				   [at = hits.end() - ptrdiff_t(found.size())](
					   const std::string &value) mutable { at++->by = value; });
		if (question->count)
			each_value(values_of(shard, question->count_slot), found,
				   [&](const std::string &value) { counts.add(value); });
		out->late = pool->time.deadline && now() > pool->time.deadline;
	}
	out->estimated = out->upper = out->lower;
	keep_first(hits, question->limit);
	keep_hits(out, mem, set, hits);
	counts.keep(out, mem);
}
