/* The glossary as a list, its letters, its form; CSV. */
#include "server/pages/glossary.h"

#include "indexer/cyrillic.h"
#include "indexer/script.h"
#include "schema/base/utf8.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/terms.h"
#include "views/check.h"
#include "views/glossary.h"

enum { STEP = 50, CSV_STEP = 500, CSV_MOST = 1024 * 1024 };

static enum term_lang lang_of(const struct request *rq)
{
	switch (rq->lang) {
	case LANG_RU:
		return TERM_RU;
	case LANG_EN:
		return TERM_EN;
	case LANG_UZ_LATN:
	case LANG_UZ_CYRL:
	case LANG_COUNT:
		break;
	}
	return TERM_UZ;
}

/* ---- one concept --------------------------------------------------------------------------------- */
struct url glossary_url(struct arena *mem, struct str id)
{
	return url_with_part(mem, URL("glossary"), arena_c(mem, id));
}

struct str glossary_name(struct request *rq, const struct term *term)
{
	enum term_lang lang = lang_of(rq);

	for (unsigned i = 0; i < TERM_LANGS && !term->forms[lang].count; i++)
		lang = (enum term_lang)i;
	if (!term->forms[lang].count)
		return term->public_id;
	if (rq->lang == LANG_UZ_CYRL && lang == TERM_UZ)
		return terms_cyrillic(rq->mem, &term->forms[lang].items[0]);
	return term->forms[lang].items[0].written;
}

static struct str cyrillic_of(struct arena *mem, const struct term_forms *forms)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < forms->count; i++) {
		struct str form = terms_cyrillic(mem, &forms->items[i]);

		buf_printf(&out, "%s%.*s", i ? "; " : "", STR_ARG(form));
	}
	return buf_keep(&out, mem);
}

/* The meaning in the reader's language and script, else in the first language that has one. */
static void fill_meaning(struct term_line *line, struct request *rq, const struct term *term)
{
	static const enum lang langs[TERM_LANGS] = {LANG_UZ_LATN, LANG_RU, LANG_EN};
	enum term_lang lang = lang_of(rq);
	AUTO(buf) struct buf out = {0};

	for (unsigned i = 0; i < TERM_LANGS && !term->meaning[lang].len; i++)
		lang = (enum term_lang)i;
	line->meaning = term->meaning[lang];
	line->meaning_lang = lang_tag(langs[lang]);
	if (rq->lang != LANG_UZ_CYRL || lang != TERM_UZ)
		return;
	cyrillic_from_latin(&out, line->meaning);
	line->meaning = buf_keep(&out, rq->mem);
	line->meaning_lang = lang_tag(LANG_UZ_CYRL);
}

struct term_line glossary_line(struct request *rq, const struct term *term)
{
	struct term_line line = {
		.url = glossary_url(rq->mem, term->public_id),
		.uz = terms_cell(rq->mem, &term->forms[TERM_UZ]),
		.uz_cyrl = cyrillic_of(rq->mem, &term->forms[TERM_UZ]),
		.ru = terms_cell(rq->mem, &term->forms[TERM_RU]),
		.en = terms_cell(rq->mem, &term->forms[TERM_EN]),
		.domain = term->domain,
		.source = term->source,
		.state = term->state,
	};

	fill_meaning(&line, rq, term);
	if (term->article.len)
		line.article = url_article(rq->mem, term->article, STR(""));
	return line;
}

void glossary_json(struct json_out *j, struct request *rq, const struct term *term)
{
	jo_str(j, "id", term->public_id);
	jo_c(j, "state", term_state_name(term->state));
	jo_str(j, "domain", term->domain);
	for (unsigned lang = 0; lang < TERM_LANGS; lang++) {
		const struct term_forms *forms = &term->forms[lang];

		jo_list(j, term_lang_name((enum term_lang)lang));
		for (size_t i = 0; i < forms->count; i++) {
			jo_object(j, NULL);
			jo_str(j, "term", forms->items[i].written);
			if (lang == TERM_UZ)
				jo_str(j, "cyrillic", terms_cyrillic(rq->mem, &forms->items[i]));
			jo_bool(j, "acronym", forms->items[i].acronym);
			jo_end(j);
		}
		jo_end(j);
	}
	jo_object(j, "meaning");
	for (unsigned lang = 0; lang < TERM_LANGS; lang++)
		jo_str(j, term_lang_name((enum term_lang)lang), term->meaning[lang]);
	jo_end(j);
	jo_str(j, "source", term->source);
	jo_str_or_null(j, "article", term->article);
	jo_str_or_null(j, "replacement", term->replacement);
	jo_str_or_null(j, "proposed_by", term->proposer_login);
	jo_str_or_null(j, "approved_by", term->approver_login);
	jo_time(j, "created", term->created_at);
	jo_time(j, "approved", term->approved_at);
	jo_time(j, "modified", term->changed_at);
}

