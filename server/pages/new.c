/* A new article, empty or as the translation of another. */
#include "schema/space.h"
#include "server/compose.h"
#include "server/pages/edit.h"

enum { BODY_MOST = 4 * ARTICLE_MAX };

static const struct form_field create_fields[] = {
	{"space", FORM_WORD, offsetof(struct edit_input, space), 64, FORM_REQUIRED},
	{"title", FORM_LINE, offsetof(struct edit_input, title), 400, 0},
	{"body", FORM_TEXT, offsetof(struct edit_input, body), BODY_MOST, 0},
	{"comment", FORM_LINE, offsetof(struct edit_input, comment), COMMENT_MAX_POINTS, 0},
	{"lang", FORM_WORD, offsetof(struct edit_input, lang), 16, 0},
	{"parent", FORM_LINE, offsetof(struct edit_input, parent), 200, 0},
	{"status", FORM_WORD, offsetof(struct edit_input, status), 16, 0},
	{"audience", FORM_LINE, offsetof(struct edit_input, audience), 200, 0},
	{"tags", FORM_TAGS, offsetof(struct edit_input, tags), 64, 0},
	{"fields", FORM_OBJECT, offsetof(struct edit_input, fields), 0, 0},
	{"translate", FORM_WORD, offsetof(struct edit_input, translate), 100, FORM_FORM_ONLY},
	{"draft", FORM_ID, offsetof(struct edit_input, draft), 0, FORM_FORM_ONLY},
	{"form_key", FORM_WORD, offsetof(struct edit_input, form_key), 64, FORM_FORM_ONLY},
	{"editor", FORM_WORD, offsetof(struct edit_input, editor), 16, FORM_FORM_ONLY},
	{"do", FORM_WORD, offsetof(struct edit_input, act), 16, FORM_FORM_ONLY},
};

/* ---- the form ---- */

/* Its text to be written over, and a language that it does not have yet. */
static enum status prefill_translation(struct edit_input *in, struct request *rq)
{
	struct revision_text text;
	struct article source;
	enum status outcome;

	outcome =
		article_get(&source, rq->db, rq->mem, rq->reader, article_id_typed(in->translate));
	if (outcome == ST_NOT_FOUND) {
		in->translate = STR_NONE;
		return ST_OK;
	}
	TRY(outcome);
	TRY(revision_current(&text, rq->db, rq->mem, &source));
	in->translate = source.public_id;
	in->title = source.title;
	in->body = text.body;
	if (!in->space.len)
		in->space = source.space_key;
	for (unsigned i = 0; i < LANG_COUNT && !in->lang.len; i++) {
		struct str tag = lang_tag((enum lang)(((unsigned)rq->lang + i) % LANG_COUNT));

		if (!str_eq(tag, source.lang))
			in->lang = tag;
	}
	return ST_OK;
}

static enum status load_draft(struct edit_input *in, struct request *rq)
{
	struct str wanted = request_query(rq, "draft");
	struct draft draft;

	if (!wanted.len)
		return ST_OK;
	TRY(draft_get(&draft, rq->db, rq->mem, rq->reader, wanted));
	edit_from_draft(in, rq->mem, &draft);
	return ST_OK;
}

enum status page_article_new(struct request *rq)
{
	struct edit_extra extra = {.preview = HTML_NONE, .offer = true};
	struct edit_input in = {
		.base = FORM_ABSENT,
		.section = FORM_ABSENT,
		.title = request_query(rq, "title"),
		.space = request_query(rq, "space"),
		.parent = request_query(rq, "parent"),
		.lang = request_query(rq, "lang"),
		.translate = request_query(rq, "translate"),
	};

	if (!access_may_create(rq->reader))
		return fail(ST_DENIED, "writes in no space");
	if (in.translate.len)
		TRY(prefill_translation(&in, rq));
	TRY(load_draft(&in, rq));
	return edit_show(rq, 200, NULL, &in, &extra);
}

/* ---- making it ---- */

static enum status check_form(struct request *rq, const struct edit_input *in)
{
	if (in->title.len)
		return ST_OK;
	form_fault_add(&rq->faults, "title", N_("Give the article a title."));
	return fail_on("title", ST_INVALID, "Give the article a title.");
}

/* An audience goes by its name in the space: its number would tell how many others there are. */
static enum status find_audience(int64_t *out, struct request *rq, const struct edit_input *in)
{
	struct audience *list;
	size_t count;

	*out = 0;
	if (!in->audience.len)
		return ST_OK;
	TRY(audience_list(&list, &count, rq->db, rq->mem, rq->reader, in->space));
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(list[i].name, in->audience))
			continue;
		*out = list[i].id;
		return ST_OK;
	}
	return fail_on("audience", ST_INVALID, "There is no such audience in this space.");
}

/* Translations share a key: that of the source, or its id where it has had none so far. */
static enum status find_translation(struct str *out, struct request *rq,
				    const struct edit_input *in)
{
	struct article source;

	*out = STR("");
	if (!in->translate.len)
		return ST_OK;
	if (article_get(&source, rq->db, rq->mem, rq->reader, article_id_typed(in->translate)) !=
	    ST_OK)
		return fail_on("lang", ST_INVALID,
			       "The article that you translate is not there any more.");
	*out = source.translation.len ? source.translation : source.public_id;
	return ST_OK;
}

/* Before a word about the other fields. */
static enum status check_space(struct request *rq, struct str key)
{
	struct space space;

	TRY(space_get(&space, rq->db, rq->mem, rq->reader, key, lang_tag(rq->lang)));
	if (space.level < LEVEL_WRITE)
		return fail(ST_DENIED, "no right to write in the space");
	return ST_OK;
}

static enum status create(struct article *out, struct request *rq, const struct edit_input *in)
{
	struct article_input input = {.status = ARTICLE_PUBLISHED,
				      .parent_id = STR(""),
				      .owner_office = STR(""),
				      .space_key = in->space};

	TRY(check_space(rq, in->space));
	TRY(check_form(rq, in));
	TRY(find_audience(&input.audience_id, rq, in));
	TRY(find_translation(&input.translation, rq, in));
	TRY(edit_compose(&input, rq, in));
	return article_create(out, rq->db, rq->mem, rq->reader, &input);
}

static enum status show_preview(struct request *rq, const struct edit_input *in)
{
	struct edit_extra extra = {.preview = HTML_NONE};
	enum status outcome = edit_preview(&extra.preview, rq, NULL, in);

	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, NULL);
	return edit_show(rq, 200, NULL, in, &extra);
}

enum status page_article_create(struct request *rq)
{
	struct article made;
	struct edit_input in;
	enum status outcome = request_read(rq, &in, create_fields, COUNT(create_fields));

	in.base = in.section = FORM_ABSENT;
	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, NULL);
	if (!in.body.ptr)
		in.body = STR("");
	if (str_is(in.act, "preview"))
		return show_preview(rq, &in);
	outcome = create(&made, rq, &in);
	if (!rq->json && (outcome == ST_NOT_FOUND || outcome == ST_DENIED)) {
		form_fault_add(&rq->faults, "space", N_("Choose a space where you may write."));
		outcome = ST_INVALID;
	}
	if (outcome != ST_OK)
		return edit_refuse(rq, outcome, NULL);
	return edit_done(rq, &made, &in, 201, N_("The article is made."));
}
