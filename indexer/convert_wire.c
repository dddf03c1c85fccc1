/* The convert child's answer as a message. */
#include "indexer/convert_wire.h"

enum { HEADING_LEAST = 4 + 4 + 4 + 8, LINK_LEAST = 4 * 4 };

void convert_reply_write(struct buf *message, const struct markdown_result *result)
{
	wire_begin(message, WIRE_CONVERTED);
	wire_text(message, result->tree);
	wire_text(message, result->plain);
	wire_u32(message, (uint32_t)result->n_headings);
	for (size_t i = 0; i < result->n_headings; i++) {
		const struct markdown_heading *heading = &result->headings[i];

		wire_u32(message, (uint32_t)heading->level);
		wire_text(message, heading->anchor);
		wire_text(message, heading->text);
		wire_i64(message, (int64_t)heading->offset);
	}
	wire_u32(message, (uint32_t)result->n_links);
	for (size_t i = 0; i < result->n_links; i++) {
		const struct markdown_link *link = &result->links[i];

		wire_u32(message, (uint32_t)link->kind);
		wire_text(message, link->target);
		wire_text(message, link->section);
		wire_text(message, link->text);
	}
}

static void read_heading(struct markdown_heading *out, struct arena *mem, struct wire_reader *r)
{
	uint32_t level = wire_get_u32(r);
	int64_t offset;

	out->anchor = arena_str(mem, wire_get_text(r));
	out->text = arena_str(mem, wire_get_text(r));
	offset = wire_get_i64(r);
	if (level < 1 || level > 6 || offset < 0)
		r->bad = true;
	out->level = (int)level;
	out->offset = (size_t)offset;
}

static void read_link(struct markdown_link *out, struct arena *mem, struct wire_reader *r)
{
	uint32_t kind = wire_get_u32(r);

	if (kind > LINK_OUTSIDE)
		r->bad = true;
	out->kind = (enum link_kind)kind;
	out->target = arena_str(mem, wire_get_text(r));
	out->section = arena_str(mem, wire_get_text(r));
	out->text = arena_str(mem, wire_get_text(r));
}

bool convert_reply_read(struct markdown_result *out, struct arena *mem, struct wire_reader *r)
{
	*out = (struct markdown_result){0};
	out->tree = arena_str(mem, wire_get_text(r));
	out->plain = arena_str(mem, wire_get_text(r));
	out->n_headings = wire_get_count(r, HEADING_LEAST);
	out->headings = arena_array(mem, out->n_headings, sizeof(*out->headings));
	for (size_t i = 0; i < out->n_headings && !r->bad; i++)
		read_heading(&out->headings[i], mem, r);
	out->n_links = wire_get_count(r, LINK_LEAST);
	out->links = arena_array(mem, out->n_links, sizeof(*out->links));
	for (size_t i = 0; i < out->n_links && !r->bad; i++)
		read_link(&out->links[i], mem, r);
	return wire_get_end(r);
}
