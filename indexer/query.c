/* The grammar of the search box. */
#include "indexer/query.h"

#include "indexer/phone.h"

#include "schema/base/clock.h"
#include "schema/base/utf8.h"

#define HINT_LONG N_("The query was too long and has been cut.")
#define HINT_QUOTE N_("A quotation mark was not closed and has been ignored.")
#define HINT_OR N_("OR stands between two words; it was searched as a word.")
#define HINT_STAR N_("A star needs at least three letters before it and has been ignored.")
#define HINT_DATE N_("A date is written YYYY, YYYY-MM or YYYY-MM-DD; it was searched as words.")
#define HINT_FILTER N_("There is no such filter; it was searched as words.")
#define HINT_VALUE N_("A filter has no value; it was searched as words.")
#define HINT_EXCLUDES                                                                              \
	N_("A query that only leaves out finds nothing: add a word that is to be found.")
#define HINT_SIGNS N_("The query has no letter and no digit.")

/* A list in an arena that doubles as it grows. */
struct list {
	void *items;
	size_t count, room;
};

struct parser {
	struct query *query;
	struct arena *mem;
	struct str text;
	size_t at;
	struct list clauses, filters, spans;
	bool or_waits;      /* OR was read; the next atom joins the last clause */
	bool can_join;      /* the last thing read is a clause that OR may join to */
	struct str or_word; /* where that OR stands */
};

static void *list_add(struct list *list, struct arena *mem, size_t size)
{
	list->items = arena_grow(mem, list->items, list->count, &list->room, size);
	return (char *)list->items + size * list->count++;
}

static void hint(struct parser *p, const char *words)
{
	if (p->query->hint.len == 0)
		p->query->hint = str_c(words);
}

/* Bytes of white space at `at`, or 0. */
static size_t space_at(struct str text, size_t at)
{
	size_t next = at;
	uint32_t point;

	if (at >= text.len)
		return 0;
	point = utf8_next(text, &next);
	if (point <= ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) ||
	    point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x3000)
		return next - at;
	return 0;
}

/* Quotation marks: the straight one, and those that telephones and Cyrillic text have instead. */
static bool is_quote(uint32_t point)
{
	return point == '"' || point == 0xAB || point == 0xBB ||
	       (point >= 0x201C && point <= 0x201F);
}

/* Which of them close what this one opened: “a”, „a“ and ”a” are all written. */
static bool is_closing(uint32_t opened, uint32_t point)
{
	if (opened == '"' || opened == 0xAB)
		return point == (opened == 0xAB ? 0xBB : opened);
	return opened != 0xBB && point >= 0x201C && point <= 0x201F;
}

/* Bytes of a quotation mark at `at`, or 0. */
static size_t quote_at(struct str text, size_t at)
{
	size_t next = at;

	return at < text.len && is_quote(utf8_next(text, &next)) ? next - at : 0;
}

/* Where the white space, quote or end behind `at` is. */
static size_t end_of_chunk(struct str text, size_t at)
{
	while (at < text.len && quote_at(text, at) == 0 && space_at(text, at) == 0)
		(void)utf8_next(text, &at);
	return at;
}

/* ---- words and atoms ------------------------------------------------------------------------- */
static struct query_word keep_word(struct parser *p, const struct token *token)
{
	return (struct query_word){
		.t1 = arena_str(p->mem, token->t1),
		.cyrillic = arena_str(p->mem, token->cyrillic),
		.written = token->written,
		.traits = token->traits,
		.start = (size_t)(token->written.ptr - p->query->text.ptr),
	};
}

static struct query_clause *new_clause(struct parser *p, bool excluded)
{
	struct query_clause *clause = list_add(&p->clauses, p->mem, sizeof(*clause));

	*clause = (struct query_clause){.excluded = excluded};
	return clause;
}

static void join_atom(struct parser *p, struct query_clause *clause, struct query_atom atom)
{
	struct query_atom *atoms = arena_array(p->mem, clause->n_atoms + 1, sizeof(*atoms));

	if (clause->n_atoms)
		memcpy(atoms, clause->atoms, clause->n_atoms * sizeof(*atoms));
	atoms[clause->n_atoms++] = atom;
	clause->atoms = atoms;
}

