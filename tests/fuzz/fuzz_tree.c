/* Reading damaged trees: no byte outside is touched, and what was read is what would be written. */
#include "indexer/tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree_reader r = {.bytes = str_of((const char *)data, size)};
	struct tree_reader before = r;
	AUTO(buf) struct buf copy = {0};
	enum tree_node node;
	uint32_t number;
	struct str text;

	for (size_t turn = 0; r.at < size; turn++, before = r) {
		bool good = false;

		buf_reset(&copy);
		if (turn % 3 == 0 && (good = tree_read_node(&r, &node)))
			tree_node(&copy, node);
		if (turn % 3 == 1 && (good = tree_read_number(&r, &number)))
			tree_number(&copy, number);
		if (turn % 3 == 2 && (good = tree_read_text(&r, &text)))
			tree_text(&copy, text);
		must(r.at <= size);
		if (!good) {
			must(r.at == before.at);
			r.at++;
			continue;
		}
		/* A number may be written longer than it need be; then the copy is shorter. */
		must(copy.len <= r.at - before.at);
	}
	return 0;
}
