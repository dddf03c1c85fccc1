/* The forms whose text is given back when nothing can be saved (security.md 9.4, 9.9). */
#include "server/pages/full.h"

#include "server/pages/edit.h"
#include "server/pages/held.h"
#include "server/pages/pages.h"
#include "server/pages/talk.h"
#include "server/reply.h"

enum { WAIT_SECONDS = 60 };

static enum status article_again(struct request *rq)
{
	return edit_refuse(rq, ST_BUSY, rq->article);
}

static enum status threads_again(struct request *rq)
{
	return talk_typed(rq, 503);
}

static enum status thread_again(struct request *rq)
{
	return talk_thread_typed(rq, 503);
}

static enum status post_again(struct request *rq)
{
	return talk_post_typed(rq, 503);
}

static const struct {
	enum status (*page)(struct request *rq);
	enum status (*again)(struct request *rq);
} forms[] = {
	{page_article_save, article_again}, {page_article_create, article_again},
	{page_talk_new, threads_again},     {page_post_new, thread_again},
	{page_post_edit, post_again},
};

bool full_gives_back(const struct request *rq)
{
	for (size_t i = 0; i < COUNT(forms) && !rq->json; i++) {
		if (forms[i].page == rq->route->page)
			return true;
	}
	return !rq->json && held_may_hold(rq);
}

enum status full_form(struct request *rq)
{
	static const char words[] =
		N_("The disk is nearly full: nothing can be saved now. Your text is below; "
		   "keep a copy of it and send it again later.");

	rq->no_store = true;
	if (held_may_hold(rq)) {
		TRY(held_show(rq, words));
		rq->exchange->reply.status = 503;
	} else {
		form_fault_add(&rq->faults, "body", words);
	}
	for (size_t i = 0; i < COUNT(forms); i++) {
		if (forms[i].page == rq->route->page)
			TRY(forms[i].again(rq));
	}
	reply_header(rq, "Retry-After", arena_printf(rq->mem, "%d", WAIT_SECONDS));
	return ST_OK;
}
