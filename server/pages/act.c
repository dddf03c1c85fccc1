/* How a form is read, and how an act ends. */
#include "server/pages/act.h"

#include "schema/session.h"
#include "server/denied.h"
#include "server/pages/pages.h"
#include "server/router.h"
#include "views/error.h"

enum status act_read(struct request *rq, void *out, const struct form_field *fields, size_t n)
{
	enum status outcome = request_read_body(rq, out, fields, n);

	return outcome == ST_INVALID && rq->faults.count && !rq->json ? ST_OK : outcome;
}

enum status act_try(struct request *rq, enum status outcome, const char *field)
{
	bool named = fail_field()[0] != '\0';
	bool typed = outcome == ST_INVALID || outcome == ST_CONFLICT ||
		     (outcome == ST_NOT_FOUND && named);
	const char *at, *words;

	if (!typed || (rq->json && outcome != ST_NOT_FOUND))
		return outcome;
	at = named ? arena_c(rq->mem, str_c(fail_field())) : field;
	/* A conflict that names no field is one that the database saw; its words are not for people. */
	words = outcome == ST_CONFLICT && !named ? N_("Somebody else has changed this meanwhile.")
						 : arena_c(rq->mem, str_c(fail_words()));
	if (rq->json) /* the address was found; what it names was not */
		return fail_whole(at, ST_INVALID, words);
	form_fault_add(&rq->faults, at, words);
	return ST_OK;
}

enum status act_fault(struct request *rq, const char *field, const char *words)
{
	form_fault_add(&rq->faults, field, words);
	return rq->json ? fail_whole(field, ST_INVALID, words) : ST_OK;
}

enum status act_done(struct request *rq, struct url to, const char *message)
{
	if (rq->session)
		TRY(session_set_flash(rq->db, &rq->session->hash, str_c(message)));
	return reply_redirect(rq, to);
}

enum status act_refuse(struct request *rq, const char *words)
{
	struct error_view view = {.status = 403, .words = i18n(rq->lang, words)};
	struct json_out *j;

	denied_note(rq);
	rq->no_store = true;
	if (!rq->json)
		return REPLY_HTML(rq, 403, error_show, &view);
	j = reply_json(rq, 403);
	jo_object(j, NULL);
	jo_object(j, "error");
	jo_c(j, "code", "denied");
	jo_str(j, "message", view.words);
	jo_end(j);
	jo_end(j);
	return ST_OK;
}
