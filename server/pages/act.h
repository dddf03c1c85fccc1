/* How a form is read, and how an act ends: the same few steps on every page that changes something. */
#ifndef SERVER_PAGES_ACT_H
#define SERVER_PAGES_ACT_H

#include "server/request.h"

/*
 * request_read() for pages that show their form again: ST_OK also when a person filled it in wrongly,
 * with the faults in rq->faults. From a program, faults are INVALID at once.
 *	TRY(act_read(rq, &in, fields, COUNT(fields)));
 *	if (!rq->faults.count)
 *		TRY(act_try(rq, thing_add(...), "key"));
 *	if (rq->faults.count)
 *		return show the form, with 422 and form_value(&rq->form, "key") as typed
 */
enum status act_read(struct request *rq, void *out, const struct form_field *fields, size_t n)
	NONNULL MUST_USE;

/*
 * The outcome of a store function. What the person can correct (INVALID, CONFLICT and whatever else
 * names a field) becomes a fault of that field, or of `field` where none is named, and ST_OK.
 */
enum status act_try(struct request *rq, enum status outcome, const char *field) NONNULL MUST_USE;

/* A fault that the page itself has found; INVALID for programs. `words`: N_("..."). */
enum status act_fault(struct request *rq, const char *field, const char *words) NONNULL MUST_USE;

/*
 * 303 to `to`, where `message` is shown once; an English text marked with N_(), translated when it
 * is shown. In JSON: 204.
 */
enum status act_done(struct request *rq, struct url to, const char *message) NONNULL MUST_USE;

/*
 * 403 with words that tell more than "you may not": N_("Nobody changes their own groups."). Noted
 * in the journal like every act that is refused.
 */
enum status act_refuse(struct request *rq, const char *words) NONNULL MUST_USE;

#endif
