/* The write child: documents in, committed shards out. */
#include "indexer/serve.h"
#include "indexer/writer.h"

static enum status answer_put(struct writer *w, struct wire_reader *message, struct arena *mem)
{
	struct index_doc doc;

	if (!doc_read(&doc, mem, message))
		return serve_bad_message(WIRE_PUT);
	return writer_put(w, &doc);
}

static enum status answer_delete(struct writer *w, struct wire_reader *message)
{
	int64_t audience = wire_get_i64(message);
	struct str id = wire_get_text(message);

	if (!wire_get_end(message) || audience <= 0 || !doc_number(id))
		return serve_bad_message(WIRE_DELETE);
	return writer_delete(w, audience, id);
}

static void write_versions(struct buf *reply, const struct shard_version *shards, size_t count)
{
	wire_u32(reply, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		wire_i64(reply, shards[i].audience);
		wire_i64(reply, shards[i].version);
	}
}

static enum status answer_commit(struct writer *w, struct buf *reply, struct wire_reader *message,
				 struct arena *mem)
{
	int64_t cursor = wire_get_i64(message);
	struct shard_version *shards;
	size_t count;

	if (!wire_get_end(message) || cursor < 0)
		return serve_bad_message(WIRE_COMMIT);
	TRY(writer_commit(w, mem, cursor, &shards, &count));
	wire_begin(reply, WIRE_COMMITTED);
	write_versions(reply, shards, count);
	return ST_OK;
}

static enum status answer_state(struct writer *w, struct buf *reply, struct wire_reader *message,
				struct arena *mem)
{
	struct writer_state state;

	if (!wire_get_end(message))
		return serve_bad_message(WIRE_STATE);
	TRY(writer_state(w, mem, &state));
	wire_begin(reply, WIRE_STATE_IS);
	wire_i64(reply, state.cursor);
	wire_i64(reply, state.documents);
	wire_i64(reply, state.bytes);
	write_versions(reply, state.shards, state.n_shards);
	return ST_OK;
}

static enum status answer_list(struct writer *w, struct buf *reply, struct wire_reader *message,
			       struct arena *mem)
{
	int64_t audience = wire_get_i64(message);
	struct writer_item *items;
	size_t count;

	if (!wire_get_end(message) || audience <= 0)
		return serve_bad_message(WIRE_LIST);
	TRY(writer_list(w, mem, audience, &items, &count));
	wire_begin(reply, WIRE_LISTED);
	wire_u32(reply, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		wire_text(reply, items[i].id);
		wire_i64(reply, items[i].revision);
	}
	return ST_OK;
}

static enum status write_answer(void *context, struct buf *reply, enum wire_kind kind,
				struct wire_reader *message, struct arena *mem)
{
	switch ((int)kind) { /* the number comes from outside */
	case WIRE_PUT:
		return answer_put(context, message, mem);
	case WIRE_DELETE:
		return answer_delete(context, message);
	case WIRE_COMMIT:
		return answer_commit(context, reply, message, mem);
	case WIRE_STATE:
		return answer_state(context, reply, message, mem);
	case WIRE_LIST:
		return answer_list(context, reply, message, mem);
	}
	return serve_bad_message(kind);
}

enum status writer_serve(int fd, const char *folder)
{
	struct writer *w;
	enum status outcome;

	TRY(writer_open(&w, folder));
	outcome = serve(fd, write_answer, w);
	writer_close(w);
	return outcome;
}
