/* Steps over the written words of a text. */
#include "indexer/passage.h"

size_t passage_back(struct str text, size_t at, size_t words, size_t least)
{
	size_t begin = at;

	for (; words > 0; words--) {
		size_t to = begin;

		while (to > least && passage_is_space(text.ptr[to - 1]) && text.ptr[to - 1] != '\n')
			to--;
		if (to == least || text.ptr[to - 1] == '\n')
			return begin;
		while (to > least && !passage_is_space(text.ptr[to - 1]))
			to--;
		if (to == least && least > 0 && !passage_is_space(text.ptr[least - 1]))
			return begin; /* a word that does not fit whole */
		begin = to;
	}
	return begin;
}

size_t passage_forward(struct str text, size_t at, size_t words, size_t most)
{
	size_t end = at;

	for (; words > 0; words--) {
		size_t to = end;

		while (to < most && passage_is_space(text.ptr[to]))
			to++;
		if (to == most)
			return end;
		while (to < most && !passage_is_space(text.ptr[to]))
			to++;
		if (to == most && most < text.len && !passage_is_space(text.ptr[most]))
			return end; /* a word that does not fit whole */
		end = to;
	}
	return end;
}

size_t passage_word(struct str text, size_t at, size_t least)
{
	size_t begin = at;

	while (begin > least && !passage_is_space(text.ptr[begin - 1]))
		begin--;
	return begin == least && least > 0 && !passage_is_space(text.ptr[least - 1]) ? at : begin;
}
