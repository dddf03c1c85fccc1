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

/* What the other side is: its text, and by whom it was saved when. */
struct other {
	struct str body;
	struct person_ref author;
	int64_t number, at;
};

/* The choices of the form: "pick1" for the first place, and so on. */
static size_t read_choices(enum conflict_choice *out, size_t room, const struct form *form)
{
	static const char *const words[CONFLICT_CHOICES] = {"mine", "theirs", "both"};
	size_t count = 0;

	for (; count < room; count++) {
		char name[32];
		struct str word;

		(void)snprintf(name, sizeof(name), "pick%zu", count + 1);
		word = form_value(form, name);
		if (!word.len)
			break;
		out[count] = CONFLICT_MINE;
		for (unsigned i = 0; i < CONFLICT_CHOICES; i++) {
			if (str_is(word, words[i]))
				out[count] = (enum conflict_choice)i;
		}
	}
	return count;
}

/* `in` becomes what the form shows: merged, upon the other's revision. */
static enum status show_conflict(struct request *rq, int http_status, struct edit_input *in,
				 struct str own, struct str old, const struct other *other)
{
	enum conflict_choice choices[FORM_FIELDS_MAX];
	size_t n_choices = read_choices(choices, COUNT(choices), &rq->form);
	struct conflict_view view = {.own_body = own, .from = in->base};
	struct merge_result merged;
	struct diff_rows theirs;

	merge_make(&merged, rq->mem, old, own, other->body, choices, n_choices);
	diff_make(&theirs, rq->mem, old, other->body);
	in->base = other->number;
	in->section = FORM_ABSENT;
	in->body = merged.text;
	TRY(edit_fill(&view.edit, rq, rq->article, in));
	view.clean = merged.clean;
	view.pieces = merged.pieces;
	view.n_pieces = merged.n_pieces;
	view.their_author = other->author;
	view.their_number = other->number;
	view.their_at = other->at;
	view.their_changes = &theirs;
	/* A merged text that cannot be shown can still be saved or mended. */
	if ((merged.clean || n_choices) &&
	    edit_preview(&view.edit.preview, rq, rq->article, in) != ST_OK)
		view.edit.preview = HTML_NONE;
	return REPLY_HTML(rq, http_status, article_conflict, &view);
}

enum status edit_pick(struct request *rq, const struct edit_input *in)
{
	struct edit_input shown = *in;
	struct revision_text old, now;
	struct revision base, theirs;
	struct other other;

	TRY(load_base(&base, &old, rq, rq->article, in->from));
	TRY(revision_get(&theirs, &now, rq->db, rq->mem, rq->reader, rq->article, in->base));
	other = (struct other){
		now.body, {theirs.author_login, theirs.author_name}, theirs.number, theirs.at};
	shown.base = in->from;
	return show_conflict(rq, 200, &shown, in->own, old.body, &other);
}

static enum status merge_first(struct request *rq, struct edit_input *in, struct str own,
			       const struct article *current)
{
	struct revision_text old, now;
	struct revision base;
	struct other other = {.author = {current->author_login, current->author_name},
			      .number = current->revision,
			      .at = current->modified_at};

	TRY(load_base(&base, &old, rq, current, in->base));
	TRY(revision_current(&now, rq->db, rq->mem, current));
	TRY(merge_facts(in, rq, current, &base));
	other.body = now.body;
	return show_conflict(rq, 409, in, own, old.body, &other);
}

enum status edit_conflict(struct request *rq, const struct edit_input *in, struct str own_body)
{
	struct edit_input shown = *in;
	struct article_view view;
	struct article current;

	TRY(article_get(&current, rq->db, rq->mem, rq->reader, rq->article->public_id));
	if (!rq->json)
		return merge_first(rq, &shown, own_body, &current);
	TRY(article_load(&view, rq, &current));
	return REPLY_JSON(rq, 409, edit_conflict, &(struct json_conflict){&view});
}
