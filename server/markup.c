/* Writing HTML from the tree of an article. Every node is checked against where it stands. */
#include "server/markup_parts.h"

#define LITERAL(w, text) buf_add(&(w)->html, "" text "", sizeof("" text "") - 1)

static void number(struct markup_writer *w, uint32_t value)
{
	buf_i64(&w->html, value);
}

/* ---- what may stand where ---------------------------------------------------------------------- */

#define BIT(node) (UINT32_C(1) << (node))

static const uint32_t inline_nodes = BIT(TREE_TEXT) | BIT(TREE_BREAK) | BIT(TREE_CODE) |
				     BIT(TREE_EMPHASIS) | BIT(TREE_STRONG) | BIT(TREE_STRIKE) |
				     BIT(TREE_LINK) | BIT(TREE_IMAGE) | BIT(TREE_WIKI_LINK) |
				     BIT(TREE_NOTE_MARK);
static const uint32_t block_nodes = BIT(TREE_RULE) | BIT(TREE_PARAGRAPH) | BIT(TREE_HEADING) |
				    BIT(TREE_QUOTE) | BIT(TREE_LIST) | BIT(TREE_CODE_BLOCK) |
				    BIT(TREE_TABLE);

/* May `node` stand right inside `parent` (TREE_END: the whole text)? */
static bool fits(enum tree_node parent, enum tree_node node)
{
	uint32_t inside = 0;

	if (parent == TREE_END)
		inside = block_nodes | BIT(TREE_NOTES);
	else if (parent == TREE_QUOTE || parent == TREE_ITEM || parent == TREE_NOTE)
		inside = block_nodes;
	else if (parent == TREE_LIST)
		inside = BIT(TREE_ITEM);
	else if (parent == TREE_TABLE)
		inside = BIT(TREE_ROW);
	else if (parent == TREE_ROW)
		inside = BIT(TREE_CELL);
	else if (parent == TREE_NOTES)
		inside = BIT(TREE_NOTE);
	else
		inside = inline_nodes; /* only nodes with words in them are ever open here */
	return (inside & BIT(node)) != 0;
}

static struct markup_open *inner(struct markup_writer *w)
{
	return &w->stack[w->depth - 1];
}

/* ---- blocks ------------------------------------------------------------------------------------ */

static bool open_paragraph(struct markup_writer *w, struct markup_open *open)
{
	const struct markup_open *parent = inner(w);

	if (parent->node == TREE_ITEM && parent->tight)
		return true;
	LITERAL(w, "<p>");
	open->end = STR("</p>\n");
	return true;
}

