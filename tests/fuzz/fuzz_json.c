/* Any bytes as JSON: what is accepted can be written and read again as the same. */
#include <assert.h>

#include "schema/base/utf8.h"
#include "server/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_of((const char *)data, size);
	struct json_doc doc = {0}, again = {0};
	struct buf once = {0}, twice = {0}, quoted = {0};
	struct str back;

	if (json_parse(&doc, text) == ST_OK) {
		json_write(&once, doc.root);
		assert(json_parse(&again, buf_str(&once)) == ST_OK);
		json_write(&twice, again.root);
		assert(str_eq(buf_str(&once), buf_str(&twice)));
	}
	json_doc_release(&doc);
	json_doc_release(&again);
	/* Any text written as JSON is read back, apart from what was not UTF-8, and NUL. */
	json_quote(&quoted, text);
	if (utf8_valid(text) && str_find(text, '\0') < 0 && size < 100000) {
		assert(json_parse(&doc, buf_str(&quoted)) == ST_OK);
		assert(json_to_str(doc.root, &back) && str_eq(back, text));
		json_doc_release(&doc);
	}
	buf_release(&once);
	buf_release(&twice);
	buf_release(&quoted);
	return 0;
}
