/* The loop that all children share. */
#include "indexer/serve.h"

#include "schema/base/log.h"

enum { KEEP_BYTES = 1024 * 1024 };

enum status serve_bad_message(enum wire_kind kind)
{
	return fail(ST_INVALID, "a damaged message, or of a kind unknown here: %d", (int)kind);
}

static void tell_failure(struct buf *reply, enum status outcome)
{
	bool refused = outcome == ST_INVALID || outcome == ST_TOO_LARGE;

	if (!refused)
		log_failure("answering");
	wire_begin(reply, refused ? WIRE_REFUSED : WIRE_FAILED);
	wire_text(reply, str_c(fail_message()));
}

/* Give the memory of an unusually large message back. */
static void shrink(struct buf *buf)
{
	if (buf->room > KEEP_BYTES)
		buf_release(buf);
}

static enum status serve_one(int fd, serve_answer *answer, void *context, struct buf *in,
			     struct buf *out, struct arena *mem)
{
	enum wire_kind kind;
	struct wire_reader message;
	enum status outcome = ST_OK;

	TRY(wire_receive(fd, in, &kind, &message, 0));
	wire_begin(out, WIRE_OK);
	if (kind != WIRE_PING)
		outcome = answer(context, out, kind, &message, mem);
	else if (!wire_get_end(&message))
		outcome = serve_bad_message(kind);
	if (outcome == ST_OK && (out->over || out->len > WIRE_MAX))
		outcome = fail(ST_TOO_LARGE, "the answer is too large");
	if (outcome != ST_OK)
		tell_failure(out, outcome);
	TRY(wire_send(fd, out, 0));
	shrink(in);
	shrink(out);
	arena_reset(mem);
	return ST_OK;
}

enum status serve(int fd, serve_answer *answer, void *context)
{
	AUTO(buf) struct buf in = {0}, out = {0};
	AUTO(arena) struct arena mem = {0};
	enum status outcome;

	wire_begin(&out, WIRE_READY);
	wire_text(&out, STR(WIRE_VERSION));
	outcome = wire_send(fd, &out, 0);
	while (outcome == ST_OK)
		outcome = serve_one(fd, answer, context, &in, &out, &mem);
	return outcome == ST_NOT_FOUND ? ST_OK : outcome;
}
