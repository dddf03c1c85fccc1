/* The table of settings, and the reader of the file that sets them. */
#include "schema/base/config.h"

#include <errno.h>
#include <stdio.h>

#include "schema/base/buf.h"

struct setting {
	const char *name;
	size_t offset;
	const char *text; /* the default of a text; NULL: the setting is a number */
	int64_t normal;   /* the default of a number */
	int64_t least, most;
};

#define TEXT(name, normal)                                                                         \
	{                                                                                          \
#name, offsetof(struct config, name), normal, 0, 0, 0                              \
	}
#define NUMBER(name, normal, least, most)                                                          \
	{                                                                                          \
#name, offsetof(struct config, name), NULL, normal, least, most                    \
	}

static const struct setting settings[] = {
	TEXT(data, "./var"),
	TEXT(listen, "127.0.0.1:8080"),
	TEXT(public_url, ""),
	TEXT(proxies, ""),
	TEXT(site_name, "Devon"),
	TEXT(language, "uz-Latn"),
	TEXT(notice, ""),
	NUMBER(workers, 16, 1, 256),
	NUMBER(queue, 256, 1, 65536),
	NUMBER(connections, 1000, 16, 60000),
	NUMBER(connections_each, 64, 1, 60000),
	NUMBER(header_seconds, 10, 1, 120),
	NUMBER(form_seconds, 120, 5, 3600),
	NUMBER(upload_seconds, 900, 10, 86400),
	NUMBER(answer_seconds, 900, 10, 86400),
	NUMBER(convert_children, 1, 1, 16),
	NUMBER(search_children, 2, 1, 64),
	NUMBER(convert_ms, 2000, 100, 60000),
	NUMBER(search_ms, 2000, 100, 60000),
	NUMBER(rate_search, 60, 1, 1000000),      /* a minute and session */
	NUMBER(rate_suggest, 300, 1, 1000000),    /* a minute and session */
	NUMBER(rate_save, 30, 1, 1000000),        /* a minute and session */
	NUMBER(rate_upload, 20, 1, 1000000),      /* a minute and session */
	NUMBER(rate_upload_day, 200, 1, 1000000), /* a day and account */
	NUMBER(rate_export, 3, 1, 1000000),       /* an hour and session */
	NUMBER(rate_read, 600, 1, 1000000),       /* a minute and account */
	NUMBER(rate_token, 1200, 1, 1000000),     /* a minute and API token */
	NUMBER(rate_sign_in, 60, 1, 1000000),     /* a minute and address */
	NUMBER(alert_reads, 1000, 2, 10000),      /* different articles a day and account */
	NUMBER(search_days, 90, 14, 3650),        /* that the log of searches is kept */
	NUMBER(file_mib, 25, 1, 25),
	NUMBER(files_gib, 10, 1, 1000000),
	NUMBER(extract_ms, 30000, 1000, 600000),
	NUMBER(free_mib, 500, 0, 1000000000),
};

static void *place(struct config *config, const struct setting *s)
{
	return (char *)config + s->offset;
}

static enum status set(struct config *config, struct arena *mem, const struct setting *s,
		       struct str value)
{
	int64_t number;

	if (s->text) {
		*(struct str *)place(config, s) = arena_str(mem, value);
		return ST_OK;
	}
	if (!str_to_i64(value, &number) || number < s->least || number > s->most)
		return fail(ST_INVALID, "%s: a number from %lld to %lld is expected", s->name,
			    (long long)s->least, (long long)s->most);
	*(int64_t *)place(config, s) = number;
	return ST_OK;
}

enum status config_set(struct config *config, struct arena *mem, struct str name, struct str value)
{
	for (size_t i = 0; i < COUNT(settings); i++) {
		if (str_is(name, settings[i].name))
			return set(config, mem, &settings[i], value);
	}
	return fail(ST_INVALID, "there is no setting \"%.*s\"", STR_ARG(name));
}

static enum status read_line(struct config *config, struct arena *mem, struct str line)
{
	struct str rest = line;
	struct str name = str_trim(str_cut(&rest, '='));

	if (name.len == 0 && !rest.ptr)
		return ST_OK;
	if (!rest.ptr)
		return fail(ST_INVALID, "\"name = value\" is expected");
	return config_set(config, mem, name, str_trim(rest));
}

/* The whole file; settings are few, so a cap of 64 KiB keeps a wrong path from hurting. */
static enum status read_file(struct buf *out, const char *path)
{
	FILE *file = fopen(path, "re");
	char piece[4096];
	size_t got;
	bool bad;

	if (!file)
		return fail(ST_FAILED, "open %s: %s", path, strerror(errno));
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_add(out, piece, got);
	bad = ferror(file) != 0;
	(void)fclose(file);
	return bad || out->over ? fail(ST_FAILED, "read %s: not a settings file", path) : ST_OK;
}

static enum status read_settings(struct config *config, struct arena *mem, const char *path)
{
	AUTO(buf) struct buf content = {.cap = 65536};
	struct str rest;

	TRY(read_file(&content, path));
	rest = buf_str(&content);
	for (int number = 1; rest.ptr; number++) {
		struct str line = str_cut(&rest, '\n');

		line = str_trim(str_cut(&line, '#'));
		if (read_line(config, mem, line) != ST_OK) {
			struct str why = arena_str(mem, str_c(fail_message()));

			return fail(ST_INVALID, "%s, line %d: %.*s", path, number, STR_ARG(why));
		}
	}
	return ST_OK;
}

enum status config_load(struct config *out, struct arena *mem, const char *path)
{
	for (size_t i = 0; i < COUNT(settings); i++) {
		if (settings[i].text)
			*(struct str *)place(out, &settings[i]) = str_c(settings[i].text);
		else
			*(int64_t *)place(out, &settings[i]) = settings[i].normal;
	}
	return path ? read_settings(out, mem, path) : ST_OK;
}

bool config_show(const struct config *config, struct arena *mem, size_t index, const char **name,
		 struct str *value)
{
	const struct setting *s = &settings[index < COUNT(settings) ? index : 0];
	const char *at = (const char *)config + s->offset;

	if (index >= COUNT(settings))
		return false;
	*name = s->name;
	*value = s->text ? *(const struct str *)(const void *)at
			 : arena_printf(mem, "%lld", (long long)*(const int64_t *)(const void *)at);
	return true;
}
