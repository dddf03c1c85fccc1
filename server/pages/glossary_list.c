/* The list of the glossary: its letters, its filters, its order; the form that proposes a term. */
#include "indexer/script.h"
#include "server/collate.h"
#include "server/pages/act.h"
#include "server/pages/glossary.h"
#include "server/pages/pages.h"
#include "server/terms.h"
#include "views/glossary.h"

enum { STEP = 50 };

/* The address of the list with what was asked, from its beginning. */
static struct url list_url(struct request *rq, struct str letter)
{
	struct url url = url_with(rq->mem, URL("glossary"), "q", request_query(rq, "q"));

	url = url_with(rq->mem, url, "lang", request_query(rq, "lang"));
	url = url_with(rq->mem, url, "domain", request_query(rq, "domain"));
	url = url_with(rq->mem, url, "state", request_query(rq, "state"));
	return url_with(rq->mem, url, "letter", letter);
}

/* Uzbek terms for who reads them in Cyrillic letters. */
static bool is_cyrillic(const struct request *rq, const struct term_filter *filter)
{
	return rq->lang == LANG_UZ_CYRL && filter->lang == TERM_UZ && !rq->json;
}

static enum term_alphabet alphabet_of(const struct request *rq, const struct term_filter *filter)
{
	return is_cyrillic(rq, filter) ? ALPHABET_UZ_CYRL : (enum term_alphabet)filter->lang;
}

static void fill_letters(struct glossary_view *out, struct request *rq,
			 const struct term_filter *filter)
{
	enum term_alphabet which = alphabet_of(rq, filter);
	const char *const *alphabet = terms_alphabet(which, &out->n_letters);
	struct glossary_letter *letters = arena_array(rq->mem, out->n_letters, sizeof(*letters));
	struct str chosen = terms_letter(rq->mem, which, request_query(rq, "letter"));

	for (size_t i = 0; i < out->n_letters; i++) {
		struct str letter = str_c(alphabet[i]);

		letters[i] = (struct glossary_letter){letter, list_url(rq, letter),
						      str_eq(letter, chosen)};
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
	out->order[0] = filter->lang;
	for (unsigned i = 0, place = 1; i < TERM_LANGS; i++) {
		if (filter->lang != (enum term_lang)i)
			out->order[place++] = (enum term_lang)i;
	}
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

struct term_filter glossary_filter(struct request *rq)
{
	struct term_filter filter = {.lang = glossary_lang(rq),
				     .key = script_key(rq->mem, request_query(rq, "q")),
				     .domain = request_query(rq, "domain"),
				     .after = request_query(rq, "after")};

	(void)term_lang_from(request_query(rq, "lang"), &filter.lang);
	filter.initial = terms_initial(rq->mem, filter.lang, request_query(rq, "letter"));
	filter.has_state = term_state_from(request_query(rq, "state"), &filter.state);
	return filter;
}

/*
 * Cyrillic letters are none of the record's: all names are read and put in order here. The places of those
 * that are shown; concepts without an Uzbek term come last, and have no initial.
 */
static size_t cyrillic_order(size_t **out, struct request *rq, const struct term_name *names,
			     size_t n)
{
	struct str *shown = arena_array(rq->mem, n + 1, sizeof(*shown));
	struct str letter = terms_letter(rq->mem, ALPHABET_UZ_CYRL, request_query(rq, "letter"));
	struct str initial = collate_key(rq->mem, rq->lang, letter);
	size_t count = 0, *order;

	for (size_t i = 0; i < n; i++)
		shown[i] = terms_cyrillic(rq->mem, &names[i].form);
	order = collate(rq->mem, rq->lang, shown, n);
	*out = arena_array(rq->mem, n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++) {
		if (shown[order[i]].len &&
		    str_starts(collate_key(rq->mem, rq->lang, shown[order[i]]), initial))
			(*out)[count++] = order[i];
	}
	for (size_t i = 0; i < n && !letter.len; i++) {
		if (!shown[i].len)
			(*out)[count++] = i;
	}
	return count;
}

/* How many names stand before the place at which the list goes on: behind a concept that may have left it. */
static enum status cyrillic_place(size_t *out, struct request *rq, struct str after,
				  const struct term_name *names, const size_t *order, size_t n)
{
	enum status outcome;
	struct term left;
	struct str key;

	*out = 0;
	for (size_t i = 0; i < n && after.len; i++) {
		if (str_eq(names[order[i]].public_id, after))
			*out = i + 1;
	}
	if (*out || !after.len)
		return ST_OK;
	outcome = term_get(&left, rq->db, rq->mem, rq->reader, after);
	if (outcome != ST_OK || !left.forms[TERM_UZ].count)
		return outcome == ST_NOT_FOUND ? ST_OK : outcome;
	key = collate_key(rq->mem, rq->lang,
			  terms_cyrillic(rq->mem, &left.forms[TERM_UZ].items[0]));
	while (*out < n && names[order[*out]].form.written.len &&
	       str_cmp(collate_key(rq->mem, rq->lang,
				   terms_cyrillic(rq->mem, &names[order[*out]].form)),
		       key) <= 0)
		++*out;
	return ST_OK;
}

static enum status list_cyrillic(struct term **out, size_t *count, struct request *rq,
				 const struct term_filter *filter)
{
	struct term *list = arena_array(rq->mem, STEP + 1, sizeof(*list));
	struct term_name *names;
	size_t n, *order, from;

	*out = list;
	*count = 0;
	TRY(term_names(&names, &n, rq->db, rq->mem, rq->reader, filter));
	n = cyrillic_order(&order, rq, names, n);
	TRY(cyrillic_place(&from, rq, filter->after, names, order, n));
	for (size_t i = from; i < n && *count <= STEP; i++)
		TRY(term_get(&list[(*count)++], rq->db, rq->mem, rq->reader,
			     names[order[i]].public_id));
	return ST_OK;
}

/* One more than a page shows, to know whether the list goes on. */
static enum status list_terms(struct term **out, size_t *count, struct request *rq,
			      const struct term_filter *filter)
{
	if (is_cyrillic(rq, filter))
		return list_cyrillic(out, count, rq, filter);
	return term_list(out, count, rq->db, rq->mem, rq->reader, filter, STEP + 1);
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
	struct term_filter filter = glossary_filter(rq);
	struct glossary_view view = {.query = request_query(rq, "q"), .form = glossary_typed(rq)};
	struct term_rights rights;
	struct term_line *lines;
	struct str next = STR_NONE;
	struct term *terms;

	if (!form_find(&rq->form, "uz"))
		propose_word(&view.form, rq, request_query(rq, "propose"));
	TRY(term_rights(&rights, rq->db, rq->reader));
	TRY(list_terms(&terms, &view.n_items, rq, &filter));
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
	fill_letters(&view, rq, &filter);
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
