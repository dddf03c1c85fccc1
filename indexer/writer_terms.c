/* The terms, values and data of one document. */
#include "indexer/doc.h"
#include "indexer/phone.h"
#include "indexer/xap.h"
#include "schema/base/clock.h"

enum { FIRST_SLOTS = 1024, POSITION_GAP = 100 /* no phrase reaches over it */ };

/* A word as far as its stems can tell: the same letters, script and traits. */
struct word {
	struct str t1, letters;
	unsigned traits;
	uint32_t wdf, title_wdf;
	struct str stems[STEM_COUNT];
	uint32_t first, n, title_first, n_title; /* its positions among all positions */
};

struct place {
	uint32_t word, position;
};

struct places {
	struct place *items;
	size_t count, room;
};

/* The words of one document while they are gathered. */
struct bag {
	struct arena *mem;
	struct analyser *analyser;
	struct word *words;
	size_t n_words, words_room;
	uint32_t *slots; /* 1 + number of the word, or 0 */
	size_t n_slots;
	struct places body, title;
	uint32_t next_position;
};

static uint64_t hash(struct str text, unsigned traits)
{
	uint64_t value = 14695981039346656037ULL ^ traits;

	for (size_t i = 0; i < text.len; i++)
		value = (value ^ (unsigned char)text.ptr[i]) * 1099511628211ULL;
	return value ^ value >> 29;
}

static void bag_make_slots(struct bag *bag, size_t count)
{
	bag->slots = arena_array(bag->mem, count, sizeof(*bag->slots));
	bag->n_slots = count;
	for (size_t i = 0; i < bag->n_words; i++) {
		size_t at = hash(bag->words[i].letters, bag->words[i].traits) & (count - 1);

		while (bag->slots[at])
			at = (at + 1) & (count - 1);
		bag->slots[at] = (uint32_t)i + 1;
	}
}

static uint32_t bag_new_word(struct bag *bag, const struct token *token, struct str letters)
{
	struct word *word;
	struct stems stems;

	bag->words = xgrow(bag->words, bag->n_words, &bag->words_room, sizeof(*bag->words));
	word = &bag->words[bag->n_words];
	*word = (struct word){.t1 = arena_str(bag->mem, token->t1), .traits = token->traits};
	word->letters = letters.ptr == token->t1.ptr ? word->t1 : arena_str(bag->mem, letters);
	analyser_stems(bag->analyser, token, &stems);
	for (size_t i = 0; i < STEM_COUNT; i++)
		word->stems[i] = arena_str(bag->mem, stems.of[i]);
	return (uint32_t)bag->n_words++;
}

static uint32_t bag_word(struct bag *bag, const struct token *token)
{
	struct str letters = token->cyrillic.len ? token->cyrillic : token->t1;
	size_t at;

	if (2 * bag->n_words >= bag->n_slots)
		bag_make_slots(bag, bag->n_slots ? 2 * bag->n_slots : FIRST_SLOTS);
	at = hash(letters, token->traits) & (bag->n_slots - 1);
	while (bag->slots[at]) {
		const struct word *word = &bag->words[bag->slots[at] - 1];

		if (word->traits == token->traits && str_eq(word->letters, letters))
			return bag->slots[at] - 1;
		at = (at + 1) & (bag->n_slots - 1);
	}
	bag->slots[at] = (uint32_t)bag->n_words + 1;
	return bag_new_word(bag, token, letters);
}

static void add_place(struct places *places, uint32_t word, uint32_t position)
{
	places->items = xgrow(places->items, places->count, &places->room, sizeof(*places->items));
	places->items[places->count++] = (struct place){word, position};
}

/* Counts one more of what is not a word of the text, so that it has no place in phrases. */
static void bag_digits(struct bag *bag, const struct doc_words *rule, struct str digits)
{
	uint32_t word;

	if (!digits.len)
		return;
	word = bag_word(bag, &(struct token){.t1 = digits, .traits = TOKEN_NUMBER});
	bag->words[word].wdf += rule->wdf;
	bag->words[word].title_wdf += rule->title_wdf;
}

/* A telephone number that begins with this word is found by its digits as well; gives where it ends. */
static size_t bag_phone(struct bag *bag, const struct doc_words *rule, struct str text,
			const struct token *token)
{
	struct phone phone;

	if (!phone_at(&phone, text, token->start))
		return token->start;
	if (phone.len > token->len) /* else it is the word */
		bag_digits(bag, rule, str_of(phone.digits, phone.len));
	bag_digits(bag, rule, phone_tail(&phone, PHONE_NATIONAL));
	bag_digits(bag, rule, phone_tail(&phone, PHONE_LOCAL));
	return phone.end;
}

