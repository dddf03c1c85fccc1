/* The best passage of a text for a query, with the places to be marked. */
#ifndef INDEXER_SNIPPET_H
#define INDEXER_SNIPPET_H

#include "indexer/analyse.h"
#include "schema/base/arena.h"

/*
 * What a query's words are recognised by in a text: a set of terms as the search child used them
 * (a folded word for an exact one, "Z" and a stem for the others, "ZR" and a Russian one, "word*" for a prefix,
 * "XC" and a word for one in capitals,
 * MARK_IN_PHRASE and a word for one that counts only beside another of its kind: of a phrase that nobody typed).
 * Their order says which belong together: a word's exact form stands first, its stems behind it, so
 * that a new exact form or prefix begins another query word.
 */
struct mark_set;
#define MARK_IN_PHRASE "\""

/* `terms` are copied into `mem`; the set lives there too. */
struct mark_set *mark_set_new(struct arena *mem, const struct str *terms, size_t count)
	NONNULL MUST_USE;

struct mark {
	size_t start, len; /* bytes in the passage */
};

struct snippet {
	struct str passage; /* whole words, cut from the text; points into it */
	bool cut_before, cut_after;
	struct mark *marks; /* ascending, not overlapping */
	size_t n_marks;
};

/*
 * The window of at most `width` bytes and about 40 words with most distinct query words, the earliest
 * among equals; the beginning of the text where no word matches. Reads at most 64 KiB of `plain`.
 */
void snippet_make(struct snippet *out, struct arena *mem, struct analyser *a,
		  const struct mark_set *set, struct str plain, size_t width) NONNULL;

/* Looks for the words of a set in one text after another, and where most of them stand together. */
struct marker;
enum { MARKER_MOST = 512 }; /* marks that it finds at most, over all texts */

struct marker *marker_new(struct arena *mem, struct analyser *a, const struct mark_set *set)
	NONNULL MUST_USE;

/* Go on with this text, which must outlive the walk; it stands behind those before it. */
void marker_begin(struct marker *m, struct str text) NONNULL;

/* The next place to mark in it; false at its end. */
bool marker_next(struct marker *m, struct mark *out) NONNULL;

/*
 * Which of the marks, from 0, begins the passage of about 40 words with most distinct query words, the
 * earliest among equals. False where there was none.
 */
bool marker_best(const struct marker *m, size_t *out) NONNULL;

/* All places to mark in a short text, such as a title. */
void snippet_mark_all(struct snippet *out, struct arena *mem, struct analyser *a,
		      const struct mark_set *set, struct str text) NONNULL;

#endif
