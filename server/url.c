/* Making our own addresses. */
#include "server/url.h"

#include "schema/base/utf8.h"
#include "server/assets.h"

static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

/* `also` names further bytes that may stand as they are. */
static void encode(struct buf *out, struct str text, const char *also)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;
		unsigned char c = 0;

		for (; at < text.len; at++) {
			c = (unsigned char)text.ptr[at];
			if (!unreserved(c) && !(c && strchr(also, c)))
				break;
		}
		buf_add(out, text.ptr + from, at - from);
		if (at++ < text.len)
			buf_add(out, (const char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
	}
}

static struct url keep(const struct buf *path, struct arena *mem)
{
	return (struct url){buf_keep(path, mem)};
}

/* "/a/", a part, then whatever fixed text follows. */
static struct url path_of(struct arena *mem, const char *before, struct str part,
			  const char *behind)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, before);
	encode(&path, part, "");
	buf_c_add(&path, behind);
	return keep(&path, mem);
}

static struct url path_of_part(struct arena *mem, const char *before, struct str key,
			       const char *part)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, before);
	encode(&path, key, "");
	buf_byte(&path, '/');
	buf_c_add(&path, part);
	return keep(&path, mem);
}

struct url url_article(struct arena *mem, struct str id, struct str slug)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "/a/");
	encode(&path, id, "");
	if (slug.len) {
		buf_byte(&path, '-');
		encode(&path, slug, "");
	}
	return keep(&path, mem);
}

struct url url_article_part(struct arena *mem, struct str id, const char *part)
{
	return path_of_part(mem, "/a/", id, part);
}

struct url url_revision(struct arena *mem, struct str id, int64_t number)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "/a/");
	encode(&path, id, "");
	buf_printf(&path, "/r/%lld", (long long)number);
	return keep(&path, mem);
}

struct url url_diff(struct arena *mem, struct str id, int64_t from, int64_t to)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "/a/");
	encode(&path, id, "");
	buf_printf(&path, "/diff/%lld..%lld", (long long)from, (long long)to);
	return keep(&path, mem);
}

struct url url_thread(struct arena *mem, struct str id, struct str thread)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "/a/");
	encode(&path, id, "");
	buf_c_add(&path, "/talk/");
	encode(&path, thread, "");
	return keep(&path, mem);
}

struct url url_file(struct arena *mem, struct str id, struct str name)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "/f/");
	encode(&path, id, "");
	buf_byte(&path, '/');
	encode(&path, name, "");
	return keep(&path, mem);
}

struct url url_file_part(struct arena *mem, struct str id, const char *part)
{
	return url_file(mem, id, str_c(part));
}

struct url url_title(struct arena *mem, struct str title)
{
	return path_of(mem, "/w/", title, "");
}

struct url url_space(struct arena *mem, struct str key)
{
	return path_of(mem, "/s/", key, "");
}

struct url url_space_part(struct arena *mem, struct str key, const char *part)
{
	return path_of_part(mem, "/s/", key, part);
}

struct url url_person(struct arena *mem, struct str login)
{
	return path_of(mem, "/p/", login, "");
}

struct url url_group(struct arena *mem, struct str key)
{
	return path_of(mem, "/g/", key, "");
}

struct url url_tag(struct arena *mem, struct str tag)
{
	return path_of(mem, "/tag/", tag, "");
}

struct url url_new(struct arena *mem, struct str space, struct str title)
{
	return url_with(mem, url_with(mem, URL("new"), "space", space), "title", title);
}

struct url url_admin(struct arena *mem, const char *section, struct str name)
{
	AUTO(buf) struct buf path = {0};

	buf_printf(&path, "/admin/%s", section);
	if (name.len) {
		buf_byte(&path, '/');
		encode(&path, name, "");
	}
	return keep(&path, mem);
}

struct url url_with_part(struct arena *mem, struct url base, const char *part)
{
	return (struct url){arena_printf(mem, "%.*s/%s", STR_ARG(base.url_bytes), part)};
}

struct url url_with_part_i64(struct arena *mem, struct url base, int64_t number)
{
	return (struct url){
		arena_printf(mem, "%.*s/%lld", STR_ARG(base.url_bytes), (long long)number)};
}

struct url url_mail(struct arena *mem, struct str mail)
{
	AUTO(buf) struct buf path = {0};

	buf_c_add(&path, "mailto:");
	encode(&path, mail, "@+");
	return keep(&path, mem);
}

struct url url_with(struct arena *mem, struct url base, const char *name, struct str value)
{
	AUTO(buf) struct buf path = {0};

	if (value.len == 0)
		return base;
	buf_str_add(&path, base.url_bytes);
	buf_byte(&path, str_find(base.url_bytes, '?') < 0 ? '?' : '&');
	buf_c_add(&path, name);
	buf_byte(&path, '=');
	encode(&path, value, ":/");
	return keep(&path, mem);
}

struct url url_with_i64(struct arena *mem, struct url base, const char *name, int64_t value)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)value);

	return url_with(mem, base, name, str_of(digits, (size_t)len));
}

struct url url_at(struct arena *mem, struct url base, struct str part)
{
	AUTO(buf) struct buf path = {0};

	buf_str_add(&path, base.url_bytes);
	buf_byte(&path, '#');
	encode(&path, part, "");
	return keep(&path, mem);
}

struct url url_here(struct arena *mem, struct str part)
{
	return url_at(mem, URL_NONE, part);
}

struct url asset_url(const char *name)
{
	for (size_t i = 0; i < n_assets; i++)
		if (strcmp(assets[i].name, name) == 0)
			return (struct url){str_c(assets[i].path)};
	abort(); /* a view names a file that the build does not make */
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* False when a decoded text is no plain own path: see security.md 5.4. */
static bool next_is_plain(struct str text)
{
	if (text.len == 0 || text.ptr[0] != '/' || str_starts(text, STR("//")))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 || c == 0x7f || c == '\\')
			return false;
	}
	return utf8_valid(text);
}

bool url_from_next(struct url *out, struct arena *mem, struct str text)
{
	AUTO(buf) struct buf decoded = {0}, path = {0};

	for (size_t i = 0; i < text.len; i++) {
		bool percent = text.ptr[i] == '%';
		int high = percent && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;

		if (percent && low < 0)
			return false;
		buf_byte(&decoded, percent ? (char)(high * 16 + low) : text.ptr[i]);
		i += percent ? 2 : 0;
	}
	if (!next_is_plain(text) || !next_is_plain(buf_str(&decoded)))
		return false;
	encode(&path, text, "/?&=%+:,;@!$()*#");
	*out = keep(&path, mem);
	return true;
}
