/*
 * Where the links of a text lead for one reader. What he may not read resolves like what does not
 * exist. Articles, discussion and previews share it.
 */
#ifndef SERVER_RESOLVE_H
#define SERVER_RESOLVE_H

#include "schema/article.h"
#include "server/markup.h"

struct resolver {
	struct db *db;
	struct arena *mem; /* the addresses live here */
	const struct reader *who;
	struct str lang;      /* of the text: among equal titles its own language is meant */
	struct str space_key; /* where the text stands */
	struct str key;       /* of its article in that space: where relative links start */
};

/* For a text of this article, or of its discussion. */
struct resolver resolver_of(struct db *db, struct arena *mem, const struct reader *who,
			    const struct article *article) NONNULL;

/* The callbacks for markup_render(); `resolver` must live as long as they are used. */
struct markup_links resolver_links(struct resolver *resolver) NONNULL;

/*
 * The one article that a title means: written just so before folded the same before a former
 * title, then in the given language, then in the given space. NULL where several are as good.
 * `list` comes from article_find_title().
 */
const struct article *resolve_best(const struct article_list *list, struct str title,
				   struct str lang, struct str space_key) NONNULL;

#endif
