/* Files of articles: listed, added, sent and removed under the rights of their article. */
#include "schema/file_store.h"
#include "schema/revision.h"
#include "server/extractor.h"
#include "server/file_type.h"
#include "server/pages/act.h"
#include "server/pages/article_load.h"
#include "views/files.h"

enum { MIB = 1024 * 1024, GIB_IN_MIB = 1024 };

/* ---- the list ------------------------------------------------------------------------------------- */

static void json_file(struct json_out *j, const char *name, struct request *rq,
		      const struct file *file)
{
	static const char *const states[] = {"pending", "read", "none", "unreadable"};

	jo_object(j, name);
	jo_str(j, "id", file->public_id);
	jo_str(j, "url", url_file(rq->mem, file->public_id, file->name).url_bytes);
	jo_str(j, "name", file->name);
	jo_str(j, "type", file->type);
	jo_i64(j, "size", file->size);
	jo_str(j, "author", file->uploader_login);
	jo_time(j, "at", file->at);
	jo_c(j, "text", states[file->state]);
	if (file->reason.len)
		jo_str(j, "reason", i18n(rq->lang, arena_c(rq->mem, file->reason)));
	jo_end(j);
}

static void json_article_files_page(struct json_out *j, struct request *rq,
				    const struct files_view *v)
{
	jo_object(j, NULL);
	jo_list(j, "items");
	for (size_t i = 0; i < v->n; i++)
		json_file(j, NULL, rq, &v->files[i]);
	jo_end(j);
	jo_null(j, "next");
	jo_end(j);
}

static enum status show_list(struct request *rq, int http_status)
{
	struct files_view view = {
		.article = rq->article,
		.can_write = article_allows(rq, rq->article, ACT_EDIT),
		.accept = file_type_accept(),
		.most = rq->app->config->file_mib * MIB,
		.faults = &rq->faults,
	};
	struct file *files;

	TRY(file_list(&files, &view.n, rq->db, rq->mem, rq->reader, rq->article));
	view.files = files;
	return REPLY(rq, http_status, article_files_page, &view);
}

enum status page_file_list(struct request *rq)
{
	return show_list(rq, 200);
}

/* ---- adding --------------------------------------------------------------------------------------- */

struct upload_input {
	struct form_pair file;
};

static const struct form_field upload_fields[] = {
	{"file", FORM_FILE, offsetof(struct upload_input, file), 26 * (int64_t)MIB, 0},
};

/* The name and bytes of what was sent: a form's file, or, from programs, the body itself. */
static enum status read_upload(struct str *name, struct str *bytes, struct request *rq)
{
	struct upload_input in = {0};
	size_t at;

	if (rq->exchange->head.type == BODY_RAW) {
		*name = request_query(rq, "name");
		*bytes = rq->exchange->body;
	} else {
		/* JSON twin or page: both send a form here. */
		rq->faults.count = 0;
		TRY(form_read(&in, &rq->faults, rq->mem, &rq->form, upload_fields,
			      COUNT(upload_fields)));
		*name = in.file.file_name;
		*bytes = in.file.value;
	}
	/* Some programs send the path where the file lies on their machine. */
	for (at = name->len; at > 0 && name->ptr[at - 1] != '/' && name->ptr[at - 1] != '\\';)
		at--;
	*name = str_trim(str_from(*name, at));
	if (!name->len)
		return fail_on("file", ST_INVALID, "Choose a file first.");
	if ((int64_t)bytes->len > rq->app->config->file_mib * MIB)
		return fail_on("file", ST_INVALID, "The file is too large.");
	return ST_OK;
}

static enum status keep_upload(struct file *out, struct request *rq)
{
	AUTO(buf) struct buf cleaned = {0};
	struct str folder = app_path(rq->mem, rq->app, APP_FILES), bytes;
	const struct file_type *type;
	struct file_new in = {.quota = rq->app->config->files_gib * GIB_IN_MIB * MIB};
	bool changed;

	TRY(read_upload(&in.name, &bytes, rq));
	TRY(file_type_judge(&type, in.name, bytes));
	TRY(file_clean(&cleaned, &changed, type, bytes));
	if (changed)
		bytes = buf_str(&cleaned);
	in.type = str_c(type->name);
	in.size = (int64_t)bytes.len;
	in.has_text = type->reads_as != FILE_TYPE_NO_TEXT;
	TRY(file_store_put(&in.hash, folder.ptr, bytes));
	TRY(file_add(out, rq->db, rq->mem, rq->reader, rq->article->public_id, &in));
	extractor_wake(rq->app->extractor);
	return ST_OK;
}

static void json_file_added(struct json_out *j, struct request *rq, const struct file *file)
{
	json_file(j, NULL, rq, file);
}

enum status page_file_upload(struct request *rq)
{
	struct file file;
	enum status outcome = keep_upload(&file, rq);
	/* The editor's script names the file in the text; what is refused it reads from the page. */
	bool by_editor = str_is(request_header(rq, "Accept"), "application/json");

	if (rq->json || (by_editor && outcome == ST_OK)) {
		TRY(outcome);
		return REPLY_JSON(rq, 201, file_added, &file);
	}
	if (outcome != ST_INVALID || !rq->faults.count)
		TRY(act_try(rq, outcome, "file"));
	if (rq->faults.count)
		return show_list(rq, 422);
	return act_done(rq, url_article_part(rq->mem, rq->article->public_id, "files"),
			N_("The file was added."));
}

/* ---- sending and removing -------------------------------------------------------------------------- */

enum status page_file_send(struct request *rq)
{
	const struct file_type *type = file_type_named(rq->file->type);
	struct str folder = app_path(rq->mem, rq->app, APP_FILES);
	int64_t size;
	int fd;

	TRY(file_store_open(&fd, &size, folder.ptr, &rq->file->hash));
	return reply_file(rq, fd, size, type ? type->media : "application/octet-stream",
			  rq->file->name, type && type->shown);
}

enum status page_file_remove(struct request *rq)
{
	TRY(file_remove(rq->db, rq->mem, rq->reader, rq->file->public_id));
	return act_done(rq, url_article_part(rq->mem, rq->article->public_id, "files"),
			N_("The file was removed."));
}
