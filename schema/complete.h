/*
 * People and terms by what was typed of them so far: for completion, and for whom a search names. Each
 * look is a short walk in an index, because it is asked at every key.
 */
#ifndef SCHEMA_COMPLETE_H
#define SCHEMA_COMPLETE_H

#include "schema/base/buf.h"
#include "schema/term.h"

enum { COMPLETE_WORDS = 3 };

/* The words typed, folded by the caller, and the text itself for logins. */
struct complete_key {
	struct str words[COMPLETE_WORDS];
	size_t n_words;
	struct str typed;
	bool whole; /* typing has ended: words are whole but for an ending, a login is complete */
};

struct complete_person {
	struct str login, name, position, office;
};

/*
 * People of the home organisation with an active account: each word begins one of their names, or (beside
 * a name) of their office's; or their login begins with what was typed. Nobody for partner organisations.
 */
enum status complete_people(struct complete_person **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who,
			    const struct complete_key *key, size_t limit) NONNULL MUST_USE;

/* People of the one office that all words name; nobody where there are several such offices. */
enum status complete_office(struct complete_person **out, size_t *count, struct db *db,
			    struct arena *mem, const struct reader *who,
			    const struct complete_key *key, size_t limit) NONNULL MUST_USE;

/* "Counsellor, Embassy in London", or what there is of it. */
struct str complete_person_note(struct arena *mem, const struct complete_person *person) NONNULL;

struct complete_term {
	struct str public_id;
	struct term_form form;
	enum term_lang lang;
};

/* Approved terms that begin so (folded), each concept once. */
enum status complete_terms(struct complete_term **out, size_t *count, struct db *db,
			   struct arena *mem, struct str key, size_t limit) NONNULL MUST_USE;

/* The smallest text greater than all that begin with `prefix`, which is not empty. */
struct str complete_end(struct arena *mem, struct str prefix) NONNULL;

/* Keep the words of a folded name as those of a person. In the transaction of the change. */
enum status complete_set_words(struct db *db, int64_t person_id, struct str name_key)
	NONNULL MUST_USE;

/* Fold the names of offices that were added before their folded names were kept. */
enum status complete_fold_offices(struct db *db, struct arena *mem,
				  void (*fold)(struct buf *out, struct str name)) NONNULL MUST_USE;

/* After a change of an article's state: its titles are offered while it is neither draft nor deleted. */
enum status complete_list(struct db *db, int64_t article_id) NONNULL MUST_USE;

#endif