static void bag_text(struct bag *bag, enum doc_words_id id, struct str text)
{
	const struct doc_words *rule = &DOC_WORDS[id];
	struct tokeniser tokeniser;
	struct token token;
	uint32_t last = bag->next_position;
	size_t phone_end = 0;

	tokeniser_init(&tokeniser, text);
	while (tokeniser_next(&tokeniser, &token)) {
		uint32_t word = bag_word(bag, &token);

		last = bag->next_position + token.position;
		bag->words[word].wdf += rule->wdf;
		bag->words[word].title_wdf += rule->title_wdf;
		if (rule->positions)
			add_place(&bag->body, word, last);
		if (rule->title_wdf)
			add_place(&bag->title, word, last);
		if ((token.traits & TOKEN_NUMBER) && token.start >= phone_end)
			phone_end = bag_phone(bag, rule, text, &token);
	}
	bag->next_position = last + POSITION_GAP;
}

static void bag_texts(struct bag *bag, enum doc_words_id id, const struct str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bag_text(bag, id, texts[i]);
}

/* Sort places by word: positions of word w then stand at [first, first + n). */
static uint32_t *sort_places(struct bag *bag, const struct places *places, bool title)
{
	uint32_t *sorted = arena_array(bag->mem, places->count, sizeof(*sorted));
	uint32_t at = 0;

	for (size_t i = 0; i < places->count; i++) {
		struct word *word = &bag->words[places->items[i].word];

		*(title ? &word->n_title : &word->n) += 1;
	}
	for (size_t i = 0; i < bag->n_words; i++) {
		struct word *word = &bag->words[i];
		uint32_t *n = title ? &word->n_title : &word->n;

		*(title ? &word->title_first : &word->first) = at;
		at += *n;
		*n = 0;
	}
	for (size_t i = 0; i < places->count; i++) {
		struct word *word = &bag->words[places->items[i].word];
		uint32_t first = title ? word->title_first : word->first;
		uint32_t *n = title ? &word->n_title : &word->n;

		sorted[first + (*n)++] = places->items[i].position;
	}
	return sorted;
}

static struct str prefixed(struct buf *term, const char *prefix, struct str rest)
{
	buf_reset(term);
	buf_c_add(term, prefix);
	buf_str_add(term, rest);
	return buf_str(term);
}

/* A stem that two languages have counts once. */
static bool is_new_stem(const struct str *stems, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_eq(stems[i], stems[at]))
			return false;
	return true;
}

static enum status put_stems(struct xap_doc *out, struct buf *term, const struct word *word,
			     const char *prefix, uint32_t wdf)
{
	for (size_t i = 0; i < STEM_COUNT; i++) {
		struct str stem = word->stems[i];

		if (stem.len && is_new_stem(word->stems, i))
			TRY(xap_doc_term(out, prefixed(term, prefix, stem), wdf, NULL, 0));
		if (!doc_stem_is_russian((enum stem_kind)i, stem, word->t1))
			continue;
		buf_reset(term);
		buf_c_add(term, prefix);
		buf_c_add(term, DOC_STEM_RUSSIAN);
		buf_str_add(term, stem);
		TRY(xap_doc_term(out, buf_str(term), wdf, NULL, 0));
	}
	return ST_OK;
}

static enum status put_capitals(struct xap_doc *out, struct buf *term, const struct word *word)
{
	if (doc_is_acronym(word->traits, word->t1))
		TRY(xap_doc_term(out, prefixed(term, DOC_PREFIX_CAPITALS, word->t1), 0, NULL, 0));
	for (size_t i = 0; i < STEM_COUNT; i++)
		if (doc_is_acronym_stem(word->traits, word->stems[i]))
			TRY(xap_doc_term(out, prefixed(term, DOC_PREFIX_CAPITALS, word->stems[i]),
					 0, NULL, 0));
	return ST_OK;
}

static enum status put_words(struct xap_doc *out, struct bag *bag)
{
	AUTO(buf) struct buf term = {0};
	uint32_t *positions = sort_places(bag, &bag->body, false);
	uint32_t *title_positions = sort_places(bag, &bag->title, true);

	for (size_t i = 0; i < bag->n_words; i++) {
		const struct word *word = &bag->words[i];

		TRY(xap_doc_term(out, word->t1, word->wdf, positions + word->first, word->n));
		TRY(put_stems(out, &term, word, DOC_PREFIX_STEM, word->wdf));
		TRY(put_capitals(out, &term, word));
		if (!word->title_wdf)
			continue;
		TRY(xap_doc_term(out, prefixed(&term, DOC_PREFIX_TITLE, word->t1), word->title_wdf,
				 title_positions + word->title_first, word->n_title));
		TRY(put_stems(out, &term, word, DOC_PREFIX_TITLE_STEM, word->title_wdf));
	}
	return ST_OK;
}

