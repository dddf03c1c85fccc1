/* What the words of a search are recognised by, for marking them in an article that it found. */
#ifndef SERVER_MARKS_H
#define SERVER_MARKS_H

#include "schema/access.h"
#include "server/app.h"
#include "server/markup.h"

/*
 * The same words as the search marks in its results, with the spellings that the audience of the article
 * knows. NULL, and ST_OK, where nothing is to be marked, also where `who` does not read the audience. BUSY
 * when no child can answer. `app` must have its children. Lives in `mem`; for this thread alone.
 */
enum status marks_find(const struct markup_marks **out, struct app *app, const struct reader *who,
		       struct db *db, struct arena *mem, int64_t audience_id, struct str query,
		       bool as_typed) NONNULL MUST_USE;

#endif
