/* The approved terms in memory, and which of them a query names. */
#include "server/glossary.h"

#include <pthread.h>

#include "indexer/cyrillic.h"
#include "indexer/query.h"
#include "indexer/relax.h"

enum {
	WORDS_MAX = 8,
	NO_ENTRY = -1,
	NO_FORM = TERM_LANGS * TERM_FORMS_MAX,
	SPELT_LETTERS = 6, /* shorter words in other letters are other words */
	SPELLINGS_MOST = 16,
};

/* One word of a term: how it may be typed. */
struct entry_word {
	struct str t1, stem; /* of the term's language */
};

/* One written form of a concept; Uzbek ones stand here once for each script that folds differently. */
struct entry {
	struct entry_word words[WORDS_MAX];
	size_t n_words;
	size_t concept, form; /* which form of which concept; no form where it is only typed */
	enum term_lang lang;
	bool acronym, cyrillic; /* an acronym is typed in its own script */
	bool common;            /* and in capitals, where it is also a common word: WHO */
	int next;               /* with the same first key, or NO_ENTRY */
};

struct concept {
	struct str public_id;
	struct search_form *forms;
	struct str *keys; /* folded, of each form */
	size_t n_forms;
};

struct table {
	struct arena mem;
	struct concept *concepts;
	struct entry *entries;
	size_t n_entries, room;
	int *heads; /* by the hash of a first word's stem or letters */
	size_t n_heads;
};

struct glossary {
	pthread_rwlock_t lock;
	int64_t version; /* of the record's glossary; 0: nothing is loaded */
	struct table table;
};

static const enum stem_kind STEMS[TERM_LANGS] = {STEM_UZ, STEM_RU, STEM_EN};

struct glossary *glossary_new(void)
{
	struct glossary *g = xmalloc(sizeof(*g));

	*g = (struct glossary){.version = 0};
	if (pthread_rwlock_init(&g->lock, NULL) != 0)
		abort();
	return g;
}

void glossary_free(struct glossary *g)
{
	if (!g)
		return;
	arena_release(&g->table.mem);
	(void)pthread_rwlock_destroy(&g->lock);
	free(g);
}

/* ---- loading ------------------------------------------------------------------------------------- */
static size_t hash(struct str key, enum term_lang lang)
{
	size_t h = 1469598103934665603ULL ^ (size_t)lang;

	for (size_t i = 0; i < key.len; i++)
		h = (h ^ (unsigned char)key.ptr[i]) * 1099511628211ULL;
	return h;
}

/* A word is looked for by its stem, or by its letters where it has none. */
static struct str first_key(const struct entry_word *word)
{
	return word->stem.len ? word->stem : word->t1;
}

/* Words that are also acronyms; not all of them are stop words, for they tell something in a query. */
static bool is_common(struct str t1)
{
	return analyse_is_stop_word(t1) || str_is(t1, "us") || str_is(t1, "who");
}

static void add_entry(struct table *t, struct analyser *a, struct entry entry, struct str written)
{
	struct tokeniser tokeniser;
	struct token token;

	tokeniser_init(&tokeniser, written);
	while (tokeniser_next(&tokeniser, &token)) {
		struct stems stems;

		if (entry.n_words == WORDS_MAX)
			return; /* nobody types so long a term */
		analyser_stems(a, &token, &stems);
		entry.cyrillic = (token.traits & TOKEN_CYRILLIC) != 0;
		entry.words[entry.n_words++] =
			(struct entry_word){arena_str(&t->mem, token.t1),
					    arena_str(&t->mem, stems.of[STEMS[entry.lang]])};
	}
	if (!entry.n_words)
		return;
	entry.common = entry.n_words == 1 && is_common(entry.words[0].t1);
	if (entry.common && !entry.acronym)
		return;
	t->entries = arena_grow(&t->mem, t->entries, t->n_entries, &t->room, sizeof(entry));
	t->entries[t->n_entries++] = entry;
}

/*
 * A form of a concept. WHO and IT are typed, but adding them to a query would find "who" and "it"
 * everywhere.
 */
