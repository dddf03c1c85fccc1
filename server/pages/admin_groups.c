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

static enum status reply_group(struct request *rq, struct str key)
{
	struct group group;
	struct json_out *j;

	TRY(group_get(&group, rq->db, rq->mem, rq->reader, key));
	j = reply_json(rq, 201);
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
		return reply_group(rq, in.key);
	return act_done(rq, url_admin(rq->mem, "groups", in.key), N_("The group is added."));
}

/* ---- one group ---------------------------------------------------------------------------------- */

static struct url here(struct request *rq)
{
	return url_admin(rq->mem, "groups", rq->group->key);
}

static enum status show_group(struct request *rq, int http_status)
{
	struct admin_group_view view = {
		.group = rq->group,
		.login = form_value(&rq->form, "login"),
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
	view.grants = grants;
	TRY(persons_space_names(&view.space_names, rq, grants, view.n_grants));
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_group, &view);
}

enum status page_admin_group(struct request *rq)
{
	return show_group(rq, 200);
}

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
