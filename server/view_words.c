/* Words that views compute: faults of forms, levels, headings of refusals. */
#include "schema/access.h"
#include "schema/base/clock.h"
#include "server/views/error_view.h"
#include "server/words.h"

#define _(text) i18n(o->lang, "" text "")

struct str fault_words(const struct out *o, const struct form_faults *faults, const char *field)
{
	const char *words = faults ? form_fault_of(faults, field) : NULL;

	return words ? i18n(o->lang, words) : STR_NONE;
}

struct str fault_title(const struct out *o, const struct form_faults *faults, struct str title)
{
	if (!has_faults(faults))
		return title;
	return i18n_format(o->mem, o->lang, N_("Error: %1$s"), title);
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

struct str date_field(struct out *o, int64_t at)
{
	struct clock_date d = clock_date(at + (int64_t)o->zone * 60);

	return at ? arena_printf(o->mem, "%04d-%02d-%02d", d.year, d.month, d.day) : STR_NONE;
}

struct str date_machine(struct out *o, int64_t at)
{
	return clock_rfc3339(o->mem, at);
}

struct str error_heading(const struct out *o, int status)
{
	switch (status) {
	case 403:
		return _("You may not do this");
	case 404:
		return _("There is no such page, or you may not read it");
	case 409:
		return _("Somebody else was first");
	case 413:
		return _("That is too large");
	case 422:
		return _("This cannot be accepted");
	case 429:
		return _("Too many requests");
	case 503:
		return _("Devon is busy");
	default:
		return status >= 500 ? _("Something failed") : _("The request is not well-formed");
	}
}

struct str error_advice(const struct out *o, int status)
{
	switch (status) {
	case 403:
		return _("If you need to, ask the managers of the space for the right.");
	case 404:
		return _("Check the address, or search for what you need.");
	case 409:
		return _("Go back, reload the page and try again.");
	case 413:
		return _("Make it smaller and try again.");
	case 422:
		return _("Go back, correct it and send it again.");
	case 429:
	case 503:
		return _("Wait a minute and try again.");
	default:
		return status >= 500 ? _("It is not your fault. Try again; if it fails again, tell "
					 "the administrators the number.")
				     : _("Go back, reload the page and try again.");
	}
}
