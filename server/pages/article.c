/* Reading an article, and what is known about it: links, source, who may read it. */
#include "server/pages/article_load.h"
#include "server/pages/search_extra.h"

#include "indexer/script.h"
#include "schema/space.h"
#include "views/article.h"
#include "views/article_tools.h"

enum { LINKS_MOST = 500, TITLE_CANDIDATES = 50 };

/* A name behind the id that is not today's; none at all is as good as the right one. */
static bool has_wrong_slug(struct request *rq)
{
	struct str given = str_from(rq->exchange->head.path, STR("/a/").len + PUBLIC_ID_LEN);

	return given.len > 1 && !str_eq(str_from(given, 1), rq->article->slug);
}

/* The former title that led here: only one that it really had is repeated on the page. */
static enum status former_title(struct str *out, struct request *rq)
{
	struct str title = request_query(rq, "from");
	struct str key = script_key(rq->mem, title);
	struct article_list list;

	*out = STR_NONE;
	if (!key.len)
		return ST_OK;
	TRY(article_find_title(&list, rq->db, rq->mem, rq->reader, title, key, rq->article->lang,
			       TITLE_CANDIDATES));
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].id == rq->article->id)
			*out = title;
	}
	return ST_OK;
}

enum status page_article_show(struct request *rq)
{
	struct article_view view;

	if (!rq->json && has_wrong_slug(rq))
		return reply_redirect(rq, url_with(rq->mem, article_url(rq, rq->article), "q",
						   request_query(rq, "q")));
	search_note_click(rq);
	TRY(article_load(&view, rq, rq->article));
	if (!rq->json)
		TRY(former_title(&view.renamed, rq));
	return REPLY(rq, 200, article_show, &view);
}

enum status page_article_links(struct request *rq)
{
	struct links_view view = {.article = rq->article};
	struct article_list list;

	TRY(article_links_here(&list, rq->db, rq->mem, rq->reader, rq->article, LINKS_MOST));
	view.here = list.items;
	view.n_here = list.count;
	view.more = list.more;
	return REPLY_HTML(rq, 200, article_links, &view);
}

enum status page_article_raw(struct request *rq)
{
	struct revision_text text;

	TRY(revision_current(&text, rq->db, rq->mem, rq->article));
	return reply_bytes(rq, 200, "text/markdown; charset=utf-8", text.body);
}

/* The grants of the space, which only its managers may see. */
static enum status load_grants(struct article_access_view *view, struct request *rq)
{
	struct access_grant_row *rows;
	struct space_grant *grants;
	size_t count;

	TRY(space_grants(&grants, &count, rq->db, rq->mem, rq->reader, view->article->space_key));
	rows = arena_array(rq->mem, count + 1, sizeof(*rows));
	for (size_t i = 0; i < count; i++) {
		rows[i].group = (struct group_ref){grants[i].group_key, grants[i].group_name};
		rows[i].level = (int)grants[i].level;
	}
	view->space_grants = rows;
	view->n_space_grants = count;
	return ST_OK;
}

static enum status load_readers(struct article_access_view *view, struct request *rq)
{
	struct access_grant_row *rows;
	struct audience_reader *readers;
	size_t count;

	TRY(audience_readers(&readers, &count, rq->db, rq->mem, rq->reader,
			     view->article->audience_id));
	rows = arena_array(rq->mem, count + 1, sizeof(*rows));
	for (size_t i = 0; i < count; i++) {
		if (readers[i].group_key.len)
			rows[i].group = (struct group_ref){readers[i].group_key, readers[i].name};
		else
			rows[i].person = (struct person_ref){readers[i].login, readers[i].name};
		rows[i].level = (int)readers[i].level;
	}
	view->readers = rows;
	view->n_readers = count;
	return ST_OK;
}

enum status page_article_access(struct request *rq)
{
	const struct article *article = rq->article;
	struct article_access_view view = {.article = article, .own_level = LEVEL_READ};

	if (article_allows(rq, article, ACT_EDIT))
		view.own_level = LEVEL_WRITE;
	view.can_manage = article_allows(rq, article, ACT_MANAGE);
	if (view.can_manage) {
		view.own_level = LEVEL_MANAGE;
		TRY(load_grants(&view, rq));
		if (article->restricted)
			TRY(load_readers(&view, rq));
	}
	return REPLY_HTML(rq, 200, article_access, &view);
}
