/* Texts that are not saved yet: kept while one writes, and thrown away when one wants it so. */
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "server/pages/edit.h"

struct draft_input {
	struct str id;
};

static const struct form_field drop_fields[] = {
	{"id", FORM_ID, offsetof(struct draft_input, id), 0, FORM_REQUIRED},
};

/* Back to where it was offered: the article's form, or that of a new one. */
enum status page_draft_drop(struct request *rq)
{
	struct draft_input in;
	struct draft draft;
	struct url back = URL("new");

	TRY(request_read(rq, &in, drop_fields, COUNT(drop_fields)));
	TRY(draft_get(&draft, rq->db, rq->mem, rq->reader, in.id));
	TRY(draft_drop(rq->db, rq->reader, draft.id));
	if (draft.article_id.len)
		back = url_article_part(rq->mem, draft.article_id, "edit");
	TRY(article_flash(rq, N_("The unsaved text was discarded.")));
	return reply_redirect(rq, back);
}

struct draft_kept {
	struct str id, words;
};

static void json_draft_kept(struct json_out *j, struct request *rq, const struct draft_kept *view)
{
	(void)rq;
	jo_object(j, NULL);
	jo_str(j, "draft", view->id);
	jo_str(j, "said", view->words);
	jo_end(j);
}

/* Keep it; the answer is one line to be shown, and the id under which it is kept. */
static enum status keep(struct request *rq, const struct draft *draft)
{
	struct draft_kept view;
	char id[PUBLIC_ID_LEN + 1];

	if (draft->body.len > ARTICLE_MAX)
		return fail_on("body", ST_TOO_LARGE,
			       "An article has at most 1 MiB; make several of it.");
	if (text_body_fault(draft->body) != TEXT_FINE)
		return fail_on("body", ST_INVALID, "The text holds signs that cannot be kept.");
	TRY(draft_keep(id, rq->db, rq->reader->person_id, draft));
	view.id = str_c(id);
	view.words = i18n_format(rq->mem, rq->lang, "Not saved yet; kept at %1$s",
				 words_clock(rq->mem, clock_now(), WORDS_TASHKENT));
	return REPLY_JSON(rq, 200, draft_kept, &view);
}

/* Sent by the page's script every few seconds of writing. */
enum status page_draft_keep(struct request *rq)
{
	struct edit_input in = edit_typed(rq);
	struct draft draft = {
		.article_id = rq->article->public_id,
		.space_key = rq->article->space_key,
		.base = in.base > 0 ? in.base : rq->article->revision,
		.title = in.title,
		.comment = in.comment,
	};

	TRY(edit_whole_body(&draft.body, rq, rq->article, &in));
	return keep(rq, &draft);
}

/* The same of an article that is not made yet. */
enum status page_draft_keep_new(struct request *rq)
{
	struct edit_input in = edit_typed(rq);
	struct draft draft = {
		.id = in.draft,
		.space_key = in.space,
		.title = in.title,
		.body = in.body,
		.comment = in.comment,
	};

	if (!access_may_create(rq->reader))
		return fail(ST_DENIED, "writes in no space");
	return keep(rq, &draft);
}
