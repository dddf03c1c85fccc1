/* Where an article stands: its title, place, status, readers, and the trash. */
#include "schema/base/utf8.h"
#include "server/compose.h"
#include "server/pages/article_load.h"
#include "server/pages/spaces.h"
#include "server/views/check_view.h"
#include "views/article_tools.h"
#include "views/check.h"

enum { AUDIENCES_MOST = AUDIENCE_MAX };

struct move_input {
	struct str title, parent, status, audience, reason;
	bool sure;
};

static const struct form_field move_fields[] = {
	{"title", FORM_LINE, offsetof(struct move_input, title), 400, 0},
	{"parent", FORM_LINE, offsetof(struct move_input, parent), 200, 0},
	{"status", FORM_WORD, offsetof(struct move_input, status), 16, 0},
	{"audience", FORM_LINE, offsetof(struct move_input, audience), 300, 0},
	{"sure", FORM_FLAG, offsetof(struct move_input, sure), 0, 0},
};

/* ---- the page ---- */

/* "KEY/NAME" of an audience, "KEY/" for all readers of the space: no number of others shows. */
static struct str audience_word(struct request *rq, const struct audience *a)
{
	return arena_printf(rq->mem, "%.*s/%.*s", STR_ARG(a->space_key),
			    a->restricted ? (int)a->name.len : 0, a->name.len ? a->name.ptr : "");
}

static struct str audience_words(struct request *rq, struct str space_name,
				 const struct audience *a)
{
	struct str name = a->restricted ? a->name : i18n(rq->lang, N_("All readers of the space"));

	return arena_printf(rq->mem, "%.*s · %.*s", STR_ARG(space_name), STR_ARG(name));
}

/* Where a manager may put it: anywhere in this space, elsewhere where he may write. */
static enum status list_targets(struct audience **out, struct choice **choices, size_t *count,
				struct request *rq)
{
	struct space *spaces;
	size_t n_spaces;

	*out = arena_array(rq->mem, AUDIENCES_MOST, sizeof(**out));
	*choices = arena_array(rq->mem, AUDIENCES_MOST, sizeof(**choices));
	*count = 0;
	TRY(spaces_list(&spaces, &n_spaces, rq));
	for (size_t i = 0; i < n_spaces; i++) {
		struct audience *list;
		size_t n;

		if (spaces[i].level < LEVEL_WRITE)
			continue;
		TRY(audience_list(&list, &n, rq->db, rq->mem, rq->reader, spaces[i].key));
		for (size_t k = 0; k < n && *count < AUDIENCES_MOST; k++) {
			if (list[k].level < LEVEL_WRITE)
				continue;
			(*out)[*count] = list[k];
			(*choices)[(*count)++] = (struct choice){
				audience_word(rq, &list[k]),
				audience_words(rq, space_said(rq, spaces[i].name), &list[k]),
				list[k].id == rq->article->audience_id,
			};
		}
	}
	return ST_OK;
}

static enum status fill_parent(struct article_move_view *out, struct request *rq)
{
	struct article parent;
	enum status outcome;

	if (!rq->article->parent_id)
		return ST_OK;
	outcome = article_get_by_id(&parent, rq->db, rq->mem, rq->reader, rq->article->parent_id);
	if (outcome == ST_OK) {
		out->parent_id = parent.public_id;
		out->parent_title = parent.title;
	}
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

static void fill_statuses(struct article_move_view *out, struct request *rq)
{
	static const char *const words[] = {N_("Draft, seen by you only"), N_("Published"),
					    N_("Archived")};
	struct choice *list = arena_array(rq->mem, COUNT(words), sizeof(*list));

	for (unsigned i = 0; i < COUNT(words); i++) {
		enum article_status status = (enum article_status)i;

		if (status == ARTICLE_DRAFT && rq->article->creator_id != rq->reader->person_id)
			continue;
		list[out->n_statuses++] =
			(struct choice){str_c(article_status_name(status)),
					i18n(rq->lang, words[i]), status == rq->article->status};
	}
	out->statuses = list;
}

static enum status show(struct request *rq, int http_status, const struct move_input *typed)
{
	struct article_move_view view = {
		.article = rq->article, .title = rq->article->title, .faults = &rq->faults};
	struct audience *audiences;
	struct choice *choices;

	view.can_manage = article_allows(rq, rq->article, ACT_MANAGE);
	TRY(fill_parent(&view, rq));
	fill_statuses(&view, rq);
	if (view.can_manage) {
		TRY(list_targets(&audiences, &choices, &view.n_audiences, rq));
		view.audiences = choices;
	}
	if (typed->title.ptr)
		view.title = typed->title;
	if (typed->parent.ptr)
		view.parent_id = typed->parent;
	return REPLY_HTML(rq, http_status, article_move, &view);
}

enum status page_article_move_form(struct request *rq)
{
	/* What lies in the trash is not edited, but its managers bring it back from here. */
	if (!article_allows(rq, rq->article, ACT_EDIT) &&
	    !article_allows(rq, rq->article, ACT_MANAGE))
		return fail(ST_DENIED, "neither editor nor manager");
	return show(rq, 200, &(struct move_input){.sure = false});
}

/* The page again with the words of what was wrong; other outcomes are returned as they are. */
static enum status refuse(struct request *rq, enum status outcome, const struct move_input *typed)
{
	const char *field = fail_field();

