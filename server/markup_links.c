/* Links, pictures and wiki links of a text: every address is judged, hidden is the same as absent. */
#include "server/markup_parts.h"

#include "indexer/script.h"
#include "server/percent.h"
#include "server/words.h"

#define LITERAL(w, text) buf_add(&(w)->html, "" text "", sizeof("" text "") - 1)

/* The first words of what is open now, without moving on: TREE_TEXT or nothing. */
static struct str words_ahead(const struct markup_writer *w)
{
	struct tree_reader ahead = w->r;
	enum tree_node node;
	struct str text;

	if (!tree_read_node(&ahead, &node) || node != TREE_TEXT || !tree_read_text(&ahead, &text))
		return STR_NONE;
	return text;
}

/* Do the words of a link begin with its true host, so that it need not be said again? */
static bool says_host(struct str words, struct str host)
{
	if (str_starts(words, STR("https://")))
		words = str_from(words, 8);
	else if (str_starts(words, STR("http://")))
		words = str_from(words, 7);
	if (words.len < host.len || strncasecmp(words.ptr, host.ptr, host.len) != 0)
		return false;
	return words.len == host.len || words.ptr[host.len] == '/';
}

static struct str bare(struct str address)
{
	static const char *const schemes[] = {"https://", "http://"};

	for (size_t i = 0; i < COUNT(schemes); i++) {
		if (str_starts(address, str_c(schemes[i])))
			address = str_from(address, strlen(schemes[i]));
	}
	return str_ends(address, STR("/")) ? str_head(address, address.len - 1) : address;
}

/* Are the words of a link its whole address, so that no print need spell it again? */
static bool says_address(const struct markup_writer *w, struct str words, struct url url)
{
	struct str written = bare(url.url_bytes), decoded;

	return str_eq(bare(words), written) ||
	       (percent_decode(&decoded, w->mem, written, false) && str_eq(bare(words), decoded));
}

static void href(struct markup_writer *w, struct url url)
{
	LITERAL(w, " href=\"");
	out_escape(&w->html, url.url_bytes);
	buf_byte(&w->html, '"');
}

/* "#part" of the same page: anchors are made from the words of the heading. */
static void href_part(struct markup_writer *w, struct str part)
{
	AUTO(buf) struct buf slug = {0};

	script_slug(&slug, part);
	LITERAL(w, "#");
	markup_anchor(w, slug.len ? buf_str(&slug) : STR("section"));
}

/* Nothing where it has no value. */
static void attribute(struct markup_writer *w, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_printf(&w->html, " %s=\"", name);
	out_escape(&w->html, value);
	buf_byte(&w->html, '"');
}

static void begin_link(struct markup_writer *w, struct markup_open *open)
{
	w->in_link = true;
	open->end = STR("</a>");
	LITERAL(w, "<a");
}

static void outside(struct markup_writer *w, struct markup_open *open, const struct url_written *to)
{
	begin_link(w, open);
	if (!says_address(w, words_ahead(w), to->url))
		LITERAL(w, " class=\"is-outside\"");
	LITERAL(w, " rel=\"noopener noreferrer nofollow\"");
	href(w, to->url);
	if (!says_host(words_ahead(w), to->host))
		open->host = to->host;
}

/* Hidden and absent are one: the words, marked as leading nowhere. */
static void nowhere(struct markup_writer *w, struct markup_open *open)
{
	LITERAL(w, "<span class=\"is-missing\"");
	open->end = STR("</span>");
}

/*
 * Write the beginning of a link to `address`; nothing at all for what is refused, so that the words
 * stand there as plain text. True when an <a> was opened.
 */
static bool address(struct markup_writer *w, struct markup_open *open, struct str address,
		    struct str title)
{
	const struct markup_links *links = &w->options->links;
	struct url_written to = url_judge(w->mem, address);

	if (to.kind == URL_REFUSED)
		return false;
	if (to.kind == URL_RELATIVE &&
	    (!links->relative || !links->relative(links->context, to.rest, &to.url))) {
		nowhere(w, open);
	} else if (to.kind == URL_OUTSIDE) {
		outside(w, open, &to);
	} else {
		begin_link(w, open);
		LITERAL(w, " href=\"");
		if (to.kind == URL_PART)
			href_part(w, to.rest);
		else
			out_escape(&w->html, to.url.url_bytes);
		buf_byte(&w->html, '"');
	}
	attribute(w, "title", title);
	buf_byte(&w->html, '>');
	return w->in_link;
}

bool markup_link(struct markup_writer *w, struct markup_open *open)
{
	struct str to, title;

	if (!markup_read_text(w, &to) || !markup_read_text(w, &title))
		return false;
	if (!w->in_link && !w->in_picture)
		open->number = address(w, open, to, title);
	return true;
}

