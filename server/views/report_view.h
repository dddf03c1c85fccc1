/* The report of searches, recommended articles, synonyms. */
#ifndef SERVER_VIEWS_REPORT_VIEW_H
#define SERVER_VIEWS_REPORT_VIEW_H

#include "schema/bet.h"
#include "schema/search_log.h"
#include "schema/space.h"
#include "server/views/page.h"

struct report_row_view {
	const struct search_report_row *row;
	struct url search, recommend, synonym, term, create; /* what may be made of it; or none */
};

struct report_list_view {
	enum search_report_kind kind;
	const struct report_row_view *rows;
	size_t n_rows;
};

struct report_period {
	int64_t days; /* 0: the forgotten weeks */
	struct url url;
	bool chosen;
};

/* /s/KEY/searches and /admin/searches */
struct report_view {
	const struct space *space; /* NULL: all, in the frame of the administration */
	const struct report_period *periods;
	size_t n_periods;
	struct report_list_view lists[SEARCH_REPORT_KINDS];
	size_t n_lists;
	bool past; /* one list, of what is left of forgotten weeks */
	struct url csv;
};

/* "Asked most" ... in the reader's language. */
struct str report_words(const struct out *o, enum search_report_kind kind) NONNULL;

/* /s/KEY/bets */
struct bets_view {
	const struct space *space;
	const struct bet *bets;
	size_t n_bets;
	struct str query, article; /* as typed */
	const struct form_faults *faults;
};

struct synonym_item {
	struct str id, name, others;
	struct url url;
};

/* /glossary/synonym?word= */
struct synonym_view {
	struct str word, find;
	const struct choice *langs;
	size_t n_langs;
	const struct synonym_item *items; /* terms found by `find` */
	size_t n_items;
	struct url propose;
	const struct form_faults *faults;
};

#endif
