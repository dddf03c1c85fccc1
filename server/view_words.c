/* Words that views compute: faults of forms, levels, headings of refusals. */
#include "schema/access.h"
#include "schema/base/clock.h"
#include "schema/base/utf8.h"
#include "schema/index_kind.h"
#include "server/views/admin_view.h"
#include "server/views/article_view.h"
#include "server/views/check_view.h"
#include "server/views/error_view.h"
#include "server/views/files_view.h"
#include "server/views/search_view.h"
#include "server/words.h"

#define _(text) i18n(o->lang, (text))

enum { WORDS_KNOWN = 120 }; /* bytes of a message's beginning */

struct str fault_words(const struct out *o, const struct form_faults *faults, const char *field)
{
	const char *words = faults ? form_fault_of(faults, field) : NULL;

	return words ? i18n(o->lang, words) : STR_NONE;
}

/* Labels of the fields of our forms, for the summary of what was refused. */
static const struct {
	const char *field, *label;
} labels[] = {
	{"again", N_("New password again")},
	{"audience", N_("Audience")},
	{"body", N_("Text")},
	{"city", N_("City")},
	{"code", N_("One-time code")},
	{"comment", N_("What you changed")},
	{"country", N_("Country")},
	{"current", N_("Current password")},
	{"description", N_("Description")},
	{"group", N_("Group")},
	{"key", N_("Key")},
	{"kind", N_("Kind")},
	{"lang", N_("Language")},
	{"languages", N_("Languages")},
	{"level", N_("Level")},
	{"login", N_("User name")},
	{"mail", N_("E-mail")},
	{"name", N_("Name")},
	{"office", N_("Office")},
	{"parent", N_("Parent article")},
	{"password", N_("Password")},
	{"person", N_("Person")},
	{"phone", N_("Phone")},
	{"position", N_("Position")},
	{"reason", N_("Reason")},
	{"skills", N_("Knows about")},
	{"space", N_("Space")},
	{"status", N_("Status")},
	{"tags", N_("Tags")},
	{"theme", N_("Theme")},
	{"time_zone", N_("Time zone")},
	{"title", N_("Title")},
};

struct str fault_line(struct out *o, const struct form_fault *fault)
{
	struct str words = i18n(o->lang, fault->words);

	for (size_t i = 0; i < COUNT(labels); i++)
		if (strcmp(labels[i].field, fault->field) == 0)
			return i18n_format(o->mem, o->lang, N_("%1$s: %2$s"),
					   i18n(o->lang, labels[i].label), words);
	return words;
}

struct str fault_title(const struct out *o, const struct form_faults *faults, struct str title)
{
	if (!has_faults(faults))
		return title;
	return i18n_format(o->mem, o->lang, N_("Error: %1$s"), title);
}

struct str domain_words(const struct out *o, struct str domain)
{
	static const char *const known[] = {N_("capitals"), N_("consular"),      N_("diplomatic"),
					    N_("legal"),    N_("organisations"), N_("policy"),
					    N_("states")};

	for (size_t i = 0; i < COUNT(known); i++) {
		if (str_is(domain, known[i]))
			return i18n(o->lang, known[i]);
	}
	return domain;
}

struct str group_words(const struct out *o, struct str key, struct str name)
{
	bool ours = str_is(key, GROUP_STAFF) && str_is(name, GROUP_STAFF_NAME);

	return ours ? i18n(o->lang, N_("All staff")) : name;
}

struct str outcome_words(const struct out *o, struct str outcome)
{
	static const struct {
		const char *code, *words;
	} known[] = {
		{"ok", N_("done")},
		{"denied", N_("not allowed")},
		{"refused", N_("refused")},
		{"failed", N_("failed")},
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		if (str_is(outcome, known[i].code))
			return i18n(o->lang, known[i].words);
	}
	return outcome;
}

struct str first_words(const struct out *o, struct str text)
{
	struct str line = STR("");

	while (text.ptr && (line.len == 0 || line.ptr[0] == '>'))
		line = str_trim(str_cut(&text, '\n'));
	if (line.len <= WORDS_KNOWN)
		return line;
	line = utf8_head(line, WORDS_KNOWN);
	return arena_printf(o->mem, "%.*s…", STR_ARG(line));
}

struct str space_words(const struct out *o, struct space_text text)
{
	return words_space(o->mem, o->lang, text).text;
}

struct spoken space_spoken(const struct out *o, struct space_text text)
{
	struct space_text said = words_space(o->mem, o->lang, text);

	return spoken_in(said.lang, said.text);
}

