/* Spaces: the list of them, one of them, its tree and its trash. */
#include "server/pages/pages.h"
#include "server/pages/space_names.h"
#include "server/pages/spaces.h"

#include "schema/base/clock.h"
#include "views/space.h"

/*
 * How much of a tree stands on the page of a space, and on the page of the tree. Children beyond
 * `wide` of one article are reached by the link "more below".
 */
static const struct tree_bounds {
	size_t nodes, top, wide;
	unsigned depth;
} OVERVIEW = {60, 30, 6, 2}, WHOLE = {300, 200, 40, 3};

enum { RECENT = 8, DUE = 8, DUE_LOOKED_AT = 200, TRASH = 200 };

/* ---- the list ------------------------------------------------------------------------------------ */

static void json_space_fields(struct json_out *j, struct request *rq, const struct space *s)
{
	struct space_text name = words_space(rq->mem, rq->lang, s->name);

	jo_str(j, "key", s->key);
	jo_str(j, "url", url_space(rq->mem, s->key).url_bytes);
	jo_str(j, "name", name.text);
	jo_str(j, "name_lang", name.lang);
	jo_str(j, "description", space_said(rq, s->description));
	jo_str(j, "lang", s->lang);
	jo_i64(j, "label", s->label);
	jo_bool(j, "archived", s->archived);
	jo_c(j, "level", level_name(s->level));
}

static void json_space_list(struct json_out *j, struct request *rq, const struct space_list_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_spaces; i++) {
		jo_object(j, NULL);
		json_space_fields(j, rq, &v->spaces[i]);
		jo_end(j);
	}
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
}

enum status page_space_list(struct request *rq)
{
	struct space_list_view view = {.may_create = (rq->reader->duties & DUTY_ACCOUNTS) != 0};
	struct space *spaces;

	TRY(spaces_list(&spaces, &view.n_spaces, rq));
	view.spaces = spaces;
	return REPLY(rq, 200, space_list, &view);
}

/* ---- trees --------------------------------------------------------------------------------------- */

struct grove {
	struct request *rq;
	const struct tree_bounds *bounds;
	struct tree_item *items;
	size_t count;
	bool more; /* articles of the top are missing */
};

/* Below the last level, and where the page is full, only whether something follows. */
static enum status note_children(struct grove *g, struct tree_item *item, int64_t id)
{
	return article_has_children(&item->has_children, g->rq->db, g->rq->mem, g->rq->reader, id);
}

/* The children of one article (0: those at the top), each followed by what is below it. */
static enum status grow(struct grove *g, int64_t space_id, int64_t parent_id, unsigned depth,
			struct tree_item *parent)
{
	const struct tree_bounds *b = g->bounds;
	struct article_list list;

	TRY(article_children(&list, g->rq->db, g->rq->mem, g->rq->reader, space_id, parent_id,
			     depth == 0 ? b->top : b->wide));
	*(parent ? &parent->has_children : &g->more) |= list.more;
	for (size_t i = 0; i < list.count; i++) {
		const struct article *a = &list.items[i];
		struct tree_item *item = &g->items[g->count];

		if (g->count == b->nodes) {
			*(parent ? &parent->has_children : &g->more) = true;
			return ST_OK;
		}
		g->count++;
		item->article = (struct article_ref){a->public_id, a->slug, a->title, a->lang};
		item->depth = depth;
		if (depth + 1 < b->depth)
			TRY(grow(g, space_id, a->id, depth + 1, item));
		else
			TRY(note_children(g, item, a->id));
	}
	return ST_OK;
}

static enum status grove_make(struct grove *out, struct request *rq,
			      const struct tree_bounds *bounds, int64_t under)
{
	*out = (struct grove){.rq = rq, .bounds = bounds};
	out->items = arena_array(rq->mem, bounds->nodes + 1, sizeof(*out->items));
	return grow(out, rq->space->id, under, 0, NULL);
}

static void json_tree(struct json_out *j, struct request *rq, const struct tree_item *items,
		      size_t count)
{
	jo_list(j, "tree");
	for (size_t i = 0; i < count; i++) {
		const struct article_ref *a = &items[i].article;

		jo_object(j, NULL);
		jo_str(j, "id", a->id);
		jo_str(j, "url", url_article(rq->mem, a->id, a->slug).url_bytes);
		jo_str(j, "title", a->title);
		jo_str(j, "lang", a->lang);
		jo_i64(j, "depth", items[i].depth);
		jo_bool(j, "more_below", items[i].has_children);
		jo_end(j);
	}
	jo_end(j);
}

