/* The only place that knows cmark-gfm: a walk over its node tree. */
#include "indexer/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "indexer/markdown_composer.h"

enum {
	OPTIONS =
		CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_VALIDATE_UTF8
};

static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};

/* The footnotes of one text. */
struct notes {
	uint32_t *mentions; /* of each: all of them, and those passed so far */
	uint32_t *mentions_passed;
	uint32_t count, passed;
};

struct walk {
	struct composer c;
	struct notes notes;
};

static void parser_cleanup(cmark_parser **parser)
{
	if (*parser)
		cmark_parser_free(*parser);
}

static void root_cleanup(cmark_node **root)
{
	if (*root)
		cmark_node_free(*root);
}

static void iter_cleanup(cmark_iter **iter)
{
	cmark_iter_free(*iter);
}

#define AUTO_ITER AUTO(iter) cmark_iter *

static bool type_is(cmark_node *node, const char *type)
{
	return strcmp(cmark_node_get_type_string(node), type) == 0;
}

/* All words under a node, as cmark gives them. */
static void collect_words(struct buf *out, cmark_node *under)
{
	AUTO_ITER iter = cmark_iter_new(under);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event != CMARK_EVENT_ENTER)
			continue;
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
		case CMARK_NODE_HTML_INLINE:
			buf_str_add(out, str_c(cmark_node_get_literal(node)));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			buf_byte(out, ' ');
			break;
		default:
			break;
		}
	}
}

static void enter_heading(struct composer *c, cmark_node *node)
{
	AUTO(buf) struct buf words = {0};

	collect_words(&words, node);
	composer_heading(c, cmark_node_get_heading_level(node), cmark_node_get_start_line(node),
			 buf_str(&words));
}

static void enter_link(struct composer *c, cmark_node *node)
{
	AUTO(buf) struct buf words = {0};

	collect_words(&words, node);
	composer_link(c, str_c(cmark_node_get_url(node)), str_c(cmark_node_get_title(node)),
		      buf_str(&words));
}

static void enter_image(struct composer *c, cmark_node *node)
{
	AUTO(buf) struct buf words = {0};

	collect_words(&words, node);
	composer_image(c, str_c(cmark_node_get_url(node)), str_c(cmark_node_get_title(node)),
		       buf_str(&words));
}

static void enter_list(struct composer *c, cmark_node *node)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int first = cmark_node_get_list_start(node);

	composer_open(c, TREE_LIST);
	tree_number(&c->tree, ordered ? 1 + (uint32_t)(first < 0 ? 0 : first) : 0);
	tree_number(&c->tree, cmark_node_get_list_tight(node) ? 1 : 0);
}

static void enter_item(struct composer *c, cmark_node *node)
{
	composer_open(c, TREE_ITEM);
	if (!type_is(node, "tasklist"))
		tree_number(&c->tree, 0);
	else
		tree_number(&c->tree, cmark_gfm_extensions_get_tasklist_item_checked(node) ? 2 : 1);
}

static uint32_t alignment_number(uint8_t letter)
{
	switch (letter) {
	case 'l':
		return 1;
	case 'c':
		return 2;
	case 'r':
		return 3;
	default:
		return 0;
	}
}

static void enter_table(struct composer *c, cmark_node *node)
{
	uint16_t columns = cmark_gfm_extensions_get_table_columns(node);
	const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(node);

	composer_open(c, TREE_TABLE);
	tree_number(&c->tree, columns);
	for (uint16_t i = 0; i < columns; i++)
		tree_number(&c->tree, alignments ? alignment_number(alignments[i]) : 0);
}

/* The number of a footnote, from 1; 0 when it is none. */
static uint32_t note_number(const struct notes *notes, cmark_node *reference)
{
	int64_t number;

	if (!str_to_i64(str_c(cmark_node_get_literal(reference)), &number) || number < 1 ||
	    number > (int64_t)notes->count)
		return 0;
	return (uint32_t)number;
}

static void enter_note_mark(struct walk *w, cmark_node *node)
{
	uint32_t number = note_number(&w->notes, node);

	if (number == 0)
		return;
	composer_node(&w->c, TREE_NOTE_MARK);
	tree_number(&w->c.tree, number);
	tree_number(&w->c.tree, ++w->notes.mentions_passed[number - 1]);
}

/* Footnotes stand last, in the order of their numbers. */
static void enter_note(struct walk *w)
{
	uint32_t number = ++w->notes.passed;

	if (number == 1)
		composer_open(&w->c, TREE_NOTES);
	composer_open(&w->c, TREE_NOTE);
	tree_number(&w->c.tree, number);
	tree_number(&w->c.tree, w->notes.mentions[number - 1]);
}

/* The nodes that the extensions add have no fixed numbers: they are known by name. */
static void enter_extension(struct composer *c, cmark_node *node)
{
	if (type_is(node, "strikethrough")) {
		composer_open(c, TREE_STRIKE);
	} else if (type_is(node, "table")) {
		enter_table(c, node);
	} else if (type_is(node, "table_header") || type_is(node, "table_row")) {
		composer_open(c, TREE_ROW);
		tree_number(&c->tree, cmark_gfm_extensions_get_table_row_is_header(node) ? 1 : 0);
	} else if (type_is(node, "table_cell")) {
		composer_open(c, TREE_CELL);
	}
}

