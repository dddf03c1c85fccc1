/* Forms that come back as they were filled in. */
#include "server/pages/held.h"

#include "schema/held_form.h"
#include "server/pages/pages.h"
#include "server/percent.h"

/* tests/http/test_forms.py knows why each of the other forms is not here. */
static enum status (*const pages[])(struct request *rq) = {
	page_admin_group_add,    page_admin_group_member, page_admin_group_set,
	page_admin_office_add,   page_admin_person_add,   page_admin_person_set,
	page_admin_space_add,    page_admin_space_grant,  page_admin_space_set,
	page_article_parent,     page_article_rename,     page_bets_add,
	page_revision_restore,   page_saved_add,          page_saved_set,
	page_settings_profile,   page_settings_token_add, page_space_audience_add,
	page_space_audience_set, page_space_grant,        page_space_settings,
	page_term_propose,       page_term_retire,        page_term_save,
};

bool held_may_hold(const struct request *rq)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		if (pages[i] == rq->route->page)
			return true;
	}
	return false;
}

/* The fields as a form without files would send them. */
static struct str fields_of(struct request *rq)
{
	AUTO(buf) struct buf fields = {0};

	for (size_t i = 0; i < rq->form.count; i++) {
		const struct form_pair *pair = &rq->form.pairs[i];

		if (pair->is_file)
			continue;
		if (fields.len)
			buf_byte(&fields, '&');
		percent_encode(&fields, pair->name);
		buf_byte(&fields, '=');
		percent_encode(&fields, pair->value);
	}
	return buf_keep(&fields, rq->mem);
}

enum status held_keep(struct url *out, struct request *rq, int64_t person_id)
{
	char id[PUBLIC_ID_LEN + 1];

	TRY(held_form_put(id, rq->db, rq->mem, person_id, rq->exchange->head.target,
			  fields_of(rq)));
	*out = url_with_part(rq->mem, URL("kept"), arena_c(rq->mem, str_c(id)));
	return ST_OK;
}

enum status held_show(struct request *rq, const char *why)
{
	rq->held = why;
	rq->no_store = true;
	return rq->route->page(rq);
}
