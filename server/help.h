/* Which article of the help explains a page. Keys of those articles: "help/search.ru.md" in the space "help". */
#ifndef SERVER_HELP_H
#define SERVER_HELP_H

#include "server/url.h"

struct help {
	const char *path;  /* of pages: "*" stands for one part, what follows fits too */
	const char *topic; /* "search" */
	const char *words; /* what the link says, marked with N_() */
};

/* For the page at this address (its query does not matter); NULL where the help as a whole fits best. */
const struct help *help_for(struct str path);

/* /help/TOPIC, which finds the article in the reader's language; /s/help for NULL. */
struct url help_url(struct arena *mem, const struct help *help) __attribute__((nonnull(1)));

#endif
