/*
 * The template compiler: one view file in, one C file and one header out (style.md 8).
 *   tmplc server/views/article.html build/gen/views/article
 * writes article.c and article.h with a function view_NAME for each {{define NAME(...)}}.
 *
 *   {{include "server/views/article_view.h"}}        on top, for the types of the parameters
 *   {{define name(const struct x *v)}} ... {{end}}   void view_name(struct out *o, const struct x *v)
 *   {{if c}} {{elif c}} {{else}} {{end}}   {{for init; condition; step}} {{end}}
 *   {{let const struct y *h = &v->hits[i]}}          a variable until the next {{end}}
 *   {{render name(arguments)}}                       another view, between tags only
 *   {{csrf}}                                         the hidden input of a form that is posted
 *   {{expression}}                                   a value; what may stand where: server/out.h
 *   {{# words}}                                      a comment, not sent
 */
#include "tools/tmplc_html.h"

enum block_kind { BLOCK_DEFINE, BLOCK_IF, BLOCK_FOR };

struct block {
	enum block_kind kind;
	int line;
	bool has_else, has_end; /* has_end: `end` holds how an earlier branch ended */
	struct place start, end;
};

enum { DEPTH_MAX = 64 };

struct compiler {
	const char *file;
	struct str text;
	size_t at;
	int line;
	struct place place;
	struct block blocks[DEPTH_MAX];
	size_t depth;
	struct buf literal; /* fixed text that is not yet written */
	struct buf code, header, includes;
};

static NORETURN void refuse(const struct compiler *c, int line, const char *why)
{
	(void)fprintf(stderr, "%s:%d: error: %s\n", c->file, line, why);
	exit(1);
}

static void literal_flush(struct compiler *c)
{
	if (!c->literal.len)
		return;
	buf_c_add(&c->code, "\tOUT_LITERAL(o, \"");
	for (size_t i = 0; i < c->literal.len; i++) {
		unsigned char byte = (unsigned char)c->literal.ptr[i];

		if (byte == '"' || byte == '\\')
			buf_printf(&c->code, "\\%c", byte);
		else if (byte < 32 || byte == '?') /* "??" would be a trigraph */
			buf_printf(&c->code, "\\%03o", byte);
		else
			buf_byte(&c->code, (char)byte);
	}
	buf_c_add(&c->code, "\");\n");
	buf_reset(&c->literal);
}

static void place_line(struct compiler *c, int line)
{
	literal_flush(c);
	buf_printf(&c->code, "#line %d \"%s\"\n", line, c->file);
}

/* The end of what stands between {{ and }}: strings and characters of C may hold any sign. */
static size_t directive_end(const struct compiler *c, size_t from)
{
	bool comment = from < c->text.len && c->text.ptr[from] == '#';
	char quote = 0;

	for (size_t i = from; i + 1 < c->text.len; i++) {
		char byte = c->text.ptr[i];

		if (quote && byte == '\\')
			i++;
		else if (quote)
			quote = byte == quote ? 0 : quote;
		else if (!comment && (byte == '"' || byte == '\''))
			quote = byte;
		else if (byte == '}' && c->text.ptr[i + 1] == '}' &&
			 (i + 2 >= c->text.len || c->text.ptr[i + 2] != '}'))
			return i;
	}
	refuse(c, c->line, "{{ is not closed by }}");
}

/* Semicolons outside strings; unbalanced brackets are refused: an expression stays one. */
static int count_semicolons(const struct compiler *c, struct str expression)
{
	int depth = 0, found = 0;
	char quote = 0;

	for (size_t i = 0; i < expression.len; i++) {
		char byte = expression.ptr[i];

		if (quote) {
			i += byte == '\\';
			quote = byte == quote ? 0 : quote;
		} else if (byte == '"' || byte == '\'') {
			quote = byte;
		} else if (strchr("([{", byte)) {
			depth++;
		} else if (strchr(")]}", byte)) {
			if (--depth < 0)
				refuse(c, c->line, "the brackets do not match");
		} else if (byte == ';') {
			found++;
		}
	}
	if (depth || quote)
		refuse(c, c->line, "the brackets or quotes do not match");
	return found;
}

static void need_expression(const struct compiler *c, struct str expression)
{
	if (expression.len == 0)
		refuse(c, c->line, "an expression is missing");
	if (count_semicolons(c, expression) != 0)
		refuse(c, c->line, "one expression, without a semicolon");
}

static struct block *top(struct compiler *c)
{
	if (!c->depth)
		refuse(c, c->line, "this stands inside {{define}} only");
	return &c->blocks[c->depth - 1];
}

static void open_block(struct compiler *c, enum block_kind kind)
{
	if (c->depth == DEPTH_MAX)
		refuse(c, c->line, "nested too deeply");
	c->blocks[c->depth++] = (struct block){.kind = kind, .line = c->line, .start = c->place};
}

