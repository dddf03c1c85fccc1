/* The static files: bundled, named after their content, compressed and embedded by the build. */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include "server/url.h"

struct asset {
	const char *name;               /* "app.css" */
	const char *path;               /* "/static/0123456789abcdef/app.css" */
	const char *type;               /* value of Content-Type */
	struct str plain, gzip, brotli; /* gzip and brotli are empty where they save nothing */
};
extern const struct asset assets[];
extern const size_t n_assets;

/* The file at this path of a request, or NULL. It never changes: answer with "immutable". */
const struct asset *asset_find(struct str path);

/* The address of the file with this name; a name that does not exist aborts. */
struct url asset_url(const char *name) NONNULL;

#endif
