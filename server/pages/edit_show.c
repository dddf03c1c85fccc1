/* The form of writing, with what was typed, and what stands around it. */
#include "server/pages/edit.h"

#include "schema/person.h"
#include "server/compose.h"
#include "server/pages/spaces.h"
#include "views/edit.h"

struct edit_input edit_typed(struct request *rq)
{
	const struct form *form = &rq->form;
	struct edit_input in = {
		.title = form_value(form, "title"),
		.body = form_lf(rq->mem, form_value(form, "body")),
		.comment = form_value(form, "comment"),
		.lang = form_value(form, "lang"),
		.parent = form_value(form, "parent"),
		.status = form_value(form, "status"),
		.space = form_value(form, "space"),
		.audience = form_value(form, "audience"),
		.translate = form_value(form, "translate"),
		.form_key = form_value(form, "form_key"),
		.draft = form_value(form, "draft"),
		.editor = form_value(form, "editor"),
		.own = form_lf(rq->mem, form_value(form, "own")),
		.was = form_value(form, "was"),
		.facts = form_value(form, "facts"),
		.act = form_value(form, "do"),
		.minor = form_find(form, "minor") != NULL,
	};
	struct str *tags = arena_alloc(rq->mem, sizeof(*tags));

	if (!str_to_i64(form_value(form, "base"), &in.base))
		in.base = FORM_ABSENT;
	if (!str_to_i64(form_value(form, "section"), &in.section))
		in.section = FORM_ABSENT;
	if (!str_to_i64(form_value(form, "from"), &in.from))
		in.from = FORM_ABSENT;
	*tags = form_value(form, "tags");
	in.tags = (struct str_list){tags, 1};
	return in;
}

struct str edit_tags_line(struct arena *mem, const struct article_tag *tags, size_t count)
{
	AUTO(buf) struct buf line = {0};

	for (size_t i = 0; i < count; i++) {
		buf_c_add(&line, i ? ", " : "");
		buf_str_add(&line, tags[i].name);
	}
	return buf_keep(&line, mem);
}

static struct str join_tags(struct arena *mem, const struct str_list *tags)
{
	AUTO(buf) struct buf line = {0};

	for (size_t i = 0; i < tags->count; i++) {
		buf_c_add(&line, i ? ", " : "");
		buf_str_add(&line, tags->items[i]);
	}
	return buf_keep(&line, mem);
}

/* ---- choices ---- */

static void fill_langs(struct edit_view *out, struct request *rq, struct str chosen)
{
	struct choice *list = arena_array(rq->mem, LANG_COUNT + 1, sizeof(*list));

	list[0].label = i18n(rq->lang, N_("Told by the text"));
	for (unsigned i = 0; i < LANG_COUNT; i++) {
		struct str tag = lang_tag((enum lang)i);

		list[i + 1] = (struct choice){tag, lang_name((enum lang)i), str_eq(tag, chosen)};
	}
	out->langs = chosen.len ? list + 1 : list;
	out->n_langs = chosen.len ? LANG_COUNT : LANG_COUNT + 1;
}

static struct str status_words(struct request *rq, enum article_status status)
{
	switch (status) {
	case ARTICLE_DRAFT:
		return i18n(rq->lang, N_("Draft, seen by you only"));
	case ARTICLE_PUBLISHED:
		return i18n(rq->lang, N_("Published"));
	case ARTICLE_ARCHIVED:
		return i18n(rq->lang, N_("Archived"));
	}
	return STR_NONE;
}

/* An article of others cannot become a draft: then it is not offered. */
static void fill_statuses(struct edit_view *out, struct request *rq, const struct article *article,
			  struct str chosen)
{
	static const enum article_status order[] = {ARTICLE_PUBLISHED, ARTICLE_DRAFT,
						    ARTICLE_ARCHIVED};
	struct choice *list = arena_array(rq->mem, COUNT(order), sizeof(*list));

