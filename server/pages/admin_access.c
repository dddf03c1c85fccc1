/* Who may do what: the matrix of groups and spaces, and what one person can see and why. */
#include "schema/access.h"
#include "schema/group.h"
#include "schema/space.h"
#include "server/csv.h"
#include "server/pages/pages.h"
#include "server/pages/spaces.h"
#include "views/admin.h"

/* True where the filter begins the key or stands in the name. */
static bool fits(struct str filter, struct str key, struct str name)
{
	return !filter.len || str_starts(key, filter) || str_search(name, filter) >= 0;
}

static enum status pick_groups(struct request *rq, struct admin_access_view *view)
{
	struct group *all, *picked;
	size_t n;

	TRY(group_list(&all, &n, rq->db, rq->mem, rq->reader));
	picked = arena_array(rq->mem, n + 1, sizeof(*picked));
	for (size_t i = 0; i < n; i++) {
		all[i].name = group_words(&(struct out){.lang = rq->lang}, all[i].key, all[i].name);
		if (fits(view->group, all[i].key, all[i].name))
			picked[view->n_groups++] = all[i];
	}
	view->groups = picked;
	return ST_OK;
}

static enum status pick_spaces(struct request *rq, struct admin_access_view *view)
{
	struct space *all;
	struct space_ref *picked;
	size_t n;

	TRY(space_list_all(&all, &n, rq->db, rq->mem, rq->reader, lang_tag(rq->lang)));
	picked = arena_array(rq->mem, n + 1, sizeof(*picked));
	for (size_t i = 0; i < n; i++) {
		struct space_text name = words_space(rq->mem, rq->lang, all[i].name);

		if (fits(view->space, all[i].key, name.text))
			picked[view->n_spaces++] = (struct space_ref){all[i].key, name};
	}
	view->spaces = picked;
	return ST_OK;
}

