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
	const struct article_target *targets; /* of its links, by key, where looked up before */
	size_t n_targets;
	bool complete; /* a link that is not among them leads nowhere */
	int pictures;  /* looked up so far */
	const char
		*folder; /* where contents of files lie, or NULL: sizes of pictures stay unknown */
};

/* For a text of this article, or of its discussion. */
struct resolver resolver_of(struct db *db, struct arena *mem, const struct reader *who,
			    const struct article *article) NONNULL;

/*
 * Look up the links of the article's current text all at once, which is much quicker than one by one
 * while it is written. Without it, or for another text, the answers are the same.
 */
enum status resolver_prepare(struct resolver *resolver, const struct article *article)
	NONNULL MUST_USE;

/* The callbacks for markup_render(); `resolver` must live as long as they are used. */
struct markup_links resolver_links(struct resolver *resolver) NONNULL;

/*
 * The one article that a title means: written just so before folded the same before a former
 * title, then in the given language, then in the given space. NULL where several are as good.
 */
const struct article_target *resolve_best(const struct article_target *targets, size_t count,
					  struct str title, struct str lang, struct str space_key)
	NONNULL;

#endif
