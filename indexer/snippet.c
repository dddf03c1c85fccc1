/* The best passage of a text, found by folding and stemming its words as the index does. */
#include "indexer/snippet.h"

#include "indexer/doc.h"
#include "indexer/passage.h"
#include "indexer/phone.h"
#include "schema/base/utf8.h"

enum {
	SNIPPET_READ_MAX = 64 * 1024,
	SNIPPET_WORDS = 40,
	SNIPPET_LEAD = 8, /* words shown before the first that matches, where there is room */
	MATCHES_MAX = MARKER_MOST, /* of one text; those after them are not looked at */
};

enum term_kind { TERM_EXACT, TERM_CAPITALS, TERM_PHRASE, TERM_PREFIX, TERM_STEM, TERM_RUSSIAN };

struct term {
	struct str text; /* without its prefix, or the * of a prefix; ptr is NULL in a free place */
	enum term_kind kind;
	uint16_t word; /* the query word that it belongs to */
};

struct mark_set {
	struct term *table; /* by hash, without prefixes; its size is mask + 1 */
	size_t mask;
	struct term *prefixes;
	size_t n_prefixes;
	uint16_t n_words;
	bool has_stems, has_phrases, has_capitals;
	bool has_phones;  /* digits that may stand in several groups */
	bool begins[256]; /* with which byte a folded word must begin to match anything */
};

static size_t term_hash(enum term_kind kind, struct str text)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15) * (kind + 1u);

	for (size_t at = 0; at < text.len; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, text.ptr + at, text.len - at < 8 ? text.len - at : 8);
		hash = (hash ^ piece) * UINT64_C(0xFF51AFD7ED558CCD);
		hash ^= hash >> 31;
	}
	return (size_t)hash;
}

/* The place of the term in the table, or the free place where it would stand. */
static struct term *table_find(const struct mark_set *set, enum term_kind kind, struct str text)
{
	size_t at = term_hash(kind, text) & set->mask;

	while (set->table[at].text.ptr &&
	       (set->table[at].kind != kind || !str_eq(set->table[at].text, text)))
		at = (at + 1) & set->mask;
	return &set->table[at];
}

static enum term_kind term_read(struct str term, struct str *text)
{
	*text = term;
	if (term.len > 1 && term.ptr[0] == 'Z') {
		bool russian = term.ptr[1] == DOC_STEM_RUSSIAN[0];

		*text = str_from(term, russian ? 2 : 1);
		return russian ? TERM_RUSSIAN : TERM_STEM;
	}
	if (term.len > 2 && str_starts(term, STR(DOC_PREFIX_CAPITALS))) {
		*text = str_from(term, 2);
		return TERM_CAPITALS;
	}
	if (term.len > 1 && term.ptr[0] == MARK_IN_PHRASE[0]) {
		*text = str_from(term, 1);
		return TERM_PHRASE;
	}
	if (term.len > 1 && term.ptr[term.len - 1] == '*') {
		text->len--;
		return TERM_PREFIX;
	}
	return TERM_EXACT;
}

/* A word's exact form stands before its stems, so that every exact form begins another word. */
static void set_add(struct mark_set *set, struct arena *mem, struct str term)
{
	struct term t = {.text = STR_NONE};

	t.kind = term_read(term, &t.text);
	if (t.text.len == 0)
		return;
	if (t.kind <= TERM_PREFIX || set->n_words == 0)
		set->n_words++;
	t.word = (uint16_t)(set->n_words - 1);
	t.text = arena_str(mem, t.text);
	set->has_stems = set->has_stems || t.kind > TERM_PREFIX;
	set->has_capitals = set->has_capitals || t.kind == TERM_CAPITALS;
	set->has_phrases = set->has_phrases || t.kind == TERM_PHRASE;
	set->begins[(unsigned char)t.text.ptr[0]] = true;
	if (t.kind == TERM_EXACT && t.text.len >= PHONE_LEAST &&
	    (unsigned char)t.text.ptr[0] <= '9') {
		set->has_phones = true;
		memset(set->begins + '0', true, 10);
	}
	if (t.kind == TERM_PREFIX) {
		set->prefixes[set->n_prefixes++] = t;
	} else {
		struct term *place = table_find(set, t.kind, t.text);

		if (!place->text.ptr)
			*place = t;
	}
}

