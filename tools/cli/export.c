/* devon export: what import reads back. */
#include "schema/base/clock.h"
#include "schema/journal.h"
#include "schema/revision.h"
#include "schema/space.h"
#include "server/fields.h"
#include "server/frontmatter.h"
#include "server/json.h"
#include "tools/cli/names.h"

enum { PAGE = 200, REVISIONS = 100, LINES_MAX = 16 * 1024 * 1024 };

struct export
{
	struct app *app;
	struct db *db;
	struct command_io *io;
	struct reader who;
	bool as_lines, with_history;
	int argument;     /* the folder, in argv */
	struct buf lines; /* of the space, for jsonl */
	int files;        /* of the space, so far */
	int64_t done;
};

static struct str date_of(struct arena *mem, int64_t seconds)
{
	return str_head(clock_rfc3339(mem, seconds), 10);
}

static void put_text(struct buf *out, const char *key, struct str value)
{
	if (value.len)
		frontmatter_write(out, str_c(key), value);
}

static enum status parent_key(struct str *out, struct export *ex, struct arena *mem,
			      const struct article *article)
{
	struct article parent;

	*out = STR("");
	if (!article->parent_id)
		return ST_OK;
	TRY(article_get_by_id(&parent, ex->db, mem, &ex->who, article->parent_id));
	*out = parent.key;
	return ST_OK;
}

/* Front matter of the article as it is today. */
static enum status put_head(struct buf *out, struct export *ex, struct arena *mem,
			    const struct article *a)
{
	struct str names[ARTICLE_TAGS_MAX], parent;
	struct article_tag *tags;
	struct article_field *fields;
	size_t n_tags, n_fields;

	TRY(parent_key(&parent, ex, mem, a));
	TRY(article_tags(&tags, &n_tags, ex->db, mem, a));
	TRY(article_fields(&fields, &n_fields, ex->db, mem, a));
	buf_c_add(out, "---\n");
	put_text(out, "title", a->title);
	put_text(out, "lang", a->lang);
	for (size_t i = 0; i < n_tags; i++)
		names[i] = tags[i].name;
	if (n_tags)
		frontmatter_write_list(out, STR("tags"), names, n_tags);
	if (a->status != ARTICLE_PUBLISHED)
		put_text(out, "status", str_c(article_status_name(a->status)));
	put_text(out, "path", a->key);
	put_text(out, "parent", parent);
	put_text(out, "translation", a->translation);
	put_text(out, "owner", a->owner_office);
	if (a->review_at)
		put_text(out, "review", date_of(mem, a->review_at));
	for (size_t i = 0; i < n_fields; i++)
		frontmatter_write(out, fields[i].name, fields[i].value);
	buf_c_add(out, "---\n\n");
	return ST_OK;
}

/* The path of an article's file: its key, with the ending that import looks for. */
static struct str file_name(struct arena *mem, const struct article *a)
{
	const char *ending = str_ends(a->key, STR(".md")) ? "" : ".md";

	return arena_printf(mem, "%.*s/%.*s%s", STR_ARG(a->space_key), STR_ARG(a->key), ending);
}

/* Former revisions go where import does not look: a folder whose name begins with a dot. */
static enum status put_history(struct export *ex, struct arena *mem, const struct article *a)
{
	struct revision *list;
	int64_t before = 0;
	size_t count;

	do {
		TRY(revision_list(&list, &count, ex->db, mem, &ex->who, a, before, REVISIONS));
		for (size_t i = 0; i < count; i++) {
			AUTO(buf) struct buf out = {0};
			struct revision r;
			struct revision_text text;

			TRY(revision_get(&r, &text, ex->db, mem, &ex->who, a, list[i].number));
			buf_c_add(&out, "---\n");
			put_text(&out, "title", r.title);
			put_text(&out, "author", r.author_login);
			put_text(&out, "at", clock_rfc3339(mem, r.at));
			put_text(&out, "comment", r.comment);
			buf_c_add(&out, "---\n\n");
			buf_str_add(&out, text.body);
			TRY(ex->io->put_file(ex->io, ex->argument,
					     arena_printf(mem, "%.*s/.history/%.*s/%06lld.md",
							  STR_ARG(a->space_key), STR_ARG(a->key),
							  (long long)r.number),
					     buf_str(&out)));
			before = r.number;
		}
	} while (count == REVISIONS);
	return ST_OK;
}

static enum status put_markdown(struct export *ex, struct arena *mem, const struct article *a)
{
	AUTO(buf) struct buf out = {0};
	struct revision_text text;

	TRY(put_head(&out, ex, mem, a));
	TRY(revision_current(&text, ex->db, mem, a));
	buf_str_add(&out, text.body);
	return ex->io->put_file(ex->io, ex->argument, file_name(mem, a), buf_str(&out));
}

/* What only some articles have. */
static enum status put_rest(struct json_out *j, struct export *ex, struct arena *mem,
			    const struct article *a)
{
	struct article_field *fields;
	struct str parent;
	size_t n_fields;

	TRY(parent_key(&parent, ex, mem, a));
	TRY(article_fields(&fields, &n_fields, ex->db, mem, a));
	if (a->status != ARTICLE_PUBLISHED)
		jo_c(j, "status", article_status_name(a->status));
	if (a->translation.len)
		jo_str(j, "translation", a->translation);
	if (parent.len)
		jo_str(j, "parent", parent);
	if (a->owner_office.len)
		jo_str(j, "owner", a->owner_office);
	if (a->review_at)
		jo_str(j, "review", date_of(mem, a->review_at));
	if (n_fields)
		fields_to_json(j, "fields", fields, n_fields);
	return ST_OK;
}

