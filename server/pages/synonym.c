/* One more form for a term of the glossary, in one step: what people search for becomes a synonym. */
#include "server/pages/glossary.h"

#include "indexer/script.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/terms.h"
#include "views/report.h"

enum { TERMS = 20 };

/* The language of the glossary that the word is written in, as far as its letters tell. */
static enum term_lang guess(struct request *rq, struct str word)
{
	struct str tag = str_c(script_language(word));

	if (!tag.len)
		tag = lang_tag(rq->lang);
	if (str_is(tag, "ru"))
		return TERM_RU;
	return str_is(tag, "en") ? TERM_EN : TERM_UZ;
}

static void fill_langs(struct synonym_view *out, struct request *rq, enum term_lang chosen)
{
	struct str labels[] = {_("Uzbek"), _("Russian"), _("English")};
	struct choice *langs = arena_array(rq->mem, TERM_LANGS, sizeof(*langs));

	for (unsigned i = 0; i < TERM_LANGS; i++)
		langs[i] = (struct choice){str_c(term_lang_name((enum term_lang)i)), labels[i],
					   (enum term_lang)i == chosen};
	out->langs = langs;
	out->n_langs = TERM_LANGS;
}

static void fill_item(struct synonym_item *out, struct request *rq, const struct term *term)
{
	AUTO(buf) struct buf others = {0};

	*out = (struct synonym_item){term->public_id, glossary_name(rq, term), STR_NONE,
				     glossary_url(rq->mem, term->public_id)};
	for (unsigned i = 0; i < TERM_LANGS; i++) {
		struct str cell = terms_cell(rq->mem, &term->forms[i]);

		if (cell.len)
			buf_printf(&others, "%s%.*s", others.len ? " · " : "", STR_ARG(cell));
	}
	out->others = buf_keep(&others, rq->mem);
}

static enum status fill_terms(struct synonym_view *out, struct request *rq, enum term_lang lang)
{
	struct term_filter filter = {.lang = lang, .key = script_key(rq->mem, out->find)};
	struct synonym_item *items;
	struct term *terms;

	if (!filter.key.len)
		return ST_OK;
	TRY(term_list(&terms, &out->n_items, rq->db, rq->mem, rq->reader, &filter, TERMS));
	items = arena_array(rq->mem, out->n_items + 1, sizeof(*items));
	for (size_t i = 0; i < out->n_items; i++)
		fill_item(&items[i], rq, &terms[i]);
	out->items = items;
	return ST_OK;
}

static enum status check_may(struct request *rq)
{
	struct term_rights rights;

	TRY(term_rights(&rights, rq->db, rq->reader));
	return rights.approve ? ST_OK
			      : fail(ST_DENIED, "terms are edited by those who manage a space");
}

static enum status show(struct request *rq, int http_status, struct str word, struct str lang_name)
{
	struct synonym_view view = {
		.word = word, .find = str_trim(request_query(rq, "q")), .faults = &rq->faults};
	enum term_lang lang = guess(rq, word);

	(void)term_lang_from(lang_name, &lang);
	fill_langs(&view, rq, lang);
	TRY(fill_terms(&view, rq, lang));
	view.propose = url_at(rq->mem, url_with(rq->mem, URL("glossary"), "propose", word),
			      STR("propose"));
	return REPLY_HTML(rq, http_status, synonym_show, &view);
}

enum status page_synonym_form(struct request *rq)
{
	TRY(check_may(rq));
	return show(rq, 200, str_trim(request_query(rq, "word")), request_query(rq, "lang"));
}

/* ---- adding -------------------------------------------------------------------------------------- */

struct synonym_input {
	struct str word, lang;
};

static const struct form_field fields[] = {
	{"word", FORM_LINE, offsetof(struct synonym_input, word), TERM_WRITTEN_MAX, FORM_REQUIRED},
	{"lang", FORM_WORD, offsetof(struct synonym_input, lang), 2, FORM_REQUIRED},
};

/* All that the concept has, and the word behind the forms of its language. */
static struct term_input with_form(struct arena *mem, const struct term *term, enum term_lang lang,
				   struct str word)
{
	struct term_forms more = terms_read(mem, lang, word, STR(""));
	struct term_input in = {
		.domain = term->domain, .source = term->source, .article = term->article};
	struct term_forms *forms = &in.forms[lang];

	for (unsigned i = 0; i < TERM_LANGS; i++) {
		in.forms[i] = term->forms[i];
		in.meaning[i] = term->meaning[i];
	}
	*forms = (struct term_forms){
		.items = arena_array(mem, forms->count + more.count + 1, sizeof(*forms->items))};
	for (size_t i = 0; i < term->forms[lang].count; i++)
		forms->items[forms->count++] = term->forms[lang].items[i];
	for (size_t i = 0; i < more.count; i++)
		forms->items[forms->count++] = more.items[i];
	return in;
}

enum status page_synonym_add(struct request *rq)
{
	struct synonym_input in = {0};
	enum term_lang lang = TERM_UZ;
	struct term_input input;
	struct term term;

	TRY(term_get(&term, rq->db, rq->mem, rq->reader, request_param(rq, "term")));
	TRY(check_may(rq));
	TRY(act_read(rq, &in, fields, COUNT(fields)));
	if (!rq->faults.count && !term_lang_from(in.lang, &lang))
		TRY(act_fault(rq, "lang", N_("Choose one of the list.")));
	if (!rq->faults.count) {
		input = with_form(rq->mem, &term, lang, in.word);
		TRY(act_try(rq, term_edit(rq->db, rq->mem, rq->reader, term.public_id, &input),
			    "word"));
	}
	if (rq->faults.count)
		return show(rq, 422, form_value(&rq->form, "word"), form_value(&rq->form, "lang"));
	return act_done(rq, glossary_url(rq->mem, term.public_id), N_("The synonym is added."));
}
