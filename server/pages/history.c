/* The versions of an article: the list, one of them, two compared, and bringing one back. */
#include "server/pages/article_load.h"

#include "server/compose.h"
#include "server/diff.h"
#include "views/diff.h"

enum { PAGE = 50, COMPARE_MAX = 18 };

static void json_revision_facts(struct json_out *j, const struct revision *r)
{
	jo_i64(j, "number", r->number);
	jo_i64(j, "base", r->base);
	jo_str(j, "title", r->title);
	jo_str(j, "author", r->author_login);
	jo_time(j, "at", r->at);
	jo_str(j, "comment", r->comment);
	jo_bool(j, "minor", r->minor);
	jo_str(j, "kind", r->kind);
	jo_i64(j, "size", r->size);
}

/* ---- the list ---- */

static void json_article_history(struct json_out *j, struct request *rq,
				 const struct history_view *view)
{
	const struct revision *last =
		view->n_revisions ? &view->revisions[view->n_revisions - 1] : NULL;

	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < view->n_revisions; i++) {
		jo_object(j, NULL);
		json_revision_facts(j, &view->revisions[i]);
		jo_end(j);
	}
	jo_end(j);
	jo_str_or_null(j, "next",
		       url_is(view->pager.next)
			       ? arena_printf(rq->mem, "%lld", (long long)last->number)
			       : STR_NONE);
	jo_end(j);
}

enum status page_article_history(struct request *rq)
{
	struct history_view view = {.article = rq->article};
	const char *cursor = rq->json ? "after" : "before";
	int64_t before = request_query_i64(rq, cursor, 0, 0, INT64_MAX);
	int64_t limit = rq->json ? request_query_i64(rq, "limit", PAGE, 1, 100) : PAGE;
	struct url list = url_article_part(rq->mem, rq->article->public_id, "history");
	struct revision *revisions;

	view.can_write = article_allows(rq, rq->article, ACT_EDIT);
	TRY(revision_list(&revisions, &view.n_revisions, rq->db, rq->mem, rq->reader, rq->article,
			  before, (size_t)limit + 1));
	view.revisions = revisions;
	if (view.n_revisions > (size_t)limit) {
		view.n_revisions = (size_t)limit;
		view.pager.next =
			url_with_i64(rq->mem, list, "before", revisions[limit - 1].number);
	}
	if (before)
		view.pager.previous = list;
	return REPLY(rq, 200, article_history, &view);
}

/* ---- one of them ---- */

static void json_revision_show(struct json_out *j, struct request *rq,
			       const struct revision_view *view)
{
	(void)rq;
	jo_object(j, NULL);
	jo_str(j, "id", view->article->public_id);
	json_revision_facts(j, view->revision);
	jo_str(j, "body", view->body);
	jo_str(j, "html", view->content.html_bytes);
	jo_end(j);
}

enum status page_revision_show(struct request *rq)
{
	struct revision_view view = {.article = rq->article};
	int64_t number = request_param_i64(rq, "n");
	struct markup_result content;
	struct revision_text text;
	struct revision revision;

	TRY(revision_get(&revision, &text, rq->db, rq->mem, rq->reader, rq->article, number));
	article_render(&content, rq, rq->article, text.tree, text.plain, false, false, NULL);
	view.revision = &revision;
	view.body = text.body;
	view.content = content.html;
	view.can_write = article_allows(rq, rq->article, ACT_EDIT);
	if (number > 1)
		view.older = url_revision(rq->mem, rq->article->public_id, number - 1);
	if (number < rq->article->revision)
		view.newer = url_revision(rq->mem, rq->article->public_id, number + 1);
	return REPLY(rq, 200, revision_show, &view);
}

/* ---- two compared ---- */

/* "15..17"; NOT_FOUND for anything else, as for any address that means nothing. */
static enum status read_range(struct str range, int64_t *from, int64_t *to)
{
	ptrdiff_t dots = str_search(range, STR(".."));

	if (dots < 1 || range.len > 2 * COMPARE_MAX + 2 ||
	    !str_to_i64(str_head(range, (size_t)dots), from) ||
	    !str_to_i64(str_from(range, (size_t)dots + 2), to) || *from < 1 || *to < 1)
		return fail(ST_NOT_FOUND, "no range of revisions");
	return ST_OK;
}

/* One a line in the record, between commas on the page. */
static struct str tags_between_commas(struct arena *mem, struct str lines)
{
	AUTO(buf) struct buf text = {0};
	struct str rest = str_trim(lines);

	while (rest.ptr && rest.len) {
		buf_c_add(&text, text.len ? ", " : "");
		buf_str_add(&text, str_cut(&rest, '\n'));
	}
	return buf_keep(&text, mem);
}

