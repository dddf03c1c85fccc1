/* Opening shards, seeing their newest commit, and asking them for a term only once. */
#include "indexer/search_shards.h"

#include "indexer/doc.h"
#include "indexer/writer_folder.h"

void shards_init(struct shards *shards, const char *folder)
{
	*shards = (struct shards){.folder = xmalloc(strlen(folder) + 1)};
	memcpy(shards->folder, folder, strlen(folder) + 1);
	secret_random(shards->key, sizeof(shards->key));
}

static void shard_free(struct shard *shard)
{
	xap_shard_close(shard->index);
	buf_cleanup(&shard->space);
	free(shard);
}

void shards_close(struct shards *shards)
{
	for (size_t i = 0; i < shards->count; i++)
		shard_free(shards->items[i]);
	free(shards->items);
	free(shards->folder);
}

/* What is kept of a shard beside it. */
static enum status look_at(struct shard *shard)
{
	buf_reset(&shard->space);
	memset(shard->known, 0, sizeof(shard->known));
	TRY(xap_shard_meta(shard->index, STR(DOC_META_SPACE), &shard->space));
	return xap_shard_revision(shard->index, &shard->version);
}

static enum status shard_open(struct shards *shards, int64_t audience, size_t at)
{
	AUTO(buf) struct buf path = {0};
	struct xap_shard *index;
	struct shard *shard;

	doc_shard_path(&path, shards->folder, audience);
	TRY(xap_shard_open(&index, buf_c(&path)));
	shard = xmalloc(sizeof(*shard));
	*shard = (struct shard){.audience = audience, .index = index};
	shards->items = xgrow(shards->items, shards->count, &shards->room, sizeof(struct shard *));
	memmove(shards->items + at + 1, shards->items + at,
		(shards->count - at) * sizeof(struct shard *));
	shards->items[at] = shard;
	shards->count++;
	return look_at(shard);
}

static enum status refresh(struct shard *shard)
{
	TRY(xap_shard_reopen(shard->index));
	return look_at(shard);
}

enum status shards_refresh(struct shards *shards)
{
	for (size_t i = 0; i < shards->count; i++)
		TRY(refresh(shards->items[i]));
	return ST_OK;
}

enum status shards_find(struct shards *shards, int64_t audience, int64_t version,
			struct shard **out)
{
	size_t low = 0, high = shards->count;

	*out = NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (shards->items[middle]->audience < audience)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == shards->count || shards->items[low]->audience != audience) {
		if (!writer_folder_has_shard(shards->folder, audience))
			return ST_OK;
		TRY(shard_open(shards, audience, low));
	} else if (shards->items[low]->version < version) {
		TRY(refresh(shards->items[low]));
	}
	*out = shards->items[low];
	return ST_OK;
}

enum status shards_frequency(const struct shards *shards, struct shard *const *some, size_t count,
			     struct str term, uint32_t *out)
{
	uint64_t hash = secret_table_hash(shards->key, term);
	uint32_t mark = (uint32_t)(hash >> 32);

	*out = 0;
	mark += mark == 0; /* which is a free place */
	for (size_t i = 0; i < count; i++) {
		struct known_term *known = &some[i]->known[hash % SHARD_TERMS_KNOWN];

		if (known->mark != mark) {
			TRY(xap_shard_frequency(some[i]->index, term, &known->count));
			known->mark = mark;
		}
		*out += known->count;
	}
	return ST_OK;
}