static void do_define(struct compiler *c, struct str rest)
{
	ptrdiff_t bracket = str_find(rest, '(');
	struct str name, params;

	if (c->depth)
		refuse(c, c->line, "{{define}} stands on its own, not inside another");
	if (bracket < 1 || !str_ends(rest, STR(")")))
		refuse(c, c->line, "write {{define name(parameters)}}");
	name = str_trim(str_head(rest, (size_t)bracket));
	params = str_trim(str_from(str_head(rest, rest.len - 1), (size_t)bracket + 1));
	c->place = (struct place){.left = LEFT_START};
	open_block(c, BLOCK_DEFINE);
	buf_printf(&c->header, "void view_%.*s(struct out *o%s%.*s);\n", STR_ARG(name),
		   params.len ? ", " : "", STR_ARG(params));
	buf_printf(&c->code, "#line %d \"%s\"\nvoid view_%.*s(struct out *o%s%.*s)\n{\n", c->line,
		   c->file, STR_ARG(name), params.len ? ", " : "", STR_ARG(params));
}

static void join(struct compiler *c, struct block *b, const struct place *end)
{
	if (!b->has_end)
		b->end = *end;
	else if (!html_merge(&b->end, end))
		refuse(c, b->line, "the branches of {{if}} end in different places");
	b->has_end = true;
}

static void end_define(struct compiler *c, const struct block *b)
{
	if (c->place.kind != PLACE_CONTENT || c->place.pre)
		refuse(c, b->line, "{{define}} ends inside a tag");
	literal_flush(c);
	buf_c_add(&c->code, "}\n\n");
}

static void do_end(struct compiler *c)
{
	struct block *b = top(c);

	html_control(&c->place, &c->literal, LEFT_CONTROL);
	c->depth--;
	if (b->kind == BLOCK_DEFINE) {
		end_define(c, b);
		return;
	}
	literal_flush(c);
	buf_c_add(&c->code, "\t}\n");
	if (b->kind == BLOCK_FOR) {
		struct place start = b->start;

		if (!html_merge(&start, &c->place))
			refuse(c, b->line, "{{for}} begins and ends in different places");
		c->place = start;
		return;
	}
	join(c, b, &c->place);
	if (!b->has_else)
		join(c, b, &b->start);
	c->place = b->end;
}

static void do_if(struct compiler *c, struct str condition)
{
	(void)top(c);
	need_expression(c, condition);
	html_control(&c->place, &c->literal, LEFT_CONTROL);
	open_block(c, BLOCK_IF);
	place_line(c, c->line);
	buf_printf(&c->code, "\tif (%.*s) {\n", STR_ARG(condition));
}

static void do_else(struct compiler *c, struct str condition, bool last)
{
	struct block *b = top(c);

	if (b->kind != BLOCK_IF || b->has_else)
		refuse(c, c->line, "{{else}} and {{elif}} stand inside {{if}}, {{else}} last");
	html_control(&c->place, &c->literal, LEFT_CONTROL);
	join(c, b, &c->place);
	c->place = b->start;
	b->has_else = last;
	place_line(c, c->line);
	if (last) {
		buf_c_add(&c->code, "\t} else {\n");
		return;
	}
	need_expression(c, condition);
	buf_printf(&c->code, "\t} else if (%.*s) {\n", STR_ARG(condition));
}

static void do_for(struct compiler *c, struct str clauses)
{
	(void)top(c);
	if (count_semicolons(c, clauses) != 2)
		refuse(c, c->line, "write {{for start; condition; step}}");
	html_control(&c->place, &c->literal, LEFT_CONTROL);
	open_block(c, BLOCK_FOR);
	place_line(c, c->line);
	buf_printf(&c->code, "\tfor (%.*s) {\n", STR_ARG(clauses));
}

static void do_let(struct compiler *c, struct str declaration)
{
	(void)top(c);
	need_expression(c, declaration);
	place_line(c, c->line);
	buf_printf(&c->code, "\t%.*s;\n", STR_ARG(declaration));
}

static void do_render(struct compiler *c, struct str call)
{
	ptrdiff_t bracket = str_find(call, '(');
	struct str arguments;

	(void)top(c);
	need_expression(c, call);
	if (bracket < 1 || !str_ends(call, STR(")")))
		refuse(c, c->line, "write {{render name(arguments)}}");
	html_control(&c->place, &c->literal, LEFT_CONTROL);
	if (c->place.kind != PLACE_CONTENT)
		refuse(c, c->line, "{{render}} stands between tags only");
	arguments = str_trim(str_from(str_head(call, call.len - 1), (size_t)bracket + 1));
	place_line(c, c->line);
	buf_printf(&c->code, "\tview_%.*s(o%s%.*s);\n", (int)bracket, call.ptr,
		   arguments.len ? ", " : "", STR_ARG(arguments));
}

static void do_csrf(struct compiler *c)
{
	(void)top(c);
	html_control(&c->place, &c->literal, LEFT_CONTROL);
	if (c->place.kind != PLACE_CONTENT)
		refuse(c, c->line, "{{csrf}} stands between tags only");
	literal_flush(c);
	buf_c_add(&c->code, "\tout_csrf(o);\n");
}

