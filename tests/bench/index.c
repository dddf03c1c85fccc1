/*
 * How fast the write child's work goes: index FILES FOLDER COUNT SHARDS
 * Every regular file below FILES is an article; they are repeated under other ids up to COUNT and
 * dealt over SHARDS audiences. Prints articles, bytes of text, CPU seconds without reading files.
 */
#include "schema/base/clock.h"
#include "tests/support/index_kit.h"

#include <ftw.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { FILE_MAX = 256 * 1024, OPEN_FOLDERS = 16, YEAR = 365 * 24 * 3600 };

static struct texts {
	struct str *items;
	size_t count, room;
} texts;

static int see_file(const char *path, const struct stat *info, int type, struct FTW *where)
{
	size_t size = (size_t)info->st_size;
	FILE *file;
	char *text;

	(void)where;
	if (type != FTW_F || size == 0 || size > FILE_MAX || !str_ends(str_c(path), STR(".md")))
		return 0;
	file = fopen(path, "rb");
	if (!file)
		return 0;
	text = xmalloc(size);
	size = fread(text, 1, size, file);
	(void)fclose(file);
	texts.items = xgrow(texts.items, texts.count, &texts.room, sizeof(*texts.items));
	texts.items[texts.count++] = str_of(text, size);
	return 0;
}

/* The title of the front matter or the first heading. */
static struct str title_of(struct str text)
{
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');

		if (str_starts(line, STR("title:")))
			return str_trim(str_from(line, 6));
		if (str_starts(line, STR("# ")))
			return str_trim(str_from(line, 2));
	}
	return STR("untitled");
}

static enum status fill(struct writer *w, size_t count, int64_t shards, size_t *bytes)
{
	AUTO(arena) struct arena mem = {0};
	struct shard_version *versions;
	size_t n;

	for (size_t i = 0; i < count; i++) {
		struct str text = texts.items[i % texts.count];
		char id[32];
		struct index_doc doc;

		(void)snprintf(id, sizeof(id), "a%zu", i);
		doc = kit_doc((int64_t)i % shards + 1, id, "", "");
		doc.title = title_of(text);
		doc.body = text;
		doc.lang = STR("en");
		doc.modified = clock_now() - (int64_t)(i % 5) * YEAR;
		doc.fresh_until = doc.modified + YEAR;
		doc.verified_until = i % 3 ? 0 : doc.fresh_until;
		doc.linkers = (int64_t)i % 12;
		TRY(writer_put(w, &doc));
		*bytes += text.len;
	}
	return writer_commit(w, &mem, 1, &versions, &n);
}

static long peak_kib(void)
{
	struct rusage use;

	(void)getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

int main(int argc, char **argv)
{
	int64_t count, shards, start;
	struct writer *w;
	size_t bytes = 0;
	double seconds;

	if (argc != 5 || !str_to_i64(str_c(argv[3]), &count) ||
	    !str_to_i64(str_c(argv[4]), &shards)) {
		(void)fputs("usage: index FILES FOLDER COUNT SHARDS\n", stderr);
		return 2;
	}
	(void)nftw(argv[1], see_file, OPEN_FOLDERS, FTW_PHYS);
	if (texts.count == 0 || writer_open(&w, argv[2]) != ST_OK)
		return 1;
	start = clock_cpu();
	if (fill(w, (size_t)count, shards, &bytes) != ST_OK) {
		(void)fprintf(stderr, "%s\n", fail_message());
		return 1;
	}
	seconds = (double)(clock_cpu() - start) / 1e6;
	(void)printf(
		"index articles %lld bytes %zu cpu %.2f articles_per_cpu_s %.0f peak_mib %ld\n",
		(long long)count, bytes, seconds, (double)count / seconds, peak_kib() / 1024);
	writer_close(w);
	return 0;
}
