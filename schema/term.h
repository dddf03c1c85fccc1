/*
 * The glossary: concepts and the terms that name them in Uzbek, Russian and English.
 *
 * Who may do what: approved concepts are seen by everybody who is signed in; proposed and obsolete
 * ones by the home organisation, whose people may all propose. Those who manage at least one space
 * (and the operator) approve, edit, replace and import; a proposer may mend the own proposal until it
 * is approved. A concept that was approved is never deleted: it becomes obsolete, perhaps with a
 * replacement. Every act is a row of the journal.
 */
#ifndef SCHEMA_TERM_H
#define SCHEMA_TERM_H

#include "schema/access.h"

enum term_state { TERM_PROPOSED, TERM_APPROVED, TERM_OBSOLETE };
enum term_lang { TERM_UZ, TERM_RU, TERM_EN, TERM_LANGS };
enum { TERM_FORMS_MAX = 12, TERM_WRITTEN_MAX = 200, TERM_MEANING_MAX = 600, TERM_SOURCE_MAX = 200 };

/* One written form. The keys are made by the caller, because folding is the indexer's. */
struct term_form {
	struct str written;  /* Uzbek in Latin letters */
	struct str cyrillic; /* of Uzbek, only where it was given: else it follows from `written` */
	struct str key;      /* folded */
	struct str sort;     /* orders as the alphabet of the language does */
	bool acronym;
};

/* The forms of one language, the preferred one first. */
struct term_forms {
	struct term_form *items;
	size_t count;
};

struct term {
	int64_t id;
	struct str public_id, domain, source;
	struct term_forms forms[TERM_LANGS];
	struct str meaning[TERM_LANGS];
	enum term_state state;
	struct str article;     /* public id, where this reader may read it; else empty */
	struct str replacement; /* public id of the concept that took its place, or empty */
	struct str proposer_login, proposer_name, approver_login, approver_name;
	int64_t proposer_id;
	int64_t created_at, approved_at, changed_at; /* 0: not yet */
};

/* "uz", "ru", "en", and back. */
const char *term_lang_name(enum term_lang lang);
bool term_lang_from(struct str name, enum term_lang *out) NONNULL;

/* "proposed", "approved", "obsolete", and back. */
const char *term_state_name(enum term_state state);
bool term_state_from(struct str name, enum term_state *out) NONNULL;

/* What this reader may do here, at this moment. */
struct term_rights {
	bool sees_all; /* proposed and obsolete ones too */
	bool propose, approve;
};
enum status term_rights(struct term_rights *out, struct db *db, const struct reader *who)
	NONNULL MUST_USE;

/* May edit this concept: an approver, or its proposer before it is approved. */
bool term_may_edit(const struct term *term, const struct term_rights *rights,
		   const struct reader *who) NONNULL;

/* ---- reading --------------------------------------------------------------------------------- */
struct term_filter {
	enum term_lang lang; /* orders the list */
	struct str key;      /* folded: begins a word of any form of any language; empty: all */
	struct str initial;  /* `sort` of the preferred form begins so; empty: all */
	struct str domain;   /* empty: all */
	bool has_state;
	enum term_state state;
	struct str after; /* public id behind which the list goes on; empty: the beginning */
};

/* Concepts that have no term in the language of the filter come last. */
enum status term_list(struct term **out, size_t *count, struct db *db, struct arena *mem,
		      const struct reader *who, const struct term_filter *filter, size_t limit)
	NONNULL MUST_USE;

/* A concept by its preferred form in the language of a filter, which is empty where it has none. */
struct term_name {
	struct str public_id;
	struct term_form form; /* without its keys */
};

/* All that a filter lets through, whatever its `initial` and `after` say; the oldest first. */
enum status term_names(struct term_name **out, size_t *count, struct db *db, struct arena *mem,
		       const struct reader *who, const struct term_filter *filter) NONNULL MUST_USE;

/* NOT_FOUND also where this reader may not see it. */
enum status term_get(struct term *out, struct db *db, struct arena *mem, const struct reader *who,
		     struct str public_id) NONNULL MUST_USE;

/* The domains in use among what this reader sees, in order. */
enum status term_domains(struct str **out, size_t *count, struct db *db, struct arena *mem,
			 const struct reader *who) NONNULL MUST_USE;

/* A number that changes with every change of what is approved. */
enum status term_version(int64_t *out, struct db *db) NONNULL MUST_USE;

/* Every approved concept with its forms alone: what queries are widened by. */
enum status term_load_approved(struct term **out, size_t *count, struct db *db, struct arena *mem)
	NONNULL MUST_USE;

/* ---- changing -------------------------------------------------------------------------------- */
/* What a concept is made of; at least one form in one language. */
struct term_input {
	struct str domain, source;
	struct str article; /* public id of an article that the writer may read, or empty */
	struct term_forms forms[TERM_LANGS];
	struct str meaning[TERM_LANGS];
};

/*
 * All of these: DENIED to those who may not, INVALID naming the field ("uz", "ru", "en", "domain",
 * "meaning_uz" ..., "source", "article") where the input breaks a rule.
 */
enum status term_propose(struct term *out, struct db *db, struct arena *mem,
			 const struct reader *who, const struct term_input *in) NONNULL MUST_USE;

/* A link to an article that this reader may not see stays where no other is given. */
enum status term_edit(struct db *db, struct arena *mem, const struct reader *who,
		      struct str public_id, const struct term_input *in) NONNULL MUST_USE;

/* Approving what is obsolete brings it back. Doing it twice is no error. */
enum status term_approve(struct db *db, struct arena *mem, const struct reader *who,
			 struct str public_id) NONNULL MUST_USE;

/* INVALID on "replacement" unless that is empty or another approved concept. */
enum status term_retire(struct db *db, struct arena *mem, const struct reader *who,
			struct str public_id, struct str replacement) NONNULL MUST_USE;

/* ---- many at once ---------------------------------------------------------------------------- */
struct term_row {
	int64_t line;  /* of its file, for messages */
	struct str id; /* public id of the concept that it changes, or empty */
	struct term_input input;
	enum term_state state;
	struct str replacement; /* public id */
};

struct term_counts {
	int64_t added, changed, unchanged;
};

enum term_import {
	TERM_IMPORT,     /* rows change what they name */
	TERM_IMPORT_NEW, /* what is there already stays as it is */
	TERM_IMPORT_TRY, /* count what would be done, and do nothing */
};

/*
 * All rows or none. A row without an id means the concept of the same domain whose preferred forms
 * have the same keys in every language that both have, if there is one. A fault names the line.
 */
enum status term_import(struct term_counts *out, struct db *db, struct arena *mem,
			const struct reader *who, const struct term_row *rows, size_t n,
			enum term_import how) NONNULL MUST_USE;

#endif