/* Both lists are in the order of their keys. Returns `n` where it is not among them. */
static size_t group_at(const struct group *groups, size_t n, struct str key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(groups[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && str_eq(groups[low].key, key) ? low : n;
}

static size_t space_at(const struct space_ref *spaces, size_t n, struct str key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(spaces[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && str_eq(spaces[low].key, key) ? low : n;
}

static enum status load_levels(struct request *rq, struct admin_access_view *view)
{
	struct space_grant *grants;
	unsigned char *levels;
	size_t n;

	TRY(space_grants_all(&grants, &n, rq->db, rq->mem, rq->reader));
	levels = arena_array(rq->mem, view->n_groups * view->n_spaces + 1, 1);
	for (size_t i = 0; i < n; i++) {
		size_t g = group_at(view->groups, view->n_groups, grants[i].group_key);
		size_t s = space_at(view->spaces, view->n_spaces, grants[i].space_key);

		if (g < view->n_groups && s < view->n_spaces)
			levels[g * view->n_spaces + s] = (unsigned char)grants[i].level;
	}
	view->levels = levels;
	return ST_OK;
}

/* Persons and empty lists stand for the whole: they are shown where no group is asked for. */
static enum status load_lists(struct request *rq, struct admin_access_view *view)
{
	struct audience_line *lines;
	struct access_list_row *rows;
	size_t n;

	TRY(audience_lines_all(&lines, &n, rq->db, rq->mem, rq->reader));
	rows = arena_array(rq->mem, n + 1, sizeof(*rows));
	for (size_t i = 0; i < n; i++) {
		const struct audience_reader *reader = &lines[i].reader;
		size_t g = group_at(view->groups, view->n_groups, reader->group_key);
		size_t s = space_at(view->spaces, view->n_spaces, lines[i].space_key);
		struct access_list_row row = {.audience = lines[i].audience_name,
					      .level = reader->level};

		if (s == view->n_spaces ||
		    (g == view->n_groups && (view->group.len || reader->group_key.len)))
			continue;
		row.space = view->spaces[s];
		if (reader->group_key.len)
			row.group = (struct group_ref){view->groups[g].key, view->groups[g].name};
		else
			row.person = (struct person_ref){reader->login, reader->name};
		rows[view->n_lists++] = row;
	}
	view->lists = rows;
	return ST_OK;
}

static enum status load_matrix(struct request *rq, struct admin_access_view *view)
{
	*view = (struct admin_access_view){.group = str_trim(request_query(rq, "group")),
					   .space = str_trim(request_query(rq, "space"))};
	TRY(pick_groups(rq, view));
	TRY(pick_spaces(rq, view));
	TRY(load_levels(rq, view));
	TRY(load_lists(rq, view));
	rq->no_store = true;
	return ST_OK;
}

/* Columns by the names that are shown; a file has them by their keys. */
static void order_columns(struct request *rq, struct admin_access_view *view)
{
	size_t n = view->n_spaces, *order;
	struct space_text *names = arena_array(rq->mem, n + 1, sizeof(*names));
	struct space_ref *spaces = arena_array(rq->mem, n + 1, sizeof(*spaces));
	unsigned char *levels = arena_array(rq->mem, view->n_groups * n + 1, 1);

	for (size_t s = 0; s < n; s++)
		names[s] = view->spaces[s].name;
	order = spaces_order(rq, names, n);
	for (size_t s = 0; s < n; s++) {
		spaces[s] = view->spaces[order[s]];
		for (size_t g = 0; g < view->n_groups; g++)
			levels[g * n + s] = view->levels[g * n + order[s]];
	}
	view->spaces = spaces;
	view->levels = levels;
}

/* Rows of one space stay in their order. */
static void order_lists(struct request *rq, struct admin_access_view *view)
{
	size_t n = view->n_lists, *order;
	struct space_text *names = arena_array(rq->mem, n + 1, sizeof(*names));
	struct access_list_row *rows = arena_array(rq->mem, n + 1, sizeof(*rows));

	for (size_t i = 0; i < n; i++)
		names[i] = view->lists[i].space.name;
	order = spaces_order(rq, names, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = view->lists[order[i]];
	view->lists = rows;
}

enum status page_admin_access(struct request *rq)
{
	struct admin_access_view view;

	TRY(load_matrix(rq, &view));
	order_columns(rq, &view);
	order_lists(rq, &view);
	view.csv = url_with_part(rq->mem, URL("admin"), "access.csv");
	view.csv = url_with(rq->mem, view.csv, "group", view.group);
	view.csv = url_with(rq->mem, view.csv, "space", view.space);
	return REPLY_HTML(rq, 200, admin_access, &view);
}

/* What a group may do in the whole space; nothing where it has no access. */
static void put_grant(struct buf *out, const struct admin_access_view *view, size_t g, size_t s)
{
	enum level level = (enum level)view->levels[g * view->n_spaces + s];
	const struct str cells[] = {view->spaces[s].key,     view->spaces[s].name.text, STR_NONE,
				    view->groups[g].key,     view->groups[g].name,      STR_NONE,
				    str_c(level_name(level))};

	if (level != LEVEL_NONE)
		csv_line(out, cells, COUNT(cells));
}

static void put_list(struct buf *out, const struct access_list_row *row)
{
	const struct str cells[] = {row->space.key,
				    row->space.name.text,
				    row->audience,
				    row->group.key,
				    row->group.name,
				    row->person.login,
				    str_c(level_name(row->level))};

	csv_line(out, cells, COUNT(cells));
}

/* Space by space: what groups may do in it, then the lists of its restricted audiences. */
enum status page_admin_access_csv(struct request *rq)
{
	AUTO(buf) struct buf out = {0};
	struct admin_access_view view;
	size_t next = 0;

	TRY(load_matrix(rq, &view));
	csv_begin(&out, "space,space_name,audience,group,group_name,person,level");
	for (size_t s = 0; s < view.n_spaces; s++) {
		for (size_t g = 0; g < view.n_groups; g++)
			put_grant(&out, &view, g, s);
		while (next < view.n_lists &&
		       str_eq(view.lists[next].space.key, view.spaces[s].key))
			put_list(&out, &view.lists[next++]);
	}
	TRY(reply_data(rq, 200, "text/csv; charset=utf-8", buf_keep(&out, rq->mem)));
	reply_header(rq, "Content-Disposition", STR("attachment; filename=\"access.csv\""));
	return ST_OK;
}

/* Keep the reasons that are about the space asked for. */
static void keep_space(struct request *rq, struct admin_access_check_view *view,
		       struct access_reason *reasons, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!reasons[i].audience_name.len)
			reasons[i].audience_name = _("All readers of the space");
		if (!view->space.len || str_eq(reasons[i].space_key, view->space))
			reasons[view->n_reasons++] = reasons[i];
	}
	view->reasons = reasons;
}

/* People know spaces and groups by their names, not by their keys. */
static enum status fill_names(struct request *rq, struct admin_access_check_view *view)
{
	struct space_text *spaces_named =
		arena_array(rq->mem, view->n_reasons + 1, sizeof(struct space_text));
	struct str *groups_named = arena_array(rq->mem, view->n_reasons + 1, sizeof(struct str));
	struct admin_access_view all = {.group = STR_NONE};

	TRY(pick_groups(rq, &all));
	TRY(pick_spaces(rq, &all));
	for (size_t i = 0; i < view->n_reasons; i++) {
		const struct access_reason *r = &view->reasons[i];
		size_t g = group_at(all.groups, all.n_groups, r->group_key);
		size_t s = space_at(all.spaces, all.n_spaces, r->space_key);

		groups_named[i] = g < all.n_groups ? all.groups[g].name : r->group_key;
		spaces_named[i] = s < all.n_spaces ? all.spaces[s].name
						   : (struct space_text){.text = r->space_key};
	}
	view->space_names = spaces_named;
	view->group_names = groups_named;
	return ST_OK;
}

enum status page_admin_access_check(struct request *rq)
{
	struct admin_access_check_view view = {.login = str_trim(request_query(rq, "person")),
					       .space = str_trim(request_query(rq, "space"))};
	struct person *person = arena_alloc(rq->mem, sizeof(*person));
	struct access_reason *reasons;
	enum status outcome;
	size_t n;

	rq->no_store = true;
	if (!view.login.len)
		return REPLY_HTML(rq, 200, admin_access_check, &view);
	outcome = person_get(person, rq->db, rq->mem, rq->reader, view.login);
	if (outcome == ST_NOT_FOUND) {
		view.not_found = true;
		return REPLY_HTML(rq, 200, admin_access_check, &view);
	}
	TRY(outcome);
	TRY(access_reasons(&reasons, &n, rq->db, rq->mem, rq->reader, view.login));
	keep_space(rq, &view, reasons, n);
	TRY(fill_names(rq, &view));
	view.person = person;
	return REPLY_HTML(rq, 200, admin_access_check, &view);
}
