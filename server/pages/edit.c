/* Changing an article: the form, its preview, saving; and the PUT of programs. */
#include "server/pages/edit.h"

#include "server/compose.h"
#include "server/diff.h"
#include "views/edit.h"

/* Above the limit of a text, so that what is a little too long comes back with 413 and words. */
enum { BODY_MOST = 4 * ARTICLE_MAX };

static const struct form_field save_fields[] = {
	{"base", FORM_NUMBER, offsetof(struct edit_input, base), INT32_MAX, FORM_REQUIRED},
	{"title", FORM_LINE, offsetof(struct edit_input, title), 400, 0},
	{"body", FORM_TEXT, offsetof(struct edit_input, body), BODY_MOST, 0},
	{"comment", FORM_LINE, offsetof(struct edit_input, comment), COMMENT_MAX_POINTS, 0},
	{"lang", FORM_WORD, offsetof(struct edit_input, lang), 16, 0},
	{"parent", FORM_LINE, offsetof(struct edit_input, parent), 200, 0},
	{"status", FORM_WORD, offsetof(struct edit_input, status), 16, 0},
	{"tags", FORM_TAGS, offsetof(struct edit_input, tags), 64, 0},
	{"fields", FORM_OBJECT, offsetof(struct edit_input, fields), 0, 0},
	{"minor", FORM_FLAG, offsetof(struct edit_input, minor), 0, 0},
	{"section", FORM_NUMBER, offsetof(struct edit_input, section), INT32_MAX, FORM_FORM_ONLY},
	{"form_key", FORM_WORD, offsetof(struct edit_input, form_key), 64, FORM_FORM_ONLY},
	{"from", FORM_NUMBER, offsetof(struct edit_input, from), INT32_MAX, FORM_FORM_ONLY},
	{"was", FORM_WORD, offsetof(struct edit_input, was), FORM_FIELDS_MAX, FORM_FORM_ONLY},
	{"facts", FORM_LINE, offsetof(struct edit_input, facts), 300, FORM_FORM_ONLY},
	{"own", FORM_TEXT, offsetof(struct edit_input, own), BODY_MOST, FORM_FORM_ONLY},
	{"draft", FORM_ID, offsetof(struct edit_input, draft), 0, FORM_FORM_ONLY},
	{"editor", FORM_WORD, offsetof(struct edit_input, editor), 16, FORM_FORM_ONLY},
	{"do", FORM_WORD, offsetof(struct edit_input, act), 16, FORM_FORM_ONLY},
};

/* ---- the form ---- */

/* The article as it is, as if it had been typed. */
static enum status load_current(struct edit_input *out, struct request *rq)
{
	const struct article *article = rq->article;
	struct revision_text text;
	struct article_input now;
	struct str *tags = arena_alloc(rq->mem, sizeof(*tags));

	TRY(revision_current(&text, rq->db, rq->mem, article));
	TRY(compose_current(&now, rq->db, rq->mem, article, rq->reader));
	*tags = edit_tags_line(rq->mem, now.tags, now.n_tags);
	*out = (struct edit_input){
		.base = article->revision,
		.section = FORM_ABSENT,
		.title = article->title,
		.body = text.body,
		.lang = article->lang,
		.parent = now.parent_id,
		.status = str_c(article_status_name(article->status)),
		.tags = {tags, now.n_tags > 0},
	};
	out->facts = edit_facts(rq->mem, out->lang, out->parent, out->status);
	return ST_OK;
}

static enum status load_section(struct edit_input *in, struct request *rq)
{
	int64_t section = request_query_i64(rq, "section", 0, 0, INT32_MAX);

	if (section == 0)
		return ST_OK;
	TRY(edit_section(&in->body, rq, in->body, section));
	in->section = section;
	return ST_OK;
}

/* The unsaved text ?draft=ID in place of today's; its base stays, so that saving it merges. */
static enum status load_draft(struct edit_input *in, struct request *rq)
{
	struct draft draft;
	enum status outcome =
		draft_get(&draft, rq->db, rq->mem, rq->reader, request_query(rq, "draft"));

	if (outcome == ST_OK && str_eq(draft.article_id, rq->article->public_id)) {
		edit_from_draft(in, rq->mem, &draft);
		return ST_OK;
	}
	return outcome == ST_OK || outcome == ST_NOT_FOUND ? load_section(in, rq) : outcome;
}

/* ---- preview and differences ---- */

static enum status show_preview(struct request *rq, const struct edit_input *in)
{
	struct edit_extra extra = {.preview = HTML_NONE};
	enum status outcome = edit_preview(&extra.preview, rq, rq->article, in);

	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, rq->article);
	return edit_show(rq, 200, rq->article, in, &extra);
}

static enum status show_changes(struct request *rq, const struct edit_input *in, bool offer)
{
	struct diff_rows rows;
	struct edit_extra extra = {.changes = &rows, .offer = offer};
	struct revision_text text;
	struct revision revision;
	struct str old;

	TRY(revision_get(&revision, &text, rq->db, rq->mem, rq->reader, rq->article, in->base));
	old = text.body;
	if (in->section > 0)
		TRY(edit_section(&old, rq, old, in->section));
	diff_make(&rows, rq->mem, old, in->body);
	return edit_show(rq, 200, rq->article, in, &extra);
}

enum status page_article_edit(struct request *rq)
{
	struct edit_extra extra = {.preview = HTML_NONE, .offer = true};
	struct edit_input in;

	TRY(load_current(&in, rq));
	if (!article_allows(rq, rq->article, ACT_EDIT)) {
		struct edit_view view;

		TRY(edit_fill(&view, rq, rq->article, &in));
		return REPLY_HTML(rq, 200, article_source, &view);
	}
	TRY(load_draft(&in, rq));
	if (in.draft.len && str_is(request_query(rq, "do"), "diff"))
		return show_changes(rq, &in, true);
	return edit_show(rq, 200, rq->article, &in, &extra);
}

/* ---- saving ---- */

/* What a person must say; programs may leave it out. */
static enum status check_form(struct request *rq, const struct edit_input *in)
{
	if (rq->json)
		return ST_OK;
	if (!in->title.len)
		form_fault_add(&rq->faults, "title", N_("Give the article a title."));
	if (!in->comment.len)
		form_fault_add(&rq->faults, "comment", N_("Describe what you changed."));
	return rq->faults.count ? fail(ST_INVALID, "fields of the form are empty") : ST_OK;
}

static enum status save(struct article *out, struct request *rq, struct edit_input *in)
{
	struct article_input input;

	TRY(check_form(rq, in));
	if (in->body.ptr)
		TRY(edit_whole_body(&in->body, rq, rq->article, in));
	TRY(compose_current(&input, rq->db, rq->mem, rq->article, rq->reader));
	TRY(edit_compose(&input, rq, in));
	return article_save(out, rq->db, rq->mem, rq->reader, rq->article->public_id, in->base,
			    &input);
}

enum status page_article_save(struct request *rq)
{
	struct article saved;
	struct edit_input in;
	enum status outcome = request_read(rq, &in, save_fields, COUNT(save_fields));

	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, rq->article);
	if (edit_is_conflict(&in) && in.act.len && !str_is(in.act, "save"))
		return edit_pick(rq, 200, &in);
	if (str_is(in.act, "preview"))
		return show_preview(rq, &in);
	if (str_is(in.act, "diff"))
		return show_changes(rq, &in, false);
	outcome = save(&saved, rq, &in);
	if (outcome == ST_CONFLICT)
		return edit_conflict(rq, &in, in.body);
	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, rq->article);
	return edit_done(rq, &saved, &in, 200, N_("Your change is saved."));
}
