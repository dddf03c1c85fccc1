/* /help/TOPIC: the article of the help that explains it, in the reader's language where there is one. */
#include "server/help.h"
#include "server/pages/article_load.h"
#include "server/pages/pages.h"

/* NOT_FOUND also for what is there and hidden, in the trash or not finished: all lead to the same place. */
static enum status find(struct article *out, struct request *rq, struct str topic, enum lang lang)
{
	struct str key =
		arena_printf(rq->mem, "help/%.*s.%.*s.md", STR_ARG(topic), STR_ARG(lang_tag(lang)));

	TRY(article_get_by_key(out, rq->db, rq->mem, rq->reader, STR("help"), key));
	if (out->deleted || out->status != ARTICLE_PUBLISHED)
		return fail(ST_NOT_FOUND, "the article of the help is not to be read");
	return ST_OK;
}

enum status page_help_show(struct request *rq)
{
	struct str topic = request_param(rq, "topic");
	struct article article;

	for (unsigned i = 0; i < LANG_COUNT; i++) {
		enum lang lang = (enum lang)(((unsigned)rq->lang + i) % LANG_COUNT);
		enum status outcome = find(&article, rq, topic, lang);

		if (outcome == ST_OK)
			return reply_redirect(rq, article_url(rq, &article));
		if (outcome != ST_NOT_FOUND)
			return outcome;
	}
	return reply_redirect(rq, help_url(rq->mem, NULL));
}
