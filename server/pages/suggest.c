/* Completion while typing, and how a browser learns to search here. */
#include "server/pages/pages.h"

#include "indexer/keyboard.h"
#include "indexer/relax.h"
#include "indexer/script.h"
#include "schema/article.h"
#include "schema/base/log.h"
#include "schema/complete.h"
#include "server/pages/glossary.h"
#include "server/search.h"
#include "server/terms.h"

enum {
	ITEMS = 8,
	TYPED_MOST = 400,
	PEOPLE_MOST = 3,
	TERMS_MOST = 2,
	LETTERS_LEAST = 2,  /* for people, terms and other spellings */
	SPELLINGS_MOST = 8, /* of what was typed */
};

struct suggest_item {
	struct str title, lang, note;
	struct url url;
};

struct suggest_view {
	struct suggest_item items[ITEMS];
	size_t n_items;
	struct str typed; /* or what the same keys write in another layout */
};

static struct str typed_text(const struct request *rq)
{
	return str_head(request_query(rq, "q"), TYPED_MOST);
}

static bool is_cyrillic(struct str text)
{
	struct tokeniser tokeniser;
	struct token token;

	tokeniser_init(&tokeniser, text);
	return tokeniser_next(&tokeniser, &token) && (token.traits & TOKEN_CYRILLIC);
}

/* Of the same title in both scripts, which stand beside one another, the one in what is typed first. */
static void prefer_script(struct suggest_item *items, size_t count, struct arena *mem,
			  bool cyrillic)
{
	for (size_t i = 1; i < count; i++) {
		struct suggest_item swap = items[i];
		struct str key = script_key(mem, swap.title);
		size_t at = i;

		if (is_cyrillic(swap.title) != cyrillic)
			continue;
		for (; at && is_cyrillic(items[at - 1].title) != cyrillic &&
		       str_eq(script_key(mem, items[at - 1].title), key);
		     at--)
			items[at] = items[at - 1];
		items[at] = swap;
	}
}

static enum status suggest_articles(struct suggest_view *out, struct request *rq, struct str key,
				    size_t limit)
{
	struct suggest_item *first = out->items + out->n_items;
	struct article_list list;

	TRY(article_complete(&list, rq->db, rq->mem, rq->reader, key, limit));
	for (size_t i = 0; i < list.count; i++) {
		const struct article *a = &list.items[i];

		out->items[out->n_items++] =
			(struct suggest_item){a->title, a->lang, space_said(rq, a->space_name),
					      url_article(rq->mem, a->public_id, a->slug)};
	}
	prefer_script(first, list.count, rq->mem, is_cyrillic(out->typed));
	return ST_OK;
}

/* ---- what begins with one spelling ------------------------------------------------------------- */

/* The folded words of what was typed; none where there are more than are looked for. */
static struct complete_key key_of(struct request *rq, struct str key)
{
	struct complete_key out = {.typed = str_trim(request_query(rq, "q"))};

	while (key.ptr) {
		struct str word = str_cut(&key, ' ');

		if (word.len && out.n_words == COMPLETE_WORDS)
			return (struct complete_key){.n_words = 0};
		if (word.len)
			out.words[out.n_words++] = word;
	}
	return out;
}

/* `alone`: nothing but people is offered, so that they need not be told apart. */
static enum status suggest_people(struct suggest_view *out, struct request *rq, struct str text,
				  size_t limit, bool alone)
{
	struct complete_key key = key_of(rq, text);
	struct complete_person *list;
	size_t count;

	TRY(complete_people(&list, &count, rq->db, rq->mem, rq->reader, &key, limit));
	for (size_t i = 0; i < count; i++) {
		struct str note = complete_person_note(rq->mem, &list[i]);

		if (!alone)
			note = note.len ? i18n_format(rq->mem, rq->lang, "Person, %1$s", note)
					: _("Person");
		out->items[out->n_items++] = (struct suggest_item){
			list[i].name, STR(""), note, url_person(rq->mem, list[i].login)};
	}
	return ST_OK;
}

/* Uzbek terms come in the script that is being typed. */
static enum status suggest_terms(struct suggest_view *out, struct request *rq, struct str key)
{
	bool cyrillic = is_cyrillic(out->typed);
	struct complete_term *list;
	size_t count;

	TRY(complete_terms(&list, &count, rq->db, rq->mem, key, TERMS_MOST));
	for (size_t i = 0; i < count; i++) {
		struct suggest_item item = {list[i].form.written, STR("uz-Latn"), _("Term"),
					    glossary_url(rq->mem, list[i].public_id)};

		if (list[i].lang != TERM_UZ) {
			item.lang = list[i].lang == TERM_RU ? STR("ru") : STR("en");
		} else if (cyrillic) {
			item.title = terms_cyrillic(rq->mem, &list[i].form);
			item.lang = STR("uz-Cyrl");
		}
		out->items[out->n_items++] = item;
	}
	return ST_OK;
}

/* Titles first; people and terms keep the places that are kept for them. */
static enum status suggest_all(struct suggest_view *out, struct request *rq, struct str key)
{
	struct suggest_view others = {.typed = out->typed};

	if (key.len >= LETTERS_LEAST) {
		TRY(suggest_people(&others, rq, key, PEOPLE_MOST, false));
		TRY(suggest_terms(&others, rq, key));
	}
	TRY(suggest_articles(out, rq, key, ITEMS - others.n_items));
	for (size_t i = 0; i < others.n_items; i++)
		out->items[out->n_items++] = others.items[i];
	return ST_OK;
}

/* Without an index there are none: the field works without. */
static enum status suggest_tags(struct suggest_view *out, struct request *rq)
{
	struct article_tag *tags;
	size_t count;
	enum status outcome = search_tags(&tags, &count, rq->app, rq->reader, rq->db, rq->mem,
					  typed_text(rq), ITEMS);

