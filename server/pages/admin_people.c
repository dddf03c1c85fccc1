/* Accounts: list, add, change, disable, codes, sessions. */
#include "views/admin_people.h"
#include "indexer/script.h"
#include "schema/access.h"
#include "schema/effect.h"
#include "schema/group.h"
#include "schema/person.h"
#include "schema/session.h"
#include "server/pages/act.h"
#include "server/pages/member.h"
#include "server/pages/pages.h"
#include "server/pages/persons.h"
#include "server/pages/proof.h"
#include "views/check.h"
#include "views/settings.h"

static const char own_words[] = N_("Nobody changes their own state, groups or rights.");

static bool is_own(const struct request *rq)
{
	return rq->person->id == rq->reader->person_id;
}

static struct url here(struct request *rq)
{
	return url_admin(rq->mem, "people", rq->person->login);
}

enum status page_admin_people(struct request *rq)
{
	struct admin_people_view view = {.query = str_trim(request_query(rq, "q"))};
	struct person *people;
	struct url more = url_with(rq->mem, URL("admin/people"), "q", view.query);

	TRY(person_list(&people, &view.n_people, rq->db, rq->mem, rq->reader,
			persons_key(rq->mem, view.query), request_query(rq, "after"),
			PEOPLE_STEP + 1));
	if (view.n_people > PEOPLE_STEP) {
		view.n_people = PEOPLE_STEP;
		view.pager.next = url_with(rq->mem, more, "after", people[PEOPLE_STEP - 1].login);
	}
	view.people = people;
	rq->no_store = true;
	return REPLY_HTML(rq, 200, admin_people, &view);
}

/* ---- the form of a person ----------------------------------------------------------------------- */

struct account_input {
	struct str login, name, office, position, languages, skills, phone, mail;
};

#define ACCOUNT_FIELDS                                                                             \
	{"office", FORM_WORD, offsetof(struct account_input, office), 64, 0},                      \
		{"position", FORM_LINE, offsetof(struct account_input, position), 200, 0},         \
		{"languages", FORM_LINE, offsetof(struct account_input, languages), 200, 0},       \
		{"skills", FORM_LINE, offsetof(struct account_input, skills), 200, 0},             \
		{"phone", FORM_LINE, offsetof(struct account_input, phone), 200, 0},               \
	{                                                                                          \
		"mail", FORM_LINE, offsetof(struct account_input, mail), 200, 0                    \
	}

static const struct form_field new_fields[] = {
	{"login", FORM_LINE, offsetof(struct account_input, login), 64, FORM_REQUIRED},
	{"name", FORM_LINE, offsetof(struct account_input, name), 200, FORM_REQUIRED},
	ACCOUNT_FIELDS,
};

static const struct form_field change_fields[] = {
	{"name", FORM_LINE, offsetof(struct account_input, name), 200, FORM_REQUIRED},
	ACCOUNT_FIELDS,
};

static struct person_input account_of(struct request *rq, const struct account_input *in)
{
	struct person_input out = {
		.login = in->login,
		.name = in->name,
		.office_key = in->office,
		.position = in->position,
		.languages = in->languages,
		.skills = in->skills,
		.phone = in->phone,
		.mail = in->mail,
	};

	if (in->name.ptr)
		out.name_key = script_key(rq->mem, in->name);
	return out;
}

/* What was typed, whatever was wrong with it. */
static struct account_input typed(const struct request *rq)
{
	return (struct account_input){
		.login = form_value(&rq->form, "login"),
		.name = form_value(&rq->form, "name"),
		.office = form_value(&rq->form, "office"),
		.position = form_value(&rq->form, "position"),
		.languages = form_value(&rq->form, "languages"),
		.skills = form_value(&rq->form, "skills"),
		.phone = form_value(&rq->form, "phone"),
		.mail = form_value(&rq->form, "mail"),
	};
}

static enum status fill_form(struct request *rq, struct person_form *form,
			     const struct account_input *in)
{
	struct office *offices;
	struct choice *choices;
	size_t n;

	*form = (struct person_form){
		.login = in->login,
		.name = in->name,
		.office = in->office,
		.position = in->position,
		.languages = in->languages,
		.skills = in->skills,
		.phone = in->phone,
		.mail = in->mail,
		.faults = &rq->faults,
	};
	TRY(office_list(&offices, &n, rq->db, rq->mem));
	choices = arena_array(rq->mem, n + 1, sizeof(*choices));
	choices[0] = (struct choice){STR_NONE, _("None"), !in->office.len};
	for (size_t i = 0; i < n; i++)
		choices[i + 1] = (struct choice){offices[i].key, offices[i].name,
						 str_eq(offices[i].key, in->office)};
	form->offices = choices;
	form->n_offices = n + 1;
	return ST_OK;
}

/* ---- adding ------------------------------------------------------------------------------------- */

static enum status show_new(struct request *rq, int http_status, const struct account_input *in)
{
	struct admin_person_new_view view = {0};

	TRY(fill_form(rq, &view.form, in));
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_person_new, &view);
}

