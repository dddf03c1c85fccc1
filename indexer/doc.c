/* Documents as messages, and the tables that indexing and searching share. */
#include "indexer/doc.h"

#include "indexer/xap.h"

const struct doc_words DOC_WORDS[DOC_WORDS_COUNT] = {
	[DOC_TITLE] = {.wdf = 5, .title_wdf = 3, .positions = true},
	[DOC_BODY] = {.wdf = 1, .positions = true},
	[DOC_HEADINGS] = {.wdf = 2}, /* on top of the body, which holds them too */
	[DOC_FORMER_TITLES] = {.wdf = 2, .title_wdf = 1},
	[DOC_TAGS] = {.wdf = 2},
	[DOC_LINK_TEXTS] = {.wdf = 1},
};

const struct doc_filter DOC_FILTERS[DOC_FILTER_COUNT] = {
	[DOC_SPACE] = {"space", "XP", 's'},    [DOC_LANG] = {"lang", "XL", 'l'},
	[DOC_TYPE] = {"type", "XY", 't'},      [DOC_TAG] = {"tag", "XT", 'g'},
	[DOC_AUTHOR] = {"author", "XA", '\0'}, [DOC_OFFICE] = {"office", "XF", '\0'},
};

static const struct doc_type DOC_TYPES[] = {
	{.name = "article", .letter = 'a', .named = true},
	{.name = "thread", .letter = 't', .padding = 200},
	{.name = "file", .letter = 'f'},
};

const struct doc_type *doc_type_of(struct str name)
{
	for (size_t i = 0; i < COUNT(DOC_TYPES); i++)
		if (str_is(name, DOC_TYPES[i].name))
			return &DOC_TYPES[i];
	return &DOC_TYPES[0];
}

void doc_write(struct buf *message, const struct index_doc *doc)
{
	wire_begin(message, WIRE_PUT);
	wire_i64(message, doc->audience);
	wire_text(message, doc->id);
	wire_i64(message, doc->revision);
	wire_text(message, doc->type);
	wire_text(message, doc->of);
	wire_text(message, doc->key);
	wire_text(message, doc->title);
	wire_texts(message, doc->former_titles, doc->n_former_titles);
	wire_text(message, doc->headings);
	wire_text(message, doc->body);
	wire_texts(message, doc->tags, doc->n_tags);
	wire_texts(message, doc->link_texts, doc->n_link_texts);
	wire_text(message, doc->lang);
	wire_text(message, doc->space);
	wire_text(message, doc->office);
	wire_text(message, doc->author);
	wire_texts(message, doc->authors, doc->n_authors);
	wire_text(message, doc->translation);
	wire_i64(message, doc->modified);
	wire_i64(message, doc->fresh_until);
	wire_i64(message, doc->verified_until);
	wire_i64(message, doc->linkers);
}

bool doc_read(struct index_doc *out, struct arena *mem, struct wire_reader *r)
{
	*out = (struct index_doc){0};
	out->audience = wire_get_i64(r);
	out->id = wire_get_text(r);
	out->revision = wire_get_i64(r);
	out->type = wire_get_text(r);
	out->of = wire_get_text(r);
	out->key = wire_get_text(r);
	out->title = wire_get_text(r);
	out->former_titles = wire_get_texts(r, mem, &out->n_former_titles);
	out->headings = wire_get_text(r);
	out->body = wire_get_text(r);
	out->tags = wire_get_texts(r, mem, &out->n_tags);
	out->link_texts = wire_get_texts(r, mem, &out->n_link_texts);
	out->lang = wire_get_text(r);
	out->space = wire_get_text(r);
	out->office = wire_get_text(r);
	out->author = wire_get_text(r);
	out->authors = wire_get_texts(r, mem, &out->n_authors);
	out->translation = wire_get_text(r);
	out->modified = wire_get_i64(r);
	out->fresh_until = wire_get_i64(r);
	out->verified_until = wire_get_i64(r);
	out->linkers = wire_get_i64(r);
	return out->audience > 0 && doc_number(out->id) && (!out->of.len || doc_number(out->of)) &&
	       wire_get_end(r);
}

/* The place in the table is the byte; bytes of control but for the line's end, which is 10. */
static const char *const FACET_BYTES[] = {"",    "luz-Latn", "luz-Cyrl", "lru",
					  "len", "tarticle", "tthread",  "tfile"};
_Static_assert(COUNT(FACET_BYTES) <= XAP_SET_MARK, "the mark is none of them");

/* Years are bytes that begin no letter. */
enum { YEAR_BYTE = 0x80, YEAR_FIRST = 1970, YEAR_LAST = YEAR_FIRST + 0x7F };

