/* What pages of an article share: the article as it is shown, its text as HTML, its rights. */
#ifndef SERVER_PAGES_ARTICLE_LOAD_H
#define SERVER_PAGES_ARTICLE_LOAD_H

#include "schema/revision.h"
#include "server/pages/pages.h"
#include "server/views/article_view.h"

/* Everything that the page or the JSON of an article shows to the one who asks. */
enum status article_load(struct article_view *out, struct request *rq,
			 const struct article *article) NONNULL MUST_USE;

/*
 * The tree of one of its texts as HTML, links resolved for the reader; `plain` where there is no
 * tree or it is damaged. `is_current`: it is its text of today. `for_edit` puts links for editing sections beside headings.
 * `marks` may be NULL.
 */
void article_render(struct markup_result *out, struct request *rq, const struct article *article,
		    struct str tree, struct str plain, bool is_current, bool for_edit,
		    const struct markup_marks *marks) __attribute__((nonnull(1, 2, 3)));

bool article_allows(const struct request *rq, const struct article *article, enum action action)
	NONNULL;

/* Where one goes after an act on it. */
struct url article_url(struct request *rq, const struct article *article) NONNULL;

struct article_ref article_ref_of(const struct article *article) NONNULL;

/* The article as JSON, as a member `name` of what is open (NULL: the whole answer). */
void article_json(struct json_out *j, const char *name, struct request *rq,
		  const struct article_view *view) __attribute__((nonnull(1, 3, 4)));

/* For REPLY(rq, status, article_show, &view). */
void json_article_show(struct json_out *j, struct request *rq, const struct article_view *view)
	NONNULL;

/* One message on the next page, after an act: a literal inside N_(). */
enum status article_flash(struct request *rq, const char *english) NONNULL MUST_USE;

/* The id in what people type for an article: an id, an id with its name, or an address of ours. */
struct str article_id_typed(struct str text);

#endif
