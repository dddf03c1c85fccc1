/* What the files of the shim share: what is open, what was asked, where exceptions end, and texts. */
#ifndef INDEXER_XAP_INSIDE_H
#define INDEXER_XAP_INSIDE_H

#include <xapian.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

extern "C" {
#include "indexer/xap.h"
}

struct posting {
	Xapian::docid doc;
	Xapian::termcount wdf, length; /* of the term, of the whole document */
};
using postings = std::shared_ptr<const std::vector<posting>>;
using slot_values = std::vector<std::pair<Xapian::docid, std::string>>;

struct xap_shard {
	Xapian::Database db;
	/* Remembered until the shard changes, see xap_small.cc. */
	std::unordered_map<std::string, postings> known;
	size_t n_known;
	std::map<unsigned, slot_values> values;
};

struct xap_set {
	Xapian::Database db;
	std::vector<struct xap_shard *> members;
	size_t docs;
};

/* What a query was made of, beside Xapian's own query. */
struct node {
	enum { TERM, AND, OR, SYNONYM, SCALE, FILTER, WITHOUT, MAYBE, CONSTANT, OTHER } kind;
	std::vector<xap_query> members;
	double factor;
	std::string term;
};

/* Until when may be looked, and whether that has passed. */
struct time_limit {
	int64_t deadline; /* clock_mono; 0 for none */
	bool late;
};

struct xap_pool {
	std::vector<Xapian::Query> queries; /* 0 is XAP_NOTHING */
	std::vector<node> nodes;
	enum status outcome;
	struct time_limit time;
};

namespace
{
/* The clock of clock_mono(). */
inline int64_t now()
{
	using namespace std::chrono;

	return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

/* Nothing was in the way of reading, so what was read is wrong; or a file is not there. */
inline bool is_damage(const Xapian::DatabaseError &e)
{
	const char *why = e.get_error_string();

	return !why || strcmp(why, strerror(ENOENT)) == 0;
}

/* The one place that catches. Out of memory aborts, as everywhere. */
template <typename Body> enum status guard(Body body) noexcept
{
	try {
		body();
		return ST_OK;
	} catch (const Xapian::DatabaseModifiedError &e) {
		return fail(ST_CONFLICT, "index: %s", e.get_msg().c_str());
	} catch (const Xapian::DatabaseLockError &e) {
		return fail(ST_BUSY, "index: %s", e.get_msg().c_str());
	} catch (const Xapian::DatabaseError &e) {
		return fail(is_damage(e) ? ST_NOT_FOUND : ST_FAILED, "index: %s: %s", e.get_type(),
			    e.get_msg().c_str());
	} catch (const Xapian::Error &e) {
		return fail(ST_FAILED, "index: %s: %s", e.get_type(), e.get_msg().c_str());
	} catch (const std::bad_alloc &) {
		abort();
	} catch (...) {
		return fail(ST_FAILED, "index: an unknown failure");
	}
}

inline std::string text(struct str s)
{
	return s.len ? std::string(s.ptr, s.len) : std::string();
}

inline struct str borrow(const std::string &s)
{
	return str_of(s.data(), s.size());
}

} // namespace

#endif