static enum status put_filter(struct xap_doc *out, struct buf *term, enum doc_filter_id filter,
			      struct str value)
{
	if (value.len == 0)
		return ST_OK;
	doc_filter_term(term, filter, value);
	return xap_doc_term(out, buf_str(term), 0, NULL, 0);
}

/* Its kind, which also says how long it counts and whether its title is its name. */
static enum status put_type(struct xap_doc *out, struct buf *term, const struct index_doc *doc)
{
	const struct doc_type *type = doc_type_of(doc->type);

	if (doc->of.len)
		TRY(xap_doc_term(out, prefixed(term, DOC_PREFIX_OF, doc->of), 0, NULL, 0));
	if (type->named) {
		doc_title_term(term, doc->title);
		TRY(xap_doc_term(out, buf_str(term), 0, NULL, 0));
	}
	if (doc->type.len == 0)
		return ST_OK;
	doc_filter_term(term, DOC_TYPE, doc->type);
	return xap_doc_term(out, buf_str(term), type->padding, NULL, 0);
}

static enum status put_filters(struct xap_doc *out, const struct index_doc *doc)
{
	AUTO(buf) struct buf term = {0};
	struct str rest = doc->lang;

	TRY(put_filter(out, &term, DOC_SPACE, doc->space));
	TRY(put_type(out, &term, doc));
	TRY(put_filter(out, &term, DOC_LANG, doc->lang));
	TRY(put_filter(out, &term, DOC_LANG, str_cut(&rest, '-'))); /* "uz" finds "uz-Cyrl" */
	TRY(put_filter(out, &term, DOC_OFFICE, doc->office));
	TRY(put_filter(out, &term, DOC_AUTHOR, doc->author));
	for (size_t i = 0; i < doc->n_authors; i++)
		TRY(put_filter(out, &term, DOC_AUTHOR, doc->authors[i]));
	for (size_t i = 0; i < doc->n_tags; i++)
		TRY(put_filter(out, &term, DOC_TAG, doc->tags[i]));
	return xap_doc_term(out, prefixed(&term, DOC_PREFIX_ID, doc->id), 0, NULL, 0);
}

static enum status put_facets(struct xap_doc *out, const struct index_doc *doc, struct str home)
{
	AUTO(doc_facets) struct doc_facets facets = {.bytes = {0}};
	char year[16];

	doc_facets_space(&facets, doc->audience, doc->space, home);
	doc_facets_translation(&facets, doc->translation);
	doc_facets_add(&facets, DOC_FILTERS[DOC_LANG].facet, doc->lang);
	doc_facets_add(&facets, DOC_FILTERS[DOC_TYPE].facet, doc->type);
	for (size_t i = 0; i < doc->n_tags; i++)
		doc_facets_add(&facets, DOC_FILTERS[DOC_TAG].facet, doc->tags[i]);
	(void)snprintf(year, sizeof(year), "%d", clock_date(doc->modified).year);
	doc_facets_add(&facets, DOC_FACET_YEAR, str_c(year));
	buf_str_add(&facets.bytes, buf_str(&facets.lines));
	return xap_doc_value(out, SLOT_FACETS, buf_str(&facets.bytes));
}

static enum status put_values(struct xap_doc *out, const struct index_doc *doc, struct str home)
{
	AUTO(buf) struct buf data = {0};

	TRY(put_facets(out, doc, home));
	TRY(xap_doc_number(out, SLOT_MODIFIED, doc->modified));
	TRY(xap_doc_number(out, SLOT_REVISION, doc->revision));
	doc_data(&data, doc);
	return xap_doc_data(out, buf_str(&data));
}

enum status doc_terms(struct xap_doc *out, struct analyser *a, const struct index_doc *doc,
		      struct str home)
{
	AUTO(arena) struct arena mem = {0};
	struct bag bag = {.mem = &mem, .analyser = a, .next_position = 1};
	enum status outcome;

	bag_text(&bag, DOC_TITLE, doc->title);
	bag_texts(&bag, DOC_FORMER_TITLES, doc->former_titles, doc->n_former_titles);
	bag_text(&bag, DOC_BODY, doc->body);
	bag_text(&bag, DOC_HEADINGS, doc->headings);
	bag_texts(&bag, DOC_TAGS, doc->tags, doc->n_tags);
	bag_texts(&bag, DOC_LINK_TEXTS, doc->link_texts, doc->n_link_texts);
	outcome = put_words(out, &bag);
	free(bag.words);
	free(bag.body.items);
	free(bag.title.items);
	TRY(outcome);
	TRY(put_filters(out, doc));
	return put_values(out, doc, home);
}
