/*
 * Where in an HTML page a template stands: between tags, inside a quoted attribute, in an address,
 * in a title or textarea. tmplc feeds the fixed text of a view through this machine and asks it
 * before it writes a value.
 */
#ifndef TOOLS_TMPLC_HTML_H
#define TOOLS_TMPLC_HTML_H

#include "schema/base/buf.h"

enum place_kind {
	PLACE_CONTENT,    /* between tags */
	PLACE_TAG_NAME,   /* in the name of a tag */
	PLACE_TAG,        /* inside a tag, an attribute may follow */
	PLACE_TAG_TIGHT,  /* inside a tag, white space must come before an attribute */
	PLACE_ATTRIBUTE,  /* in the name of an attribute */
	PLACE_EQUALS,     /* behind the equals sign */
	PLACE_VALUE,      /* in a quoted attribute */
	PLACE_PLAIN_TEXT, /* in <title> or <textarea> */
	PLACE_SCRIPT,     /* in <script>: nothing may stand there */
	PLACE_COMMENT,
	PLACE_DOCTYPE,
};

/* What stands before, for the white space between: see html_feed(). */
enum place_left { LEFT_START, LEFT_BLOCK, LEFT_INLINE, LEFT_CONTROL, LEFT_TEXT };

struct place {
	enum place_kind kind;
	char tag[24];       /* name of the open or last tag, lower case; "/p" for an end tag */
	char attribute[48]; /* name of the attribute, lower case */
	char quote;         /* of the attribute's value */
	bool has_src;       /* the <script> has one */
	unsigned used;      /* static bytes and values in the attribute so far */
	bool held;          /* a value stands in it */
	unsigned pre;       /* depth of <pre> */
	enum place_left left;
	bool blank,
		newline; /* white space that is not yet written, and whether it held a newline */
};

/*
 * Walk through fixed text; what is to be sent is added to `out`: comments left out, white space
 * between tags joined. A run of blanks becomes one, and none where it holds a newline and touches a
 * block element or lies between two tags; write a blank between inline elements on one line to keep it.
 * Returns NULL, or why the text is refused; `*line` counts on.
 */
const char *html_feed(struct place *p, struct str text, struct buf *out, int *line);

/* Settle white space before `{{if}}` and the like (LEFT_CONTROL) or a value (LEFT_TEXT). */
void html_control(struct place *p, struct buf *out, enum place_left what);

/* The macro of server/out.h for a value that stands here; NULL, and `*why`, where none may. */
const char *html_value(struct place *p, const char **why);

/* Bring together the ends of two branches; false when they end in different places. */
bool html_merge(struct place *into, const struct place *other);

#endif
