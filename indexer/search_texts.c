/* A text in several languages is one hit, so a facet counts it once. */
#include "indexer/search_parts.h"

struct text {
	struct str key; /* that its translations share */
	uint32_t doc;
	unsigned facet; /* counted for this one, or TEXTS_OF_ALL */
	size_t order;
};

void texts_add(struct texts *texts, struct arena *mem, const struct xap_answer *answer,
	       unsigned facet)
{
	struct text *items = arena_array(mem, texts->count + answer->n_hits, sizeof(*items));

	if (texts->count)
		memcpy(items, texts->items, texts->count * sizeof(*items));
	texts->items = items;
	for (size_t i = 0; i < answer->n_hits; i++) {
		struct str key = doc_data_read(answer->hits[i].data).translation;

		if (!key.len)
			continue;
		items[texts->count] = (struct text){key, answer->hits[i].doc, facet, texts->count};
		texts->count++;
	}
}

static int compare_texts(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	int order = str_cmp(x->key, y->key);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* One value of one text: letter, then the value as the filter knows it. */
struct counted {
	struct str key, value;
};

struct counts {
	struct counted *items;
	size_t count, room;
	struct arena *mem;
};

static struct str line_of(struct arena *mem, char letter, struct str value)
{
	AUTO(buf) struct buf term = {0};

	if (letter == DOC_FILTERS[DOC_TAG].facet) {
		doc_filter_term(&term, DOC_TAG, value);
		value = buf_str(&term);
	}
	return arena_printf(mem, "%c%.*s", letter, STR_ARG(value));
}

static void counts_add(struct counts *counts, const struct text *text, struct str line)
{
	bool all = text->facet == TEXTS_OF_ALL;

	if (line.len < 2 || (!all && line.ptr[0] != DOC_FILTERS[text->facet].facet))
		return;
	if (counts->count == counts->room) {
		size_t room = counts->room ? 2 * counts->room : 64;
		struct counted *items = arena_array(counts->mem, room, sizeof(*items));

		if (counts->count)
			memcpy(items, counts->items, counts->count * sizeof(*items));
		counts->items = items;
		counts->room = room;
	}
	counts->items[counts->count++] =
		(struct counted){text->key, line_of(counts->mem, line.ptr[0], str_from(line, 1))};
}

/* What stands in SLOT_FACETS, see struct doc_facets. */
static void counts_read(struct counts *counts, const struct text *text, struct str value,
			const struct homes *homes)
{
	uint64_t number = xap_number_cut(&value);

	for (size_t i = 0; i < homes->count; i++)
		if ((uint64_t)homes->audiences[i] == number)
			counts_add(counts, text,
				   arena_printf(counts->mem, "%c%.*s", DOC_FILTERS[DOC_SPACE].facet,
						STR_ARG(homes->spaces[i])));
	for (; value.len && !(value.ptr[0] >= 'a' && value.ptr[0] <= 'z');
	     value = str_from(value, 1))
		counts_add(counts, text,
			   doc_facet_of_byte(counts->mem, (unsigned char)value.ptr[0]));
	while (value.len)
		counts_add(counts, text, str_cut(&value, '\n'));
}

static int compare_counted(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	int order = str_cmp(x->key, y->key);

	return order ? order : str_cmp(x->value, y->value);
}

static int compare_values(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* How many of the sorted values are this one. */
static uint32_t times(const struct str *values, size_t count, struct str value)
{
	const struct str *found =
		count ? bsearch(&value, values, count, sizeof(value), compare_values) : NULL;
	size_t from, to;

	if (!found)
		return 0;
	for (from = (size_t)(found - values); from > 0 && str_eq(values[from - 1], value);)
		from--;
	for (to = from; to < count && str_eq(values[to], value);)
		to++;
	return (uint32_t)(to - from);
}

/* What stands twice of one text, taken away from the counts. */
static void take_away(struct search_result *out, struct counts *counts)
{
	struct str *twice = arena_array(counts->mem, counts->count, sizeof(*twice));
	size_t count = 0;

	for (size_t i = 1; i < counts->count; i++)
		if (compare_counted(&counts->items[i - 1], &counts->items[i]) == 0)
			twice[count++] = counts->items[i].value;
	if (count)
		qsort(twice, count, sizeof(*twice), compare_values);
	for (size_t i = 0; i < out->n_facets && count; i++) {
		struct search_facet *facet = &out->facets[i];
		char letter = facet_letter(i);

		for (size_t k = 0; k < facet->n_values; k++)
			facet->values[k].count -= times(
				twice, count, line_of(counts->mem, letter, facet->values[k].value));
	}
}

enum status texts_count_once(struct search_result *out, struct plan *plan, struct texts *texts,
			     const struct homes *homes)
{
	AUTO(buf) struct buf value = {0};
	struct counts counts = {.mem = plan->mem};

	if (!texts->count)
		return ST_OK;
	qsort(texts->items, texts->count, sizeof(*texts->items), compare_texts);
	for (size_t i = 0; i < texts->count; i++) {
		const struct text *text = &texts->items[i];
		bool shared = (i > 0 && str_eq(text[-1].key, text->key)) ||
			      (i + 1 < texts->count && str_eq(text[1].key, text->key));

		if (!shared)
			continue;
		TRY(xap_set_value(plan->set, text->doc, SLOT_FACETS, &value));
		counts_read(&counts, text, buf_str(&value), homes);
	}
	if (counts.count)
		qsort(counts.items, counts.count, sizeof(*counts.items), compare_counted);
	take_away(out, &counts);
	return ST_OK;
}
