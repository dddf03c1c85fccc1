/* What a space is called in each language: the same for its managers and for administrators. */
#ifndef SERVER_PAGES_SPACE_NAMES_H
#define SERVER_PAGES_SPACE_NAMES_H

#include "server/json.h"
#include "server/pages/grant.h"
#include "server/views/space_view.h"

/* The fields of the form: as they were typed, where it comes back, else as they are. */
enum status space_names_fill(struct space_settings_view *out, struct request *rq, struct str key)
	NONNULL MUST_USE;

/*
 * A whole POST or PUT. From the form: every name, "name-ru", and first a page to check. From a
 * program, or with `lang`: "name" and "description" in that language.
 */
enum status space_names_post(struct request *rq, const struct space_target *target)
	NONNULL MUST_USE;

/* The member "names": what was given, by language. A first name of unknown language is not in it. */
void space_names_json(struct json_out *j, struct request *rq, const struct space_name *names,
		      size_t n) NONNULL;

#endif
