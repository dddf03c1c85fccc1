/* Whole files, and the folder of real text. */
#include "tests/support/file_kit.h"

#include "schema/base/buf.h"
#include "tests/support/check.h"

#include <dirent.h>

struct str file_kit_read(struct arena *mem, const char *path)
{
	AUTO(buf) struct buf out = {0};
	FILE *file = fopen(path, "rb");
	char chunk[65536];
	size_t got;

	if (!file)
		return STR_NONE;
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&out, chunk, got);
	(void)fclose(file);
	return buf_keep(&out, mem);
}

const char *file_kit_path(struct arena *mem, const char *name)
{
	const char *folder = getenv("DEVON_TEST_DATA");

	return arena_printf(mem, "%s/%s", folder ? folder : "../shared/data", name).ptr;
}

struct str file_kit_data(struct arena *mem, const char *name)
{
	struct str text = file_kit_read(mem, file_kit_path(mem, name));

	if (!text.ptr)
		print_message("skipped: no %s in DEVON_TEST_DATA\n", name);
	return text;
}

void file_kit_write(const char *path, struct str text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

size_t file_kit_list(struct arena *mem, const char *folder, struct str ending, struct str **out)
{
	enum { NAMES_MAX = 4096 };
	struct str *names = arena_array(mem, NAMES_MAX, sizeof(*names));
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (dir && (entry = readdir(dir)) && count < NAMES_MAX)
		if (str_ends(str_c(entry->d_name), ending))
			names[count++] = arena_str(mem, str_c(entry->d_name));
	if (dir)
		(void)closedir(dir);
	qsort(names, count, sizeof(*names), by_name);
	*out = names;
	return count;
}
