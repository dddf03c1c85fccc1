/* Completion while typing, and how a browser learns to search here. */
#include "server/pages/pages.h"

#include "indexer/script.h"
#include "schema/article.h"
#include "schema/person.h"

enum { ITEMS = 8 };

struct suggest_item {
	struct str title, lang, note;
	struct url url;
};

struct suggest_view {
	struct suggest_item items[ITEMS];
	size_t n_items;
};

static enum status suggest_articles(struct suggest_view *out, struct request *rq, struct str key)
{
	struct article_list list;

	TRY(article_complete(&list, rq->db, rq->mem, rq->reader, key, ITEMS));
	for (size_t i = 0; i < list.count; i++) {
		const struct article *a = &list.items[i];

		out->items[out->n_items++] =
			(struct suggest_item){a->title, a->lang, a->space_name,
					      url_article(rq->mem, a->public_id, a->slug)};
	}
	return ST_OK;
}

static enum status suggest_people(struct suggest_view *out, struct request *rq, struct str key)
{
	struct person *list;
	size_t count;

	TRY(person_list(&list, &count, rq->db, rq->mem, rq->reader, key, STR_NONE, ITEMS));
	for (size_t i = 0; i < count; i++) {
		struct str note = list[i].position.len ? list[i].position : list[i].office_name;

		out->items[out->n_items++] = (struct suggest_item){
			list[i].name, STR(""), note, url_person(rq->mem, list[i].login)};
	}
	return ST_OK;
}

static void json_suggest(struct json_out *j, struct request *rq, const struct suggest_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_items; i++) {
		jo_object(j, NULL);
		jo_str(j, "title", v->items[i].title);
		jo_str(j, "lang", v->items[i].lang);
		jo_str(j, "note", v->items[i].note);
		jo_str(j, "url", v->items[i].url.url_bytes);
		jo_end(j);
	}
	jo_end(j);
	jo_end(j);
}

enum status page_suggest(struct request *rq)
{
	AUTO(buf) struct buf key = {0};
	struct suggest_view view = {.n_items = 0};

	script_fold(&key, str_head(request_query(rq, "q"), 400));
	if (key.len && str_is(request_query(rq, "kind"), "person"))
		TRY(suggest_people(&view, rq, buf_str(&key)));
	else if (key.len)
		TRY(suggest_articles(&view, rq, buf_str(&key)));
	return REPLY_JSON(rq, 200, suggest, &view);
}

enum status page_opensearch(struct request *rq)
{
	AUTO(buf) struct buf xml = {0};

	buf_c_add(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
			"<ShortName>Devon</ShortName>\n<Description>");
	out_escape(&xml, _("Search Devon"));
	buf_c_add(&xml, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
			"<Url type=\"text/html\" template=\"");
	out_escape(&xml, request_absolute(rq, URL("search")));
	buf_c_add(&xml, "?q={searchTerms}\"/>\n</OpenSearchDescription>\n");
	return reply_data(rq, 200, "application/opensearchdescription+xml; charset=utf-8",
			  buf_keep(&xml, rq->mem));
}
