/* The searches that wait to be written. */
#include "server/searched.h"

#include <pthread.h>

enum { MARK_BYTES = 12, MARK_LEN = 16 };

/* Notes and clicks with their texts in one arena; two of these take turns. */
struct batch {
	struct arena mem;
	struct search_note *notes;
	struct search_click *clicks;
	size_t n_notes, notes_room, n_clicks, clicks_room;
};

struct searched {
	pthread_mutex_t lock; /* of `filling` */
	pthread_mutex_t
		writing; /* one writes at a time, so that a click never overtakes its search */
	struct batch filling, full;
};

struct searched *searched_new(void)
{
	struct searched *s = xmalloc(sizeof(*s));

	memset(s, 0, sizeof(*s));
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->writing, NULL);
	return s;
}

static void batch_release(struct batch *b)
{
	arena_release(&b->mem);
	free(b->notes);
	free(b->clicks);
}

void searched_free(struct searched *s)
{
	if (!s)
		return;
	batch_release(&s->filling);
	batch_release(&s->full);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->writing);
	free(s);
}

static void copy_note(struct batch *b, const struct search_note *note)
{
	struct search_note copy = *note;

	copy.mark = arena_str(&b->mem, note->mark);
	copy.query = arena_str(&b->mem, note->query);
	copy.key = arena_str(&b->mem, note->key);
	copy.asked = arena_str(&b->mem, note->asked);
	copy.found = arena_array(&b->mem, note->n_found + 1, sizeof(struct str));
	for (size_t i = 0; i < note->n_found; i++)
		copy.found[i] = arena_str(&b->mem, note->found[i]);
	b->notes = xgrow(b->notes, b->n_notes, &b->notes_room, sizeof(copy));
	b->notes[b->n_notes++] = copy;
}

bool searched_add(struct searched *s, const struct search_note *note)
{
	bool enough;

	pthread_mutex_lock(&s->lock);
	if (s->filling.n_notes < SEARCHED_MOST)
		copy_note(&s->filling, note);
	enough = s->filling.n_notes >= SEARCHED_BATCH;
	pthread_mutex_unlock(&s->lock);
	return enough;
}

bool searched_add_click(struct searched *s, const struct search_click *click)
{
	struct batch *b = &s->filling;
	bool enough;

	pthread_mutex_lock(&s->lock);
	if (b->n_clicks < SEARCHED_MOST) {
		b->clicks = xgrow(b->clicks, b->n_clicks, &b->clicks_room, sizeof(*click));
		b->clicks[b->n_clicks] = *click;
		b->clicks[b->n_clicks++].mark = arena_str(&b->mem, click->mark);
	}
	enough = b->n_clicks >= SEARCHED_BATCH;
	pthread_mutex_unlock(&s->lock);
	return enough;
}

enum status searched_write(struct searched *s, struct db *writer)
{
	enum status outcome = ST_OK;
	struct batch other;

	pthread_mutex_lock(&s->writing);
	pthread_mutex_lock(&s->lock);
	other = s->full;
	s->full = s->filling;
	s->filling = other;
	pthread_mutex_unlock(&s->lock);
	if (s->full.n_notes || s->full.n_clicks)
		outcome = search_log_write(writer, s->full.notes, s->full.n_notes, s->full.clicks,
					   s->full.n_clicks);
	s->full.n_notes = s->full.n_clicks = 0;
	arena_reset(&s->full.mem);
	pthread_mutex_unlock(&s->writing);
	return outcome;
}

struct str searched_mark(struct arena *mem, const unsigned char key[SECRET_LEN], int64_t person_id,
			 struct str query_key, struct str space)
{
	struct str about = arena_printf(mem, "search %lld %zu %.*s %.*s", (long long)person_id,
					query_key.len, STR_ARG(query_key), STR_ARG(space));
	struct digest digest = digest_keyed(key, about);

	return secret_base64(mem, digest.bytes, MARK_BYTES);
}

bool searched_is_mark(struct str text)
{
	unsigned char bytes[MARK_BYTES];

	return text.len == MARK_LEN && secret_from_base64(text, bytes, MARK_BYTES);
}
