/* Searches that are kept under a name, and the notices that come of them. */
#include "server/pages/pages.h"

#include "server/asked.h"
#include "server/pages/act.h"
#include "server/pages/news.h"
#include "views/saved.h"

enum { NOTICES = 100 };

/* ---- the list ------------------------------------------------------------------------------------ */

/* What was typed stands in its own form. */
static struct saved_item item(struct request *rq, const struct saved_search *saved)
{
	struct saved_item out = {.saved = saved,
				 .run = asked_url(rq->mem, saved->address),
				 .name = saved->name,
				 .alert = saved->alert};

	if (str_eq(form_value(&rq->form, "id"), saved->public_id) && form_find(&rq->form, "name")) {
		out.name = form_value(&rq->form, "name");
		(void)alert_parse(form_value(&rq->form, "alert"), &out.alert);
	}
	return out;
}

static enum status show(struct request *rq, int http_status)
{
	struct saved_view view = {.faults = &rq->faults};
	struct saved_search *list;
	struct saved_item *items;

	rq->no_store = true;
	TRY(saved_search_list(&list, &view.n_items, rq->db, rq->mem, rq->reader));
	items = arena_array(rq->mem, view.n_items + 1, sizeof(*items));
	for (size_t i = 0; i < view.n_items; i++)
		items[i] = item(rq, &list[i]);
	view.items = items;
	view.name = form_value(&rq->form, "name");
	view.address = form_value(&rq->form, "address");
	return REPLY_HTML(rq, http_status, saved_list, &view);
}

enum status page_saved_list(struct request *rq)
{
	return show(rq, 200);
}

struct add_input {
	struct str name, address, alert;
};

static const struct form_field add_fields[] = {
	{"name", FORM_LINE, offsetof(struct add_input, name), 100, FORM_REQUIRED},
	{"address", FORM_LINE, offsetof(struct add_input, address), SAVED_ADDRESS_MAX,
	 FORM_REQUIRED},
	{"alert", FORM_WORD, offsetof(struct add_input, alert), 16, FORM_REQUIRED},
};

/* The address as our own pages write it, whatever was sent. */
static enum status clean(struct str *out, struct request *rq, struct str sent)
{
	struct search_asked asked;
	struct form query;

	if (form_decode(&query, rq->mem, sent) != ST_OK)
		return act_fault(rq, "address", N_("This is not the address of a search."));
	asked_read(&asked, rq->mem, &query);
	if (!asked.query.len)
		return act_fault(rq, "address", N_("This is not the address of a search."));
	*out = asked_address(rq->mem, &asked);
	return ST_OK;
}

enum status page_saved_add(struct request *rq)
{
	struct add_input in = {0};
	struct str address = STR("");
	enum alert alert = ALERT_NONE;

	TRY(act_read(rq, &in, add_fields, COUNT(add_fields)));
	if (!rq->faults.count)
		TRY(clean(&address, rq, in.address));
	if (!rq->faults.count && !alert_parse(in.alert, &alert))
		TRY(act_fault(rq, "alert", N_("Choose one of the list.")));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    saved_search_add(rq->db, rq->mem, rq->reader, in.name, address, alert),
			    "name"));
	if (rq->faults.count)
		return show(rq, 422);
	return act_done(rq, URL("settings/searches"), N_("The search is saved."));
}

struct set_input {
	struct str id, name, alert;
};

static const struct form_field set_fields[] = {
	{"id", FORM_WORD, offsetof(struct set_input, id), PUBLIC_ID_LEN, FORM_REQUIRED},
	{"name", FORM_LINE, offsetof(struct set_input, name), 100, FORM_REQUIRED},
	{"alert", FORM_WORD, offsetof(struct set_input, alert), 16, FORM_REQUIRED},
};

enum status page_saved_set(struct request *rq)
{
	struct set_input in = {0};
	enum alert alert = ALERT_NONE;

	TRY(act_read(rq, &in, set_fields, COUNT(set_fields)));
	if (!rq->faults.count && !alert_parse(in.alert, &alert))
		TRY(act_fault(rq, "alert", N_("Choose one of the list.")));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    saved_search_set(rq->db, rq->mem, rq->reader, in.id, in.name, alert),
			    "name"));
	if (rq->faults.count)
		return show(rq, 422);
	return act_done(rq, URL("settings/searches"), N_("The search was changed."));
}

static const struct form_field delete_fields[] = {
	{"id", FORM_WORD, 0, PUBLIC_ID_LEN, FORM_REQUIRED},
};

enum status page_saved_delete(struct request *rq)
{
	struct str id = {0};

	TRY(act_read(rq, &id, delete_fields, COUNT(delete_fields)));
	if (rq->faults.count)
		return show(rq, 422);
	TRY(saved_search_delete(rq->db, rq->mem, rq->reader, id));
	return act_done(rq, URL("settings/searches"), N_("The search was deleted."));
}

/* ---- notices ------------------------------------------------------------------------------------- */

static void json_alert(struct json_out *j, const struct reading_alert *alert)
{
	jo_object(j, NULL);
	jo_c(j, "reason", "reading");
	jo_object(j, "person");
	jo_str(j, "login", alert->login);
	jo_str(j, "name", alert->name);
	jo_end(j);
	jo_i64(j, "articles", alert->articles);
	jo_time(j, "at", alert->at);
	jo_bool(j, "seen", alert->seen);
	jo_end(j);
}

static void json_notices_show(struct json_out *j, struct request *rq, const struct notices_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_alerts; i++)
		json_alert(j, &v->alerts[i]);
	for (size_t i = 0; i < v->n_items; i++) {
		const struct saved_news *news = v->items[i].news;
		const struct article *a = &news->article;

		jo_object(j, NULL);
		jo_c(j, "reason", "search");
		jo_object(j, "search");
		jo_str(j, "id", news->search_id);
		jo_str(j, "name", news->search_name);
		jo_str(j, "url", v->items[i].search.url_bytes);
		jo_end(j);
		jo_object(j, "article");
		jo_str(j, "id", a->public_id);
		jo_str(j, "url", url_article(rq->mem, a->public_id, a->slug).url_bytes);
		jo_str(j, "space", a->space_key);
		jo_str(j, "title", a->title);
		jo_str(j, "lang", a->lang);
		jo_time(j, "modified", a->modified_at);
		jo_end(j);
		jo_time(j, "at", news->at);
		jo_bool(j, "seen", news->seen);
		jo_end(j);
	}
	jo_end(j);
	jo_i64(j, "unseen", v->unseen);
	jo_null(j, "next");
	jo_end(j);
}

enum status page_notices_show(struct request *rq)
{
	struct notices_view view = {0};

	TRY(news_fill(&view, rq, false, NOTICES));
	return REPLY(rq, 200, notices_show, &view);
}

static const struct form_field seen_fields[] = {
	{"search", FORM_WORD, 0, PUBLIC_ID_LEN, 0},
};

enum status page_notices_seen(struct request *rq)
{
	struct str search = {0};

	TRY(act_read(rq, &search, seen_fields, COUNT(seen_fields)));
	if (rq->faults.count)
		return fail(ST_INVALID, "no search of this kind");
	TRY(saved_search_see(rq->db, rq->reader, search));
	if (!search.len)
		TRY(reading_alert_see(rq->db, rq->reader));
	return act_done(rq, URL("notices"), N_("All notices are seen."));
}
