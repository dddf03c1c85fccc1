/* An article with all that its page and its JSON show. */
#include "server/pages/article_load.h"

#include "indexer/query.h"
#include "schema/base/clock.h"
#include "schema/base/log.h"
#include "schema/base/utf8.h"
#include "schema/draft.h"
#include "schema/session.h"
#include "schema/thread.h"
#include "server/fields.h"
#include "server/marks.h"
#include "server/resolve.h"

enum { CHILDREN = 20, LINKS_HERE = 10 };

bool article_allows(const struct request *rq, const struct article *article, enum action action)
{
	struct object object = article_object(article);

	return allow(rq->reader, action, &object);
}

struct url article_url(struct request *rq, const struct article *article)
{
	return url_article(rq->mem, article->public_id, article->slug);
}

struct article_ref article_ref_of(const struct article *article)
{
	return (struct article_ref){article->public_id, article->slug, article->title,
				    article->lang};
}

enum status article_flash(struct request *rq, const char *english)
{
	if (!rq->session || rq->json)
		return ST_OK;
	return session_set_flash(rq->db, &rq->session->hash, str_c(english));
}

struct str article_id_typed(struct str text)
{
	struct str id = str_trim(text);
	ptrdiff_t at = str_search(id, STR("/a/"));

	if (at >= 0)
		id = str_from(id, (size_t)at + 3);
	if (id.len > PUBLIC_ID_LEN &&
	    (id.ptr[PUBLIC_ID_LEN] == '-' || id.ptr[PUBLIC_ID_LEN] == '/'))
		id = str_head(id, PUBLIC_ID_LEN);
	return id;
}

void article_render(struct markup_result *out, struct request *rq, const struct article *article,
		    struct str tree, struct str plain, bool is_current, bool for_edit,
		    const struct markup_marks *marks)
{
	struct resolver resolver = resolver_of(rq->db, rq->mem, rq->reader, article);
	struct markup_options options = {
		.lang = rq->lang,
		.links = resolver_links(&resolver),
		.space = article->space_key,
		.title = article->title,
		.edit_id = for_edit ? article->public_id : STR_NONE,
		.marks = marks,
	};

	resolver.folder = app_path(rq->mem, rq->app, APP_FILES).ptr;
	/* Where that fails the links are looked up one by one. */
	if (is_current && resolver_prepare(&resolver, article) != ST_OK) {
		log_failure("the links of an article");
		resolver.targets = NULL;
	}
	if (tree.len && markup_render(out, rq->mem, tree, &options) == ST_OK)
		return;
	if (tree.len)
		log_failure("an article that is shown as plain text");
	*out = (struct markup_result){.html = markup_plain(rq->mem, plain, marks)};
}

/* A reader who comes from a search finds its words marked. Without the search the page is complete. */
static void load_marks(struct article_view *out, struct request *rq)
{
	struct str query = utf8_head(str_trim(request_query(rq, "q")), QUERY_BYTES_MAX);
	struct snippet title;

	if (rq->json || !query.len)
		return;
	if (marks_find(&out->marks, rq->app, rq->reader, rq->db, rq->mem, out->article->audience_id,
		       query, str_is(request_query(rq, "exact"), "1")) != ST_OK) {
		log_failure("marks");
		return;
	}
	out->query = query;
	if (!out->marks)
		return;
	snippet_mark_all(&title, rq->mem, out->marks->analyser, out->marks->set,
			 out->article->title);
	if (title.n_marks)
		out->title = markup_snippet(rq->mem, &title);
}

/* A page needs the tree alone, the plain text only where there is none; JSON needs the source. */
static enum status load_text(struct article_view *out, struct request *rq)
{
	struct revision_text text = {0};

	if (rq->json) {
		TRY(revision_current(&text, rq->db, rq->mem, out->article));
	} else {
		TRY(revision_tree(&text.tree, rq->db, rq->mem, out->article));
		if (!text.tree.len)
			TRY(revision_plain(&text.plain, rq->db, rq->mem, out->article));
	}
	out->body = text.body;
	article_render(&out->content, rq, out->article, text.tree, text.plain, true,
		       out->can_write && !rq->json, out->marks);
	return ST_OK;
}

