/* The first page after signing in, and who one is for a program. */
#include "server/pages/pages.h"

#include "schema/base/clock.h"
#include "server/pages/news.h"
#include "server/pages/spaces.h"
#include "views/home.h"

enum { LIST = 10 };

static enum status fill_work(struct home_view *out, struct request *rq)
{
	struct article_list list;
	struct draft *drafts;

	TRY(draft_list(&drafts, &out->n_drafts, rq->db, rq->mem, rq->reader));
	out->drafts = drafts;
	if (out->n_drafts > LIST)
		out->n_drafts = LIST;
	TRY(article_drafts(&list, rq->db, rq->mem, rq->reader, LIST));
	out->unpublished = list.items;
	out->n_unpublished = list.count;
	TRY(article_due(&list, rq->db, rq->mem, rq->reader, clock_now(), LIST));
	out->due = list.items;
	out->n_due = list.count;
	return ST_OK;
}

static enum status fill_news(struct home_view *out, struct request *rq)
{
	struct change *changes;

	TRY(change_latest(&changes, &out->n_recent, rq->db, rq->mem, rq->reader, STR(""), LIST));
	out->recent = changes;
	return ST_OK;
}

static void json_home_show(struct json_out *j, struct request *rq, const struct home_view *v)
{
	jo_object(j, NULL);
	jo_str(j, "login", rq->reader->login);
	jo_str(j, "name", rq->reader->name);
	jo_str(j, "lang", lang_tag(rq->lang));
	jo_list(j, "spaces");
	for (size_t i = 0; i < v->n_spaces; i++) {
		jo_object(j, NULL);
		jo_str(j, "key", v->spaces[i].key);
		jo_str(j, "name", space_said(rq, v->spaces[i].name));
		jo_c(j, "level", level_name(v->spaces[i].level));
		jo_end(j);
	}
	jo_end(j);
	jo_object(j, "can");
	jo_bool(j, "create", v->may_create);
	jo_bool(j, "accounts", (rq->reader->duties & DUTY_ACCOUNTS) != 0);
	jo_bool(j, "audit", (rq->reader->duties & DUTY_AUDIT) != 0);
	jo_end(j);
	jo_end(j);
}

enum status page_home_show(struct request *rq)
{
	struct home_view view = {.may_create = access_may_create(rq->reader)};
	struct space *spaces;

	TRY(spaces_list(&spaces, &view.n_spaces, rq));
	view.spaces = spaces;
	if (!rq->json) {
		TRY(fill_work(&view, rq));
		TRY(fill_news(&view, rq));
		TRY(news_fill(&view.news, rq, true, LIST));
	}
	return REPLY(rq, 200, home_show, &view);
}
