/* Finding a static file. There are a handful: a walk is quicker than any table. */
#include "server/assets.h"

const struct asset *asset_find(struct str path)
{
	for (size_t i = 0; i < n_assets; i++)
		if (str_is(path, assets[i].path))
			return &assets[i];
	return NULL;
}
