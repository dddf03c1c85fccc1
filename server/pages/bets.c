/* Recommended articles of a space: their list, pinning, taking away. */
#include "server/pages/act.h"
#include "server/pages/pages.h"

#include "indexer/script.h"
#include "schema/bet.h"
#include "views/report.h"

enum { TITLES = 20 };

static struct url bets_url(struct request *rq)
{
	return url_space_part(rq->mem, rq->space->key, "bets");
}

/* As typed where the form comes back, else as the link says. */
static enum status show(struct request *rq, int http_status)
{
	struct bets_view view = {.space = rq->space, .faults = &rq->faults};
	bool typed = form_find(&rq->form, "query") != NULL;
	struct bet *bets;

	rq->no_store = true;
	TRY(bet_list(&bets, &view.n_bets, rq->db, rq->mem, rq->reader, rq->space->id));
	view.bets = bets;
	view.query = typed ? form_value(&rq->form, "query") : request_query(rq, "query");
	view.article = typed ? form_value(&rq->form, "article") : request_query(rq, "article");
	return REPLY_HTML(rq, http_status, bets_show, &view);
}

enum status page_bets_show(struct request *rq)
{
	return show(rq, 200);
}

/* ".../a/ID-slug" gives the id; what is no address is left as it is. */
static struct str id_in(struct str text)
{
	ptrdiff_t at = str_search(text, STR("/a/"));
	struct str id = str_head(str_from(text, at < 0 ? 0 : (size_t)at + 3), PUBLIC_ID_LEN);

	return secret_is_public_id(id) && (at >= 0 || id.len == text.len) ? id : STR("");
}

/* The published article of this space that is meant by its address, its id or its title; "" for none. */
static enum status find_article(struct str *out, struct request *rq, struct str text)
{
	struct str key = script_key(rq->mem, text);
	struct article_list list;

	*out = id_in(text);
	if (out->len || !key.len)
		return ST_OK;
	TRY(article_find_title(&list, rq->db, rq->mem, rq->reader, text, key, lang_tag(rq->lang),
			       TITLES));
	for (size_t i = 0; i < list.count && !out->len; i++) {
		if (list.items[i].space_id == rq->space->id)
			*out = list.items[i].public_id;
	}
	return ST_OK;
}

struct bet_form {
	struct str query, article;
};

static const struct form_field add_fields[] = {
	{"query", FORM_LINE, offsetof(struct bet_form, query), BET_QUERY_MAX, FORM_REQUIRED},
	{"article", FORM_LINE, offsetof(struct bet_form, article), 400, FORM_REQUIRED},
};

enum status page_bets_add(struct request *rq)
{
	struct bet_form form = {0};
	struct bet_input in = {0};

	TRY(act_read(rq, &form, add_fields, COUNT(add_fields)));
	if (!rq->faults.count) {
		in = (struct bet_input){.query = form.query,
					.key = script_key(rq->mem, form.query)};
		TRY(find_article(&in.article, rq, form.article));
		TRY(act_try(rq, bet_add(rq->db, rq->mem, rq->reader, rq->space->id, &in),
			    "article"));
	}
	if (rq->faults.count)
		return show(rq, 422);
	return act_done(rq, bets_url(rq), N_("The article is recommended."));
}

static const struct form_field remove_fields[] = {
	{"id", FORM_WORD, 0, PUBLIC_ID_LEN, FORM_REQUIRED},
};

enum status page_bets_remove(struct request *rq)
{
	struct str id = {0};

	TRY(act_read(rq, &id, remove_fields, COUNT(remove_fields)));
	if (rq->faults.count)
		return show(rq, 422);
	TRY(bet_remove(rq->db, rq->mem, rq->reader, rq->space->id, id));
	return act_done(rq, bets_url(rq), N_("The article is no longer recommended."));
}
