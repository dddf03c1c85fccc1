/* Shards that are open for writing, and when they are committed. */
#include "indexer/writer.h"

#include "indexer/writer_folder.h"
#include "indexer/xap.h"
#include "schema/base/clock.h"

#include <malloc.h>
#include <unistd.h>

enum {
	OPEN_MAX = 400,                 /* shards at once, of 5 file descriptors each */
	FLUSH_BYTES = 16 * 1024 * 1024, /* text that waits for a commit; keeps memory bounded */
	FLUSH_HEAP = 96 * 1024 * 1024,  /* the same for what Xapian holds for it */
	LOOK_BYTES = 256 * 1024,        /* of text between two looks at the heap */
	LOCK_MICROS = 5 * 1000 * 1000,
	LOCK_PAUSE = 50 * 1000,
};

struct open_shard {
	int64_t audience;
	struct xap_writer *db;
	struct buf space; /* that most of its documents are in; empty while there are none */
	uint64_t used;    /* when it was used last, for closing the one that rests longest */
	bool dirty;
};

struct writer {
	char *folder;
	int64_t cursor;
	struct analyser *analyser;
	struct xap_doc *doc;
	struct open_shard open[OPEN_MAX];
	size_t n_open;
	uint64_t clock;
	struct shard_version *changed; /* committed since the last writer_commit() */
	size_t n_changed, changed_room;
	size_t waiting; /* bytes of text that are not committed */
	size_t looked;  /* of them when the heap was looked at */
	size_t heap;    /* bytes of it after the last commit */
	bool failed;
};

enum status writer_open(struct writer **out, const char *folder)
{
	struct writer *w;
	int64_t cursor;

	TRY(writer_folder_open(folder, &cursor));
	w = xmalloc(sizeof(*w));
	*w = (struct writer){.cursor = cursor, .folder = xmalloc(strlen(folder) + 1)};
	memcpy(w->folder, folder, strlen(folder) + 1);
	if (analyser_open(&w->analyser) != ST_OK || xap_doc_new(&w->doc) != ST_OK) {
		writer_close(w);
		return ST_FAILED;
	}
	*out = w;
	return ST_OK;
}

static void close_shard(struct open_shard *shard)
{
	xap_writer_close(shard->db);
	buf_cleanup(&shard->space);
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->n_open; i++)
		close_shard(&w->open[i]);
	xap_doc_free(w->doc);
	analyser_close(w->analyser);
	free(w->changed);
	free(w->folder);
	free(w);
}

static enum status check_usable(const struct writer *w)
{
	if (w->cursor == WRITER_DAMAGED)
		return fail(ST_FAILED, "the index must be built anew");
	if (w->failed)
		return fail(ST_FAILED, "the index failed before and must be opened again");
	return ST_OK;
}

/*
 * Remember that a change did not go through, so that the cursor cannot move past it; and damage, so
 * that who asks for the state is told to build anew.
 */
static enum status note(struct writer *w, enum status outcome)
{
	if (outcome == ST_NOT_FOUND) {
		w->cursor = WRITER_DAMAGED;
		return fail(ST_FAILED, "%s", fail_message());
	}
	if (outcome == ST_FAILED || outcome == ST_BUSY || outcome == ST_CONFLICT)
		w->failed = true;
	return outcome;
}

static void note_version(struct writer *w, int64_t audience, int64_t version)
{
	for (size_t i = 0; i < w->n_changed; i++) {
		if (w->changed[i].audience == audience) {
			w->changed[i].version = version;
			return;
		}
	}
	w->changed = xgrow(w->changed, w->n_changed, &w->changed_room, sizeof(*w->changed));
	w->changed[w->n_changed++] = (struct shard_version){audience, version};
}

static enum status commit_shard(struct writer *w, struct open_shard *shard)
{
	int64_t version;

	if (!shard->dirty)
		return ST_OK;
	TRY(xap_writer_commit(shard->db));
	TRY(xap_writer_revision(shard->db, &version));
	shard->dirty = false;
	note_version(w, shard->audience, version);
	return ST_OK;
}

