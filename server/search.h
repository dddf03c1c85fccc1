/*
 * A search for one reader, for pages and for the command line. The child finds, the record decides:
 * every hit is checked again and loaded from it, and what the reader may not read is as if it had
 * never been indexed (security.md 3.4).
 */
#ifndef SERVER_SEARCH_H
#define SERVER_SEARCH_H

#include "indexer/search.h"
#include "schema/file.h"
#include "schema/index_kind.h"
#include "schema/thread.h"
#include "server/app.h"
#include "server/glossary.h"
#include "server/markup.h"

struct search_found {
	enum index_kind kind;
	struct article article; /* itself, or the one that it hangs on */
	struct thread thread;   /* of INDEX_THREAD */
	struct file file;       /* of INDEX_FILE */
	/* The same of every kind. */
	struct str public_id, key, title, lang;
	struct url url;
	struct str author_login, author_name;
	int64_t modified_at;
	struct article_tag *tags;
	size_t n_tags;
	struct article *translations; /* of an article: published ones that the reader may read */
	size_t n_translations;
	double score;             /* never shown to people */
	struct html title_marked; /* empty where nothing in it is marked */
	struct html snippet;      /* empty where there is no text */
};

/* An article as a hit without score and passage. */
void search_found_article(struct search_found *out, struct arena *mem,
			  const struct article *article) NONNULL;

struct search_answer {
	struct search_found *hits;
	size_t n_hits;
	int64_t total;
	bool exact;
	int64_t total_all; /* of them those that hold all words */
	int64_t texts;     /* hits on all pages, translations being one; 0: not known */
	struct search_facet *facets;
	size_t n_facets;
	struct str suggestion, hint; /* or empty; the hint is an English message id */
	struct str also;             /* other spellings that were searched, or empty */
	bool partial;                /* the deadline cut it short */
	bool rebuilding;             /* there is no complete index: nothing was searched */
	int64_t lag; /* about how many changes of what the reader reads the index does not know yet */
	struct glossary_found terms; /* concepts that the query names, and what they added */
};

/*
 * Search and load the hits with snippets. Of `asked` the query, filters, order, place, language and
 * `as_typed` count; audiences, versions, exclusions and the glossary's terms are filled in here. Translations of one article come as
 * one hit, in the language of the reader where that is found by the query as well. BUSY when no child can answer.
 * `app` must have its children. All of `out` lives in `mem`.
 */
enum status search_run(struct search_answer *out, struct app *app, const struct reader *who,
		       struct db *db, struct arena *mem, const struct search_request *asked)
	NONNULL MUST_USE;

/* The same with articles alone and their scores only, translations apart: for measuring the ranking. */
enum status search_run_bare(struct search_answer *out, struct app *app, const struct reader *who,
			    struct db *db, struct arena *mem, const struct search_request *asked)
	NONNULL MUST_USE;

/*
 * The first tags of readable articles, sorted, that begin with what was typed, in either script: as
 * one of those articles has it. None while the index is built anew.
 */
enum status search_tags(struct article_tag **out, size_t *count, struct app *app,
			const struct reader *who, struct db *db, struct arena *mem,
			struct str typed, size_t limit) NONNULL MUST_USE;

/* This thread's analyser: its cache of words is worth keeping. */
enum status search_analyser(struct analyser **out) NONNULL MUST_USE;

#endif
