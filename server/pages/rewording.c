/* Texts that are to be changed. */
#include "server/pages/rewording.h"

void rewording_add(const struct rewording *to, struct request *rq, const char *field,
		   struct str label, struct str before, struct str after)
{
	struct check_view *view = to->view;

	if (!after.ptr || str_eq(before, after))
		return;
	to->fields[view->n_fields++] = (struct check_field){str_c(field), after};
	to->facts[view->n_facts++] = (struct check_fact){label, before.len ? before : _("None."),
							 after.len ? after : _("None.")};
}
