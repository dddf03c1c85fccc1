/* What is indexed: one document, whatever it is, and the terms it becomes. */
#ifndef INDEXER_DOC_H
#define INDEXER_DOC_H

#include "indexer/analyse.h"
#include "indexer/wire.h"

struct index_doc {
	int64_t audience; /* the shard it goes to */
	struct str id;    /* unique term without prefix: type letter and number, "a123" */
	int64_t revision; /* grows with every change, for checking index against record */
	struct str type;  /* "article", "thread" ... */
	struct str of;    /* id of the article that it hangs on; empty for an article */
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
	struct str office;   /* key of the office that owns it, or "" */
	struct str author;   /* login of the last writer */
	struct str *authors; /* logins of all who wrote it, for author: */
	size_t n_authors;
	struct str translation; /* key of the set of translations, or "" */
	int64_t modified;       /* seconds */
	int64_t fresh_until;    /* seconds: until when its last change counts as new */
	int64_t verified_until; /* seconds: until when it needs no review; 0: nobody has said */
	int64_t linkers;        /* how many others of its audience link to it */
};

/* Write the whole message, WIRE_PUT. */
void doc_write(struct buf *message, const struct index_doc *doc) NONNULL;

/* Read the fields of WIRE_PUT; lists live in `mem`, texts point into the message. */
bool doc_read(struct index_doc *out, struct arena *mem, struct wire_reader *r) NONNULL MUST_USE;

/*
 * The tables of prefixes, weights and value slots that documents and queries share are in doc.c;
 * a search field is one line there, and the index is rebuilt (INDEX_FORMAT goes up).
 */
enum {
	INDEX_FORMAT = 19,
	DOC_TERM_MAX = 200,    /* bytes of a term that is made from a whole text */
	DOC_SPELL_LETTERS = 4, /* shorter words are neither corrected nor offered */
	DOC_ACRONYM_LETTERS = 6,
};

/* Texts whose words are searched. */
enum doc_words_id {
	DOC_TITLE,
	DOC_BODY,
	DOC_HEADINGS,
	DOC_FORMER_TITLES,
	DOC_TAGS,
	DOC_LINK_TEXTS,
	DOC_WORDS_COUNT
};
struct doc_words {
	uint32_t wdf;       /* what one word counts for in BM25 */
	uint32_t title_wdf; /* and among the words of titles (S..., ZS...); 0: it is none */
	bool positions;     /* can be found by phrase */
};
extern const struct doc_words DOC_WORDS[DOC_WORDS_COUNT];

/* Properties that a document has or has not; `name:value` in a query. */
enum doc_filter_id {
	DOC_SPACE,
	DOC_LANG,
	DOC_TYPE,
	DOC_TAG,
	DOC_AUTHOR,
	DOC_OFFICE,
	DOC_FILTER_COUNT
};
struct doc_filter {
	const char *name;
	const char *prefix;
	char facet; /* its letter in SLOT_FACETS, or NUL: not counted */
};
extern const struct doc_filter DOC_FILTERS[DOC_FILTER_COUNT];
enum { DOC_FACET_YEAR = 'y' };

/* What a kind of document counts for beside others. */
struct doc_type {
	const char *name;
	char letter; /* of its ids */
	/*
	 * It counts as so many words longer than it is. A question and its answer are short, and BM25
	 * takes short texts for pointed ones: this puts them a little behind the articles that say the same.
	 */
	uint32_t padding;
	bool named; /* who types its whole title means it, and gets it first */
};

/* The row of an unknown type is that of an article. */
const struct doc_type *doc_type_of(struct str name) MUST_USE;

/* Prefixes are upper case, folded words are lower case: they never clash. */
#define DOC_PREFIX_ID "Q"
#define DOC_PREFIX_OF "XO" /* id of the article that it hangs on */
#define DOC_PREFIX_EXACT_TITLE "XE"
#define DOC_PREFIX_TITLE "S" /* S<word> */
/*
 * XC<word> where a short word stands in capitals: WHO is not "who", although they are one term; and
 * XC<stem> where it has an ending, BMTning. It counts for nothing, so that a document does not grow
 * longer by it.
 */
