/* What managers of a space decide: its name, and which groups have access. */
#include "server/pages/act.h"
#include "server/pages/grant.h"
#include "server/pages/pages.h"
#include "server/pages/proof.h"

#include "schema/group.h"
#include "views/space.h"

static struct url settings_url(struct request *rq)
{
	return url_space_part(rq->mem, rq->space->key, "settings");
}

/* ---- the form ------------------------------------------------------------------------------------ */

/* "All languages" and the four; `chosen` is "" or a tag. */
static void fill_langs(struct space_settings_view *out, struct request *rq, struct str chosen)
{
	struct choice *langs = arena_array(rq->mem, LANG_COUNT + 1, sizeof(*langs));

	langs[0] = (struct choice){STR(""), _("All languages"), chosen.len == 0};
	for (unsigned i = 0; i < LANG_COUNT; i++) {
		struct str tag = lang_tag((enum lang)i);

		langs[i + 1] = (struct choice){tag, lang_name((enum lang)i), str_eq(tag, chosen)};
	}
	out->langs = langs;
	out->n_langs = LANG_COUNT + 1;
}

static enum status fill_groups(struct space_settings_view *out, struct request *rq)
{
	struct group_ref *refs;
	struct group *groups;

	TRY(group_list(&groups, &out->n_groups, rq->db, rq->mem, rq->reader));
	refs = arena_array(rq->mem, out->n_groups + 1, sizeof(*refs));
	for (size_t i = 0; i < out->n_groups; i++)
		refs[i] = (struct group_ref){groups[i].key, groups[i].name};
	out->groups = refs;
	return ST_OK;
}

/* With what was typed where the form comes back, else with what the record holds for the language. */
static enum status show(struct request *rq, int http_status, struct str lang)
{
	struct space_settings_view view = {.space = rq->space, .faults = &rq->faults};
	bool typed = form_find(&rq->form, "name") != NULL;
	struct space_grant *grants;
	struct space space;

	rq->no_store = true;
	view.action = settings_url(rq);
	TRY(space_get(&space, rq->db, rq->mem, rq->reader, rq->space->key, lang));
	view.name = typed ? form_value(&rq->form, "name") : space.name;
	view.description = typed ? form_value(&rq->form, "description") : space.description;
	fill_langs(&view, rq, lang);
	TRY(fill_groups(&view, rq));
	TRY(space_grants(&grants, &view.n_grants, rq->db, rq->mem, rq->reader, rq->space->key));
	view.grants = grants;
	return REPLY_HTML(rq, http_status, space_settings, &view);
}

static struct str lang_or_all(struct str tag)
{
	enum lang lang;

	return lang_from_tag(tag, &lang) ? tag : STR("");
}

enum status page_space_settings_form(struct request *rq)
{
	return show(rq, 200, lang_or_all(request_query(rq, "lang")));
}

struct settings_input {
	struct str lang, name, description;
};

static const struct form_field settings_fields[] = {
	{"lang", FORM_WORD, offsetof(struct settings_input, lang), 16, 0},
	{"name", FORM_LINE, offsetof(struct settings_input, name), 200, FORM_REQUIRED},
	{"description", FORM_TEXT, offsetof(struct settings_input, description), 4096, 0},
};

enum status page_space_settings(struct request *rq)
{
	struct settings_input in = {0};
	struct space_input input;

	TRY(act_read(rq, &in, settings_fields, COUNT(settings_fields)));
	input = (struct space_input){.lang = lang_or_all(in.lang),
				     .name = in.name,
				     .description = in.description.ptr ? in.description : STR("")};
	if (!rq->faults.count)
		TRY(act_try(rq, space_set(rq->db, rq->mem, rq->reader, rq->space->key, &input),
			    "name"));
	if (rq->faults.count)
		return show(rq, 422, input.lang);
	return act_done(rq, url_with(rq->mem, settings_url(rq), "lang", input.lang),
			N_("The space was changed."));
}

/* ---- grants -------------------------------------------------------------------------------------- */

static enum status show_again(struct request *rq, int http_status)
{
	return show(rq, http_status, STR(""));
}

enum status page_space_grant(struct request *rq)
{
	struct grant_target target = {.key = rq->space->key,
				      .name = rq->space->name,
				      .back = settings_url(rq),
				      .show = show_again};

	target.action = url_with_part(rq->mem, target.back, "grant");
	return grant_post(rq, &target);
}

/* ---- JSON ---------------------------------------------------------------------------------------- */

struct grants_view {
	const struct space_grant *grants;
	size_t n_grants;
};

static void json_grants(struct json_out *j, struct request *rq, const struct grants_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_grants; i++) {
		jo_object(j, NULL);
		jo_str(j, "group", v->grants[i].group_key);
		jo_str(j, "name", v->grants[i].group_name);
		jo_c(j, "level", level_name(v->grants[i].level));
		jo_end(j);
	}
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
}

/* The record decides who may: managers of the space, and who administers accounts without reading it. */
enum status page_space_grants(struct request *rq)
{
	struct grants_view view = {0};
	struct space_grant *grants;

	TRY(space_grants(&grants, &view.n_grants, rq->db, rq->mem, rq->reader,
			 request_param(rq, "key")));
	view.grants = grants;
	return REPLY_JSON(rq, 200, grants, &view);
}

enum status page_space_grants_set(struct request *rq)
{
	struct str key = request_param(rq, "key");
	struct grant_target target = {.key = key, .name = key, .back = url_space(rq->mem, key)};

	if (!proof_is_fresh(rq))
		return fail(ST_DENIED, "the password was not given lately");
	return grant_post(rq, &target);
}
