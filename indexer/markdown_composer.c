/* Tree, plain text, headings and links of one text, written in one pass. */
#include "indexer/markdown_composer.h"

enum {
	OUTPUT_MAX = 8 * 1024 * 1024,
	OUTPUT_RATIO = 20,
	OUTPUT_FREE = 64 * 1024,
};

/* Where each line begins. */
static void find_lines(struct composer *c, struct str markdown)
{
	size_t count = 1, *starts;

	for (size_t i = 0; i < markdown.len; i++)
		count += markdown.ptr[i] == '\n';
	starts = arena_array(c->mem, count, sizeof(*starts));
	c->line_starts = starts;
	c->n_lines = count;
	for (size_t i = 0; i < markdown.len; i++)
		if (markdown.ptr[i] == '\n')
			*++starts = i + 1;
}

void composer_init(struct composer *c, struct arena *mem, struct str markdown)
{
	size_t most = markdown.len * OUTPUT_RATIO + OUTPUT_FREE;

	*c = (struct composer){.mem = mem};
	buf_init(&c->tree, most < OUTPUT_MAX ? most : OUTPUT_MAX);
	buf_init(&c->plain, most < OUTPUT_MAX ? most : OUTPUT_MAX);
	find_lines(c, markdown);
}

void composer_cleanup(struct composer *c)
{
	buf_release(&c->tree);
	buf_release(&c->plain);
	buf_release(&c->words);
	free(c->headings);
	free(c->links);
}

bool composer_is_over(const struct composer *c)
{
	return c->tree.over || c->plain.over;
}

void composer_finish(struct composer *c, struct markdown_result *out)
{
	out->tree = buf_keep(&c->tree, c->mem);
	out->plain = buf_keep(&c->plain, c->mem);
	out->n_headings = c->n_headings;
	out->headings = arena_array(c->mem, c->n_headings, sizeof(*out->headings));
	if (c->n_headings)
		memcpy(out->headings, c->headings, c->n_headings * sizeof(*out->headings));
	out->n_links = c->n_links;
	out->links = arena_array(c->mem, c->n_links, sizeof(*out->links));
	if (c->n_links)
		memcpy(out->links, c->links, c->n_links * sizeof(*out->links));
}

/* Append without the bytes that markdown_guard() put in. */
static void add_clean(struct buf *out, struct str text)
{
	while (text.ptr)
		buf_str_add(out, str_cut(&text, MARKDOWN_NOTHING));
}

static struct str keep_clean(struct composer *c, struct str text)
{
	AUTO(buf) struct buf clean = {0};

	add_clean(&clean, text);
	return buf_keep(&clean, c->mem);
}

void composer_node(struct composer *c, enum tree_node node)
{
	if (c->words.len) {
		tree_node(&c->tree, TREE_TEXT);
		tree_text(&c->tree, buf_str(&c->words));
		buf_reset(&c->words);
	}
	tree_node(&c->tree, node);
}

void composer_open(struct composer *c, enum tree_node node)
{
	composer_node(c, node);
	if (++c->depth > TREE_DEPTH_MAX)
		c->too_deep = true;
}

void composer_close(struct composer *c)
{
	composer_node(c, TREE_END);
	c->depth--;
}

void composer_words(struct composer *c, struct str words)
{
	add_clean(&c->words, words);
	add_clean(&c->plain, words);
}

static void add_link(struct composer *c, struct markdown_link link)
{
	c->links = xgrow(c->links, c->n_links, &c->link_room, sizeof(*c->links));
	c->links[c->n_links++] = link;
}

static struct str link_shown(const struct wiki_link *link)
{
	return link->words.len ? link->words : link->title;
}

static void add_wiki_link(struct composer *c, const struct wiki_link *link)
{
	composer_node(c, TREE_WIKI_LINK);
	tree_text(&c->tree, link->title);
	tree_text(&c->tree, link->section);
	tree_text(&c->tree, link->words);
	buf_str_add(&c->plain, link_shown(link));
	add_link(c, (struct markdown_link){
			    .kind = LINK_WIKI,
			    .target = arena_str(c->mem, link->title),
			    .section = arena_str(c->mem, link->section),
			    .text = arena_str(c->mem, link_shown(link)),
		    });
}

