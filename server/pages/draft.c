/* Texts that are not saved yet: kept while one writes, and thrown away when one wants it so. */
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/thread.h"
#include "server/pages/edit.h"

/* ---- fields of the form ---- */

struct draft edit_to_draft(const struct edit_input *in)
{
	return (struct draft){.id = in->draft,
			      .kind = DRAFT_FORM,
			      .space_key = in->space,
			      .base = in->base > 0 ? in->base : 0,
			      .title = in->title,
			      .body = in->body,
			      .comment = in->comment,
			      .lang = in->lang,
			      .tags = in->tags.count ? in->tags.items[0] : STR(""),
			      .parent = in->parent,
			      .status = in->status,
			      .audience = in->audience,
			      .translates = in->translate,
			      .minor = in->minor};
}

void edit_from_draft(struct edit_input *in, struct arena *mem, const struct draft *draft)
{
	struct str *tags = arena_alloc(mem, sizeof(*tags));

	in->draft = draft->id;
	in->base = draft->base > 0 ? draft->base : in->base;
	in->title = draft->title;
	in->body = draft->body;
	in->comment = draft->comment;
	in->space = draft->space_key;
	if (draft->kind != DRAFT_FORM)
		return;
	*tags = draft->tags;
	in->tags = (struct str_list){tags, 1};
	in->lang = draft->lang;
	in->parent = draft->parent;
	in->status = draft->status;
	in->audience = draft->audience;
	in->translate = draft->translates;
	in->minor = draft->minor;
}

/* ---- thrown away ---- */

struct draft_input {
	struct str id;
};

static const struct form_field drop_fields[] = {
	{"id", FORM_ID, offsetof(struct draft_input, id), 0, FORM_REQUIRED},
};

/* Back to where it was offered: the form of the article, of a new one, or of the discussion. */
static struct url offered_at(struct request *rq, const struct draft *draft)
{
	if (draft->kind == DRAFT_MESSAGE && draft->thread.len)
		return url_thread(rq->mem, draft->article_id, draft->thread);
	if (draft->article_id.len)
		return url_article_part(rq->mem, draft->article_id,
					draft->kind == DRAFT_MESSAGE ? "talk" : "edit");
	return URL("new");
}

enum status page_draft_drop(struct request *rq)
{
	struct draft_input in;
	struct draft draft;

	TRY(request_read(rq, &in, drop_fields, COUNT(drop_fields)));
	TRY(draft_get(&draft, rq->db, rq->mem, rq->reader, in.id));
	TRY(draft_drop(rq->db, rq->reader, draft.id));
	TRY(article_flash(rq, N_("The unsaved text was discarded.")));
	return reply_redirect(rq, offered_at(rq, &draft));
}

/* ---- kept ---- */

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
	struct draft draft = edit_to_draft(&in);

	draft.article_id = rq->article->public_id;
	draft.space_key = rq->article->space_key;
	draft.base = draft.base ? draft.base : rq->article->revision;
	TRY(edit_whole_body(&draft.body, rq, rq->article, &in));
	return keep(rq, &draft);
}

/* The same of an article that is not made yet. */
enum status page_draft_keep_new(struct request *rq)
{
	struct edit_input in = edit_typed(rq);
	struct draft draft = edit_to_draft(&in);

	if (!access_may_create(rq->reader))
		return fail(ST_DENIED, "writes in no space");
	return keep(rq, &draft);
}

/* A message; one whose fields were emptied again is no longer offered. */
static enum status keep_message(struct request *rq, struct str thread)
{
	struct edit_input in = edit_typed(rq);
	struct draft draft = {.id = in.draft,
			      .article_id = rq->article->public_id,
			      .kind = DRAFT_MESSAGE,
			      .space_key = rq->article->space_key,
			      .title = in.title,
			      .body = in.body,
			      .comment = form_value(&rq->form, "quote"),
			      .thread = thread};

	if (in.title.len || in.body.len)
		return keep(rq, &draft);
	TRY(draft_drop(rq->db, rq->reader, draft.id));
	return REPLY_JSON(rq, 200, draft_kept, &(struct draft_kept){0});
}

enum status page_talk_keep(struct request *rq)
{
	return keep_message(rq, STR(""));
}

enum status page_post_keep(struct request *rq)
{
	return keep_message(rq, rq->thread->public_id);
}
