/* Snippets of any text for any terms: whole letters, marks in order and inside. */
#include "indexer/snippet.h"
#include "schema/base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WIDTH = 120 };

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_marks(const struct snippet *s)
{
	size_t end = 0;

	for (size_t i = 0; i < s->n_marks; i++) {
		must(s->marks[i].len > 0 && s->marks[i].start >= end);
		end = s->marks[i].start + s->marks[i].len;
		must(end <= s->passage.len);
	}
}

/* The first line holds the terms, one space between them; the text follows. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct analyser *analyser;
	AUTO(arena) struct arena mem = {0};
	struct str text = str_of((const char *)data, size), line = str_cut(&text, '\n');
	struct str terms[64];
	struct mark_set *set;
	struct snippet s;
	size_t count = 0;

	if (!analyser)
		must(analyser_open(&analyser) == ST_OK);
	while (line.ptr && count < COUNT(terms))
		terms[count++] = str_cut(&line, ' ');
	set = mark_set_new(&mem, terms, count);
	snippet_make(&s, &mem, analyser, set, text, WIDTH);
	must(s.passage.len <= WIDTH);
	must(s.passage.len == 0 ||
	     (s.passage.ptr >= text.ptr && s.passage.ptr + s.passage.len <= text.ptr + text.len));
	must(!utf8_valid(text) || utf8_valid(s.passage));
	check_marks(&s);
	snippet_mark_all(&s, &mem, analyser, set, text);
	check_marks(&s);
	return 0;
}
