/* All spaces, as those who administer accounts see them: names and access, no content. */
#include "indexer/script.h"
#include "schema/access.h"
#include "schema/group.h"
#include "server/pages/act.h"
#include "server/pages/grant.h"
#include "server/pages/pages.h"
#include "server/pages/space_names.h"
#include "server/pages/spaces.h"
#include "views/admin_groups.h"
#include "views/space.h"

/* The language of the first name; that of the page, where nothing was chosen yet. */
static const struct choice *languages(struct request *rq, size_t *n)
{
	struct choice *list = arena_array(rq->mem, LANG_COUNT + 1, sizeof(*list));
	const struct form_pair *typed = form_find(&rq->form, "lang");
	struct str chosen = typed ? typed->value : lang_tag(rq->lang);

	list[0] = (struct choice){STR_NONE, _("not said"), !chosen.len};
	for (unsigned i = 0; i < LANG_COUNT; i++) {
		struct str tag = lang_tag((enum lang)i);

		list[i + 1] = (struct choice){tag, lang_name((enum lang)i), str_eq(tag, chosen)};
	}
	*n = LANG_COUNT + 1;
	return list;
}

/* For each space: is there no group that manages it? */
static enum status find_unmanaged(struct request *rq, const struct space *spaces, size_t n,
				  const bool **out)
{
	bool *unmanaged = arena_array(rq->mem, n + 1, sizeof(*unmanaged));
	struct space_grant *grants;
	size_t n_grants;

	TRY(space_grants_all(&grants, &n_grants, rq->db, rq->mem, rq->reader));
	for (size_t i = 0; i < n; i++) {
		unmanaged[i] = true;
		for (size_t k = 0; k < n_grants && unmanaged[i]; k++)
			unmanaged[i] = grants[k].level != LEVEL_MANAGE ||
				       !str_eq(grants[k].space_key, spaces[i].key);
	}
	*out = unmanaged;
	return ST_OK;
}

static enum status show_spaces(struct request *rq, int http_status)
{
	struct admin_spaces_view view = {
		.key = form_value(&rq->form, "key"),
		.name = form_value(&rq->form, "name"),
		.faults = &rq->faults,
	};
	struct space *spaces;

	TRY(spaces_list_all(&spaces, &view.n_spaces, rq));
	TRY(find_unmanaged(rq, spaces, view.n_spaces, &view.unmanaged));
	view.spaces = spaces;
	view.langs = languages(rq, &view.n_langs);
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_spaces, &view);
}

enum status page_admin_spaces(struct request *rq)
{
	return show_spaces(rq, 200);
}

static const struct form_field add_fields[] = {
	{"key", FORM_LINE, offsetof(struct space_input, key), 64, FORM_REQUIRED},
	{"name", FORM_LINE, offsetof(struct space_input, name), 200, 0},
	{"description", FORM_TEXT, offsetof(struct space_input, description), 4096, 0},
	{"lang", FORM_WORD, offsetof(struct space_input, lang), 16, 0},
};

static enum status check_lang(struct request *rq, struct str lang)
{
	if (lang.len && !script_is_language(lang))
		return act_fault(rq, "lang", N_("Choose one of the languages."));
	return ST_OK;
}

static enum status reply_space(struct request *rq, const struct space_input *in)
{
	struct json_out *j = reply_json(rq, 201);

	jo_object(j, NULL);
	jo_str(j, "key", in->key);
	jo_str(j, "name", in->name.len ? in->name : in->key);
	jo_str(j, "description", in->description);
	jo_str(j, "lang", in->lang);
	jo_end(j);
	return ST_OK;
}

enum status page_admin_space_add(struct request *rq)
{
	struct space_input in = {0};
	int64_t id;

	TRY(act_read(rq, &in, add_fields, COUNT(add_fields)));
	TRY(check_lang(rq, in.lang));
	if (!rq->faults.count)
		TRY(act_try(rq, space_add(&id, rq->db, rq->mem, rq->reader, &in), "key"));
	if (rq->faults.count)
		return show_spaces(rq, 422);
	if (rq->json)
		return reply_space(rq, &in);
	return act_done(rq, url_admin(rq->mem, "spaces", in.key), N_("The space is added."));
}

/* ---- one space ---------------------------------------------------------------------------------- */

static enum status find_space(struct request *rq, struct space *out)
{
	struct str key = request_param(rq, "key");
	struct space *spaces;
	size_t n;

	TRY(spaces_list_all(&spaces, &n, rq));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(spaces[i].key, key)) {
			*out = spaces[i];
			return ST_OK;
		}
	}
	return fail(ST_NOT_FOUND, "there is no space %.*s", STR_ARG(key));
}

static enum status fill_grants(struct request *rq, struct space_settings_view *view)
{
	struct space_grant *grants;
	struct group *groups;
	struct group_ref *refs;

	TRY(space_grants(&grants, &view->n_grants, rq->db, rq->mem, rq->reader, view->space->key));
	TRY(group_list(&groups, &view->n_groups, rq->db, rq->mem, rq->reader));
	refs = arena_array(rq->mem, view->n_groups + 1, sizeof(*refs));
	for (size_t i = 0; i < view->n_groups; i++)
		refs[i] = (struct group_ref){groups[i].key, groups[i].name};
	view->grants = grants;
	view->groups = refs;
	return ST_OK;
}

static enum status show_space(struct request *rq, int http_status)
{
	struct space space;
	struct space_settings_view view = {.space = &space, .admin = true, .faults = &rq->faults};

	TRY(find_space(rq, &space));
	view.action = url_admin(rq->mem, "spaces", space.key);
	TRY(space_names_fill(&view, rq, space.key));
	TRY(fill_grants(rq, &view));
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, space_settings, &view);
}

enum status page_admin_space(struct request *rq)
{
	return show_space(rq, 200);
}

static enum status find_target(struct space_target *out, struct request *rq)
{
	struct space space;

	TRY(find_space(rq, &space));
	*out = (struct space_target){.key = space.key,
				     .name = space_said(rq, space.name),
				     .back = url_admin(rq->mem, "spaces", space.key),
				     .admin = true,
				     .show = show_space};
	return ST_OK;
}

enum status page_admin_space_set(struct request *rq)
{
	struct space_target target;

	TRY(find_target(&target, rq));
	target.action = target.back;
	return space_names_post(rq, &target);
}

enum status page_admin_space_grant(struct request *rq)
{
	struct space_target target;

	TRY(find_target(&target, rq));
	target.action = url_with_part(rq->mem, target.back, "grant");
	return grant_post(rq, &target);
}