	for (size_t i = 0; i < COUNT(order); i++) {
		struct str name = str_c(article_status_name(order[i]));

		if ((order[i] == ARTICLE_DRAFT && article &&
		     article->creator_id != rq->reader->person_id) ||
		    (order[i] == ARTICLE_ARCHIVED && !article))
			continue;
		list[out->n_statuses++] =
			(struct choice){name, status_words(rq, order[i]), str_eq(name, chosen)};
	}
	out->statuses = list;
}

static enum status fill_spaces(struct edit_view *out, struct request *rq, struct str *chosen)
{
	struct space *spaces;
	struct choice *list;
	size_t count;

	TRY(spaces_list(&spaces, &count, rq));
	list = arena_array(rq->mem, count + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		if (spaces[i].level < LEVEL_WRITE || spaces[i].archived)
			continue;
		list[out->n_spaces] = (struct choice){spaces[i].key, space_said(rq, spaces[i].name),
						      str_eq(spaces[i].key, *chosen)};
		out->n_spaces++;
	}
	out->spaces = list;
	for (size_t i = 0; i < out->n_spaces; i++) {
		if (list[i].chosen)
			return ST_OK;
	}
	*chosen = out->n_spaces ? list[0].value : STR_NONE;
	return ST_OK;
}

/* Audiences of the space where one may write, by their names: numbers of others never show. */
static enum status fill_audiences(struct edit_view *out, struct request *rq, struct str space,
				  struct str chosen)
{
	struct audience *audiences;
	struct choice *list;
	size_t count;

	if (!space.len)
		return ST_OK;
	TRY(audience_list(&audiences, &count, rq->db, rq->mem, rq->reader, space));
	list = arena_array(rq->mem, count + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		const struct audience *a = &audiences[i];

		if (a->level < LEVEL_WRITE)
			continue;
		list[out->n_audiences++] = (struct choice){
			a->restricted ? a->name : STR(""),
			a->restricted ? a->name : i18n(rq->lang, N_("All readers of the space")),
			a->restricted && str_eq(a->name, chosen)};
	}
	out->audiences = list;
	return ST_OK;
}

/* ---- the view ---- */

static enum status fill_parent(struct edit_view *out, struct request *rq, struct str typed)
{
	struct article parent;
	enum status outcome;

	out->parent_id = typed;
	if (!typed.len)
		return ST_OK;
	outcome = article_get(&parent, rq->db, rq->mem, rq->reader, article_id_typed(typed));
	if (outcome == ST_OK)
		out->parent_title = parent.title;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

static struct html readers_words(struct request *rq, const struct article *article)
{
	struct space_text space = words_space(rq->mem, rq->lang, article->space_name);

	return article->restricted ? spoken_format(rq->mem, rq->lang, "Only: %1$s.",
						   spoken(article->audience_name))
				   : spoken_format(rq->mem, rq->lang, "All readers of “%1$s”.",
						   spoken_in(space.lang, space.text));
}

/* What a form was given once it keeps: the key of its saving, the id of its unsaved text. */
static struct str own_id(struct request *rq, struct str sent)
{
	char key[PUBLIC_ID_LEN + 1];