enum status page_article_diff(struct request *rq)
{
	struct diff_view view = {.article = rq->article};
	struct revision_text old_text, new_text;
	struct revision from, to;
	int64_t first, second;

	TRY(read_range(request_param(rq, "range"), &first, &second));
	TRY(revision_get(&from, &old_text, rq->db, rq->mem, rq->reader, rq->article, first));
	TRY(revision_get(&to, &new_text, rq->db, rq->mem, rq->reader, rq->article, second));
	diff_make(&view.changes, rq->mem, old_text.body, new_text.body);
	from.tags = tags_between_commas(rq->mem, from.tags);
	to.tags = tags_between_commas(rq->mem, to.tags);
	view.from = &from;
	view.to = &to;
	if (first > 1)
		view.older = url_diff(rq->mem, rq->article->public_id, first - 1, first);
	if (second < rq->article->revision)
		view.newer = url_diff(rq->mem, rq->article->public_id, second, second + 1);
	return REPLY_HTML(rq, 200, article_diff, &view);
}

/* The form of the list: two chosen revisions, whichever was chosen as the older. */
enum status page_article_compare(struct request *rq)
{
	int64_t from = request_query_i64(rq, "from", 1, 1, INT32_MAX);
	int64_t to = request_query_i64(rq, "to", rq->article->revision, 1, INT32_MAX);

	return reply_redirect(rq, url_diff(rq->mem, rq->article->public_id, from < to ? from : to,
					   from < to ? to : from));
}

/* ---- bringing one back ---- */

struct restore_input {
	int64_t base;
	struct str comment, form_key;
};

static const struct form_field restore_fields[] = {
	{"base", FORM_NUMBER, offsetof(struct restore_input, base), 0, FORM_REQUIRED},
	{"comment", FORM_LINE, offsetof(struct restore_input, comment), COMMENT_MAX_POINTS,
	 FORM_REQUIRED},
	{"form_key", FORM_WORD, offsetof(struct restore_input, form_key), 64, FORM_FORM_ONLY},
};

static enum status show_restore(struct request *rq, int http_status, struct str comment)
{
	struct restore_view view = {.article = rq->article,
				    .base = rq->article->revision,
				    .comment = comment,
				    .faults = &rq->faults};
	char key[PUBLIC_ID_LEN + 1];
	struct revision_text old_text, now;
	struct revision revision;

	TRY(revision_get(&revision, &old_text, rq->db, rq->mem, rq->reader, rq->article,
			 request_param_i64(rq, "n")));
	TRY(revision_current(&now, rq->db, rq->mem, rq->article));
	diff_make(&view.changes, rq->mem, now.body, old_text.body);
	secret_public_id(key);
	view.revision = &revision;
	view.form_key = arena_str(rq->mem, str_c(key));
	return REPLY_HTML(rq, http_status, revision_restore, &view);
}

enum status page_revision_restore_form(struct request *rq)
{
	return show_restore(rq, 200, STR_NONE);
}

/* Text, title and tags of then; place, status and fields of today. */
static enum status compose_old(struct article_input *out, struct request *rq)
{
	struct str names[ARTICLE_TAGS_MAX], rest;
	struct revision_text text;
	struct revision revision;
	size_t count = 0;

	TRY(revision_get(&revision, &text, rq->db, rq->mem, rq->reader, rq->article,
			 request_param_i64(rq, "n")));
	TRY(compose_current(out, rq->db, rq->mem, rq->article, rq->reader));
	TRY(compose_text(&out->text, rq->mem, rq->app, text.body));
	compose_title(out, rq->mem, revision.title);
	rest = revision.tags;
	while (rest.ptr && count < COUNT(names))
		names[count++] = str_cut(&rest, '\n');
	compose_tags(out, rq->mem, names, count);
	out->kind = STR("restore");
	return ST_OK;
}

enum status page_revision_restore(struct request *rq)
{
	struct restore_input in;
	struct article_input input;
	struct article saved;
	enum status outcome = request_read(rq, &in, restore_fields, COUNT(restore_fields));

	if (outcome == ST_INVALID && rq->faults.count && !rq->json)
		return show_restore(rq, 422, form_value(&rq->form, "comment"));
	TRY(outcome);
	TRY(compose_old(&input, rq));
	input.comment = in.comment;
	input.form_key = in.form_key;
	outcome = article_save(&saved, rq->db, rq->mem, rq->reader, rq->article->public_id, in.base,
			       &input);
	if (outcome == ST_CONFLICT) {
		form_fault_add(&rq->faults, "comment",
			       N_("The article was changed meanwhile. Look at what would change, "
				  "and decide again."));
		return show_restore(rq, 409, in.comment);
	}
	TRY(outcome);
	TRY(article_flash(rq, N_("The old text was brought back as a new revision.")));
	return reply_redirect(rq, article_url(rq, &saved));
}