/* ---- its form ------------------------------------------------------------------------------------ */
struct fields_input {
	struct str domain, uz, uz_cyrl, ru, en, meaning_uz, meaning_ru, meaning_en, source, article;
};

static const struct form_field fields[] = {
	{"domain", FORM_LINE, offsetof(struct fields_input, domain), 60, 0},
	{"uz", FORM_LINE, offsetof(struct fields_input, uz), 1000, 0},
	{"uz_cyrl", FORM_LINE, offsetof(struct fields_input, uz_cyrl), 1000, 0},
	{"ru", FORM_LINE, offsetof(struct fields_input, ru), 1000, 0},
	{"en", FORM_LINE, offsetof(struct fields_input, en), 1000, 0},
	{"meaning_uz", FORM_LINE, offsetof(struct fields_input, meaning_uz), TERM_MEANING_MAX, 0},
	{"meaning_ru", FORM_LINE, offsetof(struct fields_input, meaning_ru), TERM_MEANING_MAX, 0},
	{"meaning_en", FORM_LINE, offsetof(struct fields_input, meaning_en), TERM_MEANING_MAX, 0},
	{"source", FORM_LINE, offsetof(struct fields_input, source), TERM_SOURCE_MAX, 0},
	{"article", FORM_WORD, offsetof(struct fields_input, article), PUBLIC_ID_LEN, 0},
};

static struct str text_or_empty(struct str text)
{
	return text.ptr ? text : STR("");
}

enum status glossary_read(struct term_input *out, struct request *rq)
{
	struct fields_input in = {0};

	TRY(act_read(rq, &in, fields, COUNT(fields)));
	*out = (struct term_input){
		.domain = text_or_empty(in.domain),
		.source = text_or_empty(in.source),
		.article = text_or_empty(in.article),
		.meaning = {text_or_empty(in.meaning_uz), text_or_empty(in.meaning_ru),
			    text_or_empty(in.meaning_en)},
	};
	out->forms[TERM_UZ] = terms_read(rq->mem, TERM_UZ, in.uz, text_or_empty(in.uz_cyrl));
	out->forms[TERM_RU] = terms_read(rq->mem, TERM_RU, in.ru, STR(""));
	out->forms[TERM_EN] = terms_read(rq->mem, TERM_EN, in.en, STR(""));
	return ST_OK;
}

struct term_fields glossary_typed(struct request *rq)
{
	const struct form *form = &rq->form;

	return (struct term_fields){
		.domain = form_value(form, "domain"),
		.uz = form_value(form, "uz"),
		.uz_cyrl = form_value(form, "uz_cyrl"),
		.ru = form_value(form, "ru"),
		.en = form_value(form, "en"),
		.meaning_uz = form_value(form, "meaning_uz"),
		.meaning_ru = form_value(form, "meaning_ru"),
		.meaning_en = form_value(form, "meaning_en"),
		.source = form_value(form, "source"),
		.article = form_value(form, "article"),
		.faults = &rq->faults,
	};
}

struct term_fields glossary_fields(struct request *rq, const struct term *term)
{
	return (struct term_fields){
		.domain = term->domain,
		.uz = terms_cell(rq->mem, &term->forms[TERM_UZ]),
		.uz_cyrl = terms_cyrillic_cell(rq->mem, &term->forms[TERM_UZ]),
		.ru = terms_cell(rq->mem, &term->forms[TERM_RU]),
		.en = terms_cell(rq->mem, &term->forms[TERM_EN]),
		.meaning_uz = term->meaning[TERM_UZ],
		.meaning_ru = term->meaning[TERM_RU],
		.meaning_en = term->meaning[TERM_EN],
		.source = term->source,
		.article = term->article,
		.faults = &rq->faults,
	};
}

/* ---- the list ------------------------------------------------------------------------------------ */
/* The address of the list with what was asked, from its beginning. */
static struct url list_url(struct request *rq, struct str letter)
{
	struct url url = url_with(rq->mem, URL("glossary"), "q", request_query(rq, "q"));

	url = url_with(rq->mem, url, "lang", request_query(rq, "lang"));
	url = url_with(rq->mem, url, "domain", request_query(rq, "domain"));
	url = url_with(rq->mem, url, "state", request_query(rq, "state"));
	return url_with(rq->mem, url, "letter", letter);
}

static void fill_letters(struct glossary_view *out, struct request *rq, enum term_lang lang)
{
	const char *const *alphabet = terms_alphabet(lang, &out->n_letters);
	struct glossary_letter *letters = arena_array(rq->mem, out->n_letters, sizeof(*letters));

	for (size_t i = 0; i < out->n_letters; i++) {
		struct str letter = str_c(alphabet[i]);

		letters[i] = (struct glossary_letter){letter, list_url(rq, letter),
						      str_eq(letter, request_query(rq, "letter"))};
	}
	out->letters = letters;
}

