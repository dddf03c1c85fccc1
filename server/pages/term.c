/* One concept of the glossary: shown, edited, approved, made obsolete. */
#include "server/pages/act.h"
#include "server/pages/glossary.h"
#include "server/pages/pages.h"
#include "views/glossary.h"

static enum status load(struct term *out, struct request *rq)
{
	return term_get(out, rq->db, rq->mem, rq->reader, request_param(rq, "term"));
}

static enum status reply_json_term(struct request *rq, const struct term *term)
{
	struct json_out *j = reply_json(rq, 200);

	jo_object(j, NULL);
	glossary_json(j, rq, term);
	jo_end(j);
	return ST_OK;
}

static enum status show(struct request *rq, int http_status)
{
	struct term_rights rights;
	struct term term, other;
	struct term_view view = {.term = &term};
	bool typed = form_find(&rq->form, "uz") != NULL;

	TRY(load(&term, rq));
	if (rq->json)
		return reply_json_term(rq, &term);
	TRY(term_rights(&rights, rq->db, rq->reader));
	view.line = glossary_line(rq, &term);
	view.name = glossary_name(rq, &term);
	view.search = url_with(rq->mem, URL("search"), "q", view.name);
	view.may_edit = term_may_edit(&term, &rights, rq->reader);
	view.may_approve = rights.approve;
	view.form = typed ? glossary_typed(rq) : glossary_fields(rq, &term);
	view.replace_with = form_value(&rq->form, "replacement");
	if (term.replacement.len &&
	    term_get(&other, rq->db, rq->mem, rq->reader, term.replacement) == ST_OK) {
		view.replacement = glossary_url(rq->mem, other.public_id);
		view.replacement_name = glossary_name(rq, &other);
	}
	return REPLY_HTML(rq, http_status, term_show, &view);
}

/* Back to the concept; in JSON it is the answer. */
static enum status done(struct request *rq, const char *message)
{
	if (rq->faults.count)
		return show(rq, 422);
	if (rq->json)
		return show(rq, 200);
	return act_done(rq, glossary_url(rq->mem, request_param(rq, "term")), message);
}

enum status page_term_show(struct request *rq)
{
	return show(rq, 200);
}

enum status page_term_save(struct request *rq)
{
	struct term_input in;
	struct term term;

	TRY(load(&term, rq));
	TRY(glossary_read(&in, rq));
	if (!rq->faults.count)
		TRY(act_try(rq, term_edit(rq->db, rq->mem, rq->reader, term.public_id, &in), "uz"));
	return done(rq, N_("The term is saved."));
}

enum status page_term_approve(struct request *rq)
{
	TRY(term_approve(rq->db, rq->mem, rq->reader, request_param(rq, "term")));
	return done(rq, N_("The term is approved."));
}

struct retire_input {
	struct str replacement;
};

static const struct form_field retire_fields[] = {
	{"replacement", FORM_WORD, offsetof(struct retire_input, replacement), PUBLIC_ID_LEN, 0},
};

enum status page_term_retire(struct request *rq)
{
	struct retire_input in = {0};
	struct term term;

	TRY(load(&term, rq));
	TRY(act_read(rq, &in, retire_fields, COUNT(retire_fields)));
	if (!rq->faults.count)
		TRY(act_try(rq,
			    term_retire(rq->db, rq->mem, rq->reader, term.public_id,
					in.replacement.ptr ? in.replacement : STR("")),
			    "replacement"));
	return done(rq, N_("The term is obsolete now."));
}
