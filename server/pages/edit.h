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
	struct str draft; /* id under which the form's text is kept */
	struct str own; /* of a conflict: the text as its writer first sent it, begun from `from` */
	struct str was; /* of a conflict: what was chosen of each place when `body` was shown */
	struct str facts;  /* language, parent and status as they were when the form was opened */
	struct str act;    /* "save", "preview", "diff", "pick" */
	struct str editor; /* in which it was written: "source", "visual" */
	struct str_list tags;
	const struct json_value *fields;
	bool minor;
};

/* What is shown besides the form; everything may be left out. */
struct edit_extra {
	struct html preview;
	const struct diff_rows *changes;
	bool offer; /* the texts that were not saved */
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

/*
 * What follows when an article was made or saved: a program is shown it, a person led to it and told so
 * (N_("...")). Its unsaved text goes, and the editor that was used opens first the next time.
 */
enum status edit_done(struct request *rq, const struct article *article,
		      const struct edit_input *in, int http_status, const char *words)
	NONNULL MUST_USE;

/* ---- draft.c ---- */

/* All that was typed, to be kept; and back into the form. */
struct draft edit_to_draft(const struct edit_input *in) NONNULL;
void edit_from_draft(struct edit_input *in, struct arena *mem, const struct draft *draft) NONNULL;

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

/* "LANG PARENT STATUS" of the article of today. */
struct str edit_facts(struct arena *mem, struct str lang, struct str parent, struct str status)
	NONNULL;

/* ---- edit_conflict.c ---- */

/* Does the form come from the page of a conflict? */
bool edit_is_conflict(const struct edit_input *in) NONNULL;

/*
 * The page of a conflict again: what the person chose of each place is put into the text, and what was
 * written into it by hand stays; with a preview or the changes where one asked for them.
 */
enum status edit_pick(struct request *rq, int http_status, const struct edit_input *in)
	NONNULL MUST_USE;

/* Somebody else saved first: merge, and let the person look. In JSON the article of today. */
enum status edit_conflict(struct request *rq, const struct edit_input *in, struct str own_body)
	NONNULL MUST_USE;

#endif