struct mark_set *mark_set_new(struct arena *mem, const struct str *terms, size_t count)
{
	struct mark_set *set = arena_alloc(mem, sizeof(*set));
	size_t size = 16;

	if (count > UINT16_MAX / 2)
		count = UINT16_MAX / 2;
	while (size < count * 2)
		size *= 2;
	set->mask = size - 1;
	set->table = arena_array(mem, size, sizeof(*set->table));
	set->prefixes = arena_array(mem, count, sizeof(*set->prefixes));
	for (size_t i = 0; i < count; i++)
		set_add(set, mem, terms[i]);
	return set;
}

struct match {
	size_t start, len;
	uint32_t position;
	uint16_t word;
};

/* The matches of a text while it is read, and the best window among them so far. */
struct hunt {
	const struct mark_set *set;
	struct analyser *analyser;
	size_t width;
	size_t phone_end;     /* of the last telephone number that matched, in the text */
	uint32_t phrase_next; /* the position behind the last word of a phrase */
	struct match *matches;
	size_t n_matches;
	uint16_t *same; /* words found to be one: the lower number of each, as a forest */
	uint16_t groups;
	uint16_t *counts; /* of each word between `left` and the last match */
	size_t left;
	uint16_t distinct;
	uint16_t best_distinct;
	size_t best_left, best_right;
};

static uint16_t root_of(const struct hunt *h, uint16_t word)
{
	while (h->same[word] != word)
		word = h->same[word];
	return word;
}

static void count_in(struct hunt *h, const struct match *m)
{
	if (h->counts[root_of(h, m->word)]++ == 0)
		h->distinct++;
}

static void count_out(struct hunt *h, const struct match *m)
{
	if (--h->counts[root_of(h, m->word)] == 0)
		h->distinct--;
}

/* A word of the text matches two words of the query: they are forms of one. */
static uint16_t join(struct hunt *h, uint16_t a, uint16_t b)
{
	uint16_t low = root_of(h, a), high = root_of(h, b);

	if (low == high)
		return low;
	if (low > high) {
		uint16_t swap = low;

		low = high;
		high = swap;
	}
	h->same[high] = low;
	h->groups--;
	if (h->counts[low] && h->counts[high])
		h->distinct--;
	h->counts[low] = (uint16_t)(h->counts[low] + h->counts[high]);
	h->counts[high] = 0;
	return low;
}

/* The query word of this term, joined with the one found so far, or what was found. */
static int match_term(struct hunt *h, enum term_kind kind, struct str text, int found)
{
	const struct term *t = table_find(h->set, kind, text);

	if (!t->text.ptr)
		return found;
	return found < 0 ? t->word : join(h, (uint16_t)found, t->word);
}

/* The same for its stems. */
static int match_stems(struct hunt *h, const struct token *token, int found)
{
	struct stems stems;

	analyser_stems(h->analyser, token, &stems);
	for (size_t k = 0; k < STEM_COUNT; k++)
		if (stems.of[k].len)
			found = match_term(h, TERM_STEM, stems.of[k], found);
	if (doc_stem_is_russian(STEM_RU, stems.of[STEM_RU], token->t1))
		found = match_term(h, TERM_RUSSIAN, stems.of[STEM_RU], found);
	return found;
}

/* Of an acronym in capitals, with or without an ending. */
static int match_capitals(struct hunt *h, const struct token *token, int found)
{
	struct stems stems;

	if (token->traits & TOKEN_ACRONYM)
		return match_term(h, TERM_CAPITALS, token->t1, found);
	if (!(token->traits & TOKEN_CAPITALS))
		return found;
	analyser_stems(h->analyser, token, &stems);
	for (size_t k = 0; k < STEM_COUNT; k++)
		if (doc_is_acronym_stem(token->traits, stems.of[k]))
			found = match_term(h, TERM_CAPITALS, stems.of[k], found);
	return found;
}

/* The query word of a telephone number that begins with it: then it is taken for all of the number. */
static int match_phone(struct hunt *h, struct token *token, struct str text)
{
	struct phone phone;
	int found;

	if (!phone_at(&phone, text, token->start))
		return -1;
	found = match_term(h, TERM_EXACT, str_of(phone.digits, phone.len), -1);
	found = match_term(h, TERM_EXACT, phone_tail(&phone, PHONE_NATIONAL), found);
	found = match_term(h, TERM_EXACT, phone_tail(&phone, PHONE_LOCAL), found);
	if (found >= 0) {
		token->start = phone.start;
		token->len = phone.end - phone.start;
		h->phone_end = phone.end;
	}
	return found;
}