static enum status put_line(struct export *ex, struct arena *mem, const struct article *a)
{
	AUTO(json_out) struct json_out j = {0};
	struct article_tag *tags;
	struct revision_text text;
	size_t n_tags;

	TRY(article_tags(&tags, &n_tags, ex->db, mem, a));
	TRY(revision_current(&text, ex->db, mem, a));
	jo_object(&j, NULL);
	jo_str(&j, "key", a->key);
	jo_str(&j, "title", a->title);
	jo_str(&j, "text", text.body);
	if (a->lang.len)
		jo_str(&j, "lang", a->lang);
	if (n_tags)
		jo_list(&j, "tags");
	for (size_t i = 0; i < n_tags; i++)
		jo_str(&j, NULL, tags[i].name);
	if (n_tags)
		jo_end(&j);
	TRY(put_rest(&j, ex, mem, a));
	jo_end(&j);
	buf_str_add(&ex->lines, buf_str(&j.buf));
	buf_byte(&ex->lines, '\n');
	return ST_OK;
}

/* What has gathered becomes a file of its own: KEY-0001.jsonl and so on. */
static enum status lines_put(struct export *ex, struct arena *mem, struct str key)
{
	struct str name = arena_printf(mem, "%.*s-%04d.jsonl", STR_ARG(key), ++ex->files);
	enum status outcome = ex->io->put_file(ex->io, ex->argument, name, buf_str(&ex->lines));

	buf_reset(&ex->lines);
	return outcome;
}

static enum status put_names(struct export *ex, struct arena *mem, struct str key)
{
	AUTO(buf) struct buf out = {0};

	TRY(cli_names_write(&out, ex->db, mem, &ex->who, key));
	return ex->io->put_file(
		ex->io, ex->argument,
		arena_printf(mem, "%.*s%cspace.names", STR_ARG(key), ex->as_lines ? '-' : '/'),
		buf_str(&out));
}

static enum status export_space(struct export *ex, struct str key, int64_t space_id)
{
	AUTO(arena) struct arena mem = {0};
	struct article_list list;
	int64_t after = 0;

	ex->files = 0;
	TRY(put_names(ex, &mem, key));
	do {
		arena_reset(&mem);
		TRY(article_page(&list, ex->db, &mem, &ex->who, space_id, after, PAGE));
		for (size_t i = 0; i < list.count; i++) {
			const struct article *a = &list.items[i];

			TRY(ex->as_lines ? put_line(ex, &mem, a) : put_markdown(ex, &mem, a));
			if (ex->with_history && !ex->as_lines)
				TRY(put_history(ex, &mem, a));
			after = a->id;
			if (ex->lines.len > LINES_MAX)
				TRY(lines_put(ex, &mem, key));
			TRY(ex->io->progress(ex->io, ++ex->done, 0));
		}
	} while (list.more);
	return ex->as_lines ? lines_put(ex, &mem, key) : ST_OK;
}

/* No row, no copy. */
static enum status note_export(const struct export *ex, struct arena *mem, struct str wanted)
{
	static const char *const names[] = {"history", "space"};
	const struct str values[] = {ex->with_history ? STR("yes") : STR("no"),
				     wanted.len ? wanted : STR("")};
	const struct journal_entry entry = {.action = STR("record.export"),
					    .object_type = STR("record")};

	return journal_event(ex->app->writer, mem, &ex->who, &entry, names, values, COUNT(names));
}

static enum status export_all(struct export *ex, struct arena *mem, struct str wanted)
{
	struct space *spaces;
	size_t count;
	bool found = false;

	TRY(cli_operator(&ex->who, ex->app, ex->db, mem));
	TRY(note_export(ex, mem, wanted));
	TRY(space_list_all(&spaces, &count, ex->db, mem, &ex->who, STR("")));
	for (size_t i = 0; i < count; i++) {
		if (wanted.len && !str_eq(wanted, spaces[i].key))
			continue;
		found = true;
		TRY(export_space(ex, spaces[i].key, spaces[i].id));
	}
	if (wanted.len && !found)
		return fail(ST_NOT_FOUND, "there is no space %.*s", STR_ARG(wanted));
	return command_error(ex->io, "%lld articles\n", (long long)ex->done);
}

static enum status export_run(struct app *app, struct arena *mem, struct command_io *io, int argc,
			      char **argv)
{
	struct export ex = {.app = app, .io = io};
	struct str space = STR_NONE, format = STR("markdown");
	const struct cli_option table[] = {{"--space", CLI_TEXT, &space},
					   {"--format", CLI_TEXT, &format},
					   {"--history", CLI_FLAG, &ex.with_history}};
	struct cli_words words;
	enum status outcome;

	TRY(cli_read_words(&words, argc, argv, table, COUNT(table), 1, 1));
	ex.as_lines = str_is(format, "jsonl");
	if (!ex.as_lines && !str_is(format, "markdown"))
		return fail_on("usage", ST_INVALID, "the format %.*s is unknown", STR_ARG(format));
	ex.argument = words.index[0];
	TRY(app_reader_begin(&ex.db, app));
	outcome = export_all(&ex, mem, space);
	app_reader_end(app, ex.db);
	buf_release(&ex.lines);
	return outcome;
}

int cmd_export(struct app *app, int argc, char **argv, struct command_io *io)
{
	AUTO(arena) struct arena mem = {0};

	return cli_end(io, "export", export_run(app, &mem, io, argc, argv));
}
