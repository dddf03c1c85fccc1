/* Keeping the text of a form whose session has ended (security.md 9.9). */
#include "server/pages/kept.h"

#include "schema/base/utf8.h"
#include "schema/session.h"
#include "server/csrf.h"
#include "server/pages/edit.h"
#include "server/pages/held.h"
#include "server/pages/talk.h"

static bool is_message(const struct request *rq)
{
	return rq->route->page == page_talk_new || rq->route->page == page_post_new ||
	       rq->route->page == page_post_edit;
}

static bool is_draft(const struct request *rq)
{
	return is_message(rq) || rq->route->page == page_article_save ||
	       rq->route->page == page_article_create;
}

/* There is nothing in it but a file, which whoever sends it has as well. */
static bool is_file(const struct request *rq)
{
	return rq->route->page == page_file_upload || rq->route->page == page_glossary_import;
}

bool kept_may_hold(const struct request *rq)
{
	enum body_type type = rq->exchange->head.type;

	/* Scripts ask for JSON: they stay on their page, with everything. */
	return rq->route && !rq->json && (type == BODY_FORM || type == BODY_UPLOAD) &&
	       !str_is(request_header(rq, "Accept"), "application/json") &&
	       (is_draft(rq) || held_may_hold(rq) || is_file(rq));
}

static bool brings_file(const struct request *rq)
{
	for (size_t i = 0; i < rq->form.count; i++) {
		if (rq->form.pairs[i].is_file && rq->form.pairs[i].value.len)
			return true;
	}
	return is_file(rq);
}

/* Whose form it was: the person of the session that its token was made for. */
static enum status find_owner(int64_t *person_id, struct request *rq, struct str token)
{
	struct session *sessions;
	size_t count;

	TRY(session_recent(&sessions, &count, rq->db, rq->mem));
	for (size_t i = 0; i < count; i++) {
		struct str secret =
			str_of((const char *)sessions[i].hash.bytes, sizeof(sessions[i].hash));

		if (!csrf_check(token, rq->app->key, secret))
			continue;
		*person_id = sessions[i].person_id;
		return ST_OK;
	}
	return fail(ST_NOT_FOUND, "the form belongs to no session");
}

/* A section goes back into its text; where that is not possible any more, it is kept alone. */
static struct str whole_text(struct request *rq, const struct article *article,
			     const struct edit_input *in)
{
	struct str whole;

	return edit_whole_body(&whole, rq, article, in) == ST_OK ? whole : in->body;
}

/* The answer to a thread; a message that was to be changed is offered there too, for it may be too late. */
static void be_message(struct draft *draft, struct request *rq)
{
	draft->kind = DRAFT_MESSAGE;
	draft->comment = form_value(&rq->form, "quote");
	draft->thread = rq->route->page == page_talk_new ? STR("") : request_param(rq, "thread");
}

static enum status keep_draft(char id[PUBLIC_ID_LEN + 1], struct request *rq, int64_t person_id)
{
	struct edit_input in = edit_typed(rq);
	struct draft draft = edit_to_draft(&in);
	struct article article;

	draft.late = true;
	if (!in.body.len || in.body.len > ARTICLE_MAX || text_body_fault(in.body) != TEXT_FINE)
		return fail(ST_INVALID, "no text to keep");
	if (rq->n_params && article_get(&article, rq->db, rq->mem, rq->reader,
					request_param(rq, "article")) == ST_OK) {
		draft.article_id = article.public_id;
		draft.body = whole_text(rq, &article, &in);
		if (is_message(rq))
			be_message(&draft, rq);
	}
	return draft_keep(id, rq->db, person_id, &draft);
}

/* Where it goes on. */
static struct url form_of(struct request *rq, struct str draft_id)
{
	struct str article = rq->n_params ? request_param(rq, "article") : STR_NONE;
	struct url page = URL("new");

	if (rq->route->page == page_talk_new)
		page = url_article_part(rq->mem, article, "talk");
	else if (is_message(rq))
		page = url_thread(rq->mem, article, request_param(rq, "thread"));
	else if (rq->n_params)
		page = url_article_part(rq->mem, article, "edit");
	return url_with(rq->mem, page, "draft", draft_id);
}

/* `form`: where one goes on with it. */
static enum status keep(struct url *form, struct request *rq, int64_t person_id)
{
	char id[PUBLIC_ID_LEN + 1];

	if (rq->route->page == page_glossary_import) {
		*form = URL("glossary/import");
		return ST_OK;
	}
	if (rq->route->page == page_file_upload) {
		*form = url_article_part(rq->mem, request_param(rq, "article"), "files");
		return ST_OK;
	}
	if (!is_draft(rq))
		return held_keep(form, rq, person_id);
	TRY(keep_draft(id, rq, person_id));
	*form = form_of(rq, arena_str(rq->mem, str_c(id)));
	return ST_OK;
}

static enum status read_form(struct request *rq)
{
	const struct exchange *x = rq->exchange;

	if (x->head.type == BODY_FORM)
		return form_decode(&rq->form, rq->mem, x->body);
	return form_decode_multipart(&rq->form, rq->mem, x->body, x->head.boundary,
				     head_parts_limit(&x->head));
}

/* For the length of the keeping the request is the owner's, with the owner's rights. */
static enum status keep_for_owner(struct url *form, int64_t *person_id, struct request *rq)
{
	struct reader *asking = rq->reader, owner;
	enum status outcome;

	TRY(read_form(rq));
	TRY(find_owner(person_id, rq, form_value(&rq->form, "csrf")));
	TRY(reader_load(&owner, rq->db, rq->mem, *person_id));
	rq->reader = &owner;
	outcome = keep(form, rq, *person_id);
	rq->reader = asking;
	return outcome;
}

/* The page of signing in says what was kept and what was not. */
static struct url sign_in_first(struct request *rq, struct url form)
{
	struct str kept = !brings_file(rq) ? STR("1") : is_file(rq) ? STR("file") : STR("text");

	return url_with(rq->mem, url_with(rq->mem, URL("login"), "kept", kept), "next",
			form.url_bytes);
}

static const char *words(const struct request *rq)
{
	if (is_file(rq))
		return N_("The file was not kept, because your session had ended. Choose it "
			  "again.");
	return brings_file(rq) ? N_("Your text was kept; continue with it below. Files are not "
				    "kept: choose them again.")
			       : N_("Your text was kept. Continue with it below.");
}

bool kept_form(struct request *rq)
{
	struct url form;
	int64_t owner = 0;
	enum status outcome;

	outcome = keep_for_owner(&form, &owner, rq);
	if (outcome == ST_FAILED)
		log_failure("keeping a text whose session has ended");
	if (outcome != ST_OK || (rq->reader->person_id && rq->reader->person_id != owner))
		return false;
	if (!rq->reader->person_id)
		form = sign_in_first(rq, form);
	else if (article_flash(rq, words(rq)) != ST_OK)
		log_failure("telling that a text was kept");
	return reply_redirect(rq, form) == ST_OK;
}
