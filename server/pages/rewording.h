/* Texts that are to be changed, on the page on which that is checked. */
#ifndef SERVER_PAGES_REWORDING_H
#define SERVER_PAGES_REWORDING_H

#include "server/request.h"
#include "server/views/check_view.h"

/* A page to check, and room for what it tells and sends again, which it points to. */
struct rewording {
	struct check_view *view;
	struct check_fact *facts;
	struct check_field *fields;
};

/*
 * A text that becomes another: told, and sent again under the name `field`. One that stays, or was not sent
 * (NULL), is neither, so that what somebody else changes meanwhile is not put back.
 */
void rewording_add(const struct rewording *to, struct request *rq, const char *field,
		   struct str label, struct str before, struct str after) NONNULL;

#endif
