/* Making answers: views and JSON under construction, redirects, bytes and files. */
#include "server/reply.h"

#include <assert.h>

#include "schema/access.h"
#include "schema/notice.h"
#include "schema/session.h"
#include "server/app.h"
#include "server/cookie.h"
#include "server/percent.h"
#include "server/views/page.h"

static struct reply *reply_of(struct request *rq)
{
	return &rq->exchange->reply;
}

/* Drop whatever was begun before: the last answer counts. */
static struct reply *begin(struct request *rq, int http_status, enum reply_kind kind)
{
	struct reply *reply = reply_of(rq);

	if (rq->out)
		out_release(rq->out);
	if (rq->json_out)
		json_out_release(rq->json_out);
	rq->out = NULL;
	rq->json_out = NULL;
	buf_reset(&reply->body);
	reply->fixed = STR_NONE;
	reply->status = http_status;
	reply->kind = kind;
	reply->n_headers = 0;
	return reply;
}

struct out *reply_html(struct request *rq, int http_status)
{
	(void)begin(rq, http_status, REPLY_PAGE);
	reply_header(rq, "Content-Type", STR("text/html; charset=utf-8"));
	rq->out = arena_alloc(rq->mem, sizeof(*rq->out));
	out_init(rq->out, rq->mem, rq->lang, WORDS_TASHKENT);
	return rq->out;
}

struct json_out *reply_json(struct request *rq, int http_status)
{
	(void)begin(rq, http_status, REPLY_DATA);
	reply_header(rq, "Content-Type", STR("application/json; charset=utf-8"));
	rq->json_out = arena_alloc(rq->mem, sizeof(*rq->json_out));
	return rq->json_out;
}

/* The message about what was done on the page before is shown once. */
static struct str take_flash(struct request *rq)
{
	struct str flash = rq->session ? rq->session->flash : STR_NONE;

	if (!flash.len || rq->json || rq->method != HTTP_GET)
		return STR_NONE;
	if (session_set_flash(rq->app->writer, &rq->session->hash, STR_NONE) != ST_OK)
		log_failure("forgetting a message that was shown");
	return i18n(rq->lang, arena_c(rq->mem, flash));
}

/* A page is shown also where this cannot be told. */
static int64_t unseen(struct request *rq)
{
	int64_t count = 0;

	if (rq->db && rq->reader->person_id && notice_unseen(&count, rq->db, rq->reader) != ST_OK)
		log_failure("counting notices");
	return count;
}

const struct page *reply_page(struct request *rq)
{
	struct page *page = rq->page;
	struct str theme;

	if (page)
		return page;
	page = arena_alloc(rq->mem, sizeof(*page));
	*page = (struct page){
		.login = rq->reader->login,
		.name = rq->reader->name,
		.duties = rq->reader->duties,
		.saves_data = rq->reader->saves_data,
		.no_keys = rq->reader->no_keys,
		.path = rq->exchange->head.target,
		.flash = take_flash(rq),
		.unseen = unseen(rq),
		.label = rq->app->config->notice,
		.version = STR(DEVON_VERSION),
		.fragment = request_header(rq, "X-Fragment"),
	};
	theme = rq->reader->theme;
	if (!theme.len &&
	    !cookie_find(&theme, request_header(rq, "Cookie"), COOKIE_THEME, rq->app->origin.tls))
		theme = STR_NONE;
	page->theme = str_is(theme, "light")  ? THEME_LIGHT
		      : str_is(theme, "dark") ? THEME_DARK
					      : THEME_AUTO;
	rq->page = page;
	return page;
}

enum status reply_redirect(struct request *rq, struct url to)
{
	assert(str_starts(to.url_bytes, STR("/")) && !str_starts(to.url_bytes, STR("//")));
	if (rq->json)
		return reply_nothing(rq);
	(void)begin(rq, 303, REPLY_DATA);
	reply_header(rq, "Content-Type", STR("text/plain; charset=utf-8"));
	reply_header(rq, "Location", to.url_bytes);
	return ST_OK;
}

