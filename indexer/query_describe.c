/* A query in words, for tests and support. */
#include "indexer/query.h"

static const char *const KINDS[] = {
	[QUERY_WORD] = "word", [QUERY_PREFIX] = "prefix", [QUERY_PHRASE] = "phrase"};

static void describe_atom(struct buf *out, const struct query_atom *atom)
{
	buf_printf(out, "%s%s%s", atom->title ? "title " : "", atom->quoted ? "quoted " : "",
		   KINDS[atom->kind]);
	for (size_t i = 0; i < atom->n_words; i++)
		buf_printf(out, " %.*s", STR_ARG(atom->words[i].t1));
	if (atom->phone.len)
		buf_printf(out, " phone %.*s", STR_ARG(atom->phone));
}

static void describe_clause(struct buf *out, const struct query_clause *clause)
{
	buf_c_add(out, clause->excluded ? "without " : "");
	for (size_t i = 0; i < clause->n_atoms; i++) {
		buf_c_add(out, i ? " or " : "");
		describe_atom(out, &clause->atoms[i]);
	}
	buf_byte(out, '\n');
}

static void describe_span(struct buf *out, const char *head, struct query_span span)
{
	buf_c_add(out, head);
	if (span.from != INT64_MIN)
		buf_printf(out, " from %lld", (long long)span.from);
	if (span.to != INT64_MAX)
		buf_printf(out, " to %lld", (long long)span.to);
	buf_byte(out, '\n');
}

void query_describe(struct buf *out, const struct query *query)
{
	for (size_t i = 0; i < query->n_clauses; i++)
		describe_clause(out, &query->clauses[i]);
	for (size_t i = 0; i < query->n_filters; i++)
		buf_printf(
			out, "%sfilter %s [%.*s]\n", query->filters[i].excluded ? "without " : "",
			DOC_FILTERS[query->filters[i].id].name, STR_ARG(query->filters[i].value));
	if (query->dated)
		describe_span(out, "modified", query->modified);
	for (size_t i = 0; i < query->n_excluded_spans; i++)
		describe_span(out, "without modified", query->excluded_spans[i]);
	if (query->hint.len)
		buf_printf(out, "hint: %.*s\n", STR_ARG(query->hint));
	if (!query_asks(query))
		buf_c_add(out, "asks for nothing\n");
}