static bool anchor_is_plain(struct str anchor)
{
	for (size_t i = 0; i < anchor.len; i++) {
		char c = anchor.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return anchor.len > 0;
}

static const struct {
	const char *start;
	struct str end;
} headings[] = {
	[2] = {"<h2 id=\"", {"</h2>\n", 6}}, [3] = {"<h3 id=\"", {"</h3>\n", 6}},
	[4] = {"<h4 id=\"", {"</h4>\n", 6}}, [5] = {"<h5 id=\"", {"</h5>\n", 6}},
	[6] = {"<h6 id=\"", {"</h6>\n", 6}},
};

/* The link that edits the section of the heading just written. */
static void edit_link(struct markup_writer *w)
{
	LITERAL(w, " <a class=\"h-edit\" lang=\"");
	out_escape(&w->html, lang_tag(w->options->lang));
	LITERAL(w, "\" href=\"");
	out_escape(&w->html, url_article_part(w->mem, w->options->edit_id, "edit").url_bytes);
	LITERAL(w, "?section=");
	number(w, (uint32_t)(w->n_headings + w->n_left_out));
	LITERAL(w, "\">");
	out_escape(&w->html, i18n(w->options->lang, "edit"));
	LITERAL(w, "</a>");
}

/* Write the id, and keep it for the table of contents. */
static struct str anchor_kept(struct markup_writer *w, struct str anchor)
{
	size_t from = w->html.len;

	markup_anchor(w, anchor);
	return arena_str(w->mem, str_of(w->html.ptr + from, w->html.len - from));
}

/* The page has its own heading of level 1: those of the text begin with 2. */
static bool open_heading(struct markup_writer *w, struct markup_open *open)
{
	struct markup_heading *heading;
	uint32_t level;
	struct str anchor;

	if (!tree_read_number(&w->r, &level) || level < 1 || level > 6 ||
	    !tree_read_text(&w->r, &anchor) || !anchor_is_plain(anchor))
		return false;
	level = level == 1 ? 2 : level;
	buf_c_add(&w->html, headings[level].start);
	w->headings = xgrow(w->headings, w->n_headings, &w->heading_room, sizeof(*w->headings));
	heading = &w->headings[w->n_headings++];
	*heading = (struct markup_heading){.level = (int)level, .anchor = anchor_kept(w, anchor)};
	LITERAL(w, "\">");
	open->end = headings[level].end;
	w->in_heading = true;
	buf_reset(&w->words);
	return true;
}

static bool open_list(struct markup_writer *w, struct markup_open *open)
{
	uint32_t first, tight;

	if (!tree_read_number(&w->r, &first) || !tree_read_number(&w->r, &tight) || tight > 1)
		return false;
	open->tight = tight == 1;
	open->end = first ? STR("</ol>\n") : STR("</ul>\n");
	if (first == 0)
		LITERAL(w, "<ul>\n");
	else if (first == 2)
		LITERAL(w, "<ol>\n");
	else
		buf_printf(&w->html, "<ol start=\"%u\">\n", first - 1);
	return true;
}

static bool open_item(struct markup_writer *w, struct markup_open *open)
{
	uint32_t task;

	if (!tree_read_number(&w->r, &task) || task > 2)
		return false;
	open->tight = inner(w)->tight;
	open->end = STR("</li>\n");
	if (task == 0) {
		LITERAL(w, "<li>");
		return true;
	}
	LITERAL(w, "<li class=\"task\"><input type=\"checkbox\" disabled");
	if (task == 2)
		LITERAL(w, " checked");
	LITERAL(w, " aria-label=\"");
	out_escape(&w->html, task == 2 ? i18n(w->options->lang, "done")
				       : i18n(w->options->lang, "to be done"));
	LITERAL(w, "\"> ");
	return true;
}

static bool write_code_block(struct markup_writer *w)
{
	struct str language, code;

	if (!tree_read_text(&w->r, &language) || !markup_read_text(w, &code))
		return false;
	LITERAL(w, "<pre tabindex=\"0\"><code>");
	markup_escape(&w->html, &w->marker, code);
	LITERAL(w, "</code></pre>\n");
	return true;
}

/* ---- tables ------------------------------------------------------------------------------------ */

static bool open_table(struct markup_writer *w, struct markup_open *open)
{
	if (!tree_read_number(&w->r, &w->columns) || w->columns > TREE_COLUMNS_MAX)
		return false;
	for (uint32_t i = 0; i < w->columns; i++) {
		uint32_t align;

		if (!tree_read_number(&w->r, &align) || align > 3)
			return false;
		w->align[i] = (unsigned char)align;
	}
	w->head_row = w->body_begun = false;
	LITERAL(w, "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"");
	out_escape(&w->html, i18n(w->options->lang, "Table"));
	LITERAL(w, "\"><table>\n");
	open->end = STR("</table></div>\n");
	return true;
}

/* Rows of the head stand before all others. */
static bool open_row(struct markup_writer *w, struct markup_open *open)
{
	uint32_t head;

	if (!tree_read_number(&w->r, &head) || head > 1 || (head && w->body_begun))
		return false;
	w->column = 0;
	w->head_row = head == 1;
	open->end = STR("</tr>\n");
	if (w->head_row) {
		LITERAL(w, "<thead><tr>");
		open->end = STR("</tr></thead>\n");
	} else if (w->body_begun) {
		LITERAL(w, "<tr>");
	} else {
		LITERAL(w, "<tbody><tr>");
		w->body_begun = true;
		w->stack[w->depth - 1].end = STR("</tbody></table></div>\n");
	}
	return true;
}

static bool open_cell(struct markup_writer *w, struct markup_open *open)
{
	static const char *const classes[] = {"", " class=\"is-left\"", " class=\"is-centre\"",
					      " class=\"is-right\""};

	if (w->column >= w->columns)
		return false;
	buf_c_add(&w->html, w->head_row ? "<th scope=\"col\"" : "<td");
	buf_c_add(&w->html, classes[w->align[w->column++]]);
	buf_byte(&w->html, '>');
	open->end = w->head_row ? STR("</th>") : STR("</td>");
	return true;
}

/* ---- footnotes --------------------------------------------------------------------------------- */

static bool write_note_mark(struct markup_writer *w)
{
	uint32_t note, mention;

	if (!tree_read_number(&w->r, &note) || !tree_read_number(&w->r, &mention) || !note ||
	    !mention)
		return false;
	if (w->in_picture || w->in_link)
		return true;
	LITERAL(w, "<sup class=\"note-mark\"><a id=\"");
	markup_anchor(w, STR("mark-"));
	buf_printf(&w->html, "%u-%u\" href=\"#", note, mention);
	markup_anchor(w, STR("note-"));
	number(w, note);
	LITERAL(w, "\">");
	number(w, note);
	LITERAL(w, "</a></sup>");
	return true;
}

static bool open_notes(struct markup_writer *w, struct markup_open *open)
{
	LITERAL(w, "<section class=\"notes\" aria-label=\"");
	out_escape(&w->html, i18n(w->options->lang, "Notes"));
	LITERAL(w, "\"><ol>\n");
	open->end = STR("</ol></section>\n");
	return true;
}

static bool open_note(struct markup_writer *w, struct markup_open *open)
{
	if (!tree_read_number(&w->r, &open->number) || !tree_read_number(&w->r, &open->count))
		return false;
	LITERAL(w, "<li id=\"");
	markup_anchor(w, STR("note-"));
	number(w, open->number);
	LITERAL(w, "\">");
	open->end = STR("</li>\n");
	return true;
}

/* Ways back to where the note is mentioned; a handful is enough for anybody. */
static void close_note(struct markup_writer *w, const struct markup_open *open)
{
	uint32_t shown = open->count > 20 ? 20 : open->count;

	for (uint32_t i = 1; i <= shown; i++) {
		LITERAL(w, " <a class=\"note-back\" href=\"#");
		markup_anchor(w, STR("mark-"));
		buf_printf(&w->html, "%u-%u\" aria-label=\"", open->number, i);
		out_escape(&w->html, i18n(w->options->lang, "Back to the text"));
		LITERAL(w, "\">↩</a>");
	}
}

/* ---- the walk ---------------------------------------------------------------------------------- */

static bool write_code(struct markup_writer *w)
{
	struct str code;

	if (!markup_read_text(w, &code))
		return false;
	if (!w->in_picture)
		LITERAL(w, "<code>");
	markup_words(w, code);
	if (!w->in_picture)
		LITERAL(w, "</code>");
	return true;
}

/* An inline element that only changes how its words look; nothing of it in a description. */
static bool open_look(struct markup_writer *w, struct markup_open *open, const char *start,
		      struct str end)
{
	if (w->in_picture)
		return true;
	buf_c_add(&w->html, start);
	open->end = end;
	return true;
}

static bool open_emphasis(struct markup_writer *w, struct markup_open *open)
{
	return open_look(w, open, "<em>", STR("</em>"));
}

static bool open_strong(struct markup_writer *w, struct markup_open *open)
{
	return open_look(w, open, "<strong>", STR("</strong>"));
}

static bool open_strike(struct markup_writer *w, struct markup_open *open)
{
	return open_look(w, open, "<del>", STR("</del>"));
}

static bool open_quote(struct markup_writer *w, struct markup_open *open)
{
	LITERAL(w, "<blockquote>\n");
	open->end = STR("</blockquote>\n");
	return true;
}

static bool close_node(struct markup_writer *w)
{
	const struct markup_open *open = inner(w);

	if (w->depth == 1)
		return false;
	if (open->node == TREE_HEADING) {
		w->headings[w->n_headings - 1].text = buf_keep(&w->words, w->mem);
		w->in_heading = false;
		if (w->options->edit_id.len && w->headings[w->n_headings - 1].level == 2)
			edit_link(w);
	} else if (open->node == TREE_NOTE) {
		close_note(w, open);
	} else if (open->node == TREE_IMAGE && w->in_picture && open->number) {
		w->in_picture = false;
		out_escape(&w->html, buf_str(&w->description));
	} else if (open->node == TREE_LINK && open->number) {
		w->in_link = false;
	} else if (open->node == TREE_IMAGE && open->count) {
		w->in_link = false;
	}
	buf_str_add(&w->html, open->end);
	if (open->host.len) {
		LITERAL(w, " <span class=\"host\">(");
		out_escape(&w->html, open->host);
		LITERAL(w, ")</span>");
	}
	if (url_is(open->picture))
		markup_picture_behind(w, open);
	w->depth--;
	return true;
}

static bool write_text(struct markup_writer *w)
{
	struct str text;

	if (!markup_read_text(w, &text))
		return false;
	markup_words(w, text);
	return true;
}

static bool write_break(struct markup_writer *w)
{
	if (!w->in_picture)
		LITERAL(w, "<br>\n");
	return true;
}

static bool write_rule(struct markup_writer *w)
{
	LITERAL(w, "<hr>\n");
	return true;
}

/* What each node does: it is written at once, or opened until its TREE_END. */
static const struct {
	bool (*write)(struct markup_writer *w);
	bool (*open)(struct markup_writer *w, struct markup_open *open);
} nodes[TREE_NODE_COUNT] = {
	[TREE_TEXT] = {.write = write_text},
	[TREE_BREAK] = {.write = write_break},
	[TREE_RULE] = {.write = write_rule},
	[TREE_PARAGRAPH] = {.open = open_paragraph},
	[TREE_HEADING] = {.open = open_heading},
	[TREE_QUOTE] = {.open = open_quote},
	[TREE_LIST] = {.open = open_list},
	[TREE_ITEM] = {.open = open_item},
	[TREE_CODE_BLOCK] = {.write = write_code_block},
	[TREE_CODE] = {.write = write_code},
	[TREE_EMPHASIS] = {.open = open_emphasis},
	[TREE_STRONG] = {.open = open_strong},
	[TREE_STRIKE] = {.open = open_strike},
	[TREE_LINK] = {.open = markup_link},
	[TREE_IMAGE] = {.open = markup_image},
	[TREE_WIKI_LINK] = {.write = markup_wiki_link},
	[TREE_TABLE] = {.open = open_table},
	[TREE_ROW] = {.open = open_row},
	[TREE_CELL] = {.open = open_cell},
	[TREE_NOTE_MARK] = {.write = write_note_mark},
	[TREE_NOTES] = {.open = open_notes},
	[TREE_NOTE] = {.open = open_note},
};

static bool write_node(struct markup_writer *w, enum tree_node node)
{
	struct markup_open *open;

	if (node == TREE_END)
		return close_node(w);
	if (!fits(inner(w)->node, node))
		return false;
	if (nodes[node].write)
		return nodes[node].write(w);
	if (!nodes[node].open || w->depth == MARKUP_DEPTH)
		return false;
	open = &w->stack[w->depth];
	*open = (struct markup_open){.node = node};
	if (!nodes[node].open(w, open))
		return false;
	w->depth++;
	return true;
}

static bool write_all(struct markup_writer *w)
{
	markup_leave_title_out(w);
	w->stack[0] = (struct markup_open){.node = TREE_END};
	w->depth = 1;
	while (w->r.at < w->r.bytes.len) {
		enum tree_node node;

		if (!tree_read_node(&w->r, &node) || !write_node(w, node))
			return false;
	}
	return w->depth == 1;
}

static void result(struct markup_result *out, struct markup_writer *w)
{
	out->html = markup_keep(w->mem, &w->html, &w->marker);
	out->n_headings = w->n_headings;
	out->headings = arena_array(w->mem, w->n_headings, sizeof(*out->headings));
	if (w->n_headings)
		memcpy(out->headings, w->headings, w->n_headings * sizeof(*out->headings));
}

enum status markup_render(struct markup_result *out, struct arena *mem, struct str tree,
			  const struct markup_options *options)
{
	struct markup_writer w = {.r = {.bytes = tree}, .mem = mem, .options = options};
	bool good;

	markup_marker_init(&w.marker, mem, options->marks);
	good = write_all(&w);
	*out = (struct markup_result){0};
	if (good)
		result(out, &w);
	buf_release(&w.html);
	buf_release(&w.words);
	buf_release(&w.description);
	free(w.headings);
	if (!good)
		return fail(ST_INVALID, "the tree of a text is damaged at byte %zu", w.r.at);
	return ST_OK;
}
