/* The parameters of a search. */
#include "server/asked.h"

#include "schema/base/clock.h"
#include "schema/base/utf8.h"

enum { QUERY_MOST = 4096, FILTERS_MOST = 50 /* of one name */ };

static struct str_list values_of(struct arena *mem, const struct form *query, const char *name)
{
	struct str_list list = {.items = arena_array(mem, FILTERS_MOST, sizeof(struct str))};

	for (size_t i = 0; i < query->count && list.count < FILTERS_MOST; i++) {
		const struct form_pair *pair = &query->pairs[i];

		if (str_is(pair->name, name) && pair->value.len)
			list.items[list.count++] = pair->value;
	}
	return list;
}

static int64_t number_of(const struct form *query, const char *name, int64_t normal, int64_t least,
			 int64_t most)
{
	int64_t number;

	if (!str_to_i64(form_value(query, name), &number))
		number = normal;
	return number < least ? least : number > most ? most : number;
}

void asked_read(struct search_asked *out, struct arena *mem, const struct form *query)
{
	*out = (struct search_asked){
		.query = utf8_head(str_trim(form_value(query, "q")), QUERY_MOST),
		.spaces = values_of(mem, query, "space"),
		.langs = values_of(mem, query, "lang"),
		.types = values_of(mem, query, "type"),
		.tags = values_of(mem, query, "tag"),
		.authors = values_of(mem, query, "author"),
		.offices = values_of(mem, query, "office"),
		.after = str_trim(form_value(query, "after")),
		.before = str_trim(form_value(query, "before")),
		.sort = str_is(form_value(query, "sort"), "date") ? STR("date") : STR("relevance"),
		.offset = number_of(query, "offset", 0, 0, ASKED_OFFSET_MOST),
		.limit = number_of(query, "limit", ASKED_LIMIT, 1, ASKED_LIMIT_MOST),
		.as_typed = str_is(form_value(query, "exact"), "1"),
	};
}

static void set_filter(struct str **items, size_t *count, struct str_list list)
{
	*items = list.items;
	*count = list.count;
}

enum status asked_request(struct search_request *out, const struct search_asked *asked,
			  enum lang lang)
{
	enum status outcome = ST_OK;
	int64_t from = 0, to = 0;

	*out = (struct search_request){
		.query = asked->query,
		.sort = str_is(asked->sort, "date") ? SEARCH_BY_DATE : SEARCH_BY_RELEVANCE,
		.offset = (uint32_t)asked->offset,
		.limit = (uint32_t)asked->limit,
		.facets = true,
		.reader_lang = lang_tag(lang),
		.as_typed = asked->as_typed,
	};
	set_filter(&out->spaces, &out->n_spaces, asked->spaces);
	set_filter(&out->langs, &out->n_langs, asked->langs);
	set_filter(&out->types, &out->n_types, asked->types);
	set_filter(&out->tags, &out->n_tags, asked->tags);
	set_filter(&out->authors, &out->n_authors, asked->authors);
	set_filter(&out->offices, &out->n_offices, asked->offices);
	if (asked->after.len) {
		outcome = clock_parse_span(asked->after, &from, &to);
		out->after = outcome == ST_OK ? from : 0;
	}
	if (asked->before.len && outcome == ST_OK) {
		outcome = clock_parse_span(asked->before, &from, &to);
		out->before = outcome == ST_OK ? to : 0;
	}
	return outcome;
}

struct str asked_address(struct arena *mem, const struct search_asked *asked)
{
	struct url url = search_url(mem, asked, (struct search_change){.query = STR_NONE});
	struct str rest = url.url_bytes;

	(void)str_cut(&rest, '?');
	return rest;
}

/* Written anew from what was read, so that no bytes but our own come into a page. */
struct url asked_url(struct arena *mem, struct str address)
{
	struct search_asked asked;
	struct form query;

	if (form_decode(&query, mem, address) != ST_OK)
		return URL("search");
	asked_read(&asked, mem, &query);
	return search_url(mem, &asked, (struct search_change){.query = STR_NONE});
}
