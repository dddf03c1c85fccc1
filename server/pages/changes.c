/* What happened: over all spaces that the reader reads, or in one of them. */
#include "server/pages/pages.h"

#include "server/atom.h"
#include "server/opaque.h"
#include "server/pages/spaces.h"
#include "views/changes.h"

enum { PAGE = 50, PAGE_MOST = 100 };

/* The choices of the filter: all spaces, then those that the reader reads. */
static enum status fill_spaces(struct changes_view *out, struct request *rq, struct str chosen)
{
	struct space *spaces;
	struct choice *choices;
	size_t count;

	TRY(spaces_list(&spaces, &count, rq));
	choices = arena_array(rq->mem, count + 1, sizeof(*choices));
	choices[0] = (struct choice){STR(""), _("All spaces"), chosen.len == 0};
	for (size_t i = 0; i < count; i++)
		choices[i + 1] = (struct choice){spaces[i].key, space_said(rq, spaces[i].name),
						 str_eq(spaces[i].key, chosen)};
	out->spaces = choices;
	out->n_spaces = count + 1;
	return ST_OK;
}

/* One more than shown is read, to know whether the list goes on. */
static enum status fill_changes(struct changes_view *out, struct request *rq, struct str space,
				size_t limit)
{
	struct change *list;
	int64_t before = 0;
	struct str after = request_query(rq, "after");

	if (after.len && !opaque_read(&before, rq->app->key, "change", after))
		return fail_on("after", ST_INVALID,
			       "The place in the list cannot be read; begin again.");
	TRY(change_list(&list, &out->n_changes, rq->db, rq->mem, rq->reader, space, out->person,
			out->minor_too, before, limit + 1));
	out->changes = list;
	if (out->n_changes > limit) {
		out->n_changes = limit;
		out->next = opaque_write(rq->mem, rq->app->key, "change", list[limit - 1].cursor);
	}
	return ST_OK;
}

/* The addresses of the neighbouring pages: this list with another place, or none. */
static void fill_pager(struct changes_view *out, struct request *rq, struct url here)
{
	here = url_with(rq->mem, here, "person", out->person);
	if (out->minor_too)
		here = url_with(rq->mem, here, "minor", STR("1"));
	if (request_query(rq, "after").len)
		out->pager.previous = here;
	if (out->next.len)
		out->pager.next = url_with(rq->mem, here, "after", out->next);
}

static void json_change(struct json_out *j, struct request *rq, const struct change *c)
{
	jo_object(j, NULL);
	jo_str(j, "id", c->public_id);
	jo_str(j, "url", url_article(rq->mem, c->public_id, c->slug).url_bytes);
	jo_str(j, "title", c->title);
	jo_str(j, "lang", c->lang);
	jo_str(j, "space", c->space_key);
	jo_object(j, "revision");
	jo_i64(j, "number", c->revision.number);
	jo_str(j, "author", c->revision.author_login);
	jo_time(j, "at", c->revision.at);
	jo_str(j, "comment", c->revision.comment);
	jo_bool(j, "minor", c->revision.minor);
	jo_i64(j, "size", c->revision.size);
	jo_i64(j, "size_change", c->revision.size_change);
	jo_end(j);
	jo_end(j);
}

static void json_changes_show(struct json_out *j, struct request *rq, const struct changes_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_changes; i++)
		json_change(j, rq, &v->changes[i]);
	jo_end(j);
	jo_str_or_null(j, "next", v->next);
	jo_end(j);
}

/* `space` is empty for all of them. */
static enum status show(struct request *rq, struct str space, struct url here)
{
	struct changes_view view = {.person = str_trim(request_query(rq, "person")),
				    .minor_too = str_is(request_query(rq, "minor"), "1")};

	if (rq->space)
		view.space = (struct space_ref){rq->space->key, rq->space->name};
	TRY(fill_spaces(&view, rq, space));
	TRY(fill_changes(&view, rq, space,
			 (size_t)request_query_i64(rq, "limit", PAGE, 1, PAGE_MOST)));
	fill_pager(&view, rq, here);
	return REPLY(rq, 200, changes_show, &view);
}

enum status page_changes_show(struct request *rq)
{
	struct str space = request_query(rq, "space");

	return show(rq, space, url_with(rq->mem, URL("changes"), "space", space));
}

enum status page_space_recent(struct request *rq)
{
	return show(rq, rq->space->key, url_space_part(rq->mem, rq->space->key, "recent"));
}

/* ---- feeds --------------------------------------------------------------------------------------- */

/* Each revision is an entry of its own: its address tells it from the others. */
static enum status feed(struct request *rq, struct str space, struct str title, struct url page)
{
	struct change *list;
	struct atom *atom;
	size_t count;

	TRY(change_list(&list, &count, rq->db, rq->mem, rq->reader, space, STR(""), false, 0,
			PAGE));
	atom = atom_new(rq, title, page, count ? list[0].revision.at : 0);
	for (size_t i = 0; i < count; i++) {
		const struct change *c = &list[i];

		atom_add(atom,
			 &(struct atom_entry){
				 .title = c->title,
				 .lang = c->lang,
				 .url = url_revision(rq->mem, c->public_id, c->revision.number),
				 .author = c->revision.author_name,
				 .updated = c->revision.at,
				 .summary = c->revision.comment,
			 });
	}
	return atom_reply(atom);
}

enum status page_changes_atom(struct request *rq)
{
	return feed(rq, STR(""), _("Recent changes"), URL("changes"));
}

enum status page_space_recent_atom(struct request *rq)
{
	return feed(rq, rq->space->key,
		    i18n_format(rq->mem, rq->lang, "Recent changes in “%1$s”",
				space_said(rq, rq->space->name)),
		    url_space_part(rq->mem, rq->space->key, "recent"));
}
