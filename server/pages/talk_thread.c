/* One thread: its messages, an answer, its end. */
#include "server/pages/talk.h"

#include "schema/base/clock.h"
#include "server/compose.h"
#include "server/pages/act.h"
#include "server/resolve.h"
#include "views/talk.h"

/* ---- reading ------------------------------------------------------------------------------------- */

/* Its text as HTML; ids get the number before them, because all messages share one page. */
static struct html render(struct request *rq, const struct post *post)
{
	struct resolver resolver = resolver_of(rq->db, rq->mem, rq->reader, rq->article);
	struct markup_options options = {
		.lang = rq->lang,
		.links = resolver_links(&resolver),
		.space = rq->article->space_key,
		.prefix = arena_printf(rq->mem, "p%lld-", (long long)post->number),
	};
	struct markup_result made;

	if (post->deleted)
		return HTML_NONE;
	if (post->lang.len)
		resolver.lang = post->lang;
	resolver.folder = app_path(rq->mem, rq->app, APP_FILES).ptr;
	if (post->tree.len && markup_render(&made, rq->mem, post->tree, &options) == ST_OK)
		return made.html;
	return markup_plain(rq->mem, post->plain, NULL);
}

static bool is_own(const struct request *rq, const struct post *post)
{
	return rq->reader->person_id && post->author_id == rq->reader->person_id;
}

static bool may_edit(const struct request *rq, const struct post *post)
{
	return !post->deleted && is_own(rq, post) && talk_allows(rq, ACT_DISCUSS) &&
	       clock_now() - post->at <= POST_EDIT_SECONDS;
}

static bool may_delete(const struct request *rq, const struct post *post)
{
	return !post->deleted && !rq->reader->reads_only &&
	       (is_own(rq, post) || talk_allows(rq, ACT_MANAGE));
}

static enum status fill_posts(struct thread_view *out, struct request *rq, int64_t after)
{
	struct post_item *items;
	struct post *posts;

	TRY(post_list(&posts, &out->n_posts, rq->db, rq->mem, rq->thread, after, POSTS_A_PAGE));
	items = arena_array(rq->mem, out->n_posts + 1, sizeof(*items));
	for (size_t i = 0; i < out->n_posts; i++)
		items[i] = (struct post_item){.post = &posts[i],
					      .content = render(rq, &posts[i]),
					      .may_edit = may_edit(rq, &posts[i]),
					      .may_delete = may_delete(rq, &posts[i])};
	out->posts = items;
	if (out->n_posts && posts[out->n_posts - 1].number < rq->thread->posts)
		out->next = url_with_i64(rq->mem, talk_thread_url(rq), "after",
					 posts[out->n_posts - 1].number);
	return ST_OK;
}

/* The message ?quote=NUMBER as a quotation to answer below. */
static enum status quoted(struct str *out, struct request *rq)
{
	AUTO(buf) struct buf text = {0};
	int64_t number = request_query_i64(rq, "quote", 0, 0, INT32_MAX);
	struct post *post;
	struct str rest;
	size_t count;

	*out = STR_NONE;
	if (number == 0)
		return ST_OK;
	TRY(post_list(&post, &count, rq->db, rq->mem, rq->thread, number - 1, 1));
	if (count == 0 || post->number != number || post->deleted)
		return ST_OK;
	buf_printf(&text, "> **%.*s**\n>\n", STR_ARG(post->author_name));
	rest = str_trim(post->body);
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');

		buf_printf(&text, "> %.*s\n", STR_ARG(line));
	}
	buf_byte(&text, '\n');
	*out = buf_keep(&text, rq->mem);
	return ST_OK;
}

