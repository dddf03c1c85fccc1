/* The glossary: its list, one concept, and a file of terms. */
#ifndef SERVER_VIEWS_GLOSSARY_VIEW_H
#define SERVER_VIEWS_GLOSSARY_VIEW_H

#include "schema/term.h"
#include "server/views/page.h"

/* A concept as a row shows it: cells hold all forms, the preferred one first. */
struct term_line {
	struct url url;
	struct str uz, uz_cyrl, ru, en; /* uz_cyrl: given, or converted */
	struct str meaning;             /* in the reader's language, or in another ... */
	struct str meaning_lang;        /* ... which is this */
	struct str domain, source;
	struct url article; /* or none */
	enum term_state state;
};

/* What a concept is made of, as typed or as it is. */
struct term_fields {
	struct str domain, uz, uz_cyrl, ru, en, meaning_uz, meaning_ru, meaning_en, source, article;
	const struct form_faults *faults;
};

struct glossary_letter {
	struct str letter;
	struct url url;
	bool chosen;
};

/* /glossary?q=&lang=&letter=&domain=&state= */
struct glossary_view {
	struct str query;
	const struct choice *langs, *domains, *states; /* states: only for the home organisation */
	size_t n_langs, n_domains, n_states;
	enum term_lang order[TERM_LANGS]; /* of the columns: that of the list comes first */
	const struct glossary_letter *letters;
	size_t n_letters;
	const struct term_line *items;
	size_t n_items;
	struct pager pager;
	bool may_propose, may_import;
	struct term_fields form;
};

/* /glossary/ID */
struct term_view {
	const struct term *term;
	struct term_line line;
	struct str
		name; /* the heading: the preferred form in the reader's language, or in another */
	struct url replacement; /* or none */
	struct str replacement_name;
	struct url search; /* the articles that use it */
	bool may_edit, may_approve;
	struct term_fields form;
	struct str replace_with; /* as typed */
};

/* /glossary/import */
struct term_import_view {
	const struct form_faults *faults;
};

#endif
