/* The news of saved searches and the alerts of auditors, loaded for whoever shows them. */
#include "server/pages/news.h"

#include "schema/notice.h"
#include "server/asked.h"

enum status news_fill(struct notices_view *out, struct request *rq, bool unseen_only, size_t limit)
{
	struct saved_news *list;
	struct news_item *items;
	struct reading_alert *alerts;

	TRY(notice_unseen(&out->unseen, rq->db, rq->reader));
	TRY(reading_alert_list(&alerts, &out->n_alerts, rq->db, rq->mem, rq->reader, unseen_only,
			       limit));
	out->alerts = alerts;
	TRY(saved_search_news(&list, &out->n_items, rq->db, rq->mem, rq->reader, unseen_only,
			      limit));
	items = arena_array(rq->mem, out->n_items + 1, sizeof(*items));
	for (size_t i = 0; i < out->n_items; i++)
		items[i] = (struct news_item){&list[i], asked_url(rq->mem, list[i].search_address)};
	out->items = items;
	return ST_OK;
}
