/* Changing what a group may do in a space. */
#include "server/pages/grant.h"

#include "schema/access.h"
#include "schema/group.h"
#include "schema/space.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/proof.h"
#include "views/check.h"

struct grant_input {
	struct str group, level;
	bool sure;
};

static const struct form_field grant_fields[] = {
	{"group", FORM_WORD, offsetof(struct grant_input, group), 64, FORM_REQUIRED},
	{"level", FORM_WORD, offsetof(struct grant_input, level), 16, FORM_REQUIRED},
	{"sure", FORM_FLAG, offsetof(struct grant_input, sure), 0, FORM_FORM_ONLY},
};

static struct str gain_words(struct request *rq, enum level level, int64_t n)
{
	switch (level) {
	case LEVEL_READ:
		return i18n_format_n(rq->mem, rq->lang, "%1$s person gains read access.",
				     "%1$s people gain read access.", n);
	case LEVEL_WRITE:
		return i18n_format_n(rq->mem, rq->lang, "%1$s person gains write access.",
				     "%1$s people gain write access.", n);
	case LEVEL_MANAGE:
		return i18n_format_n(rq->mem, rq->lang, "%1$s person becomes a manager.",
				     "%1$s people become managers.", n);
	case LEVEL_NONE:
		break;
	}
	return STR_NONE;
}

static struct str lose_words(struct request *rq, enum level left, int64_t n)
{
	switch (left) {
	case LEVEL_NONE:
		return i18n_format_n(rq->mem, rq->lang, "%1$s person loses all access.",
				     "%1$s people lose all access.", n);
	case LEVEL_READ:
		return i18n_format_n(rq->mem, rq->lang, "%1$s person can only read from then on.",
				     "%1$s people can only read from then on.", n);
	case LEVEL_WRITE:
		return i18n_format_n(rq->mem, rq->lang,
				     "%1$s person no longer manages, but can still write.",
				     "%1$s people no longer manage, but can still write.", n);
	case LEVEL_MANAGE:
		break;
	}
	return STR_NONE;
}

/* Sentences on what a change does to people: "132 people gain write access." At least one. */
static const struct str *effects_in_words(struct request *rq, const struct effect *effect,
					  size_t *n)
{
	struct str *out = arena_array(rq->mem, 2 * (LEVEL_MANAGE + 1) + 1, sizeof(*out));
	bool lost = false;

	*n = 0;
	for (int level = LEVEL_READ; level <= LEVEL_MANAGE; level++) {
		if (effect->gain[level])
			out[(*n)++] = gain_words(rq, (enum level)level, effect->gain[level]);
	}
	for (int level = LEVEL_NONE; level < LEVEL_MANAGE; level++) {
		if (!effect->lose[level])
			continue;
		out[(*n)++] = lose_words(rq, (enum level)level, effect->lose[level]);
		lost = true;
	}
	if (*n && !lost)
		out[(*n)++] = _("Nobody loses access.");
	if (!*n)
		out[(*n)++] = _("Nobody's access changes now.");
	return out;
}

static enum status level_before(enum level *out, struct request *rq, struct str key,
				struct str group)
{
	struct space_grant *grants;
	size_t n;

	*out = LEVEL_NONE;
	TRY(space_grants(&grants, &n, rq->db, rq->mem, rq->reader, key));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(grants[i].group_key, group))
			*out = grants[i].level;
	}
	return ST_OK;
}

static struct str level_label(struct request *rq, enum level level)
{
	struct out words = {.lang = rq->lang};

	return level_words(&words, (int)level);
}

static enum status show_check(struct request *rq, const struct space_target *t,
			      const struct grant_input *in, enum level level,
			      const struct effect *effect)
{
	struct out words = {.lang = rq->lang};
	enum level before;
	struct group group;
	struct check_fact facts[3];
	struct check_field fields[] = {{STR("group"), in->group}, {STR("level"), in->level}};
	struct check_view view = {
		.heading = _("Change access"),
		.facts = facts,
		.n_facts = COUNT(facts),
		.action = t->action,
		.fields = fields,
		.n_fields = COUNT(fields),
		.back = t->back,
		.admin = t->admin,
		.destroys = effect->lose[LEVEL_NONE] > 0,
	};

	TRY(level_before(&before, rq, t->key, in->group));
	TRY(group_get(&group, rq->db, rq->mem, rq->reader, in->group));
	facts[0] = (struct check_fact){.label = _("Group"),
				       .after = group_words(&words, group.key, group.name)};
	facts[1] = (struct check_fact){.label = _("Space"), .after = t->name};
	facts[2] = (struct check_fact){.label = _("Access"),
				       .before = level_label(rq, before),
				       .after = level_label(rq, level)};
	view.effects = effects_in_words(rq, effect, &view.n_effects);
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

/* What stands in the way: no such group or level, or nobody left who manages. */
static enum status judge(struct request *rq, const struct space_target *t,
			 const struct grant_input *in, enum level level, struct effect *effect)
{
	TRY(act_try(rq,
		    effect_of_grant(effect, rq->db, rq->mem, rq->reader, t->key, in->group, level),
		    "group"));
	if (!rq->faults.count && effect_orphans(effect))
		return act_fault(rq, "level",
				 N_("Nobody could manage the space then. Make another group its "
				    "manager first."));
	return ST_OK;
}

enum status grant_post(struct request *rq, const struct space_target *target)
{
	struct grant_input in = {0};
	struct effect effect = {0};
	enum level level = LEVEL_NONE;
	enum status outcome;

	if (!proof_is_fresh(rq))
		return proof_ask(rq, target->back);
	TRY(act_read(rq, &in, grant_fields, COUNT(grant_fields)));
	if (in.level.len && !level_parse(in.level, &level))
		TRY(act_fault(rq, "level", N_("Choose one of the levels.")));
	if (!rq->faults.count) {
		outcome = judge(rq, target, &in, level, &effect);
		if (outcome == ST_DENIED)
			return act_refuse(rq, N_("Nobody grants rights to a group of their own."));
		TRY(outcome);
	}
	if (rq->faults.count)
		return target->show(rq, 422);
	if (!in.sure && !rq->json)
		return show_check(rq, target, &in, level, &effect);
	TRY(space_grant(rq->db, rq->mem, rq->reader, target->key, in.group, level));
	return act_done(rq, target->back, N_("The access of the group is changed."));
}
