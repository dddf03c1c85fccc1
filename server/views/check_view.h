/* "Check before you apply": what a risky change would do. It posts the same fields again, with `sure`. */
#ifndef SERVER_VIEWS_CHECK_VIEW_H
#define SERVER_VIEWS_CHECK_VIEW_H

#include "server/views/page.h"

struct check_fact {
	struct str label;         /* "Group", "Level" */
	struct str before, after; /* only `after`: a plain fact; both: shown as a change */
};

struct check_field {
	struct str name, value;
};

struct check_view {
	struct str heading; /* "Give “Consuls” write access to “Legal”" */
	struct html named;  /* the same, where a name in it has a language of its own, or none */
	const struct check_fact *facts;
	size_t n_facts;
	const struct str *effects; /* sentences: "132 people gain write access." */
	size_t n_effects;
	const struct html *named_effects; /* further ones with names in them, shown first */
	size_t n_named_effects;
	struct str warning; /* or empty */
	struct url action;
	const struct check_field *fields; /* sent again, hidden; `sure` is added */
	size_t n_fields;
	bool asks_reason;  /* a field `reason`, required */
	struct str reason; /* as typed */
	bool destroys;     /* the button warns */
	struct str button; /* "Apply", "Delete" ...; empty: "Apply" */
	struct url back;
	bool typed; /* the fields hold what somebody wrote: the way back sends them too, with `again` */
	bool admin; /* shown in the frame of the administration */
	const struct form_faults *faults;
};

/* What stands in the <h1>. */
struct html check_heading(const struct out *o, const struct check_view *v) NONNULL;

#endif