#define DOC_PREFIX_CAPITALS "XC"
static inline bool doc_is_acronym(unsigned traits, struct str t1)
{
	return (traits & TOKEN_ACRONYM) && t1.len <= DOC_ACRONYM_LETTERS;
}
/* Of which this may be the stem: one with an ending. */
static inline bool doc_is_acronym_stem(unsigned traits, struct str stem)
{
	return (traits & TOKEN_CAPITALS) && stem.len && stem.len <= DOC_ACRONYM_LETTERS;
}
/*
 * Z<stem>, whichever language the stem is of: those of one word are mostly the same letters, and every
 * term of its own costs a walk through its postings at each search. ZR<stem> as well where Russian
 * took an ending away: an Uzbek word may lose its last vowel only to meet such a one (viza, визы), for
 * the vowel tells Uzbek words apart (talaba, talab).
 */
#define DOC_PREFIX_STEM "Z"
#define DOC_PREFIX_TITLE_STEM "ZS" /* ZS<stem>, ZSR<stem> */
#define DOC_STEM_RUSSIAN "R"
static inline bool doc_stem_is_russian(enum stem_kind kind, struct str stem, struct str t1)
{
	return kind == STEM_RU && stem.len > 0 && !str_eq(stem, t1);
}

enum doc_slot {
	SLOT_MODIFIED, /* sortable */
	SLOT_REVISION, /* sortable */
	SLOT_FACETS,   /* struct doc_facets */
};

/*
 * The facets of one document, SLOT_FACETS. They are read for every match of every search, so what
 * nearly all documents have is short: a number for the space, the audience of the shard, where that is
 * the space which the shard names (DOC_META_SPACE), else 0; what translations of one text share; a byte
 * each for language, type and year; and only then lines for the rest, letter and value each.
 */
struct doc_facets {
	struct buf bytes, lines;
};
#define DOC_META_SPACE "space"
void doc_facets_cleanup(struct doc_facets *facets) NONNULL;
/* The number comes first. */
void doc_facets_space(struct doc_facets *facets, int64_t audience, struct str space,
		      struct str home) NONNULL;
/* Then, if there is one, the key of its translations. */
void doc_facets_translation(struct doc_facets *facets, struct str key) NONNULL;
/* Nothing is added for a value that cannot be a line. */
void doc_facets_add(struct doc_facets *facets, char letter, struct str value) NONNULL;
/* Such a byte, as letter and value in `mem`. */
struct str doc_facet_of_byte(struct arena *mem, unsigned char byte) NONNULL;

/*
 * The number of a document in its shard, from its id: the letter of its type, then its number in the
 * record. Among documents of one weight the lower comes first, so an answer does not depend on the order
 * in which they were indexed. 0 for what is no id.
 */
uint32_t doc_number(struct str id) MUST_USE;

/* The term of a filter's value, letter case and for tags the script not counting. */
void doc_filter_term(struct buf *out, enum doc_filter_id filter, struct str value) NONNULL;

/* The term that only documents with exactly this title have. */
void doc_title_term(struct buf *out, struct str title) NONNULL;

/* FOLDER/shard-<audience>, the Xapian database of one audience. */
void doc_shard_path(struct buf *out, const char *folder, int64_t audience) NONNULL;

struct xap_doc;
/*
 * Turn the fields into postings, values and data of `out` (in writer_terms.c: the server does not
 * link it). `home` is the space of the shard.
 */
enum status doc_terms(struct xap_doc *out, struct analyser *a, const struct index_doc *doc,
		      struct str home) NONNULL MUST_USE;

/*
 * The data of a document, which is read with the hit and costs nothing where it is none: its id, the
 * key that translations of one text share (or the empty text), its language, and what helps it in the
 * order.
 */
struct doc_data {
	struct str id, translation, lang;
	int64_t fresh_until, verified_until, linkers; /* as in struct index_doc */
};
void doc_data(struct buf *out, const struct index_doc *doc) NONNULL;
/* Texts point into `data`. */
struct doc_data doc_data_read(struct str data);

#endif
