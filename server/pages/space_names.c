/* What a space is called in each language: the form, the page to check, the change. */
#include "server/pages/space_names.h"

#include "schema/space.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/pages/rewording.h"
#include "views/check.h"

/* First the name whose language nobody said, then those of the languages in their order. */
enum { FIRST, NAMES = LANG_COUNT + 1, NAME_MOST = 200, DESCRIPTION_MOST = 4096 };

struct names_input {
	struct str name[NAMES], description[NAMES];
	struct str lang;  /* of the first two, where a program names one */
	bool sure, again; /* again: back from the page to check, to the form as it was filled in */
};

#define NAME_FIELDS(at, tag)                                                                       \
	{"name" tag, FORM_LINE, offsetof(struct names_input, name[at]), NAME_MOST, 0},             \
	{                                                                                          \
		"description" tag, FORM_TEXT, offsetof(struct names_input, description[at]),       \
			DESCRIPTION_MOST, 0                                                        \
	}

static const struct form_field fields[] = {
	NAME_FIELDS(FIRST, ""),
	NAME_FIELDS(1 + LANG_UZ_LATN, "-uz-Latn"),
	NAME_FIELDS(1 + LANG_UZ_CYRL, "-uz-Cyrl"),
	NAME_FIELDS(1 + LANG_RU, "-ru"),
	NAME_FIELDS(1 + LANG_EN, "-en"),
	{"lang", FORM_WORD, offsetof(struct names_input, lang), 16, 0},
	{"sure", FORM_FLAG, offsetof(struct names_input, sure), 0, FORM_FORM_ONLY},
	{"again", FORM_FLAG, offsetof(struct names_input, again), 0, FORM_FORM_ONLY},
};

/* "" for the first, else its tag. */
static struct str tag_of(size_t at)
{
	return at == FIRST ? STR("") : lang_tag((enum lang)(at - 1));
}

static size_t place_of(struct str lang)
{
	enum lang known;

	return lang_from_tag(lang, &known) ? 1 + (size_t)known : FIRST;
}

static const char *field_name(struct request *rq, const char *what, size_t at)
{
	struct str tag = tag_of(at);

	return at == FIRST ? what : arena_printf(rq->mem, "%s-%.*s", what, STR_ARG(tag)).ptr;
}

/* What the record holds, in the places of the form; `first` is that of the first name. */
static enum status load(struct space_name out[NAMES], size_t *first, struct request *rq,
			struct str key)
{
	struct space_name *list;
	size_t count;

	for (size_t i = 0; i < NAMES; i++)
		out[i] = (struct space_name){tag_of(i), STR(""), STR("")};
	TRY(space_names(&list, &count, rq->db, rq->mem, rq->reader, key));
	for (size_t i = 0; i < count; i++)
		out[place_of(list[i].lang)] = list[i];
	*first = count ? place_of(list[0].lang) : FIRST;
	return ST_OK;
}

/* ---- the form ------------------------------------------------------------------------------------ */

static struct str shown(struct request *rq, const char *field, struct str stored)
{
	return form_find(&rq->form, field) ? form_value(&rq->form, field) : stored;
}

enum status space_names_fill(struct space_settings_view *out, struct request *rq, struct str key)
{
	struct space_name_field *list = arena_array(rq->mem, NAMES, sizeof(*list));
	struct space_name stored[NAMES];
	size_t first;

	TRY(load(stored, &first, rq, key));
	for (size_t i = first == FIRST ? FIRST : 1; i < NAMES; i++) {
		struct space_name_field *f = &list[out->n_names++];

		f->name_field = field_name(rq, "name", i);
		f->description_field = field_name(rq, "description", i);
		f->lang = tag_of(i);
		f->label = i == FIRST ? _("In languages without a name of their own")
				      : lang_name((enum lang)(i - 1));
		f->name = shown(rq, f->name_field, stored[i].name);
		f->description = shown(rq, f->description_field, stored[i].description);
		f->required = i == first;
		out->unsaved = out->unsaved || form_find(&rq->form, f->name_field) ||
			       form_find(&rq->form, f->description_field);
	}
	out->names = list;
	return ST_OK;
}