static void json_post(struct json_out *j, const struct post_item *item)
{
	const struct post *post = item->post;

	jo_object(j, NULL);
	jo_i64(j, "number", post->number);
	jo_str(j, "author", post->author_login);
	jo_time(j, "at", post->at);
	jo_time(j, "edited", post->edited_at);
	jo_bool(j, "deleted", post->deleted);
	jo_str(j, "lang", post->lang);
	jo_str(j, "body", post->body);
	jo_str(j, "html", item->content.html_bytes);
	jo_end(j);
}

static void json_thread_show(struct json_out *j, struct request *rq, const struct thread_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_posts; i++)
		json_post(j, &v->posts[i]);
	jo_end(j);
	if (url_is(v->next))
		jo_str(j, "next",
		       arena_printf(rq->mem, "%lld",
				    (long long)v->posts[v->n_posts - 1].post->number));
	else
		jo_null(j, "next");
	jo_end(j);
}

static enum status show(struct request *rq, int http_status, struct str body,
			const struct talk_unsent *unsent)
{
	struct thread_view view = {.article = rq->article,
				   .thread = rq->thread,
				   .may_post = talk_allows(rq, ACT_DISCUSS),
				   .may_resolve = talk_allows(rq, ACT_RESOLVE),
				   .body = body,
				   .kept = {unsent->shown.id, unsent->others, unsent->n_others},
				   .draft = talk_draft_id(rq, unsent->shown.id),
				   .unsaved = rq->method == HTTP_POST,
				   .form_key = form_value(&rq->form, "form_key"),
				   .faults = &rq->faults};

	if (!view.form_key.len && !rq->json)
		view.form_key = talk_form_key(rq);
	TRY(fill_posts(&view, rq, request_query_i64(rq, "after", 0, 0, INT32_MAX)));
	return REPLY(rq, http_status, thread_show, &view);
}

/* Below what was kept; once, also where the page is loaded again after that was kept with it. */
static struct str quoted_below(struct request *rq, struct str kept, struct str quote)
{
	if (!quote.len || str_search(kept, str_trim(quote)) >= 0)
		return kept;
	return arena_printf(rq->mem, "%.*s\n\n%.*s", STR_ARG(kept), STR_ARG(quote));
}

enum status page_thread_show(struct request *rq)
{
	struct talk_unsent unsent;
	struct str body;

	TRY(quoted(&body, rq));
	TRY(talk_unsent(&unsent, rq, rq->thread->public_id));
	if (unsent.shown.id.len)
		body = quoted_below(rq, unsent.shown.body, body);
	return show(rq, 200, body, &unsent);
}

enum status talk_thread_typed(struct request *rq, int http_status)
{
	return show(rq, http_status, form_value(&rq->form, "body"), &(struct talk_unsent){0});
}

/* ---- answering ----------------------------------------------------------------------------------- */

struct post_form {
	struct str body, form_key;
};

static const struct form_field post_fields[] = {
	{"body", FORM_TEXT, offsetof(struct post_form, body), POST_MAX, FORM_REQUIRED},
	{"form_key", FORM_WORD, offsetof(struct post_form, form_key), 64, FORM_FORM_ONLY},
};

/* What was typed, converted; faults of the form are in rq->faults. */
static enum status read_post(struct post_input *out, struct request *rq)
{
	struct post_form in = {0};

	*out = (struct post_input){0};
	TRY(act_read(rq, &in, post_fields, COUNT(post_fields)));
	if (!rq->faults.count)
		TRY(act_try(rq, compose_post(out, rq->mem, rq->app, in.body), "body"));
	out->form_key = in.form_key;
	return ST_OK;
}

enum status page_post_new(struct request *rq)
{
	struct post_input input;
	struct post post = {0};

	TRY(read_post(&input, rq));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    post_create(&post, rq->db, rq->mem, rq->reader, rq->thread->public_id,
					&input),
			    "body"));
	if (rq->faults.count)
		return talk_thread_typed(rq, 422);
	if (rq->json) {
		json_post(reply_json(rq, 201),
			  &(struct post_item){.post = &post, .content = render(rq, &post)});
		return ST_OK;
	}
	TRY(talk_sent(rq, rq->thread->public_id, input.body));
	return act_done(rq, talk_post_url(rq, post.number), N_("The message was sent."));
}

