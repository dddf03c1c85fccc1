/* Folders, documents and hits for tests of the index. */
#include "tests/support/index_kit.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

char *folder_make(void)
{
	const char *base = getenv("TMPDIR");
	size_t room = (base ? strlen(base) : 4) + 32;
	char *folder = xmalloc(room);

	(void)snprintf(folder, room, "%s/devon-test-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder))
		abort();
	return folder;
}

static void remove_all(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		AUTO(buf) struct buf below = {0};

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		buf_printf(&below, "%s/%s", path, entry->d_name);
		remove_all(buf_c(&below));
	}
	if (dir)
		(void)closedir(dir);
	(void)remove(path);
}

void folder_remove(char *folder)
{
	remove_all(folder);
	free(folder);
}

struct index_doc kit_doc(int64_t audience, const char *id, const char *title, const char *body)
{
	return (struct index_doc){
		.audience = audience,
		.id = str_c(id),
		.revision = 1,
		.type = STR("article"),
		.key = str_c(id),
		.title = str_c(title),
		.body = str_c(body),
		.space = STR("help"),
		.lang = STR("uz-Latn"),
		.author = STR("dilnoza"),
		.modified = 1700000000, /* 2023-11-14 */
	};
}

const char *kit_ids(struct arena *mem, const struct search_result *result)
{
	AUTO(buf) struct buf out = {0};

	for (size_t i = 0; i < result->n_hits; i++)
		buf_printf(&out, "%s%.*s", i ? " " : "", STR_ARG(result->hits[i].id));
	return arena_c(mem, buf_str(&out));
}
