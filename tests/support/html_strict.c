/* The strict reader: one pass, a stack of open elements, everything from lists. */
#include "tests/support/html_strict.h"

#include <ctype.h>

enum { DEPTH = 256, NAME = 16 };

struct reader {
	struct str text;
	size_t at;
	char open[DEPTH][NAME];
	size_t depth;
};

static bool listed(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static const char *const elements[] = {
	"p",  "h2",     "h3",  "h4",      "h5",    "h6",         "a",    "img",
	"em", "strong", "del", "code",    "pre",   "blockquote", "ul",   "ol",
	"li", "hr",     "br",  "table",   "thead", "tbody",      "tr",   "th",
	"td", "input",  "sup", "section", "span",  "div",        "mark", NULL,
};
static const char *const voids[] = {"img", "hr", "br", "input", NULL};
static const char *const classes[] = {
	"is-left", "is-centre", "is-right",  "is-missing", "is-outside", "task", "wide",
	"notes",   "note-mark", "note-back", "host",       "h-edit",     NULL,
};

static bool letter_id(struct str value)
{
	if (!str_starts(value, STR("h-")))
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (!islower((unsigned char)value.ptr[i]) &&
		    !isdigit((unsigned char)value.ptr[i]) && value.ptr[i] != '-')
			return false;
	return true;
}

static bool tag_of_ours(struct str value)
{
	return str_is(value, "uz-Latn") || str_is(value, "uz-Cyrl") || str_is(value, "ru") ||
	       str_is(value, "en");
}

/* Printable ASCII without quotes or brackets, and one of the schemes, or a path or part of ours. */
static bool address(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] <= ' ' || value.ptr[i] >= 0x7f || strchr("\"'<>\\`", value.ptr[i]))
			return false;
	if (str_starts(value, STR("#")))
		return true;
	if (str_starts(value, STR("/")))
		return !str_starts(value, STR("//"));
	return str_starts(value, STR("http://")) || str_starts(value, STR("https://")) ||
	       str_starts(value, STR("mailto:")) || str_starts(value, STR("tel:"));
}

static const char *attribute(const char *element, struct str name, struct str value)
{
	char key[NAME * 2];

	(void)snprintf(key, sizeof(key), "%.*s", STR_ARG(name));
	if (strcmp(key, "class") == 0) {
		char word[NAME * 2];

		(void)snprintf(word, sizeof(word), "%.*s", STR_ARG(value));
		return listed(word, classes) ? NULL : "a class that is not on the list";
	}
	if (strcmp(key, "id") == 0)
		return letter_id(value) ? NULL : "an id without h-";
	if (strcmp(key, "href") == 0 && strcmp(element, "a") == 0)
		return address(value) ? NULL : "an address that is not on the list";
	if (strcmp(key, "src") == 0 && strcmp(element, "img") == 0)
		return str_starts(value, STR("/f/")) ? NULL : "a picture that is not ours";
	if (strcmp(key, "rel") == 0)
		return str_is(value, "noopener noreferrer nofollow") ? NULL : "another rel";
	if (strcmp(key, "start") == 0)
		return strcmp(element, "ol") == 0 ? NULL : "start outside of ol";
	if (listed(key, (const char *const[]){"title", "aria-label", NULL}))
		return NULL;
	if (strcmp(key, "lang") == 0 || strcmp(key, "hreflang") == 0)
		return strcmp(element, "a") == 0 && tag_of_ours(value) ? NULL : "another lang";
	if (strcmp(key, "alt") == 0 || strcmp(key, "loading") == 0 || strcmp(key, "width") == 0 ||
	    strcmp(key, "height") == 0)
		return strcmp(element, "img") == 0 ? NULL : "an attribute of img elsewhere";
	if (strcmp(key, "scope") == 0)
		return str_is(value, "col") ? NULL : "another scope";
	if (strcmp(key, "role") == 0)
		return str_is(value, "group") ? NULL : "another role";
	if (strcmp(key, "tabindex") == 0)
		return str_is(value, "0") ? NULL : "another tabindex";
	if (strcmp(element, "input") == 0 && strcmp(key, "type") == 0)
		return str_is(value, "checkbox") ? NULL : "an input that is no checkbox";
	if (strcmp(element, "input") == 0 &&
	    (strcmp(key, "disabled") == 0 || strcmp(key, "checked") == 0))
		return NULL;
	return "an attribute that is not on the list";
}

static bool name_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

static struct str take_name(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->text.len && name_char(r->text.ptr[r->at]))
		r->at++;
	return str_of(r->text.ptr + from, r->at - from);
}

static bool take(struct reader *r, const char *text)
{
	if (!str_starts(str_from(r->text, r->at), str_c(text)))
		return false;
	r->at += strlen(text);
	return true;
}

/* An entity that our own escaping writes. */
static bool entity(struct reader *r)
{
	return take(r, "&amp;") || take(r, "&lt;") || take(r, "&gt;") || take(r, "&quot;") ||
	       take(r, "&#39;");
}

static const char *take_value(struct reader *r, struct str *value)
{
	size_t from = r->at;

	while (r->at < r->text.len && r->text.ptr[r->at] != '"') {
		if (strchr("<>'", r->text.ptr[r->at]))
			return "a bare sign in an attribute";
		if (r->text.ptr[r->at] == '&' && !entity(r))
			return "a bare & in an attribute";
		else if (r->text.ptr[r->at] != '"' && r->text.ptr[r->at] != '&')
			r->at++;
	}
	*value = str_of(r->text.ptr + from, r->at - from);
	return take(r, "\"") ? NULL : "an attribute that does not end";
}

static const char *take_attributes(struct reader *r, const char *element)
{
	while (take(r, " ")) {
		struct str name = take_name(r), value = STR_NONE;
		const char *why = NULL;

		if (take(r, "=\""))
			why = take_value(r, &value);
		if (!why)
			why = attribute(element, name, value);
		if (why)
			return why;
	}
	return take(r, ">") ? NULL : "a tag that does not end";
}

static const char *take_tag(struct reader *r)
{
	bool closes = take(r, "/");
	struct str name = take_name(r);
	char element[NAME];

	(void)snprintf(element, sizeof(element), "%.*s", STR_ARG(name));
	if (!listed(element, elements))
		return "an element that is not on the list";
	if (closes) {
		if (r->depth == 0 || strcmp(r->open[r->depth - 1], element) != 0)
			return "an end tag that does not fit";
		r->depth--;
		return take(r, ">") ? NULL : "an end tag that does not end";
	}
	if (!listed(element, voids)) {
		if (r->depth == DEPTH)
			return "nested too deeply";
		memcpy(r->open[r->depth++], element, sizeof(element));
	}
	return take_attributes(r, element);
}

const char *html_strict(struct str html, size_t *at)
{
	struct reader r = {.text = html};

	while (r.at < html.len) {
		const char *why = NULL;
		char c = html.ptr[r.at];

		*at = r.at;
		if (c == '<') {
			r.at++;
			why = take_tag(&r);
		} else if (c == '&') {
			why = entity(&r) ? NULL : "a bare &";
		} else if (strchr(">\"'", c) && c) {
			why = "a bare sign in text";
		} else {
			r.at++;
		}
		if (why)
			return why;
	}
	return r.depth ? "an element is not closed" : NULL;
}
