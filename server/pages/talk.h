/* What the pages of discussion share. */
#ifndef SERVER_PAGES_TALK_H
#define SERVER_PAGES_TALK_H

#include "schema/draft.h"
#include "schema/thread.h"
#include "server/pages/pages.h"

enum { POSTS_A_PAGE = 50 };

/* May the one who asks do this to the discussion of rq->article, and to rq->thread if there is one? */
bool talk_allows(const struct request *rq, enum action action) NONNULL;

/* A fresh key for a form: sending it twice posts once. */
struct str talk_form_key(struct request *rq) NONNULL;

/* One's texts that were kept unsent for a thread (empty: a new one). */
struct talk_unsent {
	struct draft shown; /* in the form: that of ?draft=, else the newest; id empty: none */
	const struct draft *others; /* offered beside it */
	size_t n_others;
};
enum status talk_unsent(struct talk_unsent *out, struct request *rq, struct str thread)
	NONNULL MUST_USE;

/* The id under which the form keeps its text: of what it shows, of what was sent, else a new one. */
struct str talk_draft_id(struct request *rq, struct str shown) NONNULL;

/* What was sent is no longer unsent. */
enum status talk_sent(struct request *rq, struct str thread, struct str body) NONNULL MUST_USE;

/* Where rq->thread is read, or one of its messages. */
struct url talk_thread_url(struct request *rq) NONNULL;
struct url talk_post_url(struct request *rq, int64_t number) NONNULL;

/* The form of a new thread, of an answer, or of a changed message again, as it was typed. */
enum status talk_typed(struct request *rq, int http_status) NONNULL MUST_USE;
enum status talk_thread_typed(struct request *rq, int http_status) NONNULL MUST_USE;
enum status talk_post_typed(struct request *rq, int http_status) NONNULL MUST_USE;

/* The thread as one JSON object. */
void talk_thread_json(struct json_out *j, struct request *rq, const struct thread *thread) NONNULL;

#endif
