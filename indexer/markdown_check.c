/*
 * What must not reach the parser. cmark-gfm of Debian 12 needs time that grows with the square of
 * some inputs, so the work they would cause is estimated here, in one pass over the lines. Inline
 * text never crosses a blank line, so each estimate is made for a stretch between blank lines.
 */
#include "indexer/markdown_parts.h"

enum {
	CELLS_MAX = 20000,
	ADDRESSES_MAX = 10000, /* each costs the parser 14 microseconds, or 6 KB */
	LONG_WORD = 256, /* bytes; in shorter ones closing brackets cost nothing to speak of */
};
_Static_assert(TREE_COLUMNS_MAX == 64 && TREE_DEPTH_MAX == 64 && CELLS_MAX == 20000 &&
		       ADDRESSES_MAX == 10000,
	       "the sentences that refuse a text name these numbers");

/* Steps of the parser, about a nanosecond each, that one text may cost beyond the usual. */
static const uint64_t work_max = 100000000;

/* Bytes that definitions of links may come to where they are used. */
static const uint64_t definition_max = 64000000;

struct check {
	size_t line; /* the number of this one, from 1 */
	uint64_t work, cells, addresses, brackets;
	size_t longest_definition;
	/* Of the stretch since the last blank line: */
	size_t bytes, lines, declarations, images, link_ends, notes, emphases;
	size_t columns;          /* of its table; 0 before a delimiter row */
	size_t widest;           /* bars in its fullest line so far */
	size_t since_definition; /* bytes since one began; meaningful while in_definition */
	bool in_definition;
};

/*
 * Certainly a blank line for the parser too. Four spaces in front of a > make it text, so only one
 * space is allowed between them.
 */
static bool is_blank(struct str line)
{
	size_t at = 0;

	if (str_trim(line).len == 0)
		return true;
	while (at < line.len && at < 3 && line.ptr[at] == ' ')
		at++;
	while (at < line.len && line.ptr[at] == '>')
		at += at + 1 < line.len && line.ptr[at + 1] == ' ' ? 2 : 1;
	return at >= line.len;
}

/* The bytes of a list mark at the beginning with the space behind it, 0 when there is none. */
static size_t list_mark_len(struct str s)
{
	size_t at = 0;

	if (s.len >= 1 && (s.ptr[0] == '-' || s.ptr[0] == '*' || s.ptr[0] == '+')) {
		at = 1;
	} else {
		while (at < s.len && at < 9 && s.ptr[at] >= '0' && s.ptr[at] <= '9')
			at++;
		if (at == 0 || at >= s.len || (s.ptr[at] != '.' && s.ptr[at] != ')'))
			return 0;
		at++;
	}
	return at >= s.len || s.ptr[at] == ' ' || s.ptr[at] == '\t' ? at : 0;
}

/*
 * Where the rule at the end of the line begins: a rest of one mark only, such as * * *, opens no
 * list.
 */
static size_t rule_start(struct str line)
{
	size_t start = line.len;
	char mark = '\0';

	for (size_t i = line.len; i-- > 0;) {
		char c = line.ptr[i];

		if (c == ' ' || c == '\t')
			continue;
		if ((c != '-' && c != '*' && c != '_') || (mark && c != mark))
			break;
		mark = c;
		start = i;
	}
	return start;
}

/* How many quotes and lists the beginning of the line opens or goes on with. */
static size_t nesting(struct str line)
{
	size_t depth = 0, at = 0, rule = rule_start(line);

	while (depth <= TREE_DEPTH_MAX) {
		size_t mark;

		while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
			at++;
		if (at >= rule)
			break;
		mark = line.ptr[at] == '>' ? 1 : list_mark_len(str_from(line, at));
		if (mark == 0)
			break;
		depth++;
		at += mark;
	}
	return depth;
}

/* The columns that a delimiter row | --- | :-: | declares, 0 for any other line. */
static size_t delimiter_columns(struct str line)
{
	size_t columns = 0;
	bool in_column = false, is_table = false;

	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (c == '-' || c == ':') {
			columns += !in_column;
			in_column = true;
			is_table = is_table || c == ':';
		} else if (c == '|') {
			in_column = false;
			is_table = true;
		} else if (c != ' ' && c != '\t' && c != '\r' && c != '>' && c != '*' && c != '+') {
			return 0;
		}
	}
	return is_table ? columns : 0;
}

/*
 * May a definition [label]: begin here? It may stand behind the marks of lists and footnotes; to take
 * other lines for one costs nothing as long as they are short.
 */
static bool begins_definition(struct str line)
{
	return str_search(line, STR("]:")) > 0;
}

static void end_definition(struct check *c)
{
	if (c->in_definition && c->since_definition > c->longest_definition)
		c->longest_definition = c->since_definition;
	c->in_definition = false;
	c->since_definition = 0;
}

