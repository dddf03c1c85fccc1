/* Names of the installation. */
#include "server/origin.h"

#include <assert.h>
#include <strings.h>

static bool same(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

static void add(struct origin *out, struct str host)
{
	assert(out->n_hosts < ORIGIN_HOSTS_MAX);
	out->hosts[out->n_hosts++] = host;
}

static bool is_host(struct str host)
{
	for (size_t i = 0; i < host.len; i++) {
		char c = host.ptr[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c && strchr(".-:[]", c))))
			return false;
	}
	return host.len > 0;
}

static enum status take_url(struct origin *out, struct arena *mem, struct str url)
{
	struct str host;

	out->tls = str_starts(url, STR("https://"));
	if (!out->tls && !str_starts(url, STR("http://")))
		return fail(ST_INVALID, "public_url begins with http:// or https://");
	host = str_from(url, out->tls ? 8 : 7);
	if (str_ends(host, STR("/")))
		host = str_head(host, host.len - 1);
	if (!is_host(host))
		return fail(ST_INVALID, "public_url is a scheme and a host, without a path");
	out->url = arena_printf(mem, "%s://%.*s", out->tls ? "https" : "http", STR_ARG(host));
	add(out, arena_str(mem, host));
	return ST_OK;
}

enum status origin_init(struct origin *out, struct arena *mem, struct str public_url,
			struct str address, int port)
{
	bool six = str_find(address, ':') >= 0;

	*out = (struct origin){.tls = false};
	if (public_url.len)
		TRY(take_url(out, mem, public_url));
	add(out, arena_printf(mem, six ? "[%.*s]:%d" : "%.*s:%d", STR_ARG(address), port));
	if (!public_url.len)
		out->url = arena_printf(mem, "http://%.*s", STR_ARG(out->hosts[0]));
	/* The listener is always on loopback (serve.c), so its other names reach it as well. */
	add(out, arena_printf(mem, "localhost:%d", port));
	add(out, arena_printf(mem, "127.0.0.1:%d", port));
	add(out, arena_printf(mem, "[::1]:%d", port));
	return ST_OK;
}

bool origin_is_host(const struct origin *origin, struct str host)
{
	for (size_t i = 0; i < origin->n_hosts; i++) {
		if (same(origin->hosts[i], host))
			return true;
	}
	return false;
}

bool origin_is_ours(const struct origin *origin, struct str value)
{
	if (same(value, origin->url))
		return true;
	/* On loopback the names of the listener are origins of their own, over plain http. */
	return str_starts(value, STR("http://")) && !origin->tls &&
	       origin_is_host(origin, str_from(value, 7));
}

bool origin_of_referer(const struct origin *origin, struct str referer)
{
	struct str scheme = str_head(referer, str_starts(referer, STR("https://")) ? 8 : 7);
	ptrdiff_t end = str_find(str_from(referer, scheme.len), '/');

	if (end >= 0)
		referer = str_head(referer, scheme.len + (size_t)end);
	return origin_is_ours(origin, referer);
}