enum status page_admin_person_new(struct request *rq)
{
	struct account_input empty = {0};

	return show_new(rq, 200, &empty);
}

/* The code is shown in the answer itself: it is kept nowhere, so no later page could show it. */
static enum status show_code(struct request *rq, const struct person *person, const char *code)
{
	struct secret_view view = {
		.heading = i18n_format(rq->mem, rq->lang, "One-time code for %1$s", person->name),
		.named = spoken_format(rq->mem, rq->lang, "One-time code for %1$s",
				       spoken(person->name)),
		.words = i18n_format(rq->mem, rq->lang,
				     "Give it to the person. It works once, within an hour, at "
				     "the sign-in page with the user name %1$s.",
				     person->login),
		.secret = str_c(code),
		.back = url_admin(rq->mem, "people", person->login),
	};

	rq->no_store = true;
	return REPLY_HTML(rq, 200, secret_show, &view);
}

static enum status reply_added(struct request *rq, const struct person *person, const char *code)
{
	struct json_out *j;

	if (!rq->json)
		return show_code(rq, person, code);
	rq->no_store = true;
	j = reply_json(rq, 201);
	jo_object(j, NULL);
	persons_json_person(j, person);
	jo_c(j, "code", code);
	jo_end(j);
	return ST_OK;
}

/* The account and its code, or neither. */
static enum status add(char code[SECRET_TEXT_LEN + 1], struct request *rq,
		       const struct person_input *input)
{
	AUTO(tx) struct tx tx = {0};
	int64_t id;

	TRY(tx_begin(&tx, rq->db));
	TRY(person_add(&id, rq->db, rq->mem, rq->reader, input));
	TRY(person_new_code(code, rq->db, rq->mem, rq->reader, input->login));
	return tx_commit(&tx);
}

enum status page_admin_person_add(struct request *rq)
{
	char code[SECRET_TEXT_LEN + 1];
	struct account_input in = {0};
	struct person_input input;
	struct person person;

	if (!proof_is_fresh(rq))
		return proof_ask(rq, URL("admin/people/new"));
	TRY(act_read(rq, &in, new_fields, COUNT(new_fields)));
	input = account_of(rq, &in);
	if (!rq->faults.count)
		TRY(act_try(rq, add(code, rq, &input), "login"));
	if (rq->faults.count) {
		in = typed(rq);
		return show_new(rq, 422, &in);
	}
	TRY(person_get(&person, rq->db, rq->mem, rq->reader, in.login));
	return reply_added(rq, &person, arena_c(rq->mem, str_c(code)));
}

/* ---- one account -------------------------------------------------------------------------------- */

/* The groups that the person is not in, to choose from. */
static enum status other_groups(struct request *rq, struct admin_person_view *view)
{
	struct group *all;
	struct group_ref *others;
	size_t n;

	TRY(group_list(&all, &n, rq->db, rq->mem, rq->reader));
	others = arena_array(rq->mem, n + 1, sizeof(*others));
	for (size_t i = 0; i < n; i++) {
		bool in = false;

		for (size_t k = 0; k < view->n_groups && !in; k++)
			in = view->groups[k].id == all[i].id;
		if (!in)
			others[view->n_other_groups++] =
				(struct group_ref){all[i].key, all[i].name};
	}
	view->other_groups = others;
	return ST_OK;
}

static enum status show_person(struct request *rq, int http_status, const struct account_input *in)
{
	struct admin_person_view view = {.person = rq->person, .own = is_own(rq)};
	struct group *groups;

	TRY(fill_form(rq, &view.form, in));
	TRY(group_list_of(&groups, &view.n_groups, rq->db, rq->mem, rq->reader, rq->person->login));
	view.groups = groups;
	TRY(other_groups(rq, &view));
	rq->no_store = true;
	return REPLY_HTML(rq, http_status, admin_person, &view);
}

static struct account_input stored(const struct person *person)
{
	return (struct account_input){
		.login = person->login,
		.name = person->name,
		.office = person->office_key,
		.position = person->position,
		.languages = person->languages,
		.skills = person->skills,
		.phone = person->phone,
		.mail = person->mail,
	};
}

enum status page_admin_person(struct request *rq)
{
	struct account_input in = stored(rq->person);

	return show_person(rq, 200, &in);
}

enum status page_admin_person_set(struct request *rq)
{
	struct account_input in = {0};
	struct person_input input;

	TRY(act_read(rq, &in, change_fields, COUNT(change_fields)));
	in.login = rq->person->login;
	input = account_of(rq, &in);
	if (!rq->faults.count)
		TRY(act_try(rq, person_set(rq->db, rq->mem, rq->reader, &input), "name"));
	if (rq->faults.count) {
		in = typed(rq);
		return show_person(rq, 422, &in);
	}
	return act_done(rq, here(rq), N_("The entry is saved."));
}

enum status page_admin_person_code(struct request *rq)
{
	char code[SECRET_TEXT_LEN + 1];

