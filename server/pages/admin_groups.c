/* Groups and offices: lists, adding, members. */
#include "views/admin_groups.h"
#include "indexer/script.h"
#include "schema/access.h"
#include "schema/group.h"
#include "schema/space.h"
#include "server/pages/act.h"
#include "server/pages/member.h"
#include "server/pages/pages.h"
#include "server/pages/persons.h"
#include "server/pages/proof.h"
#include "server/pages/rewording.h"
#include "views/check.h"

static enum status show_groups(struct request *rq, int http_status)
{
	struct admin_groups_view view = {
		.key = form_value(&rq->form, "key"),
		.name = form_value(&rq->form, "name"),
		.faults = &rq->faults,
	};
	struct group *groups;

	TRY(group_list(&groups, &view.n_groups, rq->db, rq->mem, rq->reader));
	view.groups = groups;
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_groups, &view);
}

enum status page_admin_groups(struct request *rq)
{
	return show_groups(rq, 200);
}

struct named_input {
	struct str key, name;
};

static const struct form_field group_fields[] = {
	{"key", FORM_LINE, offsetof(struct named_input, key), 64, FORM_REQUIRED},
	{"name", FORM_LINE, offsetof(struct named_input, name), 200, 0},
};

static enum status reply_group(struct request *rq, int http_status, struct str key)
{
	struct group group;
	struct json_out *j;

	TRY(group_get(&group, rq->db, rq->mem, rq->reader, key));
	j = reply_json(rq, http_status);
	jo_object(j, NULL);
	persons_json_group(j, &group);
	jo_end(j);
	return ST_OK;
}

enum status page_admin_group_add(struct request *rq)
{
	struct named_input in = {0};
	int64_t id;

	TRY(act_read(rq, &in, group_fields, COUNT(group_fields)));
	if (!rq->faults.count)
		TRY(act_try(rq, group_add(&id, rq->db, rq->mem, rq->reader, in.key, in.name),
			    "key"));
	if (rq->faults.count)
		return show_groups(rq, 422);
	if (rq->json)
		return reply_group(rq, 201, in.key);
	return act_done(rq, url_admin(rq->mem, "groups", in.key), N_("The group is added."));
}

/* ---- one group ---------------------------------------------------------------------------------- */

static struct url here(struct request *rq)
{
	return url_admin(rq->mem, "groups", rq->group->key);
}

static struct str form_or(struct request *rq, const char *field, struct str stored)
{
	return form_find(&rq->form, field) ? form_value(&rq->form, field) : stored;
}

static enum status show_group(struct request *rq, int http_status)
{
	struct admin_group_view view = {
		.group = rq->group,
		.login = form_value(&rq->form, "login"),
		.name = form_or(rq, "name", rq->group->name),
		.purpose = form_or(rq, "purpose", rq->group->purpose),
		.unsaved = form_find(&rq->form, "name") || form_find(&rq->form, "purpose"),
		.faults = &rq->faults,
	};
	struct person *members;
	struct space_grant *grants;

	TRY(group_members(&members, &view.n_members, rq->db, rq->mem, rq->reader, rq->group->key,
			  request_query(rq, "after"), PEOPLE_STEP + 1));
	if (view.n_members > PEOPLE_STEP) {
		view.n_members = PEOPLE_STEP;
		view.pager.next =
			url_with(rq->mem, here(rq), "after", members[PEOPLE_STEP - 1].login);
	}
	TRY(space_grants_of(&grants, &view.n_grants, rq->db, rq->mem, rq->reader, rq->group->key));
	view.members = members;
	TRY(persons_grants(&view.grants, &view.space_names, rq, grants, view.n_grants));
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_group, &view);
}

enum status page_admin_group(struct request *rq)
{
	return show_group(rq, 200);
}

/* ---- its name ------------------------------------------------------------------------------------ */

struct texts_input {
	struct group_texts texts;
	bool sure, again; /* again: back to the form as it was filled in */
};

static const struct form_field texts_fields[] = {
	{"name", FORM_LINE, offsetof(struct texts_input, texts.name), 200, 0},
	{"purpose", FORM_LINE, offsetof(struct texts_input, texts.purpose), 400, 0},
	{"sure", FORM_FLAG, offsetof(struct texts_input, sure), 0, FORM_FORM_ONLY},
	{"again", FORM_FLAG, offsetof(struct texts_input, again), 0, FORM_FORM_ONLY},
};

static enum status check_texts(struct request *rq, const struct group_texts *texts)
{
	const struct group *group = rq->group;
	struct check_fact facts[3] = {{.label = _("Key"), .after = group->key}};
	struct check_field sent[2];
	struct str effect = _("Nobody's access changes now.");
	struct check_view view = {
		.heading = _("Name and purpose"),
		.facts = facts,
		.n_facts = 1,
		.action = here(rq),
		.fields = sent,
		.typed = true,
		.effects = &effect,
		.n_effects = 1,
		.back = here(rq),
		.admin = true,
	};
	const struct rewording rewording = {&view, facts, sent};

