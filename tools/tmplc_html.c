/* The HTML machine of the template compiler. It knows just enough of HTML to be strict. */
#include "tools/tmplc_html.h"

static bool in_list(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static bool is_address(const char *attribute)
{
	static const char *const list[] = {"href",   "src",  "action",     "formaction", "cite",
					   "poster", "data", "background", "xlink:href", NULL};

	return in_list(attribute, list);
}

static bool is_inline(const char *tag)
{
	static const char *const list[] = {
		"a",      "abbr", "b",   "bdi", "button", "cite",     "code",
		"del",    "em",   "i",   "img", "input",  "ins",      "kbd",
		"label",  "mark", "q",   "s",   "select", "small",    "span",
		"strong", "sub",  "sup", "svg", "time",   "textarea", NULL};

	return in_list(tag[0] == '/' ? tag + 1 : tag, list);
}

static const char *refused_tag(const char *tag)
{
	static const char *const list[] = {"iframe", "object", "embed",     "base", "style",
					   "applet", "frame",  "plaintext", "xmp",  NULL};

	return in_list(tag, list) ? "this element is never used in views" : NULL;
}

static const char *refused_attribute(const char *name)
{
	static const char *const list[] = {"style", "srcdoc", "srcset", "ping", "http-equiv", NULL};

	if (name[0] == 'o' && name[1] == 'n')
		return "event attributes are inline script";
	return in_list(name, list) ? "this attribute is never used in views" : NULL;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool name_char(char c)
{
	return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool push(char *name, size_t room, char c)
{
	size_t len = strlen(name);

	if (len + 1 >= room)
		return false;
	name[len] = lower(c);
	name[len + 1] = '\0';
	return true;
}

/* Write the white space that waits, now that its right neighbour is known. */
static void settle(struct place *p, struct buf *out, enum place_left right)
{
	bool edge_left = p->left != LEFT_TEXT, edge_right = right != LEFT_TEXT;
	bool beside_block = p->left == LEFT_BLOCK || p->left == LEFT_START || right == LEFT_BLOCK;

	if (p->blank && !beside_block && !(p->newline && edge_left && edge_right))
		buf_byte(out, ' ');
	p->blank = p->newline = false;
}

void html_control(struct place *p, struct buf *out, enum place_left what)
{
	if (p->kind == PLACE_ATTRIBUTE || p->kind == PLACE_TAG_NAME)
		p->kind = PLACE_TAG_TIGHT;
	if (p->kind == PLACE_CONTENT && !p->pre) {
		settle(p, out, what);
		p->left = what;
	} else if (p->kind == PLACE_TAG) {
		if (p->blank)
			buf_byte(out, ' ');
		p->blank = false;
	}
}

static const char *open_tag(struct place *p, struct str rest, struct buf *out)
{
	char name[sizeof(p->tag)] = "";

	for (size_t i = 1;
	     i < rest.len && (name_char(rest.ptr[i]) || (i == 1 && rest.ptr[i] == '/')); i++)
		if (!push(name, sizeof(name), rest.ptr[i]))
			return "the name of the tag is too long";
	if (name[0] != '/' && !letter(name[0]))
		return "write &lt; for a less-than sign";
	if (!p->pre)
		settle(p, out, is_inline(name) ? LEFT_INLINE : LEFT_BLOCK);
	p->tag[0] = '\0';
	p->has_src = false;
	p->kind = PLACE_TAG_NAME;
	return refused_tag(name);
}

static void close_tag(struct place *p, struct buf *out)
{
	p->kind = PLACE_CONTENT;
	p->blank = p->newline = false;
	p->left = is_inline(p->tag) ? LEFT_INLINE : LEFT_BLOCK;
	if (strcmp(p->tag, "pre") == 0)
		p->pre++;
	else if (strcmp(p->tag, "/pre") == 0 && p->pre)
		p->pre--;
	else if (strcmp(p->tag, "script") == 0)
		p->kind = PLACE_SCRIPT;
	else if (strcmp(p->tag, "title") == 0 || strcmp(p->tag, "textarea") == 0)
		p->kind = PLACE_PLAIN_TEXT;
	if (strcmp(p->tag, "textarea") == 0)
		buf_byte(out, '\n'); /* browsers swallow the first newline: let it be ours */
}

static const char *feed_content(struct place *p, struct str rest, struct buf *out)
{
	char c = rest.ptr[0];

	if (c == '<') {
		if (str_starts(rest, STR("<!--"))) {
			p->kind = PLACE_COMMENT;
			return NULL;
		}
		if (rest.len > 1 && rest.ptr[1] == '!')
			p->kind = PLACE_DOCTYPE;
		else {
			const char *why = open_tag(p, rest, out);

			if (why)
				return why;
		}
		buf_byte(out, c);
	} else if (p->pre) {
		buf_byte(out, c);
	} else if (blank(c)) {
		p->blank = true;
		p->newline |= c == '\n';
	} else {
		settle(p, out, LEFT_TEXT);
		p->left = LEFT_TEXT;
		buf_byte(out, c);
	}
	return NULL;
}

static const char *feed_tag(struct place *p, char c, struct buf *out)
{
	if (p->kind == PLACE_TAG_NAME && (name_char(c) || (c == '/' && !p->tag[0]))) {
		buf_byte(out, c);
		return push(p->tag, sizeof(p->tag), c) ? NULL : "the name of the tag is too long";
	}
	if (c == '>' || c == '/') {
		buf_byte(out, c);
		if (c == '>' && strcmp(p->tag, "script") == 0 && !p->has_src)
			return "no inline script: name a file in src";
		if (c == '>')
			close_tag(p, out);
		return NULL;
	}
	if (blank(c)) {
		p->blank = true;
		p->kind = PLACE_TAG;
		return NULL;
	}
	if (p->kind != PLACE_TAG)
		return "white space is missing before an attribute";
	if (!letter(c))
		return "an attribute begins with a letter";
	if (p->blank)
		buf_byte(out, ' ');
	p->blank = false;
	buf_byte(out, c);
	p->attribute[0] = lower(c);
	p->attribute[1] = '\0';
	p->kind = PLACE_ATTRIBUTE;
	return NULL;
}

static const char *feed_attribute(struct place *p, char c, struct buf *out)
{
	if (p->kind == PLACE_ATTRIBUTE) {
		if (name_char(c)) {
			buf_byte(out, c);
			return push(p->attribute, sizeof(p->attribute), c) ? NULL
									   : "the name is too long";
		}
		if (c != '=') {
			p->kind = PLACE_TAG_TIGHT;
			return refused_attribute(p->attribute) ? refused_attribute(p->attribute)
							       : feed_tag(p, c, out);
		}
		buf_byte(out, c);
		p->kind = PLACE_EQUALS;
		return refused_attribute(p->attribute);
	}
	if (c != '"' && c != '\'')
		return "the value of an attribute stands in quotes";
	buf_byte(out, c);
	p->quote = c;
	p->used = 0;
	p->held = false;
	p->has_src |= strcmp(p->attribute, "src") == 0;
	p->kind = PLACE_VALUE;
	return NULL;
}

static const char *feed_value(struct place *p, struct str rest, struct buf *out)
{
	char c = rest.ptr[0];

	if (c == p->quote) {
		buf_byte(out, c);
		p->kind = PLACE_TAG_TIGHT;
		return NULL;
	}
	if (is_address(p->attribute)) {
		if (p->held && c != '#' && p->used == 1)
			return "only #part may follow the value of an address";
		if (!p->used && !(c == '/' && !str_starts(rest, STR("//"))) && c != '#' && c != '?')
			return "a fixed address begins with /, # or ?";
	}
	buf_byte(out, c);
	p->used++;
	return NULL;
}

static const char *feed_plain(struct place *p, struct str rest, struct buf *out)
{
	char end[sizeof(p->tag) + 3];
	int len = snprintf(end, sizeof(end), "</%s", p->tag);

	if (rest.ptr[0] == '<') {
		if (!str_starts(rest, str_of(end, (size_t)len)))
			return "no tags inside <title> and <textarea>";
		p->tag[0] = '\0';
		p->kind = PLACE_TAG_NAME;
	}
	buf_byte(out, rest.ptr[0]);
	return NULL;
}

static const char *feed_one(struct place *p, struct str rest, struct buf *out)
{
	char c = rest.ptr[0];

	switch (p->kind) {
	case PLACE_CONTENT:
		return feed_content(p, rest, out);
	case PLACE_TAG_NAME:
	case PLACE_TAG:
	case PLACE_TAG_TIGHT:
		return feed_tag(p, c, out);
	case PLACE_ATTRIBUTE:
	case PLACE_EQUALS:
		return feed_attribute(p, c, out);
	case PLACE_VALUE:
		return feed_value(p, rest, out);
	case PLACE_PLAIN_TEXT:
		return feed_plain(p, rest, out);
	case PLACE_SCRIPT:
		if (c != '<')
			return "no inline script: name a file in src";
		return feed_plain(p, rest, out);
	case PLACE_COMMENT:
		if (str_starts(rest, STR("-->")))
			p->kind = PLACE_DOCTYPE; /* what is left of it is dropped by html_feed() */
		return NULL;
	case PLACE_DOCTYPE:
		buf_byte(out, c);
		if (c == '>')
			p->kind = PLACE_CONTENT;
		return NULL;
	}
	return NULL;
}

const char *html_feed(struct place *p, struct str text, struct buf *out, int *line)
{
	for (size_t at = 0; at < text.len; at++) {
		bool comment = p->kind == PLACE_COMMENT;
		const char *why = feed_one(p, str_from(text, at), out);

		if (why)
			return why;
		*line += text.ptr[at] == '\n';
		if (comment && p->kind != PLACE_COMMENT) {
			at += 2;
			p->kind = PLACE_CONTENT;
		}
	}
	return NULL;
}

static const char *value_in_attribute(struct place *p, const char **why)
{
	if (!is_address(p->attribute)) {
		p->used++;
		return "OUT_IN_ATTRIBUTE";
	}
	if (p->used) {
		*why = "an address is one value, with nothing before it";
		return NULL;
	}
	p->used = 1;
	p->held = true;
	return "OUT_IN_ADDRESS";
}

const char *html_value(struct place *p, const char **why)
{
	switch (p->kind) {
	case PLACE_CONTENT:
		return "OUT_BETWEEN_TAGS";
	case PLACE_PLAIN_TEXT:
		return "OUT_IN_ATTRIBUTE";
	case PLACE_VALUE:
		return value_in_attribute(p, why);
	case PLACE_EQUALS:
		*why = "no value in an attribute without quotes";
		return NULL;
	case PLACE_COMMENT:
		*why = "no value in a comment";
		return NULL;
	case PLACE_SCRIPT:
		*why = "no value in a script";
		return NULL;
	case PLACE_TAG_NAME:
	case PLACE_TAG:
	case PLACE_TAG_TIGHT:
	case PLACE_ATTRIBUTE:
	case PLACE_DOCTYPE:
		*why = "no value inside a tag, except in a quoted attribute";
		return NULL;
	}
	return NULL;
}

static bool both_in_tag(enum place_kind a, enum place_kind b)
{
	return (a == PLACE_TAG || a == PLACE_TAG_TIGHT) && (b == PLACE_TAG || b == PLACE_TAG_TIGHT);
}

bool html_merge(struct place *into, const struct place *other)
{
	if (into->kind != other->kind && !both_in_tag(into->kind, other->kind))
		return false;
	if (into->pre != other->pre)
		return false;
	if (into->kind == PLACE_VALUE &&
	    (strcmp(into->attribute, other->attribute) != 0 || into->quote != other->quote))
		return false;
	if (into->kind != PLACE_CONTENT && strcmp(into->tag, other->tag) != 0)
		return false;
	if (into->kind != other->kind)
		into->kind = PLACE_TAG_TIGHT;
	if (other->used > into->used)
		into->used = other->used;
	into->held |= other->held;
	into->has_src |= other->has_src;
	into->left = LEFT_CONTROL;
	return true;
}
