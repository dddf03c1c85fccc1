/* When somebody else saved first: both versions, merged as far as that is beyond doubt. */
#include "server/compose.h"
#include "server/diff.h"
#include "server/merge.h"
#include "server/pages/edit.h"
#include "views/edit.h"

struct json_conflict {
	const struct article_view *current;
};

static void json_edit_conflict(struct json_out *j, struct request *rq,
			       const struct json_conflict *view)
{
	jo_object(j, NULL);
	jo_object(j, "error");
	jo_c(j, "code", "conflict");
	jo_str(j, "message",
	       i18n(rq->lang, N_("Somebody else has changed the article meanwhile.")));
	jo_c(j, "field", "base");
	jo_end(j);
	article_json(j, "current", rq, view->current);
	jo_end(j);
}

/* The version that the writer began from; one that cannot be read any more counts as empty. */
static enum status load_base(struct revision *revision, struct revision_text *text,
			     struct request *rq, const struct article *article, int64_t base)
{
	enum status outcome =
		revision_get(revision, text, rq->db, rq->mem, rq->reader, article, base);

	if (outcome != ST_NOT_FOUND)
		return outcome;
	*revision = (struct revision){.number = 0};
	*text = (struct revision_text){.body = STR("")};
	return ST_OK;
}

static bool same_tags(struct arena *mem, const struct str_list *typed, struct str lines)
{
	struct article_input a = {.n_tags = 0}, b = {.n_tags = 0};
	struct str names[ARTICLE_TAGS_MAX + 1], rest = lines;
	size_t count = 0;

	while (rest.ptr && count < COUNT(names))
		names[count++] = str_cut(&rest, '\n');
	compose_tags(&a, mem, typed->items, typed->count);
	compose_tags(&b, mem, names, count);
	for (size_t i = 0; i < a.n_tags && a.n_tags == b.n_tags; i++) {
		if (!str_eq(a.tags[i].name, b.tags[i].name))
			return false;
	}
	return a.n_tags == b.n_tags;
}

/* Title and tags that the writer left as they were follow the other's change. */
static enum status merge_facts(struct edit_input *in, struct request *rq,
			       const struct article *current, const struct revision *base)
{
	struct article_tag *tags;
	struct str *line = arena_alloc(rq->mem, sizeof(*line));
	size_t count;

	if (str_eq(in->title, base->title))
		in->title = current->title;
	if (!in->tags.items || !same_tags(rq->mem, &in->tags, base->tags))
		return ST_OK;
	TRY(article_tags(&tags, &count, rq->db, rq->mem, current));
	*line = edit_tags_line(rq->mem, tags, count);
	in->tags = (struct str_list){line, 1};
	return ST_OK;
}

static enum status show_conflict(struct request *rq, struct edit_input *in, struct str own_body,
				 const struct article *current)
{
	struct conflict_view view = {.own_body = own_body};
	struct revision_text old, now;
	struct revision base;
	struct merge_result merged;
	struct diff_rows theirs;

	TRY(load_base(&base, &old, rq, current, in->base));
	TRY(revision_current(&now, rq->db, rq->mem, current));
	TRY(merge_facts(in, rq, current, &base));
	merge_make(&merged, rq->mem, old.body, own_body, now.body);
	diff_make(&theirs, rq->mem, old.body, now.body);
	in->base = current->revision;
	in->section = FORM_ABSENT;
	in->body = merged.text;
	TRY(edit_fill(&view.edit, rq, current, in));
	view.clean = merged.clean;
	view.pieces = merged.pieces;
	view.n_pieces = merged.n_pieces;
	view.their_author = (struct person_ref){current->author_login, current->author_name};
	view.their_number = current->revision;
	view.their_at = current->modified_at;
	view.their_changes = &theirs;
	/* A merged text that cannot be shown can still be saved or mended. */
	if (merged.clean && edit_preview(&view.edit.preview, rq, current, in) != ST_OK)
		view.edit.preview = HTML_NONE;
	return REPLY_HTML(rq, 409, article_conflict, &view);
}

enum status edit_conflict(struct request *rq, const struct edit_input *in, struct str own_body)
{
	struct edit_input shown = *in;
	struct article_view view;
	struct article current;

	TRY(article_get(&current, rq->db, rq->mem, rq->reader, rq->article->public_id));
	if (!rq->json)
		return show_conflict(rq, &shown, own_body, &current);
	TRY(article_load(&view, rq, &current));
	return REPLY_JSON(rq, 409, edit_conflict, &(struct json_conflict){&view});
}
