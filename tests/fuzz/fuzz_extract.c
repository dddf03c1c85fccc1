/* Any bytes as a document of each kind that our own code reads: the first byte chooses. */
#include <assert.h>
#include <stdlib.h>

#include "indexer/extract.h"
#include "schema/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum extract_type types[] = {EXTRACT_DOCX, EXTRACT_XLSX, EXTRACT_PPTX,
						  EXTRACT_ODF,  EXTRACT_RTF,  EXTRACT_PLAIN};
	static bool prepared;
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf out = {0};

	if (!prepared && extract_prepare() != ST_OK)
		abort();
	prepared = true;
	if (size == 0)
		return 0;
	if (extract_text(&out, &mem, types[data[0] % COUNT(types)],
			 str_of((const char *)data + 1, size - 1)) != ST_OK)
		return 0;
	assert(out.len <= EXTRACT_TEXT_MAX);
	assert(text_body_fault(buf_str(&out)) == TEXT_FINE);
	return 0;
}
