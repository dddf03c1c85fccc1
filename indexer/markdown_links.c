/* Wiki links in text, what addresses lead to, and the anchors of headings. */
#include "indexer/markdown_parts.h"
#include "indexer/script.h"

enum { WIKI_LINK_MAX = 1600 }; /* bytes between the brackets; a title has at most 400 letters */

/* Is there an escaped bracket at `at` that another bracket, escaped or not, follows? */
static bool is_escaped_pair(struct str s, size_t at)
{
	if (s.len - at < 3 || s.ptr[at] != '\\' || s.ptr[at + 1] != '[')
		return false;
	return s.ptr[at + 2] == '[' ||
	       (s.ptr[at + 2] == '\\' && s.len - at > 3 && s.ptr[at + 3] == '[');
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

static char without_control(char c)
{
	return (char)(is_control(c) ? ' ' : c);
}

static bool needs_guard(struct str markdown)
{
	for (size_t i = 0; i < markdown.len; i++)
		if (is_control(markdown.ptr[i]))
			return true;
	return str_search(markdown, STR("\\[")) >= 0;
}

struct str markdown_guard(struct arena *mem, struct str markdown)
{
	AUTO(buf) struct buf out = {0};

	if (!needs_guard(markdown))
		return markdown;
	for (size_t at = 0; at < markdown.len; at++) {
		bool guard = is_escaped_pair(markdown, at);

		buf_byte(&out, without_control(markdown.ptr[at]));
		if (markdown.ptr[at] != '\\' || at + 1 == markdown.len)
			continue;
		at++; /* what the backslash stands before goes with it: \\[[a]] is a wiki link */
		buf_byte(&out, without_control(markdown.ptr[at]));
		if (guard)
			buf_byte(&out, MARKDOWN_NOTHING);
	}
	return buf_keep(&out, mem);
}

/* Take what stands between the brackets apart; false when it names no title. */
static bool read_inside(struct str inside, struct wiki_link *out)
{
	struct str words = inside, target = str_cut(&words, '|');
	struct str section = target, title = str_cut(&section, '#');

	out->title = str_trim(title);
	out->section = section.ptr ? str_trim(section) : STR_NONE;
	out->words = words.ptr ? str_trim(words) : STR_NONE;
	return out->title.len > 0;
}

/* The bytes up to the closing brackets, or -1 when other brackets or a line end come first. */
static ptrdiff_t inside_len(struct str s)
{
	for (size_t i = 0; i + 1 < s.len && i < WIKI_LINK_MAX; i++) {
		char c = s.ptr[i];

		if (c == ']')
			return s.ptr[i + 1] == ']' ? (ptrdiff_t)i : -1;
		if (c == '[' || c == '\n' || c == MARKDOWN_NOTHING)
			return -1;
	}
	return -1;
}

bool wiki_link_find(struct str text, size_t from, struct wiki_link *out)
{
	while (from < text.len) {
		struct str rest = str_from(text, from);
		ptrdiff_t opens = str_search(rest, STR("[["));
		ptrdiff_t len;

		if (opens < 0)
			return false;
		from += (size_t)opens;
		rest = str_from(text, from + 2);
		len = inside_len(rest);
		if (len >= 0 && read_inside(str_head(rest, (size_t)len), out)) {
			out->start = from;
			out->len = (size_t)len + 4;
			return true;
		}
		from++;
	}
	return false;
}

/* The bytes of a scheme before its colon, 0 when the address has none. */
static size_t scheme_len(struct str address)
{
	for (size_t i = 0; i < address.len; i++) {
		char c = address.ptr[i];

		if (c == ':')
			return i;
		if (c == '/' || c == '?' || c == '#')
			return 0;
	}
	return 0;
}

static bool is_outside_scheme(struct str scheme)
{
	static const char *const schemes[] = {"http", "https", "mailto", "tel"};

	for (size_t i = 0; i < COUNT(schemes); i++)
		if (scheme.len == strlen(schemes[i]) &&
		    strncasecmp(scheme.ptr, schemes[i], scheme.len) == 0)
			return true;
	return false;
}

bool link_classify(struct str address, struct markdown_link *out)
{
	size_t scheme = scheme_len(address);
	struct str section = address, target = str_cut(&section, '#');

	*out = (struct markdown_link){.kind = LINK_OUTSIDE, .target = address};
	if (scheme > 0 || str_starts(address, STR(":")))
		return is_outside_scheme(str_head(address, scheme));
	if (target.len == 0 || target.ptr[0] == '\\' || str_starts(target, STR("//")) ||
	    str_starts(target, STR("/\\")))
		return false;
	out->kind = str_starts(target, STR("/a/")) ? LINK_ARTICLE : LINK_RELATIVE;
	out->target = target;
	out->section = section.ptr ? section : STR_NONE;
	return true;
}

struct anchor_slot {
	struct str anchor; /* empty in a free slot */
	uint32_t last;     /* the last number tried behind it */
};

static struct anchor_slot *find_slot(const struct anchors *anchors, struct str anchor)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < anchor.len; i++)
		hash = (hash ^ (unsigned char)anchor.ptr[i]) * UINT64_C(1099511628211);
	hash ^= hash >> 32;
	for (;; hash++) {
		struct anchor_slot *slot = &anchors->slots[hash & (anchors->room - 1)];

		if (slot->anchor.len == 0 || str_eq(slot->anchor, anchor))
			return slot;
	}
}

static void make_room(struct anchors *anchors, struct arena *mem)
{
	struct anchors bigger = {.count = anchors->count};

	if (anchors->count * 2 < anchors->room)
		return;
	bigger.room = anchors->room ? anchors->room * 2 : 64;
	bigger.slots = arena_array(mem, bigger.room, sizeof(*bigger.slots));
	for (size_t i = 0; i < anchors->room; i++)
		if (anchors->slots[i].anchor.len)
			*find_slot(&bigger, anchors->slots[i].anchor) = anchors->slots[i];
	*anchors = bigger;
}

static struct str keep(struct anchors *anchors, struct arena *mem, struct str anchor)
{
	struct anchor_slot *slot;

	make_room(anchors, mem);
	slot = find_slot(anchors, anchor);
	slot->anchor = arena_str(mem, anchor);
	slot->last = 1;
	anchors->count++;
	return slot->anchor;
}

struct str anchor_make(struct anchors *anchors, struct arena *mem, struct str heading)
{
	AUTO(buf) struct buf slug = {0};
	struct str base;

	script_slug(&slug, heading);
	base = slug.len ? buf_str(&slug) : STR("section");
	make_room(anchors, mem);
	if (find_slot(anchors, base)->anchor.len == 0)
		return keep(anchors, mem, base);
	for (;;) {
		struct anchor_slot *taken = find_slot(anchors, base);
		struct str numbered;

		numbered = arena_printf(mem, "%.*s-%u", STR_ARG(base), ++taken->last);
		if (find_slot(anchors, numbered)->anchor.len == 0)
			return keep(anchors, mem, numbered);
	}
}
