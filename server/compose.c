/* From what people write to what the record keeps. */
#include "server/compose.h"

#include <stdlib.h>

#include "indexer/script.h"
#include "schema/base/utf8.h"
#include "schema/linked.h"
#include "schema/revision.h"
#include "server/children.h"

enum { COMPLETIONS_MAX = 12, COMPLETION_BYTES = 80, LINKS_MAX = 2000 };

/* The public id in an address of ours, "/a/ID" with whatever follows; empty when there is none. */
static struct str article_id_in(struct str address)
{
	struct str id = str_starts(address, STR("/a/"))
				? str_head(str_from(address, 3), PUBLIC_ID_LEN)
				: STR_NONE;

	return secret_is_public_id(id) ? id : STR_NONE;
}

static void take_links(struct article_text *out, struct arena *mem,
		       const struct markdown_result *made)
{
	size_t room = made->n_links < LINKS_MAX ? made->n_links : LINKS_MAX;

	out->links = arena_array(mem, room + 1, sizeof(*out->links));
	out->n_links = 0;
	for (size_t i = 0; i < made->n_links && out->n_links < room; i++) {
		const struct markdown_link *from = &made->links[i];
		struct article_link link = {0};

		if (from->kind == LINK_WIKI) {
			link.title = from->target;
			link.title_key = script_key(mem, from->target);
		} else if (from->kind == LINK_ARTICLE) {
			link.target_id = article_id_in(from->target);
		}
		link.words = utf8_head(from->text, LINKED_BYTES);
		if (link.title_key.len || link.target_id.len)
			out->links[out->n_links++] = link;
	}
}

/* What the child refuses is a fault of the field "body". */
static enum status convert_body(struct markdown_result *out, struct arena *mem, struct app *app,
				struct str markdown)
{
	enum status outcome = children_convert(out, mem, app->children, markdown);

	if (outcome != ST_INVALID)
		return outcome;
	return fail_whole("body", outcome, arena_c(mem, str_c(fail_words())));
}

enum status compose_text(struct article_text *out, struct arena *mem, struct app *app,
			 struct str markdown)
{
	struct markdown_result made;

	if (markdown.len > ARTICLE_MAX)
		return fail_on("body", ST_TOO_LARGE,
			       "An article has at most 1 MiB; make several of it.");
	TRY(convert_body(&made, mem, app, markdown));
	*out = (struct article_text){.body = markdown, .tree = made.tree, .plain = made.plain};
	take_links(out, mem, &made);
	return ST_OK;
}

enum status compose_post(struct post_input *out, struct arena *mem, struct app *app,
			 struct str markdown)
{
	struct markdown_result made;

	if (markdown.len > POST_MAX)
		return fail_on("body", ST_TOO_LARGE, "A message has at most 64 KiB.");
	TRY(convert_body(&made, mem, app, markdown));
	out->body = markdown;
	out->tree = made.tree;
	out->plain = made.plain;
	out->lang = str_c(script_language(made.plain));
	return ST_OK;
}

void compose_title(struct article_input *out, struct arena *mem, struct str title)
{
	AUTO(buf) struct buf slug = {0};
	struct str rest;

	script_slug(&slug, title);
	out->title = title;
	out->title_key = script_key(mem, title);
	out->slug = buf_keep(&slug, mem);
	out->completions = arena_array(mem, COMPLETIONS_MAX, sizeof(*out->completions));
	out->n_completions = 0;
	rest = out->title_key;
	while (rest.ptr && rest.len && out->n_completions < COMPLETIONS_MAX) {
		out->completions[out->n_completions++] = utf8_head(rest, COMPLETION_BYTES);
		(void)str_cut(&rest, ' ');
	}
}

static bool has_tag(const struct article_input *in, struct str key)
{
	for (size_t i = 0; i < in->n_tags; i++) {
		if (str_eq(in->tags[i].key, key))
			return true;
	}
	return false;
}

static int tag_order(const void *left, const void *right)
{
	const struct article_tag *l = left, *r = right;

	return str_cmp(l->key, r->key);
}

void compose_tags(struct article_input *out, struct arena *mem, const struct str *names,
		  size_t count)
{
	out->tags = arena_array(mem, ARTICLE_TAGS_MAX + 1, sizeof(*out->tags));
	out->n_tags = 0;
	for (size_t i = 0; i < count && out->n_tags <= ARTICLE_TAGS_MAX; i++) {
		struct str name = str_trim(names[i]);
		struct str key = script_key(mem, name);

		if (name.len && !has_tag(out, key))
			out->tags[out->n_tags++] = (struct article_tag){name, key};
	}
	/* In the order in which the record gives them back, so that versions compare. */
	qsort(out->tags, out->n_tags, sizeof(*out->tags), tag_order);
}

static enum status parent_public_id(struct str *out, struct db *db, struct arena *mem,
				    const struct reader *who, int64_t parent_id)
{
	struct article parent;
	enum status outcome;

	*out = STR("");
	if (!parent_id)
		return ST_OK;
	outcome = article_get_by_id(&parent, db, mem, who, parent_id);
	if (outcome == ST_OK)
		*out = parent.public_id;
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}

enum status compose_current(struct article_input *out, struct db *db, struct arena *mem,
			    const struct article *article, const struct reader *who)
{
	struct revision_text text;

	*out = (struct article_input){0};
	compose_title(out, mem, article->title);
	out->lang = article->lang;
	out->status = article->status;
	out->translation = article->translation;
	out->owner_office = article->owner_office;
	out->review_at = article->review_at;
	TRY(parent_public_id(&out->parent_id, db, mem, who, article->parent_id));
	TRY(article_tags(&out->tags, &out->n_tags, db, mem, article));
	TRY(article_fields(&out->fields, &out->n_fields, db, mem, article));
	TRY(article_links(&out->text.links, &out->text.n_links, db, mem, article));
	TRY(revision_current(&text, db, mem, article));
	out->text.body = text.body;
	out->text.tree = text.tree;
	out->text.plain = text.plain;
	return ST_OK;
}

struct str compose_lang(struct str given, struct str title, struct str plain, struct str otherwise)
{
	const char *found;

	if (script_is_language(given))
		return given;
	found = script_language(plain);
	if (!*found)
		found = script_language(title);
	return *found ? str_c(found) : otherwise;
}