/* ---- changing what was said ---------------------------------------------------------------------- */

static enum status find_post(struct post *out, struct request *rq)
{
	int64_t number = request_param_i64(rq, "n");
	struct post *list;
	size_t count;

	TRY(post_list(&list, &count, rq->db, rq->mem, rq->thread, number - 1, 1));
	if (count == 0 || list[0].number != number || list[0].deleted)
		return fail(ST_NOT_FOUND, "the thread has no such message");
	*out = list[0];
	return ST_OK;
}

static enum status show_edit(struct request *rq, int http_status, int64_t number, struct str body)
{
	struct post_edit_view view = {.article = rq->article,
				      .thread = rq->thread,
				      .number = number,
				      .body = body,
				      .unsaved = rq->method == HTTP_POST,
				      .faults = &rq->faults};

	return REPLY_HTML(rq, http_status, post_edit, &view);
}

enum status talk_post_typed(struct request *rq, int http_status)
{
	return show_edit(rq, http_status, request_param_i64(rq, "n"),
			 form_value(&rq->form, "body"));
}

enum status page_post_edit_form(struct request *rq)
{
	struct post post;

	TRY(find_post(&post, rq));
	if (!may_edit(rq, &post))
		return act_refuse(rq, N_("A message is changed by its author, within 30 minutes."));
	return show_edit(rq, 200, post.number, post.body);
}

enum status page_post_edit(struct request *rq)
{
	struct post_input input;
	struct post post;

	TRY(find_post(&post, rq));
	TRY(read_post(&input, rq));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    post_edit(rq->db, rq->mem, rq->reader, rq->thread->public_id,
				      post.number, &input),
			    "body"));
	if (rq->faults.count)
		return talk_post_typed(rq, 422);
	TRY(talk_sent(rq, rq->thread->public_id, input.body)); /* an answer waits on */
	return act_done(rq, talk_post_url(rq, post.number), N_("The message was changed."));
}

enum status page_post_delete(struct request *rq)
{
	struct post post;

	TRY(find_post(&post, rq));
	TRY(post_delete(rq->db, rq->mem, rq->reader, rq->thread->public_id, post.number));
	return act_done(rq, talk_post_url(rq, post.number), N_("The message was deleted."));
}

/* ---- the end of a thread ------------------------------------------------------------------------- */

static enum status set_resolved(struct request *rq, bool resolved)
{
	return thread_set_resolved(rq->db, rq->mem, rq->reader, rq->thread->public_id, resolved);
}

enum status page_thread_resolve(struct request *rq)
{
	TRY(set_resolved(rq, true));
	return act_done(rq, talk_thread_url(rq), N_("The thread is marked as solved."));
}

enum status page_thread_reopen(struct request *rq)
{
	TRY(set_resolved(rq, false));
	return act_done(rq, talk_thread_url(rq), N_("The thread is open again."));
}

struct thread_state {
	bool resolved;
};

static const struct form_field state_fields[] = {
	{"resolved", FORM_FLAG, offsetof(struct thread_state, resolved), 0, 0},
};

/* JSON: {"resolved":true} or false. */
enum status page_thread_set(struct request *rq)
{
	struct thread_state in;
	struct article article;
	struct thread thread;

	TRY(request_read(rq, &in, state_fields, COUNT(state_fields)));
	if (!json_get(rq->body.root, "resolved"))
		return fail_on("resolved", ST_INVALID, "This is needed.");
	TRY(set_resolved(rq, in.resolved));
	TRY(thread_get(&thread, &article, rq->db, rq->mem, rq->reader, rq->thread->public_id));
	talk_thread_json(reply_json(rq, 200), rq, &thread);
	return ST_OK;
}
