/*
 * From what people write to what the record keeps: Markdown converted by the child, titles and tags
 * folded, links taken apart. Pages and the import share it, so that both store the same.
 */
#ifndef SERVER_COMPOSE_H
#define SERVER_COMPOSE_H

#include "schema/article.h"
#include "schema/thread.h"
#include "server/app.h"

/* The text and all that is made from it. INVALID with words for the author when it is too complex. */
enum status compose_text(struct article_text *out, struct arena *mem, struct app *app,
			 struct str markdown) NONNULL MUST_USE;

/* The body of a message in a discussion. */
enum status compose_post(struct post_input *out, struct arena *mem, struct app *app,
			 struct str markdown) NONNULL MUST_USE;

/* Fill title, title_key, slug and completions. */
void compose_title(struct article_input *out, struct arena *mem, struct str title) NONNULL;

/* Trim, drop empty and repeated ones, fold. At most ARTICLE_TAGS_MAX + 1 come out, so that too many are noticed. */
void compose_tags(struct article_input *out, struct arena *mem, const struct str *names,
		  size_t count) NONNULL;

/*
 * Everything that an article is now, as the input of a save: a caller changes what is to be changed. The text is not
 * converted again: `text` holds body, tree, plain and links of today.
 */
enum status compose_current(struct article_input *out, struct db *db, struct arena *mem,
			    const struct article *article, const struct reader *who)
	NONNULL MUST_USE;

/* The language of a text: as given when it is one of the four tags, else by its letters, else `otherwise`. */
struct str compose_lang(struct str given, struct str title, struct str plain, struct str otherwise);

#endif
