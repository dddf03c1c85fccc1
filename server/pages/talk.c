/* The discussion of an article: its threads, and a new one. */
#include "server/pages/talk.h"

#include "schema/base/utf8.h"
#include "server/compose.h"
#include "server/pages/act.h"
#include "views/talk.h"

enum { THREADS_MOST = 200, TITLE_MOST = 200, QUOTE_MOST = 2000 };

bool talk_allows(const struct request *rq, enum action action)
{
	struct object object = article_object(rq->article);

	if (action == ACT_RESOLVE && rq->thread) {
		object.creator_id = rq->thread->author_id;
		object.draft = false; /* its maker was asked for when it was opened */
	}
	return allow(rq->reader, action, &object);
}

struct str talk_form_key(struct request *rq)
{
	char secret[SECRET_TEXT_LEN + 1];

	secret_text(secret);
	return arena_str(rq->mem, str_c(secret));
}

struct url talk_thread_url(struct request *rq)
{
	return url_thread(rq->mem, rq->article->public_id, rq->thread->public_id);
}

struct url talk_post_url(struct request *rq, int64_t number)
{
	struct url page = talk_thread_url(rq);
	int64_t before = (number - 1) / POSTS_A_PAGE * POSTS_A_PAGE;

	if (before > 0)
		page = url_with_i64(rq->mem, page, "after", before);
	return url_at(rq->mem, page, arena_printf(rq->mem, "p%lld", (long long)number));
}

enum status talk_unsent(struct talk_unsent *out, struct request *rq, struct str thread)
{
	struct str asked = request_query(rq, "draft");
	struct draft *list, first;
	size_t count;

	*out = (struct talk_unsent){.shown = {.kind = DRAFT_MESSAGE}};
	if (rq->json || !talk_allows(rq, ACT_DISCUSS))
		return ST_OK;
	TRY(draft_messages(&list, &count, rq->db, rq->mem, rq->reader, rq->article->public_id,
			   thread));
	if (!count)
		return ST_OK;
	first = list[0];
	for (size_t i = 1; i < count; i++) {
		if (!str_eq(list[i].id, asked))
			continue;
		list[0] = list[i];
		list[i] = first;
	}
	*out = (struct talk_unsent){list[0], list + 1, count - 1};
	return ST_OK;
}

struct str talk_draft_id(struct request *rq, struct str shown)
{
	struct str id = shown.len ? shown : form_value(&rq->form, "draft");
	char fresh[PUBLIC_ID_LEN + 1];

	if (secret_is_public_id(id))
		return id;
	secret_public_id(fresh);
	return arena_str(rq->mem, str_c(fresh));
}

enum status talk_sent(struct request *rq, struct str thread, struct str body)
{
	return draft_message_drop(rq->db, rq->reader, rq->article->public_id, thread,
				  form_value(&rq->form, "draft"), body);
}

void talk_thread_json(struct json_out *j, struct request *rq, const struct thread *thread)
{
	struct url url = url_thread(rq->mem, rq->article->public_id, thread->public_id);

	jo_object(j, NULL);
	jo_str(j, "id", thread->public_id);
	jo_str(j, "article", rq->article->public_id);
	jo_str(j, "url", url.url_bytes);
	jo_str(j, "title", thread->title);
	jo_str_or_null(j, "quote", thread->quote);
	jo_str(j, "author", thread->author_login);
	jo_time(j, "created", thread->created_at);
	jo_time(j, "modified", thread->modified_at);
	jo_bool(j, "resolved", thread->resolved_at != 0);
	jo_str_or_null(j, "resolved_by", thread->resolved_login);
	jo_i64(j, "posts", thread->posts);
	jo_end(j);
}

static void json_talk_list(struct json_out *j, struct request *rq, const struct talk_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_threads; i++)
		talk_thread_json(j, rq, &v->threads[i]);
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
}

/* A page shows the open or the resolved ones; a program gets both. */
static enum status fill_threads(struct talk_view *out, struct request *rq)
{
	struct thread *all, *shown;
	size_t count;

	TRY(thread_list(&all, &count, rq->db, rq->mem, rq->reader, rq->article, THREADS_MOST));
	shown = arena_array(rq->mem, count + 1, sizeof(*shown));
	for (size_t i = 0; i < count; i++) {
		if (rq->json || (all[i].resolved_at != 0) == out->resolved_shown)
			shown[out->n_threads++] = all[i];
	}
	out->threads = shown;
	return ST_OK;
}

static enum status show(struct request *rq, int http_status, const struct talk_unsent *unsent)
{
	const struct draft *typed = &unsent->shown;
	struct talk_view view = {.article = rq->article,
				 .may_post = talk_allows(rq, ACT_DISCUSS),
				 .title = typed->title,
				 .quote = typed->comment,
				 .body = typed->body,
				 .kept = {typed->id, unsent->others, unsent->n_others},
				 .draft = talk_draft_id(rq, typed->id),
				 .unsaved = rq->method == HTTP_POST,
				 .form_key = form_value(&rq->form, "form_key"),
				 .faults = &rq->faults};

	view.resolved_shown = str_is(request_query(rq, "show"), "resolved");
	if (!view.form_key.len && !rq->json)
		view.form_key = talk_form_key(rq);
	TRY(thread_counts(&view.n_open, &view.n_resolved, rq->db, rq->article));
	TRY(fill_threads(&view, rq));
	return REPLY(rq, http_status, talk_list, &view);
}

enum status page_talk_list(struct request *rq)
{
	struct str quote = utf8_head(request_query(rq, "quote"), QUOTE_MOST);
	struct talk_unsent unsent;

	TRY(talk_unsent(&unsent, rq, STR("")));
	if (quote.len)
		unsent.shown.comment = quote;
	return show(rq, 200, &unsent);
}

enum status talk_typed(struct request *rq, int http_status)
{
	struct talk_unsent typed = {.shown = {.title = form_value(&rq->form, "title"),
					      .body = form_value(&rq->form, "body"),
					      .comment = form_value(&rq->form, "quote")}};

	return show(rq, http_status, &typed);
}

struct thread_input {
	struct str title, quote, body, form_key;
};

static const struct form_field thread_fields[] = {
	{"title", FORM_LINE, offsetof(struct thread_input, title), TITLE_MOST, FORM_REQUIRED},
	{"quote", FORM_TEXT, offsetof(struct thread_input, quote), QUOTE_MOST, 0},
	{"body", FORM_TEXT, offsetof(struct thread_input, body), POST_MAX, FORM_REQUIRED},
	{"form_key", FORM_WORD, offsetof(struct thread_input, form_key), 64, FORM_FORM_ONLY},
};

enum status page_talk_new(struct request *rq)
{
	struct thread_input in = {0};
	struct post_input post = {0};
	struct thread thread = {0};

	TRY(act_read(rq, &in, thread_fields, COUNT(thread_fields)));
	if (!rq->faults.count)
		TRY(act_try(rq, compose_post(&post, rq->mem, rq->app, in.body), "body"));
	post.form_key = in.form_key;
	if (!rq->faults.count)
		TRY(act_try(rq,
			    thread_create(&thread, rq->db, rq->mem, rq->reader,
					  rq->article->public_id, in.title,
					  in.quote.ptr ? in.quote : STR(""), &post),
			    "title"));
	if (rq->faults.count)
		return talk_typed(rq, 422);
	if (rq->json) {
		talk_thread_json(reply_json(rq, 201), rq, &thread);
		return ST_OK;
	}
	rq->thread = &thread;
	TRY(talk_sent(rq, STR(""), in.body));
	return act_done(rq, talk_thread_url(rq), N_("The thread was opened."));
}