static void fill_choices(struct glossary_view *out, struct request *rq,
			 const struct term_filter *filter, const struct term_rights *rights)
{
	struct choice *langs = arena_array(rq->mem, TERM_LANGS, sizeof(*langs));
	struct choice *states = arena_array(rq->mem, 4, sizeof(*states));
	struct str labels[] = {_("Uzbek"), _("Russian"), _("English")};
	struct str state_labels[] = {_("proposed"), _("approved"), _("obsolete")};

	for (unsigned i = 0; i < TERM_LANGS; i++)
		langs[i] = (struct choice){str_c(term_lang_name((enum term_lang)i)), labels[i],
					   filter->lang == (enum term_lang)i};
	states[0] = (struct choice){STR(""), _("all"), !filter->has_state};
	for (unsigned i = 0; i < 3; i++)
		states[i + 1] =
			(struct choice){str_c(term_state_name((enum term_state)i)), state_labels[i],
					filter->has_state && filter->state == (enum term_state)i};
	out->langs = langs;
	out->n_langs = TERM_LANGS;
	out->states = states;
	out->n_states = rights->sees_all ? 4 : 0;
}

static enum status fill_domains(struct glossary_view *out, struct request *rq,
				const struct term_filter *filter)
{
	struct choice *choices;
	struct str *domains;
	size_t count;

	TRY(term_domains(&domains, &count, rq->db, rq->mem, rq->reader));
	choices = arena_array(rq->mem, count + 1, sizeof(*choices));
	choices[0] = (struct choice){STR(""), _("all"), filter->domain.len == 0};
	for (size_t i = 0; i < count; i++)
		choices[i + 1] = (struct choice){
			domains[i], domain_words(&(struct out){.lang = rq->lang}, domains[i]),
			str_eq(domains[i], filter->domain)};
	out->domains = choices;
	out->n_domains = count + 1;
	return ST_OK;
}

static struct term_filter read_filter(struct request *rq)
{
	struct term_filter filter = {.lang = lang_of(rq),
				     .key = script_key(rq->mem, request_query(rq, "q")),
				     .domain = request_query(rq, "domain"),
				     .after = request_query(rq, "after")};

	(void)term_lang_from(request_query(rq, "lang"), &filter.lang);
	filter.initial = terms_initial(rq->mem, filter.lang, request_query(rq, "letter"));
	filter.has_state = term_state_from(request_query(rq, "state"), &filter.state);
	return filter;
}

static enum status list_json(struct request *rq, const struct term *terms, size_t count,
			     struct str next)
{
	struct json_out *j = reply_json(rq, 200);

	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < count; i++) {
		jo_object(j, NULL);
		glossary_json(j, rq, &terms[i]);
		jo_end(j);
	}
	jo_end(j);
	jo_str_or_null(j, "next", next);
	jo_end(j);
	return ST_OK;
}

/* A word to be proposed, from a link: in the field of the language that its letters tell, else of the reader's. */
static void propose_word(struct term_fields *out, struct request *rq, struct str word)
{
	struct str tag = str_c(script_language(word));

	if (!tag.len)
		tag = lang_tag(rq->lang);
	if (str_is(tag, "ru"))
		out->ru = word;
	else if (str_is(tag, "en"))
		out->en = word;
	else
		out->uz = word;
}

static enum status show_list(struct request *rq, int http_status)
{
	struct term_filter filter = read_filter(rq);
	struct glossary_view view = {.query = request_query(rq, "q"), .form = glossary_typed(rq)};
	struct term_rights rights;
	struct term_line *lines;
	struct str next = STR_NONE;
	struct term *terms;

	if (!form_find(&rq->form, "uz"))
		propose_word(&view.form, rq, request_query(rq, "propose"));
	TRY(term_rights(&rights, rq->db, rq->reader));
	TRY(term_list(&terms, &view.n_items, rq->db, rq->mem, rq->reader, &filter, STEP + 1));
	if (view.n_items > STEP) {
		view.n_items = STEP;
		next = terms[STEP - 1].public_id;
	}
	if (rq->json)
		return list_json(rq, terms, view.n_items, next);
	lines = arena_array(rq->mem, view.n_items + 1, sizeof(*lines));
	for (size_t i = 0; i < view.n_items; i++)
		lines[i] = glossary_line(rq, &terms[i]);
	view.items = lines;
	if (next.len)
		view.pager.next =
			url_with(rq->mem, list_url(rq, request_query(rq, "letter")), "after", next);
	view.may_propose = rights.propose;
	view.may_import = rights.approve;
	fill_letters(&view, rq, filter.lang);
	fill_choices(&view, rq, &filter, &rights);
	TRY(fill_domains(&view, rq, &filter));
	return REPLY_HTML(rq, http_status, glossary_list, &view);
}

