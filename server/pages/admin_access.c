/* Who may do what: the matrix of groups and spaces, and what one person can see and why. */
#include "schema/access.h"
#include "schema/group.h"
#include "schema/space.h"
#include "server/pages/pages.h"
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
		if (fits(view->space, all[i].key, all[i].name))
			picked[view->n_spaces++] = (struct space_ref){all[i].key, all[i].name};
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

enum status page_admin_access(struct request *rq)
{
	struct admin_access_view view = {.group = str_trim(request_query(rq, "group")),
					 .space = str_trim(request_query(rq, "space"))};
	struct space_grant *grants;
	unsigned char *levels;
	size_t n;

	TRY(pick_groups(rq, &view));
	TRY(pick_spaces(rq, &view));
	TRY(space_grants_all(&grants, &n, rq->db, rq->mem, rq->reader));
	levels = arena_array(rq->mem, view.n_groups * view.n_spaces + 1, 1);
	for (size_t i = 0; i < n; i++) {
		size_t g = group_at(view.groups, view.n_groups, grants[i].group_key);
		size_t s = space_at(view.spaces, view.n_spaces, grants[i].space_key);

		if (g < view.n_groups && s < view.n_spaces)
			levels[g * view.n_spaces + s] = (unsigned char)grants[i].level;
	}
	view.levels = levels;
	rq->no_store = true;
	return REPLY_HTML(rq, 200, admin_access, &view);
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
	struct str *spaces_named = arena_array(rq->mem, view->n_reasons + 1, sizeof(struct str));
	struct str *groups_named = arena_array(rq->mem, view->n_reasons + 1, sizeof(struct str));
	struct admin_access_view all = {.group = STR_NONE};

	TRY(pick_groups(rq, &all));
	TRY(pick_spaces(rq, &all));
	for (size_t i = 0; i < view->n_reasons; i++) {
		const struct access_reason *r = &view->reasons[i];
		size_t g = group_at(all.groups, all.n_groups, r->group_key);
		size_t s = space_at(all.spaces, all.n_spaces, r->space_key);

		groups_named[i] = g < all.n_groups ? all.groups[g].name : r->group_key;
		spaces_named[i] = s < all.n_spaces ? all.spaces[s].name : r->space_key;
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
