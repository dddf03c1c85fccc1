/* Writing: a new article, an edit, its preview, and what to do when somebody else was first. */
#ifndef SERVER_VIEWS_EDIT_VIEW_H
#define SERVER_VIEWS_EDIT_VIEW_H

#include "schema/draft.h"
#include "server/views/diff_view.h"
#include "server/views/page.h"

/* What the form holds, as it was typed. Fields: title body comment minor lang tags parent space
 * audience status base form_key do; `do` is "save", "preview" or "diff". */
struct edit_view {
	struct article_ref article; /* empty id: a new one */
	int64_t base;               /* number of the revision it started from; 0 for a new one */
	struct str form_key;        /* fresh for each form: sending it twice saves once */
	struct str title, body, comment, tags; /* tags: between commas */
	bool minor;
	struct str parent_id;
	struct str parent_title; /* shown beside it; or empty */
	struct str facts;        /* language, parent and status of the version it started from */
	struct str translate_of; /* public id of the article that this one translates, or empty */
	const struct choice *langs;
	size_t n_langs;
	const struct choice *spaces; /* for a new article: those where the reader may write */
	size_t n_spaces;
	const struct choice *audiences; /* for a new article, of the chosen space; 0: all readers */
	size_t n_audiences;
	const struct choice *statuses; /* published, draft */
	size_t n_statuses;
	struct html readers; /* "All readers of Consular", "Only: Consuls" */
	const struct form_faults *faults;
	int64_t section;                 /* only this section is being edited; 0: the whole */
	struct html preview;             /* shown when not empty */
	const struct diff_rows *changes; /* against the base; shown when not NULL */
	const struct draft *drafts;      /* unsaved texts of the same person, the newest first */
	size_t n_drafts;
	struct str draft_of; /* under which id this form's text is kept until it is saved */
	bool unsaved;        /* sent once, but not saved: not to be left without a warning */
	const struct draft_writer *writers; /* who else is writing at it just now */
	size_t n_writers;
	bool visual; /* the reader opens the visual editor first */
};

/* What stays of a place that both changed. */
enum conflict_choice { CONFLICT_MINE, CONFLICT_THEIRS, CONFLICT_BOTH, CONFLICT_CHOICES };

/* As many as a form can ask for. */
enum { CONFLICT_PLACES = 100 };

/* A place that both changed; the person chooses. Lines as text. */
struct conflict_piece {
	struct str mine, theirs, before;
	enum conflict_choice choice; /* what `edit.body` holds of it */
};

struct conflict_view {
	struct edit_view edit; /* body: merged where that was possible; base: the current number */
	bool clean;            /* merged without a doubt: shown as a preview to be saved */
	int64_t from;          /* number of the revision that the person began from */
	struct str own_body;   /* what the person had typed, whole, to copy from */
	struct person_ref their_author; /* of the current revision */
	int64_t their_number, their_at;
	const struct diff_rows *their_changes; /* from the old base to the current one */
	const struct conflict_piece *pieces;   /* at most CONFLICT_PLACES */
	size_t n_pieces;
	bool more_pieces; /* further places, of which one's own text stays */
	struct str was;   /* the first letter of what was chosen of each */
};

#endif