	if (outcome != ST_INVALID || rq->malformed || rq->json)
		return outcome;
	if (!rq->faults.count)
		form_fault_add(&rq->faults, arena_c(rq->mem, str_c(*field ? field : "title")),
			       arena_c(rq->mem, str_c(fail_words())));
	return show(rq, 422, typed);
}

static enum status finish(struct request *rq, enum status outcome, const struct move_input *typed,
			  const char *flash)
{
	struct article article;

	if (outcome != ST_OK)
		return refuse(rq, outcome, typed);
	TRY(article_flash(rq, flash));
	TRY(article_get(&article, rq->db, rq->mem, rq->reader, rq->article->public_id));
	return reply_redirect(rq, article_url(rq, &article));
}

static enum status read(struct request *rq, struct move_input *in)
{
	return request_read(rq, in, move_fields, COUNT(move_fields));
}

/* ---- the acts ---- */

static enum status rename_article(struct request *rq, struct str title)
{
	struct article_input input;
	struct article saved;

	if (!title.len)
		return fail_on("title", ST_INVALID, "Give the article a title.");
	TRY(compose_current(&input, rq->db, rq->mem, rq->article, rq->reader));
	compose_title(&input, rq->mem, title);
	input.kind = STR("move");
	input.comment =
		utf8_head(i18n_format(rq->mem, rq->lang, "Renamed from “%1$s”", rq->article->title),
			  COMMENT_MAX_POINTS);
	return article_save(&saved, rq->db, rq->mem, rq->reader, rq->article->public_id,
			    rq->article->revision, &input);
}

enum status page_article_rename(struct request *rq)
{
	struct move_input in = {.sure = false};
	enum status outcome = read(rq, &in);

	if (outcome == ST_OK)
		outcome = rename_article(rq, in.title);
	return finish(rq, outcome, &in, N_("The article has a new title."));
}

enum status page_article_parent(struct request *rq)
{
	struct move_input in = {.sure = false};
	enum status outcome = read(rq, &in);

	if (outcome == ST_OK)
		outcome = article_set_parent(rq->db, rq->mem, rq->reader, rq->article->public_id,
					     article_id_typed(in.parent));
	return finish(rq, outcome, &in, N_("The article has its new place."));
}

enum status page_article_status(struct request *rq)
{
	struct move_input in = {.sure = false};
	enum article_status status;
	enum status outcome = read(rq, &in);

	if (outcome == ST_OK && !article_status_parse(in.status, &status))
		outcome =
			fail_on("status", ST_INVALID, "A status is draft, published or archived.");
	if (outcome == ST_OK)
		outcome = article_set_status(rq->db, rq->mem, rq->reader, rq->article->public_id,
					     status);
	return finish(rq, outcome, &in, N_("The article has its new status."));
}

/* What changing its readers means, before it is done. */
static enum status show_check(struct request *rq, struct str now, const struct choice *target)
{
	const struct check_fact fact = {i18n(rq->lang, N_("Who can read it")), now, target->label};
	const struct check_field field = {STR("audience"), target->value};
	const struct str effects[] = {
		i18n(rq->lang, N_("Only the new readers find and read the article from then on.")),
		i18n(rq->lang,
		     N_("Older revisions stay closed to who could not read them before.")),
	};
	struct check_view view = {
		.heading = i18n_format(rq->mem, rq->lang, "Change who can read “%1$s”",
				       rq->article->title),
		.named = spoken_format(rq->mem, rq->lang, "Change who can read “%1$s”",
				       spoken_in(rq->article->lang, rq->article->title)),
		.facts = &fact,
		.n_facts = 1,
		.effects = effects,
		.n_effects = COUNT(effects),
		.action = url_article_part(rq->mem, rq->article->public_id, "audience"),
		.fields = &field,
		.n_fields = 1,
		.back = url_article_part(rq->mem, rq->article->public_id, "move"),
		.faults = &rq->faults,
	};

	return REPLY_HTML(rq, 200, check_show, &view);
}

static enum status find_target(const struct audience **out, const struct choice **choice,
			       struct str *now, struct request *rq, struct str wanted)
{
	struct audience *audiences;
	struct choice *choices;
	size_t count;

	*out = NULL;
	*now = space_said(rq, rq->article->space_name);
	TRY(list_targets(&audiences, &choices, &count, rq));
	for (size_t i = 0; i < count; i++) {
		if (choices[i].chosen)
			*now = choices[i].label;
		if (!str_eq(choices[i].value, wanted))
			continue;
		*out = &audiences[i];
		*choice = &choices[i];
	}
	return *out ? ST_OK
		    : fail_on("audience", ST_INVALID, "Choose one of the audiences of the list.");
}

enum status page_article_audience(struct request *rq)
{
	struct move_input in = {.sure = false};
	const struct audience *target = NULL;
	const struct choice *choice = NULL;
	struct str now;
	enum status outcome = read(rq, &in);

	if (outcome == ST_OK)
		outcome = find_target(&target, &choice, &now, rq, in.audience);
	if (outcome == ST_OK && !in.sure)
		return show_check(rq, now, choice);
	if (outcome == ST_OK)
		outcome = article_move(rq->db, rq->mem, rq->reader, rq->article->public_id,
				       target->id);
	return finish(rq, outcome, &in, N_("The article has its new readers."));
}

enum status page_article_delete(struct request *rq)
{
	TRY(article_set_deleted(rq->db, rq->mem, rq->reader, rq->article->public_id, true));
	TRY(article_flash(rq, N_("The article is in the trash.")));
	return reply_redirect(rq, url_space(rq->mem, rq->article->space_key));
}

enum status page_article_restore(struct request *rq)
{
	TRY(article_set_deleted(rq->db, rq->mem, rq->reader, rq->article->public_id, false));
	TRY(article_flash(rq, N_("The article is back from the trash.")));
	return reply_redirect(rq, article_url(rq, rq->article));
}
