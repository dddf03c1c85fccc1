/* Sets of audiences: which shards of the index a reader may open. Only schema/access.c fills one. */
#ifndef BASE_AUDIENCE_H
#define BASE_AUDIENCE_H

#include "schema/base/macros.h"

enum { AUDIENCE_MAX = 500 }; /* in one installation, see security.md 3.4 */

struct audience_set {
	const int64_t *ids; /* ascending; an audience's id is also its shard's number */
	size_t count;
};

static inline bool audience_set_has(const struct audience_set *set, int64_t id)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->ids[middle] == id)
			return true;
		if (set->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

#endif
