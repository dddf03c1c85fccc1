/* Lists of documents that Xapian has no operator for. Private to the shim. */
#ifndef INDEXER_XAP_SOURCES_H
#define INDEXER_XAP_SOURCES_H

#include "indexer/xap_inside.h"

#include <algorithm>
#include <numeric>

namespace
{
/* Stands beside a query, agrees to every document and ends the search when time is up. */
class Gate final : public Xapian::PostingSource
{
	struct time_limit &time;
	Xapian::doccount size = 0;
	Xapian::docid at = 0, last = 0;
	unsigned steps = 0;

	void go(Xapian::docid to)
	{
		if (++steps % 64 == 0 && now() > time.deadline)
			time.late = true;
		at = time.late ? last + 1 : to;
	}

      public:
	explicit Gate(struct time_limit &of) : time(of)
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
		return new Gate(time);
	}
};

/* Ends when the time of its pool is up. */
inline Xapian::Query gated(const Xapian::Query &query, struct time_limit &time)
{
	if (!time.deadline)
		return query;
	return Xapian::Query(Xapian::Query::OP_FILTER, query,
			     Xapian::Query((new Gate(time))->release()));
}

/*
 * What a query finds, found before the search around it begins. Where there was no time to look at all,
 * every document counts as found: nothing is shown that might have been excluded.
 */
class Found final : public Xapian::PostingSource
{
	const Xapian::Query query;
	struct time_limit &time;
	std::vector<Xapian::docid> docs;
	size_t at = 0;
	bool begun = false;

	void go(size_t to)
	{
		at = to;
		begun = true;
	}

      public:
	Found(const Xapian::Query &of, struct time_limit &limit) : query(of), time(limit)
	{
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return Xapian::doccount(docs.size());
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return Xapian::doccount(docs.size());
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return Xapian::doccount(docs.size());
	}
	void next(double) override
	{
		go(begun ? at + 1 : 0);
	}
	void skip_to(Xapian::docid to, double) override
	{
		const auto from = docs.begin() + ptrdiff_t(at);

		go(size_t(std::lower_bound(from, docs.end(), to) - docs.begin()));
	}
	bool at_end() const override
	{
		return at >= docs.size();
	}
	Xapian::docid get_docid() const override
	{
		return docs[at];
	}
	void init(const Xapian::Database &db) override
	{
		Xapian::Enquire enquire(db);

		docs.clear();
		go(0);
		begun = false;
		if (db.get_doccount() == 0)
			return;
		enquire.set_query(gated(query, time));
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		enquire.set_docid_order(Xapian::Enquire::ASCENDING);
		const Xapian::MSet found = enquire.get_mset(0, db.get_doccount());
		for (auto hit = found.begin(); hit != found.end(); ++hit)
			docs.push_back(*hit);
		if (time.late) {
			docs.resize(db.get_lastdocid());
			std::iota(docs.begin(), docs.end(), 1);
		}
	}
	PostingSource *clone() const override
	{
		return new Found(query, time);
	}
};

/*
 * The same documents as `query`, for the right side of AND_NOT. There Xapian 1.4 never works out the
 * greatest weights of what is below, but an AND or OR reads them: by what the memory held before, it
 * then passes over matches, and what was excluded is found.
 */
inline Xapian::Query found_first(const Xapian::Query &query, struct time_limit &time)
{
	return Xapian::Query((new Found(query, time))->release());
}
} // namespace

#endif
