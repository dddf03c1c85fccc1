/*
 * Reading ZIP archives: the directory at the end counts, local headers only say where bytes begin. Every
 * number is checked against the file. The only file of the indexer that knows zlib.
 */
#include "indexer/extract_parts.h"

#include <zlib.h>

enum {
	END_LEN = 22,
	END_SEARCH = END_LEN + 65535,
	ENTRY_LEN = 46,
	LOCAL_LEN = 30,
	FLAG_LOCKED = 1,
	PIECE = 64 * 1024,
};

static uint32_t number(struct str bytes, size_t at, size_t len)
{
	uint32_t value = 0;

	for (size_t i = len; i-- > 0;)
		value = value << 8 | (unsigned char)bytes.ptr[at + i];
	return value;
}

static enum status damaged(void)
{
	return fail_on("", ST_INVALID, "The file is damaged.");
}

/* The last end record whose comment ends with the file, or the empty text. */
static struct str find_end(struct str file)
{
	for (size_t back = END_LEN; back <= file.len && back <= END_SEARCH; back++) {
		struct str end = str_from(file, file.len - back);

		if (str_starts(end, STR("PK\5\6")) && number(end, 20, 2) <= back - END_LEN)
			return end;
	}
	return STR_NONE;
}

/* The bytes of a member stand behind its local header, which says how long its own name and extra are. */
static bool find_packed(struct zip_entry *entry, struct str file, size_t local, size_t packed)
{
	struct str head = str_from(file, local);
	size_t skip;

	if (head.len < LOCAL_LEN || !str_starts(head, STR("PK\3\4")))
		return false;
	skip = LOCAL_LEN + number(head, 26, 2) + number(head, 28, 2);
	if (skip > head.len || packed > head.len - skip)
		return false;
	entry->packed = str_of(head.ptr + skip, packed);
	return true;
}

static bool read_entry(struct zip_entry *out, struct str file, struct str *directory)
{
	struct str d = *directory;
	size_t name, behind;

	if (d.len < ENTRY_LEN || !str_starts(d, STR("PK\1\2")))
		return false;
	name = number(d, 28, 2);
	behind = name + number(d, 30, 2) + number(d, 32, 2);
	if (behind > d.len - ENTRY_LEN)
		return false;
	out->name = str_of(d.ptr + ENTRY_LEN, name);
	out->method = (int)number(d, 10, 2);
	out->locked = (number(d, 8, 2) & FLAG_LOCKED) != 0;
	*directory = str_from(d, ENTRY_LEN + behind);
	return find_packed(out, file, number(d, 42, 4), number(d, 20, 4));
}

enum status zip_open(struct zip *out, struct arena *mem, struct str file)
{
	struct str end = find_end(file), directory;
	size_t count, at;

	*out = (struct zip){.file = file};
	/* Office wraps what it encrypts into its older kind of container. */
	if (str_starts(file, STR("\xd0\xcf\x11\xe0")))
		return fail_on("", ST_INVALID, "The file is protected by a password.");
	if (!end.len)
		return damaged();
	count = number(end, 10, 2);
	at = number(end, 16, 4);
	if (count > ZIP_ENTRIES_MAX)
		return fail_on("", ST_INVALID, "The file unpacks to more than can be read.");
	if (at > file.len)
		return damaged();
	directory = str_from(file, at);
	out->entries = arena_array(mem, count + 1, sizeof(*out->entries));
	for (size_t i = 0; i < count; i++) {
		struct zip_entry *entry = &out->entries[out->count];

		if (!read_entry(entry, file, &directory))
			return damaged();
		out->count++;
	}
	return ST_OK;
}

const struct zip_entry *zip_find(const struct zip *zip, const char *name)
{
	for (size_t i = 0; i < zip->count; i++) {
		if (str_is(zip->entries[i].name, name))
			return &zip->entries[i];
	}
	return NULL;
}

/* Text packs ten times, sometimes fifty; what packs better and is large is no document. */
static enum status count_unpacked(struct zip *zip, size_t len)
{
	zip->unpacked += (int64_t)len;
	if (zip->unpacked > ZIP_BYTES_MAX ||
	    (zip->unpacked > ZIP_RATIO_FROM &&
	     zip->unpacked / ZIP_RATIO_MAX > (int64_t)zip->file.len))
		return fail_on("", ST_INVALID, "The file unpacks to more than can be read.");
	return ST_OK;
}

struct inflater {
	z_stream stream;
	bool begun;
};

static void inflater_cleanup(struct inflater *inflater)
{
	if (inflater->begun)
		(void)inflateEnd(&inflater->stream);
}

static enum status read_deflated(struct zip *zip, const struct zip_entry *entry, zip_piece *piece,
				 void *context)
{
	AUTO(inflater) struct inflater inflater = {.begun = false};
	static char room[PIECE];
	z_stream *stream = &inflater.stream;
	bool enough = false;
	int state = Z_OK;

	stream->next_in = (unsigned char *)(uintptr_t)entry->packed.ptr;
	stream->avail_in = (unsigned)entry->packed.len;
	inflater.begun = inflateInit2(stream, -MAX_WBITS) == Z_OK;
	if (!inflater.begun)
		return fail(ST_FAILED, "zlib does not start");
	while (state != Z_STREAM_END && !enough) {
		size_t got;

		stream->next_out = (unsigned char *)room;
		stream->avail_out = sizeof(room);
		state = inflate(stream, Z_NO_FLUSH);
		got = sizeof(room) - stream->avail_out;
		if ((state != Z_OK && state != Z_STREAM_END) || (state == Z_OK && got == 0))
			return damaged();
		TRY(count_unpacked(zip, got));
		TRY(piece(context, str_of(room, got), state == Z_STREAM_END, &enough));
	}
	return ST_OK;
}

enum status zip_read(struct zip *zip, const struct zip_entry *entry, zip_piece *piece,
		     void *context)
{
	bool enough;

	if (entry->locked)
		return fail_on("", ST_INVALID, "The file is protected by a password.");
	if (entry->method == Z_DEFLATED)
		return read_deflated(zip, entry, piece, context);
	if (entry->method != 0)
		return fail_on("", ST_INVALID, "The file is packed in a way that is not read.");
	TRY(count_unpacked(zip, entry->packed.len));
	return piece(context, entry->packed, true, &enough);
}