static void add_words(struct parser *p, struct str chunk, bool excluded, bool title);

/* An OR that has no word behind it was a word itself. */
static void give_up_or(struct parser *p)
{
	struct str word = p->or_word;

	if (!p->or_waits)
		return;
	p->or_waits = false;
	p->can_join = false;
	hint(p, HINT_OR);
	add_words(p, word, false, false);
}

static void add_atom(struct parser *p, struct query_atom atom, bool excluded)
{
	struct query_clause *clauses;

	if (excluded)
		give_up_or(p);
	clauses = p->clauses.items;
	if (p->or_waits)
		join_atom(p, &clauses[p->clauses.count - 1], atom);
	else
		join_atom(p, new_clause(p, excluded), atom);
	p->or_waits = false;
	p->can_join = !excluded;
}

static size_t count_letters(struct str t1)
{
	size_t letters = 0;

	for (size_t i = 0; i < t1.len; i++)
		letters += t1.ptr[i] != '\'' && ((unsigned char)t1.ptr[i] & 0xC0) != 0x80;
	return letters;
}

/* Long enough for a word that stands for itself, and no number. */
static bool is_whole_word(struct str t1, unsigned traits)
{
	return !(traits & TOKEN_NUMBER) && count_letters(t1) >= QUERY_PREFIX_LETTERS;
}

/*
 * Whether two words of one chunk are one word that is written with a hyphen or the like. A stroke
 * joins numbers and letters, 07/12 and A/RES; viza/pasport are two words.
 */
static bool is_joined(const struct query_word *last, struct str between, const struct token *token)
{
	static const char JOINTS[] = "-/._@'";

	if (between.len != 1 || !between.ptr[0] || !strchr(JOINTS, between.ptr[0]))
		return false;
	return between.ptr[0] != '/' || !is_whole_word(last->t1, last->traits) ||
	       !is_whole_word(token->t1, token->traits);
}

static void add_group(struct parser *p, struct query_word *words, size_t count, bool star,
		      bool excluded, bool title)
{
	struct query_atom atom = {.title = title, .words = words, .n_words = count};

	atom.kind = count > 1 ? QUERY_PHRASE : QUERY_WORD;
	if (count == 1 && (words[0].traits & TOKEN_NUMBER) && words[0].t1.len > PHONE_NATIONAL &&
	    words[0].t1.len <= PHONE_MOST)
		atom.phone = words[0].t1;
	if (star && count == 1 && count_letters(words[0].t1) >= QUERY_PREFIX_LETTERS)
		atom.kind = QUERY_PREFIX;
	else if (star)
		hint(p, HINT_STAR);
	add_atom(p, atom, excluded);
}

/* A run of text without white space: usually one word, or several joined by hyphens. */
static void add_words(struct parser *p, struct str chunk, bool excluded, bool title)
{
	struct list words = {0};
	struct query_word *last = NULL;
	struct tokeniser tokeniser;
	struct token token;
	size_t end = 0;

	tokeniser_init(&tokeniser, chunk);
	while (tokeniser_next(&tokeniser, &token)) {
		struct str between = str_of(chunk.ptr + end, token.start - end);

		if (words.count && !is_joined(last, between, &token)) {
			bool star = between.len && between.ptr[0] == '*';

			add_group(p, words.items, words.count, star, excluded, title);
			words = (struct list){0};
		}
		last = list_add(&words, p->mem, sizeof(*last));
		*last = keep_word(p, &token);
		end = token.start + token.len;
	}
	if (words.count)
		add_group(p, words.items, words.count, end < chunk.len && chunk.ptr[end] == '*',
			  excluded, title);
}

