/* The probe: is the server up, and do its parts answer. Tells nothing about content or people. */
#include "server/pages/pages.h"

#include "schema/journal.h"
#include "server/app.h"
#include "server/reply.h"

struct health_view {
	bool record, search, room;
};

static void json_health_show(struct json_out *j, struct request *rq, const struct health_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_c(j, "status", v->record && v->search && v->room ? "ok" : "degraded");
	jo_bool(j, "record", v->record);
	jo_bool(j, "search", v->search);
	jo_bool(j, "room", v->room);
	jo_end(j);
}

/* Programs ask for this page too, so both forms are JSON: there is nothing to see for people. */
enum status page_health_show(struct request *rq)
{
	struct health_view view = {.room = app_has_room(rq->app)};
	struct feed_status feed;
	int64_t head;

	feed_status(rq->app->feed, &feed);
	view.search = !feed.rebuilding;
	view.record = journal_head(&head, rq->db) == ST_OK;
	rq->no_store = true;
	return REPLY_JSON(rq, 200, health_show, &view);
}
