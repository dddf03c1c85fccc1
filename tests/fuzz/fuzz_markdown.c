/*
 * Markdown of any bytes: it is refused with words, or comes out as a tree that follows tree.h, of
 * the allowed size, with headings and links that point into the text.
 */
#include "indexer/markdown.h"
#include "schema/base/utf8.h"
#include "tests/support/tree_dump.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf dump = {0};
	struct str text = str_of((const char *)data, size);
	struct markdown_result made;
	enum status outcome = markdown_convert(&made, &mem, text);

	if (outcome != ST_OK) {
		must(outcome == ST_INVALID && fail_message()[0] != '\0');
		return 0;
	}
	must(made.tree.len <= 20 * size + 64 * 1024);
	must(tree_dump(&dump, made.tree));
	must(utf8_valid(made.plain));
	for (size_t i = 0; i < made.n_headings; i++) {
		must(made.headings[i].anchor.len > 0 && made.headings[i].offset <= size);
		must(made.headings[i].level >= 1 && made.headings[i].level <= 6);
	}
	for (size_t i = 0; i < made.n_links; i++)
		must(made.links[i].target.len > 0);
	return 0;
}
