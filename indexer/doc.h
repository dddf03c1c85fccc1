/* What is indexed: one document, whatever it is, and the terms it becomes. */
#ifndef INDEXER_DOC_H
#define INDEXER_DOC_H

#include "indexer/analyse.h"
#include "indexer/wire.h"

struct index_doc {
	int64_t audience; /* the shard it goes to */
	struct str id;    /* unique term without prefix: type letter and number, "a123" */
	int64_t revision; /* grows with every change, for checking index against record */
	struct str type;  /* "article"; later "thread", "file", "person", "term" */
	struct str key;   /* the key that `search --batch` prints */
	struct str title;
	struct str *former_titles; /* found like the title, at lower weight */
	size_t n_former_titles;
	struct str headings; /* one a line */
	struct str body;     /* plain text */
	struct str *tags;
	size_t n_tags;
	struct str *link_texts; /* words with which others link to it */
	size_t n_link_texts;
	struct str lang;     /* "" when unknown */
	struct str space;    /* key */
	struct str author;   /* login of the last writer */
	struct str *authors; /* logins of all who wrote it, for author: */
	size_t n_authors;
	struct str translation; /* key of the set of translations, or "" */
	int64_t modified;       /* seconds */
};

void doc_write(struct buf *message, const struct index_doc *doc) NONNULL;
bool doc_read(struct index_doc *out, struct arena *mem, struct wire_reader *r) NONNULL;

/*
 * The tables of prefixes, weights and value slots that documents and queries share are in doc.c;
 * a search field is one line there, and the index is rebuilt (INDEX_FORMAT goes up).
 */
enum { INDEX_FORMAT = 1 };

struct xap_doc;
/* Turn the fields into postings, values and data of `out`. */
enum status doc_terms(struct xap_doc *out, struct analyser *a, const struct index_doc *doc)
	NONNULL MUST_USE;

#endif