/* `text` stands behind its opening mark. */
static void add_phrase(struct parser *p, struct str text, bool excluded, bool title)
{
	struct query_atom atom = {.title = title, .quoted = true, .between = text};
	struct list words = {0};
	struct tokeniser tokeniser;
	struct token token;

	tokeniser_init(&tokeniser, text);
	while (tokeniser_next(&tokeniser, &token))
		*(struct query_word *)list_add(&words, p->mem, sizeof(struct query_word)) =
			keep_word(p, &token);
	if (words.count == 0)
		return;
	if (words.count == 1 && text.ptr[-1] != '"')
		atom.quoted = false; /* «Navoiy» is a name with its marks, as it stands in texts */
	atom.kind = words.count > 1 ? QUERY_PHRASE : QUERY_WORD;
	atom.words = words.items;
	atom.n_words = words.count;
	add_atom(p, atom, excluded);
}

/* The text in quotes at `at`, which then is behind them; false where they are not closed. */
static bool take_quoted(struct parser *p, size_t *at, struct str *out)
{
	size_t from = *at, to, depth = 1;
	uint32_t opened = utf8_next(p->text, &from);

	for (size_t next = to = from; to < p->text.len; to = next) {
		uint32_t point = utf8_next(p->text, &next);

		depth += point == 0xAB && opened == 0xAB; /* «the state «Uzbekneftegaz»» */
		if (!is_closing(opened, point) || --depth > 0)
			continue;
		*out = str_of(p->text.ptr + from, to - from);
		*at = next;
		return true;
	}
	return false;
}

/* ---- filters --------------------------------------------------------------------------------- */
static bool add_date(struct parser *p, struct str value, bool excluded, bool after)
{
	struct query_span span = {INT64_MIN, INT64_MAX};
	struct query_span *modified = &p->query->modified;
	int64_t from, to;

	if (clock_parse_span(value, &from, &to) != ST_OK) {
		hint(p, HINT_DATE);
		return false;
	}
	*(after ? &span.from : &span.to) = after ? from : to;
	if (excluded)
		*(struct query_span *)list_add(&p->spans, p->mem, sizeof(span)) = span;
	else if (after && (modified->from == INT64_MIN || from < modified->from))
		modified->from = from; /* the same filter twice means OR */
	else if (!after && (modified->to == INT64_MAX || to > modified->to))
		modified->to = to;
	p->query->dated = p->query->dated || !excluded;
	return true;
}

static bool same_name(struct str name, const char *known)
{
	return name.len == strlen(known) && strncasecmp(name.ptr, known, name.len) == 0;
}

static bool add_filter(struct parser *p, struct str name, struct str value, bool excluded)
{
	if (same_name(name, "after") || same_name(name, "before"))
		return add_date(p, value, excluded, same_name(name, "after"));
	for (size_t i = 0; i < DOC_FILTER_COUNT; i++) {
		if (!same_name(name, DOC_FILTERS[i].name))
			continue;
		*(struct query_filter *)list_add(&p->filters, p->mem, sizeof(struct query_filter)) =
			(struct query_filter){(enum doc_filter_id)i, excluded, value};
		return true;
	}
	hint(p, HINT_FILTER);
	return false;
}

/* The letters before a colon at `at`, or the empty text. */
static struct str name_at(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.len && ((text.ptr[end] >= 'a' && text.ptr[end] <= 'z') ||
				  (text.ptr[end] >= 'A' && text.ptr[end] <= 'Z')))
		end++;
	if (end == at || end >= text.len || text.ptr[end] != ':')
		return STR_NONE;
	return str_of(text.ptr + at, end - at);
}

/* `name:value` at `at`; false where it is none, and nothing is taken. */
static bool take_named(struct parser *p, size_t *at, bool excluded)
{
	struct str name = name_at(p->text, *at), value;
	size_t end = *at + name.len + 1;
	bool quoted, title = same_name(name, "title");

	if (name.len == 0)
		return false;
	quoted = quote_at(p->text, end) && take_quoted(p, &end, &value);
	if (!quoted) {
		size_t start = end;

		end = end_of_chunk(p->text, start);
		value = str_of(p->text.ptr + start, end - start);
	}
	if (value.len == 0) {
		hint(p, HINT_VALUE);
		return false;
	}
	if (title && quoted) {
		add_phrase(p, value, excluded, true);
	} else if (title) {
		add_words(p, value, excluded, true);
	} else {
		if (!add_filter(p, name, value, excluded))
			return false;
		give_up_or(p);
		p->can_join = false;
	}
	*at = end;
	return true;
}

