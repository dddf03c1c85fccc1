/* Front matter of Markdown files. */
#include "server/frontmatter.h"

/* One line without its end; false at the end of the text. */
static bool next_line(struct str *rest, struct str *line)
{
	if (!rest->ptr || !rest->len)
		return false;
	*line = str_cut(rest, '\n');
	if (line->len && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

/* Take quotes away; inside double ones, backslash protects the next character. */
static struct str unquote(struct arena *mem, struct str value)
{
	char quote, *out;
	size_t n = 0;

	value = str_trim(value);
	if (value.len < 2 || (value.ptr[0] != '"' && value.ptr[0] != '\'') ||
	    value.ptr[value.len - 1] != value.ptr[0])
		return value;
	quote = value.ptr[0];
	value = str_of(value.ptr + 1, value.len - 2);
	out = arena_alloc(mem, value.len + 1);
	for (size_t i = 0; i < value.len; i++) {
		if (quote == '"' && value.ptr[i] == '\\' && i + 1 < value.len)
			i++;
		else if (quote == '\'' && value.ptr[i] == '\'' && i + 1 < value.len &&
			 value.ptr[i + 1] == '\'')
			i++;
		out[n++] = value.ptr[i];
	}
	return str_of(out, n);
}

/* Where the next value of "a, 'b, c', d" ends. */
static size_t value_end(struct str rest)
{
	char quote = 0;
	size_t i = 0;

	for (; i < rest.len; i++) {
		char c = rest.ptr[i];

		if (quote && c == '\\' && quote == '"')
			i++;
		else if (quote && c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
		else if (!quote && c == ',')
			break;
	}
	return i < rest.len ? i : rest.len;
}

static void add_value(struct frontmatter_entry *entry, struct str value)
{
	if (value.len && entry->n_values < FRONTMATTER_VALUES_MAX)
		entry->values[entry->n_values++] = value;
}

static void read_value(struct frontmatter_entry *entry, struct arena *mem, struct str value)
{
	value = str_trim(value);
	if (value.len < 2 || value.ptr[0] != '[' || value.ptr[value.len - 1] != ']') {
		add_value(entry, unquote(mem, value));
		return;
	}
	entry->is_list = true;
	value = str_of(value.ptr + 1, value.len - 2);
	while (value.len) {
		size_t end = value_end(value);

		add_value(entry, unquote(mem, str_head(value, end)));
		value = str_from(value, end + 1);
	}
}

static bool is_key(struct str key)
{
	bool good = key.len > 0 && key.len <= 64;

	for (size_t i = 0; i < key.len && good; i++) {
		char c = key.ptr[i];

		good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		       c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
	}
	return good;
}

static void read_line(struct frontmatter *out, struct arena *mem, struct str line)
{
	struct str trimmed = str_trim(line), rest = line, key = str_cut(&rest, ':');
	struct frontmatter_entry *last = out->count ? &out->entries[out->count - 1] : NULL;

	if (!trimmed.len || trimmed.ptr[0] == '#')
		return;
	if (str_starts(trimmed, STR("- ")) && last && (last->is_list || !last->n_values)) {
		last->is_list = true;
		add_value(last, unquote(mem, str_from(trimmed, 2)));
		return;
	}
	if (!rest.ptr || !is_key(key) || (rest.len && rest.ptr[0] != ' ' && rest.ptr[0] != '\t') ||
	    out->count == FRONTMATTER_KEYS_MAX) {
		out->skipped++;
		return;
	}
	last = &out->entries[out->count++];
	last->key = key;
	last->values = arena_array(mem, FRONTMATTER_VALUES_MAX, sizeof(*last->values));
	read_value(last, mem, rest);
}

void frontmatter_read(struct frontmatter *out, struct arena *mem, struct str text)
{
	struct str rest = text, line;

	*out = (struct frontmatter){.body = text};
	if (str_starts(rest, STR("\xEF\xBB\xBF")))
		rest = str_from(rest, 3);
	out->body = rest;
	if (!next_line(&rest, &line) || !str_is(line, "---"))
		return;
	out->entries = arena_array(mem, FRONTMATTER_KEYS_MAX, sizeof(*out->entries));
	while (next_line(&rest, &line)) {
		if (str_is(line, "---") || str_is(line, "...")) {
			out->body = rest.ptr ? rest : STR("");
			return;
		}
		read_line(out, mem, line);
	}
	/* It was never closed, so it was no front matter. */
	out->count = out->skipped = 0;
}

const struct frontmatter_entry *frontmatter_find(const struct frontmatter *fm, const char *key)
{
	for (size_t i = 0; i < fm->count; i++) {
		if (str_is(fm->entries[i].key, key))
			return &fm->entries[i];
	}
	return NULL;
}

struct str frontmatter_value(const struct frontmatter *fm, const char *key)
{
	const struct frontmatter_entry *entry = frontmatter_find(fm, key);

	return entry && entry->n_values ? entry->values[0] : STR("");
}

/* Plain where nothing in it means something to the reader, quoted otherwise. */
static void write_value(struct buf *out, struct str value)
{
	bool plain = value.len && str_trim(value).len == value.len;

	for (size_t i = 0; i < value.len && plain; i++)
		plain = !strchr("\"'[],#\\", value.ptr[i]) && (i > 0 || value.ptr[i] != '-');
	if (plain) {
		buf_str_add(out, value);
		return;
	}
	buf_byte(out, '"');
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '"' || value.ptr[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, value.ptr[i] == '\n' ? ' ' : value.ptr[i]);
	}
	buf_byte(out, '"');
}

void frontmatter_write(struct buf *out, struct str key, struct str value)
{
	buf_str_add(out, key);
	buf_c_add(out, ": ");
	write_value(out, value);
	buf_byte(out, '\n');
}

void frontmatter_write_list(struct buf *out, struct str key, const struct str *values, size_t n)
{
	buf_str_add(out, key);
	buf_c_add(out, ": [");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_c_add(out, ", ");
		write_value(out, values[i]);
	}
	buf_c_add(out, "]\n");
}
