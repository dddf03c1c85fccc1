/* From the record to a document of the index. */
#include "indexer/tree.h"
#include "schema/base/log.h"
#include "server/feed_parts.h"

enum { YEAR = 365 * 24 * 3600 }; /* so long a change counts as new */

/* What fields each node has: t a text, n a number; "T" numbers as many as the one before says. */
static const char *const node_fields[TREE_NODE_COUNT] = {
	[TREE_TEXT] = "t",   [TREE_HEADING] = "nt",    [TREE_LIST] = "nn",
	[TREE_ITEM] = "n",   [TREE_CODE_BLOCK] = "tt", [TREE_CODE] = "t",
	[TREE_LINK] = "tt",  [TREE_IMAGE] = "tt",      [TREE_WIKI_LINK] = "ttt",
	[TREE_TABLE] = "nT", [TREE_ROW] = "n",         [TREE_NOTE_MARK] = "nn",
	[TREE_NOTE] = "nn",
};

static bool opens(enum tree_node node)
{
	switch (node) {
	case TREE_PARAGRAPH:
	case TREE_HEADING:
	case TREE_QUOTE:
	case TREE_LIST:
	case TREE_ITEM:
	case TREE_EMPHASIS:
	case TREE_STRONG:
	case TREE_STRIKE:
	case TREE_LINK:
	case TREE_IMAGE:
	case TREE_TABLE:
	case TREE_ROW:
	case TREE_CELL:
	case TREE_NOTES:
	case TREE_NOTE:
		return true;
	case TREE_END:
	case TREE_TEXT:
	case TREE_BREAK:
	case TREE_RULE:
	case TREE_CODE_BLOCK:
	case TREE_CODE:
	case TREE_WIKI_LINK:
	case TREE_NOTE_MARK:
	case TREE_NODE_COUNT:
		break;
	}
	return false;
}

/* Read a node's fields; the texts, at most three, are kept. */
static bool read_fields(struct tree_reader *r, enum tree_node node, struct str texts[3])
{
	const char *fields = node_fields[node] ? node_fields[node] : "";
	uint32_t number = 0;
	size_t n = 0;

	for (; *fields; fields++) {
		uint32_t again = *fields == 'T' ? number : 1;

		for (uint32_t i = 0; i < again; i++) {
			if (*fields == 't' ? !tree_read_text(r, &texts[n++])
					   : !tree_read_number(r, &number))
				return false;
		}
	}
	return true;
}

/* The words of a leaf, as they stand in a heading. */
static struct str words_of(enum tree_node node, const struct str texts[3])
{
	if (node == TREE_TEXT || node == TREE_CODE)
		return texts[0];
	if (node == TREE_WIKI_LINK)
		return texts[2].len ? texts[2] : texts[0];
	return node == TREE_BREAK ? STR(" ") : STR_NONE;
}

/* The headings, one a line; a damaged tree gives those before the damage. */
static struct str headings(struct arena *mem, struct str tree)
{
	AUTO(buf) struct buf lines = {0};
	struct tree_reader r = {.bytes = tree};
	enum tree_node node;
	int depth = 0, inside = 0; /* inside: depth of the open heading, or 0 */

	while (tree_read_node(&r, &node)) {
		struct str texts[3] = {STR_NONE};

		if (!read_fields(&r, node, texts))
			break;
		if (opens(node) && ++depth && node == TREE_HEADING && !inside)
			inside = depth;
		if (inside)
			buf_str_add(&lines, words_of(node, texts));
		if (node == TREE_END && inside == depth) {
			buf_byte(&lines, '\n');
			inside = 0;
		}
		if (node == TREE_END && depth > 0)
			depth--;
	}
	return buf_keep(&lines, mem);
}

