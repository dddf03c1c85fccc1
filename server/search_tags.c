/* Tags while they are typed. */
#include "schema/base/log.h"
#include "server/search.h"
#include "server/search_kind.h"

/* As it is written on the article that the index has named; none where that is not for the reader. */
static enum status take_tag(struct article_tag *out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who, struct str id,
			    struct str key)
{
	struct search_found found;
	struct article_tag *tags;
	size_t n;
	enum status outcome = search_load(&found, db, mem, who, id);

	if (outcome == ST_NOT_FOUND) {
		log_warn("tags: document %.*s is not for its reader; dropped", STR_ARG(id));
		return ST_OK;
	}
	TRY(outcome);
	TRY(article_tags(&tags, &n, db, mem, &found.article));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(tags[i].key, key)) {
			out[(*count)++] = tags[i];
			break;
		}
	}
	return ST_OK;
}

enum status search_tags(struct article_tag **out, size_t *count, struct app *app,
			const struct reader *who, struct db *db, struct arena *mem,
			struct str typed, size_t limit)
{
	struct search_request request = {.audiences = who->audiences,
					 .query = typed,
					 .limit = (uint32_t)limit,
					 .tags_only = true};
	struct search_result result = {0};
	struct feed_view view;

	*out = arena_array(mem, limit + 1, sizeof(**out));
	*count = 0;
	TRY(feed_view(&view, mem, app->feed, &who->audiences));
	if (view.rebuilding)
		return ST_OK;
	request.versions = view.versions;
	request.excluded = view.excluded;
	request.n_excluded = view.n_excluded;
	TRY(children_search(&result, mem, app->children, &request));
	for (size_t i = 0; i < result.n_hits && i < result.n_marks && i < limit; i++)
		TRY(take_tag(*out, count, db, mem, who, result.hits[i].id, result.marks[i]));
	return ST_OK;
}
