/* Which article of the help explains a page. */
#include "server/help.h"

/* The first that fits. */
static const struct help pages[] = {
	{"/search", "search", N_("How to search")},
	{"/settings/searches", "search", N_("How to search")},
	{"/new", "markdown", N_("How to mark up text")},
	{"/a/*/edit", "markdown", N_("How to mark up text")},
	{"/a/*/talk", "discussion", N_("How to discuss")},
	{"/a/*/access", "access", N_("Who sees what")},
	{"/a/*/history", "history", N_("How to compare and restore")},
	{"/a/*/diff", "history", N_("How to compare and restore")},
	{"/a/*/r", "history", N_("How to compare and restore")},
	{"/a/*/move", "managers", N_("Help for managers")},
	{"/s/*/audience", "access", N_("Who sees what")},
	{"/s/*/audiences", "access", N_("Who sees what")},
	{"/s/*/recent", "changes", N_("How to follow changes")},
	{"/s/*/settings", "managers", N_("Help for managers")},
	{"/s/*/searches", "managers", N_("Help for managers")},
	{"/s/*/bets", "managers", N_("Help for managers")},
	{"/s/*/trash", "managers", N_("Help for managers")},
	{"/changes", "changes", N_("How to follow changes")},
	{"/admin/access", "access", N_("Who sees what")},
	{"/admin", "admins", N_("Help for administrators")},
};

/* True where every part of the pattern fits the part of the path at its place. */
static bool fits(struct str path, struct str pattern)
{
	while (pattern.len) {
		struct str wanted = str_cut(&pattern, '/'), part = str_cut(&path, '/');

		if (!str_eq(part, wanted) && !(str_is(wanted, "*") && part.len))
			return false;
	}
	return true;
}

const struct help *help_for(struct str path)
{
	path = str_cut(&path, '?');
	for (size_t i = 0; i < COUNT(pages); i++) {
		if (fits(path, str_c(pages[i].path)))
			return &pages[i];
	}
	return NULL;
}

struct url help_url(struct arena *mem, const struct help *help)
{
	return help ? url_with_part(mem, URL("help"), help->topic) : URL("s/help");
}
