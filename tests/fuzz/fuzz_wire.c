/*
 * Any bytes as a message: the first byte chooses the reader. What is read must be written again as
 * the same bytes.
 */
#include "indexer/convert_wire.h"
#include "indexer/doc.h"
#include "indexer/search.h"

#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 5 };

static bool doc_again(struct buf *out, struct arena *mem, struct wire_reader *r)
{
	struct index_doc doc;

	if (!doc_read(&doc, mem, r))
		return false;
	doc_write(out, &doc);
	return true;
}

static bool request_again(struct buf *out, struct arena *mem, struct wire_reader *r)
{
	struct search_request request;

	if (!search_request_read(&request, mem, r))
		return false;
	search_request_write(out, &request);
	return true;
}

static bool result_again(struct buf *out, struct arena *mem, struct wire_reader *r)
{
	struct search_result result;

	if (!search_result_read(&result, mem, r))
		return false;
	search_result_write(out, &result);
	return true;
}

static bool converted_again(struct buf *out, struct arena *mem, struct wire_reader *r)
{
	struct markdown_result result;

	if (!convert_reply_read(&result, mem, r))
		return false;
	convert_reply_write(out, &result);
	return true;
}

/* The bytes as a stream of frames. */
static void receive_frames(struct str bytes)
{
	AUTO(buf) struct buf storage = {0};
	int pair[2];
	enum wire_kind kind;
	struct wire_reader reader;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		abort();
	bytes = str_head(bytes, 65536); /* what the socket takes without a reader */
	if (bytes.len && send(pair[0], bytes.ptr, bytes.len, MSG_DONTWAIT) < 0)
		abort();
	(void)close(pair[0]);
	while (wire_receive(pair[1], &storage, &kind, &reader, 0) == ST_OK)
		;
	(void)close(pair[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool (*const AGAIN[])(struct buf *, struct arena *, struct wire_reader *) = {
		doc_again, request_again, result_again, converted_again};
	AUTO(arena) struct arena mem = {0};
	AUTO(buf) struct buf out = {0};
	struct wire_reader reader;
	size_t choice;

	if (size == 0)
		return 0;
	choice = data[0] % (COUNT(AGAIN) + 1);
	reader = (struct wire_reader){.bytes = str_of((const char *)data + 1, size - 1)};
	if (choice == COUNT(AGAIN))
		receive_frames(reader.bytes);
	else if (AGAIN[choice](&out, &mem, &reader) &&
		 !str_eq(str_from(buf_str(&out), HEAD), reader.bytes))
		abort();
	return 0;
}
