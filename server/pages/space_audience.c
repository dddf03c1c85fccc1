/* Audiences of a space: named sets of readers, and who is on their lists. */
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/persons.h"
#include "server/pages/proof.h"

#include "schema/group.h"
#include "views/check.h"
#include "views/space.h"

static struct url audience_url(struct request *rq, struct str name)
{
	return url_with(rq->mem, url_space_part(rq->mem, rq->space->key, "audience"), "name", name);
}

/* ---- the list ------------------------------------------------------------------------------------ */

static enum status show_all(struct request *rq, int http_status)
{
	struct audiences_view view = {.space = rq->space, .faults = &rq->faults};
	struct audience *audiences;

	view.name = form_value(&rq->form, "name");
	view.can_manage =
		allow(rq->reader, ACT_MANAGE, &(struct object){.space_id = rq->space->id});
	TRY(audience_list(&audiences, &view.n_audiences, rq->db, rq->mem, rq->reader,
			  rq->space->key));
	view.audiences = audiences;
	return REPLY_HTML(rq, http_status, space_audiences, &view);
}

enum status page_space_audiences(struct request *rq)
{
	return show_all(rq, 200);
}

struct add_input {
	struct str name;
};

static const struct form_field add_fields[] = {
	{"name", FORM_LINE, offsetof(struct add_input, name), 200, FORM_REQUIRED},
};

enum status page_space_audience_add(struct request *rq)
{
	struct add_input in = {0};
	int64_t id;

	TRY(act_read(rq, &in, add_fields, COUNT(add_fields)));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    audience_add(&id, rq->db, rq->mem, rq->reader, rq->space->key, in.name),
			    "name"));
	if (rq->faults.count)
		return show_all(rq, 422);
	return act_done(rq, audience_url(rq, in.name),
			N_("The audience was made. Put its readers on the list."));
}

/* ---- one of them --------------------------------------------------------------------------------- */

/* By its name in the query, because its number would tell how many there are elsewhere. */
static enum status find(struct audience *out, struct request *rq)
{
	struct str name = request_query(rq, "name");
	struct audience *list;
	size_t count;

	TRY(audience_list(&list, &count, rq->db, rq->mem, rq->reader, rq->space->key));
	for (size_t i = 0; i < count; i++) {
		if (list[i].restricted && str_eq(list[i].name, name)) {
			*out = list[i];
			return ST_OK;
		}
	}
	return fail(ST_NOT_FOUND, "the space has no such audience");
}

static enum status show(struct request *rq, int http_status, const struct audience *audience)
{
	struct str level = form_value(&rq->form, "level");
	struct choice levels[] = {{STR("read"), _("Read"), !str_is(level, "write")},
				  {STR("write"), _("Write"), str_is(level, "write")}};
	struct audience_view view = {.space = rq->space,
				     .audience = audience,
				     .group = form_value(&rq->form, "group"),
				     .person = form_value(&rq->form, "person"),
				     .levels = levels,
				     .n_levels = COUNT(levels),
				     .faults = &rq->faults};
	struct audience_reader *readers;

	rq->no_store = true;
	TRY(audience_readers(&readers, &view.n_readers, rq->db, rq->mem, rq->reader, audience->id));
	view.readers = readers;
	TRY(persons_group_refs(&view.groups, &view.n_groups, rq));
	return REPLY_HTML(rq, http_status, space_audience, &view);
}

enum status page_space_audience_form(struct request *rq)
{
	struct audience audience;

	TRY(find(&audience, rq));
	return show(rq, 200, &audience);
}

/* ---- a reader more or less ----------------------------------------------------------------------- */

struct reader_input {
	struct str group, person, level;
	bool sure;
};