	if (outcome != ST_OK)
		log_failure("completion of tags");
	for (size_t i = 0; outcome == ST_OK && i < count; i++)
		out->items[out->n_items++] = (struct suggest_item){tags[i].name, STR(""), STR(""),
								   url_tag(rq->mem, tags[i].name)};
	return ST_OK;
}

enum kind { KIND_PAGE, KIND_LINK, KIND_PERSON, KIND_TAG, KINDS };
static const char *const kinds[KINDS] = {"page", "link", "person", "tag"};

static enum status kind_of(enum kind *out, struct request *rq)
{
	struct str name = request_query(rq, "kind");

	*out = KIND_PAGE;
	for (int i = 0; i < KINDS; i++) {
		if (str_is(name, kinds[i]))
			*out = (enum kind)i;
	}
	if (*out == KIND_PAGE && name.len && !str_is(name, kinds[KIND_PAGE]))
		return fail_on("kind", ST_INVALID, "Choose one of the list.");
	return ST_OK;
}

static enum status suggest_kind(struct suggest_view *out, struct request *rq, enum kind kind,
				struct str key)
{
	switch (kind) {
	case KIND_LINK:
		return suggest_articles(out, rq, key, ITEMS);
	case KIND_PERSON:
		return suggest_people(out, rq, key, ITEMS, true);
	case KIND_TAG:
		return suggest_tags(out, rq);
	case KIND_PAGE:
	case KINDS:
		break;
	}
	return suggest_all(out, rq, key);
}

/* ---- other spellings --------------------------------------------------------------------------- */

static bool is_offered(const struct suggest_view *view, struct str address)
{
	for (size_t i = 0; i < view->n_items; i++) {
		if (str_eq(view->items[i].url.url_bytes, address))
			return true;
	}
	return false;
}

/* What was typed, as if it were one word: the places of other letters are looked for in all of it. */
static struct query_word typed_word(struct str text, struct str key)
{
	struct query_word word = {.t1 = key, .written = text};
	struct tokeniser tokeniser;
	struct token token;

	tokeniser_init(&tokeniser, text);
	while (tokeniser_next(&tokeniser, &token))
		word.traits |= token.traits;
	return word;
}

/* Fill up with what begins with the nearest other spellings: ozb, узб for oʻzb. */
static enum status suggest_spellings(struct suggest_view *out, struct request *rq, enum kind kind,
				     struct str key)
{
	struct query_word word = typed_word(out->typed, key);
	struct str spellings[RELAX_MAX];
	size_t count = relax_word(spellings, rq->mem, &word);

	for (size_t i = 0; i < count && i < SPELLINGS_MOST && out->n_items < ITEMS; i++) {
		struct suggest_view more = {.typed = out->typed};

		TRY(suggest_kind(&more, rq, kind, spellings[i]));
		for (size_t k = 0; k < more.n_items && out->n_items < ITEMS; k++) {
			if (!is_offered(out, more.items[k].url.url_bytes))
				out->items[out->n_items++] = more.items[k];
		}
	}
	return ST_OK;
}

/* All that begins with a text. */
static enum status suggest_text(struct suggest_view *out, struct request *rq, enum kind kind)
{
	AUTO(buf) struct buf key = {0};

	script_fold(&key, out->typed);
	if (!key.len)
		return ST_OK;
	TRY(suggest_kind(out, rq, kind, buf_str(&key)));
	if (kind != KIND_TAG && key.len >= LETTERS_LEAST && out->n_items < ITEMS)
		TRY(suggest_spellings(out, rq, kind, buf_str(&key)));
	return ST_OK;
}

/* Nothing begins so: the keyboard may stand on the other layout. */
static enum status suggest_keyboard(struct suggest_view *out, struct request *rq, enum kind kind)
{
	struct str readings[KEYBOARD_READINGS];
	size_t count = keyboard_readings(readings, rq->mem, out->typed);

	for (size_t i = 0; i < count && !out->n_items; i++) {
		out->typed = readings[i];
		TRY(suggest_text(out, rq, kind));
	}
	return ST_OK;
}

static void json_suggest(struct json_out *j, struct request *rq, const struct suggest_view *v)
{
	(void)rq;
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n_items; i++) {
		jo_object(j, NULL);
		jo_str(j, "title", v->items[i].title);
		jo_str(j, "lang", v->items[i].lang);
		jo_str(j, "note", v->items[i].note);
		jo_str(j, "url", v->items[i].url.url_bytes);
		jo_end(j);
	}
	jo_end(j);
	jo_end(j);
}

enum status page_suggest(struct request *rq)
{
	struct suggest_view view = {.typed = typed_text(rq)};
	enum kind kind;

	TRY(kind_of(&kind, rq));
	TRY(suggest_text(&view, rq, kind));
	if (kind != KIND_TAG && !view.n_items)
		TRY(suggest_keyboard(&view, rq, kind));
	return REPLY_JSON(rq, 200, suggest, &view);
}

enum status page_opensearch(struct request *rq)
{
	AUTO(buf) struct buf xml = {0};

	buf_c_add(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
			"<ShortName>Devon</ShortName>\n<Description>");
	out_escape(&xml, _("Search Devon"));
	buf_c_add(&xml, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
			"<Url type=\"text/html\" template=\"");
	out_escape(&xml, request_absolute(rq, URL("search")));
	buf_c_add(&xml, "?q={searchTerms}\"/>\n</OpenSearchDescription>\n");
	return reply_data(rq, 200, "application/opensearchdescription+xml; charset=utf-8",
			  buf_keep(&xml, rq->mem));
}
