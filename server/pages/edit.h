/* What the pages of writing share: the fields as they were sent, and the form that shows them. */
#ifndef SERVER_PAGES_EDIT_H
#define SERVER_PAGES_EDIT_H

#include "schema/draft.h"
#include "server/pages/article_load.h"
#include "server/views/edit_view.h"

/* The fields of /new and /a/ID/edit, and of their JSON twins. A NULL pointer: not sent. */
struct edit_input {
	int64_t base, section, from; /* FORM_ABSENT where not sent */
	struct str title, body, comment, lang, parent, status;
	struct str space, audience, translate; /* of a new article */
	struct str form_key;
	struct str draft; /* id of the kept text that this began from */
	struct str own; /* of a conflict: the text as its writer first sent it, begun from `from` */
	struct str act; /* "save", "preview", "diff", "pick" */
	struct str editor; /* in which it was written: "source", "visual" */
	struct str_list tags;
	const struct json_value *fields;
	bool minor;
};

/* What is shown besides the form; everything may be left out. */
struct edit_extra {
	struct html preview;
	const struct diff_rows *changes;
	const struct draft *draft; /* an unsaved text to offer */
	bool draft_loaded;
};

/* ---- edit_show.c ---- */

/* The fields as they were typed, whatever is wrong with them. */
struct edit_input edit_typed(struct request *rq) NONNULL;

/* The view of the form; `article` is NULL for a new one. Faults are rq->faults. */
enum status edit_fill(struct edit_view *out, struct request *rq, const struct article *article,
		      const struct edit_input *in) __attribute__((nonnull(1, 2, 4))) MUST_USE;

/* The page of it, or with X-Fragment only what is below the form. */
enum status edit_show(struct request *rq, int http_status, const struct article *article,
		      const struct edit_input *in, const struct edit_extra *extra)
	__attribute__((nonnull(1, 4, 5))) MUST_USE;

/*
 * The form again, with everything typed, after an outcome that its writer can mend (INVALID,
 * TOO_LARGE, BUSY); any other outcome is returned as it is.
 */
enum status edit_refuse(struct request *rq, enum status outcome, const struct article *article)
	__attribute__((nonnull(1))) MUST_USE;

/* The text as it would look, links resolved as in the article (NULL: as in a new one of the space). */
enum status edit_preview(struct html *out, struct request *rq, const struct article *article,
			 const struct edit_input *in) __attribute__((nonnull(1, 2, 4))) MUST_USE;

/* Tags between commas. */
struct str edit_tags_line(struct arena *mem, const struct article_tag *tags, size_t count) NONNULL;

/* The editor that was used opens first the next time. */
enum status edit_remember(struct request *rq, const struct edit_input *in) NONNULL MUST_USE;

/* The unsaved text of this person, if there is one: `found` says so. */
enum status edit_draft(struct draft *out, bool *found, struct request *rq,
		       const struct article *article) __attribute__((nonnull(1, 2, 3))) MUST_USE;

/* ---- edit_compose.c ---- */

/* Part `number` (1 ...) of a text: from its heading to the next of the same or a higher level. */
enum status edit_section(struct str *out, struct request *rq, struct str body, int64_t number)
	NONNULL MUST_USE;

/*
 * The whole text that was sent: `in->body`, or with a section the text of revision in->base with
 * this section replaced.
 */
enum status edit_whole_body(struct str *out, struct request *rq, const struct article *article,
			    const struct edit_input *in) NONNULL MUST_USE;

/* Put what was sent over what is there; `out` holds the article of today or, for a new one, nothing. */
enum status edit_compose(struct article_input *out, struct request *rq, const struct edit_input *in)
	NONNULL MUST_USE;

/* ---- edit_conflict.c ---- */

/* The page of a conflict again, with what the person chose of each place put into the text. */
enum status edit_pick(struct request *rq, const struct edit_input *in) NONNULL MUST_USE;

/* Somebody else saved first: merge, and let the person look. In JSON the article of today. */
enum status edit_conflict(struct request *rq, const struct edit_input *in, struct str own_body)
	NONNULL MUST_USE;

#endif