	rewording_add(&rewording, rq, "name", _("Name"), group->name, texts->name);
	rewording_add(&rewording, rq, "purpose", _("Purpose"), group->purpose, texts->purpose);
	if (view.n_facts == 1)
		return act_done(rq, here(rq), N_("Nothing was changed."));
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_admin_group_set(struct request *rq)
{
	struct texts_input in = {0};

	TRY(act_read(rq, &in, texts_fields, COUNT(texts_fields)));
	if (!rq->faults.count && in.texts.name.ptr && !in.texts.name.len)
		TRY(act_fault(rq, "name", N_("This is needed.")));
	if (!rq->faults.count && in.again)
		return show_group(rq, 200);
	if (!rq->faults.count && !in.sure && !rq->json)
		return check_texts(rq, &in.texts);
	if (!rq->faults.count)
		TRY(act_try(rq, group_set(rq->db, rq->mem, rq->reader, rq->group->key, &in.texts),
			    "name"));
	if (rq->faults.count)
		return show_group(rq, 422);
	if (rq->json)
		return reply_group(rq, 200, rq->group->key);
	return act_done(rq, here(rq), N_("The group is saved."));
}

/* ---- its members --------------------------------------------------------------------------------- */

struct member_input {
	struct str login;
	bool remove, sure;
};

static const struct form_field member_fields[] = {
	{"login", FORM_WORD, offsetof(struct member_input, login), 64, FORM_REQUIRED},
	{"remove", FORM_FLAG, offsetof(struct member_input, remove), 0, 0},
	{"sure", FORM_FLAG, offsetof(struct member_input, sure), 0, FORM_FORM_ONLY},
};

/* The person that was typed; a fault of the field where there is none. */
static enum status find_person(struct request *rq, struct person *out, struct str login)
{
	enum status outcome = person_get(out, rq->db, rq->mem, rq->reader, login);

	if (outcome == ST_NOT_FOUND)
		return act_fault(rq, "login", N_("There is no such person."));
	return outcome;
}

enum status page_admin_group_member(struct request *rq)
{
	struct member_input in = {0};
	struct member_change change = {.group = rq->group->key, .group_name = rq->group->name};
	struct person person = {0};

	if (!proof_is_fresh(rq))
		return proof_ask(rq, here(rq));
	TRY(act_read(rq, &in, member_fields, COUNT(member_fields)));
	if (!rq->faults.count)
		TRY(find_person(rq, &person, in.login));
	if (rq->faults.count)
		return show_group(rq, 422);
	if (person.id == rq->reader->person_id)
		return act_refuse(rq, N_("Nobody changes their own state, groups or rights."));
	change.login = person.login;
	change.name = person.name;
	change.member = !in.remove;
	change.back = here(rq);
	change.action = url_with_part(rq->mem, here(rq), "members");
	return in.sure || rq->json ? member_apply(rq, &change)
				   : member_check(rq, &change, "login", in.login);
}

/* ---- offices ------------------------------------------------------------------------------------ */

static enum status show_offices(struct request *rq, int http_status)
{
	struct admin_offices_view view = {
		.key = form_value(&rq->form, "key"),
		.name = form_value(&rq->form, "name"),
		.kind = form_value(&rq->form, "kind"),
		.parent = form_value(&rq->form, "parent"),
		.city = form_value(&rq->form, "city"),
		.country = form_value(&rq->form, "country"),
		.time_zone = form_value(&rq->form, "time_zone"),
		.faults = &rq->faults,
	};
	struct office *offices;

	TRY(office_list(&offices, &view.n_offices, rq->db, rq->mem));
	view.offices = offices;
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_offices, &view);
}

enum status page_admin_offices(struct request *rq)
{
	return show_offices(rq, 200);
}

static const struct form_field office_fields[] = {
	{"key", FORM_LINE, offsetof(struct office, key), 64, FORM_REQUIRED},
	{"name", FORM_LINE, offsetof(struct office, name), 200, FORM_REQUIRED},
	{"kind", FORM_LINE, offsetof(struct office, kind), 64, 0},
	{"parent", FORM_WORD, offsetof(struct office, parent_key), 64, 0},
	{"city", FORM_LINE, offsetof(struct office, city), 200, 0},
	{"country", FORM_LINE, offsetof(struct office, country), 200, 0},
	{"time_zone", FORM_LINE, offsetof(struct office, time_zone), 64, 0},
};

enum status page_admin_office_add(struct request *rq)
{
	struct office in = {0};
	int64_t id;

	TRY(act_read(rq, &in, office_fields, COUNT(office_fields)));
	in.name_key = script_key(rq->mem, in.name);
	if (!rq->faults.count)
		TRY(act_try(rq, office_add(&id, rq->db, rq->mem, rq->reader, &in), "key"));
	if (rq->faults.count)
		return show_offices(rq, 422);
	return act_done(rq, URL("admin/offices"), N_("The office is added."));
}
