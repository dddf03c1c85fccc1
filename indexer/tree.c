/* The bytes of the checked tree. */
#include "indexer/tree.h"

enum { NUMBER_BYTES_MAX = 5 };

void tree_node(struct buf *out, enum tree_node node)
{
	buf_byte(out, (char)node);
}

void tree_number(struct buf *out, uint32_t number)
{
	while (number >= 0x80) {
		buf_byte(out, (char)(0x80 | (number & 0x7F)));
		number >>= 7;
	}
	buf_byte(out, (char)number);
}

void tree_text(struct buf *out, struct str text)
{
	tree_number(out, (uint32_t)text.len);
	buf_str_add(out, text);
}

bool tree_read_node(struct tree_reader *r, enum tree_node *out)
{
	unsigned char byte;

	if (r->at >= r->bytes.len)
		return false;
	byte = (unsigned char)r->bytes.ptr[r->at];
	if (byte >= TREE_NODE_COUNT)
		return false;
	r->at++;
	*out = (enum tree_node)byte;
	return true;
}

bool tree_read_number(struct tree_reader *r, uint32_t *out)
{
	uint64_t number = 0;

	for (int i = 0; i < NUMBER_BYTES_MAX; i++) {
		unsigned char byte;

		if (r->at + (size_t)i >= r->bytes.len)
			return false;
		byte = (unsigned char)r->bytes.ptr[r->at + (size_t)i];
		number |= (uint64_t)(byte & 0x7F) << (7 * i);
		if (byte & 0x80)
			continue;
		if (number > UINT32_MAX)
			return false;
		r->at += (size_t)i + 1;
		*out = (uint32_t)number;
		return true;
	}
	return false;
}

bool tree_read_text(struct tree_reader *r, struct str *out)
{
	size_t before = r->at;
	uint32_t len;

	if (!tree_read_number(r, &len))
		return false;
	if (len > r->bytes.len - r->at) {
		r->at = before;
		return false;
	}
	*out = str_of(r->bytes.ptr + r->at, len);
	r->at += len;
	return true;
}
