/* Who was refused what, on which article or in which space. */
#include "server/denied.h"

#include "schema/access.h"
#include "schema/article.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/journal.h"
#include "schema/space.h"
#include "server/app.h"
#include "server/rate.h"
#include "server/router.h"

void denied_note(struct request *rq)
{
	static const char *const names[] = {"object", "page"};
	struct str values[] = {STR(""), str_c(rq->route->name)};
	/* Not of type "article", whose rows the index follows. */
	struct journal_entry entry = {.action = STR("request.denied"),
				      .outcome = STR("denied"),
				      .object_type = STR("request")};

	if (rate_take(rq->app->rate, BUCKET_DENIED, (uint64_t)rq->reader->person_id,
		      clock_mono()) != 0)
		return;
	if (rq->article) {
		entry.object_id = rq->article->id;
		entry.space_id = rq->article->space_id;
		entry.audience_id = rq->article->audience_id;
		values[0] = rq->article->public_id;
	} else if (rq->space) {
		entry.space_id = rq->space->id;
		values[0] = rq->space->key;
	}
	if (journal_event(rq->app->writer, rq->mem, rq->reader, &entry, names, values,
			  COUNT(names)) != ST_OK)
		log_failure("noting a refused act");
}