/* The word of a phrase that this one is, or NULL. */
static const struct term *in_phrase(const struct hunt *h, const struct token *token)
{
	const struct term *t = table_find(h->set, TERM_PHRASE, token->t1);

	return t->text.ptr ? t : NULL;
}

/* True when the word that `t` stands before is of a phrase and has this position. */
static bool goes_on(const struct hunt *h, const struct tokeniser *t, uint32_t position)
{
	struct tokeniser ahead = *t;
	struct token next;

	return tokeniser_next(&ahead, &next) && next.position == position && in_phrase(h, &next);
}

/* Of such a word where one beside it is another; `t` stands behind it. */
static int match_phrase(struct hunt *h, const struct tokeniser *t, const struct token *token)
{
	const struct term *here = in_phrase(h, token);
	bool follows = h->phrase_next && h->phrase_next == token->position;

	if (!here)
		return -1;
	h->phrase_next = token->position + 1;
	return follows || goes_on(h, t, h->phrase_next) ? here->word : -1;
}

/* The query word that this one matches, or -1; `t` stands behind it. */
static int match_word(struct hunt *h, struct token *token, const struct tokeniser *t)
{
	const struct mark_set *set = h->set;
	const struct term *exact;
	int found = -1;

	if (token->start < h->phone_end || !set->begins[(unsigned char)token->t1.ptr[0]])
		return -1;
	exact = table_find(set, TERM_EXACT, token->t1);
	if (exact->text.ptr)
		found = exact->word;
	for (size_t i = 0; i < set->n_prefixes && found < 0; i++)
		if (str_starts(token->t1, set->prefixes[i].text))
			found = set->prefixes[i].word;
	if (set->has_stems)
		found = match_stems(h, token, found);
	if (set->has_capitals)
		found = match_capitals(h, token, found);
	if (found < 0 && set->has_phrases)
		found = match_phrase(h, t, token);
	if (found < 0 && set->has_phones && (token->traits & TOKEN_NUMBER))
		found = match_phone(h, token, t->text);
	return found;
}

static bool is_too_wide(const struct hunt *h, const struct match *last)
{
	const struct match *first = &h->matches[h->left];

	return last->position - first->position >= SNIPPET_WORDS ||
	       last->start + last->len - first->start > h->width;
}

static void add_match(struct hunt *h, const struct token *token, uint16_t word)
{
	struct match *m = &h->matches[h->n_matches++];

	*m = (struct match){token->start, token->len, token->position, word};
	count_in(h, m);
	while (&h->matches[h->left] < m && is_too_wide(h, m))
		count_out(h, &h->matches[h->left++]);
	if (h->distinct > h->best_distinct) {
		h->best_distinct = h->distinct;
		h->best_left = h->left;
	}
	if (h->best_left == h->left)
		h->best_right = h->n_matches - 1;
}

/* No window can be better than one with all words; what follows in its reach is still marked. */
static bool is_done(const struct hunt *h, const struct token *token)
{
	return h->best_distinct == h->groups &&
	       token->position - h->matches[h->best_left].position > SNIPPET_WORDS;
}

static void hunt_begin(struct hunt *h, struct arena *mem, struct analyser *a,
		       const struct mark_set *set, size_t width)
{
	*h = (struct hunt){.set = set, .analyser = a, .width = width, .groups = set->n_words};
	h->matches = arena_array(mem, MATCHES_MAX, sizeof(*h->matches));
	h->same = arena_array(mem, set->n_words, sizeof(*h->same));
	h->counts = arena_array(mem, set->n_words, sizeof(*h->counts));
	for (uint16_t i = 0; i < set->n_words; i++)
		h->same[i] = i;
}

static void hunt_run(struct hunt *h, struct str text)
{
	struct tokeniser t;
	struct token token;

	if (h->set->n_words == 0)
		return;
	tokeniser_init(&t, text);
	tokeniser_skip(&t, h->set->begins);
	while (h->n_matches < MATCHES_MAX && tokeniser_next(&t, &token)) {
		int word;

		tokeniser_skip(&t, h->set->begins);
		if (h->best_distinct && is_done(h, &token))
			return;
		word = match_word(h, &token, &t);
		if (word >= 0)
			add_match(h, &token, (uint16_t)word);
	}
}