static void add_form(struct table *t, struct analyser *a, struct entry entry,
		     const struct term_form *form)
{
	struct concept *c = &t->concepts[entry.concept];

	entry.acronym = form->acronym;
	entry.form = NO_FORM;
	if (!is_common(form->key)) {
		entry.form = c->n_forms++;
		c->keys[entry.form] = arena_str(&t->mem, form->key);
		c->forms[entry.form] =
			(struct search_form){arena_str(&t->mem, form->written), STEMS[entry.lang]};
	}
	add_entry(t, a, entry, form->written);
	if (form->cyrillic.len)
		add_entry(t, a, entry, form->cyrillic);
}

static void add_concept(struct table *t, struct analyser *a, size_t at, const struct term *term)
{
	struct concept *c = &t->concepts[at];
	size_t most = (size_t)TERM_LANGS * TERM_FORMS_MAX;

	c->public_id = arena_str(&t->mem, term->public_id);
	c->forms = arena_array(&t->mem, most, sizeof(*c->forms));
	c->keys = arena_array(&t->mem, most, sizeof(*c->keys));
	for (unsigned lang = 0; lang < TERM_LANGS; lang++) {
		struct entry entry = {.concept = at, .lang = (enum term_lang)lang};

		for (size_t i = 0; i < term->forms[lang].count; i++)
			add_form(t, a, entry, &term->forms[lang].items[i]);
	}
}

static void link_entries(struct table *t)
{
	t->n_heads = 2 * t->n_entries + 1;
	t->heads = arena_array(&t->mem, t->n_heads, sizeof(*t->heads));
	for (size_t i = 0; i < t->n_heads; i++)
		t->heads[i] = NO_ENTRY;
	for (size_t i = t->n_entries; i-- > 0;) {
		struct entry *e = &t->entries[i];
		int *head = &t->heads[hash(first_key(&e->words[0]), e->lang) % t->n_heads];

		e->next = *head;
		*head = (int)i;
	}
}

static enum status load(struct glossary *g, struct db *db, struct analyser *a)
{
	AUTO(arena) struct arena mem = {0};
	struct table fresh = {.n_heads = 0};
	struct term *terms;
	size_t count;
	int64_t version;

	TRY(term_version(&version, db));
	TRY(term_load_approved(&terms, &count, db, &mem));
	fresh.concepts = arena_array(&fresh.mem, count, sizeof(*fresh.concepts));
	for (size_t i = 0; i < count; i++)
		add_concept(&fresh, a, i, &terms[i]);
	link_entries(&fresh);
	arena_release(&g->table.mem);
	g->table = fresh;
	g->version = version;
	return ST_OK;
}

/* Take the lock for reading, with a table that is no older than what `db` sees. */
static enum status hold(struct glossary *g, struct db *db, struct analyser *a)
{
	enum status outcome = ST_OK;
	int64_t version;

	TRY(term_version(&version, db));
	(void)pthread_rwlock_rdlock(&g->lock);
	if (g->version >= version)
		return ST_OK;
	(void)pthread_rwlock_unlock(&g->lock);
	(void)pthread_rwlock_wrlock(&g->lock);
	if (g->version < version)
		outcome = load(g, db, a);
	(void)pthread_rwlock_unlock(&g->lock);
	TRY(outcome);
	(void)pthread_rwlock_rdlock(&g->lock);
	return ST_OK;
}

/* ---- finding ------------------------------------------------------------------------------------- */
/* A word that was typed, and the clause that it stands in. */
struct typed {
	const struct query_word *word;
	struct str stems[STEM_COUNT];
	size_t clause;
	bool ends_clause;
};

struct search {
	const struct table *table;
	struct arena *mem;
	struct typed *words;
	size_t n_words;
	bool *taken; /* of each word: a longer term has it */
};

/* Whether the words of a clause may be widened: one word or several joined by hyphens, not quoted. */
static bool is_open(const struct query_clause *clause)
{
	const struct query_atom *atom = clause->atoms;

	return !clause->excluded && clause->n_atoms == 1 && !atom->quoted && !atom->title &&
	       atom->kind != QUERY_PREFIX;
}

static void type_word(struct typed *out, struct search *s, struct analyser *a,
		      const struct query_word *word)
{
	struct token token = {.written = word->written,
			      .traits = word->traits,
			      .t1 = word->t1,
			      .cyrillic = word->cyrillic};
	struct stems stems;

	out->word = word;
	analyser_stems(a, &token, &stems);
	for (size_t i = 0; i < STEM_COUNT; i++)
		out->stems[i] = arena_str(s->mem, stems.of[i]);
}

