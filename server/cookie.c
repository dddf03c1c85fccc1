/* Reading and writing our two cookies. */
#include "server/cookie.h"

static const char *name_of(enum cookie cookie, bool tls)
{
	static const char *const names[][2] = {
		[COOKIE_SESSION] = {"devon", "__Host-devon"},
		[COOKIE_VISIT] = {"devon-visit", "__Host-devon-visit"},
		[COOKIE_LANGUAGE] = {"devon-language", "__Host-devon-language"},
		[COOKIE_THEME] = {"devon-theme", "__Host-devon-theme"},
	};

	return names[cookie][tls];
}

bool cookie_find(struct str *out, struct str header, enum cookie cookie, bool tls)
{
	const char *wanted = name_of(cookie, tls);
	bool seen = false;

	*out = STR_NONE;
	while (header.ptr) {
		struct str value = str_cut(&header, ';');
		struct str name = str_trim(str_cut(&value, '='));

		if (!str_is(name, wanted))
			continue;
		if (seen)
			return false;
		seen = true;
		*out = str_trim(value);
	}
	return true;
}

struct str cookie_make(struct arena *mem, enum cookie cookie, struct str secret, bool tls)
{
	return arena_printf(mem, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s",
			    name_of(cookie, tls), STR_ARG(secret), tls ? "; Secure" : "",
			    secret.len ? "" : "; Max-Age=0");
}
