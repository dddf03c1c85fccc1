/* The convert child: Markdown in, its checked tree, text, headings and links out. */
#include "indexer/convert_wire.h"
#include "indexer/serve.h"

struct job_limit {
	void (*begins)(void), (*ends)(void);
};

static enum status convert_answer(void *context, struct buf *reply, enum wire_kind kind,
				  struct wire_reader *message, struct arena *mem)
{
	const struct job_limit *limit = context;
	struct markdown_result result;
	struct str markdown = wire_get_text(message);
	enum status outcome;

	if (kind != WIRE_CONVERT || !wire_get_end(message))
		return serve_bad_message(kind);
	limit->begins();
	outcome = markdown_convert(&result, mem, markdown);
	limit->ends();
	TRY(outcome);
	convert_reply_write(reply, &result);
	return ST_OK;
}

enum status markdown_serve(int fd, void (*job_begins)(void), void (*job_ends)(void))
{
	struct job_limit limit = {job_begins, job_ends};

	return serve(fd, convert_answer, &limit);
}
