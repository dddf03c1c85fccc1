/* A search as a feed: what is new of it, for programs that ask now and then. */
#include "server/pages/pages.h"

#include "server/asked.h"
#include "server/atom.h"
#include "server/search.h"

enum { ENTRIES = 50 };

static void add_entry(struct atom *atom, const struct search_found *hit)
{
	atom_add(atom, &(struct atom_entry){
			       .title = hit->title,
			       .lang = hit->lang,
			       .url = hit->url,
			       .author = hit->author_name,
			       .updated = hit->modified_at,
			       .passage = hit->snippet,
		       });
}

/*
 * The newest first, and only what holds all words: among the newest with some of them, what is meant
 * would be lost. Nobody looks while a program asks, so that it is not counted as a search of its reader.
 */
enum status page_search_atom(struct request *rq)
{
	struct search_answer answer = {0};
	struct search_request request;
	struct search_asked asked;
	struct atom *atom;

	asked_read(&asked, rq->mem, &rq->query);
	TRY(asked_request(&request, &asked, rq->lang));
	request.sort = SEARCH_BY_DATE;
	request.offset = 0;
	request.limit = ENTRIES;
	request.facets = false;
	request.all_words = true;
	if (asked.query.len)
		TRY(search_run(&answer, rq->app, rq->reader, rq->db, rq->mem, &request));
	if (answer.rebuilding)
		return fail(ST_BUSY, "the index is being rebuilt");
	atom = atom_new(rq, i18n_format(rq->mem, rq->lang, "“%1$s” — search", asked.query),
			search_url(rq->mem, &asked, (struct search_change){.query = STR_NONE}),
			answer.n_hits ? answer.hits[0].modified_at : 0);
	for (size_t i = 0; i < answer.n_hits; i++)
		add_entry(atom, &answer.hits[i]);
	return atom_reply(atom);
}