enum status reply_nothing(struct request *rq)
{
	(void)begin(rq, 204, REPLY_DATA);
	return ST_OK;
}

static enum status reply_fixed(struct request *rq, int http_status, enum reply_kind kind,
			       const char *type, struct str bytes)
{
	struct reply *reply = begin(rq, http_status, kind);

	reply_header(rq, "Content-Type", str_c(type));
	buf_str_add(&reply->body, bytes);
	return ST_OK;
}

enum status reply_bytes(struct request *rq, int http_status, const char *type, struct str bytes)
{
	return reply_fixed(rq, http_status, REPLY_BYTES, type, bytes);
}

enum status reply_data(struct request *rq, int http_status, const char *type, struct str bytes)
{
	return reply_fixed(rq, http_status, REPLY_DATA, type, bytes);
}

enum status reply_asset(struct request *rq, const char *type, struct str bytes, const char *coding)
{
	struct reply *reply = begin(rq, 200, REPLY_ASSET);

	reply_header(rq, "Content-Type", str_c(type));
	reply_header(rq, "Cache-Control", STR("public, max-age=31536000, immutable"));
	if (coding)
		reply_header(rq, "Content-Encoding", str_c(coding));
	reply->fixed = bytes;
	return ST_OK;
}

/* RFC 6266: an ASCII name for old clients, and the true one. */
static struct str disposition(struct arena *mem, struct str name, bool show)
{
	AUTO(buf) struct buf text = {0};

	buf_c_add(&text, show ? "inline; filename=\"" : "attachment; filename=\"");
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		buf_byte(&text,
			 c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%' ? c : '_');
	}
	buf_c_add(&text, "\"; filename*=UTF-8''");
	percent_encode(&text, name);
	return buf_keep(&text, mem);
}

enum status reply_file(struct request *rq, int fd, int64_t size, const char *type, struct str name,
		       bool show)
{
	struct reply *reply = begin(rq, 200, REPLY_BYTES);

	reply_header(rq, "Content-Type", str_c(type));
	reply_header(rq, "Content-Disposition", disposition(rq->mem, name, show));
	reply->fd = fd;
	reply->fd_size = size;
	return ST_OK;
}

void reply_header(struct request *rq, const char *name, struct str value)
{
	struct reply *reply = reply_of(rq);

	assert(reply->n_headers < REPLY_HEADERS_MAX);
	for (size_t i = 0; i < value.len; i++)
		assert((unsigned char)value.ptr[i] >= 0x20 && value.ptr[i] != 0x7f);
	reply->headers[reply->n_headers++] = (struct reply_header){name, arena_str(rq->mem, value)};
}

void reply_cookie(struct request *rq, struct str secret)
{
	bool tls = rq->app->origin.tls;

	reply_header(rq, "Set-Cookie", cookie_make(rq->mem, COOKIE_SESSION, secret, tls));
	if (rq->visit.len)
		reply_header(rq, "Set-Cookie", cookie_make(rq->mem, COOKIE_VISIT, STR_NONE, tls));
}

void reply_cookie_end(struct request *rq)
{
	reply_header(rq, "Set-Cookie",
		     cookie_make(rq->mem, COOKIE_SESSION, STR_NONE, rq->app->origin.tls));
	reply_header(rq, "Clear-Site-Data", STR("\"cache\", \"storage\""));
}

void reply_language(struct request *rq, enum lang lang)
{
	reply_header(rq, "Set-Cookie",
		     cookie_make(rq->mem, COOKIE_LANGUAGE, lang_tag(lang), rq->app->origin.tls));
}

void reply_theme(struct request *rq, struct str theme)
{
	reply_header(rq, "Set-Cookie",
		     cookie_make(rq->mem, COOKIE_THEME, theme, rq->app->origin.tls));
}
