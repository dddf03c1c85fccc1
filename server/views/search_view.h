/* Results of a search: hits, facets, what was corrected. Also `devon search --json` and the API. */
#ifndef SERVER_VIEWS_SEARCH_VIEW_H
#define SERVER_VIEWS_SEARCH_VIEW_H

#include "server/views/page.h"

/* What was asked, as it came: every address on the page is made from it by search_url(). */
struct search_asked {
	struct str query;
	struct str_list spaces, langs, types, tags, authors, offices;
	struct str after, before; /* as typed: 2026, 2026-03, 2026-03-31 */
	struct str sort;          /* "relevance" or "date" */
	int64_t offset, limit;
	bool as_typed; /* nothing is added to the words */
};

struct search_hit_view {
	struct str type; /* "article", "thread" ... */
	struct str id;   /* public id of what was found */
	struct str key, title, lang;
	struct url url;
	struct url found; /* the same, opened where the words of the search are */
	struct str space_key;
	struct space_text space_name;
	struct article_ref on;    /* what it hangs on; no id for an article */
	int64_t parent_id;        /* of an article; 0: none */
	struct article_ref *also; /* its translations; not in JSON */
	size_t n_also;
	struct article_ref below; /* that parent, where it may be read; not in JSON */
	struct html title_marked; /* markup_snippet(); empty: `title` is shown */
	struct html snippet;
	int64_t modified;
	struct person_ref author;
	struct str *tags;
	size_t n_tags;
	bool outdated; /* its day of review has passed */
	bool verified; /* it is still to come */
	bool pinned;   /* recommended for the query by those who manage its space */
};

struct search_facet_value {
	struct str value, label; /* label in the reader's language */
	struct str label_lang;   /* or in this one, where it is not empty */
	int64_t count;
	bool chosen;
};

struct search_facet_view {
	struct str name; /* parameter: "space", "lang", "type", "tag", "year" */
	struct search_facet_value *values;
	size_t n_values;
	bool opened; /* something is chosen among the values that are folded away */
};

/* Values that the page shows at once, and in all: who looks for a rare one types it. */
enum { FACET_SHOWN = 10, FACET_MOST = 100 };

/* The first concept of the glossary that the query names. */
struct search_term_view {
	struct url url; /* or none */
	struct str name, others, meaning;
	struct str meaning_lang;
};

/* Somebody of the directory whom the query names, or who wrote about what is near to it. */
struct search_person_view {
	struct person_ref person;
	struct str note;
	int64_t articles; /* that the reader may read; 0: not counted */
};

/* A word that was searched, and how else it was tried. */
struct search_word_view {
	struct str written, others;
	bool excluded;
};

/* A filter, and what the search finds without it. */
struct search_filter_view {
	struct str name;   /* as in addresses; empty: all filters together */
	struct str values; /* as people read them */
	struct url without;
	int64_t count;
};

/* The way on from a search that found nothing. */
struct search_nothing_view {
	struct search_word_view *words;
	size_t n_words;
	struct search_filter_view *filters;
	size_t n_filters;
	struct search_filter_view unquoted; /* its words in any order and form; no count: none */
	struct search_person_view *people;  /* who may know */
	size_t n_people;
	struct article_ref ask; /* in whose discussion one may ask; no id: none */
	struct str space;       /* key of the space where an article would be made, or empty */
	struct str title;       /* that it would have */
};

struct search_view {
	struct search_asked asked;
	struct search_asked shown; /* the same with the words that the hits are of */
	int64_t total;
	bool exact;
	int64_t reach; /* hits that can be paged through: translations stand for one another */
	int64_t took_ms;
	struct search_hit_view *hits;
	size_t n_hits;
	size_t n_pinned; /* of them the first are recommended ... */
	size_t n_added;  /* ... so many beside what was found on this page */
	struct str mark; /* of this search, in the addresses of its hits; or empty */
	struct search_facet_view *facets;
	size_t n_facets;
	struct str suggestion;  /* a better spelling, or empty */
	bool corrected;         /* the hits are those of `suggestion`: there were none as typed */
	bool some_words;        /* no hit holds all words of the query */
	bool slipped;           /* and that is the other reading of the keys */
	const char *hint;       /* N_("...") on how the query was read, or NULL */
	bool partial;           /* the deadline cut it short */
	bool down;              /* the index does not answer: titles from the record */
	bool rebuilding;        /* it is down because the index is being built anew */
	int64_t behind_minutes; /* changes younger than this may be missing; 0: none */
	struct search_term_view term;
	struct str also; /* what the glossary added, or empty */
	struct search_nothing_view nothing;
	struct search_person_view *people; /* whom the query names */
	size_t n_people;
	bool may_create;
};

/* One change against what was asked; an empty name changes nothing. */
struct search_change {
	struct str drop_name,
		drop_value; /* leave this filter out; an empty value: all of the name */
	struct str query;   /* another query, or empty */
	bool no_filters;
	bool as_typed; /* the same words without what was added to them */
	bool feed;     /* for a feed reader, where the newest comes first anyway */
};

/* The address of the same search, without offset, with one change. */
struct url search_url(struct arena *mem, const struct search_asked *asked,
		      struct search_change change) NONNULL;

/* Number of filters that are set. */
size_t search_filters(const struct search_asked *asked) NONNULL;

/* "Space", "Language" ... in the reader's language. */
struct str search_facet_label(const struct out *o, struct str name) NONNULL;

/* "Article", "Discussion" ... for the type of a hit; an unknown one is its own label. */
struct str search_kind_label(enum lang lang, struct str type);

#endif