/* ---- telephone numbers ----------------------------------------------------------------------- */
/* One that is written in several groups here, which are words behind one another. */
static bool take_phone(struct parser *p, bool excluded)
{
	struct query_atom atom = {.kind = QUERY_PHRASE};
	struct list words = {0};
	struct tokeniser tokeniser;
	struct token token;
	struct phone phone;
	size_t at = p->at;

	while (at < p->text.len && at < p->at + 2 && strchr("+(", p->text.ptr[at]))
		at++;
	if (at == p->text.len || !phone_at(&phone, p->text, at) || phone.start != p->at)
		return false;
	tokeniser_init(&tokeniser, str_of(p->text.ptr + at, phone.end - at));
	while (tokeniser_next(&tokeniser, &token))
		*(struct query_word *)list_add(&words, p->mem, sizeof(struct query_word)) =
			keep_word(p, &token);
	if (words.count < 2)
		return false;
	atom.words = words.items;
	atom.n_words = words.count;
	atom.phone = arena_str(p->mem, str_of(phone.digits, phone.len));
	p->at = phone.end;
	add_atom(p, atom, excluded);
	return true;
}

/* ---- the whole ------------------------------------------------------------------------------- */
static void take_chunk(struct parser *p, bool excluded)
{
	size_t end = end_of_chunk(p->text, p->at);
	struct str chunk = str_of(p->text.ptr + p->at, end - p->at);

	p->at = end;
	if (!str_is(chunk, "OR") || excluded) {
		add_words(p, chunk, excluded, false);
	} else if (p->can_join && !p->or_waits) {
		p->or_waits = true;
		p->or_word = chunk;
	} else {
		give_up_or(p);
		hint(p, HINT_OR);
		add_words(p, chunk, false, false);
		p->can_join = false;
	}
}

static void take_item(struct parser *p)
{
	bool excluded = p->text.ptr[p->at] == '-' && p->at + 1 < p->text.len &&
			space_at(p->text, p->at + 1) == 0;
	struct str phrase;

	if (excluded)
		p->at++;
	if (quote_at(p->text, p->at)) {
		if (take_quoted(p, &p->at, &phrase)) {
			add_phrase(p, phrase, excluded, false);
		} else {
			hint(p, HINT_QUOTE);
			p->at += quote_at(p->text, p->at);
		}
	} else if (!take_phone(p, excluded) && !take_named(p, &p->at, excluded)) {
		take_chunk(p, excluded);
	}
}

void query_parse(struct query *out, struct arena *mem, struct str text)
{
	struct parser p = {.query = out, .mem = mem};

	*out = (struct query){.modified = {INT64_MIN, INT64_MAX}};
	out->text = arena_str(mem, utf8_head(text, QUERY_BYTES_MAX));
	if (text.len > QUERY_BYTES_MAX)
		hint(&p, HINT_LONG);
	p.text = out->text;
	while (p.at < p.text.len) {
		size_t space = space_at(p.text, p.at);

		if (space)
			p.at += space;
		else
			take_item(&p);
	}
	give_up_or(&p);
	out->clauses = p.clauses.items;
	out->n_clauses = p.clauses.count;
	query_read_capitals(out);
	out->filters = p.filters.items;
	out->n_filters = p.filters.count;
	out->excluded_spans = p.spans.items;
	out->n_excluded_spans = p.spans.count;
	if (query_only_excludes(out))
		hint(&p, HINT_EXCLUDES);
	else if (!query_asks(out) && str_trim(out->text).len)
		hint(&p, HINT_SIGNS);
}

bool query_asks(const struct query *query)
{
	for (size_t i = 0; i < query->n_clauses; i++)
		if (!query->clauses[i].excluded)
			return true;
	for (size_t i = 0; i < query->n_filters; i++)
		if (!query->filters[i].excluded)
			return true;
	return query->dated;
}

bool query_only_excludes(const struct query *query)
{
	return !query_asks(query) &&
	       (query->n_clauses || query->n_filters || query->n_excluded_spans);
}
