/* Words that the views of searches compute. */
#include "server/asked.h"
#include "server/views/report_view.h"
#include "server/views/saved_view.h"

#define _(text) i18n(o->lang, (text))

struct str alert_words(const struct out *o, enum alert alert)
{
	switch (alert) {
	case ALERT_NONE:
		return _("Never");
	case ALERT_DAILY:
		return _("Once a day");
	case ALERT_WEEKLY:
	case ALERT_KINDS:
		break;
	}
	return _("Once a week");
}

struct str saved_address(struct arena *mem, const struct search_asked *asked)
{
	return asked_address(mem, asked);
}

struct str report_words(const struct out *o, enum search_report_kind kind)
{
	switch (kind) {
	case SEARCH_REPORT_ALL:
		return _("Asked most");
	case SEARCH_REPORT_NOTHING:
		return _("Without results");
	case SEARCH_REPORT_CLOSED:
	case SEARCH_REPORT_KINDS:
		break;
	}
	return _("With results of which none was opened");
}