	if (is_own(rq))
		return act_refuse(rq, own_words);
	if (!proof_is_fresh(rq))
		return proof_ask(rq, here(rq));
	TRY(person_new_code(code, rq->db, rq->mem, rq->reader, rq->person->login));
	return show_code(rq, rq->person, arena_c(rq->mem, str_c(code)));
}

struct sure_input {
	bool sure;
};

static const struct form_field sure_fields[] = {
	{"sure", FORM_FLAG, offsetof(struct sure_input, sure), 0, 0},
};

static enum status check_sessions(struct request *rq)
{
	struct check_fact facts[] = {{.label = _("Person"), .after = rq->person->name}};
	struct str effects[2];
	struct person_effect effect;
	struct check_view view = {
		.heading = _("End all sessions"),
		.facts = facts,
		.n_facts = COUNT(facts),
		.effects = effects,
		.n_effects = COUNT(effects),
		.action = url_with_part(rq->mem, here(rq), "sessions"),
		.destroys = true,
		.button = _("End all sessions"),
		.back = here(rq),
		.admin = true,
	};

	TRY(effect_of_sessions(&effect, rq->db, rq->mem, rq->reader, rq->person->login));
	effects[0] = i18n_format_n(rq->mem, rq->lang, "%1$s session ends.", "%1$s sessions end.",
				   effect.sessions);
	effects[1] = _("The person signs in again to go on; what is being typed is not lost.");
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_admin_person_sessions(struct request *rq)
{
	struct sure_input in = {0};

	if (is_own(rq))
		return act_refuse(rq, own_words);
	TRY(request_read(rq, &in, sure_fields, COUNT(sure_fields)));
	if (!in.sure)
		return check_sessions(rq);
	TRY(person_end_sessions(rq->db, rq->mem, rq->reader, rq->person->login));
	return act_done(rq, here(rq), N_("All sessions of this person have ended."));
}

/* ---- disabling and enabling --------------------------------------------------------------------- */

struct state_input {
	struct str state;
	bool sure;
};

static const struct form_field state_fields[] = {
	{"state", FORM_WORD, offsetof(struct state_input, state), 16, FORM_REQUIRED},
	{"sure", FORM_FLAG, offsetof(struct state_input, sure), 0, 0},
};

static enum status check_disable(struct request *rq)
{
	struct check_field fields[] = {{STR("state"), STR("disabled")}};
	struct check_fact facts[] = {{.label = _("Person"), .after = rq->person->name}};
	struct person_effect effect;
	struct check_view view = {
		.heading = _("Disable the account"),
		.facts = facts,
		.n_facts = COUNT(facts),
		.action = url_with_part(rq->mem, here(rq), "state"),
		.fields = fields,
		.n_fields = COUNT(fields),
		.destroys = true,
		.button = _("Disable the account"),
		.back = here(rq),
		.admin = true,
	};

	TRY(effect_of_state(&effect, rq->db, rq->mem, rq->reader, rq->person->login,
			    PERSON_DISABLED));
	TRY(member_effects(&view, rq, &effect));
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_admin_person_state(struct request *rq)
{
	struct state_input in = {0};
	bool disable;

	if (is_own(rq))
		return act_refuse(rq, own_words);
	TRY(request_read(rq, &in, state_fields, COUNT(state_fields)));
	disable = str_is(in.state, "disabled");
	if (!disable && !str_is(in.state, "active"))
		return fail_on("state", ST_INVALID, "A state is active or disabled.");
	if (disable && !in.sure)
		return check_disable(rq);
	TRY(person_set_state(rq->db, rq->mem, rq->reader, rq->person->login,
			     disable ? PERSON_DISABLED : PERSON_ACTIVE));
	return act_done(rq, here(rq),
			disable ? N_("The account is disabled.") : N_("The account is enabled."));
}

/* ---- groups of the account ---------------------------------------------------------------------- */

struct membership_input {
	struct str group;
	bool remove, sure;
};

static const struct form_field membership_fields[] = {
	{"group", FORM_WORD, offsetof(struct membership_input, group), 64, FORM_REQUIRED},
	{"remove", FORM_FLAG, offsetof(struct membership_input, remove), 0, 0},
	{"sure", FORM_FLAG, offsetof(struct membership_input, sure), 0, 0},
};

enum status page_admin_person_groups(struct request *rq)
{
	struct membership_input in = {0};
	struct member_change change = {.login = rq->person->login,
				       .name = rq->person->name,
				       .back = here(rq),
				       .action = url_with_part(rq->mem, here(rq), "groups")};
	struct group group;

	if (is_own(rq))
		return act_refuse(rq, own_words);
	if (!proof_is_fresh(rq))
		return proof_ask(rq, here(rq));
	TRY(request_read(rq, &in, membership_fields, COUNT(membership_fields)));
	TRY(group_get(&group, rq->db, rq->mem, rq->reader, in.group));
	change.group = in.group;
	change.group_name = group.name;
	change.member = !in.remove;
	return in.sure ? member_apply(rq, &change) : member_check(rq, &change, "group", in.group);
}
