/* Marks of a search without the search: the child reads the query, and looks nothing up but its words. */
#include "server/marks.h"

#include "server/search.h"

static enum status ask(struct search_result *out, struct app *app, struct db *db, struct arena *mem,
		       struct analyser *a, struct search_request *request)
{
	struct glossary_found terms = {0};
	struct feed_view view;

	feed_view_shards(&view, mem, app->feed, &request->audiences);
	if (view.rebuilding)
		return ST_OK;
	request->versions = view.versions;
	if (!request->as_typed)
		TRY(glossary_find(&terms, app->glossary, db, mem, a, request->query));
	request->expansions = terms.expansions;
	request->n_expansions = terms.n_expansions;
	return children_search(out, mem, app->children, request);
}

enum status marks_find(const struct markup_marks **out, struct app *app, const struct reader *who,
		       struct db *db, struct arena *mem, int64_t audience_id, struct str query,
		       bool as_typed)
{
	struct markup_marks *marks = arena_alloc(mem, sizeof(*marks));
	struct search_request request = {
		.audiences = {&audience_id, 1},
		.query = query,
		.as_typed = as_typed,
		.marks_only = true,
	};
	struct search_result result = {0};

	*out = NULL;
	if (!audience_set_has(&who->audiences, audience_id))
		return ST_OK;
	TRY(search_analyser(&marks->analyser));
	TRY(ask(&result, app, db, mem, marks->analyser, &request));
	if (!result.n_marks)
		return ST_OK;
	marks->set = mark_set_new(mem, result.marks, result.n_marks);
	*out = marks;
	return ST_OK;
}
