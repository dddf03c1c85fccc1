/* Refusals: one status, one wording, for pages and for JSON (security.md 5.5). */
#include "schema/access.h"
#include "schema/base/log.h"
#include "server/app.h"
#include "server/guard.h"
#include "server/reply.h"
#include "server/views/error_view.h"
#include "views/error.h"

static const struct {
	int status;
	const char *code;
	const char *words;
} refusals[] = {
	[REFUSED_MALFORMED] = {400, "malformed", N_("The request is not well-formed.")},
	[REFUSED_ANONYMOUS] = {401, "sign_in", N_("Sign in.")},
	[REFUSED_CSRF] = {403, "form_expired", N_("The form is out of date; open it again.")},
	[REFUSED_DENIED] = {403, "denied", N_("You may read this but not change it.")},
	[REFUSED_NOT_FOUND] = {404, "not_found",
			       N_("There is no such page, or you may not read it.")},
	[REFUSED_METHOD] = {405, "method", N_("This cannot be done here.")},
	[REFUSED_CONFLICT] = {409, "conflict", N_("Somebody else has changed this meanwhile.")},
	[REFUSED_TOO_LARGE] = {413, "too_large", N_("This is too large.")},
	[REFUSED_TYPE] = {415, "type", N_("This type of content is not accepted.")},
	[REFUSED_INVALID] = {422, "invalid", NULL},
	[REFUSED_TOO_MANY] = {429, "too_many", N_("Too many requests; wait a little.")},
	[REFUSED_FAILED] = {500, "failed", N_("Something failed.")},
	[REFUSED_BUSY] = {503, "busy", N_("The server is busy; try again shortly.")},
	[REFUSED_FULL] =
		{503, "full",
		 N_("The disk is nearly full: nothing can be saved, but all can be read.")},
};

static void refuse_json(struct request *rq, enum refusal refusal, struct str words,
			const char *field)
{
	struct json_out *j = reply_json(rq, refusals[refusal].status);

	jo_object(j, NULL);
	jo_object(j, "error");
	jo_c(j, "code", refusals[refusal].code);
	jo_str(j, "message", words);
	if (field[0])
		jo_c(j, "field", field);
	jo_c(j, "id", rq->number);
	jo_end(j);
	jo_end(j);
}

static void refuse_html(struct request *rq, enum refusal refusal, struct str words)
{
	struct error_view view = {.status = refusals[refusal].status,
				  .words = refusal == REFUSED_ANONYMOUS ? STR_NONE : words,
				  .expired = refusal == REFUSED_CSRF};

	if (view.status >= 500 || rq->exchange->head.refused)
		view.number = str_c(rq->number);
	(void)REPLY_HTML(rq, view.status, error_show, &view);
}

void reply_refuse(struct request *rq, enum refusal refusal)
{
	bool invalid = refusal == REFUSED_INVALID;
	/* Taken first: what follows may fail as well and overwrite them. */
	const char *field = invalid ? arena_c(rq->mem, str_c(fail_field())) : "";
	struct str words = i18n(rq->lang, invalid ? arena_c(rq->mem, str_c(fail_words()))
						  : refusals[refusal].words);

	rq->no_store = true;
	if (rq->json)
		refuse_json(rq, refusal, words, field);
	else
		refuse_html(rq, refusal, words);
	if (refusal == REFUSED_ANONYMOUS)
		reply_header(rq, "WWW-Authenticate",
			     guard_is_feed(rq) ? STR("Basic realm=\"Devon\", charset=\"UTF-8\"")
					       : STR("Bearer realm=\"Devon\""));
	if (refusals[refusal].status == 503 || refusal == REFUSED_TOO_MANY)
		reply_header(rq, "Retry-After",
			     arena_printf(rq->mem, "%d",
					  rq->retry_after > 0 ? rq->retry_after : RETRY_AFTER));
}

static enum refusal refusal_of(const struct request *rq, enum status outcome)
{
	switch (outcome) {
	case ST_NOT_FOUND:
		return REFUSED_NOT_FOUND;
	case ST_DENIED:
		return REFUSED_DENIED;
	case ST_INVALID:
		return rq->malformed ? REFUSED_MALFORMED : REFUSED_INVALID;
	case ST_CONFLICT:
		return REFUSED_CONFLICT;
	case ST_TOO_LARGE:
		return REFUSED_TOO_LARGE;
	case ST_BUSY:
		return REFUSED_BUSY;
	case ST_OK: /* not an outcome to refuse for */
	case ST_FAILED:
		break;
	}
	return REFUSED_FAILED;
}

void reply_outcome(struct request *rq, enum status outcome)
{
	enum refusal refusal = refusal_of(rq, outcome);

	/* People get the number, the log gets the words. */
	if (refusal == REFUSED_FAILED)
		log_error("%s %s: %s (%s)", rq->number, rq->route ? rq->route->name : "-",
			  fail_message(), fail_place());
	else if (refusal == REFUSED_BUSY)
		log_warn("%s %s: %s", rq->number, rq->route ? rq->route->name : "-",
			 fail_message());
	reply_refuse(rq, refusal);
}
