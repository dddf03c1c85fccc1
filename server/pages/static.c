/* Static files: named after their content, so that browsers keep them for ever. */
#include "server/pages/pages.h"

#include "server/assets.h"
#include "server/gzip.h"
#include "server/reply.h"

enum status page_static_show(struct request *rq)
{
	const struct asset *asset = asset_find(rq->exchange->head.path);
	struct str accepted = request_header(rq, "Accept-Encoding");

	if (!asset)
		return fail(ST_NOT_FOUND, "there is no such static file");
	if (asset->brotli.len && gzip_accepts(accepted, "br"))
		return reply_asset(rq, asset->type, asset->brotli, "br");
	if (asset->gzip.len && gzip_accepts(accepted, "gzip"))
		return reply_asset(rq, asset->type, asset->gzip, "gzip");
	return reply_asset(rq, asset->type, asset->plain, NULL);
}
