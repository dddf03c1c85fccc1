/* Any bytes as a file of each type, and as a picture to be cleaned: what is clean stays as it is. */
#include <assert.h>
#include <stdlib.h>

#include "server/file_type.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"a.png", "a.jpg", "a.odt", "a.docx", "a.txt", "a.webp"};
	AUTO(buf) struct buf once = {0}, twice = {0};
	const struct file_type *type;
	struct str bytes;
	bool changed;

	if (size < 1)
		return 0;
	bytes = str_of((const char *)data + 1, size - 1);
	if (file_type_judge(&type, str_c(names[data[0] % COUNT(names)]), bytes) != ST_OK ||
	    file_clean(&once, &changed, type, bytes) != ST_OK || !changed)
		return 0;
	assert(once.len <= bytes.len + 36); /* the one thing that is written anew */
	assert(file_clean(&twice, &changed, type, buf_str(&once)) == ST_OK);
	assert(str_eq(buf_str(&once), buf_str(&twice)));
	return 0;
}