static void add_word(struct search *s, struct analyser *a, const struct query_word *word,
		     size_t clause)
{
	struct typed *typed = &s->words[s->n_words++];

	*typed = (struct typed){.clause = clause};
	type_word(typed, s, a, word);
}

/* An entry of no word keeps the words of both its sides apart. */
static void take_words(struct search *s, struct analyser *a, const struct query *query)
{
	size_t most = 0;

	for (size_t i = 0; i < query->n_clauses; i++)
		most += 1 + query->clauses[i].atoms[0].n_words;
	s->words = arena_array(s->mem, most, sizeof(*s->words));
	s->taken = arena_array(s->mem, most, sizeof(*s->taken));
	for (size_t i = 0; i < query->n_clauses && s->n_words < QUERY_WORDS_MAX; i++) {
		const struct query_atom *atom = query->clauses[i].atoms;

		if (!is_open(&query->clauses[i])) {
			s->words[s->n_words++] = (struct typed){.clause = i, .ends_clause = true};
			continue;
		}
		for (size_t k = 0; k < atom->n_words; k++)
			add_word(s, a, &atom->words[k], i);
		s->words[s->n_words - 1].ends_clause = true;
	}
}

static bool same_script(const struct entry *e, const struct typed *typed)
{
	return e->lang == TERM_UZ || e->cyrillic == ((typed->word->traits & TOKEN_CYRILLIC) != 0);
}

static bool word_fits(const struct entry *e, size_t at, const struct typed *typed)
{
	const struct entry_word *word = &e->words[at];
	struct str stem = typed->stems[STEMS[e->lang]];

	if (!typed->word)
		return false;
	if (e->acronym)
		return str_eq(word->t1, typed->word->t1) && same_script(e, typed) &&
		       ((word->t1.len > 2 && !e->common) ||
			(typed->word->traits & TOKEN_ACRONYM) != 0);
	if (word->stem.len && stem.len)
		return str_eq(word->stem, stem);
	return str_eq(word->t1, typed->word->t1) && same_script(e, typed);
}

/* The words from `at` are those of the entry, and whole clauses. */
static bool entry_fits(const struct search *s, const struct entry *e, size_t at)
{
	if (at + e->n_words > s->n_words || (at > 0 && !s->words[at - 1].ends_clause) ||
	    !s->words[at + e->n_words - 1].ends_clause)
		return false;
	for (size_t i = 0; i < e->n_words; i++) {
		if (s->taken[at + i] || !word_fits(e, i, &s->words[at + i]))
			return false;
	}
	return true;
}

/* ---- what is added ------------------------------------------------------------------------------- */
static bool has_form(const struct search_expansion *e, const struct search_form *form)
{
	for (size_t i = 0; i < e->n_forms; i++) {
		if (e->forms[i].lang == form->lang && str_eq(e->forms[i].text, form->text))
			return true;
	}
	return false;
}

/* The other forms of the concept, behind those that the same words have already brought. */
static void add_forms(struct search_expansion *e, struct arena *mem, const struct concept *c,
		      size_t matched, struct str typed)
{
	for (size_t i = 0; i < c->n_forms && e->n_forms < EXPANSION_FORMS_MAX; i++) {
		if (i == matched || str_eq(c->keys[i], typed) || has_form(e, &c->forms[i]))
			continue;
		e->forms[e->n_forms++] =
			(struct search_form){arena_str(mem, c->forms[i].text), c->forms[i].lang};
	}
}

static struct str key_of(const struct search *s, size_t at, size_t count)
{
	AUTO(buf) struct buf key = {0};

	for (size_t i = at; i < at + count; i++) {
		if (i > at)
			buf_byte(&key, ' ');
		buf_str_add(&key, s->words[i].word->t1);
	}
	return buf_keep(&key, s->mem);
}

/* The expansion of these clauses, or a new one. */
static struct search_expansion *expansion_of(struct glossary_found *out, struct arena *mem,
					     uint32_t first, uint32_t count)
{
	struct search_expansion *e = &out->expansions[out->n_expansions];

	for (size_t i = 0; i < out->n_expansions; i++) {
		if (out->expansions[i].first == first)
			return &out->expansions[i];
	}
	*e = (struct search_expansion){.first = first, .count = count};
	e->forms = arena_array(mem, EXPANSION_FORMS_MAX, sizeof(*e->forms));
	return &out->expansions[out->n_expansions++];
}

