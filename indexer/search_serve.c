/* The search child: searches in, results out. */
#include "indexer/search.h"
#include "indexer/serve.h"

static enum status search_answer(void *context, struct buf *reply, enum wire_kind kind,
				 struct wire_reader *message, struct arena *mem)
{
	struct search_request request;
	struct search_result result;

	if (kind != WIRE_SEARCH || !search_request_read(&request, mem, message))
		return serve_bad_message(kind);
	TRY(searcher_run(context, &result, mem, &request));
	search_result_write(reply, &result);
	return ST_OK;
}

enum status search_serve(int fd, const char *folder)
{
	struct searcher *searcher;
	enum status outcome;

	TRY(searcher_open(&searcher, folder));
	outcome = serve(fd, search_answer, searcher);
	searcher_close(searcher);
	return outcome;
}
