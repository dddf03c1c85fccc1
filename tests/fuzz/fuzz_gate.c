/* Any bytes as the head of a request, and what is behind it as chunks. */
#include <assert.h>
#include <stdlib.h>

#include "schema/base/utf8.h"
#include "server/gate_answer.h"
#include "server/gate_chunks.h"
#include "server/percent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the rest of the program relies on when a head was accepted. */
static void promises(const struct http_head *head)
{
	AUTO(arena) struct arena mem = {0};
	struct str path;

	assert(head->path.len && head->path.ptr[0] == '/');
	assert(percent_decode(&path, &mem, head->path, false));
	assert(str_search(path, STR("//")) < 0 && str_find(path, '\\') < 0);
	assert(!str_ends(path, STR("/..")) && str_search(path, STR("/../")) < 0);
	assert(head->n_fields >= 1 && head->n_fields <= HEAD_FIELDS_MAX);
	assert(head->length >= -1 && head->length <= BODY_UPLOAD_MAX);
	assert(head->length == 0 || head->type != BODY_NONE);
	for (size_t i = 0; i < head->n_fields; i++) {
		assert(head->fields[i].name.len);
		assert(str_find(head->fields[i].value, '\n') < 0);
		assert(str_find(head->fields[i].value, '\r') < 0);
		assert(str_find(head->fields[i].value, '\0') < 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct http_head head;
	struct str text = str_of((const char *)data, size);
	size_t end = gate_head_end(text, 0);
	struct gate_chunks *chunks;

	for (size_t cut = 1; cut < size && cut < 200; cut++) {
		size_t early = gate_head_end(str_head(text, cut), 0);

		assert(early == 0 || early == end);
		assert(gate_head_end(text, early ? 0 : cut) == end);
	}
	(void)gate_asked_of(text, LANG_EN);
	if (end == 0 || gate_parse(&head, str_head(text, end)) != 0)
		return 0;
	promises(&head);
	if (head.length >= 0)
		return 0;
	chunks = gate_chunks_new(&head, str_head(text, end));
	(void)!gate_chunks_feed(chunks, str_from(text, end));
	assert(gate_chunks_body(chunks).len <= size);
	gate_chunks_free(chunks);
	return 0;
}