void feed_doc(struct index_doc *out, struct arena *mem, const struct indexable *from,
	      bool title_only)
{
	*out = (struct index_doc){
		.audience = from->audience_id,
		.id = index_id_text(mem, from->id),
		.revision = from->change,
		.type = index_kind_name(from->id.kind),
		.key = from->key,
		.title = from->title,
		.lang = from->lang,
		.space = from->space_key,
		.office = from->owner_office,
		.author = from->author,
		/* None would make every search read through the values of its neighbours for it. */
		.translation = from->translation.len ? from->translation : from->key,
		.modified = from->modified_at,
		.fresh_until = from->modified_at + YEAR,
		.verified_until = from->review_at,
		.linkers = from->linkers,
	};
	if (from->id.kind != INDEX_ARTICLE)
		out->of = index_id_text(mem, (struct index_id){INDEX_ARTICLE, from->article_id});
	if (title_only)
		return;
	out->former_titles = from->former_titles;
	out->n_former_titles = from->n_former_titles;
	out->headings = headings(mem, from->tree);
	out->body = from->plain;
	out->link_texts = from->link_texts;
	out->n_link_texts = from->n_link_texts;
	out->tags = from->tags;
	out->n_tags = from->n_tags;
	out->authors = from->authors;
	out->n_authors = from->n_authors;
}

enum status feed_load(struct feed *feed, struct indexable *out, struct index_id id)
{
	AUTO(snapshot) struct snapshot snapshot = {0};

	arena_reset(&feed->mem);
	TRY(snapshot_begin(&snapshot, feed->db));
	return index_feed_load(out, feed->db, &feed->mem, id);
}

/* What children have died over, or NULL. */
static struct suspect *find_suspect(struct feed *feed, struct index_id id)
{
	for (size_t i = 0; i < feed->n_suspects; i++) {
		struct suspect *suspect = &feed->suspects[i];

		if (suspect->id.kind == id.kind && suspect->id.number == id.number)
			return suspect;
	}
	return NULL;
}

/* How often children have died over it. */
static int deaths_of(struct feed *feed, struct index_id id)
{
	const struct suspect *suspect = find_suspect(feed, id);

	return suspect ? suspect->deaths : 0;
}

static void note_death(struct feed *feed, const struct indexable *doc)
{
	struct suspect *suspect;

	pthread_mutex_lock(&feed->lock);
	suspect = find_suspect(feed, doc->id);
	if (!suspect && feed->n_suspects < SUSPECTS_MAX) {
		suspect = &feed->suspects[feed->n_suspects++];
		*suspect = (struct suspect){.id = doc->id};
	}
	if (suspect && ++suspect->deaths >= DEATHS_TITLE_ONLY)
		log_error("%.*s %.*s ended the write child %d times; it is indexed %s",
			  STR_ARG(index_kind_name(doc->id.kind)), STR_ARG(doc->key),
			  suspect->deaths,
			  suspect->deaths < DEATHS_LEFT_OUT ? "by its title only" : "no more");
	pthread_mutex_unlock(&feed->lock);
}

/* It has gone in: the deaths, if any, came from elsewhere. */
static void forgive(struct feed *feed, struct index_id id)
{
	struct suspect *suspect;

	pthread_mutex_lock(&feed->lock);
	suspect = find_suspect(feed, id);
	if (suspect)
		*suspect = feed->suspects[--feed->n_suspects];
	pthread_mutex_unlock(&feed->lock);
}

enum status feed_put(struct feed *feed, const struct indexable *from)
{
	int deaths = deaths_of(feed, from->id);
	enum feed_answer answer = FEED_DONE;
	struct index_doc doc;
	enum status outcome;

	if (deaths >= DEATHS_LEFT_OUT)
		return ST_OK;
	feed_doc(&doc, &feed->mem, from, deaths >= DEATHS_TITLE_ONLY);
	outcome = feed_send_put(feed, &doc, &answer);
	if (outcome == ST_OK && answer == FEED_REFUSED) {
		log_warn("%.*s %.*s was refused by the index; only its title is found",
			 STR_ARG(index_kind_name(from->id.kind)), STR_ARG(from->key));
		feed_doc(&doc, &feed->mem, from, true);
		outcome = feed_send_put(feed, &doc, &answer);
	}
	if (outcome != ST_OK)
		note_death(feed, from);
	else if (deaths && deaths < DEATHS_TITLE_ONLY)
		forgive(feed, from->id);
	return outcome;
}
