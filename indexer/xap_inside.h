/* What the two files of the shim share: where exceptions end, and texts. */
#ifndef INDEXER_XAP_INSIDE_H
#define INDEXER_XAP_INSIDE_H

#include <xapian.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

extern "C" {
#include "indexer/xap.h"
}

struct xap_shard {
	Xapian::Database db;
};

struct xap_set {
	Xapian::Database db;
	size_t shards;
};

namespace
{
/* Nothing was in the way of reading, so what was read is wrong; or a file is not there. */
bool is_damage(const Xapian::DatabaseError &e)
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

std::string text(struct str s)
{
	return s.len ? std::string(s.ptr, s.len) : std::string();
}

struct str borrow(const std::string &s)
{
	return str_of(s.data(), s.size());
}

} // namespace

#endif
