/* A text in several languages is one hit, so a facet counts it once. */
#include "indexer/search_parts.h"

struct version {
	struct xap_member member;
	unsigned facet; /* counted for this one, or TEXTS_OF_ALL */
	size_t order;
};

void texts_add(struct texts *texts, struct arena *mem, const struct xap_answer *answer,
	       unsigned facet)
{
	struct version *items = arena_array(mem, texts->count + answer->n_members, sizeof(*items));

	if (texts->count)
		memcpy(items, texts->items, texts->count * sizeof(*items));
	texts->items = items;
	for (size_t i = 0; i < answer->n_members; i++) {
		items[texts->count] = (struct version){answer->members[i], facet, texts->count};
		texts->count++;
	}
	texts->too_many = texts->too_many || answer->too_many_members;
}

static int compare_versions(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	if (x->member.set != y->member.set)
		return x->member.set < y->member.set ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* ---- what was counted ------------------------------------------------------------------------- */
/* One value of a facet, as the filter knows it, and how often it was counted. */
struct known {
	char letter;
	struct str value;
	uint32_t *count;
};

struct knowns {
	struct known *items; /* in order */
	size_t count;
};

static int compare_known(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return x->letter != y->letter ? (x->letter > y->letter) - (x->letter < y->letter)
				      : str_cmp(x->value, y->value);
}

static struct str as_filtered(struct arena *mem, char letter, struct str value)
{
	AUTO(buf) struct buf term = {0};

	if (letter != DOC_FILTERS[DOC_TAG].facet)
		return value;
	doc_filter_term(&term, DOC_TAG, value);
	return buf_keep(&term, mem);
}

static struct knowns read_counts(struct search_result *out, struct arena *mem)
{
	struct knowns knowns = {0};
	size_t count = 0;

	for (size_t i = 0; i < out->n_facets; i++)
		count += out->facets[i].n_values;
	knowns.items = arena_array(mem, count, sizeof(*knowns.items));
	for (size_t i = 0; i < out->n_facets; i++) {
		struct search_facet *facet = &out->facets[i];
		char letter = facet_letter(i);

		for (size_t k = 0; k < facet->n_values; k++)
			knowns.items[knowns.count++] = (struct known){
				letter, as_filtered(mem, letter, facet->values[k].value),
				&facet->values[k].count};
	}
	if (count)
		qsort(knowns.items, count, sizeof(*knowns.items), compare_known);
	return knowns;
}

/* ---- the values of one text -------------------------------------------------------------------- */
struct once {
	struct arena mem; /* until the next text */
	const struct homes *homes;
	const struct knowns *knowns;
	struct known *seen;
	size_t count, room;
};

/* A second time is taken away from what was counted. */
static void see(struct once *once, unsigned facet, char letter, struct str value)
{
	struct known one = {letter, as_filtered(&once->mem, letter, value), NULL};
	struct known *counted;

	if (facet != TEXTS_OF_ALL && letter != DOC_FILTERS[facet].facet)
		return;
	for (size_t i = 0; i < once->count; i++) {
		if (compare_known(&once->seen[i], &one) != 0)
			continue;
		counted = once->knowns->count
				  ? bsearch(&one, once->knowns->items, once->knowns->count,
					    sizeof(one), compare_known)
				  : NULL;
		if (counted && *counted->count)
			--*counted->count;
		return;
	}
	once->seen = xgrow(once->seen, once->count, &once->room, sizeof(*once->seen));
	once->seen[once->count++] = one;
}

static void see_line(struct once *once, unsigned facet, struct str line)
{
	if (line.len > 1)
		see(once, facet, line.ptr[0], str_from(line, 1));
}

/* What stands in SLOT_FACETS, see struct doc_facets. */
static void see_version(struct once *once, const struct version *version)
{
	struct str value = version->member.value;
	uint64_t number = xap_number_cut(&value), set;

	(void)xap_set_cut(&value, &set);
	for (size_t i = 0; i < once->homes->count; i++)
		if ((uint64_t)once->homes->audiences[i] == number)
			see(once, version->facet, DOC_FILTERS[DOC_SPACE].facet,
			    once->homes->spaces[i]);
	for (; value.len && !(value.ptr[0] >= 'a' && value.ptr[0] <= 'z');
	     value = str_from(value, 1))
		see_line(once, version->facet,
			 doc_facet_of_byte(&once->mem, (unsigned char)value.ptr[0]));
	while (value.len)
		see_line(once, version->facet, str_cut(&value, '\n'));
}

uint32_t texts_count_once(struct search_result *out, struct arena *mem, struct texts *texts,
			  const struct homes *homes)
{
	struct knowns knowns = read_counts(out, mem);
	struct once once = {.homes = homes, .knowns = &knowns};
	uint32_t more = 0;

	if (texts->count)
		qsort(texts->items, texts->count, sizeof(*texts->items), compare_versions);
	for (size_t i = 0, end; i < texts->count; i = end) {
		uint32_t hits = 0;

		for (end = i; end < texts->count &&
			      texts->items[end].member.set == texts->items[i].member.set;
		     end++)
			hits += texts->items[end].facet == TEXTS_OF_ALL;
		more += hits > 1 ? hits - 1 : 0;
		once.count = 0;
		arena_reset(&once.mem);
		for (size_t k = i; k < end && end - i > 1; k++)
			see_version(&once, &texts->items[k]);
	}
	free(once.seen);
	arena_release(&once.mem);
	return more;
}