static void do_value(struct compiler *c, struct str expression)
{
	const char *why = NULL, *macro;

	(void)top(c);
	need_expression(c, expression);
	macro = html_value(&c->place, &why);
	if (!macro)
		refuse(c, c->line, why);
	html_control(&c->place, &c->literal, LEFT_TEXT);
	place_line(c, c->line);
	buf_printf(&c->code, "\t%s(o, %.*s);\n", macro, STR_ARG(expression));
}

static void do_include(struct compiler *c, struct str path)
{
	if (c->depth)
		refuse(c, c->line, "{{include}} stands on top of the file");
	buf_printf(&c->includes, "#include %.*s\n", STR_ARG(path));
}

/* The first word of a directive, when it is one of ours and ends there. */
static bool word(struct str *rest, const char *name)
{
	size_t len = strlen(name);

	if (!str_starts(*rest, str_c(name)) || (rest->len > len && rest->ptr[len] != ' ' &&
						rest->ptr[len] != '\n' && rest->ptr[len] != '\t'))
		return false;
	*rest = str_trim(str_from(*rest, len));
	return true;
}

static void directive(struct compiler *c, struct str rest)
{
	if (str_starts(rest, STR("#")))
		return;
	if (word(&rest, "include"))
		do_include(c, rest);
	else if (word(&rest, "define"))
		do_define(c, rest);
	else if (word(&rest, "end"))
		do_end(c);
	else if (word(&rest, "if"))
		do_if(c, rest);
	else if (word(&rest, "elif"))
		do_else(c, rest, false);
	else if (word(&rest, "else"))
		do_else(c, rest, true);
	else if (word(&rest, "for"))
		do_for(c, rest);
	else if (word(&rest, "let"))
		do_let(c, rest);
	else if (word(&rest, "render"))
		do_render(c, rest);
	else if (word(&rest, "csrf"))
		do_csrf(c);
	else
		do_value(c, rest);
}

static void feed(struct compiler *c, struct str text)
{
	const char *why;

	if (!c->depth) {
		if (str_trim(text).len)
			refuse(c, c->line, "text outside {{define}}");
		for (size_t i = 0; i < text.len; i++)
			c->line += text.ptr[i] == '\n';
		return;
	}
	why = html_feed(&c->place, text, &c->literal, &c->line);
	if (why)
		refuse(c, c->line, why);
}

static void compile(struct compiler *c)
{
	while (c->at < c->text.len) {
		struct str rest = str_from(c->text, c->at);
		ptrdiff_t open = str_search(rest, STR("{{"));
		size_t end;
		struct str inside;

		if (open < 0) {
			feed(c, rest);
			break;
		}
		feed(c, str_head(rest, (size_t)open));
		c->at += (size_t)open + 2;
		end = directive_end(c, c->at);
		inside = str_head(str_from(c->text, c->at), end - c->at);
		directive(c, str_trim(inside));
		for (size_t i = 0; i < inside.len; i++)
			c->line += inside.ptr[i] == '\n';
		c->at = end + 2;
	}
	if (c->depth)
		refuse(c, c->blocks[c->depth - 1].line, "this block is not closed by {{end}}");
}

static struct str read_file(struct arena *mem, const char *path)
{
	AUTO(buf) struct buf content = {0};
	char piece[65536];
	size_t got;
	FILE *file = fopen(path, "rb");

	if (!file) {
		perror(path);
		exit(1);
	}
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_add(&content, piece, got);
	(void)fclose(file);
	return buf_keep(&content, mem);
}

static void write_file(const char *base, const char *suffix, const struct buf *a,
		       const struct buf *b)
{
	AUTO(buf) struct buf path = {0};
	FILE *file;

	buf_printf(&path, "%s%s", base, suffix);
	file = fopen(buf_c(&path), "wb");
	if (!file || fputs(buf_c(a), file) < 0 || fputs(buf_c(b), file) < 0 || fclose(file) != 0) {
		perror(buf_c(&path));
		exit(1);
	}
}

int main(int argc, char **argv)
{
	AUTO(arena) struct arena mem = {0};
	struct compiler c = {.line = 1};
	AUTO(buf) struct buf head = {0};
	const char *name;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: tmplc VIEW.html OUTPUT (without .c and .h)\n");
		return 2;
	}
	c.file = argv[1];
	c.text = read_file(&mem, argv[1]);
	compile(&c);
	name = strrchr(argv[2], '/') ? strrchr(argv[2], '/') + 1 : argv[2];
	buf_printf(&head, "/* Made from %s by tmplc: do not edit. */\n#pragma once\n", c.file);
	buf_printf(&head, "#include \"server/out.h\"\n%s\n", buf_c(&c.includes));
	write_file(argv[2], ".h", &head, &c.header);
	buf_reset(&head);
	buf_printf(&head, "/* Made from %s by tmplc: do not edit. */\n#define DEVON_VIEW\n",
		   c.file);
	buf_printf(&head, "#include \"views/%s.h\"\n\n", name);
	write_file(argv[2], ".c", &head, &c.code);
	buf_release(&c.literal);
	buf_release(&c.code);
	buf_release(&c.header);
	buf_release(&c.includes);
	return 0;
}