/* ---- the change ---------------------------------------------------------------------------------- */

static enum status show_check(struct request *rq, const struct space_target *t,
			      const struct names_input *in, const struct space_name *stored)
{
	struct check_fact facts[2 * NAMES + 1] = {{_("Space"), STR_NONE, t->name}};
	struct check_field sent[2 * NAMES];
	struct str effect =
		_("All who read the space see it by the name in their language at once.");
	struct check_view view = {
		.heading = _("Name and description"),
		.facts = facts,
		.n_facts = 1,
		.action = t->action,
		.fields = sent,
		.effects = &effect,
		.n_effects = 1,
		.back = t->back,
		.typed = true,
		.admin = t->admin,
	};
	const struct rewording rewording = {&view, facts, sent};

	for (size_t i = 0; i < NAMES; i++) {
		struct str lang = i ? lang_name((enum lang)(i - 1)) : _("first one");

		rewording_add(&rewording, rq, field_name(rq, "name", i),
			      i18n_format(rq->mem, rq->lang, "%1$s: %2$s", _("Name"), lang),
			      stored[i].name, in->name[i]);
		rewording_add(&rewording, rq, field_name(rq, "description", i),
			      i18n_format(rq->mem, rq->lang, "%1$s: %2$s", _("Description"), lang),
			      stored[i].description, in->description[i]);
	}
	rq->no_store = true;
	if (view.n_facts == 1)
		return act_done(rq, t->back, N_("Nothing was changed."));
	return REPLY_HTML(rq, 200, check_show, &view);
}

/* A program names the language beside the name, or means the first one: so each comes to its place. */
static enum status place(struct request *rq, struct names_input *in, size_t first)
{
	size_t at = in->lang.len ? place_of(in->lang) : first;

	if (in->lang.len && at == FIRST)
		return act_fault(rq, "lang", N_("Choose one of the languages."));
	if (at == FIRST || (!in->name[FIRST].ptr && !in->description[FIRST].ptr))
		return ST_OK;
	in->name[at] = in->name[FIRST];
	in->description[at] = in->description[FIRST];
	in->name[FIRST] = in->description[FIRST] = STR_NONE;
	return ST_OK;
}

/* The first name cannot be taken away: the others stand in for it nowhere. */
static enum status check_first(struct request *rq, const struct names_input *in, size_t first)
{
	if (in->name[first].ptr && !in->name[first].len)
		return act_fault(rq, field_name(rq, "name", rq->json ? FIRST : first),
				 N_("This is needed."));
	return ST_OK;
}

static enum status save(struct request *rq, struct str key, const struct names_input *in)
{
	AUTO(tx) struct tx tx = {0};

	TRY(tx_begin(&tx, rq->db));
	for (size_t i = 0; i < NAMES; i++) {
		struct space_input input = {.key = key,
					    .name = in->name[i],
					    .description = in->description[i],
					    .lang = tag_of(i)};

		if (input.name.ptr || input.description.ptr)
			TRY(space_set(rq->db, rq->mem, rq->reader, key, &input));
	}
	return tx_commit(&tx);
}

enum status space_names_post(struct request *rq, const struct space_target *target)
{
	struct names_input in = {0};
	struct space_name stored[NAMES];
	size_t first;

	TRY(act_read(rq, &in, fields, COUNT(fields)));
	TRY(load(stored, &first, rq, target->key));
	TRY(place(rq, &in, first));
	if (!rq->faults.count)
		TRY(check_first(rq, &in, first));
	if (rq->faults.count)
		return target->show(rq, 422);
	if (in.again && !rq->json)
		return target->show(rq, 200);
	if (!in.sure && !rq->json)
		return show_check(rq, target, &in, stored);
	TRY(save(rq, target->key, &in));
	return act_done(rq, target->back, N_("The space is saved."));
}

void space_names_json(struct json_out *j, struct request *rq, const struct space_name *names,
		      size_t n)
{
	jo_object(j, "names");
	for (size_t i = 0; i < n; i++) {
		if (names[i].lang.len && names[i].name.len)
			jo_str(j, arena_c(rq->mem, names[i].lang), names[i].name);
	}
	jo_end(j);
}
