/* From an article of the record to a document of the index. */
#include "indexer/tree.h"
#include "schema/base/log.h"
#include "server/feed_parts.h"

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

struct str feed_doc_id(struct arena *mem, int64_t article_id)
{
	return arena_printf(mem, "a%lld", (long long)article_id);
}

void feed_doc(struct index_doc *out, struct arena *mem, const struct indexable *article,
	      bool title_only)
{
	*out = (struct index_doc){
		.audience = article->audience_id,
		.id = feed_doc_id(mem, article->article_id),
		.revision = article->change,
		.type = STR("article"),
		.key = article->key,
		.title = article->title,
		.lang = article->lang,
		.space = article->space_key,
		.author = article->author,
		.translation = article->translation,
		.modified = article->modified_at,
	};
	if (title_only)
		return;
	out->former_titles = article->former_titles;
	out->n_former_titles = article->n_former_titles;
	out->headings = headings(mem, article->tree);
	out->body = article->plain;
	out->tags = article->tags;
	out->n_tags = article->n_tags;
	out->authors = article->authors;
	out->n_authors = article->n_authors;
}

enum status feed_load(struct feed *feed, struct indexable *out, int64_t article_id)
{
	AUTO(snapshot) struct snapshot snapshot = {0};

	arena_reset(&feed->mem);
	TRY(snapshot_begin(&snapshot, feed->db));
	return index_feed_load(out, feed->db, &feed->mem, article_id);
}

/* How often children have died over it. */
static int deaths_of(struct feed *feed, int64_t article_id)
{
	for (size_t i = 0; i < feed->n_suspects; i++) {
		if (feed->suspects[i].article_id == article_id)
			return feed->suspects[i].deaths;
	}
	return 0;
}

static void note_death(struct feed *feed, int64_t article_id)
{
	struct suspect *suspect = NULL;

	pthread_mutex_lock(&feed->lock);
	for (size_t i = 0; i < feed->n_suspects; i++) {
		if (feed->suspects[i].article_id == article_id)
			suspect = &feed->suspects[i];
	}
	if (!suspect && feed->n_suspects < SUSPECTS_MAX) {
		suspect = &feed->suspects[feed->n_suspects++];
		*suspect = (struct suspect){.article_id = article_id};
	}
	if (suspect && ++suspect->deaths >= DEATHS_TITLE_ONLY)
		log_error("article %lld ended the write child %d times; it is indexed %s",
			  (long long)article_id, suspect->deaths,
			  suspect->deaths < DEATHS_LEFT_OUT ? "by its title only" : "no more");
	pthread_mutex_unlock(&feed->lock);
}

/* It has gone in: the deaths, if any, came from elsewhere. */
static void forgive(struct feed *feed, int64_t article_id)
{
	pthread_mutex_lock(&feed->lock);
	for (size_t i = 0; i < feed->n_suspects; i++) {
		if (feed->suspects[i].article_id == article_id) {
			feed->suspects[i] = feed->suspects[--feed->n_suspects];
			break;
		}
	}
	pthread_mutex_unlock(&feed->lock);
}

enum status feed_put_article(struct feed *feed, const struct indexable *article)
{
	int deaths = deaths_of(feed, article->article_id);
	enum feed_answer answer = FEED_DONE;
	struct index_doc doc;
	enum status outcome;

	if (deaths >= DEATHS_LEFT_OUT)
		return ST_OK;
	feed_doc(&doc, &feed->mem, article, deaths >= DEATHS_TITLE_ONLY);
	outcome = feed_send_put(feed, &doc, &answer);
	if (outcome == ST_OK && answer == FEED_REFUSED) {
		log_warn("article %lld was refused by the index; only its title is found",
			 (long long)article->article_id);
		feed_doc(&doc, &feed->mem, article, true);
		outcome = feed_send_put(feed, &doc, &answer);
	}
	if (outcome != ST_OK)
		note_death(feed, article->article_id);
	else if (deaths && deaths < DEATHS_TITLE_ONLY)
		forgive(feed, article->article_id);
	return outcome;
}
