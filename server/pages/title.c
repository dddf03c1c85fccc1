/* Finding articles by what they are called and by their tags. */
#include "server/pages/article_load.h"

#include "indexer/script.h"
#include "server/resolve.h"
#include "server/views/error_view.h"
#include "views/article.h"
#include "views/changes.h"
#include "views/error.h"

enum { CANDIDATES = 50, TAGGED_MOST = 500 };

/* The same words as for everything that is not there, and a way to write it for who may write. */
static enum status show_missing(struct request *rq, struct str title)
{
	struct error_view view = {
		.status = 404,
		.words = i18n(rq->lang, N_("There is no such page, or you may not read it.")),
		.wanted = title,
		.may_create = access_may_create(rq->reader),
	};

	return REPLY_HTML(rq, 404, error_show, &view);
}

enum status page_title_find(struct request *rq)
{
	struct title_choice_view view = {.title = str_trim(request_param(rq, "title"))};
	struct str key = script_key(rq->mem, view.title);
	struct article_list list = {0};
	const struct article *only;
	struct url to;

	if (key.len)
		TRY(article_find_title(&list, rq->db, rq->mem, rq->reader, view.title, key,
				       lang_tag(rq->lang), CANDIDATES));
	if (list.count == 0)
		return show_missing(rq, view.title);
	if (list.count == 1) {
		only = &list.items[0];
		to = article_url(rq, only);
		if (!str_eq(script_key(rq->mem, only->title), key))
			to = url_with(rq->mem, to, "from", view.title);
		return reply_redirect(rq, to);
	}
	view.articles = list.items;
	view.n_articles = list.count;
	return REPLY_HTML(rq, 200, title_choice, &view);
}

enum status page_tag_show(struct request *rq)
{
	struct tag_view view = {.tag = str_trim(request_param(rq, "tag"))};
	struct article_list list = {0};
	struct str key = script_key(rq->mem, view.tag);

	if (key.len)
		TRY(article_tagged(&list, rq->db, rq->mem, rq->reader, key, TAGGED_MOST));
	view.articles = list.items;
	view.n_articles = list.count;
	view.more = list.more;
	return REPLY_HTML(rq, 200, tag_show, &view);
}