void composer_text(struct composer *c, struct str text)
{
	struct wiki_link link;
	size_t at = 0;

	while (!c->in_link && wiki_link_find(text, at, &link)) {
		composer_words(c, str_of(text.ptr + at, link.start - at));
		add_wiki_link(c, &link);
		at = link.start + link.len;
	}
	composer_words(c, str_from(text, at));
}

struct str composer_shown(struct composer *c, struct str text)
{
	AUTO(buf) struct buf shown = {0};
	struct wiki_link link;
	size_t at = 0;

	while (wiki_link_find(text, at, &link)) {
		add_clean(&shown, str_of(text.ptr + at, link.start - at));
		buf_str_add(&shown, link_shown(&link));
		at = link.start + link.len;
	}
	add_clean(&shown, str_from(text, at));
	return buf_keep(&shown, c->mem);
}

void composer_soft_break(struct composer *c)
{
	buf_byte(&c->words, '\n');
	buf_byte(&c->plain, ' ');
}

void composer_hard_break(struct composer *c)
{
	composer_node(c, TREE_BREAK);
	buf_byte(&c->plain, ' ');
}

void composer_code(struct composer *c, struct str code)
{
	code = keep_clean(c, code);
	composer_node(c, TREE_CODE);
	tree_text(&c->tree, code);
	buf_str_add(&c->plain, code);
}

static bool is_language_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '+' || c == '#' || c == '_' || c == '-';
}

/* The first word behind the fence, when it is made of letters that tree.h allows. */
static struct str language_of(struct str info)
{
	size_t len = 0;

	while (len < info.len && is_language_byte(info.ptr[len]))
		len++;
	return len == info.len || info.ptr[len] == ' ' ? str_head(info, len) : STR_NONE;
}

void composer_code_block(struct composer *c, struct str info, struct str code)
{
	code = keep_clean(c, code);
	composer_node(c, TREE_CODE_BLOCK);
	tree_text(&c->tree, language_of(info));
	tree_text(&c->tree, code);
	buf_str_add(&c->plain, code);
	composer_line_end(c);
}

void composer_heading(struct composer *c, int level, int line, struct str words)
{
	struct markdown_heading *heading;

	c->headings = xgrow(c->headings, c->n_headings, &c->heading_room, sizeof(*c->headings));
	heading = &c->headings[c->n_headings++];
	*heading = (struct markdown_heading){.level = level, .text = composer_shown(c, words)};
	heading->anchor = anchor_make(&c->anchors, c->mem, heading->text);
	if (line > 0 && (size_t)line <= c->n_lines)
		heading->offset = c->line_starts[line - 1];
	composer_open(c, TREE_HEADING);
	tree_number(&c->tree, (uint32_t)level);
	tree_text(&c->tree, heading->anchor);
}

void composer_link(struct composer *c, struct str address, struct str title, struct str words)
{
	struct markdown_link link;

	address = keep_clean(c, address);
	composer_open(c, TREE_LINK);
	tree_text(&c->tree, address);
	tree_text(&c->tree, keep_clean(c, title));
	c->in_link = true;
	if (!link_classify(address, &link))
		return;
	link.text = keep_clean(c, words);
	add_link(c, link);
}

void composer_link_close(struct composer *c)
{
	composer_close(c);
	c->in_link = false;
}

void composer_image(struct composer *c, struct str address, struct str title, struct str words)
{
	composer_open(c, TREE_IMAGE);
	tree_text(&c->tree, keep_clean(c, address));
	tree_text(&c->tree, keep_clean(c, title));
	composer_words(c, composer_shown(c, words));
	composer_close(c);
}

void composer_line_end(struct composer *c)
{
	struct str plain = buf_str(&c->plain);

	while (plain.len && plain.ptr[plain.len - 1] == ' ')
		plain.len--;
	buf_cut(&c->plain, plain.len);
	if (plain.len && plain.ptr[plain.len - 1] != '\n')
		buf_byte(&c->plain, '\n');
}

void composer_cell_end(struct composer *c)
{
	buf_byte(&c->plain, ' ');
}
