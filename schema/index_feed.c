/* What the indexer is told, of whatever kind. */
#include "schema/index_feed.h"

#include "schema/base/audience.h"
#include "schema/index_parts.h"

enum { NAMES_MAX = 200 };

struct kind {
	enum status (*load)(struct indexable *out, struct db *db, struct arena *mem);
	enum status (*list)(struct rows *r, struct db *db, int64_t after, int64_t limit);
	enum status (*of)(struct rows *r, struct db *db, int64_t article_id);
};

#define KIND_ROW(NAME, name, letter)                                                               \
	[INDEX_##NAME] = {index_##name##_load, index_##name##_list, index_##name##_of},
static const struct kind kinds[] = {INDEX_KINDS(KIND_ROW)};

void index_head_read(struct indexable *out, struct rows *r, struct arena *mem)
{
	out->article_id = row_i64(r);
	out->audience_id = row_i64(r);
	out->indexed = row_i64(r) != 0;
	out->change = row_i64(r);
	out->key = row_str(r, mem);
	out->title = row_str(r, mem);
	out->space_key = row_str(r, mem);
	out->author = row_str(r, mem);
	out->modified_at = row_i64(r);
}

enum status index_names(struct str **out, size_t *count, struct rows *r, struct arena *mem)
{
	struct str *list = arena_array(mem, NAMES_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	while (rows_next(r)) {
		struct str text = row_str(r, mem);

		if (*count < NAMES_MAX)
			list[(*count)++] = text;
	}
	return rows_end(r);
}

enum status index_feed_load(struct indexable *out, struct db *db, struct arena *mem,
			    struct index_id id)
{
	*out = (struct indexable){.id = id};
	return kinds[id.kind].load(out, db, mem);
}

enum status index_feed_list(struct index_entry **out, size_t *count, struct db *db,
			    struct arena *mem, struct index_id after, size_t limit)
{
	struct index_entry *list = arena_array(mem, limit + 1, sizeof(*list));

	*out = list;
	*count = 0;
	for (size_t kind = after.kind; kind < COUNT(kinds) && *count < limit; kind++) {
		AUTO(rows) struct rows r = {0};

		TRY(kinds[kind].list(&r, db, kind == after.kind ? after.number : 0,
				     (int64_t)(limit - *count)));
		while (rows_next(&r)) {
			struct index_entry *e = &list[(*count)++];

			e->id.kind = (enum index_kind)kind;
			e->id.number = row_i64(&r);
			e->audience_id = row_i64(&r);
			e->change = row_i64(&r);
		}
		TRY(rows_end(&r));
	}
	return ST_OK;
}

/* Add the rows of one kind. */
static enum status add_ids(struct index_id **list, size_t *count, size_t *room, struct rows *r,
			   struct arena *mem, enum index_kind kind)
{
	while (rows_next(r)) {
		*list = arena_grow(mem, *list, *count, room, sizeof(**list));
		(*list)[(*count)++] = (struct index_id){kind, row_i64(r)};
	}
	return rows_end(r);
}

static enum status add_of(struct index_id **list, size_t *count, size_t *room, struct db *db,
			  struct arena *mem, enum index_kind kind, int64_t article_id)
{
	AUTO(rows) struct rows r = {0};

	TRY(kinds[kind].of(&r, db, article_id));
	return add_ids(list, count, room, &r, mem, kind);
}

enum status index_feed_of(struct index_id **out, size_t *count, struct db *db, struct arena *mem,
			  int64_t article_id)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	for (size_t kind = 0; kind < COUNT(kinds); kind++)
		TRY(add_of(out, count, &room, db, mem, (enum index_kind)kind, article_id));
	return ST_OK;
}

enum status index_feed_linked(struct index_id **out, size_t *count, struct db *db,
			      struct arena *mem, int64_t seq)
{
	AUTO(rows) struct rows r = {0};
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT article_id FROM linked WHERE seq = $1"
		    " OR (hidden_seq <> 0 AND hidden_seq = $1) ORDER BY article_id",
		    v_i64(seq)));
	return add_ids(out, count, &room, &r, mem, INDEX_ARTICLE);
}

enum status index_feed_hidden(struct index_id **out, size_t *count, struct db *db,
			      struct arena *mem, int64_t after)
{
	AUTO(rows) struct rows r = {0};
	size_t room = 0;

	*out = NULL;
	*count = 0;
	TRY(db_rows(&r, db,
		    "SELECT article_id FROM linked WHERE hidden_seq <> 0 AND hidden_seq > $1"
		    " ORDER BY article_id",
		    v_i64(after)));
	return add_ids(out, count, &room, &r, mem, INDEX_ARTICLE);
}

enum status index_feed_audiences(int64_t **out, size_t *count, struct db *db, struct arena *mem)
{
	AUTO(rows) struct rows r = {0};
	int64_t *list = arena_array(mem, AUDIENCE_MAX, sizeof(*list));

	*out = list;
	*count = 0;
	TRY(db_rows(&r, db, "SELECT id FROM audience ORDER BY id LIMIT $1", v_i64(AUDIENCE_MAX)));
	while (rows_next(&r))
		list[(*count)++] = row_i64(&r);
	return rows_end(&r);
}
