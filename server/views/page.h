/* What the frame around every page shows, and the small facts that many views share. */
#ifndef SERVER_VIEWS_PAGE_H
#define SERVER_VIEWS_PAGE_H

#include "schema/space_text.h"
#include "server/assets.h"
#include "server/form.h"
#include "server/out.h"
#include "server/url.h"

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };

/*
 * The frame. Filled by reply.c once a request; the title comes from the view itself. Every page
 * view is view_NAME(out, page, view) and begins with {{render page_begin(p, title)}}.
 */
struct page {
	struct str login, name; /* of the reader; both empty before signing in */
	unsigned duties;        /* enum duty: shows the way to the administration */
	enum theme theme;
	bool saves_data, no_keys; /* for the page's script: see struct reader */
	struct str path; /* of this page with its query: where changing the language returns to */
	struct str
		flash; /* one message about what was just done, in the reader's language, or empty */
	int64_t unseen;      /* notices that wait for the reader */
	struct str label;    /* the highest permitted label of the installation, or empty */
	struct str version;  /* of the program */
	struct str fragment; /* element asked for by X-Fragment, or empty: views may send less */
};

/* A person as named beside a text. `login` is empty for the system and the command line. */
struct person_ref {
	struct str login, name;
};

struct space_ref {
	struct str key;
	struct space_text name;
};

struct article_ref {
	struct str id, slug, title, lang;
};

struct group_ref {
	struct str key, name;
};

/* One value a form may take: its word, what people read (already translated), and whether chosen. */
struct choice {
	struct str value, label;
	bool chosen;
};

/* Its label: names of languages are in the language they name. */
struct spoken spoken_choice(const struct choice *it) NONNULL;

/* Where a list goes on; an absent address leaves the link out. */
struct pager {
	struct url previous, next;
};

/*
 * One list of the numbered pages of a search. Pages around the current one; `current` counts from 1,
 * `url` without the offset; `step` items a page.
 */
struct page_numbers {
	struct url base;
	int64_t current, count, step;
};

/* The words beside a field of a form that was refused, in the reader's language, or empty. */
struct str fault_words(const struct out *o, const struct form_faults *faults, const char *field);

/* "Title: This is needed." for the summary on top: what stands beside the field, with its label. */
struct str fault_line(struct out *o, const struct form_fault *fault);

/* True when something was refused; `faults` may be NULL. */
static inline bool has_faults(const struct form_faults *faults)
{
	return faults && faults->count > 0;
}

/* The title of a page whose form was refused begins with "Error: ". */
struct str fault_title(const struct out *o, const struct form_faults *faults, struct str title);

/* The value of the chosen one, or of the first. */
struct str chosen_value(const struct choice *choices, size_t n);

/* A field of work of the starter glossary in the reader's language; others as they were given. */
struct str domain_words(const struct out *o, struct str domain);

/* Level words in the reader's language: "Read", "Write", "Manage", or "No access". */
struct str level_words(const struct out *o, int level);

/* The name of a group as it is shown: that of all staff in the reader's language, others as they were given. */
struct str group_words(const struct out *o, struct str key, struct str name);

/* How an act of the journal ended; what is not known as it is. */
struct str outcome_words(const struct out *o, struct str outcome);

/* What an act of the journal is called; NONE where it has no words. */
struct str action_words(const struct out *o, struct str action);

/* What a message begins with, behind what it quotes: enough to know it again. */
struct str first_words(const struct out *o, struct str text);

/* The name or description of a space for an attribute or a <title>; elsewhere space_spoken(). */
struct str space_words(const struct out *o, struct space_text text);

/* The same with the language it is in, between tags and for _h(). */
struct spoken space_spoken(const struct out *o, struct space_text text);

/* RFC 3339 in UTC for <time datetime>. */
struct str date_machine(struct out *o, int64_t at);

#endif