	if (sent.len)
		return sent;
	secret_public_id(key);
	return arena_str(rq->mem, str_c(key));
}

enum status edit_fill(struct edit_view *out, struct request *rq, const struct article *article,
		      const struct edit_input *in)
{
	struct str space = in->space;

	*out = (struct edit_view){
		.base = in->base > 0 ? in->base : 0,
		.form_key = own_id(rq, in->form_key),
		.title = in->title,
		.body = in->body,
		.comment = in->comment,
		.tags = join_tags(rq->mem, &in->tags),
		.minor = in->minor,
		.translate_of = in->translate,
		.facts = in->facts,
		.section = in->section > 0 ? in->section : 0,
		.draft_of = own_id(rq, in->draft),
		.unsaved = rq->method == HTTP_POST,
		.visual = in->editor.len ? str_is(in->editor, "visual") : rq->reader->visual,
		.faults = &rq->faults,
	};
	fill_langs(out, rq, in->lang);
	fill_statuses(out, rq, article, in->status);
	TRY(fill_parent(out, rq, in->parent));
	if (article) {
		out->article = article_ref_of(article);
		out->readers = readers_words(rq, article);
		return ST_OK;
	}
	TRY(fill_spaces(out, rq, &space));
	return fill_audiences(out, rq, space, in->audience);
}

/* Others who write at it: told, not kept out. */
static enum status fill_writers(struct edit_view *out, struct request *rq,
				const struct article *article)
{
	struct draft_writer *writers;

	if (!article)
		return ST_OK;
	TRY(draft_writers(&writers, &out->n_writers, rq->db, rq->mem, rq->reader,
			  article->public_id));
	out->writers = writers;
	return ST_OK;
}

static enum status fill_drafts(struct edit_view *out, struct request *rq,
			       const struct article *article)
{
	struct draft *drafts;

	TRY(draft_offers(&drafts, &out->n_drafts, rq->db, rq->mem, rq->reader,
			 article ? article->public_id : STR("")));
	out->drafts = drafts;
	return ST_OK;
}

enum status edit_show(struct request *rq, int http_status, const struct article *article,
		      const struct edit_input *in, const struct edit_extra *extra)
{
	struct edit_view view;
	struct str fragment;

	TRY(edit_fill(&view, rq, article, in));
	TRY(fill_writers(&view, rq, article));
	view.preview = extra->preview;
	view.changes = extra->changes;
	if (extra->offer)
		TRY(fill_drafts(&view, rq, article));
	if (http_status == 200 && request_wants_fragment(rq, &fragment) &&
	    str_is(fragment, "preview")) {
		view_edit_results(reply_html(rq, http_status), &view);
		return ST_OK;
	}
	return REPLY_HTML(rq, http_status, article_edit, &view);
}

/* The words of the last failure beside the field that it names. */
static void fault_from_failure(struct request *rq)
{
	const char *field = fail_field();

	if (rq->faults.count)
		return;
	form_fault_add(&rq->faults, arena_c(rq->mem, str_c(*field ? field : "body")),
		       arena_c(rq->mem, str_c(fail_words())));
}

enum status edit_refuse(struct request *rq, enum status outcome, const struct article *article)
{
	struct edit_input in;
	int http_status = outcome == ST_TOO_LARGE ? 413 : outcome == ST_BUSY ? 503 : 422;

	if (rq->json || rq->malformed ||
	    (outcome != ST_INVALID && outcome != ST_TOO_LARGE && outcome != ST_BUSY))
		return outcome;
	if (outcome == ST_BUSY && !rq->faults.count)
		form_fault_add(&rq->faults, "body",
			       N_("The server is busy; send the text again in a moment."));
	fault_from_failure(rq);
	in = edit_typed(rq);
	if (article && edit_is_conflict(&in))
		return edit_pick(rq, http_status, &in);
	return edit_show(rq, http_status, article, &in, &(struct edit_extra){0});
}

enum status edit_preview(struct html *out, struct request *rq, const struct article *article,
			 const struct edit_input *in)
{
	struct article none = {.space_key = in->space, .lang = in->lang};
	struct article_text text;
	struct markup_result made;

	TRY(compose_text(&text, rq->mem, rq->app, in->body));
	article_render(&made, rq, article ? article : &none, text.tree, text.plain, false, false,
		       NULL);
	*out = made.html;
	return ST_OK;
}

static enum status remember_editor(struct request *rq, const struct edit_input *in)
{
	bool visual = str_is(in->editor, "visual");

	if (!in->editor.len || visual == rq->reader->visual)
		return ST_OK;
	return person_set_editor(rq->db, rq->reader, visual);
}

enum status edit_done(struct request *rq, const struct article *article,
		      const struct edit_input *in, int http_status, const char *words)
{
	struct article_view view;

	if (rq->json) {
		TRY(article_load(&view, rq, article));
		return REPLY_JSON(rq, http_status, article_show, &view);
	}
	if (in->draft.len)
		TRY(draft_drop(rq->db, rq->reader, in->draft));
	TRY(remember_editor(rq, in));
	TRY(article_flash(rq, words));
	return reply_redirect(rq, article_url(rq, article));
}