static size_t heap_bytes(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static enum status commit_all(struct writer *w)
{
	bool large = w->waiting > FLUSH_BYTES / 8;

	for (size_t i = 0; i < w->n_open; i++)
		TRY(commit_shard(w, &w->open[i]));
	w->waiting = w->looked = 0;
	if (large)
		(void)malloc_trim(0);
	w->heap = heap_bytes();
	return ST_OK;
}

/* Another process may be about to end that held the lock. */
static enum status open_patiently(struct xap_writer **out, const char *path)
{
	int64_t until = clock_mono() + LOCK_MICROS;

	for (;;) {
		enum status outcome = xap_writer_open(out, path);

		if (outcome != ST_BUSY || clock_mono() >= until)
			return outcome;
		(void)usleep(LOCK_PAUSE);
	}
}

static enum status close_resting(struct writer *w)
{
	size_t oldest = 0;

	for (size_t i = 1; i < w->n_open; i++)
		if (w->open[i].used < w->open[oldest].used)
			oldest = i;
	TRY(commit_shard(w, &w->open[oldest]));
	close_shard(&w->open[oldest]);
	w->open[oldest] = w->open[--w->n_open];
	return ST_OK;
}

static enum status find_shard(struct writer *w, int64_t audience, struct open_shard **out)
{
	AUTO(buf) struct buf path = {0};
	struct xap_writer *db;

	for (size_t i = 0; i < w->n_open; i++) {
		if (w->open[i].audience == audience) {
			w->open[i].used = ++w->clock;
			*out = &w->open[i];
			return ST_OK;
		}
	}
	if (w->n_open == OPEN_MAX)
		TRY(close_resting(w));
	doc_shard_path(&path, w->folder, audience);
	TRY(open_patiently(&db, buf_c(&path)));
	w->open[w->n_open] =
		(struct open_shard){.audience = audience, .db = db, .used = ++w->clock};
	*out = &w->open[w->n_open++];
	return ST_OK;
}

static void id_term(struct buf *out, const char *prefix, struct str id)
{
	buf_reset(out);
	buf_c_add(out, prefix);
	buf_str_add(out, id);
}

/* A text takes more room in many small shards than in one large: so both are watched. */
static bool is_full(struct writer *w)
{
	if (w->waiting >= FLUSH_BYTES)
		return true;
	if (w->waiting - w->looked < LOOK_BYTES)
		return false;
	w->looked = w->waiting;
	return heap_bytes() > w->heap + FLUSH_HEAP;
}

/* The space of the first document names that of the shard. */
static enum status know_space(struct open_shard *shard, struct str space)
{
	if (shard->space.len)
		return ST_OK;
	TRY(xap_writer_meta_get(shard->db, STR(DOC_META_SPACE), &shard->space));
	if (shard->space.len || !space.len)
		return ST_OK;
	buf_str_add(&shard->space, space);
	return xap_writer_meta_set(shard->db, STR(DOC_META_SPACE), space);
}

static enum status put(struct writer *w, const struct index_doc *doc)
{
	struct open_shard *shard;

	TRY(find_shard(w, doc->audience, &shard));
	TRY(xap_doc_clear(w->doc));
	TRY(know_space(shard, doc->space));
	TRY(doc_terms(w->doc, w->analyser, doc, buf_str(&shard->space)));
	shard->dirty = true;
	TRY(xap_writer_put(shard->db, doc_number(doc->id), w->doc));
	w->waiting += doc->title.len + doc->headings.len + doc->body.len;
	return is_full(w) ? commit_all(w) : ST_OK;
}

enum status writer_put(struct writer *w, const struct index_doc *doc)
{
	TRY(check_usable(w));
	return note(w, put(w, doc));
}

static enum status remove_doc(struct writer *w, int64_t audience, struct str id)
{
	AUTO(buf) struct buf term = {0};
	struct open_shard *shard;

	if (!writer_folder_has_shard(w->folder, audience))
		return ST_OK;
	TRY(find_shard(w, audience, &shard));
	shard->dirty = true;
	id_term(&term, DOC_PREFIX_ID, id);
	TRY(xap_writer_delete(shard->db, buf_str(&term)));
	id_term(&term, DOC_PREFIX_OF, id);
	return xap_writer_delete(shard->db, buf_str(&term));
}

enum status writer_delete(struct writer *w, int64_t audience, struct str id)
{
	TRY(check_usable(w));
	return note(w, remove_doc(w, audience, id));
}

static enum status commit(struct writer *w, int64_t cursor)
{
	TRY(commit_all(w));
	return writer_folder_set_cursor(w->folder, cursor);
}

enum status writer_commit(struct writer *w, struct arena *mem, int64_t cursor,
			  struct shard_version **out, size_t *count)
{
	TRY(check_usable(w));
	TRY(note(w, commit(w, cursor)));
	w->cursor = cursor;
	*count = w->n_changed;
	*out = arena_array(mem, w->n_changed, sizeof(**out));
	if (w->n_changed)
		memcpy(*out, w->changed, w->n_changed * sizeof(**out));
	w->n_changed = 0;
	return ST_OK;
}

enum status writer_state(struct writer *w, struct arena *mem, struct writer_state *out)
{
	enum status looked;

	*out = (struct writer_state){.cursor = w->cursor};
	looked = note(w, writer_folder_shards(w->folder, mem, out));
	if (looked == ST_OK || w->cursor != WRITER_DAMAGED)
		return looked;
	*out = (struct writer_state){.cursor = w->cursor};
	return ST_OK;
}

struct listing {
	struct arena *mem;
	struct writer_item *items;
	size_t count, room;
};

static bool list_one(void *context, struct str id, int64_t revision)
{
	struct listing *list = context;

	list->items = xgrow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = (struct writer_item){arena_str(list->mem, id), revision};
	return true;
}

enum status writer_list(struct writer *w, struct arena *mem, int64_t audience,
			struct writer_item **out, size_t *count)
{
	AUTO(buf) struct buf path = {0};
	struct listing list = {.mem = mem};
	struct xap_shard *shard;
	enum status outcome;

	*count = 0;
	if (!writer_folder_has_shard(w->folder, audience))
		return ST_OK;
	doc_shard_path(&path, w->folder, audience);
	TRY(note(w, xap_shard_open(&shard, buf_c(&path))));
	outcome = xap_shard_docs(shard, STR(DOC_PREFIX_ID), SLOT_REVISION, list_one, &list);
	xap_shard_close(shard);
	*out = arena_array(mem, list.count, sizeof(**out));
	if (list.count)
		memcpy(*out, list.items, list.count * sizeof(**out));
	*count = list.count;
	free(list.items);
	return note(w, outcome);
}