/* Add the work of the stretch that ends here. */
static void end_stretch(struct check *c)
{
	end_definition(c);
	c->work += (uint64_t)c->declarations * c->bytes;
	c->work += (uint64_t)c->images * c->link_ends;
	c->work += (uint64_t)c->notes * c->emphases;
	c->bytes = c->lines = c->declarations = c->images = c->link_ends = 0;
	c->notes = c->emphases = 0;
	c->columns = c->widest = 0;
}

/* A run of bytes without white space, for what autolinks cost in it. */
struct word {
	size_t len, brackets, hosts;
};

/* Each closing bracket, and each beginning of a host, makes the parser read the word again. */
static void end_word(struct check *c, struct word *word)
{
	if (word->len > LONG_WORD)
		c->work += (uint64_t)word->len * (word->brackets + word->hosts);
	*word = (struct word){0};
}

static bool begins_host(struct str line, size_t at)
{
	return str_starts(str_from(line, at), STR("www.")) ||
	       str_starts(str_from(line, at), STR("://"));
}

/* Count what is costly in one line; returns its bars. */
static size_t count_line(struct check *c, struct str line)
{
	struct word word = {0};
	size_t bars = 0;

	for (size_t i = 0; i < line.len; i++) {
		char next = (char)(i + 1 < line.len ? line.ptr[i + 1] : '\0');

		word.len++;
		switch (line.ptr[i]) {
		case '|':
			bars += i == 0 || line.ptr[i - 1] != '\\';
			break;
		case '<':
			c->declarations += next == '?' || next == '!';
			break;
		case '!':
			c->images += next == '[';
			break;
		case '[':
			c->notes += next == '^';
			break;
		case '*':
		case '_':
		case '~':
			c->emphases += next != line.ptr[i];
			break;
		case ']':
			c->brackets++;
			c->link_ends += next == '(' || next == '[';
			break;
		case '@':
			c->addresses++;
			break;
		case ')':
			word.brackets++;
			break;
		case 'w':
		case ':':
			word.hosts += begins_host(line, i);
			break;
		case ' ':
		case '\t':
			end_word(c, &word);
			break;
		default:
			break;
		}
	}
	end_word(c, &word);
	return bars;
}

static enum status check_table(struct check *c, struct str line, size_t bars)
{
	size_t columns = delimiter_columns(line);

	if (bars > c->widest)
		c->widest = bars;
	if (columns) {
		/* All lines above it are read as the head of a table, each time to the end. */
		c->work += (uint64_t)c->bytes * (c->lines / 4 + 8);
		c->columns = columns > c->columns ? columns : c->columns;
	}
	if (c->columns == 0)
		return ST_OK;
	if (c->columns > TREE_COLUMNS_MAX || c->widest > TREE_COLUMNS_MAX + 1)
		return fail(ST_INVALID, "Line %zu: %s", c->line,
			    N_("A table has more than 64 columns; split it."));
	c->cells += c->columns;
	if (c->cells > CELLS_MAX)
		return fail(ST_INVALID, "Line %zu: %s", c->line,
			    N_("The tables have more than 20,000 cells; make several articles of "
			       "them or attach a file."));
	return ST_OK;
}

static enum status check_line(struct check *c, struct str line)
{
	size_t bars;

	c->line++;
	if (nesting(line) > TREE_DEPTH_MAX)
		return fail(ST_INVALID, "Line %zu: %s", c->line,
			    N_("Quotes and lists are nested more than 64 deep."));
	if (is_blank(line)) {
		end_stretch(c);
		return ST_OK;
	}
	if (begins_definition(line)) {
		end_definition(c);
		c->in_definition = true;
	}
	c->bytes += line.len + 1;
	c->lines++;
	c->since_definition += line.len + 1;
	bars = count_line(c, line);
	return check_table(c, line, bars);
}

static enum status check_sums(const struct check *c)
{
	if (c->work > work_max)
		return fail(ST_INVALID, "Line %zu: %s", c->line,
			    N_("The paragraph that ends here holds too many footnotes, <?, <!, ![ "
			       "or long addresses; put blank lines between its parts."));
	if (c->addresses > ADDRESSES_MAX)
		return fail_whole("", ST_INVALID,
				  N_("The text holds more than 10,000 mail addresses; attach a "
				     "file instead."));
	if ((uint64_t)c->longest_definition * c->brackets > definition_max)
		return fail_whole("", ST_INVALID,
				  N_("A link definition is too long to be used so often; shorten "
				     "its address."));
	return ST_OK;
}

enum status markdown_check(struct str markdown)
{
	struct check c = {0};

	for (struct str rest = markdown; rest.ptr;) {
		TRY(check_line(&c, str_cut(&rest, '\n')));
		if (c.work > work_max)
			break;
	}
	end_stretch(&c);
	return check_sums(&c);
}
