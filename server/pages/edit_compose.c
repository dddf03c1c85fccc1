/* From the fields of the form to what the record keeps, by section where only one was edited. */
#include "indexer/script.h"
#include "server/compose.h"
#include "server/fields.h"
#include "server/pages/edit.h"

/* Where a section begins and ends in the text. NOT_FOUND where there is none of that number. */
static enum status section_span(size_t *from, size_t *end, struct request *rq, struct str body,
				int64_t number)
{
	struct markdown_result made;
	size_t at;

	TRY(children_convert(&made, rq->mem, rq->app->children, body));
	if (number < 1 || (uint64_t)number > made.n_headings)
		return fail(ST_NOT_FOUND, "no such section");
	at = (size_t)number - 1;
	*from = made.headings[at].offset;
	*end = body.len;
	for (size_t i = at + 1; i < made.n_headings; i++) {
		if (made.headings[i].level <= made.headings[at].level) {
			*end = made.headings[i].offset;
			break;
		}
	}
	return *from <= *end && *end <= body.len
		       ? ST_OK
		       : fail(ST_FAILED, "headings are out of their order");
}

enum status edit_section(struct str *out, struct request *rq, struct str body, int64_t number)
{
	size_t from, end;

	TRY(section_span(&from, &end, rq, body, number));
	*out = str_head(str_from(body, from), end - from);
	return ST_OK;
}

/* The text with that part replaced. */
static enum status section_put(struct str *out, struct request *rq, struct str body, int64_t number,
			       struct str part)
{
	AUTO(buf) struct buf text = {0};
	size_t from, end;

	TRY(section_span(&from, &end, rq, body, number));
	buf_str_add(&text, str_head(body, from));
	buf_str_add(&text, part);
	/* The heading that follows must not run into the last line, and stands apart from it. */
	if (part.len && end < body.len && !str_ends(part, STR("\n\n")))
		buf_c_add(&text, str_ends(part, STR("\n")) ? "\n" : "\n\n");
	buf_str_add(&text, str_from(body, end));
	*out = buf_keep(&text, rq->mem);
	return ST_OK;
}

enum status edit_whole_body(struct str *out, struct request *rq, const struct article *article,
			    const struct edit_input *in)
{
	struct revision_text text;
	struct revision revision;

	*out = in->body;
	if (in->section == FORM_ABSENT || in->section == 0)
		return ST_OK;
	TRY(revision_get(&revision, &text, rq->db, rq->mem, rq->reader, article, in->base));
	return section_put(out, rq, text.body, in->section, in->body);
}

struct str edit_facts(struct arena *mem, struct str lang, struct str parent, struct str status)
{
	return arena_printf(mem, "%.*s %.*s %.*s", STR_ARG(lang), STR_ARG(parent), STR_ARG(status));
}

static enum status put_status(struct article_input *out, struct str name)
{
	if (name.len && !article_status_parse(name, &out->status))
		return fail_on("status", ST_INVALID, "A status is draft, published or archived.");
	return ST_OK;
}

/* The language as it was chosen, or else as the text tells it. */
static enum status put_lang(struct article_input *out, const struct edit_input *in)
{
	struct str otherwise = out->lang.len ? out->lang : STR("uz-Latn");

	if (in->lang.len && !script_is_language(in->lang))
		return fail_on("lang", ST_INVALID, "A language is uz-Latn, uz-Cyrl, ru or en.");
	if (in->lang.len)
		out->lang = in->lang;
	else if (in->lang.ptr || !out->lang.len)
		out->lang = compose_lang(STR_NONE, out->title, out->text.plain, otherwise);
	return ST_OK;
}

enum status edit_compose(struct article_input *out, struct request *rq, const struct edit_input *in)
{
	if (in->title.ptr)
		compose_title(out, rq->mem, in->title);
	/* The same text needs no second conversion. */
	if (in->body.ptr && (!out->text.body.ptr || !str_eq(in->body, out->text.body)))
		TRY(compose_text(&out->text, rq->mem, rq->app, in->body));
	if (in->tags.items)
		compose_tags(out, rq->mem, in->tags.items, in->tags.count);
	if (in->fields)
		TRY(fields_from_json(&out->fields, &out->n_fields, rq->mem, in->fields));
	if (in->parent.ptr)
		out->parent_id = article_id_typed(in->parent);
	TRY(put_status(out, in->status));
	TRY(put_lang(out, in));
	out->comment = in->comment;
	out->minor = in->minor;
	out->form_key = in->form_key;
	return ST_OK;
}
