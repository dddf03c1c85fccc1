/* A strict reader of the checked tree that writes what it reads. */
#include "tests/support/tree_dump.h"

#include "schema/base/utf8.h"

/* The fields of each node: n number, t text; 'T' is a table, whose columns follow their number. */
static const struct {
	const char *name, *fields;
	bool opens;
} shapes[TREE_NODE_COUNT] = {
	[TREE_END] = {"end", "", false},
	[TREE_TEXT] = {"text", "t", false},
	[TREE_BREAK] = {"break", "", false},
	[TREE_RULE] = {"rule", "", false},
	[TREE_PARAGRAPH] = {"paragraph", "", true},
	[TREE_HEADING] = {"heading", "nt", true},
	[TREE_QUOTE] = {"quote", "", true},
	[TREE_LIST] = {"list", "nn", true},
	[TREE_ITEM] = {"item", "n", true},
	[TREE_CODE_BLOCK] = {"code-block", "tt", false},
	[TREE_CODE] = {"code", "t", false},
	[TREE_EMPHASIS] = {"emphasis", "", true},
	[TREE_STRONG] = {"strong", "", true},
	[TREE_STRIKE] = {"strike", "", true},
	[TREE_LINK] = {"link", "tt", true},
	[TREE_IMAGE] = {"image", "tt", true},
	[TREE_WIKI_LINK] = {"wiki-link", "ttt", false},
	[TREE_TABLE] = {"table", "T", true},
	[TREE_ROW] = {"row", "n", true},
	[TREE_CELL] = {"cell", "", true},
	[TREE_NOTE_MARK] = {"note-mark", "nn", false},
	[TREE_NOTES] = {"notes", "", true},
	[TREE_NOTE] = {"note", "nn", true},
};

static void dump_text(struct buf *out, struct str text)
{
	buf_c_add(out, " \"");
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n')
			buf_c_add(out, "\\n");
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else
			buf_byte(out, c);
	}
	buf_byte(out, '"');
}

static bool is_made_of(struct str s, const char *allowed)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.ptr[i] || !strchr(allowed, s.ptr[i]))
			return false;
	return true;
}

/* What tree.h says about single fields. */
static bool field_is_allowed(enum tree_node node, size_t field, struct str text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (!utf8_valid(text) || str_find(text, '\1') >= 0)
		return false;
	if (node == TREE_HEADING)
		return text.len > 0 && is_made_of(text, letters);
	if (node == TREE_CODE_BLOCK && field == 0)
		return is_made_of(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					"0123456789+#_-");
	if (node == TREE_WIKI_LINK && field == 0)
		return text.len > 0;
	return true;
}

static bool dump_columns(struct buf *out, struct tree_reader *r)
{
	uint32_t columns, alignment;

	if (!tree_read_number(r, &columns) || columns > TREE_COLUMNS_MAX)
		return false;
	for (uint32_t i = 0; i < columns; i++) {
		if (!tree_read_number(r, &alignment) || alignment > 3)
			return false;
		buf_printf(out, " %s", (const char *[]){"-", "left", "centre", "right"}[alignment]);
	}
	return true;
}

static bool dump_fields(struct buf *out, struct tree_reader *r, enum tree_node node)
{
	const char *fields = shapes[node].fields;

	for (size_t i = 0; fields[i]; i++) {
		struct str text;
		uint32_t number;

		if (fields[i] == 'T') {
			if (!dump_columns(out, r))
				return false;
		} else if (fields[i] == 'n') {
			if (!tree_read_number(r, &number))
				return false;
			buf_printf(out, " %u", number);
		} else {
			if (!tree_read_text(r, &text) || !field_is_allowed(node, i, text))
				return false;
			dump_text(out, text);
		}
	}
	return true;
}

bool tree_dump(struct buf *out, struct str tree)
{
	struct tree_reader r = {.bytes = tree};
	enum tree_node node;
	int depth = 0;

	while (r.at < tree.len) {
		if (!tree_read_node(&r, &node))
			return false;
		if (node == TREE_END) {
			if (--depth < 0)
				return false;
			continue;
		}
		for (int i = 0; i < depth; i++)
			buf_byte(out, '\t');
		buf_c_add(out, shapes[node].name);
		if (!dump_fields(out, &r, node))
			return false;
		buf_byte(out, '\n');
		depth += shapes[node].opens;
		if (depth > TREE_DEPTH_MAX)
			return false;
	}
	return depth == 0;
}