static void add_match(struct glossary_found *out, struct search *s, const struct entry *e,
		      size_t at)
{
	const struct concept *c = &s->table->concepts[e->concept];
	uint32_t first = (uint32_t)s->words[at].clause;
	uint32_t count = (uint32_t)s->words[at + e->n_words - 1].clause - first + 1;

	for (size_t i = 0; i < out->n_matches; i++) {
		if (str_eq(out->matches[i].public_id, c->public_id))
			return;
	}
	out->matches[out->n_matches++] =
		(struct glossary_match){arena_str(s->mem, c->public_id), first, count};
	add_forms(expansion_of(out, s->mem, first, count), s->mem, c, e->form,
		  key_of(s, at, e->n_words));
}

/* Every entry of this many words that begins at `at`. */
static void match_at(struct glossary_found *out, struct search *s, size_t at, size_t n_words)
{
	const struct table *t = s->table;
	bool any = false;

	for (unsigned lang = 0; lang < TERM_LANGS; lang++) {
		struct str keys[2] = {s->words[at].stems[STEMS[lang]], s->words[at].word->t1};

		for (size_t k = 0; k < 2; k++) {
			int i;

			if (!keys[k].len || (k && str_eq(keys[0], keys[1])))
				continue;
			i = t->heads[hash(keys[k], (enum term_lang)lang) % t->n_heads];
			for (; i != NO_ENTRY && out->n_matches < EXPANSIONS_MAX;
			     i = t->entries[i].next) {
				const struct entry *e = &t->entries[i];

				if (e->lang != (enum term_lang)lang || e->n_words != n_words ||
				    !entry_fits(s, e, at))
					continue;
				add_match(out, s, e, at);
				any = true;
			}
		}
	}
	for (size_t i = at; any && i < at + n_words; i++)
		s->taken[i] = true;
}

/* A word that no term has is looked for in other letters as well: ozbekiston, узбекистон. */
static void match_spellings(struct glossary_found *out, struct search *s, struct analyser *a,
			    size_t at)
{
	struct typed typed = s->words[at];
	struct str spellings[RELAX_MAX];
	size_t count = relax_word(spellings, s->mem, typed.word);

	for (size_t i = 0; i < count && i < SPELLINGS_MOST && !s->taken[at]; i++) {
		struct query_word other = {.t1 = spellings[i],
					   .written = spellings[i],
					   .traits = TOKEN_LATIN | TOKEN_UZBEK};

		type_word(&s->words[at], s, a, &other);
		match_at(out, s, at, 1);
	}
	s->words[at] = typed;
}

static void find_all(struct glossary_found *out, struct search *s, struct analyser *a)
{
	size_t kept = 0;

	out->expansions = arena_array(s->mem, EXPANSIONS_MAX, sizeof(*out->expansions));
	out->matches = arena_array(s->mem, EXPANSIONS_MAX, sizeof(*out->matches));
	for (size_t n = WORDS_MAX; n > 0; n--) {
		for (size_t at = 0; at + n <= s->n_words; at++) {
			if (s->words[at].word && out->n_matches < EXPANSIONS_MAX)
				match_at(out, s, at, n);
		}
	}
	for (size_t at = 0; at < s->n_words && out->n_matches < EXPANSIONS_MAX; at++) {
		if (s->words[at].word && !s->taken[at] &&
		    s->words[at].word->t1.len >= SPELT_LETTERS)
			match_spellings(out, s, a, at);
	}
	for (size_t i = 0; i < out->n_expansions; i++) {
		if (out->expansions[i].n_forms)
			out->expansions[kept++] = out->expansions[i];
	}
	out->n_expansions = kept;
}

enum status glossary_find(struct glossary_found *out, struct glossary *g, struct db *db,
			  struct arena *mem, struct analyser *a, struct str text)
{
	struct search s = {.mem = mem};
	struct query query;

	*out = (struct glossary_found){0};
	query_parse(&query, mem, text);
	if (!query.n_clauses)
		return ST_OK;
	take_words(&s, a, &query);
	TRY(hold(g, db, a));
	s.table = &g->table;
	find_all(out, &s, a);
	(void)pthread_rwlock_unlock(&g->lock);
	return ST_OK;
}