static void leave_extension(struct composer *c, cmark_node *node)
{
	if (type_is(node, "strikethrough") || type_is(node, "table")) {
		composer_close(c);
	} else if (type_is(node, "table_header") || type_is(node, "table_row")) {
		composer_close(c);
		composer_line_end(c);
	} else if (type_is(node, "table_cell")) {
		composer_close(c);
		composer_cell_end(c);
	}
}

/* Nodes without children; raw HTML becomes words and code that everybody sees. */
static void enter_leaf(struct walk *w, cmark_node *node)
{
	struct str literal = str_c(cmark_node_get_literal(node));

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		composer_text(&w->c, literal);
		break;
	case CMARK_NODE_HTML_INLINE:
		composer_words(&w->c, literal);
		break;
	case CMARK_NODE_SOFTBREAK:
		composer_soft_break(&w->c);
		break;
	case CMARK_NODE_LINEBREAK:
		composer_hard_break(&w->c);
		break;
	case CMARK_NODE_CODE:
		composer_code(&w->c, literal);
		break;
	case CMARK_NODE_CODE_BLOCK:
		composer_code_block(&w->c, str_c(cmark_node_get_fence_info(node)), literal);
		break;
	case CMARK_NODE_HTML_BLOCK:
		composer_code_block(&w->c, STR_NONE, literal);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		composer_node(&w->c, TREE_RULE);
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		enter_note_mark(w, node);
		break;
	default:
		enter_extension(&w->c, node);
	}
}

static void enter(struct walk *w, cmark_node *node)
{
	struct composer *c = &w->c;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT:
		break;
	case CMARK_NODE_PARAGRAPH:
		composer_open(c, TREE_PARAGRAPH);
		break;
	case CMARK_NODE_HEADING:
		enter_heading(c, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		composer_open(c, TREE_QUOTE);
		break;
	case CMARK_NODE_LIST:
		enter_list(c, node);
		break;
	case CMARK_NODE_ITEM:
		enter_item(c, node);
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		enter_note(w);
		break;
	case CMARK_NODE_EMPH:
		composer_open(c, TREE_EMPHASIS);
		break;
	case CMARK_NODE_STRONG:
		composer_open(c, TREE_STRONG);
		break;
	case CMARK_NODE_LINK:
		enter_link(c, node);
		break;
	case CMARK_NODE_IMAGE:
		enter_image(c, node);
		break;
	default:
		enter_leaf(w, node);
	}
}

static void leave(struct composer *c, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
		composer_close(c);
		composer_line_end(c);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
	case CMARK_NODE_FOOTNOTE_DEFINITION:
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
		composer_close(c);
		break;
	case CMARK_NODE_LINK:
		composer_link_close(c);
		break;
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_IMAGE:
		break;
	default:
		leave_extension(c, node);
	}
}

/* Count the footnotes and how often each is mentioned, before anything is written. */
static void count_notes(struct notes *notes, struct arena *mem, cmark_node *root)
{
	AUTO_ITER iter = cmark_iter_new(root);
	cmark_event_type event;

	for (cmark_node *n = cmark_node_last_child(root);
	     n && cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION;
	     n = cmark_node_previous(n))
		notes->count++;
	if (notes->count == 0)
		return;
	notes->mentions = arena_array(mem, notes->count, sizeof(*notes->mentions));
	notes->mentions_passed = arena_array(mem, notes->count, sizeof(*notes->mentions_passed));
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		uint32_t number;

		if (event != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_REFERENCE)
			continue;
		number = note_number(notes, node);
		if (number)
			notes->mentions[number - 1]++;
	}
}

static enum status walk_tree(struct walk *w, cmark_node *root)
{
	AUTO_ITER iter = cmark_iter_new(root);
	cmark_event_type event;

	count_notes(&w->notes, w->c.mem, root);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_EXIT) {
			leave(&w->c, node);
			continue;
		}
		enter(w, node);
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
		if (w->c.too_deep)
			return fail(ST_INVALID, "Line %d: %s", cmark_node_get_start_line(node),
				    N_("Quotes, lists and emphasis are nested more than 64 deep."));
		if (composer_is_over(&w->c))
			break;
	}
	if (w->notes.passed)
		composer_close(&w->c);
	if (composer_is_over(&w->c))
		return fail_whole("", ST_INVALID,
				  N_("The text comes out much longer than it is written; it "
				     "repeats footnotes or link definitions too often."));
	return ST_OK;
}

static enum status parse(cmark_node **out, struct str markdown)
{
	AUTO(parser) cmark_parser *parser = NULL;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(OPTIONS);
	for (size_t i = 0; i < COUNT(extensions); i++) {
		cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);

		if (!extension || !cmark_parser_attach_syntax_extension(parser, extension))
			return fail(ST_FAILED, "cmark-gfm lacks its extension %s", extensions[i]);
	}
	if (markdown.len)
		cmark_parser_feed(parser, markdown.ptr, markdown.len);
	*out = cmark_parser_finish(parser);
	return ST_OK;
}

static void walk_cleanup(struct walk *w)
{
	composer_cleanup(&w->c);
}

enum status markdown_convert(struct markdown_result *out, struct arena *mem, struct str markdown)
{
	AUTO(root) cmark_node *root = NULL;
	AUTO(walk) struct walk w = {.notes = {.count = 0}};
	struct str guarded = markdown_guard(mem, markdown);

	*out = (struct markdown_result){.tree = STR_NONE};
	TRY(markdown_check(guarded));
	TRY(parse(&root, guarded));
	composer_init(&w.c, mem, markdown);
	TRY(walk_tree(&w, root));
	composer_finish(&w.c, out);
	return ST_OK;
}