enum status page_glossary_list(struct request *rq)
{
	return show_list(rq, 200);
}

enum status page_term_propose(struct request *rq)
{
	struct term_input in;
	struct term term;

	TRY(glossary_read(&in, rq));
	if (!rq->faults.count)
		TRY(act_try(rq, term_propose(&term, rq->db, rq->mem, rq->reader, &in), "uz"));
	if (rq->faults.count)
		return show_list(rq, 422);
	if (rq->json) {
		struct json_out *j = reply_json(rq, 201);

		jo_object(j, NULL);
		glossary_json(j, rq, &term);
		jo_end(j);
		return ST_OK;
	}
	return act_done(rq, glossary_url(rq->mem, term.public_id),
			N_("The term is proposed. Those who manage a space approve it."));
}

/* ---- CSV ----------------------------------------------------------------------------------------- */
enum status page_glossary_export(struct request *rq)
{
	struct term_filter filter = read_filter(rq);
	AUTO(buf) struct buf out = {0};
	size_t count;

	filter.after = STR("");
	terms_csv_head(&out);
	do {
		struct term *terms;

		TRY(term_list(&terms, &count, rq->db, rq->mem, rq->reader, &filter, CSV_STEP));
		for (size_t i = 0; i < count; i++)
			terms_csv_row(&out, rq->mem, &terms[i]);
		if (count)
			filter.after = terms[count - 1].public_id;
	} while (count == CSV_STEP);
	TRY(reply_data(rq, 200, "text/csv; charset=utf-8", buf_keep(&out, rq->mem)));
	reply_header(rq, "Content-Disposition", STR("attachment; filename=\"glossary.csv\""));
	return ST_OK;
}

static enum status show_import(struct request *rq, int http_status)
{
	struct term_import_view view = {.faults = &rq->faults};

	return REPLY_HTML(rq, http_status, term_import, &view);
}

enum status page_glossary_import_form(struct request *rq)
{
	struct term_rights rights;

	TRY(term_rights(&rights, rq->db, rq->reader));
	if (!rights.approve)
		return fail(ST_DENIED, "terms are imported by those who manage a space");
	return show_import(rq, 200);
}

/* What the file would do; its text goes along in the form. */
static enum status show_check(struct request *rq, const struct term_counts *counts, struct str text)
{
	struct check_field sent[] = {{STR("text"), text}};
	struct check_fact facts[] = {
		{.label = _("New terms"), .after = words_number(rq->mem, rq->lang, counts->added)},
		{.label = _("Changed terms"),
		 .after = words_number(rq->mem, rq->lang, counts->changed)},
		{.label = _("Unchanged terms"),
		 .after = words_number(rq->mem, rq->lang, counts->unchanged)},
	};
	struct check_view view = {
		.heading = _("Import a CSV file"),
		.facts = facts,
		.n_facts = COUNT(facts),
		.action = URL("glossary/import"),
		.fields = sent,
		.n_fields = COUNT(sent),
		.button = _("Import"),
		.back = URL("glossary/import"),
	};

	rq->no_store = true;
	return REPLY_HTML(rq, 200, check_show, &view);
}

struct file_input {
	struct form_pair file;
	struct str text;
	bool sure;
};

static const struct form_field file_fields[] = {
	{"file", FORM_FILE, offsetof(struct file_input, file), CSV_MOST, 0},
	{"text", FORM_TEXT, offsetof(struct file_input, text), CSV_MOST, 0},
	{"sure", FORM_FLAG, offsetof(struct file_input, sure), 0, 0},
};

enum status page_glossary_import(struct request *rq)
{
	struct file_input in = {0};
	struct term_counts counts = {0};
	struct term_row *rows = NULL;
	struct term_rights rights;
	size_t n = 0;

	TRY(term_rights(&rights, rq->db, rq->reader));
	if (!rights.approve)
		return fail(ST_DENIED, "terms are imported by those who manage a space");
	TRY(act_read(rq, &in, file_fields, COUNT(file_fields)));
	if (!in.text.ptr)
		in.text = form_lf(rq->mem, in.file.value);
	if (!rq->faults.count && text_body_fault(in.text) != TEXT_FINE)
		TRY(act_fault(rq, "file", N_("This is no text in UTF-8.")));
	if (!rq->faults.count)
		TRY(act_try(rq, terms_read_csv(&rows, &n, rq->mem, in.text), "file"));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    term_import(&counts, rq->db, rq->mem, rq->reader, rows, n,
					in.sure ? TERM_IMPORT : TERM_IMPORT_TRY),
			    "file"));
	if (rq->faults.count)
		return show_import(rq, 422);
	if (!in.sure)
		return show_check(rq, &counts, in.text);
	return act_done(rq, URL("glossary"), N_("The terms were imported."));
}
