/* Token buckets in a hash table whose rows of eight never grow. */
#include "server/rate.h"

#include <pthread.h>

#include "schema/base/arena.h"
#include "schema/base/secret.h"

enum { ROWS = 2048, WAYS = 8, ONE = 1000000 /* a token */ };

/* Rows of the journal about refused acts, of one person. */
enum { DENIED_A_MINUTE = 20 };

/* A bucket holds `room` tokens and gets them all back in `seconds`. */
struct limit {
	int64_t room, seconds;
};

struct entry {
	uint64_t key; /* of bucket and person; 0: free */
	int64_t at;   /* microseconds, when `left` was right */
	int64_t left; /* millionths of a token */
};

struct rate {
	pthread_mutex_t lock;
	struct limit limits[BUCKETS];
	uint64_t seed;
	struct entry rows[ROWS][WAYS];
};

struct rate *rate_new(const struct config *config)
{
	struct rate *rate = xmalloc(sizeof(*rate));

	memset(rate, 0, sizeof(*rate));
	pthread_mutex_init(&rate->lock, NULL);
	secret_random(&rate->seed, sizeof(rate->seed));
	rate->limits[BUCKET_READ] = (struct limit){config->rate_read, 60};
	rate->limits[BUCKET_SAVE] = (struct limit){config->rate_save, 60};
	rate->limits[BUCKET_SEARCH] = (struct limit){config->rate_search, 60};
	rate->limits[BUCKET_SUGGEST] = (struct limit){config->rate_suggest, 60};
	rate->limits[BUCKET_UPLOAD] = (struct limit){config->rate_upload, 60};
	rate->limits[BUCKET_UPLOAD_DAY] = (struct limit){config->rate_upload_day, 86400};
	rate->limits[BUCKET_EXPORT] = (struct limit){config->rate_export, 3600};
	rate->limits[BUCKET_TOKEN] = (struct limit){config->rate_token, 60};
	rate->limits[BUCKET_SIGN_IN] = (struct limit){config->rate_sign_in, 60};
	rate->limits[BUCKET_DENIED] = (struct limit){DENIED_A_MINUTE, 60};
	return rate;
}

void rate_free(struct rate *rate)
{
	if (!rate)
		return;
	pthread_mutex_destroy(&rate->lock);
	free(rate);
}

/* Mixed with a secret, so that nobody can choose whom to push out of a row. */
static uint64_t mix(const struct rate *rate, enum rate_bucket bucket, uint64_t who)
{
	uint64_t h = who + rate->seed + (uint64_t)bucket * 0x9e3779b97f4a7c15u;

	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
	h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
	h ^= h >> 31;
	return h ? h : 1;
}

/* The entry of this key, or the one idle longest made new and full. */
static struct entry *find(struct rate *rate, uint64_t key, int64_t now, int64_t full)
{
	struct entry *row = rate->rows[key % ROWS], *oldest = row;

	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].key == key)
			return &row[i];
		if (row[i].key == 0 || (oldest->key != 0 && row[i].at < oldest->at))
			oldest = &row[i];
	}
	*oldest = (struct entry){.key = key, .at = now, .left = full};
	return oldest;
}

int rate_take(struct rate *rate, enum rate_bucket bucket, uint64_t who, int64_t now)
{
	const struct limit *limit = &rate->limits[bucket];
	int64_t full = limit->room * ONE;
	struct entry *entry;
	int wait = 0;

	pthread_mutex_lock(&rate->lock);
	entry = find(rate, mix(rate, bucket, who), now, full);
	/* Microseconds passed, times tokens a second, are millionths of tokens. */
	if (now - entry->at >= limit->seconds * 1000000)
		entry->left = full;
	else if (now > entry->at)
		entry->left += (now - entry->at) * limit->room / limit->seconds;
	if (entry->left > full)
		entry->left = full;
	entry->at = now;
	if (entry->left >= ONE)
		entry->left -= ONE;
	else
		wait = 1 + (int)((ONE - entry->left) * limit->seconds / limit->room / 1000000);
	pthread_mutex_unlock(&rate->lock);
	return wait;
}

void rate_give(struct rate *rate, enum rate_bucket bucket, uint64_t who, int64_t now)
{
	int64_t full = rate->limits[bucket].room * ONE;
	struct entry *entry;

	pthread_mutex_lock(&rate->lock);
	entry = find(rate, mix(rate, bucket, who), now, full);
	entry->left = entry->left + ONE < full ? entry->left + ONE : full;
	pthread_mutex_unlock(&rate->lock);
}