/* The byte of a facet that is often the same, or 0. */
static unsigned facet_byte(char letter, struct str value)
{
	int64_t year = 0;

	if (letter == DOC_FACET_YEAR && str_to_i64(value, &year) && year >= YEAR_FIRST &&
	    year <= YEAR_LAST)
		return YEAR_BYTE + (unsigned)(year - YEAR_FIRST);
	for (unsigned i = 1; i < COUNT(FACET_BYTES); i++)
		if (FACET_BYTES[i][0] == letter && str_is(value, FACET_BYTES[i] + 1))
			return i;
	return 0;
}

void doc_facets_cleanup(struct doc_facets *facets)
{
	buf_cleanup(&facets->bytes);
	buf_cleanup(&facets->lines);
}

void doc_facets_space(struct doc_facets *facets, int64_t audience, struct str space,
		      struct str home)
{
	bool at_home = str_eq(space, home);

	xap_number_add(&facets->bytes, at_home ? (uint64_t)audience : 0);
	if (!at_home)
		doc_facets_add(facets, DOC_FILTERS[DOC_SPACE].facet, space);
}

/* FNV-1a; of two texts that come to share a number one more or less is counted, and no more. */
void doc_facets_translation(struct doc_facets *facets, struct str key)
{
	uint64_t set = 14695981039346656037ULL;

	for (size_t i = 0; i < key.len; i++)
		set = (set ^ (unsigned char)key.ptr[i]) * 1099511628211ULL;
	if (key.len)
		xap_set_add(&facets->bytes, set ^ set >> 32);
}

void doc_facets_add(struct doc_facets *facets, char letter, struct str value)
{
	unsigned byte = facet_byte(letter, value);

	if (byte) {
		buf_byte(&facets->bytes, (char)byte);
		return;
	}
	if (value.len == 0 || str_find(value, '\n') >= 0)
		return;
	if (facets->lines.len)
		buf_byte(&facets->lines, '\n');
	buf_byte(&facets->lines, letter);
	buf_str_add(&facets->lines, value);
}

struct str doc_facet_of_byte(struct arena *mem, unsigned char byte)
{
	if (byte >= YEAR_BYTE)
		return arena_printf(mem, "%c%u", DOC_FACET_YEAR, byte - YEAR_BYTE + YEAR_FIRST);
	return byte < COUNT(FACET_BYTES) ? str_c(FACET_BYTES[byte]) : STR_NONE;
}

void doc_data(struct buf *out, const struct index_doc *doc)
{
	buf_reset(out);
	buf_str_add(out, doc->id);
	buf_byte(out, '\n');
	buf_str_add(out, doc->translation);
	buf_byte(out, '\n');
	buf_str_add(out, doc->lang);
	buf_printf(out, "\n%lld %lld %lld", (long long)doc->fresh_until,
		   (long long)doc->verified_until, (long long)doc->linkers);
}

static int64_t cut_number(struct str *rest)
{
	int64_t number = 0;

	return str_to_i64(str_cut(rest, ' '), &number) ? number : 0;
}

struct doc_data doc_data_read(struct str data)
{
	struct doc_data out = {.id = str_cut(&data, '\n')};

	out.translation = str_cut(&data, '\n');
	out.lang = str_cut(&data, '\n');
	out.fresh_until = cut_number(&data);
	out.verified_until = cut_number(&data);
	out.linkers = cut_number(&data);
	return out;
}

/* Numbers of one type lie so far apart; there is room for more types. */
enum { TYPES_ROOM = 4 };
_Static_assert(COUNT(DOC_TYPES) <= TYPES_ROOM, "each type has its numbers");

uint32_t doc_number(struct str id)
{
	int64_t number;

	if (id.len < 2 || !str_to_i64(str_from(id, 1), &number) || number < 0 ||
	    number >= UINT32_MAX / TYPES_ROOM)
		return 0;
	for (size_t i = 0; i < COUNT(DOC_TYPES); i++)
		if (DOC_TYPES[i].letter == id.ptr[0])
			return (uint32_t)number * TYPES_ROOM + (uint32_t)i + 1;
	return 0;
}

/* ASCII letters in lower case; the rest as it is. */
static void add_lower(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		buf_byte(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

void doc_filter_term(struct buf *out, enum doc_filter_id filter, struct str value)
{
	buf_reset(out);
	buf_c_add(out, DOC_FILTERS[filter].prefix);
	if (filter == DOC_TAG)
		script_fold(out, value);
	else
		add_lower(out, value);
	buf_cut(out, DOC_TERM_MAX);
}

void doc_title_term(struct buf *out, struct str title)
{
	buf_reset(out);
	buf_c_add(out, DOC_PREFIX_EXACT_TITLE);
	script_fold(out, title);
	buf_cut(out, DOC_TERM_MAX);
}

void doc_shard_path(struct buf *out, const char *folder, int64_t audience)
{
	buf_reset(out);
	buf_printf(out, "%s/shard-%lld", folder, (long long)audience);
}
