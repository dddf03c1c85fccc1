/* The words of a browser about itself, cut down to its name, its version and its system. */
#include "server/agent.h"

/* Most say that they are Chrome or Safari as well: the more special come first. */
static const struct {
	const char *sign, *name;
} browsers[] = {
	{"Edg/", "Edge"},     {"EdgA/", "Edge"},       {"YaBrowser/", "Yandex"},
	{"OPR/", "Opera"},    {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},   {"Version/", "Safari"},
};

static const struct {
	const char *sign, *name;
} systems[] = {
	{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
	{"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

/* "145" of "145.0.1 ...". */
static struct str major(struct str s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	return str_head(s, n);
}

static struct str browser_of(struct arena *mem, struct str agent)
{
	for (size_t i = 0; i < COUNT(browsers); i++) {
		struct str sign = str_c(browsers[i].sign);
		ptrdiff_t at = str_search(agent, sign);

		if (at >= 0) {
			struct str number = major(str_from(agent, (size_t)at + sign.len));

			return arena_printf(mem, "%s%s%.*s", browsers[i].name,
					    number.len ? " " : "", STR_ARG(number));
		}
	}
	return STR_NONE;
}

static struct str system_of(struct str agent)
{
	for (size_t i = 0; i < COUNT(systems); i++)
		if (str_search(agent, str_c(systems[i].sign)) >= 0)
			return str_c(systems[i].name);
	return STR_NONE;
}

struct str agent_words(struct arena *mem, struct str agent)
{
	struct str browser = browser_of(mem, agent);
	struct str system = system_of(agent);

	if (!browser.len)
		return agent;
	if (!system.len)
		return browser;
	return arena_printf(mem, "%.*s, %.*s", STR_ARG(browser), STR_ARG(system));
}
