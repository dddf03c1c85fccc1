/* Texts that are not saved yet: kept while one writes, and thrown away when one wants it so. */
#include "schema/base/clock.h"
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

/* Sent by the page's script every few seconds of writing; the answer is one line to be shown. */
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
	if (draft.body.len > ARTICLE_MAX)
		return fail_on("body", ST_TOO_LARGE,
			       "An article has at most 1 MiB; make several of it.");
	TRY(draft_keep(rq->db, rq->reader->person_id, &draft));
	return reply_data(rq, 200, "text/plain; charset=utf-8",
			  i18n_format(rq->mem, rq->lang, "Not saved yet; kept at %1$s",
				      words_clock(rq->mem, clock_now(), WORDS_TASHKENT)));
}
