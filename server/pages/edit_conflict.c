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

/* The next of the writer's facts: left as it was, it follows the other's change. */
static void merge_fact(struct str *typed, struct str *facts, struct str now)
{
	struct str was = str_cut(facts, ' ');

	if (str_eq(*typed, was))
		*typed = now;
}

/* What the writer left as it was follows the other's change. */
static enum status merge_facts(struct edit_input *in, struct request *rq,
			       const struct article *current, const struct revision *base)
{
	struct article_tag *tags;
	struct str *line = arena_alloc(rq->mem, sizeof(*line));
	struct str facts = in->facts, status = str_c(article_status_name(current->status));
	struct article_input now;
	size_t count;

	if (str_eq(in->title, base->title))
		in->title = current->title;
	TRY(compose_current(&now, rq->db, rq->mem, current, rq->reader));
	if (facts.len) {
		merge_fact(&in->lang, &facts, current->lang);
		merge_fact(&in->parent, &facts, now.parent_id);
		merge_fact(&in->status, &facts, status);
	}
	in->facts = edit_facts(rq->mem, current->lang, now.parent_id, status);
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

static const char *const choice_words[CONFLICT_CHOICES] = {"mine", "theirs", "both"};

/* The choices of the form: "pick1" for the first place, and so on. */
static size_t read_choices(enum conflict_choice out[CONFLICT_PLACES], const struct form *form)
{
	size_t count = 0;

	for (; count < CONFLICT_PLACES; count++) {
		char name[32];
		struct str word;

		(void)snprintf(name, sizeof(name), "pick%zu", count + 1);
		word = form_value(form, name);
		if (!word.len)
			break;
		out[count] = CONFLICT_MINE;
		for (unsigned i = 0; i < CONFLICT_CHOICES; i++) {
			if (str_is(word, choice_words[i]))
				out[count] = (enum conflict_choice)i;
		}
	}
	return count;
}

/* Those that the shown text was made with: a letter for each place. */
static size_t read_was(enum conflict_choice out[CONFLICT_PLACES], struct str was)
{
	size_t count = was.len < CONFLICT_PLACES ? was.len : CONFLICT_PLACES;

	for (size_t i = 0; i < count; i++) {
		out[i] = CONFLICT_MINE;
		for (unsigned k = 0; k < CONFLICT_CHOICES; k++) {
			if (was.ptr[i] == choice_words[k][0])
				out[i] = (enum conflict_choice)k;
		}
	}
	return count;
}

static struct str letters(struct arena *mem, const struct conflict_piece *pieces, size_t count)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < count; i++)
		buf_byte(&out, choice_words[pieces[i].choice][0]);
	return buf_keep(&out, mem);
}

/* The new choices put into a text that may have been written in since it was made from the former ones. */
static struct str by_hand(struct request *rq, const struct edit_input *in, struct str old,
			  struct str theirs, const struct merge_result *picked)
{
	enum conflict_choice was[CONFLICT_PLACES], both[CONFLICT_PLACES];
	size_t n_was = read_was(was, in->was);
	struct merge_result shown, out;

	merge_make(&shown, rq->mem, old, in->own, theirs, was, n_was);
	if (str_eq(shown.text, in->body))
		return picked->text;
	for (size_t i = 0; i < CONFLICT_PLACES; i++)
		both[i] = CONFLICT_BOTH;
	merge_make(&out, rq->mem, shown.text, in->body, picked->text, both, COUNT(both));
	return out.text;
}

/* What stands below the text: as it would look, or what it changes. */
static void show_results(struct conflict_view *view, struct request *rq,
			 const struct edit_input *in, struct str theirs)
{
	struct diff_rows *changes = arena_alloc(rq->mem, sizeof(*changes));

	if (str_is(in->act, "diff")) {
		diff_make(changes, rq->mem, theirs, in->body);
		view->edit.changes = changes;
		return;
	}
	/* A merged text that cannot be shown can still be saved or mended. */
	if ((view->clean || in->act.len) &&
	    edit_preview(&view->edit.preview, rq, rq->article, in) != ST_OK)
		view->edit.preview = HTML_NONE;
}

/* The page: `in` is what its form shows, `merged` how its text came about. */
static enum status show_conflict(struct request *rq, int http_status, const struct edit_input *in,
				 const struct merge_result *merged, struct str old,
				 const struct other *other)
{
	size_t asked = merged->n_pieces < CONFLICT_PLACES ? merged->n_pieces : CONFLICT_PLACES;
	struct conflict_view view = {.own_body = in->own,
				     .from = in->from,
				     .clean = merged->clean,
				     .pieces = merged->pieces,
				     .n_pieces = asked,
				     .more_pieces = asked < merged->n_pieces,
				     .was = letters(rq->mem, merged->pieces, asked),
				     .their_author = other->author,
				     .their_number = other->number,
				     .their_at = other->at};
	struct diff_rows theirs;

	diff_make(&theirs, rq->mem, old, other->body);
	view.their_changes = &theirs;
	TRY(edit_fill(&view.edit, rq, rq->article, in));
	show_results(&view, rq, in, other->body);
	return REPLY_HTML(rq, http_status, article_conflict, &view);
}

bool edit_is_conflict(const struct edit_input *in)
{
	return in->from > 0 && in->own.len > 0;
}

enum status edit_pick(struct request *rq, int http_status, const struct edit_input *in)
{
	enum conflict_choice choices[CONFLICT_PLACES];
	size_t n_choices = read_choices(choices, &rq->form);
	struct edit_input shown = *in;
	struct revision_text old, now;
	struct revision base, theirs;
	struct merge_result merged;
	struct other other;

	TRY(load_base(&base, &old, rq, rq->article, in->from));
	TRY(revision_get(&theirs, &now, rq->db, rq->mem, rq->reader, rq->article, in->base));
	other = (struct other){
		now.body, {theirs.author_login, theirs.author_name}, theirs.number, theirs.at};
	merge_make(&merged, rq->mem, old.body, in->own, now.body, choices, n_choices);
	shown.body = by_hand(rq, in, old.body, now.body, &merged);
	return show_conflict(rq, http_status, &shown, &merged, old.body, &other);
}

static enum status merge_first(struct request *rq, struct edit_input *in, struct str own,
			       const struct article *current)
{
	struct revision_text old, now;
	struct revision base;
	struct other other = {.author = {current->author_login, current->author_name},
			      .number = current->revision,
			      .at = current->modified_at};
	struct merge_result merged;

	TRY(load_base(&base, &old, rq, current, in->base));
	TRY(revision_current(&now, rq->db, rq->mem, current));
	TRY(merge_facts(in, rq, current, &base));
	other.body = now.body;
	merge_make(&merged, rq->mem, old.body, own, now.body, NULL, 0);
	in->own = own;
	in->from = in->base;
	in->base = current->revision;
	in->section = FORM_ABSENT;
	in->body = merged.text;
	in->act = STR("");
	return show_conflict(rq, 409, in, &merged, old.body, &other);
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
