/* What waits for a person, of all its kinds together. */
#include "schema/notice.h"

#include "schema/reading.h"
#include "schema/saved_search.h"

enum status notice_unseen(int64_t *out, struct db *db, const struct reader *who)
{
	int64_t alerts;

	*out = 0;
	TRY(reading_alert_unseen(&alerts, db, who));
	TRY(saved_search_unseen(out, db, who));
	*out += alerts;
	return ST_OK;
}
