/*
 * Files to C, so that the programs carry all they need.
 *   embed migrations FILE.sql...        const struct migration migrations[]
 *   embed catalogues FILE.mo...         const struct catalogue catalogues[]
 *   embed passwords FILE                const char password_lines[], sorted, one a line
 *   embed assets FOLDER HASH/NAME...    const struct asset assets[], with .gz and .br beside
 */
#include "schema/base/buf.h"

#include <errno.h>

/* The bytes of a file; false when there is none. Any other trouble ends the program. */
static bool read_file(struct buf *out, const char *path)
{
	char piece[65536];
	size_t got;
	FILE *file = fopen(path, "rb");

	if (!file && errno == ENOENT)
		return false;
	if (!file) {
		perror(path);
		exit(1);
	}
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_add(out, piece, got);
	(void)fclose(file);
	return true;
}

static void need_file(struct buf *out, const char *path)
{
	if (!read_file(out, path)) {
		(void)fprintf(stderr, "%s: no such file\n", path);
		exit(1);
	}
}

/* A C string of any bytes, in lines that compilers and people can bear. */
static void print_literal(struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[i];

		if (i % 80 == 0)
			(void)fputs(i ? "\"\n\t\"" : "\"", stdout);
		if (byte >= 32 && byte < 127 && byte != '"' && byte != '\\' && byte != '?')
			(void)putchar(byte);
		else
			(void)printf("\\%03o", byte);
	}
	(void)fputs(bytes.len ? "\"" : "\"\"", stdout);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void migrations(int count, char **paths)
{
	(void)puts("#include \"schema/migrate.h\"\n\nconst struct migration migrations[] = {");
	for (int i = 0; i < count; i++) {
		AUTO(buf) struct buf text = {0};

		need_file(&text, paths[i]);
		(void)printf("\t{%ld, \"%s\",\n\t", strtol(base_name(paths[i]), NULL, 10),
			     base_name(paths[i]));
		print_literal(buf_str(&text));
		(void)puts("},");
	}
	(void)puts("};\nconst size_t n_migrations = sizeof(migrations) / sizeof(migrations[0]);");
}

static void catalogues(int count, char **paths)
{
	(void)puts("#include \"server/i18n.h\"\n");
	for (int i = 0; i < count; i++) {
		AUTO(buf) struct buf bytes = {0};

		need_file(&bytes, paths[i]);
		(void)printf("static const alignas(4) unsigned char mo_%d[] =\n\t", i);
		print_literal(buf_str(&bytes));
		(void)puts(";");
	}
	(void)puts("\nconst struct catalogue catalogues[] = {");
	for (int i = 0; i < count; i++) {
		const char *name = base_name(paths[i]);

		(void)printf("\t{\"%.*s\", mo_%d, sizeof(mo_%d) - 1},\n", (int)strcspn(name, "."),
			     name, i, i);
	}
	(void)puts("};\nconst size_t n_catalogues = sizeof(catalogues) / sizeof(catalogues[0]);");
}

static void passwords(const char *path)
{
	AUTO(buf) struct buf lines = {0};

	need_file(&lines, path);
	(void)fputs("#include \"schema/password.h\"\n\nconst char password_lines[] =\n\t", stdout);
	print_literal(buf_str(&lines));
	(void)puts(";\nconst size_t password_bytes = sizeof(password_lines) - 1;");
}

static const char *content_type(const char *name)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{".css", "text/css; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".svg", "image/svg+xml"},
		{".txt", "text/plain; charset=utf-8"},
	};

	for (size_t i = 0; i < COUNT(types); i++)
		if (str_ends(str_c(name), str_c(types[i].suffix)))
			return types[i].type;
	(void)fprintf(stderr, "embed: no content type is known for %s\n", name);
	exit(1);
}

/* One body of an asset; `limit` is the length that a compressed one must stay under. */
static size_t print_body(const char *folder, const char *path, const char *suffix, size_t limit)
{
	AUTO(buf) struct buf name = {0}, bytes = {0};

	buf_printf(&name, "%s/%s%s", folder, path, suffix);
	if (!read_file(&bytes, buf_c(&name)) || bytes.len >= limit) {
		(void)puts("\t\t{NULL, 0},");
		return 0;
	}
	(void)fputs("\t\t{", stdout);
	print_literal(buf_str(&bytes));
	(void)printf(", %zu},\n", bytes.len);
	return bytes.len;
}

static void assets(const char *folder, int count, char **paths)
{
	(void)puts("#include \"server/assets.h\"\n\nconst struct asset assets[] = {");
	for (int i = 0; i < count; i++) {
		const char *name = base_name(paths[i]);
		size_t len;

		(void)printf("\t{\"%s\", \"/static/%s\", \"%s\",\n", name, paths[i],
			     content_type(name));
		len = print_body(folder, paths[i], "", SIZE_MAX);
		if (!len) {
			(void)fprintf(stderr, "embed: %s/%s is absent or empty\n", folder,
				      paths[i]);
			exit(1);
		}
		(void)print_body(folder, paths[i], ".gz", len);
		(void)print_body(folder, paths[i], ".br", len);
		(void)puts("\t},");
	}
	(void)puts("};\nconst size_t n_assets = sizeof(assets) / sizeof(assets[0]);");
}

int main(int argc, char **argv)
{
	if (argc >= 3 && strcmp(argv[1], "migrations") == 0)
		migrations(argc - 2, argv + 2);
	else if (argc >= 3 && strcmp(argv[1], "catalogues") == 0)
		catalogues(argc - 2, argv + 2);
	else if (argc == 3 && strcmp(argv[1], "passwords") == 0)
		passwords(argv[2]);
	else if (argc >= 4 && strcmp(argv[1], "assets") == 0)
		assets(argv[2], argc - 3, argv + 3);
	else {
		(void)fprintf(stderr, "usage: embed migrations|catalogues|passwords FILE...\n"
				      "       embed assets FOLDER HASH/NAME...\n");
		return 2;
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