/* An own picture; its description is gathered until the node ends, see close_node(). */
static void picture(struct markup_writer *w, struct markup_open *open,
		    const struct markup_picture *found, struct str title)
{
	LITERAL(w, "<img loading=\"lazy\"");
	if (found->pixels.width)
		buf_printf(&w->html, " width=\"%u\" height=\"%u\"", found->pixels.width,
			   found->pixels.height);
	LITERAL(w, " src=\"");
	out_escape(&w->html, found->url.url_bytes);
	buf_byte(&w->html, '"');
	attribute(w, "title", title);
	LITERAL(w, " alt=\"");
	buf_reset(&w->description);
	w->in_picture = true;
	open->number = 1;
	open->end = STR("\">");
}

static bool is_described(const struct markup_writer *w)
{
	struct tree_reader ahead = w->r;
	enum tree_node node;

	return tree_read_node(&ahead, &node) && node != TREE_END;
}

static void show_words(struct markup_writer *w, int64_t size)
{
	enum lang lang = w->options->lang;

	out_escape(&w->html,
		   i18n_format(w->mem, lang, "Show image (%1$s)", words_size(w->mem, lang, size)));
}

/* Inside a link, which leads elsewhere: the way to its first picture comes behind it. */
static void keep_for_behind(struct markup_writer *w, struct url url, int64_t size)
{
	for (size_t i = w->depth; i-- > 0;) {
		struct markup_open *around = &w->stack[i];

		if (around->node != TREE_LINK || !around->number || url_is(around->picture))
			continue;
		around->picture = url;
		around->picture_size = size;
	}
}

/* The same as a link: nothing is fetched before the reader asks for it. */
static void picture_link(struct markup_writer *w, struct markup_open *open, struct url url,
			 int64_t size)
{
	if (w->in_link) {
		keep_for_behind(w, url, size);
		return;
	}
	begin_link(w, open);
	href(w, url);
	buf_byte(&w->html, '>');
	open->count = 1;
	show_words(w, size);
	if (is_described(w))
		LITERAL(w, ": ");
}

void markup_picture_behind(struct markup_writer *w, const struct markup_open *link)
{
	LITERAL(w, " <a");
	href(w, link->picture);
	buf_byte(&w->html, '>');
	show_words(w, link->picture_size);
	LITERAL(w, "</a>");
}

bool markup_image(struct markup_writer *w, struct markup_open *open)
{
	const struct markup_links *links = &w->options->links;
	struct str from, title;
	struct markup_picture found = {0};

	if (!markup_read_text(w, &from) || !markup_read_text(w, &title))
		return false;
	if (w->in_picture)
		return true;
	if (links->picture && links->picture(links->context, from, &found)) {
		if (links->pictures_asked)
			picture_link(w, open, found.url, found.size);
		else
			picture(w, open, &found, title);
		return true;
	}
	if (!w->in_link)
		open->count = address(w, open, from, title);
	if (words_ahead(w).len == 0)
		markup_words(w, from);
	return true;
}

/* `is_title`: the words that are shown are the title's, not the writer's own. */
static void found(struct markup_writer *w, const struct markup_target *target, struct str section,
		  bool is_title)
{
	LITERAL(w, "<a");
	attribute(w, "lang", is_title ? target->title_lang : STR_NONE);
	attribute(w, "hreflang", target->lang);
	LITERAL(w, " href=\"");
	out_escape(&w->html, target->url.url_bytes);
	if (section.len)
		href_part(w, section);
	buf_byte(&w->html, '"');
}

bool markup_wiki_link(struct markup_writer *w)
{
	const struct markup_links *links = &w->options->links;
	struct str title, section, words;
	struct markup_target target = {0};

	if (!markup_read_text(w, &title) || !markup_read_text(w, &section) ||
	    !markup_read_text(w, &words))
		return false;
	words = words.len ? words : title.len ? title : section;
	if (w->in_link || w->in_picture) {
		markup_words(w, words);
		return true;
	}
	if (title.len == 0) {
		LITERAL(w, "<a href=\"");
		href_part(w, section);
		buf_byte(&w->html, '"');
	} else if (links->title && links->title(links->context, title, &target)) {
		found(w, &target, section, str_eq(words, title));
	} else {
		LITERAL(w, "<a class=\"is-missing\"");
		href(w, url_new(w->mem, w->options->space, title));
		attribute(w, "title", i18n(w->options->lang, "There is no such article yet"));
	}
	buf_byte(&w->html, '>');
	markup_words(w, words);
	LITERAL(w, "</a>");
	return true;
}