struct str level_words(const struct out *o, int level)
{
	switch ((enum level)level) {
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

struct str person_state_words(const struct out *o, enum person_state state)
{
	switch (state) {
	case PERSON_ACTIVE:
		return _("active");
	case PERSON_LOCKED:
		return _("locked");
	case PERSON_DISABLED:
		return _("disabled");
	}
	return STR_NONE;
}

struct str chosen_value(const struct choice *choices, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (choices[i].chosen)
			return choices[i].value;
	return n ? choices[0].value : STR_NONE;
}

size_t article_contents_count(const struct article_view *v)
{
	size_t count = 0;

	for (size_t i = 0; i < v->content.n_headings; i++)
		count += v->content.headings[i].level <= 3;
	return count;
}

struct str date_machine(struct out *o, int64_t at)
{
	return clock_rfc3339(o->mem, at);
}

struct str error_heading(const struct out *o, int status)
{
	switch (status) {
	case 401:
		return _("You are not signed in");
	case 403:
		return _("You may not do this");
	case 404:
		return _("There is no such page, or you may not read it");
	case 408:
		return _("The request did not arrive in time");
	case 409:
		return _("Somebody else was first");
	case 413:
		return _("That is too large");
	case 414:
		return _("The address is too long");
	case 421:
		return _("This is not an address of Devon");
	case 422:
		return _("This cannot be accepted");
	case 429:
		return _("Too many requests");
	case 431:
		return _("The browser sent too much");
	case 503:
		return _("Devon is busy");
	default:
		return status >= 500 ? _("Something failed") : _("The request is not well-formed");
	}
}

struct str error_advice(const struct out *o, int status)
{
	switch (status) {
	case 401:
		return _("Sign in; then go back, reload the page and do it again.");
	case 403:
		return _("If you need to, ask the managers of the space for the right.");
	case 404:
		return _("Check the address, or search for what you need.");
	case 409:
		return _("Go back, reload the page and try again.");
	case 413:
		return _(
			"Go back: what you typed is still there. Make it smaller and send it again.");
	case 408:
		return _("The connection is slow or was interrupted. Try again.");
	case 414:
		return _("Go back, or open the first page and search for what you need.");
	case 421:
		return _("Check the address in the browser, or ask the administrators for the "
			 "right one.");
	case 422:
		return _("Go back, correct it and send it again.");
	case 431:
		return _("Delete the cookies of this site in the browser, then sign in again.");
	case 429:
	case 503:
		return _("Wait a minute and try again.");
	default:
		return status >= 500 ? _("It is not your fault. Try again; if it fails again, tell "
					 "the administrators the number.")
				     : _("Go back, reload the page and try again.");
	}
}

/* ---- addresses of a search ----------------------------------------------------------------------- */

static bool dropped(struct search_change change, const char *name, struct str value)
{
	return change.no_filters ||
	       (str_is(change.drop_name, name) &&
		(change.drop_value.len == 0 || str_eq(change.drop_value, value)));
}

static struct url with_list(struct arena *mem, struct url url, struct search_change change,
			    const char *name, const struct str_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!dropped(change, name, list->items[i]))
			url = url_with(mem, url, name, list->items[i]);
	return url;
}

struct url search_url(struct arena *mem, const struct search_asked *asked,
		      struct search_change change)
{
	struct url url = change.feed ? URL("search.atom") : URL("search");

	url = url_with(mem, url, "q", change.query.len ? change.query : asked->query);
	url = with_list(mem, url, change, "space", &asked->spaces);
	url = with_list(mem, url, change, "lang", &asked->langs);
	url = with_list(mem, url, change, "type", &asked->types);
	url = with_list(mem, url, change, "tag", &asked->tags);
	url = with_list(mem, url, change, "author", &asked->authors);
	url = with_list(mem, url, change, "office", &asked->offices);
	if (!dropped(change, "date", STR_NONE)) {
		url = url_with(mem, url, "after", asked->after);
		url = url_with(mem, url, "before", asked->before);
	}
	if (str_is(asked->sort, "date") && !change.feed)
		url = url_with(mem, url, "sort", asked->sort);
	if (asked->as_typed || change.as_typed)
		url = url_with(mem, url, "exact", STR("1"));
	return url;
}

size_t search_filters(const struct search_asked *asked)
{
	return asked->spaces.count + asked->langs.count + asked->types.count + asked->tags.count +
	       asked->authors.count + asked->offices.count +
	       (asked->after.len || asked->before.len);
}

struct str search_facet_label(const struct out *o, struct str name)
{
	if (str_is(name, "space"))
		return _("Space");
	if (str_is(name, "lang"))
		return _("Language");
	if (str_is(name, "type"))
		return _("Type");
	if (str_is(name, "tag"))
		return _("Tag");
	if (str_is(name, "author"))
		return _("Person");
	if (str_is(name, "office"))
		return _("Office");
	if (str_is(name, "date"))
		return _("Changed");
	return str_is(name, "year") ? _("Year") : name;
}

struct str file_type_label(struct arena *mem, struct str type)
{
	char *label = arena_c(mem, type);

	for (char *c = label; *c; c++)
		*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
	return str_c(label);
}

struct str search_kind_label(enum lang lang, struct str type)
{
	static const char *const kinds[] = {
		[INDEX_ARTICLE] = N_("Article"),
		[INDEX_THREAD] = N_("Discussion"),
		[INDEX_FILE] = N_("File"),
	};
	_Static_assert(COUNT(kinds) == INDEX_KIND_COUNT, "each kind has its label");
	enum index_kind kind;

	return index_kind_parse(&kind, type) ? i18n(lang, kinds[kind]) : type;
}

struct html check_heading(const struct out *o, const struct check_view *v)
{
	return html_is(v->named) ? v->named : spoken_plain(o->mem, v->heading);
}

struct spoken spoken_choice(const struct choice *it)
{
	enum lang lang;
	bool names_itself = lang_from_tag(it->value, &lang) && str_eq(it->label, lang_name(lang));

	return spoken_in(names_itself ? it->value : STR_NONE, it->label);
}

struct str office_kind_words(const struct out *o, struct str kind)
{
	static const char *const known[] = {N_("department"), N_("embassy"), N_("consulate")};

	for (size_t i = 0; i < COUNT(known); i++)
		if (str_is(kind, known[i]))
			return _(known[i]);
	return kind;
}
