/* Putting people into groups and taking them out. */
#include "server/pages/member.h"

#include "schema/group.h"
#include "schema/space.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "views/check.h"

static struct spoken space_name(struct request *rq, const struct space *spaces, size_t n,
				struct str key)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(spaces[i].key, key))
			return space_spoken(&(struct out){.mem = rq->mem, .lang = rq->lang},
					    spaces[i].name);
	}
	return spoken(key);
}

static struct html sentence(struct request *rq, struct spoken space,
			    const struct space_effect *effect)
{
	struct out words = {.lang = rq->lang};

	return spoken_format(rq->mem, rq->lang, "%1$s: %2$s becomes %3$s.", space,
			     level_words(&words, (int)effect->before),
			     level_words(&words, (int)effect->after));
}

enum status member_effects(struct check_view *view, struct request *rq,
			   const struct person_effect *effect)
{
	struct html *spaces_said = arena_array(rq->mem, effect->n_spaces + 1, sizeof(*spaces_said));
	struct str *list = arena_array(rq->mem, 3, sizeof(*list));
	struct space *spaces;
	size_t n_spaces;

	TRY(space_list_all(&spaces, &n_spaces, rq->db, rq->mem, rq->reader, lang_tag(rq->lang)));
	for (size_t i = 0; i < effect->n_spaces; i++)
		spaces_said[i] =
			sentence(rq, space_name(rq, spaces, n_spaces, effect->spaces[i].space_key),
				 &effect->spaces[i]);
	view->named_effects = spaces_said;
	view->n_named_effects = effect->n_spaces;
	view->effects = list;
	if (!effect->n_spaces)
		list[view->n_effects++] = _("The access of this person does not change.");
	if (effect->sessions)
		list[view->n_effects++] = i18n_format_n(rq->mem, rq->lang, "%1$s session ends.",
							"%1$s sessions end.", effect->sessions);
	if (effect->tokens)
		list[view->n_effects++] = i18n_format_n(rq->mem, rq->lang, "%1$s token is revoked.",
							"%1$s tokens are revoked.", effect->tokens);
	return ST_OK;
}

enum status member_check(struct request *rq, const struct member_change *change, const char *field,
			 struct str value)
{
	struct check_field fields[] = {{str_c(field), value}, {STR("remove"), STR("1")}};
	struct str group =
		group_words(&(struct out){.lang = rq->lang}, change->group, change->group_name);
	struct check_fact facts[] = {{.label = _("Person"), .after = change->name},
				     {.label = _("Group"), .after = group}};
	struct person_effect effect;
	struct check_view view = {
		.heading = change->member ? _("Put into the group") : _("Take out of the group"),
		.facts = facts,
		.n_facts = COUNT(facts),
		.action = change->action,
		.fields = fields,
		.n_fields = change->member ? 1 : 2,
		.destroys = !change->member,
		.back = change->back,
		.admin = true,
	};

	TRY(effect_of_member(&effect, rq->db, rq->mem, rq->reader, change->group, change->login,
			     change->member));
	TRY(member_effects(&view, rq, &effect));
	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

enum status member_apply(struct request *rq, const struct member_change *change)
{
	TRY(group_set_member(rq->db, rq->mem, rq->reader, change->group, change->login,
			     change->member));
	return act_done(rq, change->back,
			change->member ? N_("The person is in the group now.")
				       : N_("The person is no longer in the group."));
}