/* `?under=ID`: one branch, of an article of this space. */
static enum status find_under(int64_t *out, struct space_tree_view *view, struct request *rq)
{
	struct str id = request_query(rq, "under");
	struct article article;

	*out = 0;
	if (!id.len)
		return ST_OK;
	TRY(article_get(&article, rq->db, rq->mem, rq->reader, id));
	if (article.space_id != rq->space->id)
		return fail(ST_NOT_FOUND, "the article is in another space");
	view->under =
		(struct article_ref){article.public_id, article.slug, article.title, article.lang};
	*out = article.id;
	return ST_OK;
}

enum status page_space_tree(struct request *rq)
{
	struct space_tree_view view = {.space = rq->space};
	struct grove grove;
	int64_t under;

	TRY(find_under(&under, &view, rq));
	TRY(grove_make(&grove, rq, &WHOLE, under));
	view.tree = grove.items;
	view.n_tree = grove.count;
	view.more = grove.more;
	return REPLY_HTML(rq, 200, space_tree, &view);
}

/* ---- one space ----------------------------------------------------------------------------------- */

static void json_space_show(struct json_out *j, struct request *rq, const struct space_view *v)
{
	jo_object(j, NULL);
	json_space_fields(j, rq, v->space);
	space_names_json(j, rq, v->names, v->n_names);
	jo_object(j, "can");
	jo_bool(j, "write", v->can_write);
	jo_bool(j, "manage", v->can_manage);
	jo_end(j);
	jo_list(j, "audiences");
	for (size_t i = 0; i < v->n_audiences; i++) {
		jo_object(j, NULL);
		jo_str(j, "name", v->audiences[i].name);
		jo_bool(j, "restricted", v->audiences[i].restricted);
		jo_c(j, "level", level_name(v->audiences[i].level));
		jo_end(j);
	}
	jo_end(j);
	json_tree(j, rq, v->tree, v->n_tree);
	jo_bool(j, "more", v->more_tree);
	jo_end(j);
}

static enum status fill_lists(struct space_view *out, struct request *rq)
{
	struct article_list list;
	struct change *recent;
	struct article *due;

	TRY(change_latest(&recent, &out->n_recent, rq->db, rq->mem, rq->reader, rq->space->key,
			  RECENT));
	out->recent = recent;
	TRY(article_due(&list, rq->db, rq->mem, rq->reader, clock_now(), DUE_LOOKED_AT));
	due = arena_array(rq->mem, DUE, sizeof(*due));
	for (size_t i = 0; i < list.count && out->n_due < DUE; i++) {
		if (list.items[i].space_id == rq->space->id)
			due[out->n_due++] = list.items[i];
	}
	out->due = due;
	return ST_OK;
}

enum status page_space_show(struct request *rq)
{
	struct space_view view = {.space = rq->space};
	struct object object = {.space_id = rq->space->id};
	struct audience *audiences;
	struct space_name *names;
	struct grove grove;

	TRY(grove_make(&grove, rq, &OVERVIEW, 0));
	view.tree = grove.items;
	view.n_tree = grove.count;
	view.more_tree = grove.more;
	view.can_write = allow(rq->reader, ACT_EDIT, &object);
	view.can_manage = allow(rq->reader, ACT_MANAGE, &object);
	if (!rq->json) {
		TRY(fill_lists(&view, rq));
	} else {
		TRY(audience_list(&audiences, &view.n_audiences, rq->db, rq->mem, rq->reader,
				  rq->space->key));
		view.audiences = audiences;
		TRY(space_names(&names, &view.n_names, rq->db, rq->mem, rq->reader,
				rq->space->key));
		view.names = names;
	}
	return REPLY(rq, 200, space_show, &view);
}

/* ---- the trash ----------------------------------------------------------------------------------- */

enum status page_space_trash(struct request *rq)
{
	struct space_trash_view view = {.space = rq->space};
	struct article_list list;

	TRY(article_trash(&list, rq->db, rq->mem, rq->reader, rq->space->key, TRASH));
	view.articles = list.items;
	view.n_articles = list.count;
	view.more = list.more;
	return REPLY_HTML(rq, 200, space_trash, &view);
}
