/* The glossary: how a concept is shown, its form, CSV. */
#include "server/pages/glossary.h"

#include "indexer/cyrillic.h"
#include "indexer/script.h"
#include "schema/base/utf8.h"
#include "server/pages/act.h"
#include "server/pages/pages.h"
#include "server/terms.h"
#include "views/check.h"
#include "views/glossary.h"

enum { CSV_STEP = 500, CSV_MOST = 1024 * 1024 };

enum term_lang glossary_lang(const struct request *rq)
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
	enum term_lang lang = glossary_lang(rq);

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
	enum term_lang lang = glossary_lang(rq);
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

/* ---- CSV ----------------------------------------------------------------------------------------- */
enum status page_glossary_export(struct request *rq)
{
	struct term_filter filter = glossary_filter(rq);
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