struct marker {
	struct hunt hunt;
	struct tokeniser tokeniser;
	uint32_t before; /* words of the texts before this one */
};

struct marker *marker_new(struct arena *mem, struct analyser *a, const struct mark_set *set)
{
	struct marker *m = arena_alloc(mem, sizeof(*m));

	hunt_begin(&m->hunt, mem, a, set, SIZE_MAX / 2);
	return m;
}

void marker_begin(struct marker *m, struct str text)
{
	m->before += m->tokeniser.position;
	m->hunt.phone_end = 0;
	m->hunt.phrase_next = 0;
	tokeniser_init(&m->tokeniser, text);
}

bool marker_next(struct marker *m, struct mark *out)
{
	const struct mark_set *set = m->hunt.set;

	while (set->n_words && m->hunt.n_matches < MATCHES_MAX) {
		struct token token;
		int word;

		tokeniser_skip(&m->tokeniser, set->begins);
		if (!tokeniser_next(&m->tokeniser, &token))
			return false;
		word = match_word(&m->hunt, &token, &m->tokeniser);
		if (word < 0)
			continue;
		*out = (struct mark){token.start, token.len};
		token.position += m->before;
		token.start = 0; /* windows are counted in words here */
		add_match(&m->hunt, &token, (uint16_t)word);
		return true;
	}
	return false;
}

bool marker_best(const struct marker *m, size_t *out)
{
	*out = m->hunt.best_left;
	return m->hunt.n_matches > 0;
}

/* The bytes [from, to) of a passage. */
struct range {
	size_t from, to;
};

/* Around the best window, or the beginning of the text. */
static struct range choose(const struct hunt *h, struct str text)
{
	struct range r = {0, 0};
	size_t end = 0, most;

	if (h->n_matches) {
		const struct match *first = &h->matches[h->best_left];
		const struct match *last = &h->matches[h->best_right];
		size_t least;

		end = last->start + last->len;
		least = end > h->width ? end - h->width : 0;
		if (least > first->start)
			least = first->start;
		r.from = passage_back(text, passage_word(text, first->start, least), SNIPPET_LEAD,
				      least);
	}
	most = text.len - r.from < h->width ? text.len : r.from + h->width;
	r.to = passage_forward(text, r.from, SNIPPET_WORDS, most);
	if (r.to < end && end <= most)
		r.to = end;
	if (r.to == r.from) /* one word that is wider than all */
		r.to = r.from + utf8_head(str_from(text, r.from), h->width).len;
	while (r.from < r.to && passage_is_space(text.ptr[r.from]))
		r.from++;
	return r;
}

static void keep_marks(struct snippet *out, struct arena *mem, const struct hunt *h, struct range r)
{
	out->marks = arena_array(mem, h->n_matches, sizeof(*out->marks));
	for (size_t i = 0; i < h->n_matches; i++) {
		const struct match *m = &h->matches[i];

		if (m->start >= r.from && m->start + m->len <= r.to)
			out->marks[out->n_marks++] = (struct mark){m->start - r.from, m->len};
	}
}

void snippet_make(struct snippet *out, struct arena *mem, struct analyser *a,
		  const struct mark_set *set, struct str plain, size_t width)
{
	struct str text = utf8_head(plain, SNIPPET_READ_MAX);
	struct hunt h;
	struct range r;

	*out = (struct snippet){.passage = STR_NONE};
	if (text.len == 0)
		return;
	hunt_begin(&h, mem, a, set, width);
	hunt_run(&h, text);
	r = choose(&h, text);
	out->passage = str_of(text.ptr + r.from, r.to - r.from);
	out->cut_before = str_trim(str_head(text, r.from)).len > 0;
	out->cut_after = str_trim(str_from(plain, r.to)).len > 0;
	keep_marks(out, mem, &h, r);
}

void snippet_mark_all(struct snippet *out, struct arena *mem, struct analyser *a,
		      const struct mark_set *set, struct str text)
{
	struct hunt h;

	*out = (struct snippet){.passage = text};
	hunt_begin(&h, mem, a, set, SIZE_MAX / 2);
	h.groups = UINT16_MAX; /* never done early */
	hunt_run(&h, text);
	keep_marks(out, mem, &h, (struct range){0, text.len});
}