static const struct form_field reader_fields[] = {
	{"group", FORM_WORD, offsetof(struct reader_input, group), 64, 0},
	{"person", FORM_WORD, offsetof(struct reader_input, person), 64, 0},
	{"level", FORM_WORD, offsetof(struct reader_input, level), 16, FORM_REQUIRED},
	{"sure", FORM_FLAG, offsetof(struct reader_input, sure), 0, FORM_FORM_ONLY},
};

/* Whom the change is about: a group with its members, or one person. */
struct subject {
	struct str name;
	int64_t people;
};

static enum status find_subject(struct subject *out, struct request *rq,
				const struct reader_input *in)
{
	struct group group;
	struct person person;
	enum status outcome;

	if (in->group.len) {
		outcome = group_get(&group, rq->db, rq->mem, rq->reader, in->group);
		if (outcome == ST_NOT_FOUND)
			return act_fault(rq, "group", N_("There is no such group."));
		TRY(outcome);
		*out = (struct subject){
			group_words(&(struct out){.lang = rq->lang}, group.key, group.name),
			group.members};
		return ST_OK;
	}
	if (!in->person.len)
		return act_fault(rq, "group", N_("Choose a group, or name a person."));
	outcome = person_get(&person, rq->db, rq->mem, rq->reader, in->person);
	if (outcome == ST_NOT_FOUND)
		return act_fault(rq, "person", N_("There is no such person."));
	TRY(outcome);
	*out = (struct subject){person.name, 1};
	return ST_OK;
}

static struct str level_label(const struct request *rq, enum level level)
{
	if (level == LEVEL_NONE)
		return _("No access");
	return level == LEVEL_READ ? _("Read") : _("Write");
}

static enum status check(struct request *rq, const struct audience *audience,
			 const struct reader_input *in, const struct subject *subject,
			 enum level level)
{
	struct check_fact facts[] = {
		{_("Space"), STR_NONE, space_said(rq, rq->space->name)},
		{_("Audience"), STR_NONE, audience->name},
		{in->group.len ? _("Group") : _("Person"), STR_NONE, subject->name},
		{_("Level"), STR_NONE, level_label(rq, level)},
	};
	struct check_field fields[] = {
		{STR("group"), in->group}, {STR("person"), in->person}, {STR("level"), in->level}};
	struct str effects[] = {
		i18n_format_n(rq->mem, rq->lang, "%1$s person is concerned.",
			      "%1$s people are concerned.", subject->people),
		_("A list only narrows: who may not read the space reads nothing of it this way."),
	};
	struct check_view view = {.heading = _("Change the readers of an audience"),
				  .facts = facts,
				  .n_facts = COUNT(facts),
				  .effects = effects,
				  .n_effects = COUNT(effects),
				  .action = audience_url(rq, audience->name),
				  .fields = fields,
				  .n_fields = COUNT(fields),
				  .destroys = level == LEVEL_NONE,
				  .back = audience_url(rq, audience->name)};

	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status page_space_audience_set(struct request *rq)
{
	struct reader_input in = {0};
	struct subject subject = {0};
	struct audience audience;
	enum level level = LEVEL_NONE;

	TRY(find(&audience, rq));
	if (!proof_is_fresh(rq))
		return proof_ask(rq, audience_url(rq, audience.name));
	TRY(act_read(rq, &in, reader_fields, COUNT(reader_fields)));
	if (!rq->faults.count && !(level_parse(in.level, &level) && level <= LEVEL_WRITE))
		TRY(act_fault(rq, "level", N_("There is no such level.")));
	if (!rq->faults.count)
		TRY(find_subject(&subject, rq, &in));
	if (!rq->faults.count && !in.sure)
		return check(rq, &audience, &in, &subject, level);
	if (!rq->faults.count)
		TRY(act_try(rq,
			    audience_set_reader(rq->db, rq->mem, rq->reader, audience.id, in.group,
						in.person, level),
			    "group"));
	if (rq->faults.count)
		return show(rq, 422, &audience);
	return act_done(rq, audience_url(rq, audience.name), N_("The readers were changed."));
}
