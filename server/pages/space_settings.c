/* What managers of a space decide: its name, and which groups have access. */
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/prove.h"

#include "schema/group.h"
#include "views/check.h"
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

struct grant_input {
	struct str group, level;
	bool sure;
};

static const struct form_field grant_fields[] = {
	{"group", FORM_WORD, offsetof(struct grant_input, group), 64, FORM_REQUIRED},
	{"level", FORM_WORD, offsetof(struct grant_input, level), 16, FORM_REQUIRED},
	{"sure", FORM_FLAG, offsetof(struct grant_input, sure), 0, FORM_FORM_ONLY},
};

static struct str level_label(const struct request *rq, enum level level)
{
	switch (level) {
	case LEVEL_READ:
		return _("Read");
	case LEVEL_WRITE:
		return _("Write");
	case LEVEL_MANAGE:
		return _("Manage");
	case LEVEL_NONE:
		break;
	}
	return _("No access");
}

/* What the group has now, and whether another group manages the space. */
static enum status grant_now(enum level *now, bool *others_manage, struct request *rq,
			     struct str group)
{
	struct space_grant *grants;
	size_t count;

	*now = LEVEL_NONE;
	*others_manage = false;
	TRY(space_grants(&grants, &count, rq->db, rq->mem, rq->reader, rq->space->key));
	for (size_t i = 0; i < count; i++) {
		if (str_eq(grants[i].group_key, group))
			*now = grants[i].level;
		else if (grants[i].level == LEVEL_MANAGE)
			*others_manage = true;
	}
	return ST_OK;
}

static enum status check_grant(struct request *rq, const struct grant_input *in,
			       const struct group *group, enum level before, enum level after)
{
	struct check_fact facts[] = {
		{_("Space"), STR_NONE, rq->space->name},
		{_("Group"), STR_NONE, group->name},
		{_("Level"), level_label(rq, before), level_label(rq, after)},
	};
	struct check_field fields[] = {{STR("group"), in->group}, {STR("level"), in->level}};
	struct str effect = i18n_format_n(rq->mem, rq->lang, "%1$s person is in this group now.",
					  "%1$s people are in this group now.", group->members);
	struct check_view view = {.heading = _("Change the access of a group"),
				  .facts = facts,
				  .n_facts = COUNT(facts),
				  .effects = &effect,
				  .n_effects = 1,
				  .action = url_with_part(rq->mem, settings_url(rq), "grant"),
				  .fields = fields,
				  .n_fields = COUNT(fields),
				  .destroys = after < before,
				  .back = settings_url(rq)};

	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_space_grant(struct request *rq)
{
	struct grant_input in = {0};
	enum level before = LEVEL_NONE, after = LEVEL_NONE;
	struct group group = {0};
	bool others_manage = true;

	if (!prove_is_fresh(rq))
		return prove_ask(rq, settings_url(rq));
	TRY(act_read(rq, &in, grant_fields, COUNT(grant_fields)));
	if (!rq->faults.count && !level_parse(in.level, &after))
		TRY(act_fault(rq, "level", N_("There is no such level.")));
	if (!rq->faults.count)
		TRY(act_try(rq, group_get(&group, rq->db, rq->mem, rq->reader, in.group), "group"));
	if (!rq->faults.count)
		TRY(grant_now(&before, &others_manage, rq, in.group));
	if (before == LEVEL_MANAGE && after < LEVEL_MANAGE && !others_manage)
		TRY(act_fault(rq, "level",
			      N_("Somebody has to manage the space: let another "
				 "group do it first.")));
	if (!rq->faults.count && !in.sure)
		return check_grant(rq, &in, &group, before, after);
	if (!rq->faults.count)
		TRY(act_try(
			rq,
			space_grant(rq->db, rq->mem, rq->reader, rq->space->key, in.group, after),
			"group"));
	if (rq->faults.count)
		return show(rq, 422, STR(""));
	return act_done(rq, settings_url(rq), N_("The access was changed."));
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
	struct grant_input in;
	enum level level;

	if (!prove_is_fresh(rq))
		return fail(ST_DENIED, "the password was not given lately");
	TRY(request_read(rq, &in, grant_fields, COUNT(grant_fields)));
	if (!level_parse(in.level, &level))
		return fail_on("level", ST_INVALID, "there is no such level");
	TRY(space_grant(rq->db, rq->mem, rq->reader, request_param(rq, "key"), in.group, level));
	return page_space_grants(rq);
}