/* What the current revision was said to change, where the reader may see its time at all. */
static enum status load_comment(struct str *out, struct request *rq, const struct article *article)
{
	struct revision *newest;
	size_t count;

	TRY(revision_list(&newest, &count, rq->db, rq->mem, rq->reader, article, 0, 1));
	if (count && newest->number == article->revision)
		*out = newest->comment;
	return ST_OK;
}

static enum status load_around(struct article_view *out, struct request *rq)
{
	const struct article *article = out->article;
	struct article_list list;
	struct article *ancestors, *translations;
	struct file *files;

	TRY(article_ancestors(&ancestors, &out->n_ancestors, rq->db, rq->mem, rq->reader, article));
	out->ancestors = ancestors;
	TRY(article_translations(&translations, &out->n_translations, rq->db, rq->mem, rq->reader,
				 article));
	out->translations = translations;
	TRY(article_children(&list, rq->db, rq->mem, rq->reader, article->space_id, article->id,
			     CHILDREN));
	out->children = list.items;
	out->n_children = list.count;
	out->more_children = list.more;
	TRY(article_links_here(&list, rq->db, rq->mem, rq->reader, article, LINKS_HERE));
	out->links_here = list.items;
	out->n_links_here = list.count;
	out->more_links_here = list.more;
	TRY(file_list(&files, &out->n_files, rq->db, rq->mem, rq->reader, article));
	out->files = files;
	return thread_counts(&out->threads_open, &out->threads_resolved, rq->db, article);
}

static enum status load_draft(struct article_view *out, struct request *rq)
{
	struct draft *drafts;
	size_t count;

	if (!out->can_write)
		return ST_OK;
	TRY(draft_offers(&drafts, &count, rq->db, rq->mem, rq->reader, out->article->public_id));
	out->draft_at = count ? drafts[0].at : 0;
	return ST_OK;
}

enum status article_load(struct article_view *out, struct request *rq,
			 const struct article *article)
{
	struct article_field *fields;
	struct article_tag *tags;

	*out = (struct article_view){.article = article, .now = clock_now()};
	out->can_write = article_allows(rq, article, ACT_EDIT);
	out->can_manage = article_allows(rq, article, ACT_MANAGE);
	out->can_discuss = article_allows(rq, article, ACT_DISCUSS);
	TRY(article_tags(&tags, &out->n_tags, rq->db, rq->mem, article));
	out->tags = tags;
	TRY(article_fields(&fields, &out->n_fields, rq->db, rq->mem, article));
	out->fields = fields;
	load_marks(out, rq);
	TRY(load_text(out, rq));
	if (rq->json)
		return load_comment(&out->comment, rq, article);
	out->fields = fields_to_words(rq->mem, fields, out->n_fields);
	TRY(load_around(out, rq));
	return load_draft(out, rq);
}

static void json_revision(struct json_out *j, const struct article_view *v)
{
	const struct article *a = v->article;

	jo_object(j, "revision");
	jo_i64(j, "number", a->revision);
	jo_str(j, "author", a->author_login);
	jo_time(j, "at", a->modified_at);
	jo_str(j, "comment", v->comment);
	jo_end(j);
}

void article_json(struct json_out *j, const char *name, struct request *rq,
		  const struct article_view *v)
{
	const struct article *a = v->article;

	jo_object(j, name);
	jo_str(j, "id", a->public_id);
	jo_str(j, "url", article_url(rq, a).url_bytes);
	jo_str(j, "space", a->space_key);
	jo_str(j, "title", a->title);
	jo_str(j, "lang", a->lang);
	jo_c(j, "status", article_status_name(a->status));
	jo_list(j, "tags");
	for (size_t i = 0; i < v->n_tags; i++)
		jo_str(j, NULL, v->tags[i].name);
	jo_end(j);
	fields_to_json(j, "fields", v->fields, v->n_fields);
	jo_str(j, "body", v->body);
	jo_str(j, "html", v->content.html.html_bytes);
	json_revision(j, v);
	jo_object(j, "can");
	jo_bool(j, "write", v->can_write);
	jo_bool(j, "manage", v->can_manage);
	jo_bool(j, "discuss", v->can_discuss);
	jo_end(j);
	jo_end(j);
}

void json_article_show(struct json_out *j, struct request *rq, const struct article_view *view)
{
	article_json(j, NULL, rq, view);
}
